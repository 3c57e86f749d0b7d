"""labels: the best reading of a page, a label for each of its units. See `best_labels`.

Every unit has evidence for what it may be (`evidence`); AFTER says what may follow what, and how
readily. The best reading of the whole page wins, not the first that fits.
"""

import math
from typing import NamedTuple

from helpers.blocks import Unit, is_complete, unmatched
from helpers.evidence import weigh

HEADS = ("furniture", "kicker", "headline", "deck", "byline", "lead")
OPENERS = {"furniture": -0.2, "jump": 0, "kicker": 0, "headline": 0, "open": 0, "story": 0,
           "byline": -1, "lead": -1, "slogan": -1}  # fmt: skip
TEXT = {"body": 0, "more": 0, "crosshead": 0}
CLOSE = {"tail": 0, "signature": -1, "code": 0, "credit": -2, "signed": -3, "jump": 0, "end": 0}
ORPHAN = {k: v - 3 for k, v in OPENERS.items()} | {"end": -2}
AFTER = {  # what may follow what, and how readily
    "start": OPENERS | {"crosshead": -3},
    "furniture": OPENERS | {"furniture": -0.5, "open": -1.5, "byline": -1, "end": -0.5},
    "jump": OPENERS | TEXT | {"headline": -1, "byline": -2, "end": 0},
    "kicker": {"headline": 0, "kicker": -3},
    "headline": ORPHAN | {"deck": 0, "byline": 0, "lead": 1, "body": 0, "caption": 2.5, "jump": -1,
                          "headline": -2.5, "crosshead": -3},
    "deck": ORPHAN | {"byline": 0, "lead": 0.5, "body": 0, "deck": -1, "caption": 1.5,
                      "crosshead": -2},
    "byline": {"body": 0, "lead": -1, "byline": 0, "caption": -0.5, "deck": -2, "crosshead": -2},
    "lead": {"body": 0},
    "body": {k: v - 0.5 for k, v in OPENERS.items()} | TEXT | CLOSE | {"caption": -1},
    "crosshead": {"body": 0, "byline": -1, "caption": -1, "crosshead": -3},
    "caption": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5, "story": -6},
    "story": OPENERS | {"caption": 0, "code": 0, "signed": 0, "story": -4, "end": 0},
    "credit": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5},
    "signed": {k: v + 2 for k, v in OPENERS.items()} | {"code": 0, "end": 0},
    "tail": OPENERS | {"tail": 0, "code": 0, "credit": -1, "byline": -1, "body": -5, "end": 0},
    "code": OPENERS | {"credit": 0, "signed": 0, "body": -5, "caption": 0, "end": 0},
    "signature": {k: v + 2 for k, v in OPENERS.items()} | {"code": 0, "tail": 0, "end": 0},
    "slogan": OPENERS | {"slogan": 0, "end": 0},
}  # fmt: skip
for _head in ("headline", "deck", "kicker", "crosshead"):
    AFTER[_head]["over"] = 0
AFTER["over"] = AFTER["headline"] | AFTER["deck"] | AFTER["crosshead"] | {"body": 0, "headline": -1}
AFTER["more"] = AFTER["open"] = AFTER["body"]
NEVER, UNFORESEEN, NOTHING = -1e6, -40.0, (0.0,)
# A paragraph that stops in mid-sentence runs on; whatever else follows it interrupts it.
SEAM = {"more": 3, "body": -5, "crosshead": -5} | {k: v - 2.5 for k, v in OPENERS.items()}
SEAM |= {"caption": -2, "tail": -2, "end": 0, "jump": 0, "code": -3, "credit": -3, "signed": -3}
AFTER_CUT = AFTER | {k: AFTER[k] | SEAM for k in ("body", "more", "open")}
AFTER_CUT["caption"] = AFTER["caption"] | {"more": 1}
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
    lines = [line for line, _, _ in u.pieces]
    return next((c for c in corrections if c.first <= lines[0] and lines[-1] <= c.last), None)


def _corrected(units: list[Unit], weights: list, corrections) -> list:
    """The weights with those of corrected units set aside: only what the reader says is left."""
    found = []
    for u, weight in zip(units, weights, strict=True):
        c = correction_of(u, corrections)
        if c and c.kind:
            labels = ("open",) if (c.kind, c.article) == ("body", "new") else KINDS_OF[c.kind]
            weight = {k: (0.0, "correction") for k in labels}, {}
        found.append(weight)
    return found


def best_labels(units: list[Unit], corrections=()) -> list[tuple[str, str, float]]:
    """(label, rule, confidence) of each unit in the best reading of the page (Viterbi 1967).

    confidence: how much better the page reads with this label than with any other here.
    """
    weights = _corrected(units, weigh(units), corrections)
    steps = _all_steps(units, weights)
    ahead = _best_scores(steps, "start")
    behind = _best_scores([_turned(s) for s in reversed(steps)], "end")[-2::-1]
    chosen, label = [], "start"
    for i, (options, opening) in enumerate(weights):
        reach = {k: behind[i].get(k, NEVER) + w for k, w in steps[i][label].items()}
        before, label = label, max(reach, key=reach.get)
        through = [ahead[i].get(k, NEVER) + behind[i].get(k, NEVER) for k in options if k != label]
        margin = ahead[i][label] + behind[i][label] - max(through, default=NEVER)
        sure = 1 / (1 + math.exp(-max(-9.0, min(9.0, margin))))
        reason = options[label]
        if before not in HEAD_LABELS and opening.get(label, (0, ""))[0] > reason[0] / 2:
            reason = opening[label]
        chosen.append((label, reason[1], round(sure, 2)))
    return chosen


def _all_steps(units: list[Unit], weights: list) -> list[dict]:
    """For each unit {label before: {label: weight}}, its own weight and that of what it follows.

    A last step leads to the end of the page.
    """
    before, cut, steps = ("start",), False, []
    for u, after_it, (options, opening) in zip(
        units, [*units[1:], None][: len(units)], weights, strict=True
    ):
        after = AFTER_CUT if cut else AFTER
        steps.append({b: _step(after[b], options, {} if b in HEAD_LABELS else opening)
                      for b in before})  # fmt: skip
        before, cut = tuple(options), not u.kind and _stops_short(u, after_it)
    return [*steps, {b: {"end": AFTER[b].get("end", -6.0)} for b in before}]


def _stops_short(u: Unit, after: Unit | None) -> bool:
    """Whether a paragraph goes on after a unit: no closing mark, or a quotation that the next closes."""
    if (
        after
        and u.text.endswith(("：", ":"))
        and after.gap > 0
        and after.raw.lstrip()[:1] in "“「—"
    ):
        return False
    runs_on = after and unmatched(u.text)[1] and unmatched(after.text)[0]
    return not is_complete(u.text) or bool(runs_on)


def _step(follows: dict, options: dict, opening: dict) -> dict:
    """The weight of each label that may follow; one that the rules do not foresee costs most."""
    return {
        k: w + follows.get(k, UNFORESEEN) + opening.get(k, NOTHING)[0]
        for k, (w, _) in options.items()
    }


def _best_scores(steps: list[dict], first: str) -> list[dict]:
    """For each unit and label the score of the best reading up to it."""
    before, found = {first: 0.0}, []
    for step in steps:
        reach = {}
        for b, ways in step.items():
            score = before.get(b, NEVER)
            for k, weight in ways.items():
                if score + weight > reach.get(k, NEVER):
                    reach[k] = score + weight
        before = reach
        found.append(before)
    return found


def _turned(steps: dict) -> dict:
    """What may stand before what."""
    found = {}
    for before, after in steps.items():
        for label, score in after.items():
            found.setdefault(label, {})[before] = score
    return found
