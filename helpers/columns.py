"""columns: how a page is set: whether its lines are wrapped, how wide, with which indents. See `setting_of`."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from helpers.clean import bare
from helpers.marks import is_complete

EDGE = 2.1  # cells that justified setting leaves open in a full line
WIDER = 4  # cells by which no line outgrows its column: a heading across two does
STRICT = 1.4  # the same where the line closes a sentence: it may be a paragraph's last
WIDEST = 60  # cells: a line longer than any newspaper column is a whole paragraph

THIN_RE = re.compile(r"(?<=\d) (?=[^\d\s])|(?<=[^\d\s]) (?=\d)")
HALF_RE = re.compile("(?<=[一-鿿])[,:;](?=[一-鿿])")  # a full cell in print, half in the copy
MARK_RE = re.compile("[，。、：；！？“”（]")


class Setting(NamedTuple):
    """How a page is set: whether its lines are wrapped, to which widths, with printed indents."""

    wrapped: bool
    near: list  # the column's width at each line
    indented: bool


@lru_cache(maxsize=4096)  # a line is asked for its own width and for its neighbours'
def cells(text: str) -> float:
    """The width of a text in full-width cells, blanks left out.

    >>> cells("2023 年 6 月")
    5.25
    """
    solid = bare(text)
    narrow = len(solid.encode("ascii", "ignore"))
    if not narrow:
        return float(len(solid))
    thin, half = len(THIN_RE.findall(text)), len(HALF_RE.findall(solid))
    return len(solid) - (narrow - half) / 2 + thin / 4


def is_wrapped(lines: list[str]) -> bool:
    """Whether a page's lines are wrapped to columns, rather than one line a paragraph."""
    texts = [x.rstrip() for x in lines]
    inside = sum(len(x) <= WIDEST * 2 and not is_complete(a)
                 for x, (a, b) in zip(lines, pairwise(texts)) if a and b)  # fmt: skip
    short = sum(len(x) <= WIDEST for x, text in zip(lines, texts, strict=True) if text)
    filled = sum(map(bool, texts))
    return inside > 0.4 * filled and short > 0.8 * filled


def column_widths(lines: list[str]) -> list[tuple]:
    """The column's width at each line (two where it changes): the second widest of neighbours."""
    cells_of = [cells(x) for x in lines]
    filled = [i for i, w in enumerate(cells_of) if w]
    widths, near = [cells_of[i] for i in filled], [(0.0,)] * len(lines)
    windows = (sorted(widths[max(0, k - 9) : k + 1]) for k in range(len(filled) + 9))
    second = [w[-2] if len(w) > 2 else 0.0 for w in windows]  # widest of ten lines, by the last
    for i, pair in zip(filled, zip(second, second[9:], strict=False), strict=True):
        near[i] = (max(pair),) if abs(pair[0] - pair[1]) < 3 else pair
    for i in range(len(lines) - 3):  # the few lines of a column that others cut short
        *three, last = cells_of[i : i + 4]
        widest = max(*three, last)
        alike = min(three) >= max(8, widest - STRICT) and last > 0
        if alike and (last >= max(8, widest - STRICT) or _is_whole(lines[i : i + 4])):
            for k in range(i, i + 4):
                near[k] += (widest,) * all(abs(widest - w) >= 3 for w in near[k])
    return near


def _is_whole(lines: list[str]) -> bool:
    """Whether lines hold one text: the last closes a sentence, and none of the others."""
    *inside, last = [x.rstrip() for x in lines]
    return last.endswith("。") and not any(map(is_complete, inside))


def indent_of(line: str) -> float:
    """The cells of blank before a line's first character."""
    if not line[:1].isspace():
        return 0
    lead = line[: len(line) - len(line.lstrip())]
    return sum(1 if c == "\u3000" else 0.5 for c in lead if c not in "\r\n")


def reaches_edge(line: str, first: bool, near: tuple) -> bool:
    """Whether a line fills the column before or after it; a first line has its indent to spare.

    One that closes a sentence may be a paragraph's last, a first one without a mark a heading:
    they must fill it strictly.
    """
    width = cells(line) + (2 if first else indent_of(line))
    strict = is_complete(line.rstrip()) or (first and not MARK_RE.search(line))
    short = STRICT if strict else EDGE
    return any(w >= 8 and w - short <= width <= w + WIDER for w in near)


def with_whole_indents(lines: list[str]) -> list[str]:
    """The lines with two cells of blank before each that has one, where nearly all have no more."""
    indents = [indent_of(x) for x in lines]
    one, two = sum(0.5 < n < 1.5 for n in indents), sum(n >= 1.5 for n in indents)
    if one <= 4 * two or one <= 0.1 * sum(map(bool, map(bare, lines))):
        return lines
    return [
        "\u3000\u3000" + x.lstrip() if 0.5 < n < 1.5 else x
        for x, n in zip(lines, indents, strict=True)
    ]


def setting_of(lines: list[str]) -> Setting:
    """How the lines of a page are set."""
    filled = [x for x in lines if x.strip()]
    wrapped = is_wrapped(lines)
    indented = sum(indent_of(x) >= 1.5 for x in filled) > 0.1 * len(filled)
    return Setting(wrapped, column_widths(lines) if wrapped else [(0.0,)] * len(lines), indented)
