"""corpus: a folder of clippings → the tables articles, lines and problems. See `load_articles`."""

import platform
from bisect import bisect_right
from functools import lru_cache
from importlib import metadata
from operator import itemgetter
from pathlib import Path

import pandas as pd

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
from helpers.page import ALL_REPAIRS, read_page
from helpers.read import Unreadable, fetch, read_file
from helpers.rows import ARTICLE_COLUMNS as OF_ARTICLE
from helpers.rows import LINE_COLUMNS as OF_LINE
from helpers.rows import PROBLEM_COLUMNS, Rows, make_rows, unreadable
from helpers.rows import REPAIR_COLUMNS as OF_REPAIR

ARTICLE_COLUMNS = [
    *["article", "page", "paper", "date", "page_no", "paper_from", "date_from", "page_no_from"],
    *["kicker", "headline", "deck", "byline", "column_title", "reporters"],
    *["correspondents", "photographers", "agency", "dateline_place", "dateline_date"],
    *["continued_from", "continues_to", "cut", "text", "captions", "chars", "spans", "origin"],
    *["duplicate_of", "similar_to", "confidence"],
]
LINE_COLUMNS = ["page", *OF_LINE]
REPAIR_COLUMNS = ["page", *OF_REPAIR]


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
    return _own(_load(folder)[3])


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


def _load(folder, repairs=ALL_REPAIRS) -> tuple:
    folder, repairs = Path(folder), [repairs] if isinstance(repairs, str) else list(repairs)
    unknown = [name for name in repairs if name not in ALL_REPAIRS]
    if unknown:
        raise ValueError(
            f"There is no repair {unknown[0]!r}. Choose from: {', '.join(ALL_REPAIRS)}."
        )
    return _tables(folder.absolute(), fingerprint(folder), frozenset(repairs))


@lru_cache(maxsize=4)
def _tables(folder: Path, _fingerprint: str, repairs: frozenset) -> tuple:
    """The tables of a corpus folder, read once for its present content."""
    files = named_files(folder)
    told, problems = told_of(folder, [name for name, _ in files])
    if not files:
        problems.append((None, None, "empty folder", f"no clippings in {root_of(folder)}",
                         "Put newspaper pages (.txt, .md) there, one file a page."))  # fmt: skip
    articles, lines, changed = [], [], []
    for name, path in files:
        found = _page(name, path, told[name], repairs)
        articles += [_row(name, row) for row in found.articles]
        lines += [(name, *row) for row in found.lines]
        problems += [(row[0] or name, *row[1:]) for row in found.problems]
        changed += [(name, *row) for row in found.repairs]
    table = pd.DataFrame(articles, columns=ARTICLE_COLUMNS)
    table["date"] = pd.to_datetime(table["date"], errors="coerce")
    table["page_no"] = table["page_no"].astype("Int64")
    table, copies = mark_duplicates(table)
    table.attrs = {"folder": str(folder), "fingerprint": _fingerprint}
    line_table = pd.DataFrame(lines, columns=LINE_COLUMNS).astype({"article": "Int64"})
    rows = pd.DataFrame(problems + copies, columns=PROBLEM_COLUMNS).astype({"line": "Int64"})
    return table, line_table, rows, pd.DataFrame(changed, columns=REPAIR_COLUMNS)


def _page(name: str, path: Path, told: Told, repairs) -> Rows:
    """The rows of one page file."""
    try:
        return make_rows(name, fetch(path), told, repairs)
    except Unreadable as e:
        return unreadable(e)


def _row(page: str, row: tuple) -> list:
    """One row of the articles table."""
    own = {"page": page, "article": f"{page}#{row[0]:02}", "duplicate_of": None, "similar_to": []}
    fields = dict(zip(OF_ARTICLE, row, strict=True)) | own
    return [fields[c] for c in ARTICLE_COLUMNS]


def _own(table: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table whose lists are copies too: what a notebook does to it stays there."""
    lists = [c for c in table if len(table) and isinstance(table[c].iloc[0], list)]
    return table.assign(**{c: table[c].map(_copied) for c in lists})


def _copied(value):
    return [_copied(x) for x in value] if isinstance(value, list) else value
