"""recall: the copies of a corpus, for which only what is new is looked at. See `find_again`."""

from typing import NamedTuple

import numpy as np

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.disk import remove
from helpers.duplicates import Compared, counting, find_copies, keys_of, look, nothing
from helpers.fingerprints import Print, added, near, print_of
from helpers.kept import key_of, make_new
from helpers.store import Shelf
from helpers.sums import flagged, flags_of, moved, rising, turns, ways
from helpers.versions import version_of

FEW = 500  # texts that it is quicker to look at again
TABLES = {
    "texts": {"text": "key", "size": "int"},
    "copies": {"copy": "int", "of": "int"},
    "alike": {"one": "int", "other": "int", "share": "float"},
}
NUMBERS = {"compared": Compared._fields, "met": ("pair", "rare", "usual")}
PRINTS = {"told": "key", "letters": "int", "keys": "key"}
VERSION = version_of("recall")


class Last(NamedTuple):
    """What was found last time. texts: their keys; sizes: how many of their grams' keys counted;
    met: who met whom, and how often."""

    texts: list[bytes]
    sizes: np.ndarray
    found: tuple
    compared: Compared
    met: tuple


def find_again(name: str, texts: list[str]) -> tuple[dict, dict]:
    """What `find_copies` gives of texts; name: that of their corpus, for the next time.

    Fingerprints, sums and comparisons of last time are taken over, wherever the texts stand now.
    """
    if len(texts) < FEW:
        return find_copies(texts)
    shelf, told = store.open_shelf("duplicates", VERSION), [key_of(text) for text in texts]
    last = _last(shelf, key_of(name))
    if last.texts != told:
        prints = _prints(told, texts)
        sizes, met = counting(prints), _met(last, told, prints)
        found, compared = look(texts, prints, near(*met, sizes), last.compared)
        last = Last(told, sizes, found, compared, met)
        _keep(shelf, key_of(name), _tables(last))
    return last.found


def _last(shelf: Shelf, key: bytes) -> Last:
    """What was found last time; where that is not there, or damaged, nothing."""
    try:
        names = (*TABLES, *NUMBERS) if key in shelf.where else ()
        tables = [store.pick(shelf, [key], name)[0] for name in names]
    except Damaged:
        tables = []
    if not tables:
        none = np.empty(0, "u8"), np.empty((0, 2), "i4")
        return Last([], np.empty(0, "i8"), ({}, {}), nothing(), none)
    (texts, sizes), copies, alike = (
        [arrow.cells_of(table, c) for c in TABLES[n]]
        for n, table in zip(TABLES, tables, strict=False)
    )
    like = {}
    for one, other, share in zip(*alike, strict=True):
        like.setdefault(one, []).append((other, share))
    compared, (pairs, *times) = (
        [arrow.numbers_of(table, c) for c in NUMBERS[n]]
        for n, table in zip(NUMBERS, tables[-2:], strict=True)
    )
    found = dict(zip(*copies, strict=True)), like
    return Last(texts, np.array(sizes), found, Compared(*compared), (pairs, np.stack(times, 1)))


def _tables(last: Last) -> dict:
    """What `_last` reads."""
    copies, alike = last.found
    rows = {"texts": zip(last.texts, last.sizes.tolist(), strict=True), "copies": copies.items(),
            "alike": ((i, *x) for i, own in alike.items() for x in own)}  # fmt: skip
    tables = {name: arrow.tabled([*own], TABLES[name]) for name, own in rows.items()}
    met = {"pair": last.met[0], "rare": last.met[1][:, 0], "usual": last.met[1][:, 1]}
    return tables | {"compared": arrow.of_numbers(last.compared._asdict()),
                     "met": arrow.of_numbers(met)}  # fmt: skip


def _met(last: Last, told: list[bytes], prints: list[Print]) -> tuple[np.ndarray, np.ndarray]:
    """Who meets whom, and how often; added up anew under the keys of what has come or gone."""
    where = {x: i for i, x in enumerate(last.texts) if last.sizes[i]}
    now = np.where(counting(prints) > 0, np.arange(len(told)), -1)
    then = rising([where.get(x, -1) if i >= 0 else -1 for x, i in zip(told, now, strict=True)])
    gone = np.setdiff1d(np.flatnonzero(last.sizes), then)
    left = _left([last.texts[i] for i in gone.tolist()])
    if left is None:
        return _met(_last(store.Shelf(None, [], {}, []), b""), told, prints)
    now, then = np.r_[now, np.full(len(gone), -1)], np.r_[then, gone]
    keys, rows = keys_of([*prints, *left])
    turned = (now >= 0) != (then >= 0)
    mine = np.flatnonzero(flagged(keys, flags_of(keys[turned[rows]])))
    more, times = turns(keys[mine], now[rows[mine]], then[rows[mine]])
    pairs, still = moved(last.met[0], ways(now, then))
    pairs, times = added(np.r_[pairs, more], np.r_[last.met[1][still], times])
    return pairs[times.any(axis=1)], times[times.any(axis=1)]


def _prints(told: list[bytes], texts: list[str]) -> list[Print]:
    """The fingerprints of texts, made where they are not kept."""

    def made(numbers):
        prints = (print_of(texts[n]) for n in numbers)
        rows = [(p.told, p.letters, p.keys.tobytes()) for p in prints]
        return arrow.tabled(rows, PRINTS), [1] * len(rows)

    return _unpacked(make_new("recall", told, made)[0])


def _left(texts: list[bytes]) -> list[Print] | None:
    """The fingerprints of texts that are no more; None where they are not all kept."""
    shelf = store.open_shelf("recall", VERSION) if texts else None
    try:
        return _unpacked(store.pick(shelf, texts, "rows")[0]) if texts else []
    except (Damaged, KeyError):
        return None


def _unpacked(table) -> list[Print]:
    """The fingerprints of a table of PRINTS."""
    told, letters = (arrow.cells_of(table, c) for c in ("told", "letters"))
    data, sizes = arrow.bytes_of(table, "keys")
    ends = np.cumsum(sizes // 8)
    keys = data.view("<u8")
    return [Print(*x, keys[end - size : end])
            for *x, end, size in zip(told, letters, ends, sizes // 8, strict=True)]  # fmt: skip


def _keep(shelf: Shelf, key: bytes, tables: dict) -> None:
    """Keep what was found of a corpus, in place of what was found of it earlier."""
    old = [s.path for s in shelf.segments if key in s.keys]
    store.keep(shelf, [key], {name: (t, [t.num_rows]) for name, t in tables.items()})
    if shelf.segments[-1].path:
        for path in old:
            remove(path)
