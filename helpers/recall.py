"""recall: the copies of a corpus, for which only what is new is compared. See `find_again`."""

import numpy as np

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.disk import remove
from helpers.duplicates import Compared, find_copies, look, nothing
from helpers.fingerprints import Print, print_of
from helpers.kept import key_of
from helpers.store import Shelf
from helpers.versions import version_of

FEW = 500  # texts that it is quicker to look at again
GROWN = 1.1  # times as many texts as were known: their fingerprints are written down anew
TABLES = {
    "texts": {"text": "key"},
    "copies": {"copy": "int", "of": "int"},
    "alike": {"one": "int", "other": "int", "share": "float"},
}
PRINTS = {"text": "key", "told": "key", "letters": "int", "size": "int"}
VERSION = version_of("duplicates")


def find_again(name: str, texts: list[str]) -> tuple[dict, dict]:
    """What `find_copies` gives of texts; name: that of their corpus, for the next time.

    Fingerprints and comparisons of last time are taken over, wherever the texts stand now.
    """
    if len(texts) < FEW:
        return find_copies(texts)
    shelf, told = store.open_shelf("duplicates", VERSION), [key_of(text) for text in texts]
    last, found, known = _found(shelf, key_of(name))
    if last != told:
        prints = _prints(shelf, key_of(f"{name}\nprints"), told, texts)
        found, known = look(texts, prints, known)
        _keep(shelf, key_of(name), _tables(told, found, known))
    return found


def _picked(shelf: Shelf, key: bytes, names) -> list:
    """Some tables of what was kept last time; of what is not there, or damaged, none."""
    try:
        return [store.pick(shelf, [key], name)[0] for name in names] if key in shelf.where else []
    except Damaged:
        return []


def _found(shelf: Shelf, key: bytes) -> tuple[list, tuple, Compared]:
    """The texts of last time, their copies and likenesses, and what pairs had in common."""
    tables = _picked(shelf, key, (*TABLES, "compared"))
    if not tables:
        return [], ({}, {}), nothing()
    texts, copies, alike = (
        [arrow.cells_of(table, c) for c in TABLES[n]]
        for n, table in zip(TABLES, tables, strict=False)
    )
    like = {}
    for one, other, share in zip(*alike, strict=True):
        like.setdefault(one, []).append((other, share))
    compared = Compared(*(arrow.numbers_of(tables[-1], c) for c in Compared._fields))
    return texts[0], (dict(zip(*copies, strict=True)), like), compared


def _tables(told: list[bytes], found: tuple, known: Compared) -> dict:
    """What `_found` reads."""
    copies, alike = found
    rows = {"texts": [(x,) for x in told], "copies": [*copies.items()],
            "alike": [(i, *x) for i, own in alike.items() for x in own]}  # fmt: skip
    tables = {name: arrow.tabled(own, TABLES[name]) for name, own in rows.items()}
    return tables | {"compared": arrow.of_numbers(known._asdict())}


def _prints(shelf: Shelf, key: bytes, told: list[bytes], texts: list[str]) -> list[Print]:
    """The fingerprints of texts; kept anew when a tenth has come or gone."""
    known = _known(shelf, key)
    prints = [known.get(x) or print_of(text) for x, text in zip(told, texts, strict=True)]
    if not len(known) / GROWN < len(set(told)) < len(known) * GROWN:
        rows = {x: (x, p.told, p.letters, len(p.keys)) for x, p in zip(told, prints, strict=True)}
        own = {x: p.keys for x, p in zip(told, prints, strict=True)}
        grams = np.concatenate([np.empty(0, "u8"), *own.values()])
        _keep(shelf, key, {
            "prints": arrow.tabled([*rows.values()], PRINTS),
            "grams": arrow.of_numbers({"gram": grams}),
        })  # fmt: skip
    return prints


def _known(shelf: Shelf, key: bytes) -> dict[bytes, Print]:
    """The fingerprints that are kept, by text."""
    tables = _picked(shelf, key, ("prints", "grams"))
    if not tables or not tables[0].num_rows:
        return {}
    rows, grams = tables
    texts, told, letters, sizes = (arrow.cells_of(rows, c) for c in PRINTS)
    ends = np.cumsum(sizes)
    keys = np.split(arrow.numbers_of(grams, "gram"), ends[:-1])
    prints = map(Print, told, letters, keys)
    return dict(zip(texts, prints, strict=True))


def _keep(shelf: Shelf, key: bytes, tables: dict) -> None:
    """Keep what was found of a corpus, in place of what was found of it earlier."""
    old = [s.path for s in shelf.segments if key in s.keys]
    store.keep(shelf, [key], {name: (t, [t.num_rows]) for name, t in tables.items()})
    if shelf.segments[-1].path:
        for path in old:
            remove(path)
