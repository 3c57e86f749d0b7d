"""corpus: a folder of clippings → the tables articles, lines and problems. See `load_articles`."""

import json
import platform
from bisect import bisect_right
from importlib import metadata
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.builds import (
    Build,
    chosen,
    first_source,
    is_build,
    named,
    open_build,
    read_copies,
    read_doubles,
    read_rows,
)
from helpers.corrections import Correction
from helpers.duplicates import mark_duplicates
from helpers.folder import (
    Told,
    check_folder,
    corrections_of,
    fingerprint_of,
    list_files,
    root_of,
    told_of,
)
from helpers.making import make_pages
from helpers.page import ALL_REPAIRS, read_page
from helpers.read import read_file
from helpers.recall import find_again
from helpers.rows import TYPES, make_rows
from helpers.seen import digests_of

ARTICLE_COLUMNS = [
    *["article", "page", "paper", "date", "page_no", "paper_from", "date_from", "page_no_from"],
    *["kicker", "headline", "deck", "byline", "column_title", "reporters"],
    *["correspondents", "photographers", "agency", "dateline_place", "dateline_date"],
    *["continued_from", "continues_to", "cut", "text", "captions", "chars", "spans", "origin"],
    *["duplicate_of", "similar_to", "confidence"],
]
LINE_COLUMNS = ["page", *TYPES["lines"]]
PROBLEM_COLUMNS = [*TYPES["problems"]]
REPAIR_COLUMNS = ["page", *TYPES["repairs"]]
TRIES = 3  # to put a table together, while the store loses what is damaged
KEPT = 4  # corpora that a running notebook has at hand
_KEPT = {}


class Corpus(NamedTuple):
    """The pages of a folder, in order: their names, and the keys of their rows in the store."""

    folder: Path
    fingerprint: str
    names: list[str]
    shelf: store.Shelf
    keys: list[bytes]
    repairs: frozenset
    faults: list  # rows of problems that no page has
    found: dict  # what is looked for in all of them once: the copies
    build: Build | None = None  # where the rows are those of a build
    wanted: tuple = (None, ())  # columns and conditions of the rows that are wanted of it


def load_articles(folder, repairs=ALL_REPAIRS, where=(), columns=None) -> pd.DataFrame:
    """One row per article of a folder of clippings, in order of page and place.

    Columns: see corpus/README.md. Where `duplicate_of` names another, the article is a copy,
    and counts leave it out. repairs: the names of those to make in heads, text and captions
    (`load_repairs` lists what each does); with fewer, what is cut into articles stays the same.
    where: (column, test, value) each, as ("paper", "==", "望川日报") or ("year", ">=", 2022): only
    articles of which all hold; columns: only these, with article and duplicate_of. Of a build (see
    docs/scale.md), which may stand at any address, nothing else is read.
    Raises FileNotFoundError where there is no such folder, ValueError for a repair that is none.
    """
    wanted = columns and ["article", "duplicate_of", *columns]
    table = _load(folder, repairs, _articles, (wanted, tuple(where)))
    note, table = table.attrs, chosen(table, where).reset_index(drop=True)
    table = table if columns is None else table[[c for c in ARTICLE_COLUMNS if c in wanted]]
    table.attrs = note
    return table


def load_lines(folder) -> pd.DataFrame:
    """One row per run of one kind on a source line; each non-blank character is in exactly one."""
    return _load(folder, ALL_REPAIRS, _lines)


def load_problems(folder) -> pd.DataFrame:
    """One row per thing a reader should look at: files not read, labels unsure, loops, copies."""
    return _load(folder, ALL_REPAIRS, _problems)


def load_repairs(folder) -> pd.DataFrame:
    """One row per page and repair that changed something in the articles of a folder.

    changes: places; characters: dropped or put; examples: three at most, as “line: left[before→after]right”.
    """
    return _load(folder, ALL_REPAIRS, _repairs)


def explain_page(page) -> pd.DataFrame:
    """One row per run of one kind on a page: what it was taken for, and by which rule.

    page: the path of a page file, or of a corpus folder for its first page.
    Raises Unreadable where the file cannot be read, FileNotFoundError where there is none.
    """
    name, text, corrections = _page(page)
    lines = text.split("\n")
    found, _ = read_page(text, corrections)
    rows = [(x.line, lines[x.line - 1][x.start_col : x.end_col], *x[3:]) for x in found]
    columns = ["line", "text", "kind", "article", "rule", "confidence"]
    table = pd.DataFrame(rows, columns=columns).astype({"article": "Int64"})
    table.attrs["page"] = name
    return table


def _page(page) -> tuple[str, str, list]:
    """The name and text of a page file, or of a corpus's first page, and its corrections."""
    if is_build(page):
        text, told = first_source(open_build(page))
        return "", text, _told(told).corrections
    path, name = Path(page), Path(page).name
    if not path.is_file():
        file = next(iter(list_files(path)[0]), None)
        name, path = (file.name, Path(file.path)) if file else ("", None)
    return (name, read_file(path).text, corrections_of(path)) if path else (name, "", [])


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


def _load(folder, repairs, make, wanted=(None, ())):
    """What a function makes of the pages of a folder in its present content."""
    repairs = [repairs] if isinstance(repairs, str) else list(repairs)
    unknown = [name for name in repairs if name not in ALL_REPAIRS]
    if unknown:
        raise ValueError(
            f"There is no repair {unknown[0]!r}. Choose from: {', '.join(ALL_REPAIRS)}."
        )
    if is_build(folder):
        return make(_of_build(open_build(folder), repairs, wanted))
    folder = check_folder(folder).absolute()
    files, faults = list_files(folder)
    digests = digests_of(folder, files)
    key = folder, fingerprint_of(folder, files, digests), frozenset(repairs)
    told = []
    for _ in range(TRIES):
        if key not in _KEPT:
            while len(_KEPT) >= KEPT:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = _corpus(*key, files, digests, faults)
        corpus = _KEPT[key]
        corpus.shelf.faults.extend(x for x in told if x not in corpus.shelf.faults)
        try:
            return make(corpus)
        except Damaged:  # a file of the store, which has thrown it away: its pages are made again
            told += _KEPT.pop(key).shelf.faults
    raise RuntimeError(f"The store {store.root()} cannot be read. Set JIANBAO_STORE=off.")


def _corpus(folder: Path, fingerprint: str, repairs: frozenset, *listed) -> Corpus:
    """The pages of a folder whose files are listed, with their digests and the faults of it."""
    files, digests, faults = listed
    names = [f.name for f in files]
    told, more = told_of(folder, names)
    faults = faults + more
    if not files:
        faults.append((None, None, "empty folder", f"no clippings in {root_of(folder)}",
                       "Put newspaper pages (.txt, .md) there, one file a page."))  # fmt: skip
    shelf, keys = make_pages(files, digests, told, repairs)
    return Corpus(folder, fingerprint, names, shelf, keys, repairs, faults, {})


def _of_build(build: Build, repairs, wanted) -> Corpus:
    """The pages of a build; with fewer repairs its articles are made anew, from the text it keeps."""
    found, shelf = {}, store.Shelf(None, [], {}, [])
    if set(repairs) != set(ALL_REPAIRS):
        rows = read_rows(build, "sources").itertuples(index=False)
        made = [
            (of, make_rows(of, text.encode(), _told(told), repairs))
            for of, text, told in rows
            if text
        ]
        columns = {"of": "str"} | TYPES["articles"]
        articles = [(of, *row) for of, rows in made for row in rows.articles]
        found["articles"] = arrow.framed(arrow.tabled(articles, columns), columns)
    faults = [tuple(row) for row in build.faults]
    return Corpus(
        build.address, build.fingerprint, [], shelf, [], repairs, faults, found, build, wanted
    )


def _told(kept: list) -> Told:
    """What was told of a page, as a build keeps it."""
    return Told(kept[0], [Correction(*x) for x in kept[1]])


def _table(corpus: Corpus, name: str) -> pd.DataFrame:
    """A table of the pages of a corpus, the page of each row in front."""
    columns = TYPES[name] | {"of": "str"}
    if corpus.build:
        return corpus.found.get(name, read_rows(corpus.build, name, *corpus.wanted))
    if not corpus.keys:
        return arrow.framed(arrow.tabled([], columns), columns)
    table, counts = store.pick(corpus.shelf, corpus.keys, name)
    return arrow.framed(table.append_column("of", arrow.repeated(corpus.names, counts)), columns)


def _articles(corpus: Corpus) -> pd.DataFrame:
    table = _table(corpus, "articles").rename(columns={"of": "page"})
    table = named(table)
    of, similar, _ = _copies(corpus, table)
    table["duplicate_of"] = pd.Series(of, dtype=table["page"].dtype)
    table["similar_to"] = pd.Series(json.loads(similar), dtype=object)
    table = table[[c for c in ARTICLE_COLUMNS if c in table]]
    table.attrs = {"folder": str(corpus.folder), "fingerprint": corpus.fingerprint}
    return table


def _copies(corpus: Corpus, table=None) -> tuple[list, str, list]:
    """duplicate_of and similar_to (as JSON) of the articles, and the copies as problems."""
    if corpus.build:
        return _known_copies(corpus.build, table)
    if "copies" not in corpus.found:
        table = _articles(corpus) if table is None else table
        key = f"{corpus.folder}\n{sorted(corpus.repairs)}"
        marked, rows = mark_duplicates(table, find_again(key, list(table["text"])))
        similar = json.dumps(marked["similar_to"].to_list())
        corpus.found["copies"] = list(marked["duplicate_of"]), similar, rows
    return corpus.found["copies"]


def _known_copies(build: Build, table) -> tuple[list, str, list]:
    """What `_copies` gives, as a build keeps it."""
    if table is None:
        doubles = read_doubles(build).astype(object)
        return [], "", doubles.where(doubles.notna(), None).values.tolist()
    copies = read_copies(build).set_index("article").reindex(table["article"])
    similar = [x if isinstance(x, list) else [] for x in copies["similar_to"]]
    return copies["duplicate_of"].to_list(), json.dumps(similar), []


def _lines(corpus: Corpus) -> pd.DataFrame:
    return _table(corpus, "lines").rename(columns={"of": "page"})[LINE_COLUMNS]


def _repairs(corpus: Corpus) -> pd.DataFrame:
    return _table(corpus, "repairs").rename(columns={"of": "page"})[REPAIR_COLUMNS]


def _problems(corpus: Corpus) -> pd.DataFrame:
    copies = _copies(corpus)[2]
    table = _table(corpus, "problems")
    table["page"] = table["page"].fillna(table["of"])
    others = ((None, None, "store", *told) for told in corpus.shelf.faults)
    columns = TYPES["problems"]
    before, after = (arrow.framed(arrow.tabled(x, columns), columns)
                     for x in (corpus.faults, [*copies, *others]))  # fmt: skip
    return pd.concat([before, table[PROBLEM_COLUMNS], after], ignore_index=True)
