"""blocks: the lines of a page joined into the pieces that a compositor set. See `cut_units`.

Half of the line ends of a wrapped page stand inside a word. A line that reaches the edge of its
column runs on into the next; a short line that closes a sentence ends its paragraph.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from helpers.clean import INVISIBLE, bare, clean
from helpers.columns import (
    EDGE,
    STRICT,
    WIDER,
    Setting,
    cells,
    indent_of,
    reaches_edge,
    setting_of,
    with_whole_indents,
)
from helpers.folio import CONTACT_RE, is_folio
from helpers.forms import (
    BYLINE_RE,
    HALF_BYLINE_RE,
    HALF_LEAD_RE,
    JUMP_RE,
    LEAD_RE,
    PICTURES_RE,
    TAIL_RE,
    WHO_RE,
    parts_of,
)
from helpers.marks import is_complete, unmatched_brackets

SENTENCE_RE = re.compile("[。！？][”’）)》]*$")  # what a closing mark need not be
DASH_RE = re.compile(r"[—―─-]{2,}")
MARKDOWN_RE = re.compile(r"#{1,6}\s+(?=\S)")
PAUSE_RE = re.compile("[，。、；：]")
VISIBLE_RE = re.compile(rf"[^\s{INVISIBLE}]")


@dataclass(slots=True)  # its fields are read faster than those of a tuple
class Unit:
    """A heading, a paragraph, or the part of one that a column holds.

    pieces: (line, start_col, end_col), lines from 1, columns from 0, end exclusive.
    """

    pieces: tuple
    raw: str  # the pieces as they stand, joined by nothing
    text: str  # cleaned, without markdown marks
    level: int  # of a markdown heading, else 0
    gap: int  # blank lines before it; -1: on one line with the unit before
    indent: float  # cells before its first character
    columns: tuple  # cells of the column where it begins and where it ends; () if not wrapped
    full: bool  # its last line reaches the edge of its column
    fills: bool  # also where the columns above and below it differ
    wide: float  # cells of the column it stands in, 0 if not wrapped
    kind: str  # what its own words prove (folio, jump, lead, tail, credit, code, byline), or ""


@lru_cache(maxsize=4096)  # a line is asked for itself and for the one under it
def _stands_apart(line: str) -> bool:
    """Whether a line's own words set it apart from those above and under it."""
    return bool(is_folio(line) or CONTACT_RE.match(line) or PICTURES_RE.fullmatch(line))


def _opens_unit(line: str, before: str, edge: bool) -> bool:
    """Whether a line of a wrapped block begins a unit of its own."""
    text, last = line.strip(), before.rstrip()
    if _stands_apart(text) or _stands_apart(last):
        return True
    if MARKDOWN_RE.match(text) or (
        DASH_RE.match(text) and (not edge or len(last) < 14 or not PAUSE_RE.search(last))
    ):
        return True
    if LEAD_RE.match(text) or HALF_LEAD_RE.match(text) or (JUMP_RE.match(text) and not edge):
        return True
    if HALF_BYLINE_RE.fullmatch(last) and BYLINE_RE.fullmatch(last + text):
        return False
    if BYLINE_RE.fullmatch(text) or BYLINE_RE.fullmatch(last):
        return not edge or not is_complete(text)
    return bool(TAIL_RE.fullmatch(text) or TAIL_RE.fullmatch(last))


def _is_bare(line: str) -> bool:
    """Whether a line has neither indent nor pause, nor the lead of an article."""
    return indent_of(line) < 1.5 and not PAUSE_RE.search(line) and not LEAD_RE.match(line.strip())


def _runs_on(lines: list[str], i: int, first: bool, setting: Setting) -> bool:
    """Whether line i of a wrapped block and the next belong to one unit."""
    this, after, near = lines[i], lines[i + 1], setting.near
    under = lines[i + 2] if i + 2 < len(lines) else ""
    if unmatched_brackets(this):
        return True
    if WHO_RE.match(after.strip()) and LEAD_RE.fullmatch(this.strip()):
        return True
    if _stands_over_a_lead(lines, i + 1, near[i + 1]):
        return False
    if first and setting.indented and _is_bare(this) and _is_bare(after):
        return False  # two lines of heading: a paragraph would begin with its indent
    edge = reaches_edge(this, first, near[i])
    if indent_of(after) >= 1.5 and (first or indent_of(this) < 1.5):
        return False
    if _opens_unit(after, this, edge):
        return False
    if HALF_BYLINE_RE.fullmatch(this.strip()) and BYLINE_RE.fullmatch((this + after).strip()):
        return True
    if setting.indented and _heading_follows(this, after, under):
        return False
    if setting.indented and _is_next_line(lines, i, first, near[i]):
        return True
    if edge and is_complete(this.rstrip()):  # a last line, full by chance: no indent follows
        widths = [w for w in near[i + 1] if w + WIDER >= cells(this)]  # of this very column
        lost = min((w - cells(after) for w in widths), default=WIDER)
        return is_complete(after.rstrip()) or lost < (EDGE * 1.5 if setting.indented else 1.6)
    return edge


def _heading_follows(this: str, after: str, under: str) -> bool:
    """Whether a line can be a heading alone: it closes no paragraph, and the next begins one."""
    ends = is_complete(this.rstrip()) and not is_complete(after.rstrip())
    return ends and indent_of(after) < 1.5 <= indent_of(under)


def _stands_over_a_lead(lines: list[str], i: int, near: tuple) -> bool:
    """Whether a line is a heading's: no mark closes it, short of the edge, over a lead or a byline."""
    line, under = lines[i].strip(), lines[i + 1].strip() if i + 1 < len(lines) else ""
    if not under or SENTENCE_RE.search(line) or reaches_edge(lines[i], False, near):
        return False  # so are nearly all: the patterns cost more
    signed = LEAD_RE.match(under) or BYLINE_RE.fullmatch(under)
    return bool(signed) and not BYLINE_RE.fullmatch(line) and not DASH_RE.match(line)


def _is_heading(lines: list[str], i: int) -> bool:
    """Whether a line is a heading's: no indent and no mark, over an indented text, nothing open above.

    The lines above and under it that look the same are headings too, and are passed over.
    """
    if indent_of(lines[i]) >= 1.5 or PAUSE_RE.search(lines[i]):
        return False
    above, under = ([x for x in part if bare(x) and (indent_of(x) >= 1.5 or PAUSE_RE.search(x))]
                    for part in (lines[max(0, i - 4) : i], lines[i + 1 : i + 5]))  # fmt: skip
    if under and indent_of(under[0]) < 1.5:
        return False
    last = above[-1].strip() if above else "。"
    return bool(is_complete(last) or parts_of(last)[-1][2])


def _is_next_line(lines: list[str], i: int, first: bool, near: tuple) -> bool:
    """Whether, on an indented page, a line that all but fills its column goes on without the indent."""
    this, after = lines[i], lines[i + 1]
    width, most = cells(this) + (2 if first else 0), max(near)
    filled = indent_of(this) >= 1.5 or "。" in after or cells(after) >= most - STRICT
    weak = not SENTENCE_RE.search(this.rstrip())
    return most >= 8 and indent_of(after) < 1.5 and filled and weak and width >= most - 2 * EDGE


def _groups(lines: list[str], setting: Setting, borders: frozenset) -> list[tuple[list[int], int]]:
    """The line numbers (from 0) of each unit before it is split, and the blank lines above it."""
    groups, gap = [], 0
    for i, line in enumerate(lines):
        if not VISIBLE_RE.search(line):
            gap += 1
            continue
        joined = groups and gap == 0 and setting.wrapped and i + 1 not in borders
        first = joined and len(groups[-1][0]) == 1
        joined = joined and not (first and setting.indented and _is_heading(lines, i - 1))
        if joined and _runs_on(lines, i - 1, first, setting):
            groups[-1][0].append(i)
        else:
            groups.append(([i], gap))
        gap = 0
    return groups


def cut_units(page: str, borders: frozenset = frozenset()) -> list[Unit]:
    """The units of a page in its order; each non-blank character is in exactly one.

    borders: lines (from 1) at which a unit must begin, whatever their looks say.

    >>> [u.text for u in cut_units("# 标题\\n\\n本报讯（记者 王一）正文。")]
    ['标题', '本报讯（记者王一）', '正文。']
    """
    lines = page.split("\n")
    shown = with_whole_indents(lines)
    setting = setting_of(shown)
    units = []
    for group, gap in _groups(shown, setting, borders):
        pieces = []
        for i in group:
            start = len(lines[i]) - len(lines[i].lstrip())
            pieces.append((i + 1, start, len(lines[i].rstrip())))
        raw = "".join(lines[n - 1][a:b] for n, a, b in pieces)
        frame = (gap, indent_of(shown[group[0]]), *_frame(shown, group, setting))
        units.extend(_split(pieces, raw, frame))
    return units


def _frame(lines: list[str], group: list[int], setting: Setting) -> tuple:
    """The columns a unit begins and ends in, whether its last line is full, and the width there."""
    if not setting.wrapped:
        return (), False, False, 0.0
    first, last, alone = lines[group[0]], lines[group[-1]], len(group) == 1
    near, columns = setting.near[group[-1]], ()
    if not alone:
        columns = (cells(first) + 2, cells(lines[group[-2]]) + 2 * (len(group) == 2))
    full, fills = reaches_edge(last, alone, near), reaches_edge(last, alone, (max(near),))
    return columns, full, fills, max(setting.near[group[0]])


def _split(pieces: list, raw: str, frame: tuple) -> list[Unit]:
    """A unit parted where its own words prove another kind: lead, tail, jump line, code, credit."""
    cuts = parts_of(raw)
    gap, *rest = frame
    units = []
    whole = cuts[0][:2] == (0, len(raw))
    places = [tuple(pieces)] if whole else _columns(pieces, cuts)
    for (start, end, kind), columns in zip(cuts, places, strict=True):
        part = raw[start:end]
        text = clean(part)
        mark = MARKDOWN_RE.match(part)
        level = len(mark[0].strip()) if mark else 0
        text = text[level:].strip()
        units.append(Unit(columns, part, text, level, gap, *rest, kind))
        gap = -1
    return units


def _columns(pieces: list, cuts: list) -> list[tuple]:
    """The (line, start_col, end_col) of each part of a unit, by where they are cut."""
    found, at, k = [[] for _ in cuts], 0, 0
    for line, a, b in pieces:
        end = at + b - a
        while k < len(cuts) and cuts[k][0] < end:
            x, y = max(cuts[k][0], at), min(cuts[k][1], end)
            if x < y:
                found[k].append((line, a + x - at, a + y - at))
            if cuts[k][1] > end:
                break
            k += 1
        at = end
    return [tuple(columns) for columns in found]
