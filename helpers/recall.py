"""recall: the copies of a corpus, for which only what is new is looked at. See `find_again`."""

from typing import NamedTuple

import numpy as np

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.disk import remove
from helpers.duplicates import Compared, counting, find_copies, look, nothing
from helpers.fingerprints import Print, Prints, added, near, print_of
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
    """What was found last time. texts: their keys; sizes: how many of their grams' keys counted."""

    texts: list[bytes]
    sizes: np.ndarray
    found: tuple


class Known(NamedTuple):
    """What it was found by. met: who met whom, and how often."""

    compared: Compared
    met: tuple


NONE = Last([], np.empty(0, "i8"), ({}, {}))  # before the first time
UNMET = Known(nothing(), (np.empty(0, "u8"), np.empty((0, 2), "i4")))


def find_again(name: str, texts: list[str]) -> tuple[dict, dict]:
    """What `find_copies` gives of texts; name: that of their corpus, for the next time.

    Fingerprints, sums and comparisons of last time are taken over, wherever the texts stand now.
    """
    if len(texts) < FEW:
        return find_copies(texts)
    shelf, told = store.open_shelf("duplicates", VERSION), [key_of(text) for text in texts]
    last = _last(shelf, key_of(name))
    if last.texts != told:
        known, prints = _known(shelf, key_of(name)), _prints(told, texts)
        if not known:
            last, known = NONE, UNMET
        sizes, met = counting(prints), _met(last, known, told, prints)
        found, compared = look(texts, prints, near(*met, sizes), known.compared)
        last = Last(told, sizes, found)
        _keep(shelf, key_of(name), _tables(last, Known(compared, met)))
    return last.found


def _picked(shelf: Shelf, key: bytes, names) -> list:
    """Some tables of what was kept last time; of what is not there, or damaged, none."""
    try:
        return [store.pick(shelf, [key], name)[0] for name in names] if key in shelf.where else []
    except Damaged:
        return []


def _last(shelf: Shelf, key: bytes) -> Last:
    """What was found last time, if anything."""
    tables = _picked(shelf, key, TABLES)
    if not tables:
        return NONE
    (texts, sizes), copies, alike = (
        [arrow.cells_of(table, c) for c in TABLES[n]]
        for n, table in zip(TABLES, tables, strict=True)
    )
    like = {}
    for one, other, share in zip(*alike, strict=True):
        like.setdefault(one, []).append((other, share))
    return Last(texts, np.array(sizes), (dict(zip(*copies, strict=True)), like))


def _known(shelf: Shelf, key: bytes) -> Known | None:
    """What it was found by, if that is there."""
    cells = [
        [arrow.numbers_of(table, c) for c in columns]
        for columns, table in zip(NUMBERS.values(), _picked(shelf, key, NUMBERS), strict=False)
    ]
    if not cells:
        return None
    compared, (pairs, *times) = cells
    return Known(Compared(*compared), (pairs, np.stack(times, axis=1)))


def _tables(last: Last, known: Known) -> dict:
    """What `_last` and `_known` read."""
    copies, alike = last.found
    rows = {"texts": zip(last.texts, last.sizes.tolist(), strict=True), "copies": copies.items(),
            "alike": ((i, *x) for i, own in alike.items() for x in own)}  # fmt: skip
    tables = {name: arrow.tabled([*own], TABLES[name]) for name, own in rows.items()}
    met = dict(zip(NUMBERS["met"], (known.met[0], *known.met[1].T), strict=True))
    return tables | {"compared": arrow.of_numbers(known.compared._asdict()),
                     "met": arrow.of_numbers(met)}  # fmt: skip


def _met(last: Last, known: Known, told: list[bytes], prints: Prints) -> tuple:
    """Who meets whom, and how often; added up anew under the keys of what has come or gone."""
    where = {x: i for i, x in enumerate(last.texts) if last.sizes[i]}
    now = np.where(counting(prints) > 0, np.arange(len(told)), -1)
    then = rising([where.get(x, -1) if i >= 0 else -1 for x, i in zip(told, now, strict=True)])
    gone = np.setdiff1d(np.flatnonzero(last.sizes), then)
    left = _left([last.texts[i] for i in gone.tolist()])
    if left is None:
        return _met(NONE, UNMET, told, prints)
    now, then = np.r_[now, np.full(len(gone), -1)], np.r_[then, gone]
    keys = np.r_[prints.keys, left.keys]
    rows = np.repeat(np.arange(len(now)), np.r_[prints.sizes, left.sizes])
    turned = (now >= 0) != (then >= 0)
    mine = np.flatnonzero(flagged(keys, flags_of(keys[turned[rows]])))
    more, times = turns(keys[mine], now[rows[mine]], then[rows[mine]])
    pairs, still = moved(known.met[0], ways(now, then))
    pairs, times = added(np.r_[pairs, more], np.r_[known.met[1][still], times])
    return pairs[times.any(axis=1)], times[times.any(axis=1)]


def _prints(told: list[bytes], texts: list[str]) -> Prints:
    """The fingerprints of texts, made where they are not kept."""

    def made(numbers):
        prints = [print_of(texts[n]) for n in numbers]
        return _packed(prints), [1] * len(prints)

    return _unpacked(make_new("recall", told, made)[0])


def _left(texts: list[bytes]) -> Prints | None:
    """The fingerprints of texts that are no more; None where they are not all kept."""
    if not texts:
        return _unpacked(_packed([]))
    shelf = store.open_shelf("recall", VERSION)
    try:
        return _unpacked(store.pick(shelf, texts, "rows")[0])
    except (Damaged, KeyError):
        return None


def _packed(prints: list[Print]):
    """The table of some fingerprints, as they are kept."""
    rows = [(p.told.ljust(16, b"\0"), p.letters, p.keys.tobytes()) for p in prints]
    return arrow.tabled(rows, PRINTS)


def _unpacked(table) -> Prints:
    """The fingerprints of a table."""
    data, sizes = arrow.bytes_of(table, "keys")
    told, letters = arrow.bytes_of(table, "told")[0].view("S16"), arrow.numbers_of(table, "letters")
    return Prints(told, letters, sizes // 8, data.view("<u8"))


def _keep(shelf: Shelf, key: bytes, tables: dict) -> None:
    """Keep what was found of a corpus, in place of what was found of it earlier."""
    old = [s.path for s in shelf.segments if key in s.keys]
    store.keep(shelf, [key], {name: (t, [t.num_rows]) for name, t in tables.items()})
    if shelf.segments[-1].path:
        for path in old:
            remove(path)
