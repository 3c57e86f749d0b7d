"""seams: which paragraph goes on with which, where articles interrupt each other. See `find_seams`.

A paragraph that stops in mid-sentence is an end, one that may begin in mid-sentence a start. The
ends of a page are paired with its starts all at once, so that the pairs together weigh most: an
end does not take what another needs more.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from helpers.blocks import SENTENCE_RE
from helpers.forms import is_jump_out
from helpers.marks import is_complete, unmatched
from helpers.place import BEGINS_RE, OPENING_RE, letter_pairs, runs_across

PROSE = ("body", "more", "open")
STANDS_OVER = ("furniture", "kicker", "byline", "lead", "jump")  # over the text of its own article
AT_ONCE = 24  # ends that are paired at once
FARTHEST = 150  # units, among which the rest of an interrupted article is looked for
REACH = 700  # characters beside a seam whose words are held together
LEAST = 1.2  # a pair that weighs less is none
PAIR = 0.2  # weight of a character pair that two texts have in common
CHANCE = 0.00012  # of a pair in one text and a pair in another: that they are the same
FEW = 4  # pairs that texts so short may have in common or not
WITHIN_ONE = 2.2  # times so many as by chance do texts of one article share
ALIKE = 0.78  # of what texts of one article share is enough to join two that no word joins
STRAYS = -0.5  # from here on a paragraph is looked at again, whatever it was read as
NEXT = 300  # characters of the next paragraphs, which another article may interrupt again
NEAR = 6.0  # weight of the next paragraph, where no blank line says otherwise
CONVINCED = 6.0  # what goes beyond counts a fifth: enough to choose the better of two
# what no sentence begins with: a mark, the last word of a clause, what hangs on a word before it
WITHIN_RE = re.compile(
    "[，。、；：”’）》的了着过们等性化者及与和或]|[^，。；：！？“]{1,2}[。；]|[^，。；：！？“一二三四五六七八九十]、|[^，。“][,，]"
)
# twice as often with what the rest of a paragraph begins as with what a paragraph does
BRIEF_RE = re.compile("[^，。“]{2,3}，")
# heads that may stand under their text, and what that costs
UNDER_TEXT = {"headline": 1.5, "deck": 1.5, "crosshead": 3.0}


class Page(NamedTuple):
    """The readings of a page, the places of each article's units, and what is usual there."""

    readings: list
    places: dict  # article → places of its units
    gap: int
    indent: float
    known: dict  # character pairs of texts that were asked for
    common: dict  # how many of them two texts share


def find_seams(readings: list, places: dict) -> list[tuple[int, int]]:
    """(end, start) of the paragraphs that go on elsewhere than on the next line, in page order."""
    prose = [r.unit for r in readings if r.label in PROSE]
    gaps, indents = Counter(u.gap for u in prose), Counter(u.indent for u in prose)
    usual = (c.most_common(1)[0][0] if c else 0 for c in (gaps, indents))
    page = Page(readings, places, *usual, {}, {})
    ends, begins = _ends_and_begins(page)
    found, taken = [], set()
    for n in range(0, len(ends), AT_ONCE):
        some, page = ends[n : n + AT_ONCE], page._replace(known={}, common={})
        until = min(len(readings), some[-1] + FARTHEST)
        near = begins[bisect_right(begins, some[0]) : bisect_left(begins, until)]
        starts = [j for j in near if j not in taken]
        weights = [[_weight(page, i, j) if j > i else 0.0 for j in starts] for i in some]
        pairs = [(some[a], starts[b]) for a, b in best_pairs(weights)]
        taken.update(j for _, j in pairs)
        found += pairs
    return sorted((x for x in found if x[1] != x[0] + 1), key=lambda x: x[1])


def _ends_and_begins(page: Page) -> tuple[list[int], list[int]]:
    """Where paragraphs may break off, and where they may go on.

    Where each goes on right below, and nothing about it is odd, only a text without a heading can
    want one of them: it may be the rest of another.
    """
    every, rests = range(1, len(page.readings)), PROSE
    ends = [i - 1 for i in every if _breaks_off(page, i - 1)]
    if any(_lacks_begin(page, j) for j in every):
        ends = sorted({*ends, *(i - 1 for i in every if _may_go_on(page, i - 1))})
    elif all(_goes_on(page, i) and not _strays(page, i) for i in ends):
        rests = ("open", "more")
    begins = [j for j in every if page.readings[j].label in rests and _may_resume(page, j)]
    wanted = rests is PROSE or any(page.readings[j].label == "open" for j in begins)
    return (ends, begins) if wanted else ([], [])


def _strays(page: Page, i: int) -> bool:
    """Whether what was read as the rest of a paragraph has another look, or other words."""
    a, b = page.readings[i].unit.text, page.readings[i + 1].unit.text
    return _seam(a, b) + _stays(page, i, i + 1) < STRAYS


def _lacks_begin(page: Page, j: int) -> bool:
    """Whether a paragraph of an indented column has no indent, though the one above it has ended."""
    a, b = page.readings[j - 1], page.readings[j]
    if page.indent < 1.5 or b.label not in PROSE or a.label not in PROSE or b.unit.indent >= 1.5:
        return False
    ended = bool(SENTENCE_RE.search(a.unit.text)) and not a.unit.full
    return ended and b.unit.wide > 0 and 0 <= b.unit.gap <= page.gap


def _may_go_on(page: Page, i: int) -> bool:
    """Whether a paragraph fills the line in which a sentence closes: it may not be its last."""
    u = page.readings[i].unit
    return page.readings[i].label in PROSE and u.full and len(u.pieces) > 1 and is_complete(u.text)


def _goes_on(page: Page, i: int) -> bool:
    """Whether what follows a unit was read as the rest of its paragraph."""
    a, b = page.readings[i], page.readings[i + 1]
    begins = page.indent >= 1.5 <= b.unit.indent and b.unit.gap >= 0
    return b.label == "more" and a.article == b.article and not begins


def _sure(page: Page, i: int) -> bool:
    """Whether nothing else than the next unit can be the rest of a paragraph."""
    a, b = page.readings[i].unit, page.readings[i + 1].unit
    return _goes_on(page, i) and b.gap <= page.gap and _seam(a.text, b.text) >= 4


def _breaks_off(page: Page, i: int) -> bool:
    """Whether a paragraph stops in mid-sentence, and its rest may be elsewhere."""
    r, after = page.readings[i], page.readings[i + 1]
    if after.label == "jump" and after.article == r.article and is_jump_out(after.unit.text):
        return False  # its rest is on another page
    return r.label in PROSE and not is_complete(r.unit.text) and not _sure(page, i)


def _may_resume(page: Page, j: int) -> bool:
    """Whether a paragraph may be the rest of another that stands above, but not right above it."""
    r, before = page.readings[j], page.readings[j - 1]
    if r.label not in PROSE or r.rule == "correction" or _stands_over(before):
        return False
    if page.indent >= 1.5 <= r.unit.indent:
        return False
    if r.label == "more" and not is_complete(before.unit.text):
        return not _sure(page, j - 1)
    return bool(before.unit.kind) or is_complete(before.unit.text) or before.label in UNDER_TEXT


def _stands_over(r) -> bool:
    """Whether a unit stands over the text of its own article; a jump to another page stands under it."""
    return r.label in STANDS_OVER and not (r.label == "jump" and is_jump_out(r.unit.text))


def _weight(page: Page, i: int, j: int) -> float:
    """How strongly a paragraph continues the sentence that another broke off."""
    end, start = page.readings[i], page.readings[j]
    weight = 0.5 + _seam(end.unit.text, start.unit.text) + _topic(page, i, j)
    weight += _as_a_rest(start.unit.text)
    if j == i + 1:
        near = NEAR + _stays(page, i, j) if start.unit.gap <= page.gap else 4.0
        return max(LEAST + 0.1, weight + near)
    if is_complete(end.unit.text):
        weight = weight + 2.0 - 0.5 * (j - i) if _lacks_begin(page, j) else -9.0
    before = page.readings[j - 1]
    weight += 2.0 * (start.label == "open") + 2.0 * (page.indent >= 1.5)
    weight += 1.5 * (start.unit.gap > page.gap) + 1.5 * bool(before.unit.kind)
    return weight - UNDER_TEXT.get(before.label, 0.0)


def _as_a_rest(text: str) -> float:
    """How much a text begins as the rest of a paragraph does; below 0 as a paragraph."""
    if OPENING_RE.match(text):
        return -3.0
    return -1.0 if BEGINS_RE.match(text) else 0.6 * bool(BRIEF_RE.match(text))


def _seam(tail: str, head: str) -> float:
    """How strongly two texts hold together where they meet: by a word, a quotation, a mark."""
    opened, closes = unmatched(tail)[1] > 0, unmatched(head)[0] > 0
    weight = 4.0 if runs_across(tail, head) else 0.0
    weight += 2.0 * bool(WITHIN_RE.match(head)) + 3.0 * (len(head) < 12 and is_complete(head))
    return weight + (4.0 if opened and closes else -4.0 if opened != closes else 0.0)


def _topic(page: Page, i: int, j: int) -> float:
    """Whether a paragraph's words are those of the one broken off, rather than of its host's."""
    own, host = page.readings[i].article, page.readings[j].article
    if own == host and j == i + 1:
        return 0.0
    (in_own, by_chance), (in_host, also) = (_shared(page, own, i, j), _shared(page, host, j - 1, j))
    weight = PAIR * (in_own - by_chance - in_host + also)
    convinced = max(-CONVINCED, min(CONVINCED, weight))
    return convinced + (weight - convinced) / 5


def _stays(page: Page, i: int, j: int) -> float:
    """How much of its words a paragraph has in common with what is above it in its article."""
    own, host = page.readings[i].article, page.readings[j].article
    found, by_chance = _shared(page, own, i, j, NEXT) if own == host else (0, 0)
    few = 6 * math.log(of_one(found, by_chance))
    return max(-2.5, min(0.0, few)) + max(0.0, min(CONVINCED, PAIR * (found - by_chance)))


def _shared(page: Page, article: int, i: int, j: int, reach: int = REACH) -> tuple[int, float]:
    """How many character pairs an article up to i and the text from j on share, and would by chance."""
    if (article, i, j, reach) not in page.common:
        rest = _words(page, page.readings[j].article, j, reach)
        above = _words(page, article, i, -REACH)
        page.common[article, i, j, reach] = len(rest & above), CHANCE * len(rest) * len(above)
    return page.common[article, i, j, reach]


def _words(page: Page, article: int, at: int, reach: int) -> set:
    """The character pairs of so much of an article's text from one of its units on; up if below 0."""
    if (article, at, reach) not in page.known:
        mine, text, step = page.places.get(article, []), "", 1 if reach > 0 else -1
        k = bisect_left(mine, at) if reach > 0 else bisect_right(mine, at) - 1
        while 0 <= k < len(mine) and len(text) < abs(reach):
            part = page.readings[mine[k]].unit.text
            text, k = (text + part if reach > 0 else part + text), k + step
        page.known[article, at, reach] = letter_pairs(text[:reach] if reach > 0 else text[reach:])
    return page.known[article, at, reach]


def most_alike(readings: list, places: dict, article: int) -> int | None:
    """The article near above that one without a head speaks of the same as, or None.

    Left out: those that have closed, with a name or a source.
    """
    page, at = Page(readings, places, 0, 0, {}, {}), places[article][0]
    found = [(ALIKE, None)]
    last = {readings[i].article: i for i in range(max(0, at - FARTHEST), at)}
    for n, i in last.items():
        if n and n != article and readings[i].label in PROSE:
            shared, by_chance = _shared(page, n, i, at)
            found.append((of_one(shared, by_chance), n))
    return max(found, key=lambda x: x[0])[1]


def of_one(shared: int, by_chance: float) -> float:
    """How much of what texts of one article share two share, in character pairs; 1: as much.

    >>> of_one(40, 10) > 1, of_one(10, 10) < 1
    (True, True)
    """
    return (shared + FEW) / (WITHIN_ONE * by_chance + FEW)


def alike(one: set, other: set) -> float:
    """How much of what texts of one article share two texts with these character pairs do."""
    return of_one(len(one & other), CHANCE * len(one) * len(other))


def best_pairs(weights: list[list[float]]) -> list[tuple[int, int]]:
    """(row, column) of the pairs that together weigh most (Kuhn 1955); none below LEAST.

    >>> best_pairs([[9.0, 8.0], [9.0, 0.0]])
    [(0, 1), (1, 0)]
    """
    n = len(weights)
    wide = max(n, len(weights[0]) if n else 0)
    cost = [[0.0] * (wide + 1)]  # row and column 0 are the way in
    for row in weights:
        spare = [0.0] * (wide - len(row))
        cost.append([0.0, *(-max(0.0, w - LEAST) for w in row), *spare])
    rows, columns, owner = [0.0] * (n + 1), [0.0] * (wide + 1), [0] * (wide + 1)
    for i in range(1, n + 1):
        owner[0] = i
        at, way = _free_column(cost, owner, (rows, columns))
        while at:
            owner[at], at = owner[way[at]], way[at]
    return sorted((i - 1, j - 1) for j, i in enumerate(owner) if j and i and cost[i][j] < 0)


def _free_column(cost: list, owner: list[int], prices: tuple) -> tuple[int, list[int]]:
    """The cheapest column that has no owner yet, and the way to it; the prices are brought up to date."""
    rows, columns = prices
    least, way, at = [math.inf] * len(owner), [0] * len(owner), 0
    open_, seen = list(range(1, len(owner))), [0]
    while owner[at]:
        i = owner[at]
        for j in open_:
            now = cost[i][j] - rows[i] - columns[j]
            if now < least[j]:
                least[j], way[j] = now, at
        at = min(open_, key=least.__getitem__)
        step = least[at]
        for j in seen:
            rows[owner[j]] += step
            columns[j] -= step
        for j in open_:
            least[j] -= step
        open_.remove(at)
        seen.append(at)
    return at, way
