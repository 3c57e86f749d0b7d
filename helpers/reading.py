"""reading: the units of a page → what each is, and which article it belongs to. See `read_units`.

Every unit has the label of the best reading (`labels`); then comes what no neighbour can tell:
heads below their text, articles that others interrupt.
"""

import re
from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from helpers.blocks import Unit, is_complete, unmatched
from helpers.clean import HAN
from helpers.labels import HEADS, OPENERS, best_labels, correction_of
from helpers.lexicon import gain

FARTHEST = 400  # paragraphs, among which the rest of an interrupted article is looked for
TWO_HALVES_RE = re.compile(rf"[^ ]{{3,}}[{HAN}][ \u3000][{HAN}][^ ]{{3,}}")


class Reading(NamedTuple):
    """A unit with its label, the rule that weighed most, how sure it is, and its article."""

    unit: Unit
    label: str
    rule: str
    confidence: float
    article: int | None


def read_units(units: list[Unit], corrections=()) -> list[Reading]:
    """The units with their labels and articles, in page order."""
    units, labels = join_heads(units, best_labels(units, corrections))
    labels = raise_lone_heads(number(units, labels, corrections))
    readings = number(units, labels, corrections)
    readings = join_interrupted(attach_heads(readings))
    return [_moved(r, corrections) for r in readings]


def _moved(r: Reading, corrections) -> Reading:
    """A reading in the article that a correction names."""
    c = correction_of(r.unit, corrections)
    return r._replace(article=c.article) if c and isinstance(c.article, int) else r


def join_heads(units: list[Unit], labels: list) -> tuple[list[Unit], list]:
    """The units and labels with headings on two lines as one unit."""
    found, kept = [], []
    for u, label in zip(units, labels, strict=True):
        if label[0] == "over":
            a = found[-1]
            found[-1] = a._replace(
                pieces=a.pieces + u.pieces, raw=a.raw + u.raw, text=a.text + u.text
            )
        else:
            found.append(u)
            kept.append(label)
    return found, kept


def number(units: list[Unit], labels: list, corrections=()) -> list[Reading]:
    """The units with the number of their article; slogans and page furniture have none."""
    readings, article, before, last = [], 0, "start", None
    for i, (u, (label, rule, sure)) in enumerate(zip(units, labels, strict=True)):
        c = correction_of(u, corrections)
        ends = label == "jump" and re.search("[转轉]", u.text)
        article += c is not last if c and c.article == "new" else _opens(before, label) and not ends
        own = None if label == "slogan" or _is_page_furniture(labels, i) else max(article, 1)
        rule, sure = ("correction", 1.0) if c else (rule, sure)
        readings.append(Reading(u, label, rule, sure, own))
        before, last = label, c
    return readings


def by_article(readings: list[Reading]) -> dict:
    """The places of the units of each article, by its number."""
    found = {}
    for i, r in enumerate(readings):
        if r.article:
            found.setdefault(r.article, []).append(i)
    return found


def raise_lone_heads(readings: list[Reading]) -> list:
    """The labels with a crosshead that is unlike an article's others made the headline of another.

    Crossheads come in twos and threes, and are of one build: the only one of an article, or the
    only one in two halves (老小区换新颜 居民齐称赞), is a headline that nothing beside it proves.
    Left alone: markdown headings, indented ones, those of articles that are cut.
    """
    labels = [(r.label, r.rule, r.confidence) for r in readings]
    for mine in by_article(readings).values():
        heads = [i for i in mine if readings[i].label == "crosshead"]
        if any(readings[i].rule == "correction" for i in heads):
            continue
        halved = [i for i in heads if TWO_HALVES_RE.fullmatch(readings[i].unit.raw.strip())]
        odd = heads if len(heads) == 1 else halved if len(halved) == 1 < len(heads) - 1 else []
        if any(readings[i].label == "jump" for i in mine):
            continue
        for i in odd:
            unit = readings[i].unit
            above = sum(readings[k].label in ("body", "open") for k in mine if k < i)
            if (
                above >= 2
                and unit.indent < 1.5
                and i != mine[-1]
                and not unit.level
                and len(unit.text) <= 26
            ):
                labels[i] = ("headline", "unlike the article's other crossheads", 0.55)
    return labels


def _opens(before: str, label: str) -> bool:
    """Whether a label after another begins an article."""
    if label not in OPENERS or label == "slogan" or (before, label) == ("crosshead", "byline"):
        return before == "start"
    if before in HEADS and label in HEADS:
        return HEADS.index(label) < HEADS.index(before)
    return not (before in HEADS and label in ("jump", "story"))


def _is_page_furniture(labels: list, i: int) -> bool:
    """Whether furniture is the page's (folio, editors) and not the column title of an article."""
    return labels[i][0] == "furniture" and labels[i][1] in ("page furniture", "correction")


def attach_heads(readings: list[Reading]) -> list[Reading]:
    """The readings with heads that stand after their text given to the article above."""
    have = {}
    for r in readings:
        have.setdefault(r.article, set()).add(r.label)
    moved, last = {}, None
    for r in readings:
        labels = have[r.article]
        if r.article is None:
            continue
        if labels & {"body", "open", "more"}:
            last = r.article
        elif labels <= {"kicker", "headline", "deck"} and last and "headline" not in have[last]:
            moved[r.article] = last
    return [
        r._replace(article=moved[r.article], rule="headline after its text")
        if r.article in moved and r.rule != "correction"
        else r
        for r in readings
    ]


def join_interrupted(readings: list[Reading]) -> list[Reading]:
    """The readings with the rest of an article that others interrupt given back to it."""
    for i in sorted(mine[-1] for mine in by_article(readings).values()):
        r = readings[i]
        if i + 1 == len(readings) or not _breaks_off(r):
            continue
        rest = (j for j in range(i + 1, len(readings)) if _may_resume(readings, j, r.article))
        places = by_article(readings)
        scored = [(_resumes(readings, places, i, j), -j) for j in islice(rest, FARTHEST)]
        best, j = max(scored, default=(0, 0))
        if best < 2:
            continue
        host, j = readings[-j].article, -j
        readings = [
            x._replace(
                article=r.article,
                rule="resumes an interrupted article",
                label="more" if k == j else x.label,
            )
            if k >= j and x.article == host
            else x
            for k, x in enumerate(readings)
        ]
    return readings


def _breaks_off(r: Reading) -> bool:
    """Whether an article's last paragraph stops in mid-sentence."""
    return r.label in ("body", "more", "open") and not is_complete(r.unit.text)


def _may_resume(readings: list[Reading], j: int, article: int) -> bool:
    """Whether a paragraph may be the rest of an article: it follows a finished one elsewhere."""
    r, before = readings[j], readings[j - 1]
    return (
        r.label in ("body", "open", "more")
        and r.rule != "correction"
        and r.article not in (None, article)
        and before.label not in HEADS
        and (bool(before.unit.kind) or is_complete(before.unit.text))
    )


def _resumes(readings: list[Reading], places: dict, i: int, j: int) -> float:
    """How strongly a paragraph continues the sentence that another broke off.

    The seam: does a word or a quotation run across it, do its two characters stand together
    elsewhere? The words: does what follows, to the end
    of its article, share more with the one broken off than with the one it stands in?
    """
    tail, head = readings[i].unit.text, readings[j].unit.text
    nearby = "\n".join(r.unit.text for r in readings[max(0, i - 100) : j + 100])
    score = 0.5 + (4.0 if gain(tail, head) > 1 else 0.0)
    score += min(1.0, 0.5 * nearby.count(tail[-1] + head[0]))
    score += 2.0 if readings[j].label == "open" else 0.0
    score += 2.0 if len(head) < 12 or head[0] in "，。、；：”’）》" else 0.0
    opened, closes = unmatched(tail)[1] > 0, unmatched(head)[0] > 0
    score += 4.0 if opened and closes else -4.0 if opened != closes else 0.0
    own = _last_pairs(readings, places[readings[i].article], i)
    host = places[readings[j].article]
    beside = _last_pairs(readings, host, j - 1)
    for k in host[bisect_left(host, j) :][:60]:
        mine = _pairs(readings[k].unit.text)
        theirs = len((mine & beside) - own) * min(3.0, len(own) / max(1, len(beside)))
        score += 0.3 * (len((mine & own) - beside) - theirs)
    return score


def _last_pairs(readings: list[Reading], mine: list[int], until: int) -> set:
    """The character pairs of an article's last 500 characters up to one of its units."""
    before = mine[: bisect_left(mine, until + 1)][-60:]
    return _pairs("".join(readings[k].unit.text for k in before)[-600:])


def _pairs(text: str) -> set:
    """The character pairs of the last 500 characters of a text, marks left out."""
    text = re.sub(r"\W", "", text)[-500:]
    return {text[k : k + 2] for k in range(len(text) - 1)}
