"""kept: what is found in articles, looked for only in those that are new. See `find_in`."""

import hashlib
import json

import pandas as pd

from helpers import arrow, store
from helpers.arrow import Damaged
from helpers.versions import version_of

FEW = 100  # articles below which it is quicker to look than to look up
TRIES = 3  # to put a table together, while the store loses what is damaged


def find_in(articles: pd.DataFrame, columns: dict, fields: list, find) -> pd.DataFrame:
    """One row per thing that a function finds in articles: `article`, and the columns (see `arrow`).

    fields: the columns of articles that it looks at, of which it gets a dict; it must look at
    nothing else, as what it finds is kept by these, and by the code of the module it is of. What
    it has to know besides, functools.partial tells it: by that it is kept, too.

    >>> articles = pd.DataFrame([{"article": "p#01", "text": "路通了。"}])
    >>> find_in(articles, {"size": "int"}, ["text"], lambda a: [(len(a["text"]),)]).values.tolist()
    [['p#01', 4]]
    """
    given = [f for f in fields if f in articles]
    cells = (map(_plain, articles[f]) for f in given)
    asked = [dict(zip(given, row, strict=True)) for row in zip(*cells, strict=True)]

    def made(numbers):
        found = [list(find(asked[n])) for n in numbers]
        rows = [row for own in found for row in own]
        return arrow.tabled(rows, columns), [*map(len, found)]

    if len(asked) < FEW:
        table, counts = made(range(len(asked)))
    else:
        told = key_of(repr(getattr(find, "args", ()))).hex()
        keys = [key_of(told + json.dumps(a, ensure_ascii=False)) for a in asked]
        module = getattr(find, "func", find).__module__.rpartition(".")[2]
        table, counts = make_new(module, keys, made)
    names = arrow.repeated([*map(str, articles["article"])], counts)
    return arrow.framed(table.append_column("article", names), {"article": "str"} | columns)


def make_new(module: str, keys: list[bytes], make) -> tuple:
    """The rows of some things, and how many each has; of those that are not kept, they are made.

    module: the one that makes them; make: the places of things in `keys` → the same of these.
    """
    for _ in range(TRIES if keys else 0):
        shelf = store.open_shelf(module, version_of(module))
        new = {key: n for n, key in enumerate(keys) if key not in shelf.where}
        if new:
            store.keep(shelf, [*new], {"rows": make([*new.values()])})
            store.tidy(shelf)
        try:
            return store.pick(shelf, keys, "rows")
        except Damaged:  # a file of the store, which has thrown it away
            continue
    return make(range(len(keys)))


def key_of(told: str | bytes) -> bytes:
    """What tells a text, and all that stands in it, from others."""
    told = told.encode("utf-8", "surrogatepass") if isinstance(told, str) else told
    return hashlib.blake2b(told, digest_size=16).digest()


def _plain(cell):
    """A cell as JSON has it."""
    if isinstance(cell, list):
        return cell
    return None if cell is None or pd.isna(cell) else str(cell)
