"""plates: tables of places, speakers, figures and slogans → figures. See `plot_places`.

Where a figure is given the articles too, its marks open the passages that they stand for.
"""

import pandas as pd

from helpers.house import CONTEXT, SERIES, THIN, blank, empty, house, safe, shorten, source
from helpers.tallies import count_speakers

NOTHING = (
    "没有可画的：一处也没有，或者稿件没有日期、报名，可以写进 catalogue.csv。"
    "Nothing to draw: no uses, or articles without date or paper, see catalogue.csv."
)
NO_PROVINCE = "没有提到能认出的省份。No province is mentioned that could be told."
SCALE = [[0, "#F3EFE5"], [1e-6, "#D9DCDD"], [1, SERIES[1]]]  # nothing is paler than a little
PASSAGES, AROUND = 6, 28  # that a mark opens; characters on either side of the words
# Column and row of each province: where it lies, roughly. No borders are drawn.
TILES = {
    "黑龙江": (9, 0), "内蒙古": (6, 1), "吉林": (9, 1), "新疆": (1, 2), "甘肃": (4, 2), "北京": (7, 2),
    "辽宁": (9, 2), "青海": (3, 3), "宁夏": (4, 3), "山西": (6, 3), "河北": (7, 3), "天津": (8, 3),
    "西藏": (1, 4), "陕西": (5, 4), "河南": (6, 4), "山东": (7, 4), "四川": (3, 5), "重庆": (4, 5),
    "湖北": (5, 5), "安徽": (6, 5), "江苏": (7, 5), "上海": (8, 5), "云南": (3, 6), "贵州": (4, 6),
    "湖南": (5, 6), "江西": (6, 6), "浙江": (7, 6), "广西": (4, 7), "广东": (5, 7), "福建": (6, 7),
    "台湾": (8, 7), "海南": (4, 8), "澳门": (5, 8), "香港": (6, 8),
}  # fmt: skip


def plot_places(places: pd.DataFrame, articles: pd.DataFrame | None = None):
    """Tiles of the provinces: in how many articles each is mentioned, the darker the more.

    places: as `find_places` gives it. A tile stands about where its province lies.
    """
    title = "提到了哪些省份 Which provinces are mentioned"
    known = places[places["province"].isin(list(TILES))]
    if known.empty:
        return empty(title, NO_PROVINCE)
    figure = blank().add_heatmap(
        **_tiles(known), xgap=3, ygap=3, showscale=False, hoverongaps=False, colorscale=SCALE,
        texttemplate="%{text}", hovertemplate="%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    unit = (
        "每格：篇数，颜色越深越多，位置只是大概 · articles per province; places are rough, no map"
    )
    n = known["article"].nunique()
    house(figure, (title, f"{unit} · n = {n:,} 篇 articles, {len(known):,} 处 mentions"), 540)
    left, right, bottom = (
        f(at[k] for at in TILES.values()) for f, k in ((min, 0), (max, 0), (max, 1))
    )
    figure.update_xaxes(visible=False, range=[left - 0.5, right + 0.5], constrain="domain")
    figure.update_yaxes(visible=False, range=[bottom + 0.5, -0.5], scaleanchor="x",
                        constrain="domain", constraintoward="top")  # fmt: skip
    figure.update_layout(margin={"l": 0, "r": 0, "b": 8})
    return _traced(figure, known.assign(key=known["province"]), articles)


def _tiles(known: pd.DataFrame) -> dict[str, list[list]]:
    """Darkness, words, and key with sentence of every tile, row by row; None where there is none."""
    counts = known.groupby("province")["article"].agg(["nunique", "size"])
    columns, rows = (max(at[k] for at in TILES.values()) + 1 for k in (0, 1))
    nothing = {"z": None, "text": "", "customdata": None}
    grids = {k: [[cell] * columns for _ in range(rows)] for k, cell in nothing.items()}
    for name, (column, row) in TILES.items():
        n, mentions = counts.loc[name].tolist() if name in counts.index else (0, 0)
        said = f"{name}：{n:,} 篇提到，共 {mentions:,} 处" if n else f"{name}：没有提到"
        said += _cities(known[known["province"] == name])
        # The root: else the one province that most papers are about leaves all others pale.
        cells = n**0.5, f"{name}<br>{n:,}" if n else name, [name, said]
        for k, cell in zip(grids, cells, strict=True):
            grids[k][row][column] = cell
    return grids


def _cities(rows: pd.DataFrame) -> str:
    """The end of a province's sentence: its cities that are mentioned most."""
    most = rows["city"].value_counts().head(3)
    return "；最多的是" + "、".join(f"{c} {n:,} 处" for c, n in most.items()) if len(most) else ""


def plot_tree(places: pd.DataFrame):
    """A treemap of the mentions: province, in it city, in it county; a click goes in and out.

    places: as `find_places` gives it. What is named only as a province is the rest of its box.
    """
    title = "省、市、县：提到了多少处 Mentions by province, city and county"
    known = places[places["province"].isin(list(TILES))]
    if known.empty:
        return empty(title, NO_PROVINCE)
    boxes = pd.concat([_boxes(known, depth) for depth in (1, 2, 3)])
    order = boxes.loc[boxes["parent"] == "", "name"].tolist()
    hue = {name: SERIES[k] if k < len(SERIES) else CONTEXT for k, name in enumerate(order)}
    figure = blank().add_treemap(
        ids=boxes["id"], labels=[safe(x) for x in boxes["name"]], parents=boxes["parent"],
        values=boxes["mentions"], branchvalues="total", maxdepth=2, texttemplate="%{label}<br>%{value}",
        customdata=boxes["said"].map(safe), hovertemplate="%{customdata}<extra></extra>",
        marker={"colors": [hue[x.split("/")[0]] for x in boxes["id"]], "cornerradius": 2,
                "line": {"width": 1, "color": "#FFFFFF"}, "pad": {"t": 22, "l": 3, "r": 3, "b": 3}},
        tiling={"pad": 2}, pathbar={"visible": True, "thickness": 22},
    )  # fmt: skip
    unit = "面积：提及次数；点一下进去，点上方的条回来 · area: mentions; click to go in, the bar above leads out"
    house(figure, (title, f"{unit} · n = {len(known):,} 处 mentions"), 620)
    return figure.update_layout(
        margin={"l": 0, "r": 0, "b": 8}, uniformtext={"minsize": 12, "mode": "hide"}
    )


def _boxes(known: pd.DataFrame, depth: int) -> pd.DataFrame:
    """The boxes of one depth of the tree: id, name, parent, mentions and a sentence."""
    keys = ["province", "city", "county"][:depth]
    table = known.groupby(keys)["article"].agg(["size", "nunique"]).reset_index()
    table = table.sort_values("size", ascending=False, kind="stable")
    paths = ["/".join(names) for names in table[keys].to_numpy()]
    return pd.DataFrame({
        "id": paths, "name": table[keys[-1]], "parent": [p.rpartition("/")[0] for p in paths],
        "mentions": table["size"],
        "said": [f"{p.replace('/', ' ')}：{n:,} 处，见于 {a:,} 篇"
                 for p, n, a in zip(paths, table["size"], table["nunique"], strict=True)],
    })  # fmt: skip


def plot_speakers(quotes: pd.DataFrame, articles: pd.DataFrame | None = None):
    """Bars of the kinds of speaker: quotations between quotation marks, and reported ones.

    quotes: as `find_quotes` gives it.
    """
    title = "谁在说话 Who speaks"
    if quotes.empty:
        return empty(title, "没有找到引语。No quotation was found.")
    counts = count_speakers(quotes).iloc[::-1]
    names = [f"{zh} {en}" for zh, en in zip(counts["zh"], counts["en"], strict=True)]
    said = [[r.by, _speakers_said(r)] for r in counts.itertuples()]
    parts = {SERIES[0]: counts["direct"], SERIES[1]: counts["quotations"] - counts["direct"]}
    figure = blank()
    for colour, lengths in parts.items():
        figure.add_bar(x=lengths, y=[*map(safe, names)], orientation="h", marker={"color": colour},
                       customdata=said, hovertemplate="%{customdata[1]}<extra></extra>")  # fmt: skip
    last = figure.data[-1]
    last.update(
        text=[f"{n:,}" for n in counts["quotations"]], textposition="outside", cliponaxis=False
    )
    unit = "红：引号内的话，蓝：转述 · quotations, red: between quotation marks, blue: reported"
    house(figure, (title, f"{unit} · n = {len(quotes):,}"), 130 + 32 * len(counts))
    figure.update_layout(barmode="stack", margin={"r": 60})
    figure.update_xaxes(showticklabels=False, showline=False)
    figure.update_yaxes(showgrid=False)
    heading = quotes["by"].map(dict(zip(counts["by"], names, strict=True)))
    return _traced(figure, quotes.assign(key=quotes["by"], heading=heading), articles)


def _speakers_said(row) -> str:
    """The sentence of a kind of speaker."""
    much = f"{row.quotations:,} 段话（占 {row.share:.0%}），其中引号内 {row.direct:,} 段"
    return f"{safe(row.zh)}：{much}；{row.speakers:,} 位说话人，见于 {row.articles:,} 篇"


def plot_figures(compared: pd.DataFrame, metric: str = "", unit: str = ""):
    """One metric in one unit over time: a point a value, a line where periods are equally long.

    compared: as `compare_figures` gives it; without a metric, its first is drawn.
    """
    title = "引用的数字 A figure over time"
    rows = compared[compared["metric"].eq(metric)] if metric else compared
    rows = rows[rows["unit"].eq(unit)] if unit else rows
    if rows.empty:
        return empty(
            title,
            "没有一个数字在两个等长的时期都有。No figure is told for two periods of one length.",
        )
    metric, unit = rows.iloc[0][["metric", "unit"]]
    rows = rows[rows["metric"].eq(metric) & rows["unit"].eq(unit)]
    figure = blank()
    for k, (_, line) in enumerate(rows.groupby("months", sort=False)):
        figure.add_scatter(**_values(line, SERIES[k] if k < len(SERIES) else CONTEXT))
    said = f"单位：{safe(unit)}；一种颜色一种时长，点在时期的末尾 · a colour a length of period, at its end"
    n = f"n = {len(rows):,} 个数 values, {rows['articles'].sum():,} 篇次 articles"
    house(figure, (f"{metric}（{unit}）", f"{said} · {n}"), 420)
    figure.update_xaxes(type="date", tickformat="%Y-%m", tickvals=sorted(set(rows["period_end"])))
    return figure.update_yaxes(rangemode="tozero")


def _values(rows: pd.DataFrame, colour: str) -> dict:
    """One line of a metric: points, numbers and sentences; the last says how long its periods are."""
    long = f"{rows['months'].iloc[0]}个月 months" if rows["months"].iloc[0] else "时点 at a day"
    last = f"{rows['value'].iloc[-1]:,.12g}<br>{long}"
    return {
        "x": rows["period_end"].tolist(), "y": rows["value"].tolist(),
        "mode": "lines+markers+text", "line": {"color": colour, "width": 2},
        "marker": {"size": 10, "color": colour}, "textposition": "top center", "cliponaxis": False,
        "text": [*(f"{value:,.12g}" for value in rows["value"][:-1]), last],
        "customdata": [safe(_figure_said(r)) for r in rows.itertuples()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _figure_said(row) -> str:
    """The sentence of one value: when, how much, how it changed, how many print it."""
    change = f"，变动 {row.change:+.12g}%" if pd.notna(row.change) else ""
    since = f"{row.period_start} 至 {row.period_end}" if row.months else f"至 {row.period_end}"
    said = f"{row.metric} {row.value:,.12g}{row.unit}{change}；{row.articles:,} 篇用了这个数"
    return f"{since}（“{row.period}”）：{said}"


def plot_shares(shares: pd.DataFrame, title: str):
    """Tiles of slogans or speakers by period or paper: in which share of the articles each is.

    shares: a `trend` table of integer columns, one a slogan. A blank tile: no articles there.
    """
    if shares.empty or not shares["articles_with"].sum():
        return empty(title, NOTHING)
    whole = shares.groupby("concept")["articles_with"].sum().sort_values(kind="stable")
    periods = list(dict.fromkeys(shares["period"].astype(str)))
    cells = {(r.concept, str(r.period)): r for r in shares.itertuples()}
    grid = [[cells[concept, period] for period in periods] for concept in whole.index]
    figure = blank().add_heatmap(
        x=[safe(p) for p in periods], y=[safe(c) for c in whole.index], xgap=3, ygap=3,
        z=[[_share(r) for r in row] for row in grid], zmin=0, hoverongaps=False, showscale=False,
        text=[[f"{_share(r):.0%}" if r.articles_with else "" for r in row] for row in grid],
        customdata=[[_share_said(r) for r in row] for row in grid], texttemplate="%{text}",
        colorscale=SCALE, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    n = int(shares.drop_duplicates("period")["articles"].sum())
    unit = "格内：占稿件的百分比；空白：没有剪报 · share of the articles; blank: no clippings"
    house(figure, (title, f"{unit} · n = {n:,} 篇 articles"), 150 + 30 * len(whole))
    for axis, labels in {"x": periods, "y": whole.index}.items():
        shown = [safe(shorten(x, 12)) for x in labels]
        places = {"type": "category", "tickvals": list(range(len(shown))), "ticktext": shown}
        figure.update_layout({f"{axis}axis": places})
    figure.update_xaxes(autotickangles=[0, -45, -90])
    return figure.update_yaxes(showgrid=False)


def _share(row) -> float | None:
    """The share of a period's articles, None where there are none."""
    return row.articles_with / row.articles if row.articles else None


def _share_said(row) -> str:
    """The sentence of a tile."""
    few = f"；不足 {THIN} 篇，只当线索" if row.articles < THIN else ""
    share = f"（{_share(row):.0%}）" if row.articles else ""
    said = (
        f"{row.period}：{row.articles:,} 篇中 {row.articles_with:,} 篇{share}有“{row.concept}”{few}"
    )
    return safe(said)


def _traced(figure, rows: pd.DataFrame, articles: pd.DataFrame | None):
    """The figure with the passages that its marks open: for each key of the rows the first few."""
    if articles is None:
        return figure
    found = articles.drop_duplicates("article").set_index("article")
    evidence = {}
    for key, group in rows.groupby("key", sort=False):
        once = group.drop_duplicates("article")
        passages = [_passage(found.loc[r.article], r) for r in once.head(PASSAGES).itertuples()]
        heading = group["heading"].iloc[0] if "heading" in group else key
        evidence[key] = {"title": heading, "total": len(group), "passages": passages}
    return figure.update_layout(meta={"evidence": evidence})


def _passage(article: pd.Series, row) -> dict:
    """What the panel shows of a row: its words between their neighbours, and where they stand."""
    field = getattr(row, "field", "text")
    text = article[field] if isinstance(article[field], str) else "\n".join(article[field])
    end = row.start + len(row.text)
    lines = [line for start, line, _ in article["origin"] if start <= row.start]
    line = lines[-1] if lines and field == "text" else None
    day = f"{article['date']:%Y-%m-%d}" if pd.notna(article["date"]) else ""
    return {
        "left": text[max(0, row.start - AROUND) : row.start], "node": row.text,
        "right": text[end : end + AROUND], "headline": _or_nothing(article["headline"]),
        "source": source(article["paper"], day, article.name, line),
    }  # fmt: skip


def _or_nothing(cell) -> str:
    """The text of a cell, nothing for a missing one."""
    return cell if isinstance(cell, str) else ""
