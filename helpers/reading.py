"""reading: the units of a page → what each is, and which article it belongs to. See `read_units`.

Every unit has the label of the best reading (`labels`); then comes what no neighbour can tell:
heads below their text, articles that others interrupt.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from helpers.blocks import Unit
from helpers.clean import HAN
from helpers.folio import mark_folios
from helpers.forms import is_jump_out
from helpers.heads import GUESSED, UNDER, attach_heads, part_heads, turn_heads
from helpers.interrupted import by_article, follow_numbers, in_page_order, join_interrupted
from helpers.labels import HEADS, OPENERS, best_labels, correction_of
from helpers.order import raise_heads
from helpers.place import COUNTED_RE, MARK_RE, NUMBERED_RE, letter_pairs
from helpers.seams import REACH
from helpers.signs import mark_authors, names_author, who_signs

# labels that open no article under these
OF_ONE = {("crosshead", "byline"), ("note", "byline"), ("note", "lead"), ("lead", "byline")}
KNOWN = 4  # pairs of a heading that the text above holds: it speaks of the same
TWO_HALVES_RE = re.compile(rf"[^ ]{{3,}}[{HAN}][ \u3000][{HAN}][^ ]{{3,}}")
# poems, which have titles of their own
POEMS_RE = re.compile("[（(]外?[一二三四五六七八九十两]首[）)]|组诗")


class Reading(NamedTuple):
    """A unit with its label, the rule that weighed most, how sure it is, and its article."""

    unit: Unit
    label: str
    rule: str
    confidence: float
    article: int | None


def read_units(units: list[Unit], corrections=()) -> list[Reading]:
    """The units with their labels and articles, in page order.

    The page's own lines are set aside first: an article runs on across them.
    """
    own, units = _part_folios(mark_folios(units), corrections)
    units = mark_authors(raise_heads(units))
    units, labels = join_heads(units, best_labels(units, corrections))
    labels = raise_lone_kickers(units, labels, corrections)
    whole = join_interrupted(follow_numbers(number(units, labels, corrections)))
    raised = raise_second_heads(whole, raise_lone_heads(whole, labels))
    if raised != labels:
        whole = join_interrupted(follow_numbers(number(units, raised, corrections)))
    folios = [Reading(u, "furniture", "page furniture", 1.0, None) for u in own]
    whole = turn_heads(whole, by_article(whole))
    whole = part_heads(whole, by_article(whole))
    whole = in_page_order(attach_heads(whole, by_article(whole)))
    readings = [_moved(r, corrections) for r in whole] + folios
    return sorted(readings, key=lambda r: r.unit.pieces[0])


def _part_folios(units: list[Unit], corrections) -> tuple[list[Unit], list[Unit]]:
    """The units that are the page's own, and the rest; a reader may say that one is not."""
    own, rest = [], []
    for u in units:
        if u.kind == "folio" and not correction_of(u, corrections):
            own.append(u)
        else:
            rest.append(replace(u, kind="") if u.kind == "folio" else u)
    return own, rest


def _moved(r: Reading, corrections) -> Reading:
    """A reading in the article that a correction names."""
    c = correction_of(r.unit, corrections)
    return r._replace(article=c.article) if c and isinstance(c.article, int) else r


def join_heads(units: list[Unit], labels: list) -> tuple[list[Unit], list]:
    """The units and labels with headings on two lines as one unit."""
    found, kept = [], []
    for u, label in zip(units, labels, strict=True):
        if label[0] == "over":
            found[-1].append(u)
        else:
            found.append([u])
            kept.append(label)
    return [_as_one(lines) for lines in found], kept


def _as_one(units: list[Unit]) -> Unit:
    """The lines of a heading as one unit."""
    if len(units) == 1:
        return units[0]
    pieces = tuple(piece for u in units for piece in u.pieces)
    raw, text = ("".join(parts) for parts in ([u.raw for u in units], [u.text for u in units]))
    return replace(units[0], pieces=pieces, raw=raw, text=text)


def raise_lone_kickers(units: list[Unit], labels: list, corrections=()) -> list:
    """The labels with a kicker over no headline made the headline; the last of the page is left."""
    found = list(labels)
    for i, (u, (label, *reason)) in enumerate(zip(units[:-1], labels[:-1], strict=True)):
        over = labels[i + 1][0] in ("kicker", "headline")
        if label == "kicker" and not over and not correction_of(u, corrections):
            found[i] = ("headline", *reason)
    return found


def number(units: list[Unit], labels: list, corrections=()) -> list[Reading]:
    """The units with the number of their article; slogans and page furniture have none."""
    readings, article, before, last = [], 0, "start", None
    for u, (label, rule, sure) in zip(units, labels, strict=True):
        c = correction_of(u, corrections)
        ends = label == "jump" and is_jump_out(u.text)
        article += c is not last if c and c.article == "new" else _opens(before, label) and not ends
        rule, sure = ("correction", 1.0) if c else (rule, sure)
        own = None if label == "slogan" or _is_page_furniture(label, rule) else max(article, 1)
        readings.append(Reading(u, label, rule, sure, own))
        before, last = label, c
    return readings


def raise_lone_heads(readings: list[Reading], labels: list) -> list:
    """The labels with a crosshead that is unlike an article's others made the headline of another.

    Crossheads come in twos and threes, and are of one build: the only one of an article, or the
    only one in two halves (老小区换新颜 居民齐称赞), is a headline that nothing beside it proves.
    Left alone: markdown headings, indented ones, titles of poems, those of articles that are
    cut, and what speaks of the same as the text above.
    """
    labels = list(labels)
    readings = attach_heads(readings, by_article(readings))
    for mine in by_article(readings).values():
        heads = [i for i in mine if readings[i].label == "crosshead"]
        if any(readings[i].rule == "correction" for i in heads):
            continue
        halved = [i for i in heads if TWO_HALVES_RE.fullmatch(readings[i].unit.raw.strip())]
        odd = heads if len(heads) == 1 else halved if len(halved) == 1 < len(heads) - 1 else []
        if any(readings[i].label == "jump" or readings[i].rule == UNDER for i in mine):
            continue
        if any(readings[i].label in HEADS and POEMS_RE.search(readings[i].unit.text) for i in mine):
            continue
        for i in odd:
            last = i == mine[-1] and any(readings[k].label == "headline" for k in mine)
            if not last and _is_headline(readings, mine, i):
                labels[i] = ("headline", "unlike the article's other crossheads", GUESSED)
    return labels


def raise_second_heads(readings: list[Reading], labels: list) -> list:
    """The labels with a crosshead made the headline of another article, where two have signed.

    Who is named under a headline is not followed by somebody else's name at the end: between
    the two another article begins, at the last heading, for pieces signed at their end are short,
    or where there is none at the paragraph that ends in the name.
    """
    labels = list(labels)
    for mine in by_article(readings).values():
        at = _signed_twice(readings, mine)
        heads = [i for i in mine[slice(*at)] if readings[i].label == "crosshead"]
        if any(readings[i].rule == "correction" for i in mine):
            continue
        if heads:
            labels[heads[-1]] = ("headline", "somebody else signs below it", GUESSED)
        elif at[1] > at[0] + 2 and readings[mine[at[1]]].unit.gap < 0:
            labels[mine[at[1] - 1]] = ("open", "somebody else signs it", GUESSED)
    return labels


def _signed_twice(readings: list[Reading], mine: list[int]) -> tuple[int, int]:
    """Where in an article its head is signed, and where another name closes it; (0, 0) if not so."""
    own = [readings[i] for i in mine]
    first = next((k for k, r in enumerate(own) if names_author(r.label, r.unit.text)), 0)
    last = next((k for k, r in enumerate(own) if r.label == "tail"), 0)
    name = who_signs(own[last].unit.text) if last else ""
    if not first or not name or "headline" not in {r.label for r in own[:first]}:
        return 0, 0
    return (first, last) if name not in own[first].unit.text else (0, 0)


def _is_headline(readings: list[Reading], mine: list[int], i: int) -> bool:
    """Whether a lone crosshead may be a headline: plain, under two paragraphs of other words."""
    unit, before = readings[i].unit, [k for k in mine if k < i]
    above = sum(readings[k].label in ("body", "open") for k in before)
    if above < 2 or unit.indent >= 1.5 or unit.level or len(unit.text) > 26:
        return False
    if NUMBERED_RE.match(unit.text) or COUNTED_RE.match(unit.text):
        return False
    last = "".join(readings[k].unit.text for k in before[-60:])
    near = letter_pairs(MARK_RE.sub("", last)[-REACH:])
    return len(letter_pairs(unit.text) & near) < KNOWN


def _opens(before: str, label: str) -> bool:
    """Whether a label after another begins an article."""
    if label not in OPENERS or label == "slogan" or (before, label) in OF_ONE:
        return before == "start"
    if before in HEADS and label in HEADS:
        return HEADS.index(label) < HEADS.index(before)
    if (before, label) == ("furniture", "open"):
        return False  # a column without a headline
    return not (before in HEADS and label in ("jump", "story"))


def _is_page_furniture(label: str, rule: str) -> bool:
    """Whether furniture is the page's (folio, editors) and not the column title of an article."""
    return label == "furniture" and rule in ("page furniture", "correction")
