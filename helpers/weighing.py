"""weighing: the rules that hold of each unit of a page, and what they add up to. See `weigh`."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from helpers.blocks import Unit
from helpers.marks import is_complete
from helpers.place import Place, is_head, pairs_of
from helpers.rules import ALL_HEADS, EVIDENCE, OPENS, QUOTED_RE
from helpers.signs import MARKED_RE, PART_RE, new_measures, verses

# what closes an article and what stands inside or above one may look the same
TWICE = {"credit": ("credit", "signed"), "byline": ("byline", "signature")}
PROSE = ("body", "more", "open", "caption", "story")
LABELS = (*PROSE, *ALL_HEADS)  # what a unit may be of which no words of its own prove the kind
NONE = ("anything", ())  # no rule
LONG = 60  # characters: a longer unit is prose, whatever else it looks like


class Weighed(NamedTuple):
    """The labels that a unit may have, what each weighs, and more where an article begins.

    rules, openers: the rules that hold, for `heaviest`.
    """

    labels: tuple
    weights: list
    opening: list
    rules: tuple
    openers: tuple


class Asked(NamedTuple):
    """The rules that are asked of a kind of unit, which may have these labels."""

    labels: tuple
    rules: list
    tests: list  # (number, test) of each rule

    def of(self, p: Place) -> tuple[int, ...]:
        """The numbers of the rules that hold of a unit in its place."""
        return tuple([n for n, holds in self.tests if holds(p)])


def _asked(rules: list, labels: tuple) -> Asked:
    rules = [rule for rule in rules if set(rule[2]) & set(labels)]
    return Asked(labels, rules, list(enumerate(holds for _, holds, _ in rules)))


def _proven(kind: str) -> Asked:
    """What its own words prove a unit to be, as a rule that weighs nothing."""
    labels = TWICE.get(kind, (kind,))
    return _asked([(f"words of a {kind}", bool, dict.fromkeys(labels, 0.0))], labels)


ASKED = {
    "anything": _asked(EVIDENCE, LABELS),
    "opening": _asked(OPENS, LABELS),
    "prose": _asked(EVIDENCE, PROSE),
    "opening prose": _asked(OPENS, PROSE),
    **{kind: _proven(kind) for kind in ("jump", "lead", "byline", "tail", "credit", "code")},
}


def weigh(units: list[Unit]) -> list[Weighed]:
    """For each unit what its labels weigh."""
    return [_weigh_unit(p) for p in places_of(units)]


def places_of(units: list[Unit]) -> Iterator[Place]:
    """Each unit in its place."""
    usual, at, column = _usual(units), 0, None
    heads, kinds = [is_head(u) for u in units], [u.kind for u in units]
    for i, u in enumerate(units):
        near = slice(i + 1, i + 6)
        rest = units[near]
        yield Place(
            u, units[i - 1] if i else None, column, rest[0] if rest else None, rest, heads[near], heads[i],
            is_complete(u.text), "credit" in kinds[near], len(u.text), at, usual,
        )  # fmt: skip
        at += len(u.text) + 1
        column = u if u.columns or not _is_short(u) else column


def _weigh_unit(p: Place) -> Weighed:
    """What the labels weigh that one unit may have."""
    if p.u.kind:
        return weightless(ASKED[p.u.kind].labels, (p.u.kind, (0,)))
    prose = p.chars > LONG or (p.chars > 20 and "。" in p.u.text[:-1])
    of, opens = ("prose", "opening prose") if prose else ("anything", "opening")
    rules, openers = ASKED[of].of(p), ASKED[opens].of(p)
    labels, weights, opening = ASKED[of].labels, _sum(of, rules), _sum(opens, openers)
    return Weighed(labels, weights, opening, (of, rules), (opens, openers))


def weightless(labels: tuple, rules: tuple) -> Weighed:
    """What is sure to have one of these labels, of which none weighs more."""
    none = [0.0] * len(labels)
    return Weighed(labels, none, none, rules, NONE)


@lru_cache(maxsize=8192)  # pages are much alike: of ten units nine have their rules in common
def _sum(asked: str, rules: tuple[int, ...]) -> list[float]:
    """The weights that rules lend to labels, added up."""
    total = dict.fromkeys(ASKED[asked].labels, 0.0)
    for n in rules:
        for label, weight in ASKED[asked].rules[n][2].items():
            if label in total:
                total[label] += weight
    return list(total.values())


@lru_cache(maxsize=8192)
def heaviest(asked: str, rules: tuple[int, ...], label: str) -> str:
    """The rule that weighed most for a label."""
    held = [ASKED[asked].rules[n] for n in rules]
    return max([(0.0, "paragraph"), *((w[label], name) for name, _, w in held if label in w)])[1]


def _is_short(u: Unit) -> bool:
    """Whether a unit may be the last line of a paragraph that a column's end parts."""
    return len(u.pieces) == 1 and not u.kind and is_complete(u.text)


def _is_prose(u: Unit) -> bool:
    return not u.kind and len(u.text) > 30


def _usual_gap(units: list[Unit]) -> int:
    """The blank lines between a paragraph and the next; where few meet, those above paragraphs."""
    under = [b.gap for a, b in pairwise(units) if _is_prose(a) and _is_prose(b) and b.gap >= 0]
    gaps = under if len(under) > 4 else [u.gap for u in units if _is_prose(u) and u.gap >= 0]
    return Counter(gaps).most_common(1)[0][0] if gaps else 1


def _usual(units: list[Unit]) -> dict:
    """What is usual on the page: gap between units, indent, column width, markdown levels."""
    prose = [u for u in units if _is_prose(u)]
    levels = {u.level for u in units if u.level}
    indents = Counter(u.indent for u in prose if u.gap >= 0)
    common = indents.most_common(1)[0][0] if indents else 0
    widths = sorted(u.columns[0] for u in prose if u.columns)
    page = "\n".join(u.text for u in units)
    return {
        "gap": _usual_gap(units),
        "indent": common,
        "column": widths[len(widths) // 2] if widths else 0,
        "deepest": max(levels, default=0),
        "levels": len(levels),
        "indented heads": sum(
            min(u.indent, v.indent) >= 1.5
            and is_head(u)
            and len(u.text) < 26
            and not is_complete(u.text)
            for u, v in pairwise(units)
        ),
        "quoted": sum(
            bool(QUOTED_RE.match(u.text)) and v.kind == "byline" for u, v in pairwise(units)
        ),
        "page": page,
        "verses": verses(units),
        "measures": new_measures(units),
        "marked": sum(bool(MARKED_RE.match(u.text)) and is_head(u) for u in units),
        "parts": sum(bool(PART_RE.fullmatch(u.text)) for u in units),
        "pairs": pairs_of(page),
        "likeness": {},  # of each place that was asked for
    }
