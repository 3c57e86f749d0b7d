"""builds: tables that `python -m helpers build` has made → those of their rows that are wanted.

A build is a folder, here or at an address that fsspec knows (s3://…):

    build.json                                  which parts are in force
    parts/ID.json                               what a finished part holds
    articles/paper=…/year=…/ID.parquet          its rows; so lines, problems, repairs, sources
    prints/ID.parquet                           the fingerprints of a part's articles
    copies/ID/                                  which articles are copies of which

A part is what became of some pages of one paper and year. Only what build.json names is ever read,
so that a build that is being made, or was broken off, shows the one before it.
"""

import json
import operator
import uuid
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd
from fsspec.core import url_to_fs

from helpers import arrow
from helpers.rows import TYPES

HEAD = "build.json"
SOURCES = {"text": "str", "told": "list"}  # the pages as they were read, and what was told of each
COPIES = {"article": "str", "duplicate_of": "str", "similar_to": "list"}
KINDS = {name: {"of": "str"} | columns for name, columns in (TYPES | {"sources": SOURCES}).items()}
TESTS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
         ">": operator.gt, ">=": operator.ge, "in": lambda x, y: x.isin(list(y)),
         "not in": lambda x, y: ~x.isin(list(y))}  # fmt: skip
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what others who read such folders take for a missing value


class Build(NamedTuple):
    """A build as its head tells of it. files: table → [path, paper, year] of each file."""

    address: str
    fingerprint: str
    pages: int
    files: dict
    copies: str
    doubles: str  # the copies as problems
    compared: list[str]  # what pairs of texts have in common
    faults: list


def is_build(address) -> bool:
    """Whether there are the tables of a build at an address."""
    if "://" not in str(address):
        return (Path(address) / HEAD).is_file()
    fs, root = url_to_fs(str(address))
    return fs.exists(f"{root}/{HEAD}")


def open_build(address) -> Build:
    """The build at an address."""
    fs, root = url_to_fs(str(address))
    head = json.loads(fs.cat_file(f"{root}/{HEAD}"))
    return Build(str(address), *(head[x] for x in Build._fields[1:]))


def folder_of(table: str, paper: str | None, year: str | None) -> str:
    """Where the rows of a paper and year stand: as Hive, Spark, DuckDB and Arrow name such folders.

    >>> folder_of("articles", "A报", None)
    'articles/paper=A%E6%8A%A5/year=__HIVE_DEFAULT_PARTITION__'
    """
    return f"{table}/paper={quote(paper, '') if paper else UNKNOWN}/year={year or UNKNOWN}"


def read_rows(build: Build, table: str, columns=None, where=()) -> pd.DataFrame:
    """The rows of a table of a build, in order of page; `of` is the page of each.

    where: (column, test, value) each, of which all must hold, as pandas and pyarrow take them:
    ("paper", "==", "望川日报"), ("year", ">=", 2022), ("date", "<", "2023-07-01"). What they say
    of paper and year decides which files are opened; columns: which columns of them are read.
    """
    kinds = KINDS[table]
    asked = {"of", "number", *(columns or kinds), *(w[0] for w in where)}
    names = [c for c in kinds if c in asked or (c == "date" and "year" in asked)]
    fs, root = url_to_fs(build.address)
    kinds, found = {c: kinds[c] for c in names}, []
    for path, paper, year in build.files[table]:
        if _may_hold({"paper": paper, "year": year and int(year)}, where):
            with fs.open(f"{root}/{path}", "rb") as file:
                found.append(chosen(arrow.framed(arrow.from_file(file, names), kinds), where))
    found = found or [arrow.framed(arrow.tabled([], kinds), kinds)]
    rows = pd.concat(found, ignore_index=True)
    order = sorted(range(len(rows)), key=rows["of"].str.split("/").to_list().__getitem__)
    return rows.iloc[order].reset_index(drop=True)


def _may_hold(told: dict, where) -> bool:
    """Whether a file of a paper and year may hold rows that are wanted."""
    cells = pd.DataFrame({k: [v] for k, v in told.items()})
    return len(chosen(cells, [w for w in where if w[0] in told])) > 0


def chosen(table: pd.DataFrame, where) -> pd.DataFrame:
    """The rows of a table for which all of some tests hold. Raises ValueError for a wrong one.

    >>> chosen(pd.DataFrame({"paper": ["A报", "B报"]}), [("paper", "in", ["B报"])])["paper"].to_list()
    ['B报']
    """
    for column, test, value in where:
        if column == "year" and column not in table and "date" in table:
            cells = table["date"].dt.year
        elif column in table:
            cells = table[column]
        else:
            raise ValueError(f"where: there is no column {column!r}, but {', '.join(table)}, year.")
        if test not in TESTS:
            raise ValueError(f"where: {test!r} is no test; choose one of {', '.join(TESTS)}.")
        table = table[TESTS[test](cells, value).fillna(False).astype(bool)]
    return table


def named(table: pd.DataFrame) -> pd.DataFrame:
    """The articles of pages with their names instead of their numbers.

    >>> named(pd.DataFrame({"page": ["a.txt"], "number": [3]}))["article"].to_list()
    ['a.txt#03']
    """
    numbers = table["number"].map("#{:02}".format).astype(table["page"].dtype)
    return table.assign(article=table["page"] + numbers).drop(columns="number")


def read_copies(build: Build) -> pd.DataFrame:
    """One row per article of a build that is a copy of another, or has passages in common."""
    return _beside(build, build.copies, COPIES)


def read_doubles(build: Build) -> pd.DataFrame:
    """The copies of a build as problems."""
    return _beside(build, build.doubles, TYPES["problems"])


def put(fs, path: str, data: bytes) -> int:
    """The size of a file that is there in one go, once it is whole."""
    new = f"{path}.{uuid.uuid4().hex[:8]}.tmp"
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    fs.pipe_file(new, data)
    fs.mv(new, path)
    return len(data)


def first_source(build: Build) -> tuple[str, list]:
    """The text of the first page of a build, and what was told of it; of an empty one, none."""
    fs, root = url_to_fs(build.address)
    firsts = []
    for path, *_ in build.files["sources"]:
        with fs.open(f"{root}/{path}", "rb") as file:
            pages = arrow.cells_of(arrow.from_file(file, ["of"]), "of")
        firsts.append((min((page.split("/"), i) for i, page in enumerate(pages)), path))
    if not firsts:
        return "", [{}, []]
    (_, at), path = min(firsts)
    rows = arrow.framed(arrow.from_bytes(fs.cat_file(f"{root}/{path}")), KINDS["sources"])
    return rows["text"][at] or "", rows["told"][at]


def _beside(build: Build, path: str, kinds: dict) -> pd.DataFrame:
    fs, root = url_to_fs(build.address)
    return arrow.framed(arrow.from_bytes(fs.cat_file(f"{root}/{path}")), kinds)
