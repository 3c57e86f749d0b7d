"""blocks: the lines of a page joined into the pieces that a compositor set. See `cut_units`.

Half of the line ends of a wrapped page stand inside a word. A line that reaches the edge of its
column runs on into the next; a short line that closes a sentence ends its paragraph.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from helpers.clean import MARKS, bare, clean

ENDS = "。！？…—”’）)》"
END_RE = re.compile(rf"[{ENDS}](?:[①-⑳]\d*)?$")
EDGE = 2.1  # cells that justified setting leaves open in a full line
STRICT = 1.4  # the same where the line closes a sentence: it may be a paragraph's last
WIDEST = 60  # cells: a line longer than any newspaper column is a whole paragraph

PAGE_NO = r"第?\s*[一二三四五六七八九十\d]+\s*版"
JUMP_RE = re.compile(rf"[（(]\s*(?:上接|紧接|接|下转|转)\s*{PAGE_NO}[^（）()]{{0,12}}[）)]")
LEAD_RE = re.compile(
    r"""(?:本报讯|本网讯|本刊讯)\s*(?:[（(][^（）()]{2,60}[）)]|(?=[^\w（(]))
      | (?:本报|新华社)(?:记者\s*)?[一-鿿·]{2,12}\s*\d+\s*月\s*\d+\s*日\s*(?:专)?[电讯]
        \s*(?:[（(][^（）()]{2,60}[）)])?
    """,
    re.VERBOSE,
)
TAIL_RE = re.compile(
    r"""[（(]\s*(?:新华社|中新社|据|本报|本网|记者|通讯员|作者|摘自|原载|来源|本版|文\s*/|图\s*/)
        [^（）()。]{1,80}[）)]$""",
    re.VERBOSE,
)
CREDIT_RE = re.compile(
    r"""(?:图\s*/|文\s*/\s*图|[（(])?\s*
        (?:(?:新华社|本报|见习|首席|特约)?(?:记者|通讯员))?\s*
        [一-鿿]{1,4}(?:[\s、]+[一-鿿]{1,4}){0,3}?\s*(?:摄影报道|文/图|供图|摄)[）)]?$""",
    re.VERBOSE,
)
CODE_RE = re.compile(r"[①-⑳㉑-㉟]\s*\d*$")
TAILS = ((CODE_RE, "code"), (TAIL_RE, "tail"), (JUMP_RE, "jump"), (CREDIT_RE, "credit"))
ROLE = r"(?:本报|新华社|见习|实习|特约|首席|特派|全媒体)*(?:记者|通讯员)"
BYLINE_RE = re.compile(rf"(?:{ROLE}|□|文/)[\s:：/]*[一-鿿·]{{1,6}}(?:[\s、]+(?:{ROLE}[\s:：]*)?[一-鿿·]{{1,6}}){{0,12}}")
DASH_RE = re.compile("(?:[—―─-]{2,}|#)")


THIN_RE = re.compile(r"(?<=\d) (?=[^\d\s])|(?<=[^\d\s]) (?=\d)")


PAIR_RE = re.compile("[“”（）《》()]")


class Unit(NamedTuple):
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
    kind: str  # what its own words prove (jump, lead, tail, credit, code, byline), or ""


def cells(text: str) -> float:
    """The width of a text in full-width cells, blanks left out.

    >>> cells("2023 年 6 月")
    5.25
    """
    solid = bare(text)
    thin = len(THIN_RE.findall(text)) / 4
    return len(solid) - len(solid.encode("ascii", "ignore")) / 2 + thin


def is_wrapped(lines: list[str]) -> bool:
    """Whether a page's lines are wrapped to columns, rather than one line a paragraph."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    inside = sum(not END_RE.search(a.rstrip()) and len(a) <= WIDEST * 2 for a, _ in pairs)
    short = sum(len(x) <= WIDEST for x in lines if x.strip())
    filled = sum(bool(x.strip()) for x in lines)
    return inside > 0.4 * filled and short > 0.8 * filled


def column_widths(lines: list[str]) -> list[tuple]:
    """The column's width at each line (two where it changes): the second widest of neighbours."""
    widths = [cells(x) for x in lines]
    filled = [i for i, w in enumerate(widths) if w]
    near = [(0.0,)] * len(lines)
    for k, i in enumerate(filled):
        before = sorted(widths[j] for j in filled[max(0, k - 9) : k + 1])
        after = sorted(widths[j] for j in filled[k : k + 10])
        pair = (before[-2] if k > 1 else 0.0, after[-2] if len(after) > 2 else 0.0)
        near[i] = (max(pair),) if abs(pair[0] - pair[1]) < 3 else pair
    return near


def indent_of(line: str) -> float:
    """The cells of blank before a line's first character."""
    lead = line[: len(line) - len(line.lstrip())]
    return sum(1 if c == "\u3000" else 0.5 for c in lead if c not in "\r\n")


def reaches_edge(line: str, first: bool, near: tuple) -> bool:
    """Whether a line fills the column before or after it; a first line has its indent to spare."""
    width = cells(line) + (2 if first else indent_of(line))
    short = STRICT if END_RE.search(line.rstrip()) else EDGE
    return any(w >= 8 and width >= w - short for w in near)


def _opens_unit(line: str, before: str, edge: bool) -> bool:
    """Whether a line of a wrapped block begins a unit of its own."""
    text, last = line.strip(), before.rstrip()
    if last.count("（") + last.count("(") > last.count("）") + last.count(")"):
        return False
    if DASH_RE.match(text) and (not edge or len(last) < 14):
        return True
    if LEAD_RE.match(text) or (JUMP_RE.match(text) and not edge):
        return True
    if BYLINE_RE.fullmatch(text) or BYLINE_RE.fullmatch(last):
        return not edge or not END_RE.search(text)
    return bool(TAIL_RE.fullmatch(text) or TAIL_RE.fullmatch(last))


def _runs_on(lines: list[str], i: int, first: bool, near: list) -> bool:
    """Whether line i of a wrapped block and the next belong to one unit."""
    this, after = lines[i], lines[i + 1]
    edge = reaches_edge(this, first, near[i])
    if this.count("（") + this.count("(") > this.count("）") + this.count(")"):
        return True
    indented = indent_of(after) >= 1.5 and (first or indent_of(this) < 1.5)
    if _opens_unit(after, this, edge) or indented:
        return False
    if edge and END_RE.search(this.rstrip()):  # a last line, full by chance: no indent follows
        return bool(END_RE.search(after.rstrip())) or any(
            w - cells(after) < EDGE * 1.5 for w in near[i + 1] if w >= 8
        )
    return edge


def _groups(lines: list[str]) -> list[tuple[list[int], int]]:
    """The line numbers (from 0) of each unit before it is split, and the blank lines above it."""
    wrapped, near = is_wrapped(lines), column_widths(lines)
    groups, gap = [], 0
    for i, line in enumerate(lines):
        if not bare(line):
            gap += 1
            continue
        joined = groups and gap == 0 and wrapped
        if joined and _runs_on(lines, i - 1, len(groups[-1][0]) == 1, near):
            groups[-1][0].append(i)
        else:
            groups.append(([i], gap))
        gap = 0
    return [(g, gap) for g, gap in groups], wrapped, near


def cut_units(page: str) -> list[Unit]:
    """The units of a page in its order; each non-blank character is in exactly one.

    >>> [u.text for u in cut_units("# 标题\\n\\n本报讯（记者 王一）正文。")]
    ['标题', '本报讯（记者王一）', '正文。']
    """
    lines = page.split("\n")
    groups, wrapped, near = _groups(lines)
    units = []
    for group, gap in groups:
        pieces = []
        for i in group:
            start = len(lines[i]) - len(lines[i].lstrip())
            pieces.append((i + 1, start, len(lines[i].rstrip())))
        raw = "".join(lines[n - 1][a:b] for n, a, b in pieces)
        columns, full, fills, wide = (), False, False, max(near[group[0]]) if wrapped else 0.0
        if wrapped and len(group) > 1:
            first, last = lines[group[0]], lines[group[-2]]
            columns = (cells(first) + 2, cells(last) + 2 * (len(group) == 2))
        if wrapped:
            last, alone = lines[group[-1]], len(group) == 1
            full = reaches_edge(last, alone, near[group[-1]])
            fills = reaches_edge(last, alone, (max(near[group[-1]]),))
        frame = (gap, indent_of(lines[group[0]]), columns, full, fills, wide)
        units.extend(_split(pieces, raw, frame))
    return units


def _split(pieces: list, raw: str, frame: tuple) -> list[Unit]:
    """A unit parted where its own words prove another kind: lead, tail, jump line, code, credit."""
    cuts = _inline(raw)
    gap, *rest = frame
    units = []
    for start, end, kind in cuts:
        part = raw[start:end]
        text = clean(part)
        level = len(part) - len(part.lstrip("#")) if part.startswith("#") else 0
        if level and (level > 6 or not text.lstrip("#").strip()):
            level = 0
        text = text.lstrip("#").strip() if level else text
        units.append(
            Unit(_columns(pieces, start, end), part, text, level, gap, *rest, kind)
        )
        gap = -1
    return units


def _inline(raw: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the parts of a raw unit, in order."""
    start, end, head, tail = 0, len(raw), [], []
    for pattern, kind in ((JUMP_RE, "jump"), (LEAD_RE, "lead")):
        m = pattern.match(raw, start)
        if m:
            head.append((start, m.end(), kind))
            start = m.end()
            start += len(raw[start:]) - len(raw[start:].lstrip())
    if BYLINE_RE.fullmatch(raw[start:end]):
        return [*head, (start, end, "credit" if CREDIT_RE.fullmatch(raw) else "byline")]
    while start < end and (found := _tail_of(raw, start, end)):
        tail.insert(0, found)
        end = len(raw[: found[0]].rstrip())
    if start < end:
        head.append((start, end, ""))
    return head + tail


def _tail_of(raw: str, start: int, end: int):
    """(start, end, kind) of what closes raw[start:end] and is no text, or None."""
    last = raw[end - 1]
    if last not in "）)摄道图" and not last.isdigit() and not "①" <= last <= "㉟":
        return None
    for pattern, kind in TAILS:
        at = _closing(pattern, raw, start, end)
        alone = at == start or (at and raw[:at].rstrip()[-1] in "。”！？）")
        if at is not None and (kind != "credit" or alone):
            return at, end, kind
    return None


def _closing(pattern, raw: str, start: int, end: int):
    """Where a pattern begins that closes raw[start:end], or None."""
    for m in pattern.finditer(raw, max(start, end - 120), end):
        if m.end() == end:
            return m.start()
    return None


def _columns(pieces: list, start: int, end: int) -> tuple:
    """The (line, start_col, end_col) of raw[start:end]."""
    found, at = [], 0
    for line, a, b in pieces:
        x, y = max(start, at), min(end, at + b - a)
        if x < y:
            found.append((line, a + x - at, a + y - at))
        at += b - a
    return tuple(found)


def unmatched(text: str) -> tuple[int, int]:
    """How many quotation marks, brackets and title marks a text closes, and opens, alone.

    >>> unmatched("海”，领着企业出门。他说：“好")
    (1, 1)
    """
    closed, depth = 0, 0
    for mark in PAIR_RE.findall(text):
        if mark in "“（《(":
            depth += 1
        elif depth:
            depth -= 1
        else:
            closed += 1
    return closed, depth


def is_complete(text: str) -> bool:
    """Whether a text ends as a paragraph does.

    >>> is_complete("谈不足、"), is_complete("他说。”")
    (False, True)
    """
    return bool(END_RE.search(text)) and text[-1:] not in MARKS.replace("。", "")[:4]
