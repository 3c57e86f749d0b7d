"""text: the units of an article → its text, mended, and the way back to the page. See `text_of`."""

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from helpers.blocks import MARKDOWN_RE, VISIBLE_RE, Unit
from helpers.clean import (
    BESIDE,
    BLANK,
    HAN,
    REPAIRS,
    Change,
    bare,
    clean,
    list_changes,
)
from helpers.forms import LEAD_RE

# What is done to a paragraph of a page: "breaks" closes the ends of its printed lines.
ALL_REPAIRS = ("breaks", *REPAIRS)
LATIN_RE = re.compile("[A-Za-z]{2}")
HALVES_RE = re.compile(rf"(?<=[{HAN}”》！？]){BLANK}+(?=[{HAN}“《])")
SOLID_RE = re.compile(rf"{VISIBLE_RE.pattern}+")


class Part(NamedTuple):
    """What of a unit stands on one printed line. line from 1, column from 0."""

    line: int
    column: int
    raw: str


def parts_on_page(u: Unit) -> list[Part]:
    """What of a unit stands on each printed line, the mark of a markdown heading left out."""
    found, at = [], 0
    skip = MARKDOWN_RE.match(u.raw).end() if u.level else 0
    for line, a, b in u.pieces:
        start, end = max(at, skip), at + b - a
        if start < end:
            found.append(Part(line, a + start - at, u.raw[start:end]))
        at = end
    return found


def text_of(paragraphs: list[list[Unit]], repairs=ALL_REPAIRS) -> tuple[str, list]:
    """The text of paragraphs (joined by a line feed), and where each stretch of it stands.

    The second is [start, line, column] for every stretch that cleaning left in one piece.
    """
    texts, origin, start = [], [], 0
    for units in paragraphs:
        parts = [p for u in units for p in parts_on_page(u)]
        text = clean(_joined(parts, repairs), repairs)
        origin += _origin(text, start, parts)
        texts.append(text)
        start += len(text) + 1
    return "\n".join(texts), origin


def _joined(parts: list[Part], repairs) -> str:
    """The raw text of a paragraph; a blank stands where a line ends between two Latin words."""
    if "breaks" not in repairs:
        return "\n".join(p.raw for p in parts)
    joined, last = [], ""
    for p in parts:
        joined += [" "] * bool(LATIN_RE.match(last + p.raw[0])) + [p.raw]
        last = p.raw[-1]
    return "".join(joined)


def _origin(text: str, start: int, parts: list[Part]) -> list:
    """[start, line, column] of every stretch of a paragraph that stands in one piece on the page."""
    found, column, at = [], (0, 0), 0
    for line, first, raw in parts:
        for m in SOLID_RE.finditer(raw):
            at = VISIBLE_RE.search(text, at).start()
            here = (line, first + m.start() - at)
            if here != column:
                found.append([start + at, line, first + m.start()])
            column, at = here, at + len(m[0])
    return found


def head_of(units: list[Unit], repairs=ALL_REPAIRS) -> str | None:
    """A heading as printed: one blank between its halves kept, dashes before it dropped."""
    if not units:
        return None
    halves = (clean(half, repairs) for half in _halves(units))
    return " ".join(halves).lstrip("—―─- ") or None


def _halves(units: list[Unit]) -> list[str]:
    """The halves of a heading, its lines run on; those of headings in a row too."""
    raws = ("".join(p.raw for p in parts_on_page(u)).strip() for u in units)
    return HALVES_RE.split(" ".join(raws))


def spaced(u: Unit) -> str:
    """The raw text of a byline, its line breaks as blanks unless they part a name."""
    text, *parts = (p.raw for p in parts_on_page(u))
    for part in parts:
        last, first = re.split(r"\s", text)[-1], re.split(r"\s", part)[0]
        glue = len(last) == 1 or len(bare(first).rstrip("）)")) == 1 or LEAD_RE.match(text + part)
        text += part if glue and len(last + first.rstrip("）)")) <= 4 else " " + part
    return text


def text_changes(units: list[Unit], repairs=ALL_REPAIRS) -> list[tuple[int, Change]]:
    """(line, change) of each repair in one paragraph."""
    parts = [p for u in units for p in parts_on_page(u)]
    changes = list_changes(_joined(parts, repairs), repairs)
    if not changes and len(parts) == 1:
        return []
    ends = _ends(parts)
    found = [(_line_at(c.at, ends, parts), c) for c in changes]
    if "breaks" in repairs:
        for at, (a, b) in zip(ends, pairwise(parts), strict=False):
            found.append((a.line, Change("breaks", at, "\n", "", a.raw[-BESIDE:], b.raw[:BESIDE])))
    return found


def head_changes(unit: Unit, repairs=ALL_REPAIRS) -> list[tuple[int, Change]]:
    """(line, change) of each repair in one heading."""
    parts, before, found = parts_on_page(unit), 0, []
    for half in _halves([unit]):
        found += [c._replace(at=c.at + before) for c in list_changes(half, repairs)]
        before += len(bare(half))
    return [(_line_at(c.at, _ends(parts), parts), c) for c in found]


def _ends(parts: list[Part]) -> list[int]:
    """The visible characters up to the end of each part."""
    ends = []
    for p in parts:
        ends.append(len(bare(p.raw)) + (ends[-1] if ends else 0))
    return ends


def _line_at(at: int, ends: list[int], parts: list[Part]) -> int:
    """The line of what stands after so many visible characters."""
    return parts[min(bisect_right(ends, at), len(parts) - 1)].line
