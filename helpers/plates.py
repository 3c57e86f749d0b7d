"""plates: tables of speakers, figures and slogans → figures. See `plot_speakers`."""

import pandas as pd

from helpers.describe import describe, marks_of, points
from helpers.house import (
    CONTEXT,
    HOVER,
    SCALE,
    SERIES,
    THIN,
    blank,
    both,
    empty,
    house,
    label,
    on_tile,
    tall,
)
from helpers.tallies import count_speakers

NOTHING = (
    "没有可画的：一处也没有，或者稿件没有日期、报名，可以写进 catalogue.csv。"
    " / Nothing to draw: no uses, or articles without date or paper, see catalogue.csv."
)


def plot_speakers(quotes: pd.DataFrame):
    """Bars of the kinds of speaker: quotations between quotation marks, and reported ones.

    quotes: as `find_quotes` gives it.
    """
    title = "谁在说话 / Who speaks"
    if quotes.empty:
        return empty(title, "没有找到引语。No quotation was found.")
    counts = count_speakers(quotes)
    counts = counts.assign(name=counts["zh"] + " " + counts["en"])
    marks = _speakers(counts)
    parts = {SERIES[0]: counts["direct"], SERIES[1]: counts["quotations"] - counts["direct"]}
    figure = blank()
    for colour, lengths in parts.items():
        figure.add_bar(x=lengths, y=list(range(len(counts))), orientation="h",
                       marker={"color": colour}, width=18 / 44, customdata=points(marks), hovertemplate=HOVER)  # fmt: skip
    last = figure.data[-1]
    last.update(
        text=[f"{n:,}" for n in counts["quotations"]], textposition="outside", cliponaxis=False
    )
    n = f"n = {len(quotes):,}"
    unit = (f"段数；红：引号内的话，蓝：转述；{n} / "
            f"quotations; red: between quotation marks, blue: reported; {n}")  # fmt: skip
    house(figure, title, unit, 44 * len(counts) + 30)
    figure.update_layout(barmode="stack", margin={"r": 40, "b": 8})
    figure.update_xaxes(showticklabels=False, showline=False, fixedrange=True,
                        range=[0, counts["quotations"].max() * 1.12])  # fmt: skip
    figure.update_yaxes(showgrid=False, fixedrange=True, range=[len(counts) - 0.5, -0.5],
                        tickvals=list(range(len(counts))), ticktext=[*map(label, counts["name"])])  # fmt: skip
    return describe(figure, "条形图 bar chart", marks)


def _speakers(counts: pd.DataFrame):
    """The marks of the speakers: a kind each."""
    said = [
        (f"{r.zh}：{r.quotations:,} 段话（占 {r.share:.0%}），其中引号内 {r.direct:,} 段；{r.speakers:,} 位说话人，见于 {r.articles:,} 篇",
         f"{r.en}: {r.quotations:,} quotations ({r.share:.0%}), {r.direct:,} between quotation marks; {r.speakers:,} speakers in {r.articles:,} articles") for r in counts.itertuples()
    ]  # fmt: skip
    shown = {"谁 who": "name", "段数 quotations": "quotations", "引号内 in quotation marks": "direct",
             "说话人 speakers": "speakers", "篇数 articles": "articles"}  # fmt: skip
    return marks_of(counts, shown, ["by"], said)


def plot_figures(compared: pd.DataFrame, metric: str = "", unit: str = ""):
    """One metric in one unit over time: a point a value, a line where periods are equally long.

    compared: as `compare_figures` gives it; without a metric, its first is drawn.
    """
    title = "引用的数字 / A figure over time"
    rows = compared[compared["metric"].eq(metric)] if metric else compared
    rows = rows[rows["unit"].eq(unit)] if unit else rows
    if rows.empty:
        return empty(
            title,
            "没有一个数字在两个等长的时期都有。No figure is told for two periods of one length.",
        )
    metric, unit = rows.iloc[0][["metric", "unit"]]
    rows = rows[rows["metric"].eq(metric) & rows["unit"].eq(unit)]
    rows = rows.sort_values(["months", "period_end"], kind="stable", ignore_index=True)
    marks, figure = _values(rows), blank()
    for k, (_, line) in enumerate(rows.groupby("months", sort=False)):
        figure.add_scatter(**_value_line(line, marks, SERIES[k] if k < len(SERIES) else CONTEXT))
    n = f"n = {len(rows):,}"
    said = (f"单位：{unit}；一种颜色一种时长，点在时期的末尾；{n} 个数 / unit: “{unit}”; "
            f"a colour a length of period, at its end; {n} values")  # fmt: skip
    house(figure, f"{metric}（{unit}） / A figure over time", said, 320)
    days = pd.to_datetime(rows["period_end"])
    room = (days.max() - days.min()) * 0.1 + pd.Timedelta(days=30)  # for words at either end
    figure.update_xaxes(type="date", tickformat="%Y-%m", tickvals=sorted(set(rows["period_end"])),
                        range=[f"{days.min() - room:%Y-%m-%d}", f"{days.max() + room:%Y-%m-%d}"],
                        autotickangles=[0, -45, -90], fixedrange=True)  # fmt: skip
    ends = [min(0, rows["value"].min() * 1.25), max(0, rows["value"].max() * 1.25)]  # and its words
    figure.update_yaxes(range=ends, tickformat=",", fixedrange=True)
    return describe(figure, "折线图 line chart", marks)


def _value_line(rows: pd.DataFrame, marks, colour: str) -> dict:
    """One line of a metric: points, numbers and marks; the last says how long its periods are."""
    long = f"{rows['months'].iloc[0]}个月 months" if rows["months"].iloc[0] else "时点 at a day"
    last = f"{rows['value'].iloc[-1]:,.12g}<br>{long}"
    return {
        "x": rows["period_end"].tolist(), "y": rows["value"].tolist(),
        "mode": "lines+markers+text", "line": {"color": colour, "width": 2},
        "marker": {"size": 10, "color": colour}, "textposition": "top center", "cliponaxis": False,
        "text": [*(f"{value:,.12g}" for value in rows["value"][:-1]), last],
        "customdata": points(marks, rows.index), "hovertemplate": HOVER,
    }  # fmt: skip


def _values(rows: pd.DataFrame):
    """The marks of a metric: a value of a period each; its sentence says how many print it."""
    said = [*map(_value, rows.itertuples())]
    shown = {"到 until": "period_end", "时期 period": "period", "数值 value": "value",
             "变动% change %": "change", "篇数 articles": "articles"}  # fmt: skip
    by = ["metric", "unit", "period_start", "period_end", "value"]
    return marks_of(rows, shown, by, said)


def _value(r) -> tuple[str, str]:
    """What a value says of itself in both languages."""
    number, moved = f"{r.metric} {r.value:,.12g}{r.unit}", f"{r.change:+.12g}%"
    zh, en = (f"，变动 {moved}", f", change {moved}") if pd.notna(r.change) else ("", "")
    since = (f"{r.period_start} 至 ", f"{r.period_start} to ") if r.months else ("至 ", "until ")
    return (f"{since[0]}{r.period_end}（“{r.period}”）：{number}{zh}；{r.articles:,} 篇用了这个数",
            f"{since[1]}{r.period_end} (“{r.period}”): {number}{en}; in {r.articles:,} articles")  # fmt: skip


def plot_shares(shares: pd.DataFrame, title: str):
    """Tiles of slogans or speakers by period or paper: in which share of the articles each is.

    shares: a `trend` table of integer columns, one a slogan. A blank tile: no articles there.
    """
    if shares.empty or not shares["articles_with"].sum():
        return empty(title, NOTHING)
    whole = shares.groupby("concept")["articles_with"].sum()
    order = whole.sort_values(ascending=False, kind="stable").index.tolist()
    rows = shares[shares["articles"] > 0].sort_values(
        "concept", key=lambda c: c.map(order.index), kind="stable"
    )
    marks, periods = _shares(rows), list(dict.fromkeys(shares["period"].astype(str)))
    at = {(c, str(p)): k for k, (c, p) in enumerate(marks.keys.itertuples(index=False))}
    grid, share = [[at.get((c, p)) for p in periods] for c in order], marks.shown.iloc[:, 2]
    figure = blank().add_heatmap(
        x=list(range(len(periods))), y=list(range(len(order))), xgap=3, ygap=3, zmin=0,
        z=[[None if k is None else share[k] for k in row] for row in grid], hoverongaps=False,
        text=[["" if k is None or not share[k] else on_tile(f"{share[k]:.0f}%", share[k] / share.max())
               for k in row] for row in grid],
        customdata=[points(marks, row) for row in grid], texttemplate="%{text}", textfont={"size": 13}, showscale=False,
        colorscale=SCALE, hovertemplate=HOVER,
    )  # fmt: skip
    n = f"n = {int(shares.drop_duplicates('period')['articles'].sum()):,}"
    unit = (f"格内：占稿件的百分比；空白：没有剪报；{n} 篇 / "
            f"share of the articles; blank: no clippings; {n} articles")  # fmt: skip
    across, down = [label(both(x)[0], 4) for x in periods], [label(x, 13) for x in order]
    house(figure, title, unit, 70 + max(32, tall(down)) * len(order))
    for axis, labels in {"x": across, "y": down}.items():
        places = {"tickvals": list(range(len(labels))), "ticktext": labels, "fixedrange": True}
        figure.update_layout({f"{axis}axis": places})
    if len(across) > 8:
        figure.update_xaxes(tickfont={"size": 12})
    figure.update_xaxes(autotickangles=[0, -45, -90])
    figure.update_yaxes(showgrid=False, range=[len(order) - 0.5, -0.5])
    return describe(figure, "色块图 heat map", marks)


def _shares(rows: pd.DataFrame):
    """The marks of a table of shares: a slogan in a period that has articles."""
    rows = rows.assign(share=(rows["articles_with"] / rows["articles"] * 100).round(1))
    said = [_share(r, f"{r.share:.0f}%") for r in rows.itertuples()]
    shown = {"什么 what": "concept", "时期或报纸 period or paper": "period", "占% share %": "share",
             "有它的篇数 articles with it": "articles_with", "篇数 articles": "articles"}  # fmt: skip
    return marks_of(rows, shown, ["concept", "period"], said)


def _share(r, share: str) -> tuple[str, str]:
    """What a tile says of itself in both languages."""
    (what, english), (when, at) = both(r.concept), both(r.period)
    zh, en = (
        (f"；不足 {THIN} 篇，只当线索", f"; fewer than {THIN}: a hint only")
        if r.articles < THIN
        else ("", "")
    )
    return (f"{when}：{r.articles:,} 篇中 {r.articles_with:,} 篇（{share}）有“{what}”{zh}",
            f"{at or when}: {r.articles_with:,} of {r.articles:,} articles ({share}) have “{english or what}”{en}")  # fmt: skip
