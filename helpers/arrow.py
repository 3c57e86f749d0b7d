"""arrow: rows → tables of fixed types → the bytes of a Parquet file, a DataFrame, and back.

The columns of a table are told by a dict, name → type: "str", "int", "int?" (may be missing),
"float", "day" (an ISO day) or "list" (of anything that JSON has, kept as JSON).
"""

import gc
import json
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

TYPES = {"str": pa.large_string(), "list": pa.large_string(), "int": pa.int64(),
         "int?": pa.int64(), "float": pa.float64(), "day": pa.timestamp("us"),
         "key": pa.large_binary()}  # fmt: skip
MISSING = {pa.int64(): pd.Int64Dtype()}
MANY = 2000  # pieces of which a table is no longer put together one by one


class Damaged(ValueError):
    """Bytes that are no table of ours."""


def tabled(rows: list, columns: dict) -> pa.Table:
    """The table of some rows, each a tuple in the order of the columns.

    >>> tabled([("望川日报", "2023-07-18", [1, 2])], {"a": "str", "b": "day", "c": "list"}).to_pydict()
    {'a': ['望川日报'], 'b': [datetime.datetime(2023, 7, 18, 0, 0)], 'c': ['[1, 2]']}
    """
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    made = {c: pa.array(_plain(x, kind), TYPES[kind])
            for (c, kind), x in zip(columns.items(), cells, strict=True)}  # fmt: skip
    return pa.table(made)


def _plain(cells, kind: str) -> list:
    """The cells of a column as Arrow takes them."""
    if kind == "list":
        return [json.dumps(x, ensure_ascii=False) for x in cells]
    if kind == "day":
        return [x and datetime.fromisoformat(x) for x in cells]
    return list(cells)


def framed(table: pa.Table, columns: dict) -> pd.DataFrame:
    """The DataFrame of a table, of the types that its columns are told to have; lists are new ones.

    >>> framed(tabled([(1, [2])], {"a": "int?", "b": "list"}), {"a": "int?", "b": "list"}).dtypes
    a     Int64
    b    object
    dtype: object
    """
    return pd.DataFrame({c: _column(table[c], kind) for c, kind in columns.items()})


def _column(cells: pa.ChunkedArray, kind: str) -> pd.Series:
    if kind == "list":  # read in one go, which costs a fifth of reading them one by one
        text = f"[{','.join(cells.to_pylist())}]"
        with _no_collecting():
            return pd.Series(json.loads(text), dtype=object)
    return cells.to_pandas(types_mapper=MISSING.get if kind == "int?" else None)


@contextmanager
def _no_collecting():
    """While it lasts nobody looks for rubbish among a million new lists, which doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def to_bytes(table: pa.Table) -> bytes:
    """A table as a Parquet file."""
    out = pa.BufferOutputStream()
    # A third less than level 1. In one group: each would have all strings of a coded column anew.
    pq.write_table(table, out, max(1, table.num_rows), compression="zstd", compression_level=3)
    return out.getvalue().to_pybytes()


def to_bytes_in_groups(table: pa.Table, ends) -> bytes:
    """A table as a Parquet file in groups of rows, each of which ends where the next one begins.

    >>> data = to_bytes_in_groups(of_numbers({"n": np.arange(5)}), [2, 2, 5])
    >>> [group_of(pa.BufferReader(data), i)["n"].to_pylist() for i in range(3)]
    [[0, 1], [], [2, 3, 4]]
    """
    out = pa.BufferOutputStream()
    with pq.ParquetWriter(out, table.schema, compression="zstd") as writer:
        for start, end in pairwise([0, *map(int, ends)]):
            writer.write_table(table.slice(start, end - start))
    return out.getvalue().to_pybytes()


def group_of(file, number: int) -> pa.Table:
    """One group of rows of an open Parquet file."""
    return pq.ParquetFile(file).read_row_group(number)


def from_bytes(data: bytes) -> pa.Table:
    """The table of a Parquet file. Raises Damaged where it is none."""
    try:
        return pq.ParquetFile(pa.BufferReader(data)).read()  # read_table loads what reads folders
    except (pa.ArrowException, OSError, ValueError, KeyError) as e:
        raise Damaged(str(e)) from e


def from_file(file, columns: list[str]) -> pa.Table:
    """Some columns of an open Parquet file; of the file nothing else is read."""
    return pq.ParquetFile(file).read(
        columns, use_threads=False
    )  # of small files it costs half more


def joined(tables: list[pa.Table]) -> pa.Table:
    """The rows of some tables of the same columns, one table after the other."""
    return pa.concat_tables(tables)


def taken(table: pa.Table, rows: np.ndarray) -> pa.Table:
    """Some rows of a table."""
    return table.take(pa.array(rows))


def order_of(paths: pa.ChunkedArray, numbers: pa.ChunkedArray) -> np.ndarray:
    """The rows in order of their paths, folder by folder; of one path by a number.

    >>> order_of(pa.chunked_array([["a b", "a/c", "a/c"]]), pa.chunked_array([[1, 2, 1]])).tolist()
    [2, 1, 0]
    """
    table = pa.table({"path": pc.replace_substring(paths, "/", "\0"), "number": numbers})
    by = [("path", "ascending"), ("number", "ascending")]
    return pc.sort_indices(table, by).to_numpy().astype("i8")


def bytes_of(table: pa.Table, column: str) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of the cells of a column of keys, all in a row, and how many each cell has.

    >>> data, sizes = bytes_of(tabled([(b"ab",), (b"c",)], {"k": "key"}), "k")
    >>> data.tobytes(), sizes.tolist()
    (b'abc', [2, 1])
    """
    cells = table[column].combine_chunks()
    _, ends, data = cells.buffers()
    ends = np.frombuffer(ends or bytes(8), "i8")[cells.offset :][: len(cells) + 1]
    return np.frombuffer(data or b"", "u1")[ends[0] : ends[-1]], np.diff(ends)


def spliced(tables: list[pa.Table], which: np.ndarray, starts: np.ndarray, counts) -> pa.Table:
    """Runs of rows out of some tables, one after the other: of which table, from where, how many.

    >>> a, b = tabled([(1,), (2,)], {"n": "int"}), tabled([(3,)], {"n": "int"})
    >>> spliced([a, b], np.array([1, 0]), np.array([0, 1]), np.array([1, 1]))["n"].to_pylist()
    [3, 2]
    """
    whole = pa.concat_tables(tables).unify_dictionaries()
    firsts = np.cumsum([0, *(t.num_rows for t in tables)])[which] + starts
    apart = firsts[1:] != firsts[:-1] + counts[:-1]
    cuts = [0, *(np.flatnonzero(apart) + 1), len(which)]
    if len(cuts) <= MANY:
        sizes = np.add.reduceat(counts, cuts[:-1])
        return pa.concat_tables(map(whole.slice, firsts[cuts[:-1]], sizes))
    rows = np.repeat(firsts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    return whole.take(pa.array(rows))


def repeated(cells: list, counts: np.ndarray) -> pa.ChunkedArray:
    """A column of strings in which each of some cells stands so many times."""
    codes = pa.array(np.repeat(np.arange(len(cells), dtype="i4"), counts))
    return pa.chunked_array(
        [pa.DictionaryArray.from_arrays(codes, pa.array(cells, pa.large_string())).cast(
            pa.large_string())]
    )  # fmt: skip


def cells_of(table: pa.Table, column: str) -> list:
    """The cells of a column."""
    return table[column].to_pylist()


def numbers_of(table: pa.Table, column: str) -> np.ndarray:
    """The cells of a column of numbers."""
    return table[column].to_numpy()


def coded(codes: np.ndarray, cells: list) -> pa.DictionaryArray:
    """A column of a few strings that recur: in each row the number of one of them.

    >>> codes_of(pa.table({"a": coded([1, 0, 1], ["路", "桥"])}), "a")
    (array([1, 0, 1], dtype=int32), ['路', '桥'])
    """
    return pa.DictionaryArray.from_arrays(pa.array(codes, "i4"), pa.array(cells, "string"))


def codes_of(table: pa.Table, column: str) -> tuple[np.ndarray, list]:
    """The numbers of a column of strings that recur, and the strings."""
    parts = table[column].chunks  # all with the same strings, as `spliced` leaves them
    codes = [part.indices.to_numpy() for part in parts]
    return np.concatenate(codes), parts[0].dictionary.to_pylist()


def of_numbers(columns: dict[str, np.ndarray]) -> pa.Table:
    """A table of columns of numbers."""
    return pa.table({name: pa.array(cells) for name, cells in columns.items()})
