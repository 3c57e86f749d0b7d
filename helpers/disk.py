"""disk: the files of the store. See `root`, `write_table` and `read_table`.

A file is named by a digest of its bytes: so a damaged one, or one of others, is told from a whole
one before anything of it is read; it is there or is not, as it is renamed once it is on the disk.
"""

import hashlib
import os
import re
import shutil
import time
import uuid
from pathlib import Path

import platformdirs

from helpers import arrow
from helpers.arrow import Damaged

OURS_RE = re.compile(r"([a-z]+)-[0-9a-f]{10}|folders")  # a shelf, and what `seen` writes down
PART_RE = re.compile(r"(?:seg|tmp)-[0-9a-f]{16}|[0-9a-f]{20}-[0-9a-f]{20}\.parquet")
DAY = 24 * 3600  # seconds
OLD = 30 * DAY  # a shelf that nobody opened for so long is thrown away


def root() -> Path | None:
    """The folder of the store: where JIANBAO_STORE says, else in the user's cache folder.

    None where JIANBAO_STORE is off: then nothing is kept.
    """
    named = os.environ.get("JIANBAO_STORE")
    if named == "off":
        return None
    return Path(named).absolute() if named else platformdirs.user_cache_path("jianbao") / "store"


def write_table(folder: Path, name: str, table) -> Path:
    """The path of a table that is on the disk as soon as it is there."""
    data = arrow.to_bytes(table)
    path = folder / f"{name}-{_digest(data)}.parquet"
    new = folder / f"tmp-{uuid.uuid4().hex[:16]}"
    try:
        with new.open("xb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        new.replace(path)
    except BaseException:  # Ctrl-C too
        new.unlink(missing_ok=True)
        raise
    return path


def read_table(folder: Path, name: str):
    """The table of a name in a folder. Raises Damaged where there is none, or not a whole one."""
    for path in sorted(folder.glob(f"{name}-*.parquet")):
        data = path.read_bytes()
        if path.stem.rpartition("-")[2] == _digest(data):
            return arrow.from_bytes(data)
    raise Damaged(f"{name} is missing or not whole")


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=10).hexdigest()


def sync(folder: Path) -> None:
    """Have the disk write down what a folder holds; Windows has no such thing, and does it itself."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path | None) -> None:
    """Take a part of the store away; renamed first, so that no half of it is ever read."""
    if path:
        gone = path.with_name(f"tmp-{uuid.uuid4().hex[:16]}")
        try:
            path.rename(gone)
        except OSError:
            gone = path
        if gone.is_dir():
            shutil.rmtree(gone, ignore_errors=True)
        else:
            gone.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Throw away what killed runs left on a shelf, and the shelves that nobody opens any more."""
    now = time.time()
    try:
        left = [p for p in folder.glob("tmp-*") if now - p.stat().st_mtime > DAY]
        for shelf in _shelves(folder.parent):
            if shelf != folder and now - shelf.stat().st_mtime > OLD:
                left += _parts(shelf)
    except OSError:
        return
    for path in left:
        remove(path)


def contents() -> list[tuple[str, int, int]]:
    """(name, parts, bytes) of each shelf of the store."""
    found = []
    for shelf in _shelves(root()):
        parts = _parts(shelf)
        files = [f for p in parts for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file()]
        found.append((shelf.name, len(parts), sum(f.stat().st_size for f in files)))
    return found


def empty() -> None:
    """Take away all that the store holds, and nothing that somebody else put into its folder."""
    for shelf in _shelves(root()):
        for part in _parts(shelf):
            remove(part)
        if not any(shelf.iterdir()):
            shelf.rmdir()


def _shelves(store: Path | None) -> list[Path]:
    there = store.iterdir() if store and store.is_dir() else ()
    return sorted(p for p in there if OURS_RE.fullmatch(p.name) and p.is_dir())


def _parts(shelf: Path) -> list[Path]:
    return sorted(p for p in shelf.iterdir() if PART_RE.fullmatch(p.name))
