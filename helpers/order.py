"""order: the units of a page in the order in which they are read. See `raise_heads`.

A page whose columns were taken out one by one may hold its headlines under their texts. Where they
stand tells: a headline is nearer to its own text than to the text of another.
"""

from dataclasses import replace

from helpers.blocks import Unit
from helpers.forms import PICTURES_RE, SLOGAN_RE
from helpers.marks import is_complete
from helpers.place import is_head

LEAST = 2  # headings under their texts: a single one may be the page's last, of another's text
LONG = 30  # characters of a heading's line
OPENS_IN = ("lead", "jump")


def raise_heads(units: list[Unit]) -> list[Unit]:
    """The units of a page, headings that stand under their texts put over them.

    Only where most of the page's headings stand so.
    """
    runs = _runs(units)
    under = [(a, b) for a, b in runs if _nearer_above(units, a, b)]
    if len(under) < LEAST or len(under) * 2 <= len(runs):
        return units
    found, at = [], 0
    for a, b in under + _closing(units, runs[-1], under[0]):
        start = _start(units, at, a)
        found += units[at:start] + _over(units[a:b], units[start:a])
        at = b
    return found + units[at:]


def _runs(units: list[Unit]) -> list[tuple[int, int]]:
    """(first, end) of the headings that stand under a text, each with its deck and byline."""
    found, i = [], 1
    while i < len(units):
        end = i
        while end < len(units) and _goes_on(units, i, end):
            end += 1
        if end > i:
            found.append((i, end))
        i = max(end, i) + 1
    return found


def _goes_on(units: list[Unit], first: int, i: int) -> bool:
    """Whether a unit is a heading, or goes on with the headings above it."""
    u = units[i]
    if i == first:
        return _is_heading(u)
    return u.gap <= units[first].gap and (_is_heading(u) or u.kind == "byline")


def _closing(units: list[Unit], last: tuple, like: tuple) -> list[tuple]:
    """The headings at the page's end, where they stand as near to their text as the others."""
    a, b = last
    alike = b == len(units) and units[a].gap <= units[like[0]].gap and _is_whole(units[a - 1])
    return [last] if alike and not SLOGAN_RE.search(units[a].text) else []


def _is_whole(u: Unit) -> bool:
    return u.kind in ("tail", "code") or (not u.kind and is_complete(u.text))


def _is_heading(u: Unit) -> bool:
    plain = "。" not in u.text and len(u.text) <= LONG and not PICTURES_RE.fullmatch(u.text)
    return plain and u.indent < 1.5 and is_head(u)


def _nearer_above(units: list[Unit], a: int, b: int) -> bool:
    """Whether headings stand nearer to a finished text above them than to what follows."""
    return b < len(units) and _is_whole(units[a - 1]) and 0 <= units[a].gap < units[b].gap


def _start(units: list[Unit], at: int, a: int) -> int:
    """Where the text begins under which headings stand."""
    return next((i for i in range(a - 1, at, -1) if units[i].kind in OPENS_IN), at)


def _over(heads: list[Unit], text: list[Unit]) -> list[Unit]:
    """Headings and the text above them, as though they stood over it."""
    first, opens = heads[0], text[0]
    return [replace(first, gap=opens.gap), *heads[1:], replace(opens, gap=first.gap), *text[1:]]
