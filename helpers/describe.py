"""describe: what a figure shows, as a table with a row per mark and as a sentence. See `describe`.

Both travel in the figure's layout.meta: the table folds out under the chart on a rendered page,
the sentence is read out where the chart cannot be seen, and `cite` hangs passages on the rows.
"""

from typing import NamedTuple

import pandas as pd

from helpers.house import both, safe


class Marks(NamedTuple):
    """What can be pointed at in a figure, one row per mark.

    shown: columns headed in both languages, of which the first name the mark and the first one of
    numbers is its measure; keys: the values by which its passages are found; said: its sentence.
    """

    shown: pd.DataFrame
    keys: pd.DataFrame
    said: list[str]


def marks_of(rows: pd.DataFrame, shown: dict, by, said) -> Marks:
    """The marks of a table; shown: heading → column; by: the columns its passages go by.

    >>> rows = pd.DataFrame({"word": ["网络"], "count": [7]})
    >>> marks = marks_of(rows, {"词 word": "word", "次数 uses": "count"}, ["word"], ["网络：7 次"])
    >>> marks.keys.values.tolist(), marks.said
    ([['网络']], ['网络：7 次'])
    """
    rows = rows.reset_index(drop=True)
    table = pd.DataFrame({head: rows[column] for head, column in shown.items()})
    return Marks(table, rows[list(by)], [str(x) for x in said])


def names_of(shown: pd.DataFrame) -> list[str]:
    """A name for each mark: as many of its first columns as tell it from the others.

    >>> names_of(pd.DataFrame([["出口", "2022", 3], ["出口", "2023", 3]]))
    ['出口 · 2022', '出口 · 2023']
    """
    cells, names = [shown[column].map(plain) for column in shown], []
    for k in range(1, len(cells) + 1):
        names = [" · ".join(filter(None, row)) for row in zip(*cells[:k], strict=True)]
        if len(set(names)) == len(names):
            return names
    return [f"{name} · {k}" for k, name in enumerate(names, 1)]


def points(marks: Marks, at=None) -> list:
    """What plotly keeps of marks: the number of the row and the sentence; at: only of these rows."""
    rows = range(len(marks.said)) if at is None else at
    return [None if k is None else [k, safe(marks.said[k])] for k in rows]


def describe(figure, kind: str, marks: Marks):
    """The figure with its table, its names and its sentence in layout.meta.

    kind: what it is, in both languages.
    """
    meta = {
        "kind": both(kind), "heads": [both(c) for c in marks.shown], "names": names_of(marks.shown),
        "rows": [[_cell(v) for v in row] for row in marks.shown.itertuples(index=False)],
        "by": list(marks.keys), "keys": [[*map(plain, row)] for row in marks.keys.itertuples(index=False)],
    }  # fmt: skip
    meta = figure.layout.meta | meta
    return figure.update_layout(meta=meta | {"alt": _sentences(meta, marks.shown)})


def _sentences(meta: dict, shown: pd.DataFrame) -> list[str]:
    """What the figure shows, its extremes and its n, in Chinese and in English.

    The extremes are of the first column of numbers.
    """
    measured = [c for c in shown if pd.api.types.is_numeric_dtype(shown[c])]
    ends = ["", ""]
    if measured and shown[measured[0]].notna().any():
        values = shown[measured[0]]
        (high, most), (low, least) = ((meta["names"][f()], plain(values[f()]))
                                      for f in (values.idxmax, values.idxmin))  # fmt: skip
        zh, en = both(measured[0])
        ends = [f"{zh}最高：“{high}”，{most}；最低：“{low}”，{least}。",
                f" Highest {en or zh}: “{high}”, {most}; lowest: “{low}”, {least}."]  # fmt: skip
    (kind, sort), (title, english), (unit, measure) = (
        meta["kind"], meta["words"]["title"], meta["words"]["unit"],
    )  # fmt: skip
    return [f"{kind}：{title}。{len(shown):,} 项。{ends[0]}{unit}。",
            f"{sort.capitalize()}: {english or title}. {len(shown):,} marks.{ends[1]} {measure}."]  # fmt: skip


def _cell(value):
    """A value as JSON has it: a number stays one, rounded; what is missing is null."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, bool) or not pd.api.types.is_number(value):
        return plain(value)
    return int(value) if float(value).is_integer() else round(float(value), 4)


def plain(value) -> str:
    """A value as a reader writes it: 2023-09-12, 1,234, 4.5.

    >>> [plain(x) for x in (1234, 4.5, pd.Timestamp("2023-09-12"), None)]
    ['1,234', '4.5', '2023-09-12', '']
    """
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if pd.api.types.is_number(value) and not isinstance(value, bool):
        return f"{float(f'{value:.6g}'):,.12g}" if value % 1 else f"{int(value):,}"
    return str(value)
