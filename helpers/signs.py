"""signs: what a short unit is by the units beside it: an author's name, a line of verse, a deck.

A name alone, four short lines in a row: no form proves them, and their neighbours do.
"""

import re
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from helpers.blocks import Unit
from helpers.columns import cells
from helpers.forms import AUTHOR_RE, NAME, NAMES, ROLE
from helpers.lexicon import is_word
from helpers.marks import is_complete
from helpers.place import COUNTED_RE, HALVES_RE, Place, is_head, runs_across

VERSE, SPREAD = 18, 7  # characters of a line of verse at most, and by which its lines differ
NEWS, LABEL = 6, 8  # units of short news under a label at least, characters of the label at most
BOXED = 0.8  # of a page's headings stand apart from their texts, where boxes part them
SHORT = 80  # characters of short news at most: what answers a question is longer
APART = 0.3  # cells between the narrowest line of one column and the widest of another
UNEVEN = 2.0  # cells by which the full lines of one column differ
NAME_RE = re.compile(NAME)
WHO_RE = re.compile(rf"[（(](?:{ROLE}\s*)?({NAMES})[）)]")
MARKED_RE = re.compile(r"[■◆●★◎□]\s*[^\s■◆●★◎□]{4}")
LIST_MARKS = "■◆●★◎□△▲○◇"
OURS_RE = re.compile("我[省市县区州]")
REPORT_RE = re.compile(  # what kind of report it is, as a deck says
    "(?:纪实|纪行|见闻|[侧手札]记|”记|[走回追探寻采]访记?|[化变路海围生游]记|巡礼|[一二三四五两]问|启示录?|调查|观察|回眸|综述|得与失|[说谈]开去)$"
    "|^(?:访|兼[论谈]|写在)|^从.{2,12}[看说谈]"
)
PART_RE = re.compile("0[1-9]|[一二三四五六七八九十]|[（(][一二三四五六七八九十1-9][）)]")


def mark_authors(units: list[Unit]) -> list[Unit]:
    """The units, a name alone between a heading and prose of kind "byline".

    Left alone: what a dictionary holds (简讯, 白鹿原), unless it is set wide as names are.
    """
    found = list(units)
    for i in range(1, len(units) - 1):
        above, u, below = units[i - 1 : i + 2]
        raw = u.raw.strip()
        if u.kind or u.level or len(raw) > 60 or not AUTHOR_RE.fullmatch(raw):
            continue
        if runs_across(above.text, raw):
            continue  # the second line of the heading
        known = is_word(re.sub(r"\s", "", raw))
        named = not known or (NAME_RE.match(raw) and raw != u.text and len(above.text) > 4)
        if named and is_head(above) and len(above.text) >= 4 and _is_prose(below):
            found[i] = replace(u, kind="byline")
    return found


def _is_prose(u: Unit) -> bool:
    return not u.kind and not u.level and (len(u.text) > 40 or is_complete(u.text))


def verses(units: list[Unit]) -> set:
    """The first pieces of the lines of poems: four short ones or more in a row, under a byline."""
    found, run = set(), []
    for i, u in enumerate([*units, None]):
        if u and not u.kind and not u.level and len(u.text) <= VERSE:
            run.append(i)
            continue
        if run and u and (u.kind in ("byline", "lead") or _is_prose(u)):
            run.pop()  # the headline of the next article
        sizes = [len(units[k].text) for k in run]
        under = bool(run) and run[0] > 0 and units[run[0] - 1].kind == "byline"
        if len(run) >= 4 and under and max(sizes) - min(sizes) <= SPREAD:
            found.update(units[k].pieces[0] for k in run)
        run = []
    return found


def are_boxed(units: list[Unit]) -> bool:
    """Whether a page's headings stand apart from the texts under them, by a blank line or more."""
    under = [b.gap > 0 for a, b in pairwise(units) if is_head(a) and not is_head(b) and b.gap >= 0]
    return sum(under) > BOXED * len(under)


def are_counted(units: list[Unit]) -> bool:
    """Whether headings of a page count on: one has a number, and another the next."""
    found = [COUNTED_RE.match(u.text) for u in units if is_head(u)]
    numbers = {int(m[1]) for m in found if m}
    return any(n + 1 in numbers for n in numbers)


def gaps_in_columns(units: list[Unit], usual: int) -> int:
    """How often a wider gap than the usual parts a sentence: a column ends there, and no article."""
    pairs = ((a, b) for a, b in pairwise(units) if not (a.kind or b.kind or is_head(b)))
    return sum(b.gap > usual and len(a.text) > 30 and not is_complete(a.text) for a, b in pairs)


def back_to_width(units: list[Unit]) -> set:
    """The first pieces of paragraphs that go back to the width above a short stretch of another.

    So columns run about a picture: one to three paragraphs, with one short line at most.
    """
    prose = [(i, u) for i, u in enumerate(units) if u.columns and len(u.text) > 30 and not u.kind]
    found = set()
    for n in range(2, len(prose)):
        at, u = prose[n]
        for first, a in reversed(prose[max(0, n - 4) : n - 1]):
            heads = sum(is_head(x) and len(x.text) <= 30 for x in units[first + 1 : at])
            if heads <= 1 and abs(a.columns[1] - u.columns[0]) <= UNEVEN:
                found.add(u.pieces[0])
    return found


def listed(units: list[Unit]) -> set:
    """The first pieces of paragraphs in a list: three or more in a row, each behind the same mark."""
    runs = groupby(units, key=lambda u: u.text[:1] if u.text[:1] in LIST_MARKS else None)
    runs = [(mark, list(run)) for mark, run in runs]
    return {u.pieces[0] for mark, run in runs if mark and len(run) > 2 for u in run}


def short_news(units: list[Unit]) -> dict:
    """Whether a unit is the label of short news or the head of one, by their first pieces.

    Under a label stand three heads or more, each over a single short paragraph, and no text of its own.
    """
    found, i = {}, 0
    while i < len(units):
        end = i + 1
        while end + 1 < len(units) and _is_news(units, i + 1, end):
            end += 2
        if end > i + NEWS and is_head(units[i]) and len(units[i].text) <= LABEL:
            found[units[i].pieces[0]] = "label"
            found.update((units[k].pieces[0], "head") for k in range(i + 1, end, 2))
        i = max(i + 1, end - 2)
    return found


def _is_news(units: list[Unit], first: int, i: int) -> bool:
    """Whether a head and one finished paragraph stand there, the head marked as the first is."""
    head, text = units[i], units[i + 1]
    like = head.level == units[first].level and head.indent == units[first].indent
    heads = like and is_head(head) and len(head.text) <= 26
    return heads and _is_prose(text) and len(text.text) <= SHORT


def is_deck_of(above: Unit | None, u: Unit | None) -> bool:
    """Whether a heading under another tells of it what decks tell: figures, whose it is, what kind of report.

    A headline under its kicker hardly ever does (23个项目落地 投资82亿元; 我市改造老旧小区; …见闻).
    """
    if not (above and u) or len(u.text) < 5 or above.level != u.level:
        return False
    if not (is_head(above) and is_head(u)) or len(above.text) < 5:
        return False
    longer = 7 <= len(above.text) <= len(u.text)
    figures = re.search(r"\d", u.text) and not re.search(r"\d", above.text)
    halves = figures and HALVES_RE.search(u.raw.strip())
    whose = OURS_RE.match(u.text) and not OURS_RE.search(above.text)
    return bool(longer and (halves or whose)) or bool(REPORT_RE.search(u.text))


def names_subject(p: Place, topic: str) -> bool:
    """Whether a title's topic is that of the article below (海外仓 of 海外仓观察).

    A standing column's title would fit any other article too.
    """
    below = p.usual["page"][p.at + p.chars : p.at + p.chars + 800]
    return len(topic) >= 3 and below.count(topic) > 1


def names_author(label: str, text: str) -> bool:
    """Whether what stands under a headline names who wrote: a lead may be 本报讯 alone."""
    return label == "byline" or (label == "lead" and bool(re.search(ROLE, text)))


def who_signs(text: str) -> str:
    """The names that close an article, or nothing where a source does.

    >>> who_signs("（记者秦越）"), who_signs("（据《望川日报》）")
    ('秦越', '')
    """
    m = WHO_RE.fullmatch(text)
    return m[1] if m else ""


def new_measures(units: list[Unit]) -> set:
    """The first pieces of the paragraphs from which on the columns are of another width.

    So narrow a difference counts only where all lines above and below stand apart by it.
    """
    indented = sum(u.indent >= 1.5 for u in units if u.gap >= 0) > len(units) / 4
    rows = [_full_lines(u, indented) for u in units]
    found = set()
    for i in range(2, len(units) - 1):
        if not rows[i - 1] or not rows[i]:
            continue
        above = [w for widths in rows[max(0, i - 3) : i] for w in widths]
        below = [w for widths in rows[i : i + 3] for w in widths]
        apart = max(min(above) - max(below), min(below) - max(above))
        even = max(max(x) - min(x) for x in (above, below)) <= UNEVEN
        if min(len(above), len(below)) >= 5 and apart >= APART and even:
            found.add(units[i].pieces[0])
    return found


def _full_lines(u: Unit, indented: bool) -> list[float]:
    """The widths of a paragraph's lines but the last; the first has its indent to spare."""
    if u.kind or not u.wide or len(u.pieces) < 2:
        return []
    ends = list(accumulate(b - a for _, a, b in u.pieces))
    lines = [u.raw[a:b] for a, b in pairwise([0, *ends[:-1]])]
    spare = u.indent if indented else 2
    return [cells(lines[0]) + spare, *map(cells, lines[1:])][u.gap < 0 :]
