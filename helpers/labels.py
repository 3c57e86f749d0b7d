"""labels: the best reading of a page, a label for each of its units. See `best_labels`.

Every unit has evidence for what it may be (`rules`); AFTER says what may follow what, and how
readily. The best reading of the whole page wins, not the first that fits.
"""

import math
import re
from functools import lru_cache
from operator import add
from typing import NamedTuple

from helpers.blocks import Unit
from helpers.marks import is_complete, unmatched
from helpers.weighing import NONE, Weighed, heaviest, weigh, weightless

HEADS = ("furniture", "kicker", "headline", "deck", "byline", "lead")
OPENERS = {"furniture": -0.2, "jump": 0, "kicker": 0, "headline": 0, "open": 0, "story": 0,
           "byline": -1, "lead": -1, "slogan": -1}  # fmt: skip
TEXT = {"body": 0, "more": 0, "crosshead": 0, "note": 0}
CLOSE = {"tail": 0, "signature": -1, "code": 0, "credit": -2, "signed": -3, "jump": 0, "end": 0}
ORPHAN = {k: v - 4.5 for k, v in OPENERS.items()} | {"slogan": -4, "end": -2}
AFTER = {  # what may follow what, and how readily
    "start": OPENERS | {"crosshead": -3},
    "furniture": OPENERS | {"furniture": -0.5, "open": -1.5, "byline": -1, "end": -0.5},
    "jump": OPENERS | TEXT | {"headline": -1, "byline": -2, "end": 0},
    "kicker": {"headline": 0, "kicker": -3},
    "headline": ORPHAN | {"deck": 0, "byline": 0, "lead": 1, "body": 0, "caption": 2.5, "jump": -1,
                          "headline": -2.5, "crosshead": -4},
    "deck": ORPHAN | {"byline": 0, "lead": 0.5, "body": 0, "deck": -1, "caption": 1.5,
                      "crosshead": -2},
    "byline": {k: v - 4.5 for k, v in OPENERS.items()}
    | {"body": 0, "lead": -1, "byline": 0, "caption": -0.5, "deck": -2, "crosshead": -2},
    "lead": {"body": 0, "byline": 0},
    "body": {k: v - 0.5 for k, v in OPENERS.items()} | TEXT | CLOSE | {"caption": -1},
    "crosshead": {"body": 0, "byline": -1, "caption": -1, "crosshead": -6},
    "caption": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5, "story": -6},
    "story": OPENERS | {"caption": 0, "code": 0, "signed": 0, "story": -4, "end": 0},
    "credit": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5},
    "signed": {k: v + 2 for k, v in OPENERS.items()} | {"body": -3, "code": 0, "end": 0},
    "tail": OPENERS | {"tail": 0, "code": 0, "credit": -1, "byline": -1, "body": -5, "end": 0},
    "code": OPENERS | {"credit": 0, "signed": 0, "body": -5, "caption": 0, "end": 0},
    "signature": {k: v + 2 for k, v in OPENERS.items()} | {"code": 0, "tail": 0, "end": 0},
    "slogan": OPENERS | {"slogan": 0, "end": 0},
}  # fmt: skip
for _head in ("headline", "deck", "kicker", "crosshead"):
    AFTER[_head]["over"] = 0
AFTER["over"] = AFTER["headline"] | AFTER["deck"] | AFTER["crosshead"] | {"body": 0, "headline": -1}
AFTER["more"] = AFTER["open"] = AFTER["body"]
AFTER["note"] = AFTER["body"] | {"byline": 0, "lead": 0}
AFTER["headline"]["note"] = -2
for _head in ("start", "furniture", "deck", "byline"):
    AFTER[_head]["note"] = 0
LIST_RE = re.compile(
    "[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十1-9]|[1-9][.．、]|[①-⑩■●◆▲]"
)
NEVER, UNFORESEEN = -1e6, -40.0
# A paragraph that stops in mid-sentence runs on; whatever else follows it interrupts it.
SEAM = {"more": 3, "body": -5, "crosshead": -5} | {k: v - 2.5 for k, v in OPENERS.items()}
SEAM |= {"caption": -2, "tail": -2, "end": 0, "jump": 0, "code": -3, "credit": -3, "signed": -3}
AFTER_CUT = AFTER | {k: AFTER[k] | SEAM for k in ("body", "more", "open")}
AFTER_CUT["caption"] = AFTER["caption"] | {"more": 1}
AFTER_CUT["story"] = AFTER["story"] | {"more": 1}
AFTER = {k: {b: v - 9 * (b == "more") for b, v in s.items()} for k, s in AFTER.items()}


KINDS_OF = {  # kind of a correction → the labels that it may be
    "body": ("body", "more"),
    "headline": ("headline",),
    "kicker": ("kicker",),
    "deck": ("deck",),
    "crosshead": ("crosshead",),
    "byline": ("byline", "signature"),
    "caption": ("caption", "story"),
    "furniture": ("furniture",),
    "slogan": ("slogan",),
}
PICTURES = ("caption", "story", "rest")
HEAD_LABELS = {"furniture", "kicker", "headline", "deck", "byline", "over"}


class Correction(NamedTuple):
    """What a reader says some lines of a page are; it wins over every rule.

    kind: of lines, as KINDS_OF lists them. article: its number on the page, or "new" where one
    begins here. Either may be None, which leaves it to the rules.
    """

    first: int
    last: int
    kind: str | None = None
    article: int | str | None = None


def correction_of(u: Unit, corrections):
    """The correction that holds all lines of a unit, or None."""
    if not corrections:
        return None
    lines = [line for line, _, _ in u.pieces]
    return next((c for c in corrections if c.first <= lines[0] and lines[-1] <= c.last), None)


def _corrected(units: list[Unit], weighed: list[Weighed], corrections) -> list[Weighed]:
    """The weights with those of corrected units set aside: only what the reader says is left."""
    if not corrections:
        return weighed
    found = []
    for u, weight in zip(units, weighed, strict=True):
        c = correction_of(u, corrections)
        if c and c.kind:
            labels = ("open",) if (c.kind, c.article) == ("body", "new") else KINDS_OF[c.kind]
            weight = weightless(labels, NONE)
        found.append(weight)
    return found


def best_labels(units: list[Unit], corrections=()) -> list[tuple[str, str, float]]:
    """(label, rule, confidence) of each unit in the best reading of the page (Viterbi 1967).

    confidence: how much better the page reads with this label than with any other here.
    """
    weighed = _corrected(units, weigh(units), corrections)
    tables = _tables(units, weighed)
    behind = _scores_behind(weighed, tables)
    ahead, before, chosen = [0.0], "start", []
    for w, table, rest in zip(weighed, tables, reversed(behind), strict=True):
        opens = before not in HEAD_LABELS
        reach = list(map(add, map(add, rest, w.weights), table.rows[table.before.index(before)]))
        reach = list(map(add, reach, w.opening)) if opens and w.openers[1] else reach
        ahead = _scores_ahead(ahead, w, table)
        at = reach.index(max(reach))
        through = list(map(add, ahead, rest))
        sure = _sure(through.pop(at) - max(through, default=NEVER))
        rules = w.openers if opens and w.opening[at] > w.weights[at] / 2 else w.rules
        before = w.labels[at]
        chosen.append((before, heaviest(*rules, before), sure))
    return _rest_of_captions(units, chosen)


def _rest_of_captions(units: list[Unit], chosen: list) -> list:
    """The labels with what goes on with a caption called the rest of it."""
    found, before, parted = [], None, False
    for u, (label, rule, sure) in zip(units, chosen, strict=True):
        goes_on = label == "more" or (label == "caption" and parted)
        before = "rest" if goes_on and before in PICTURES else label
        parted = len(u.text) > 40 and not is_complete(u.text)
        found.append((before, rule, sure))
    return found


def _sure(margin: float) -> float:
    """The confidence that a difference of scores gives."""
    return round(1 / (1 + math.exp(-max(-9.0, min(9.0, margin)))), 2)


class Table(NamedTuple):
    """How readily each label of a unit follows each of the unit before.

    rows: by the label before; columns: by the label after, all, of heads alone, of the others.
    """

    before: tuple
    rows: list
    columns: list
    of_heads: list
    of_others: list


@lru_cache(maxsize=1024)
def _table(before: tuple, labels: tuple, cut: bool) -> Table:
    """The table of two sets of labels; what the rules do not foresee costs most."""
    after = AFTER_CUT if cut else AFTER
    rows = [[after[b].get(k, UNFORESEEN) for k in labels] for b in before]
    parts = ([[x if (b in HEAD_LABELS) == heads else NEVER for x in row] for b, row in zip(before, rows, strict=True)]
             for heads in (True, False))  # fmt: skip
    return Table(before, rows, *(list(zip(*part, strict=True)) for part in (rows, *parts)))


def _tables(units: list[Unit], weighed: list[Weighed]) -> list[Table]:
    """For each unit how its labels follow those of the unit before."""
    before, cut, found = ("start",), False, []
    for u, after, w in zip(units, [*units[1:], None][: len(units)], weighed, strict=True):
        found.append(_table(before, w.labels, cut))
        before, cut = w.labels, not u.kind and _stops_short(u, after)
    return found


def _stops_short(u: Unit, after: Unit | None) -> bool:
    """Whether a paragraph goes on after a unit: no closing mark, or a quotation that the next closes."""
    if after and u.text.endswith(("：", ":")):
        quoted = after.gap > 0 and after.raw.lstrip()[:1] in "“「—"
        if quoted or LIST_RE.match(after.text):
            return False
    runs_on = after and unmatched(u.text)[1] and unmatched(after.text)[0]
    return not is_complete(u.text) or bool(runs_on)


def _scores_behind(weighed: list[Weighed], tables: list[Table]) -> list[list[float]]:
    """For each unit and label the score of the best reading of what follows it, last unit first."""
    last = weighed[-1].labels if weighed else ()
    found = [[AFTER[b].get("end", -6.0) for b in last]]
    for w, table in zip(reversed(weighed[1:]), reversed(tables[1:]), strict=True):
        plain = list(map(add, w.weights, found[-1]))
        opened = list(map(add, plain, w.opening)) if w.openers[1] else plain
        found.append([
            max(map(add, plain if b in HEAD_LABELS else opened, row))
            for b, row in zip(table.before, table.rows, strict=True)
        ])  # fmt: skip
    return found if weighed else []


def _scores_ahead(before: list[float], w: Weighed, table: Table) -> list[float]:
    """For each label of a unit the score of the best reading up to it."""
    columns = zip(table.columns, table.of_heads, table.of_others, strict=True)
    return [
        weight + max(max(map(add, before, heads)), max(map(add, before, others)) + opening)
        if opening
        else weight + max(map(add, before, column))
        for (column, heads, others), opening, weight in zip(
            columns, w.opening, w.weights, strict=True
        )
    ]
