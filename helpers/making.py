"""making: page files → their rows, made where they are not kept. See `make_pages`."""

import hashlib
import time

from helpers import arrow, store
from helpers.catalogue import about_name
from helpers.folder import File, Told
from helpers.pool import Task, make_all
from helpers.rows import TYPES, Rows
from helpers.store import Shelf
from helpers.versions import version_of

BATCH, PATIENCE = 1000, 20  # pages, and seconds, after which what was made is kept
VERSION = version_of("rows")  # asked for at once: code that is edited later is not what runs


def make_pages(files: list[File], digests: list[bytes], told: dict, repairs) -> tuple:
    """The shelf that holds the rows of some page files, and the key of each file on it.

    Only what is not kept is made: pages whose bytes, or what is told of them, are new. What is made
    is kept as it goes on, so that a run that is broken off has lost nothing but its last seconds.
    """
    shelf = store.open_shelf("pages", VERSION)
    repairs = tuple(sorted(repairs))
    keys = [key_of(d, f.name, told[f.name], repairs) for f, d in zip(files, digests, strict=True)]
    new = {k: Task(f.name, f.path, told[f.name], repairs)
           for k, f in zip(keys, files, strict=True) if k not in shelf.where}  # fmt: skip
    _make(shelf, new)
    store.tidy(shelf)
    return shelf, keys


def key_of(digest: bytes, name: str, told: Told, repairs: tuple) -> bytes:
    """What tells the rows of a page from others: its bytes and what is told of it.

    Its name does so only where it tells paper, day or number: a page that is renamed stays.
    """
    about = repr((about_name(name), told.entry, told.corrections, repairs))
    return hashlib.blake2b(digest + about.encode(), digest_size=16).digest()


def _make(shelf: Shelf, new: dict[bytes, Task]) -> None:
    """Make the rows of pages, and put them onto the shelf from time to time."""
    made, unread, since = {}, {}, time.monotonic()
    try:
        for (key, task), (digest, rows) in zip(new.items(), make_all([*new.values()]), strict=True):
            right = digest and key == key_of(digest, task.name, task.told, task.repairs)
            (made if right else unread)[key] = rows
            if len(made) >= BATCH or time.monotonic() - since > PATIENCE:
                _keep(shelf, made)
                made, since = {}, time.monotonic()
    finally:  # Ctrl-C too
        _keep(shelf, made)
    _keep(shelf._replace(folder=None), unread)


def _keep(shelf: Shelf, made: dict[bytes, Rows]) -> None:
    if made:
        tables = {}
        for name, columns in TYPES.items():
            own = [getattr(rows, name) for rows in made.values()]
            table = arrow.tabled([row for rows in own for row in rows], columns)
            tables[name] = table, [len(rows) for rows in own]
        store.keep(shelf, [*made], tables)
