"""page: one page's text → its lines, each with a kind, and its articles. See `read_page`."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from helpers.blocks import MARKDOWN_RE, Unit, cut_units, is_complete
from helpers.byline import credits_of
from helpers.clean import BLANK, HAN, INVISIBLE_RE, bare, clean
from helpers.forms import LEAD_RE
from helpers.reading import Reading, by_article, read_units

KINDS = {  # label of a unit → kind of its lines
    "jump": "jump_line", "lead": "byline", "byline": "byline", "tail": "byline",
    "credit": "byline", "signed": "byline", "signature": "byline", "code": "column_code",
    "more": "body", "open": "body", "story": "caption",
}  # fmt: skip
LATIN_RE = re.compile("[A-Za-z]{2}")
HALVES_RE = re.compile(rf"(?<=[{HAN}”》！？]){BLANK}+(?=[{HAN}“《])")
HELD = "\ufdd0"  # no character: it stands for the blank between two halves while they are cleaned
SOLID_RE = re.compile(rf"(?:(?!{INVISIBLE_RE.pattern})\S)+")


class Line(NamedTuple):
    """A run of one kind on one source line. line from 1, columns from 0, end exclusive."""

    line: int
    start_col: int
    end_col: int
    kind: str
    article: int | None  # number on the page, from 1
    rule: str
    confidence: float


class Article(NamedTuple):
    """One article of a page, as `articles` of `load_articles` shows it."""

    number: int
    kicker: str | None
    headline: str | None
    deck: str | None
    byline: str | None
    column_title: str | None
    reporters: list
    correspondents: list
    photographers: list
    agency: str | None
    dateline_place: str | None
    dateline_date: str | None
    continued_from: str | None
    continues_to: str | None
    cut: str | None
    text: str
    origin: list  # [start, line, column]: from `start` on, the text stands there on the page
    captions: list
    spans: list  # [first_line, last_line]
    confidence: float


def read_page(text: str, corrections=(), repairs=None) -> tuple[list[Line], list[Article]]:
    r"""The lines and the articles of one page, in page order.

    corrections: what a reader says some lines are (`Correction`); repairs: the names of the
    repairs of characters to make (`REPAIRS` of clean), None for all.

    >>> lines, articles = read_page("# 网络安全周启动\n\n本报讯（记者 王一）活动今日启动。\n")
    >>> articles[0].headline, articles[0].reporters, articles[0].text
    ('网络安全周启动', ['王一'], '活动今日启动。')
    """
    borders = frozenset(n for c in corrections for n in (c.first, c.last + 1))
    readings = read_units(cut_units(text, borders), corrections)
    lines = [x for r in readings for x in _lines(r)]
    places = sorted(by_article(readings).items())
    return lines, [_article(n, [readings[i] for i in mine]) for n, mine in places]


def _lines(r: Reading) -> list[Line]:
    """The line records of one unit: loops of the OCR are marked as repeats."""
    kind = KINDS.get(r.label, r.label)
    if r.label in ("lead", "tail") and re.search(r"日\s*专?[电讯]", r.unit.raw):
        kind = "dateline"
    loops = find_loops(r.unit.raw) if kind == "body" and len(r.unit.raw) > 60 else []
    records, at, said = [], 0, [x for span in loops for x in span]  # begins, ends, begins …
    for line, start, end in r.unit.pieces:
        inside = said[bisect_right(said, at) : bisect_left(said, at + end - start)]
        edges = [at, *dict.fromkeys(inside), at + end - start]
        for a, b in pairwise(edges):
            repeat = bool(loops) and any(x <= a < y for x, y in _near(loops, said, a))
            records.append(
                Line(line, start + a - at, start + b - at, "repeat" if repeat else kind,
                     r.article, "OCR loop" if repeat else r.rule, r.confidence)
            )  # fmt: skip
        at += end - start
    return records


def _near(loops: list, said: list[int], at: int) -> list:
    """The loops beside a place; `said` holds their begins and ends."""
    i = bisect_right(said, at) // 2
    return loops[max(0, i - 1) : i + 1]


def find_loops(text: str) -> list[tuple[int, int]]:
    """(start, end) of what repeats, clause by clause, the words just before it.

    >>> find_loops("中方愿扩大资源合作，拓展电子商务。中方愿扩大资源合作，拓展电子商务。")
    [(17, 34)]
    """
    marks = [0, *(m.end() for m in re.finditer("[，。；]", text))]
    clauses = [text[a:b] for a, b in pairwise(marks)]
    found, i = [], 0
    while i < len(clauses):
        for k in range(1, min(8, i) + 1):
            same = clauses[i - k : i] == clauses[i : i + k]
            if same and marks[i + k] - marks[i] >= 10:
                found.append((marks[i], marks[i + k]))
                i += k - 1
                break
        i += 1
    return found


def _article(n: int, readings: list[Reading]) -> Article:
    """One article out of its units."""

    def of(*labels):
        return [r.unit for r in readings if r.label in labels]

    jumps = [(u.text, bool(re.search("[转轉]", u.text))) for u in of("jump")]
    came = next((_page_name(t) for t, out in jumps if not out), None)
    goes = next((_page_name(t) for t, out in jumps if out), None)
    body = [r for r in readings if KINDS.get(r.label, r.label) in ("body", "crosshead")]
    pictures = of("caption", "story")
    text, origin = _text(_paragraphs(body) or [[u] for u in pictures])
    notes = of("lead", "byline", "tail", "credit", "signed", "signature")
    ends_open = bool(body) and not is_complete(body[-1].unit.text)
    cut = {(1, 1): "both", (1, 0): "start", (0, 1): "end"}.get(
        (bool(came), bool(goes or ends_open))
    )
    return Article(
        n, _head(of("kicker")), _head(of("headline")), _head(of("deck")),
        " ".join(_spaced(u) for u in notes) or None, _head(of("furniture")),
        **credits_of([(r.label, _spaced(r.unit)) for r in readings if r.unit in notes]),
        continued_from=came, continues_to=goes, cut=cut,
        text=text, origin=origin, captions=[u.text for u in pictures] if body else [], spans=_spans(readings),
        confidence=min(r.confidence for r in readings),
    )  # fmt: skip


def _paragraphs(readings: list[Reading]) -> list[list[Unit]]:
    """The units of each paragraph and crosshead, breaks of columns closed."""
    paragraphs = []
    for r in readings:
        if r.label == "more" and paragraphs:
            paragraphs[-1].append(r.unit)
        else:
            paragraphs.append([r.unit])
    return paragraphs


def _text(paragraphs: list[list[Unit]]) -> tuple[str, list]:
    """The cleaned text of paragraphs, and where on the page each stretch of it stands."""
    text, origin = "", []
    for units in paragraphs:
        raw = ""
        for part in (p for u in units for p in _raw_pieces(u)):
            latin = LATIN_RE.search(raw[-1:] + part[:1])  # two words, not one
            raw += " " * bool(latin) + part
        skip = MARKDOWN_RE.match(raw).end() if units[0].level else 0
        start = len(text) + bool(text)
        text += ("\n" if text else "") + clean(raw[skip:])
        origin += _origin(text, start, [(u, skip if u is units[0] else 0) for u in units])
    return text, origin


def _raw_pieces(u: Unit) -> list[str]:
    """What stands on each line of a unit."""
    found, at = [], 0
    for _, a, b in u.pieces:
        found.append(u.raw[at : at + b - a])
        at += b - a
    return found


def _origin(text: str, at: int, units: list) -> list:
    """[start, line, column] of every stretch that cleaning left in one piece."""
    found, column = [], (0, 0)
    for u, skip in units:
        seen = 0
        for line, a, b in u.pieces:
            raw = u.raw[seen : seen + b - a]
            for m in SOLID_RE.finditer(raw, max(0, skip - seen)):
                while text[at].isspace():
                    at += 1
                here = (line, a + m.start() - at)
                if here != column:
                    found.append([at, line, a + m.start()])
                column, at = here, at + len(m[0])
            seen += b - a
    return found


def _head(units: list[Unit]) -> str | None:
    """A heading as printed: one blank between its halves kept, markdown and dashes dropped."""
    if not units:
        return None
    text = " ".join(MARKDOWN_RE.sub("", u.raw, 1).strip() for u in units)
    return clean(HALVES_RE.sub(HELD, text)).replace(HELD, " ").lstrip("—―─- ") or None


def _spaced(u: Unit) -> str:
    """The raw text of a byline, its line breaks as blanks unless they part a name."""
    text, *parts = _raw_pieces(u)
    for part in parts:
        last, first = re.split(r"\s", text)[-1], re.split(r"\s", part)[0]
        glue = len(last) == 1 or len(bare(first).rstrip("）)")) == 1 or LEAD_RE.match(text + part)
        text += part if glue and len(last + first.rstrip("）)")) <= 4 else " " + part
    return text


def _page_name(text: str) -> str:
    return re.sub(r"\s", "", re.search(r"第?\s*[一二三四五六七八九十\d]+\s*版", text)[0])


def _spans(readings: list[Reading]) -> list[list[int]]:
    """[first_line, last_line] of each stretch of an article on the page."""
    lines = sorted({n for r in readings for n, _, _ in r.unit.pieces})
    spans = []
    for n in lines:
        if spans and n - spans[-1][1] <= 4:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    return spans
