"""store: what was made once is kept, so that nothing is made twice. See `open_shelf`.

A store (`disk`) holds a shelf for each kind of thing and each version of the code that made it; a
shelf holds segments, folders of a few Parquet files with the things of one run. A segment is there
or is not: it is renamed when all its files are on the disk, and never written again. So two runs at
once only make twice what both lacked. What can be lost here is time: whatever cannot be read or
kept is made again, and `faults` says so.
"""

import os
import shutil
import time
import uuid
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import arrow
from helpers.arrow import Damaged
from helpers.disk import DAY, read_table, remove, root, sweep, sync, write_table

SMALL, FEW = 500, 32  # a segment of fewer things is small; of so many small ones one is made
AGAIN = "Nothing: it is made again, which takes longer."


class Segment(NamedTuple):
    """The things of one run: their keys, how many rows of each table each has, and the tables."""

    path: Path | None  # None: it could not be kept
    keys: list[bytes]
    counts: dict[str, np.ndarray]
    tables: dict  # name → table, filled as they are asked for


class Shelf(NamedTuple):
    """The things of one kind. `where`: key → (segment, place in it); faults: sentences."""

    folder: Path | None
    segments: list[Segment]
    where: dict[bytes, tuple[int, int]]
    faults: list[tuple[str, str]]


def open_shelf(kind: str, version: str) -> Shelf:
    """The shelf of a kind of things that code of one version made; an empty one where none is.

    Files that are damaged or are not ours are thrown out of it, and told in `faults`.
    """
    folder = root() and root() / f"{kind}-{version}"
    shelf = Shelf(folder, [], {}, [])
    try:
        names = sorted(folder.glob("seg-*")) if folder else []
        if names and time.time() - folder.stat().st_mtime > DAY:
            os.utime(folder)  # it is in use: see `sweep`
    except OSError:
        names = []
    for path in names:
        try:
            _put(shelf, _opened(path))
        except (Damaged, OSError) as e:
            discard(shelf, path, e)
    return shelf


def _put(shelf: Shelf, segment: Segment) -> None:
    number = len(shelf.segments)
    shelf.segments.append(segment)
    shelf.where.update({key: (number, i) for i, key in enumerate(segment.keys)})


def _opened(path: Path) -> Segment:
    """A segment of a shelf; its tables are read when they are asked for."""
    table = read_table(path, "keys")
    names = [c for c in table.column_names if c != "key"]
    counts = {c: arrow.numbers_of(table, c) for c in names}
    return Segment(path, arrow.cells_of(table, "key"), counts, {})


def discard(shelf: Shelf, path: Path | None, error: Exception) -> None:
    """Throw a segment away that cannot be read, and say so."""
    if path and path.exists():  # another run may have put it together with others
        shelf.faults.append((f"a part of the store could not be read ({error})", AGAIN))
        remove(path)


def pick(shelf: Shelf, keys: list[bytes], name: str):
    """The rows of a table that belong to some things of a shelf, in their order; how many each has.

    Raises Damaged where a file of it cannot be read; what it was in is thrown away.
    """
    places = np.array([shelf.where[key] for key in keys], "i8").reshape(-1, 2)
    used = {int(n): _table(shelf, int(n), name) for n in np.unique(places[:, 0])}
    starts, counts = (np.zeros(len(keys), "i8") for _ in range(2))
    for n in used:
        mine, own = places[:, 0] == n, shelf.segments[n].counts[name]
        starts[mine] = (np.cumsum(own) - own)[places[mine, 1]]
        counts[mine] = own[places[mine, 1]]
    order = {n: i for i, n in enumerate(used)}
    which = np.array([order[int(n)] for n in places[:, 0]], "i8")
    return arrow.spliced([*used.values()], which, starts, counts), counts


def _table(shelf: Shelf, number: int, name: str):
    """A table of a segment."""
    segment = shelf.segments[number]
    if name not in segment.tables:
        try:
            table = read_table(segment.path, name)
            if table.num_rows != segment.counts[name].sum():
                raise Damaged("rows are missing")
        except (Damaged, OSError) as e:
            discard(shelf, segment.path, e)
            raise Damaged(str(e)) from e
        segment.tables[name] = table
    return segment.tables[name]


def keep(shelf: Shelf, keys: list[bytes], tables: dict) -> None:
    """Put things onto a shelf. tables: name → (its rows, how many of them each thing has).

    Where the disk does not take them they are there for this run, and `faults` says so.
    """
    counts = {name: np.asarray(n, "i8") for name, (_, n) in tables.items()}
    rows = {name: table for name, (table, _) in tables.items()}
    path = None
    if shelf.folder:
        try:
            path = _written(shelf.folder, keys, counts, rows)
        except OSError as e:
            told = f"the store {root()} cannot be written ({e.strerror or e})"
            if all(told != what for what, _ in shelf.faults):
                shelf.faults.append((told, "Make room or mend its rights, or set JIANBAO_STORE."))
    _put(shelf, Segment(path, keys, counts, rows))


def _written(folder: Path, keys: list[bytes], counts: dict, tables: dict) -> Path:
    """The path of a new segment with these things."""
    name = uuid.uuid4().hex[:16]
    new, path = folder / f"tmp-{name}", folder / f"seg-{name}"
    try:
        new.mkdir(parents=True)
        for table, rows in tables.items():
            write_table(new, table, rows)
        columns = {"key": "key"} | dict.fromkeys(counts, "int")
        rows = zip(keys, *(n.tolist() for n in counts.values()), strict=True)
        write_table(new, "keys", arrow.tabled(list(rows), columns))
        new.rename(path)
        sync(folder)
    except BaseException:  # Ctrl-C too
        shutil.rmtree(new, ignore_errors=True)
        raise
    return path


def tidy(shelf: Shelf, wanted=None) -> None:
    """Make one segment of many small ones, and throw away what runs that were killed left behind.

    wanted: the keys of things that are still of use; None: all.
    """
    small = [i for i, s in enumerate(shelf.segments) if s.path and len(s.keys) < SMALL]
    if not shelf.folder or len(small) < FEW:
        return
    own = [k for i in small for k in shelf.segments[i].keys if shelf.where[k][0] == i]
    keys = [k for k in dict.fromkeys(own) if wanted is None or k in wanted]
    try:
        names = shelf.segments[small[0]].counts
        tables = {name: pick(shelf, keys, name) for name in names} if keys else {}
    except Damaged:
        return
    before = len(shelf.faults)
    if keys:
        keep(shelf, keys, tables)
    if len(shelf.faults) == before:
        for i in small:
            remove(shelf.segments[i].path)
    sweep(shelf.folder)
