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
    nothing else, as what it finds is kept by these, and by the code of the module it is of.

    >>> articles = pd.DataFrame([{"article": "p#01", "text": "路通了。"}])
    >>> find_in(articles, {"size": "int"}, ["text"], lambda a: [(len(a["text"]),)]).values.tolist()
    [['p#01', 4]]
    """
    given = [f for f in fields if f in articles]
    cells = (map(_plain, articles[f]) for f in given)
    asked = [dict(zip(given, row, strict=True)) for row in zip(*cells, strict=True)]
    names = [*map(str, articles["article"])]
    for _ in range(TRIES if len(asked) >= FEW else 0):
        try:
            table, counts = _looked_up(asked, columns, find)
            return _framed(table, names, counts, columns)
        except Damaged:  # a file of the store, which has thrown it away
            continue
    found = [list(find(a)) for a in asked]
    rows = arrow.tabled([row for own in found for row in own], columns)
    return _framed(rows, names, [*map(len, found)], columns)


def _framed(table, names: list, counts, columns: dict) -> pd.DataFrame:
    table = table.append_column("article", arrow.repeated(names, counts))
    return arrow.framed(table, {"article": "str"} | columns)


def _plain(cell):
    """A cell as JSON has it."""
    if isinstance(cell, list):
        return cell
    return None if cell is None or pd.isna(cell) else str(cell)


def _looked_up(asked: list[dict], columns: dict, find) -> tuple:
    """The rows of some articles, and how many each has; of those not kept, they are found now."""
    module = find.__module__.rpartition(".")[2]
    shelf = store.open_shelf(module, version_of(module))
    keys = [_key(a) for a in asked]
    new = {k: a for k, a in zip(keys, asked, strict=True) if k not in shelf.where}
    if new:
        found = [list(find(a)) for a in new.values()]
        table = arrow.tabled([row for own in found for row in own], columns)
        store.keep(shelf, [*new], {"rows": (table, [*map(len, found)])})
        store.tidy(shelf)
    return store.pick(shelf, keys, "rows")


def _key(asked: dict) -> bytes:
    text = json.dumps(asked, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
