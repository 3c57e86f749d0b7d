"""placecharts: a table of places → figures: squares for provinces, boxes in boxes. See `plot_places`."""

import pandas as pd

from helpers.describe import describe, marks_of, points
from helpers.house import CONTEXT, HOVER, PAPER, SCALE, SERIES, blank, empty, house, on_tile, safe

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
        texttemplate="%{text}", textfont={"size": 12}, hovertemplate=HOVER,
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
    said = [_province(r, known[known["province"] == r.province]["city"].value_counts().head(3))
            for r in rows.itertuples()]  # fmt: skip
    shown = {"省份 province": "province", "篇数 articles": "articles", "处数 mentions": "mentions"}
    return marks_of(rows, shown, ["province"], said)


def _tiles(marks) -> dict[str, list[list]]:
    """Darkness, words and mark of every tile, row by row; None where there is none."""
    columns, rows = (max(at[k] for at in TILES.values()) + 1 for k in (0, 1))
    nothing = {"z": None, "text": "", "customdata": None}
    grids = {k: [[cell] * columns for _ in range(rows)] for k, cell in nothing.items()}
    most = max(1, marks.shown.iloc[0, 1])
    for mark, (name, n, _) in zip(points(marks), marks.shown.itertuples(index=False), strict=True):
        column, row = TILES[name]
        # The root: else the one province that most papers are about leaves all others pale.
        cells = n**0.5, on_tile(f"{name}<br>{n:,}" if n else name, (n / most) ** 0.5), mark
        for k, cell in zip(grids, cells, strict=True):
            grids[k][row][column] = cell
    return grids


def _province(r, cities) -> tuple[str, str]:
    """What a province says of itself in both languages, with the cities that are mentioned most."""
    if not r.articles:
        return f"{r.province}：没有提到", f"{r.province}: not mentioned"
    zh, en = ("、".join(f"{c} {n:,} 处" for c, n in cities.items()),
              ", ".join(f"{c} {n:,}" for c, n in cities.items()))  # fmt: skip
    return (f"{r.province}：{r.articles:,} 篇提到，共 {r.mentions:,} 处" + (f"；最多的是{zh}" if zh else ""),
            f"{r.province}: in {r.articles:,} articles, {r.mentions:,} mentions" + (f"; most: {en}" if en else ""))  # fmt: skip


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
                "line": {"width": 1, "color": PAPER}, "pad": {"t": 22, "l": 3, "r": 3, "b": 3}},
        tiling={"pad": 2}, pathbar={"visible": True, "thickness": 22},
    )  # fmt: skip
    n = f"n = {len(known):,}"
    unit = f"面积：提及次数；{n} 处 / area: mentions; {n}"
    house(figure, title, unit, 546)
    figure.update_layout(
        margin={"l": 0, "r": 0, "b": 8}, uniformtext={"minsize": 11, "mode": "hide"}
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
        said=[(f"{p.replace('/', ' ')}：{n:,} 处，见于 {a:,} 篇",
               f"{p.replace('/', ' ')}: {n:,} mentions in {a:,} articles")
              for p, n, a in zip(paths, table["size"], table["nunique"], strict=True)],
    )  # fmt: skip
