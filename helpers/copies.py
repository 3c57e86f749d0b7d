"""copies: the parts of a build → which of its articles are copies, by many workers. See `find_all`.

    prints/PART.parquet            the fingerprints of a part's articles; written with the part
    copies/ID/order.parquet        where each article stands among all
    copies/ID/met-N.parquet        who meets under one share of the keys, in groups of the later one
    copies/ID/compared-V-N.parquet what the pairs of one group have in common

A worker holds one share of the keys, or the texts of one group and of those it is compared with,
whatever the number of articles. What was compared for the build in force is taken over from it. All
this comes to what `duplicates.find_copies` finds, as that adds up the same sums.
"""

from bisect import bisect_left
from typing import NamedTuple

import numpy as np
import pandas as pd
from fsspec.core import url_to_fs

from helpers import arrow
from helpers.builds import folder_of, put
from helpers.duplicates import (
    Compared,
    as_problem,
    compare_all,
    counted,
    first_copies,
    named,
    names_of,
    nothing,
    settle,
)
from helpers.fingerprints import (
    COPY,
    added,
    later_and_earlier,
    meetings,
    near,
    pair_of,
    print_of,
)

PRINTS = {"of": "str", "number": "int", "line": "int?", "told": "key", "letters": "int",
          "size": "int", "keys": "key"}  # fmt: skip
ORDER = ["text", "size", "name"]
KEYS, TEXTS = 4_000_000, 10_000  # that a worker holds
SHUFFLE = np.uint64(0xD1B54A32D192ED03)  # any odd number: spreads keys over their shares


class Work(NamedTuple):
    """What workers are told of a build.

    parts: (name, its places, how many articles) each; compared: the file for each group of texts;
    known: the files of the build in force; shares: into how many the keys go.
    """

    out: str
    parts: list
    compared: list[str]
    known: list[str]
    shares: int = 0


def prints_of(page: str, articles: list[dict]) -> list[tuple]:
    """The rows of PRINTS of the articles of a page."""
    prints = [print_of(a["text"] or "") for a in articles]
    return [
        (page, a["number"], a["spans"][0][0] if a["spans"] else None, *p[:2], len(p.keys),
         p.keys.tobytes())
        for a, p in zip(articles, prints, strict=True)
    ]  # fmt: skip


def find_all(work: Work, run) -> tuple[list, list]:
    """The rows of COPIES of a build's articles, and its copies as problems; run: see `workers`."""
    fs, root = url_to_fs(work.out)
    prints = _in_order(fs, root, work.parts)
    first = first_copies([*prints["told"]])
    count = np.isin(np.arange(len(prints)), [*first], invert=True)
    prints = prints.assign(size=prints["size"].where(count, 0))
    work = work._replace(shares=-(-int(prints["size"].sum()) // KEYS))
    if work.compared:
        _put(fs, f"{root}/{_beside(work, 'order')}", _order(prints))
    for do, count in ((meet, work.shares), (match, len(work.compared))):
        for _ in run(do, [*range(count)], work):
            pass
    found = settle([*prints["letters"]], first, _compared(fs, root, work))
    return _told(prints, *found)


def _beside(work: Work, name: str) -> str:
    """A file that is there while copies are looked for."""
    return f"{work.compared[0].rpartition('/')[0]}/{name}.parquet"


def _in_order(fs, root: str, parts: list) -> pd.DataFrame:
    """One row per article, in order, without its keys; index: its row in all prints, part by part."""
    kinds = {c: kind for c, kind in PRINTS.items() if c != "keys"}
    tables = [_read(fs, f"{root}/prints/{name}.parquet", [*kinds]) for name, *_ in parts]
    empty = arrow.tabled([], kinds)
    prints = pd.concat([arrow.framed(t, kinds) for t in [empty, *tables]], ignore_index=True)
    pages = prints["of"].str.split("/")
    order = sorted(range(len(prints)), key=[*zip(pages, prints["number"], strict=True)].__getitem__)
    return prints.iloc[order]


def _order(prints: pd.DataFrame):
    """Of each row of all prints, part by part: its place in order, its keys that count, its name."""
    table = prints.assign(text=np.arange(len(prints)), name=names_of([*prints["told"]]))
    table = table[ORDER].sort_index()
    return arrow.of_numbers({c: table[c].to_numpy() for c in ORDER})


def meet(share: int, work: Work) -> None:
    """Write down who meets under one share of the keys."""
    fs, root = url_to_fs(work.out)
    texts, sizes, _ = _numbers(fs, f"{root}/{_beside(work, 'order')}", ORDER)
    found, at = [], 0
    for name, *_ in work.parts:
        cells = arrow.cells_of(_read(fs, f"{root}/prints/{name}.parquet", ["keys"]), "keys")
        own = slice(at, at + len(cells))
        at += len(cells)
        keys = b"".join(k for k, size in zip(cells, sizes[own], strict=True) if size)
        keys, which = np.frombuffer(keys, "<u8"), np.repeat(texts[own], sizes[own])
        mine = ((keys * SHUFFLE) >> np.uint64(40)) % np.uint64(work.shares) == share
        found.append((keys[mine], which[mine]))
    keys, which = map(np.concatenate, zip(*found, strict=True))
    order = np.argsort(which, kind="stable")
    pairs, times = meetings(keys[order], which[order])
    table = arrow.of_numbers({"pair": pairs, "rare": times[:, 0], "usual": times[:, 1]})
    ends = np.searchsorted(pairs, pair_of(np.arange(1, len(work.compared) + 1) * TEXTS, 0))
    data = arrow.to_bytes_in_groups(table, ends)
    put(fs, f"{root}/{_beside(work, f'met-{share}')}", data)


def match(group: int, work: Work) -> None:
    """Write down what the pairs of one group of texts have in common."""
    fs, root = url_to_fs(work.out)
    texts, sizes, names = _numbers(fs, f"{root}/{_beside(work, 'order')}", ORDER)
    rows = np.argsort(texts)
    pairs, rare = near(*_met(fs, root, work, group), sizes[rows])
    paired, *two = named(pairs, names[rows])
    known = _known(fs, root, work, paired)
    asked = np.unique([x[np.isin(paired, known.names, invert=True)] for x in two]).tolist()
    text_of = _texts(fs, root, work, sorted((int(rows[i]), i) for i in asked))
    compared = compare_all(pairs, names[rows], text_of.__getitem__, known)
    table = arrow.of_numbers(
        compared._asdict() | {"pair": pairs, "counted": counted(compared.found, rare)}
    )
    _put(fs, f"{root}/{work.compared[group]}", table)


def _met(fs, root: str, work: Work, group: int) -> tuple[np.ndarray, np.ndarray]:
    """Who meets the texts of a group, and how often, under all keys."""
    found = []
    for share in range(work.shares):
        with fs.open(f"{root}/{_beside(work, f'met-{share}')}", "rb") as file:
            table = arrow.group_of(file, group)
        pairs, *times = (arrow.numbers_of(table, c) for c in ("pair", "rare", "usual"))
        found.append((pairs, np.stack(times, axis=1)))
    found.append((np.empty(0, "u8"), np.empty((0, 2), "i4")))
    return added(*map(np.concatenate, zip(*found, strict=True)))


def _known(fs, root: str, work: Work, names: np.ndarray) -> Compared:
    """What the build in force knows of pairs with these names."""
    known = [nothing()]
    for path in work.known:
        compared = Compared(*_numbers(fs, f"{root}/{path}", Compared._fields))
        mine = np.isin(compared.names, names)
        known.append(Compared(*(x[mine] for x in compared)))
    return Compared(*map(np.concatenate, zip(*known, strict=True)))


def _texts(fs, root: str, work: Work, wanted: list[tuple]) -> dict[int, str]:
    """Texts by their place in order; wanted: the row of each in all prints, and that place."""
    found, start = {}, 0
    for name, places, count in work.parts:
        mine = wanted[bisect_left(wanted, (start,)) : bisect_left(wanted, (start + count,))]
        if mine:
            paths = (f"{root}/{folder_of('articles', *x)}/{name}.parquet" for x in places)
            texts = [x for path in paths for x in arrow.cells_of(_read(fs, path, ["text"]), "text")]
            found |= {i: texts[row - start] or "" for row, i in mine}
        start += count
    return found


def _compared(fs, root: str, work: Work) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs in order, what was found of each, and the share; of those in vain, what copies are in."""
    paths = [f"{root}/{path}" for path in work.compared]
    columns, chosen, of = ["pair", "counted", "shares"], [], np.empty(0, "i8")
    for path in paths:
        pairs, found = _numbers(fs, path, columns[:2])
        of = np.union1d(of, later_and_earlier(pairs[found == COPY]))
    for path in paths:
        table = _numbers(fs, path, columns)
        asked = np.isin(later_and_earlier(table[0]), of).all(axis=0) | (table[1] > 0)
        chosen.append([x[asked] for x in table])
    empty = np.empty(0, "u8"), np.empty(0, "u1"), np.empty(0)
    return tuple(map(np.concatenate, zip(empty, *chosen, strict=True)))


def _told(prints: pd.DataFrame, copies: dict, alike: dict) -> tuple[list, list]:
    """Copies as rows of COPIES and as problems."""
    names = [f"{of}#{number:02}" for of, number in zip(prints["of"], prints["number"], strict=True)]
    rows = [
        (names[i], names[copies[i]] if i in copies else None,
         [[names[j], share] for j, share in alike.get(i, ())])
        for i in sorted({*copies, *alike})
    ]  # fmt: skip
    lines = prints["line"].astype(object).where(prints["line"].notna(), None)
    problems = [as_problem(prints["of"].iat[i], lines.iat[i], names[j]) for i, j in copies.items()]
    return rows, problems


def _read(fs, path: str, columns: list[str]):
    with fs.open(path, "rb") as file:
        return arrow.from_file(file, columns)


def _numbers(fs, path: str, columns) -> list[np.ndarray]:
    table = _read(fs, path, [*columns])
    return [arrow.numbers_of(table, c) for c in columns]


def _put(fs, path: str, table) -> None:
    put(fs, path, arrow.to_bytes(table))
