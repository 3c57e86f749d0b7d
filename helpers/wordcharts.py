"""wordcharts: tables of words in their places → figures. See `plot_network`.

The looks are those of house; the places of a network's words are found by networkx.
"""

import pandas as pd

from helpers.describe import describe, marks_of, points, two_sided
from helpers.house import (
    CONTEXT,
    HOVER,
    INK,
    LINE,
    MUTED,
    PAPER,
    SERIES,
    blank,
    empty,
    house,
    safe,
    shorten,
)

MARKS, ROWS = 600, 25  # of a barcode plot at most: more are a blur, and the subtitle says so
SIDE = 9  # Chinese characters of a label on the axis

BARCODE = {  # by: title, and what runs from left to right
    "article": ("在每篇的何处 / Where in each article",
                ("横轴：篇首到篇尾", "from the beginning to the end of an article")),
    "node": ("在全部稿件的何处 / Where in the corpus", ("横轴：全部稿件，由早到晚", "all articles, by date")),
}  # fmt: skip


def plot_network(edges: pd.DataFrame, title: str = ""):
    """The network of a `collocation_network` table: words that stand together, linked.

    The thicker a line, the stronger the link (logDice); the node in red. Where a word lies follows
    from its links, and is the same at each run; directions and corners mean nothing.
    """
    title = title or "搭配网络 / A network of collocates"
    if edges.empty:
        return empty(title, "没有够强的搭配。No collocates strong enough.")
    spots, figure, floor = _layout(edges), blank(), edges["log_dice"].min()
    for e in edges.itertuples():
        (x, y), (u, v) = spots[e.word], spots[e.collocate]
        strength = 0.6 + 2.4 * (e.log_dice - floor) / max(edges["log_dice"].max() - floor, 1)
        figure.add_scatter(x=[x, u], y=[y, v], mode="lines", hoverinfo="skip",
                           line={"color": CONTEXT, "width": round(strength, 2)})  # fmt: skip
    words, marks = list(spots), _nodes(edges, list(spots))
    figure.add_scatter(
        x=[spots[w][0] for w in words], y=[spots[w][1] for w in words], mode="markers+text", opacity=1,
        text=[safe(w) for w in words], textposition=_beside(edges, spots), cliponaxis=False,
        textfont={"size": 14, "color": [SERIES[0] if k == 0 else INK for k in range(len(words))]},
        marker={"size": [16 if k == 0 else 10 for k in range(len(words))],
                "color": [SERIES[0] if k == 0 else SERIES[1] for k in range(len(words))],
                "line": {"color": PAPER, "width": 2}, "opacity": 1},
        customdata=points(marks), hovertemplate=HOVER,
    )  # fmt: skip
    n, k = f"{edges['together'].sum():,}", len(words)
    unit = (f"线：常在一处，越粗越紧（logDice）；n = {n} 次，{k} 词 / "
            f"lines: stand together, thicker is closer (logDice); n = {n} uses together, {k} words")  # fmt: skip
    house(figure, title, unit, 486)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.update_layout(margin={"l": 30, "r": 30, "t": figure.layout.margin.t + 12, "b": 30})
    return describe(figure, "网络图 network", marks)


def _layout(edges) -> dict[str, tuple]:
    """Where each word lies, the first word of the table first."""
    from networkx import Graph, spring_layout

    graph = Graph()
    graph.add_weighted_edges_from(edges[["word", "collocate", "log_dice"]].values.tolist())
    return {w: tuple(map(float, at)) for w, at in spring_layout(graph, seed=0, k=0.6).items()}


def _beside(edges, spots) -> list[str]:
    """Where the letters of each word stand: on the side of its point that has fewer lines."""
    lines = [
        pair for e in edges.itertuples() for pair in ((e.word, e.collocate), (e.collocate, e.word))
    ]
    up = {w: sum(spots[to][1] - spots[w][1] for at, to in lines if at == w) for w in spots}
    return ["bottom center" if up[w] > 0 else "top center" for w in spots]


def _nodes(edges, words):
    """The marks of a network: its words, each with how often it stands with the node."""
    with_node = edges[edges["word"] == words[0]].set_index("collocate")[["together", "log_dice"]]
    rows = pd.DataFrame({"word": words}).join(with_node, on="word")
    shown = {"词 word": "word", "同现次数 uses together": "together", "紧密度 logDice": "log_dice"}
    return marks_of(rows, shown, ["word"], [_links(edges, w) for w in words])


def _links(edges, word) -> tuple[str, str]:
    """What a word of the network says on hover: its links, the strongest first."""
    mine = edges[(edges["word"] == word) | (edges["collocate"] == word)]
    said = [(e.collocate if e.word == word else e.word, f"{e.together:,}", f"{e.log_dice:.1f}")
            for e in mine.nlargest(8, "log_dice").itertuples()]  # fmt: skip
    return (f"“{word}”的近旁：" + "、".join(f"{w} {n} 次（{dice}）" for w, n, dice in said),
            f"Near “{word}”: " + ", ".join(f"{w} {n} times ({dice})" for w, n, dice in said))  # fmt: skip


def plot_barcode(lines: pd.DataFrame, articles: pd.DataFrame, by: str = "article"):
    """Strokes where a concordance's nodes stand, one row an article, or one row a node.

    by: article (from its beginning to its end) or node (through all articles by date). Hover: the
    words around it.
    """
    if by not in BARCODE:
        raise ValueError(f"by={by!r}: choose one of article, node.")
    title, (zh, en) = BARCODE[by]
    if lines.empty:
        return empty(title, "没有一处。There is no place.")
    strokes = _strokes(lines, articles, by)
    shown = strokes[strokes["row"].isin(strokes["row"].value_counts().index[:ROWS])].head(MARKS)
    names, marks = dict(zip(shown["row"], shown["label"], strict=True)), _places(shown)
    rows = list(names)
    figure = blank().add_scatter(
        x=shown["x"], y=[rows.index(r) for r in shown["row"]], mode="markers",
        marker={"symbol": "line-ns-open", "size": 16, "color": SERIES[0], "line": {"width": 1.6}},
        customdata=points(marks), hovertemplate=HOVER,
    )  # fmt: skip
    drawn = len(shown) < len(lines)
    left = f"，画出 {len(shown):,} 处" if drawn else "", f", {len(shown):,} drawn" if drawn else ""
    unit = f"{zh}；n = {len(lines):,} 处{left[0]} / {en}; n = {len(lines):,} places{left[1]}"
    house(figure, title, unit, 40 + 30 * len(rows))
    figure.update_xaxes(range=[-0.01, 1.01], showticklabels=False, linecolor=LINE, fixedrange=True)
    figure.update_yaxes(tickvals=[*range(len(rows))], ticktext=[safe(names[r]) for r in rows],
                        range=[len(rows) - 0.5, -0.5], tickfont={"color": MUTED}, fixedrange=True)  # fmt: skip
    figure.update_layout(margin={"b": 16})
    return describe(figure, "条码图 barcode plot", marks)


def _strokes(lines, articles, by) -> pd.DataFrame:
    """One row per stroke: its row and the row's name, where it is from 0 to 1."""
    known = articles.drop_duplicates("article").sort_values("date", kind="stable")
    known = known.set_index("article")
    length = known["text"].str.len().clip(lower=1)
    before, here = length.cumsum() - length, lines["article"]
    whole, at = (length.sum(), here.map(before)) if by == "node" else (here.map(length), 0)
    day = pd.to_datetime(lines["date"]).dt.strftime("%Y-%m-%d").fillna("").astype("str")
    month = day.str[:7]
    head = here.map(known["headline"]).fillna("").astype("str")
    head = head.where(head != "", "无题").map(lambda h: shorten(h, SIDE)) + " "
    return lines.assign(
        row=lines["node"] if by == "node" else here, name=head + day,
        label=lines["node"] if by == "node" else head + month, x=(lines["start"] + at) / whole,
    )  # fmt: skip


def _places(shown):
    """The marks of a barcode plot: a stroke each."""
    said = [f"…{r.left}【{r.node}】{r.right}…，{r.name}" for r in shown.itertuples()]
    rows = shown.assign(percent=[f"{x:.1%}" for x in shown["x"]], line=shown["line"].astype("str"))
    columns = {
        "词 node": "node",
        "稿件 article": "name",
        "位置 place": "percent",
        "行 line": "line",
    }
    return marks_of(rows, columns, ["article", "start"], said)


def plot_shift(shift: pd.DataFrame, title: str = "", top: int = 24):
    """Bars of the words that set two sets apart, as `compare` gives them: left and right.

    Length: the word's share of the whole difference; all words together are 100 %.
    """
    title = title or "两组词的不同 / What sets the two apart"
    if shift.empty or not shift["score"].sum():
        return empty(title, "两组没有不同。The two do not differ.")
    rows = shift.nlargest(top, "score")
    rows = rows.assign(
        percent=rows["share"].where(rows["more_in"] == "target", -rows["share"]) * 100
    )
    marks = _differing(rows)
    n = " + ".join(f"{k:,}" for k in shift.attrs.get("sizes", []))
    unit = (f"占 Jensen–Shannon 散度的百分比；红：前一组更多，蓝：后一组更多；n = {n} 词 / "
            f"share of the divergence; red: more in the first, blue: in the second; n = {n} words")  # fmt: skip
    figure = two_sided(rows["percent"], [f"{s:.2%}" for s in rows["share"]], marks)
    house(figure, title, unit, 28 * len(rows) + 30)
    return describe(figure, "条形图 bar chart", marks)


def _differing(rows):
    """The marks of a shift: a word each."""
    said = [(f"“{r.word}”占全部不同的 {r.share:.2%}：每百万词 {r.per_million:,.0f} 与 {r.per_million_reference:,.0f}",
             f"“{r.word}”: {r.share:.2%} of the difference; {r.per_million:,.0f} and {r.per_million_reference:,.0f} in a million words")
            for r in rows.itertuples()]  # fmt: skip
    shown = {"词 word": "word", "占不同的% share of the difference %": "percent",
             "前一组次数 uses in the first": "count", "后一组次数 uses in the second": "count_reference"}  # fmt: skip
    return marks_of(rows, shown, ["word", "more_in"], said)
