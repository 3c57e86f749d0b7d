"""recall: the copies of a corpus, looked for only from the first text on that is new. See `find_again`."""

import hashlib

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.disk import remove
from helpers.duplicates import Found, cut, grams_of, look, nothing, settle
from helpers.store import Shelf
from helpers.versions import version_of

FEW = 1000  # texts among which it is quicker to look again
GROWN = 1.1  # times as many texts as were known: it is written down anew
TABLES = {
    "texts": {"text": "key"},
    "first": {"told": "key", "at": "int"},
    "copies": {"copy": "int", "of": "int"},
    "alike": {"one": "int", "other": "int", "share": "float"},
}
VERSION = version_of("duplicates")


def find_again(name: str, texts: list[str]) -> tuple[dict, dict]:
    """What `find_copies` gives of texts; name: that of their corpus, for the next time.

    What rests on the same texts as last time is taken over: new pages at the end cost themselves,
    one in the middle what comes after it.
    """
    if len(texts) < FEW:
        return settle(look(texts, nothing()))
    shelf, key = store.open_shelf("duplicates", VERSION), _digest(name)
    told = [_digest(text) for text in texts]
    known = _known(shelf, key, told)
    start = known.known
    found = look(texts, known)
    if len(texts) > GROWN * start:
        _keep(shelf, key, found, told)
    return settle(found)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _known(shelf: Shelf, key: bytes, told: list[bytes]) -> Found:
    """What was found last time of the texts with which a corpus begins as it did then."""
    if key not in shelf.where:
        return nothing()
    try:
        tables = {name: store.pick(shelf, [key], name)[0] for name in (*TABLES, "grams")}
    except Damaged:
        return nothing()
    texts, *rest = ([arrow.cells_of(tables[n], c) for c in TABLES[n]] for n in TABLES)
    first, copies, alike = (zip(*cells, strict=True) for cells in rest)
    grams = (arrow.numbers_of(tables["grams"], c) for c in ("gram", "text"))
    before = tuple(x.astype(kind) for x, kind in zip(grams, ("u8", "i4"), strict=True))
    found = Found(len(texts[0]), dict(first), dict(copies), list(alike), {}, before)
    same = (n for n, (a, b) in enumerate(zip(texts[0], told, strict=False)) if a != b)
    return cut(found, next(same, min(len(texts[0]), len(told))))


def _keep(shelf: Shelf, key: bytes, found: Found, told: list[bytes]) -> None:
    """Keep what was found of a corpus, in place of what was found of it earlier."""
    old = [s.path for s in shelf.segments if key in s.keys]
    grams, which = (x.astype("i8") for x in grams_of(found))
    rows = {"texts": [(x,) for x in told], "first": [*found.first.items()],
            "copies": [*found.copies.items()], "alike": found.alike}  # fmt: skip
    tables = {name: arrow.tabled(own, TABLES[name]) for name, own in rows.items()}
    tables["grams"] = arrow.of_numbers({"gram": grams, "text": which})
    store.keep(shelf, [key], {name: (t, [t.num_rows]) for name, t in tables.items()})
    if shelf.segments[-1].path:
        for path in old:
            remove(path)
