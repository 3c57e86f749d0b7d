"""plates: tables of places, speakers, figures and slogans → figures. See `plot_places`."""

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
    safe,
    shorten,
)
from helpers.tallies import count_speakers

NOTHING = (
    "没有可画的：一处也没有，或者稿件没有日期、报名，可以写进 catalogue.csv。"
    " / Nothing to draw: no uses, or articles without date or paper, see catalogue.csv."
)
NO_PROVINCE = "没有提到能认出的省份。No province is mentioned that could be told."
# Column and row of each province: where it lies, roughly. No borders are drawn.
TILES = {
    "黑龙江": (9, 0), "内蒙古": (6, 1), "吉林": (9, 1), "新疆": (1, 2), "甘肃": (4, 2), "北京": (7, 2),
    "辽宁": (9, 2), "青海": (3, 3), "宁夏": (4, 3), "山西": (6, 3), "河北": (7, 3), "天津": (8, 3),
    "西藏": (1, 4), "陕西": (5, 4), "河南": (6, 4), "山东": (7, 4), "四川": (3, 5), "重庆": (4, 5),
    "湖北": (5, 5), "安徽": (6, 5), "江苏": (7, 5), "上海": (8, 5), "云南": (3, 6), "贵州": (4, 6),
    "湖南": (5, 6), "江西": (6, 6), "浙江": (7, 6), "广西": (4, 7), "广东": (5, 7), "福建": (6, 7),
    "台湾": (8, 7), "海南": (4, 8), "澳门": (5, 8), "香港": (6, 8),
}  # fmt: skip


def plot_places(places: pd.DataFrame):
    """Tiles of the provinces: in how many articles each is mentioned, the darker the more.

    places: as `find_places` gives it. A tile stands about where its province lies.
    """
    title = "提到了哪些省份 / Which provinces are mentioned"
    known = places[places["province"].isin(list(TILES))]
    if known.empty:
        return empty(title, NO_PROVINCE)
    marks = _provinces(known)
    figure = blank().add_heatmap(
        **_tiles(marks), xgap=3, ygap=3, showscale=False, hoverongaps=False, colorscale=SCALE,
        texttemplate="%{text}", hovertemplate=HOVER,
    )  # fmt: skip
    n = known["article"].nunique()
    unit = (f"每格：篇数，越深越多，位置只是大概；n = {n:,} 篇，{len(known):,} 处 / articles per province, the darker "
            f"the more; places are rough, no map; n = {n:,} articles, {len(known):,} mentions")  # fmt: skip
    house(figure, title, unit, 466)
    left, right, bottom = (
        f(at[k] for at in TILES.values()) for f, k in ((min, 0), (max, 0), (max, 1))
    )
    figure.update_xaxes(
        visible=False, fixedrange=True, range=[left - 0.5, right + 0.5], constrain="domain"
    )
    figure.update_yaxes(visible=False, fixedrange=True, range=[bottom + 0.5, -0.5], scaleanchor="x",
                        constrain="domain", constraintoward="top")  # fmt: skip
    figure.update_layout(margin={"l": 0, "r": 0, "b": 8})
    return describe(figure, "省份格子图 tile map", marks)


def _provinces(known: pd.DataFrame):
    """The marks of the tile map: every province, the most mentioned first."""
    counts = known.groupby("province")["article"].agg(["nunique", "size"]).reindex(list(TILES))
    rows = counts.fillna(0).astype(int).set_axis(["articles", "mentions"], axis=1).reset_index()
    rows = rows.sort_values("articles", ascending=False, kind="stable")
    said = [(f"{r.province}：{r.articles:,} 篇提到，共 {r.mentions:,} 处" if r.articles else f"{r.province}：没有提到")
            + _cities(known[known["province"] == r.province]) for r in rows.itertuples()]  # fmt: skip
    shown = {"省份 province": "province", "篇数 articles": "articles", "处数 mentions": "mentions"}
    return marks_of(rows, shown, ["province"], said)


def _tiles(marks) -> dict[str, list[list]]:
    """Darkness, words and mark of every tile, row by row; None where there is none."""
    columns, rows = (max(at[k] for at in TILES.values()) + 1 for k in (0, 1))
    nothing = {"z": None, "text": "", "customdata": None}
    grids = {k: [[cell] * columns for _ in range(rows)] for k, cell in nothing.items()}
    for mark, (name, n, _) in zip(points(marks), marks.shown.itertuples(index=False), strict=True):
        column, row = TILES[name]
        # The root: else the one province that most papers are about leaves all others pale.
        cells = n**0.5, f"{name}<br>{n:,}" if n else name, mark
        for k, cell in zip(grids, cells, strict=True):
            grids[k][row][column] = cell
    return grids


def _cities(rows: pd.DataFrame) -> str:
    """The end of a province's sentence: its cities that are mentioned most."""
    most = rows["city"].value_counts().head(3)
    return "；最多的是" + "、".join(f"{c} {n:,} 处" for c, n in most.items()) if len(most) else ""


def plot_tree(places: pd.DataFrame):
    """A treemap of the mentions: province, in it city, in it county.

    places: as `find_places` gives it. What is named only as a province is the rest of its box. In
    JupyterLab a click goes into a box; on a rendered page it opens the passages, which lead in.
    """
    title = "省、市、县：提到了多少处 / Mentions by province, city and county"
    known = places[places["province"].isin(list(TILES))]
    if known.empty:
        return empty(title, NO_PROVINCE)
    boxes = pd.concat([_boxes(known, depth) for depth in (1, 2, 3)], ignore_index=True)
    order = boxes.loc[boxes["parent"] == "", "name"].tolist()
    hue = {name: SERIES[k] if k < len(SERIES) else CONTEXT for k, name in enumerate(order)}
    shown = {"省 province": "province", "市 city": "city", "县 county": "county",
             "处数 mentions": "mentions", "篇数 articles": "articles"}  # fmt: skip
    marks = marks_of(boxes, shown, ["province", "city", "county"], boxes["said"])
    figure = blank().add_treemap(
        ids=boxes["id"], labels=[safe(x) for x in boxes["name"]], parents=boxes["parent"],
        values=boxes["mentions"], branchvalues="total", maxdepth=2, texttemplate="%{label}<br>%{value}",
        customdata=points(marks), hovertemplate=HOVER,
        marker={"colors": [hue[x.split("/")[0]] for x in boxes["id"]], "cornerradius": 2,
                "line": {"width": 1, "color": "#FFFFFF"}, "pad": {"t": 22, "l": 3, "r": 3, "b": 3}},
        tiling={"pad": 2}, pathbar={"visible": True, "thickness": 22},
    )  # fmt: skip
    n = f"n = {len(known):,}"
    unit = f"面积：提及次数；{n} 处 / area: mentions; {n}"
    house(figure, title, unit, 546)
    figure.update_layout(
        margin={"l": 0, "r": 0, "b": 8}, uniformtext={"minsize": 12, "mode": "hide"}
    )
    return describe(figure, "矩形树图 treemap", marks)


def _boxes(known: pd.DataFrame, depth: int) -> pd.DataFrame:
    """The boxes of one depth of the tree: id, name, parent, mentions and a sentence."""
    keys = ["province", "city", "county"]
    table = known.groupby(keys[:depth])["article"].agg(["size", "nunique"]).reset_index()
    table = table.sort_values("size", ascending=False, kind="stable").reindex(
        columns=[*keys, "size", "nunique"]
    )
    paths = ["/".join(names) for names in table[keys[:depth]].to_numpy()]
    return table.rename(columns={"size": "mentions", "nunique": "articles"}).assign(
        id=paths, name=table[keys[depth - 1]],
        parent=[p.rpartition("/")[0] for p in paths],
        said=[f"{p.replace('/', ' ')}：{n:,} 处，见于 {a:,} 篇"
              for p, n, a in zip(paths, table["size"], table["nunique"], strict=True)],
    )  # fmt: skip


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
                       marker={"color": colour}, customdata=points(marks), hovertemplate=HOVER)  # fmt: skip
    last = figure.data[-1]
    last.update(
        text=[f"{n:,}" for n in counts["quotations"]], textposition="outside", cliponaxis=False
    )
    n = f"n = {len(quotes):,}"
    unit = (f"段数；红：引号内的话，蓝：转述；{n} / "
            f"quotations; red: between quotation marks, blue: reported; {n}")  # fmt: skip
    house(figure, title, unit, 32 * len(counts) + 30)
    figure.update_layout(barmode="stack", margin={"r": 40, "b": 8})
    figure.update_xaxes(showticklabels=False, showline=False, fixedrange=True,
                        range=[0, counts["quotations"].max() * 1.12])  # fmt: skip
    figure.update_yaxes(showgrid=False, fixedrange=True, range=[len(counts) - 0.5, -0.5],
                        tickvals=list(range(len(counts))), ticktext=[*map(safe, counts["name"])])  # fmt: skip
    return describe(figure, "条形图 bar chart", marks)


def _speakers(counts: pd.DataFrame):
    """The marks of the speakers: a kind each."""
    said = [
        f"{r.zh}：{r.quotations:,} 段话（占 {r.share:.0%}），其中引号内 {r.direct:,} 段；"
        f"{r.speakers:,} 位说话人，见于 {r.articles:,} 篇" for r in counts.itertuples()
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
    figure.update_xaxes(type="date", tickformat="%Y-%m", tickvals=sorted(set(rows["period_end"])),
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
    change = [f"，变动 {c:+.12g}%" if pd.notna(c) else "" for c in rows["change"]]
    since = [f"{r.period_start} 至 {r.period_end}" if r.months else f"至 {r.period_end}"
             for r in rows.itertuples()]  # fmt: skip
    said = [f"{when}（“{r.period}”）：{r.metric} {r.value:,.12g}{r.unit}{moved}；{r.articles:,} 篇用了这个数"
            for r, when, moved in zip(rows.itertuples(), since, change, strict=True)]  # fmt: skip
    shown = {"到 until": "period_end", "时期 period": "period", "数值 value": "value",
             "变动% change %": "change", "篇数 articles": "articles"}  # fmt: skip
    by = ["metric", "unit", "period_start", "period_end", "value"]
    return marks_of(rows, shown, by, said)


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
        text=[["" if k is None or not share[k] else f"{share[k]:.0f}%" for k in row] for row in grid],
        customdata=[points(marks, row) for row in grid], texttemplate="%{text}", showscale=False,
        colorscale=SCALE, hovertemplate=HOVER,
    )  # fmt: skip
    n = f"n = {int(shares.drop_duplicates('period')['articles'].sum()):,}"
    unit = (f"格内：占稿件的百分比；空白：没有剪报；{n} 篇 / "
            f"share of the articles; blank: no clippings; {n} articles")  # fmt: skip
    house(figure, title, unit, 70 + 30 * len(order))
    for axis, labels in {"x": periods, "y": order}.items():
        shown = [safe(shorten(both(x)[0] or x, 12)) for x in labels]
        places = {"tickvals": list(range(len(shown))), "ticktext": shown, "fixedrange": True}
        figure.update_layout({f"{axis}axis": places})
    figure.update_xaxes(autotickangles=[0, -45, -90])
    figure.update_yaxes(showgrid=False, range=[len(order) - 0.5, -0.5])
    return describe(figure, "色块图 heat map", marks)


def _shares(rows: pd.DataFrame):
    """The marks of a table of shares: a slogan in a period that has articles."""
    rows = rows.assign(share=(rows["articles_with"] / rows["articles"] * 100).round(1))
    few = [f"；不足 {THIN} 篇，只当线索" if n < THIN else "" for n in rows["articles"]]
    said = [f"{r.period}：{r.articles:,} 篇中 {r.articles_with:,} 篇（{r.share:.0f}%）有“{r.concept}”{end}"
            for r, end in zip(rows.itertuples(), few, strict=True)]  # fmt: skip
    shown = {"什么 what": "concept", "时期或报纸 period or paper": "period", "占% share %": "share",
             "有它的篇数 articles with it": "articles_with", "篇数 articles": "articles"}  # fmt: skip
    return marks_of(rows, shown, ["concept", "period"], said)
