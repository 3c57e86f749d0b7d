"""interrupted: articles that others interrupt, put together again. See `join_interrupted`."""

from bisect import bisect_left

from helpers.heads import GUESSED
from helpers.place import NUMBERED_RE
from helpers.seams import PROSE, find_seams, most_alike

RESUMES = "resumes an interrupted article"
INTERRUPTS = "interrupts another article"
NUMERALS = "一二三四五六七八九十"
LEAST = 40  # characters of an article without a head that interrupts another


def by_article(readings: list) -> dict:
    """The places of the units of each article, by its number."""
    found = {}
    for i, r in enumerate(readings):
        if r.article:
            found.setdefault(r.article, []).append(i)
    return found


def follow_numbers(readings: list) -> list:
    """The readings with a crosshead whose number goes on in another article given back to it, with what follows.

    A second part (二、) stands in the article that has the first.
    """
    found, own, places = list(readings), {}, by_article(readings)
    for i, r in enumerate(readings):
        m = NUMBERED_RE.match(r.unit.text) if r.label == "crosshead" else None
        at = NUMERALS.find(m[0][0]) if m and m[0][1:] == "、" else -1
        if at < 0:
            continue
        article = found[i].article
        if at and own.get(at - 1, article) != article and r.rule != "correction":
            mine = places[article][bisect_left(places[article], i) :]
            _hand_over(found, places, mine, (own[at - 1], RESUMES))
        own[at] = found[i].article
    return found


def join_interrupted(readings: list) -> list:
    """The readings with the rest of an article that others interrupt given back to it.

    What stands between the two halves of a paragraph is of another article, though no heading
    says so: the rest of one above that speaks of the same, or a new one.
    """
    places, found, inside = by_article(readings), list(readings), []
    for i, j in find_seams(readings, places):
        own, host = found[i].article, found[j].article
        first, last = bisect_left(places[own], i + 1), bisect_left(places[own], j)
        between = places[own][first:last]
        chars = sum(len(found[k].unit.text) for k in between if found[k].label in PROSE)
        if 0 < chars < LEAST and own == host:
            continue  # a line or two are no article
        found[j] = found[j]._replace(label="more", rule=RESUMES)
        if chars:
            inside.append(len(found) + i)  # a number that no article has
            first = found[between[0]]
            found[between[0]] = first._replace(label=_opening(first), confidence=GUESSED)
            _hand_over(found, places, between, (inside[-1], INTERRUPTS))
        if own != host:
            _hand_over(found, places, places[host][bisect_left(places[host], j) :], (own, RESUMES))
    for n in inside:
        first, own = found[places[n][0]], _whose(found, places, n)
        if own:
            label = "body" if first.label == "open" else first.label
            found[places[n][0]] = first._replace(label=label, confidence=GUESSED)
            _hand_over(found, places, places[n][:], (own, RESUMES))
    return in_page_order(found)


def _opening(r) -> str:
    """The label of what interrupts an article: a crosshead without a number heads another."""
    if r.label != "crosshead":
        return "open"
    return "crosshead" if NUMBERED_RE.match(r.unit.text) else "headline"


def _whose(readings: list, places: dict, n: int) -> int | None:
    """The article above whose rest interrupts another: its numbers go on, or its words."""
    at = places[n][0]
    if readings[at].label == "crosshead":
        above = (r for r in reversed(readings[:at]) if NUMBERED_RE.match(r.unit.text))
        return next((r.article for r in above if r.label == "crosshead"), None)
    return most_alike(readings, places, n) if readings[at].label == "open" else None


def _hand_over(found: list, places: dict, mine: list[int], to: tuple[int, str]):
    """Give units that stand together in an article to another, by a rule."""
    (article, rule), before = to, places[found[mine[0]].article]
    for k in mine:
        found[k] = found[k]._replace(article=article, rule=rule)
    at = bisect_left(before, mine[0])
    del before[at : at + len(mine)]
    places[article] = sorted(places.get(article, []) + mine)


def in_page_order(readings: list) -> list:
    """The readings with their articles numbered as they first stand on the page."""
    order = {n: k for k, n in enumerate(by_article(readings), 1)}
    return [r._replace(article=order.get(r.article)) for r in readings]
