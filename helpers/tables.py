"""tables: what the measures have in common: counting, checking, and the footnote of a table.

See `footnote`. Words and articles are numbered once, and what follows is arithmetic on whole
columns: a corpus of ten million words is counted in a second.
"""

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}


def footnote(table) -> str:
    """What a table of ours was counted from: sets, their size, filters, formulas, corrections.

    It says too how many of its rows are there, once some were left out.

    >>> table = noted(pd.DataFrame({"word": ["网络", "贸易"]}), "2 words in 1 article.")
    >>> footnote(table.head(1))
    '2 words in 1 article. Rows: 1 of 2.'
    """
    if "note" not in table.attrs:
        raise ValueError("This table lost its footnote: take that of the table it was made from.")
    note, rows = table.attrs["note"], table.attrs.get("rows", len(table))
    return note if len(table) == rows else f"{note} Rows: {len(table):,} of {rows:,}."


def noted(table, note, *order):
    """The table with its footnote, sorted by order: a column with a minus from high to low."""
    keys = table[[c.removeprefix("-") for c in order]].reset_index(drop=True)
    for key in reversed(order):  # by one column at a time: half the time of all at once
        keys = keys.sort_values(key.removeprefix("-"), ascending=key[0] != "-", kind="stable")
    table = table.iloc[keys.index].reset_index(drop=True) if order else table
    table.attrs = {"note": note, "rows": len(table)}
    return table


def coded(column) -> tuple[np.ndarray, pd.Index]:
    """A number for each value of a column, and the values that the numbers stand for.

    >>> codes, names = coded(pd.Series(["b", "a", "b"]))
    >>> codes.tolist(), list(names)
    ([1, 0, 1], ['a', 'b'])
    """
    values = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category")
    codes = values.cat.codes.to_numpy("i8")
    if codes.min(initial=0) < 0:
        raise ValueError(f"{column.name}: {(codes < 0).sum():,} rows have none; drop them first.")
    return codes, values.cat.categories.astype("str")


def numbered(tokens) -> pd.DataFrame:
    """The tokens with words and articles as categories, so that a part keeps their numbers."""
    need(tokens, "article", "word")
    other = [c for c in ("article", "word") if tokens[c].dtype != "category"]
    return tokens.astype(dict.fromkeys(other, "category")) if other else tokens


def parts_of(tokens):
    """The tables of the parts of a corpus: of a list of them, or of a function that reads them anew.

    What is counted of a corpus in parts, each article in one of them, is what is counted of it whole.

    >>> len(list(parts_of(pd.DataFrame()))), list(parts_of(lambda: iter([1, 2])))
    (1, [1, 2])
    """
    if isinstance(tokens, pd.DataFrame):
        return [tokens]
    return tokens() if callable(tokens) else tokens


def joined(parts) -> pd.DataFrame:
    """The tokens of some parts as one table, articles and words in the order of one.

    >>> parts = [pd.DataFrame({"article": [a], "word": ["网络"]}) for a in "ba"]
    >>> joined(parts)["article"].cat.categories.to_list()
    ['a', 'b']
    """
    parts = [numbered(part) for part in parts]
    if len(parts) == 1:
        return parts[0]
    columns = {c: union_categoricals([p[c] for p in parts], sort_categories=True)
               for c in ("article", "word")}  # fmt: skip
    return pd.concat(parts, ignore_index=True).assign(**columns)


def summed(tables) -> pd.DataFrame:
    """Tables of whole numbers added up, row by row of the same name."""
    tables = list(tables)
    if len(tables) == 1:
        return tables[0]
    levels = list(range(tables[0].index.nlevels))
    return pd.concat(tables).groupby(level=levels, sort=True, observed=True).sum()


def tally(table, *columns):
    """The combinations of values that occur: numbers, column by column; how often; the values.

    >>> codes, count, names = tally(pd.DataFrame({"word": list("aba"), "article": list("xxy")}))
    >>> [c.tolist() for c in codes], count.tolist()
    ([[0, 0, 1], [0, 1, 0]], [1, 1, 1])
    """
    numbers, names = zip(*(coded(table[c]) for c in columns or ("word", "article")), strict=True)
    small = np.prod([len(n) for n in names], dtype=float) < 2**32
    key = numbers[0].astype("u4" if small else "i8")  # half the bytes, half the time
    for more, values in zip(numbers[1:], names[1:], strict=True):
        key *= key.dtype.type(len(values))
        key += more.astype(key.dtype)
    key.sort()  # faster than a hash, and in order
    first = starts(key)
    left, codes = key[first], []
    for values in reversed(names[1:]):
        left, code = np.divmod(left, key.dtype.type(max(1, len(values))))
        codes.append(code)
    codes = [c.astype(np.intp) for c in (left, *reversed(codes))]
    return codes, np.diff(first, append=len(key)), names


def starts(values) -> np.ndarray:
    """Where a run of equal values begins.

    >>> starts(np.array([4, 4, 7, 4])).tolist()
    [0, 2, 3]
    """
    return np.flatnonzero(np.append(len(values) > 0, values[1:] != values[:-1])[: len(values)])


def sizes_of(tokens) -> pd.Series:
    """How many words each article has; articles without words are no parts."""
    codes, names = coded(tokens["article"])
    sizes = pd.Series(np.bincount(codes, minlength=len(names)), names)
    return sizes[sizes > 0]


def size(tokens, parts=None) -> str:
    """How large a set of tokens is, in words; parts: the `sizes_of` it, if they are at hand."""
    parts = sizes_of(tokens) if parts is None else parts
    return f"{len(tokens):,} words in {len(parts):,} articles"


def strings(value) -> list[str]:
    """One string or several as a list, each once."""
    values = [value] if isinstance(value, str) else list(value)
    if not all(isinstance(v, str) and v for v in values):
        raise ValueError(f"{value!r}: give a string or a list of strings, none of them empty.")
    return list(dict.fromkeys(values))


def choose(name, value, choices):
    """The value, if it is one of the choices."""
    if value not in choices:
        raise ValueError(f"{name}={value!r}: choose one of {', '.join(sorted(choices))}.")
    return value


def whole(name, value, least, what):
    """The value, if it is a whole number that is large enough."""
    if not isinstance(value, int) or value < least:
        raise ValueError(f"{name}={value!r}: choose a whole number of {what}, {least} or more.")
    return value


def need(table, *columns):
    """Nothing, if the table has the columns."""
    if missing := [c for c in columns if c not in table]:
        raise ValueError(f"The table lacks {', '.join(missing)}; it has {', '.join(table)}.")


def originals(articles):
    """The articles that are no copy of another."""
    of = articles.get("duplicate_of")
    return articles if of is None else articles[of.isna()]
