"""pool: the rows of many pages, made by all the cores where that pays. See `make_all`.

The workers are processes of their own that import nothing of the program that wants them, so that
it works in a notebook and in a script alike, on every system. They end with it, however it ends.
"""

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from helpers.folder import Told
from helpers.progress import teller
from helpers.read import fetch
from helpers.rows import Rows, make_rows, unreadable

FLOOR = 200  # pages below which starting the workers costs more than they save
CHUNK = 8  # pages that a worker is given at once
watchers = [teller("页 pages")]  # functions (pages made, pages to make), called as it goes on


class Task(NamedTuple):
    """A page file whose rows are wanted."""

    name: str
    path: str
    told: Told
    repairs: tuple


def make_all(tasks: list[Task]) -> Iterator[tuple[bytes | None, Rows]]:
    """For each task, in order, the digest of the bytes that were read, and the page's rows.

    No digest: the rows are not the page's, as it could not be opened, or the rules failed on it.
    """
    workers = min(os.cpu_count() or 1, len(tasks) // CHUNK)
    made = (
        _in_parallel(tasks, workers) if len(tasks) >= FLOOR and workers > 1 else map(_made, tasks)
    )
    for n, found in enumerate(made, 1):
        yield found
        for watch in watchers:
            watch(n, len(tasks))


def _made(task: Task) -> tuple[bytes | None, Rows]:
    try:
        data = fetch(Path(task.path))
        return hashlib.sha256(data).digest(), make_rows(task.name, data, task.told, task.repairs)
    except Exception as e:  # noqa: BLE001 (one page must not cost the others)
        return None, unreadable(e)


def _in_parallel(tasks: list[Task], workers: int) -> Iterator:
    """What `_made` gives, by worker processes; by this one, once a worker has been killed."""
    chunks = [tasks[i : i + CHUNK] for i in range(0, len(tasks), CHUNK)]
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    done = 0
    try:
        with _no_main():
            futures = iter([pool.submit(_made_many, chunk) for chunk in chunks])
        for future in futures:
            found = future.result()
            done += len(found)
            yield from found
    except BrokenProcessPool:
        yield from map(_made, islice(tasks, done, None))
    finally:
        pool.shutdown(cancel_futures=True)


def _made_many(tasks: list[Task]) -> list:
    return [_made(task) for task in tasks]


@contextmanager
def _no_main():
    """While it lasts there is no main program, which a worker would else run once more."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _begin() -> None:
    """What a worker does first: leave Ctrl-C to the program that it works for, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    connection.wait([parent_process().sentinel])
    os._exit(1)
