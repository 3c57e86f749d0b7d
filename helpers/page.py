"""page: one page's text → its lines, each with a kind, and its articles. See `read_page`."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

from helpers.blocks import Unit, cut_units
from helpers.byline import credits_of
from helpers.clean import Change
from helpers.forms import DAY_RE, is_jump_out
from helpers.interrupted import by_article
from helpers.marks import is_complete
from helpers.reading import Reading, read_units
from helpers.signs import VERSE
from helpers.text import ALL_REPAIRS, head_changes, head_of, spaced, text_changes, text_of

KINDS = {  # label of a unit → kind of its lines
    "jump": "jump_line", "lead": "byline", "byline": "byline", "tail": "byline",
    "credit": "byline", "signed": "byline", "signature": "byline", "code": "column_code",
    "more": "body", "open": "body", "note": "body", "story": "caption", "rest": "caption",
}  # fmt: skip
HEADS = ("kicker", "headline", "deck", "furniture")
NOTES = ("lead", "byline", "tail", "credit", "signed", "signature")
PRINTED = ("body", "crosshead", "caption")
CLAUSE_RE = re.compile("[^，。；]*[，。；]")


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


def read_page(text: str, corrections=(), repairs=ALL_REPAIRS) -> tuple[list[Line], list[Article]]:
    r"""The lines and the articles of one page, in page order.

    corrections: what a reader says some lines are (`Correction`); repairs: the names of those to
    make in heads, text and captions. Lines are judged, and names read, with all of them made.

    >>> lines, articles = read_page("# 网络安全周启动\n\n本报讯（记者 王一）活动今日启动。\n")
    >>> articles[0].headline, articles[0].reporters, articles[0].text
    ('网络安全周启动', ['王一'], '活动今日启动。')
    """
    lines, own = _by_article(_readings(text, corrections))
    return lines, [_article(n, own[n], repairs) for n in sorted(own)]


def page_changes(text: str, corrections=(), repairs=ALL_REPAIRS) -> list[tuple[int, Change]]:
    r"""(line, change) of each repair in the heads, the text and the captions of a page's articles.

    >>> [(n, c.repair, c.before) for n, c in page_changes("# 渡口 夜班车\n\n今日,我县 开通。\n")]
    [(3, 'marks', ','), (3, 'blanks', ' ')]
    """
    _, own = _by_article(_readings(text, corrections))
    return [x for mine in own.values() for x in _changes(mine, repairs)]


def read_whole_page(text: str, corrections=(), repairs=ALL_REPAIRS) -> tuple:
    """What `read_page` gives of a page, and `page_changes` of all repairs; it is cut but once."""
    lines, own = _by_article(_readings(text, corrections))
    changes = [x for mine in own.values() for x in _changes(mine, ALL_REPAIRS)]
    return lines, [_article(n, own[n], repairs) for n in sorted(own)], changes


def _by_article(readings: list[Reading]) -> tuple[list[Line], dict]:
    """The line records of a page, and the units of each article by its number."""
    own = {n: [readings[i] for i in mine] for n, mine in by_article(readings).items()}
    return [x for r in readings for x in _lines(r)], own


def _changes(own: list[Reading], repairs) -> list[tuple[int, Change]]:
    """(line, change) of each repair in one article."""
    prose = _paragraphs([r for r in own if KINDS.get(r.label, r.label) in PRINTED])
    found = [x for r in own if r.label in HEADS for x in head_changes(r.unit, repairs)]
    return found + [x for units in prose for x in text_changes(units, repairs)]


def _readings(text: str, corrections) -> list[Reading]:
    borders = frozenset(n for c in corrections for n in (c.first, c.last + 1))
    return read_units(cut_units(text, borders), corrections)


def _lines(r: Reading) -> list[Line]:
    """The line records of one unit: loops of the OCR are marked as repeats."""
    kind = KINDS.get(r.label, r.label)
    if r.label in ("lead", "tail") and re.search(r"日\s*专?[电讯]", r.unit.raw):
        kind = "dateline"
    loops = find_loops(r.unit.raw) if kind == "body" and len(r.unit.raw) > 60 else []
    if not loops:
        return [Line(*x, kind, r.article, r.rule, r.confidence) for x in r.unit.pieces]
    records, at, said = [], 0, [x for span in loops for x in span]  # begins, ends, begins …
    for line, start, end in r.unit.pieces:
        inside = said[bisect_right(said, at) : bisect_left(said, at + end - start)]
        edges = [at, *dict.fromkeys(inside), at + end - start]
        for a, b in pairwise(edges):
            repeat = any(x <= a < y for x, y in _near(loops, said, a))
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
    clauses = CLAUSE_RE.findall(text)
    if len(set(clauses)) == len(clauses):
        return []
    marks = [0, *accumulate(map(len, clauses))]
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


def _article(n: int, readings: list[Reading], repairs) -> Article:
    """One article out of its units."""

    def of(*labels):
        return [r.unit for r in readings if r.label in labels]

    jumps = [(u.text, is_jump_out(u.text)) for u in of("jump")]
    came = next((_page_name(t) for t, out in jumps if not out), None)
    goes = next((_page_name(t) for t, out in jumps if out), None)
    body = [r for r in readings if KINDS.get(r.label, r.label) in ("body", "crosshead")]
    pictures = _paragraphs([r for r in readings if KINDS.get(r.label, r.label) == "caption"])
    text, origin = text_of(_paragraphs(body) or pictures, repairs)
    notes = [(r.label, spaced(r.unit)) for r in readings if r.label in NOTES]
    ends_open = _ends_open([r.unit.text for r in body[-2:]])
    cut = {(1, 1): "both", (1, 0): "start", (0, 1): "end"}.get(
        (bool(came), bool(goes or ends_open))
    )
    return Article(
        n, head_of(of("kicker"), repairs), head_of(of("headline"), repairs), head_of(of("deck"), repairs),
        " ".join(note for _, note in notes) or None, head_of(of("furniture"), repairs),
        **credits_of(notes),
        continued_from=came, continues_to=goes, cut=cut,
        text=text, origin=origin, captions=[text_of([us], repairs)[0] for us in pictures] if body else [], spans=_spans(readings),
        confidence=min(r.confidence for r in readings),
    )  # fmt: skip


def _ends_open(last: list[str]) -> bool:
    """Whether an article's last two paragraphs show that it is cut off: no mark closes the last.

    Verses and lists bear no marks, a day signs a notice.
    """
    if not last or is_complete(last[-1]) or DAY_RE.fullmatch(last[-1]):
        return False
    return not (len(last) == 2 and all(len(t) <= VERSE and not is_complete(t) for t in last))


def _paragraphs(readings: list[Reading]) -> list[list[Unit]]:
    """The units of each paragraph and crosshead, breaks of columns closed."""
    paragraphs = []
    for r in readings:
        if r.label in ("more", "rest") and paragraphs:
            paragraphs[-1].append(r.unit)
        else:
            paragraphs.append([r.unit])
    return paragraphs


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
