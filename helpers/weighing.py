"""weighing: the rules that hold of each unit of a page, and what they add up to. See `weigh`."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from helpers.blocks import Unit
from helpers.marks import is_complete
from helpers.openings import OPENS
from helpers.place import Place, is_head
from helpers.rules import ALL_HEADS, EVIDENCE, QUOTED_RE
from helpers.signs import (
    MARKED_RE,
    PART_RE,
    are_boxed,
    are_counted,
    back_to_width,
    gaps_in_columns,
    listed,
    new_measures,
    short_news,
    verses,
)

# what closes an article and what stands inside or above one may look the same
TWICE = {"credit": ("credit", "signed"), "byline": ("byline", "signature")}
PROSE = ("body", "more", "open", "caption", "story")
LABELS = (*PROSE, *ALL_HEADS)  # what a unit may be of which no words of its own prove the kind
NONE = ("anything", ())  # no rule
LONG = 60  # characters that only prose has


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


def _proven(kind: str) -> Asked:
    """What its own words prove a unit to be, as a rule that weighs nothing."""
    labels = TWICE.get(kind, (kind,))
    return Asked(labels, [(f"words of a {kind}", bool, dict.fromkeys(labels, 0.0))])


ASKED = {
    "anything": Asked(LABELS, EVIDENCE),
    "opening": Asked(LABELS, OPENS),
    "prose": Asked(PROSE, EVIDENCE),
    "opening prose": Asked(PROSE, OPENS),
    **{
        kind: _proven(kind) for kind in ("jump", "lead", "byline", "tail", "credit", "code", "note")
    },
}


def weigh(units: list[Unit]) -> list[Weighed]:
    """For each unit what its labels weigh."""
    places = [p for p in places_of(units) if not p.u.kind]
    plain = map(_added_up, places, _held(EVIDENCE, places), _held(OPENS, places))
    return [_as_proven(u.kind) if u.kind else next(plain) for u in units]


def _held(rules: list, places: list[Place]) -> list[list[int]]:
    """The numbers of the rules that hold of each unit in its place.

    One rule is asked of all the units, then the next: its code is then still at hand in the
    processor. What says nothing of prose is not asked of it.
    """
    held = [[] for _ in places]
    all_ = list(zip(held, places, strict=True))
    short = [(mine, p) for mine, p in all_ if not _is_long(p)]
    for n, (_, holds, weights) in enumerate(rules):
        for mine, p in short if weights.keys().isdisjoint(PROSE) else all_:
            if holds(p):
                mine.append(n)
    return held


def _added_up(p: Place, rules: list[int], openers: list[int]) -> Weighed:
    """What the labels weigh of one unit that the rules hold of."""
    of, opens = ("prose", "opening prose") if _is_long(p) else ("anything", "opening")
    rules, openers = (of, tuple(rules)), (opens, tuple(openers))
    return Weighed(ASKED[of].labels, _sum(*rules), _sum(*openers), rules, openers)


def _as_proven(kind: str) -> Weighed:
    """The labels of a unit whose own words prove what it is."""
    return weightless(ASKED[kind].labels, (kind, (0,)))


def _is_long(p: Place) -> bool:
    """Whether a unit is prose, whatever else it looks like."""
    return p.chars > LONG or (p.chars > 20 and "。" in p.u.text[:-1])


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
    widths, gap = sorted(u.columns[0] for u in prose if u.columns), _usual_gap(units)
    return {
        "gap": gap,
        "gaps in columns": gaps_in_columns(units, gap),
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
        "page": "\n".join(u.text for u in units),
        "boxed": are_boxed(units),
        "verses": verses(units),
        "back": back_to_width(units),
        "listed": listed(units),
        "short news": short_news(units),
        "measures": new_measures(units),
        "counted": are_counted(units),
        "marked": sum(bool(MARKED_RE.match(u.text)) and is_head(u) for u in units),
        "parts": sum(bool(PART_RE.fullmatch(u.text)) for u in units),
        "likeness": {},  # of each place that was asked for
    }
