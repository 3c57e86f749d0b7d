"""corpus: a folder of clippings → the tables articles, lines and problems. See `load_articles`."""

import platform
from bisect import bisect_right
from functools import lru_cache
from importlib import metadata
from operator import itemgetter
from pathlib import Path

import pandas as pd

from helpers.catalogue import contradictions, describe_page, resolve_date
from helpers.clean import INVISIBLE_RE, Change, bare
from helpers.corrections import misfits
from helpers.duplicates import mark_duplicates
from helpers.folder import (
    Told,
    corrections_of,
    fingerprint,
    named_files,
    page_files,
    root_of,
    told_of,
)
from helpers.page import ALL_REPAIRS, Article, Line, page_changes, read_page
from helpers.read import Text, Unreadable, read_file

ARTICLE_COLUMNS = [
    *["article", "page", "paper", "date", "page_no", "paper_from", "date_from", "page_no_from"],
    *["kicker", "headline", "deck", "byline", "column_title", "reporters"],
    *["correspondents", "photographers", "agency", "dateline_place", "dateline_date"],
    *["continued_from", "continues_to", "cut", "text", "captions", "chars", "spans", "origin"],
    *["duplicate_of", "similar_to", "confidence"],
]
LINE_COLUMNS = ["page", *Line._fields]
PROBLEM_COLUMNS = ["page", "line", "kind", "what", "what_to_do"]
UNSURE = 0.6  # a label less sure than this is a row in problems
REPAIR_COLUMNS = ["page", "repair", "changes", "characters", "examples"]
SIGNS = {" ": "␣", "\u3000": "␣", "\n": "⏎"}  # what prints as nothing, shown


def load_articles(folder, repairs=ALL_REPAIRS) -> pd.DataFrame:
    """One row per article of a folder of clippings, in order of page and place.

    Columns: see corpus/README.md. Where `duplicate_of` names another, the article is a copy,
    and counts leave it out. repairs: the names of those to make in heads, text and captions
    (`load_repairs` lists what each does); with fewer, what is cut into articles stays the same.
    Raises FileNotFoundError where there is no such folder, ValueError for a repair that is none.
    """
    return _own(_load(folder, repairs)[0])


def load_lines(folder) -> pd.DataFrame:
    """One row per run of one kind on a source line; each non-blank character is in exactly one."""
    return _own(_load(folder)[1])


def load_problems(folder) -> pd.DataFrame:
    """One row per thing a reader should look at: files not read, labels unsure, loops, copies."""
    return _own(_load(folder)[2])


def load_repairs(folder) -> pd.DataFrame:
    """One row per page and repair that changed something in the articles of a folder.

    changes: places; characters: dropped or put; examples: three at most, as “line: left[before→after]right”.
    """
    folder = Path(folder)
    return _repairs(folder.absolute(), fingerprint(folder)).copy()


def explain_page(page) -> pd.DataFrame:
    """One row per run of one kind on a page: what it was taken for, and by which rule.

    page: the path of a page file, or of a corpus folder for its first page.
    Raises Unreadable where the file cannot be read, FileNotFoundError where there is none.
    """
    path = Path(page)
    if not path.is_file():
        path = next(iter(page_files(path)), None)
    text = read_file(path).text if path else ""
    lines = text.split("\n")
    found, _ = read_page(text, corrections_of(path) if path else [])
    rows = [(x.line, lines[x.line - 1][x.start_col : x.end_col], *x[3:]) for x in found]
    columns = ["line", "text", "kind", "article", "rule", "confidence"]
    return pd.DataFrame(rows, columns=columns).astype({"article": "Int64"})


def run_stamp(articles: pd.DataFrame) -> str:
    """One sentence that tells a run from another: corpus, articles, period, versions."""
    counted = articles[articles["duplicate_of"].isna()]
    dates = counted["date"].dropna()
    period = (
        f"{dates.min():%Y-%m-%d} – {dates.max():%Y-%m-%d}" if len(dates) else "日期未知 no dates"
    )
    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("pandas", "plotly", "jieba")
    )
    return (
        f"corpus {articles.attrs.get('fingerprint', '?')} · {articles['page'].nunique()} 页 pages · "
        f"{len(counted)} 篇 articles（{len(articles) - len(counted)} 篇重复不计 copies left out）· "
        f"{period} · python {platform.python_version()}, {versions}"
    )


def locate(article, start: int) -> tuple[str, int, int]:
    """(page, line, column) in the raw file of a character of an article's text.

    article: a row of the articles table. line counts from 1, column from 0.

    >>> locate({"page": "a.txt", "origin": [[0, 3, 2], [5, 4, 0]]}, 6)
    ('a.txt', 4, 1)
    """
    origin = article["origin"]
    at, line, column = origin[max(0, bisect_right(origin, start, key=itemgetter(0)) - 1)]
    return article["page"], line, column + start - at


def _load(folder, repairs=ALL_REPAIRS) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    folder, repairs = Path(folder), [repairs] if isinstance(repairs, str) else list(repairs)
    unknown = [name for name in repairs if name not in ALL_REPAIRS]
    if unknown:
        raise ValueError(
            f"There is no repair {unknown[0]!r}. Choose from: {', '.join(ALL_REPAIRS)}."
        )
    return _tables(folder.absolute(), fingerprint(folder), frozenset(repairs))


@lru_cache(maxsize=4)
def _tables(folder: Path, _fingerprint: str, repairs: frozenset) -> tuple:
    """The three tables of a corpus folder, read once for its present content."""
    files = named_files(folder)
    told, problems = told_of(folder, [name for name, _ in files])
    if not files:
        problems.append((None, None, "empty folder", f"no clippings in {root_of(folder)}",
                         "Put newspaper pages (.txt, .md) there, one file a page."))  # fmt: skip
    articles, lines = [], []
    for name, path in files:
        rows = _page(name, path, told[name], repairs)
        for table, found in zip((articles, lines, problems), rows, strict=True):
            table += found
    table = pd.DataFrame(articles, columns=ARTICLE_COLUMNS)
    table["date"] = pd.to_datetime(table["date"], errors="coerce")
    table["page_no"] = table["page_no"].astype("Int64")
    table, copies = mark_duplicates(table)
    table.attrs = {"folder": str(folder), "fingerprint": _fingerprint}
    line_table = pd.DataFrame(lines, columns=LINE_COLUMNS).astype({"article": "Int64"})
    rows = pd.DataFrame(problems + copies, columns=PROBLEM_COLUMNS).astype({"line": "Int64"})
    return table, line_table, rows


@lru_cache(maxsize=4)
def _repairs(folder: Path, _fingerprint: str) -> pd.DataFrame:
    """The table of load_repairs, made once for a folder's present content."""
    files, rows = named_files(folder), []
    told, _ = told_of(folder, [name for name, _ in files])
    for name, path in files:
        try:
            changes = page_changes(read_file(path).text, told[name].corrections)
        except Unreadable:
            continue  # load_problems tells of it
        for repair in ALL_REPAIRS:
            own = [(line, c) for line, c in changes if c.repair == repair]
            if own:
                size = sum(max(len(c.before), len(c.after)) for _, c in own)
                rows.append((name, repair, len(own), size, [_shown(*x) for x in own[:3]]))
    return pd.DataFrame(rows, columns=REPAIR_COLUMNS)


def _shown(line: int, c: Change) -> str:
    """A change as a reader sees it: 12: 近日[,→，]县里."""
    before = "".join(
        SIGNS.get(x, f"U+{ord(x):04X}" if INVISIBLE_RE.match(x) else x) for x in c.before
    )
    return f"{line}: {c.left}[{before}→{c.after}]{c.right}".replace("\n", SIGNS["\n"])


def _own(table: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table whose lists are copies too: what a notebook does to it stays there."""
    lists = [c for c in table if len(table) and isinstance(table[c].iloc[0], list)]
    return table.assign(**{c: table[c].map(_copied) for c in lists})


def _copied(value):
    return [_copied(x) for x in value] if isinstance(value, list) else value


def _page(name: str, path: Path, told: Told, repairs) -> tuple[list, list, list]:
    """The rows of one page file for the tables articles, lines and problems."""
    entry, corrections = told
    try:
        found = read_file(path)
    except Unreadable as e:
        return [], [], [(name, None, "unreadable", e.what, e.what_to_do)]
    lines, articles = read_page(found.text, corrections, repairs)
    rows = found.text.split("\n")
    furniture = [rows[x.line - 1][x.start_col : x.end_col]
                 for x in lines if x.kind == "furniture" and x.article is None]  # fmt: skip
    about = describe_page(entry, name, furniture)
    problems = [(name, None, "contradiction", what, "The first is used; mend what is wrong.")
                for what in contradictions(entry, name, furniture)]  # fmt: skip
    if not lines:
        problems.append((name, None, "unreadable", "the file holds only characters that do not print.",
                         "Export or copy the page again."))  # fmt: skip
    problems = _damage(name, found) + problems + misfits(corrections, lines) + _doubts(name, lines)
    return [_row(name, a, about) for a in articles], [(name, *x) for x in lines], problems


def _row(page: str, a: Article, about: dict) -> list:
    """One row of the articles table."""
    fields = a._asdict() | about | {
        "article": f"{page}#{a.number:02}", "page": page, "chars": len(bare(a.text)),
        "duplicate_of": None, "similar_to": [],
        "dateline_date": resolve_date(a.dateline_date, about["date"]),
    }  # fmt: skip
    return [fields[c] for c in ARTICLE_COLUMNS]


def _damage(page: str, found: Text) -> list:
    """What of a file could not be decoded."""
    if not found.damaged:
        return []
    return [(page, None, "damaged characters",
             f"{found.damaged} characters could not be decoded ({found.encoding})",
             "They stand as \ufffd; compare with the source.")]  # fmt: skip


def _doubts(page: str, lines: list[Line]) -> list:
    """What on a page a reader should look at."""
    rows = []
    for x in lines:
        if x.kind == "repeat":
            rows.append((page, x.line, "repeat", "the words repeat those before them (OCR loop)",
                         "They stay as printed and are left out of counts; compare with the print."))  # fmt: skip
        elif x.confidence < UNSURE and x.kind != "byline":
            rows.append((page, x.line, "unsure", f"taken for {x.kind} by “{x.rule}”, not surely",
                         "Look at the page with explain_page."))  # fmt: skip
    return rows
