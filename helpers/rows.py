"""rows: the bytes of one page and what is told of it → its rows of the tables. See `make_rows`.

Nothing here looks at a folder or keeps anything: a page's rows can be made in any process, on any
machine, in any order, and be kept as long as its bytes, what is told of it and the rules stay.
"""

from itertools import pairwise
from typing import NamedTuple

from helpers.catalogue import contradictions, describe_page, resolve_date
from helpers.clean import INVISIBLE_RE, Change, bare
from helpers.corrections import misfits
from helpers.folder import Told
from helpers.page import ALL_REPAIRS, Article, Line, read_whole_page
from helpers.read import Text, Unreadable, read_bytes

STRINGS = ["kicker", "headline", "deck", "byline", "column_title"]
NAMES = ["reporters", "correspondents", "photographers"]
JUMPS = ["agency", "dateline_place", "dateline_date", "continued_from", "continues_to", "cut"]
# Table: its columns, of which types (see `arrow`).
TYPES = {
    "articles": {"number": "int", "paper": "str", "date": "day", "page_no": "int?"}
    | dict.fromkeys(["paper_from", "date_from", "page_no_from", *STRINGS], "str")
    | dict.fromkeys(NAMES, "list")
    | dict.fromkeys([*JUMPS, "text"], "str")
    | {
        "captions": "list",
        "chars": "int",
        "spans": "list",
        "origin": "list",
        "confidence": "float",
    },
    "lines": {"line": "int", "start_col": "int", "end_col": "int", "kind": "str"}
    | {"article": "int?", "rule": "str", "confidence": "float"},
    "problems": {"page": "str", "line": "int?"}
    | dict.fromkeys(["kind", "what", "what_to_do"], "str"),
    "repairs": {"repair": "str", "changes": "int", "characters": "int", "examples": "list"},
}
ARTICLE_COLUMNS = [*TYPES["articles"]]
UNSURE = 0.8  # a label less sure than this is a row in problems: of such one in five is wrong
SIGNS = {" ": "␣", "\u3000": "␣", "\n": "⏎"}  # what prints as nothing, shown


class Rows(NamedTuple):
    """What one page gives each table, as tuples in the order of its columns in TYPES.

    The page is not named in them: of two of the same bytes, told the same, the rows are the same.
    A problem that names a page is one of a file beside the pages.
    """

    articles: list
    lines: list
    problems: list
    repairs: list


def make_rows(name: str, data: bytes, told: Told, repairs=ALL_REPAIRS) -> Rows:
    """The rows of a page: its bytes, and its name for what that tells of paper, day and number.

    repairs: the names of those to make in heads, text and captions; the rows of repairs are of all.

    >>> rows = make_rows("2023-09-12.txt", "# 渡口通车\\n\\n活动今日启动。".encode(), Told({}, []))
    >>> rows.articles[0][:3], len(rows.lines), rows.problems
    ((1, None, '2023-09-12'), 2, [])
    """
    try:
        found = read_bytes(data)
    except Unreadable as e:
        return unreadable(e)
    lines, articles, changes = read_whole_page(found.text, told.corrections, repairs)
    printed = found.text.split("\n")
    furniture = [printed[x.line - 1][x.start_col : x.end_col]
                 for x in lines if x.kind == "furniture" and x.article is None]  # fmt: skip
    about = describe_page(told.entry, name, furniture)
    problems = _damage(found)
    problems += [(None, None, "contradiction", what, "The first is used; mend what is wrong.")
                 for what in contradictions(told.entry, name, furniture)]  # fmt: skip
    if not lines:
        problems.append((None, None, "unreadable", "the file holds only characters that do not print.",
                         "Export or copy the page again."))  # fmt: skip
    problems += misfits(told.corrections, lines) + _doubts(lines)
    return Rows([_row(a, about) for a in articles], [tuple(x) for x in lines], problems,
                _repairs(changes))  # fmt: skip


def unreadable(error: Exception) -> Rows:
    """The rows of a page that cannot be read, or on which the rules fail: a problem."""
    if not isinstance(error, Unreadable):
        what = f"the rules failed on it ({type(error).__name__}: {error})"
        error = Unreadable(what, "Leave it out, and tell the makers.")
    return Rows([], [], [(None, None, "unreadable", error.what, error.what_to_do)], [])


def _row(a: Article, about: dict) -> tuple:
    """One row of the articles table."""
    fields = a._asdict() | about | {
        "chars": len(bare(a.text)), "dateline_date": resolve_date(a.dateline_date, about["date"]),
    }  # fmt: skip
    return tuple(fields[c] for c in ARTICLE_COLUMNS)


def _damage(found: Text) -> list:
    """What of a file could not be decoded."""
    if not found.damaged:
        return []
    return [(None, None, "damaged characters",
             f"{found.damaged} characters could not be decoded ({found.encoding})",
             "They stand as \ufffd; compare with the source.")]  # fmt: skip


def _doubts(lines: list[Line]) -> list:
    """What on a page a reader should look at."""
    rows = []
    for above, x in pairwise([None, *lines]):
        if x.kind == "repeat":
            rows.append((None, x.line, "repeat", "the words repeat those before them (OCR loop)",
                         "They stay as printed and are left out of counts; compare with the print."))  # fmt: skip
        elif x.confidence < UNSURE and x.kind != "byline" and not _goes_on(above, x):
            rows.append((None, x.line, "unsure", f"taken for {x.kind} by “{x.rule}”, not surely",
                         "Look at the page with explain_page."))  # fmt: skip
    return rows


def _goes_on(above: Line | None, x: Line) -> bool:
    """Whether a line is of one paragraph or heading with the line above it."""
    return above is not None and above[3:] == x[3:] and x.line == above.line + 1


def _repairs(changes: list) -> list:
    """One row per repair that changed something."""
    rows = []
    for repair in ALL_REPAIRS:
        own = [(line, c) for line, c in changes if c.repair == repair]
        size = sum(max(len(c.before), len(c.after)) for _, c in own)
        if own:
            rows.append((repair, len(own), size, [_shown(*x) for x in own[:3]]))
    return rows


def _shown(line: int, c: Change) -> str:
    """A change as a reader sees it: 12: 近日[,→，]县里."""
    before = "".join(
        SIGNS.get(x, f"U+{ord(x):04X}" if INVISIBLE_RE.match(x) else x) for x in c.before
    )
    return f"{line}: {c.left}[{before}→{c.after}]{c.right}".replace("\n", SIGNS["\n"])
