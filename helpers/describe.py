"""describe: what a figure shows, as a table with a row per mark and as a sentence. See `describe`.

Both travel in the figure's layout.meta: the table folds out under the chart on a rendered page,
the sentence is read out where the chart cannot be seen, and `cite` hangs passages on the rows.
"""

from typing import NamedTuple

import pandas as pd

from helpers.house import HOVER, SERIES, blank, both, safe, shorten


class Marks(NamedTuple):
    """What can be pointed at in a figure, one row per mark.

    shown: columns headed in both languages, of which the first name the mark and the first one of
    numbers is its measure; keys: the values by which its passages are found; said: its sentence;
    english: the same in English, empty where the sentence is a quotation.
    """

    shown: pd.DataFrame
    keys: pd.DataFrame
    said: list[str]
    english: list[str]


def marks_of(rows: pd.DataFrame, shown: dict, by, said) -> Marks:
    """The marks of a table; shown: heading → column; by: the columns its passages go by.

    said: a sentence a mark, or its two, in Chinese and in English.

    >>> rows = pd.DataFrame({"word": ["网络"], "count": [7]})
    >>> said = [("网络：7 次", "网络: 7 uses")]
    >>> marks = marks_of(rows, {"词 word": "word", "次数 uses": "count"}, ["word"], said)
    >>> marks.keys.values.tolist(), marks.said, marks.english
    ([['网络']], ['网络：7 次'], ['网络: 7 uses'])
    """
    rows = rows.reset_index(drop=True)
    table = pd.DataFrame({head: rows[column] for head, column in shown.items()})
    pairs = [(x, "") if isinstance(x, str) else x for x in said]
    return Marks(table, rows[list(by)], [zh for zh, _ in pairs], [en for _, en in pairs])


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
    if any(marks.english):
        meta["english"] = marks.english
    return figure.update_layout(meta=meta | {"alt": _sentences(meta, marks.shown)})


def two_sided(lengths, numbers, marks: Marks):
    """A figure of bars to either side, red to the right: the name of each across from its bar.

    numbers: the text at the end of each bar.
    """
    names, n = [shorten(x, 10) for x in marks.shown.iloc[:, 0]], len(marks.said)
    figure = blank().add_bar(
        x=lengths, y=list(range(n)), orientation="h", text=numbers, textposition="outside",
        marker={"color": [SERIES[0] if v > 0 else SERIES[1] for v in lengths]},
        cliponaxis=False, customdata=points(marks), hovertemplate=HOVER,
    )  # fmt: skip
    beside = [{"x": 0, "y": k, "text": safe(name), "showarrow": False, "xshift": -6 if v > 0 else 6,
               "xanchor": "right" if v > 0 else "left"}
              for k, (name, v) in enumerate(zip(names, lengths, strict=True))]  # fmt: skip
    figure.update_xaxes(visible=False, fixedrange=True, range=_reach([*lengths], names))
    figure.update_yaxes(visible=False, fixedrange=True, range=[n - 0.5, -0.5])
    return figure.update_layout(annotations=beside, margin={"l": 4, "r": 4, "b": 8})


def _reach(lengths: list, names: list[str]) -> list[float]:
    """From where to where an axis goes that has room for bars, their numbers and names on a phone."""
    number, whole = 52, 340  # pixels
    up, down = max(0.0, *lengths), max(0.0, *(-v for v in lengths))
    width = {side: max((13 * len(x) + 8 for x, v in zip(names, lengths, strict=True) if (v > 0) == side),
                       default=0) for side in (True, False)}  # fmt: skip
    ways = [(whole - 2 * number) / (up + down or 1)]
    ways += [(whole - width[True] - number) / up] if up else []
    ways += [(whole - width[False] - number) / down] if down else []
    scale = min(ways)
    return [-max(width[True], down * scale + (number if down else 0)) / scale,
            max(width[False], up * scale + (number if up else 0)) / scale]  # fmt: skip


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
