"""seen: what the files of a folder held when they were last read. See `digests_of`.

A file whose size and times are those of last time is taken to hold what it held; each other is
read. The times are that of its content and, but for Windows, that of its entry, which no program
can set: who changes a file and puts size and time back is found out there, and not on Windows.
"""

import hashlib
import os
import time
from pathlib import Path

from helpers import arrow, disk
from helpers.arrow import Damaged
from helpers.folder import File, digest_of

COLUMNS = {"path": "key", "size": "int", "changed": "int", "entered": "int", "digest": "key"}
RECENT = (
    2 * 10**9
)  # a file written so lately (ns) may be written again in the same tick of its clock


def digests_of(folder: Path, files: list[File]) -> list[bytes]:
    """What tells the bytes of each page file from others; only what has changed is read."""
    place, name = _place(folder)
    before = _before(place, name) if place else {}
    marks = [(os.fsencode(f.path), f.size, *f.times) for f in files]
    digests = [before.get(m) or digest_of(f) for m, f in zip(marks, files, strict=True)]
    until = time.time_ns() - RECENT
    rows = {m: d for m, d in zip(marks, digests, strict=True) if max(m[2:]) < until}
    if place and rows != before:
        _write_down(place, name, rows)
    return digests


def _place(folder: Path) -> tuple[Path | None, str]:
    """Where it is written down what a folder held."""
    name = hashlib.blake2b(os.fsencode(folder.absolute()), digest_size=10).hexdigest()
    return disk.root() and disk.root() / "folders", name


def _before(place: Path, name: str) -> dict:
    """{(path, size, times): digest} of last time."""
    try:
        table = disk.read_table(place, name)
        cells = (arrow.cells_of(table, c) for c in COLUMNS)
        return {tuple(row[:-1]): row[-1] for row in zip(*cells, strict=True)}
    except (Damaged, OSError, KeyError):
        return {}


def _write_down(place: Path, name: str, rows: dict) -> None:
    """Keep what a folder holds; where that cannot be done, its files are read again next time."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        table = arrow.tabled([(*m, d) for m, d in rows.items()], COLUMNS)
        new = disk.write_table(place, name, table)
        for path in place.glob(f"{name}-*"):
            if path != new:
                path.unlink(missing_ok=True)
    except OSError:
        pass  # whatever keeps the pages says so
