"""charts: a table of words or counts → a plotly figure. See `plot_trend`.

What comes of quotes, figures and slogans is drawn in plates, places in placecharts, articles in
pagecharts; the looks are those of house, and each figure is told by describe.
"""

from html import unescape

import pandas as pd

from helpers.describe import describe, marks_of, points, two_sided
from helpers.house import (
    CONTEXT,
    HOVER,
    PAPER,
    SERIES,
    THIN,
    blank,
    both,
    empty,
    house,
    label,
    safe,
    shorten,
    tall,
)


def plot_trend(trend: pd.DataFrame, title: str = "", names: dict | None = None):
    """Lines of a trend table: mentions per 10,000 characters by period, a colour a concept.

    trend: as `trend` of measures gives it (period, concept, per_10k, articles, articles_with).
    names: concept → the name shown. More than five concepts: the five most frequent in colour,
    the others in grey. A period with fewer than three articles is hollow; a gap stays a gap. A
    single concept has its band of 95 %, where there are articles enough.
    """
    title = title or "随时间的提及 / Mentions over time"
    if trend.empty or not trend["articles"].sum():
        return empty(title, "没有带日期的稿件可画。No dated articles to draw.")
    uses = trend.groupby("concept", observed=True)["count"].sum()
    order = uses.sort_values(ascending=False, kind="stable").index.tolist()
    marks = _periods(trend, order, names or {})
    figure, band = blank(), len(order) == 1 and "low" in trend
    for i, concept in enumerate(order):
        rows = trend[trend["concept"] == concept]
        figure.add_scatter(**_line(rows, marks, i), name=safe((names or {}).get(concept, concept)))
    n = int(trend.drop_duplicates("period")["articles"].sum())
    lines = ("；竖线：95% 区间", "; lines: 95 %, bootstrap") if band else ("", "")
    unit = (f"每万字提及次数；空心：不足 {THIN} 篇{lines[0]}；n = {n:,} 篇 / mentions per 10,000 "
            f"characters; hollow: fewer than {THIN} articles{lines[1]}; n = {n:,} articles")  # fmt: skip
    house(figure, title, unit, 340)
    if band:
        figure.update_traces(error_y=_band(trend))
    periods = sorted(trend["period"].astype(str).unique())
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=periods,
                        range=[-0.4, len(periods) - 0.6], autotickangles=[0, -45, -90])  # fmt: skip
    figure.update_yaxes(rangemode="tozero", tickformat=",")
    _label_ends(figure)
    return describe(figure, "折线图 line chart", marks)


def _periods(trend, order, names):
    """The marks of a trend: a concept in a period that has articles."""
    rows = trend[trend["articles"] > 0]
    rows = rows.sort_values("concept", key=lambda c: c.map(order.index), kind="stable")
    rows = rows.assign(
        name=rows["concept"].map(lambda c: names.get(c, c)), at=rows["period"].astype(str)
    )
    said = [(f"{r.at}：{r.articles:,} 篇中 {r.articles_with:,} 篇提到“{r.name}”，共 {r.uses:,} 次，每万字 {r.per_10k:.1f} 次",
             f"{r.at}: {r.articles_with:,} of {r.articles:,} articles mention “{r.name}”, {r.uses:,} times, {r.per_10k:.1f} per 10,000 characters")
            for r in rows.rename(columns={"count": "uses"}).itertuples(index=False)]  # fmt: skip
    shown = {"概念 concept": "name", "时期 period": "at", "每万字次数 per 10,000 characters": "per_10k",
             "次数 mentions": "count", "提到的篇数 articles with it": "articles_with",
             "篇数 articles": "articles"}  # fmt: skip
    return marks_of(rows, shown, ["concept", "period"], said)


def _band(rows: pd.DataFrame) -> dict:
    """The band of each point as a thin line through it; none where there is none."""
    up, down = (side.round(2).fillna(0).tolist() for side in
                (rows["high"] - rows["per_10k"], rows["per_10k"] - rows["low"]))  # fmt: skip
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down,
            "color": CONTEXT, "thickness": 3, "width": 0}  # fmt: skip


def _line(rows: pd.DataFrame, marks, i: int) -> dict:
    """One line of a trend: its points, colours and sentences."""
    colour = SERIES[i] if i < len(SERIES) else CONTEXT
    numbers = {tuple(key): k for k, key in enumerate(marks.keys.itertuples(index=False))}
    keys = zip(rows["concept"], rows["period"], strict=True)
    return {
        "x": rows["period"].astype(str).tolist(),
        "y": [None if pd.isna(v) else round(v, 2) for v in rows["per_10k"]],
        "mode": "lines+markers", "connectgaps": False, "cliponaxis": False,
        "line": {"color": colour, "width": 2.5 if i < len(SERIES) else 1.2},
        "marker": {"size": 9, "color": [PAPER if n < THIN else colour for n in rows["articles"]],
                   "line": {"color": colour, "width": 2}},
        "customdata": points(marks, [numbers.get(key) for key in keys]), "hovertemplate": HOVER,
    }  # fmt: skip


def _label_ends(figure):
    """The figure with each line's name at its last point, pushed apart where they would collide."""
    heights = [(pd.Series(t.y, dtype=float).dropna(), t) for t in figure.data]
    ends = [
        [y.iloc[-1], safe(shorten(unescape(t.name), 9)), t.line.color] for y, t in heights if len(y)
    ]
    top, floor = max((y.max() for y, _ in heights if len(y)), default=1), -1e9
    widest = max((len(name) for _, name, _ in ends), default=0)
    for end in sorted(ends):
        end.append(max(end[0], floor + top * 0.075))
        floor = end[3]
        figure.add_annotation(x=1, xref="paper", y=end[3], text=end[1], xshift=8,
                              xanchor="left", showarrow=False, font={"color": end[2]})  # fmt: skip
    return figure.update_layout(margin={"r": 28 + 14 * min(widest, 9)})


def plot_keyness(keyness: pd.DataFrame, title: str = "", top: int = 15):
    """Bars of the words that set a target apart, and of those that its reference has more of.

    keyness: as `keyness` of measures gives it. Length: log-likelihood, signed. The passages of a
    mark go by word and, where the uses tell it, more_in: target or reference.
    """
    title = title or "这一组的关键词 / Words that set these articles apart"
    if keyness.empty:
        return empty(title, "词数太少，比不出关键词。Too few words to compare.")
    ordered = keyness.sort_values("log_likelihood", ascending=False)
    more = ordered[ordered["log_likelihood"] > 0].head(top)
    less = ordered[ordered["log_likelihood"] < 0].tail(max(5, top // 3))
    rows = pd.concat([more, less]).rename(columns={"count": "uses"})
    rows["more_in"] = ["target" if v > 0 else "reference" for v in rows["log_likelihood"]]
    shown = {"词 word": "word", "对数似然 G²": "log_likelihood", "本组次数 uses here": "uses",
             "其余次数 uses elsewhere": "count_reference", "倍数的对数 log ratio": "log_ratio"}  # fmt: skip
    marks = marks_of(rows, shown, ["word", "more_in"], [*map(_key_word, rows.itertuples())])
    labels = [f"{n if v > 0 else m:,}" for n, m, v in
              zip(rows["uses"], rows["count_reference"], rows["log_likelihood"], strict=True)]  # fmt: skip
    unit = ("对数似然 G²；红：本组更多，蓝：其余更多；数字：次数 / "
            "log-likelihood G²; red: more here, blue: more elsewhere; number: uses")  # fmt: skip
    figure = house(two_sided(rows["log_likelihood"].round(1), labels, marks), title, unit,
                   28 * len(rows) + 30)  # fmt: skip
    return describe(figure, "条形图 bar chart", marks)


def _key_word(r) -> tuple[str, str]:
    """What a keyword says of itself, in both languages."""
    here, there = f"{r.per_million:,.0f}", f"{r.per_million_reference:,.0f}"
    ends = f"G² {r.log_likelihood:.1f}", f"log ratio {r.log_ratio:.2f}"
    return (f"“{r.word}”：本组 {r.uses:,} 次（每百万词 {here}），其余 {r.count_reference:,} 次（{there}）；"
            + "，".join(ends),
            f"“{r.word}”: {r.uses:,} uses here ({here} per million words), {r.count_reference:,} elsewhere "
            f"({there}); " + ", ".join(ends))  # fmt: skip


def plot_bars(table: pd.DataFrame, title: str, unit: str):
    """Horizontal bars of a table of two columns (name, number), the longest above.

    A third column, if there is one, is the sentence that a bar shows on hover (zh / en). Passages of a mark
    go by the name, in the column that the table has it in.
    """
    if table.empty:
        return empty(title, "没有可画的数。Nothing to draw.")
    name, number = table.columns[:2]
    rows = table.sort_values(number, ascending=False, kind="stable")
    said = [both(x) for x in rows[table.columns[2]]] if len(table.columns) > 2 else [
        (f"{zh}：{n:,}", f"{en or zh}: {n:,}") for (zh, en), n in zip(map(both, rows[name]), rows[number], strict=True)]  # fmt: skip
    marks, labels = (
        marks_of(rows, {name: name, number: number}, [name], said),
        [*map(label, rows[name])],
    )
    figure = blank().add_bar(
        x=rows[number], y=list(range(len(rows))), orientation="h", marker={"color": SERIES[0]}, width=18 / tall(labels),
        text=[f"{n:,}" for n in rows[number]], textposition="outside", cliponaxis=False,
        customdata=points(marks), hovertemplate=HOVER,
    )  # fmt: skip
    house(figure, title, unit, tall(labels) * len(rows) + 30)
    figure.update_xaxes(showticklabels=False, showline=False, fixedrange=True,
                        range=[0, max(1e-9, *rows[number]) * 1.12])  # fmt: skip
    figure.update_yaxes(showgrid=False, fixedrange=True, range=[len(rows) - 0.5, -0.5],
                        tickvals=list(range(len(rows))), ticktext=labels)  # fmt: skip
    figure.update_layout(margin={"r": 40, "b": 8})
    return describe(figure, "条形图 bar chart", marks)
