"""wordcharts: tables of words in their places → figures. See `plot_network`.

The looks are those of house; the places of a network's words are found by networkx.
"""

import pandas as pd

from helpers.house import (
    CONTEXT,
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
    source,
)

MARKS, ROWS = 600, 25  # of a barcode plot at most: more are a blur, and the subtitle says so
SIDE = 9  # Chinese characters of a label on the axis

BARCODE = {  # by: title, and what runs from left to right
    "article": ("在每篇的何处 Where in each article",
                "横轴：篇首到篇尾 · from the beginning to the end of an article"),
    "node": ("在全部稿件的何处 Where in the corpus",
             "横轴：全部稿件，由早到晚 · all articles, by date"),
}  # fmt: skip


def plot_network(edges: pd.DataFrame, title: str = ""):
    """The network of a `collocation_network` table: words that stand together, linked.

    The thicker a line, the stronger the link (logDice); the node in red. Where a word lies follows
    from its links, and is the same at each run; directions and corners mean nothing.
    """
    title = title or "搭配网络 A network of collocates"
    if edges.empty:
        return empty(title, "没有够强的搭配。No collocates strong enough.")
    spots, figure, floor = _layout(edges), blank(), edges["log_dice"].min()
    for e in edges.itertuples():
        (x, y), (u, v) = spots[e.word], spots[e.collocate]
        strength = 0.6 + 2.4 * (e.log_dice - floor) / max(edges["log_dice"].max() - floor, 1)
        figure.add_scatter(x=[x, u], y=[y, v], mode="lines", hoverinfo="skip",
                           line={"color": CONTEXT, "width": round(strength, 2)})  # fmt: skip
    words = list(spots)
    figure.add_scatter(
        x=[spots[w][0] for w in words], y=[spots[w][1] for w in words], mode="markers+text", opacity=1,
        text=[safe(w) for w in words], textposition="top center",
        textfont={"size": 14, "color": [SERIES[0] if k == 0 else INK for k in range(len(words))]},
        marker={"size": [16 if k == 0 else 10 for k in range(len(words))],
                "color": [SERIES[0] if k == 0 else SERIES[1] for k in range(len(words))],
                "line": {"color": PAPER, "width": 2}},
        customdata=[_links(edges, w) for w in words], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    n = int(edges["together"].sum())
    unit = "线：常在一处，越粗越紧（logDice）· lines: stand together, thicker is closer"
    house(figure, (title, f"{unit} · n = {n:,} 次 uses together, {len(words)} 词 words"), 560)
    figure.update_xaxes(visible=False)
    return figure.update_yaxes(visible=False)


def _layout(edges) -> dict[str, tuple]:
    """Where each word lies, the first word of the table first."""
    from networkx import Graph, spring_layout

    graph = Graph()
    graph.add_weighted_edges_from(edges[["word", "collocate", "log_dice"]].values.tolist())
    return {w: tuple(map(float, at)) for w, at in spring_layout(graph, seed=0, k=0.6).items()}


def _links(edges, word) -> str:
    """What a word of the network says on hover: its links, the strongest first."""
    mine = edges[(edges["word"] == word) | (edges["collocate"] == word)]
    said = [
        f"{safe(e.collocate if e.word == word else e.word)} {e.together:,} 次（{e.log_dice:.1f}）"
        for e in mine.nlargest(8, "log_dice").itertuples()
    ]
    return f"“{safe(word)}”的近旁：" + "、".join(said)


def plot_barcode(lines: pd.DataFrame, articles: pd.DataFrame, by: str = "article"):
    """Strokes where a concordance's nodes stand, one row an article, or one row a node.

    by: article (from its beginning to its end) or node (through all articles by date). Hover: the
    words around it; on the pages that are rendered a stroke opens its passage.
    """
    if by not in BARCODE:
        raise ValueError(f"by={by!r}: choose one of article, node.")
    title, unit = BARCODE[by]
    if lines.empty:
        return empty(title, "没有一处。There is no place.")
    marks = _marks(lines, articles, by)
    shown = marks[marks["row"].isin(marks["row"].value_counts().index[:ROWS])].head(MARKS)
    names = dict(zip(shown["row"], shown["label"], strict=True))
    rows = list(names)
    figure = blank().add_scatter(
        x=shown["x"], y=[rows.index(r) for r in shown["row"]], mode="markers",
        marker={"symbol": "line-ns-open", "size": 16, "color": SERIES[0], "line": {"width": 1.6}},
        customdata=[[said, key] for said, key in zip(shown["said"], shown["key"], strict=True)],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip
    left = "" if len(shown) == len(lines) else f"，画出 {len(shown):,} 处 drawn"
    n = f"n = {len(lines):,} 处 places{left}"
    house(figure, (title, f"{unit} · {n}"), 130 + 30 * len(rows))
    figure.update_xaxes(range=[-0.01, 1.01], showticklabels=False, linecolor=LINE)
    figure.update_yaxes(tickvals=[*range(len(rows))], ticktext=[safe(names[r]) for r in rows],
                        range=[len(rows) - 0.5, -0.5], tickfont={"color": MUTED})  # fmt: skip
    return figure.update_layout(meta={"evidence": _evidence(shown)})


def _marks(lines, articles, by) -> pd.DataFrame:
    """One row per stroke: its row and the row's name, where it is from 0 to 1, what it says."""
    known = articles.drop_duplicates("article").sort_values("date", kind="stable")
    known = known.set_index("article")
    length = known["text"].str.len().clip(lower=1)
    before, here = length.cumsum() - length, lines["article"]
    whole, at = (length.sum(), here.map(before)) if by == "node" else (here.map(length), 0)
    day = pd.to_datetime(lines["date"]).dt.strftime("%Y-%m-%d").fillna("").astype("str")
    head = here.map(known["headline"]).fillna("").astype("str")
    name = head.where(head != "", "无题").map(lambda h: shorten(h, SIDE)) + " " + day
    return lines.assign(
        row=lines["node"] if by == "node" else here, name=name,
        label=lines["node"] if by == "node" else name,
        x=(lines["start"] + at) / whole, day=day, headline=head,
        key=lines["node"] + "@" + here.astype("str"),
        said=[f"…{safe(a)}<b>{safe(b)}</b>{safe(c)}…" for a, b, c in
              zip(lines["left"], lines["node"], lines["right"], strict=True)],
    )  # fmt: skip


def _evidence(shown) -> dict:
    """What the panel of a rendered page shows of a stroke: its node in its article, all places."""
    evidence = {}
    for r in shown.itertuples():
        group = evidence.setdefault(r.key, {"title": f"{r.node} · {r.name}", "passages": []})
        passage = {"left": r.left, "node": r.node, "right": r.right}
        where = source(r.paper, r.day, r.article, None if pd.isna(r.line) else r.line)
        group["passages"].append(passage | {"headline": r.headline, "source": where})
    return evidence


def plot_shift(shift: pd.DataFrame, title: str = "", top: int = 24):
    """Bars of the words that set two sets apart, as `compare` gives them: left and right.

    Length: the word's share of the whole difference; all words together are 100 %.
    """
    title = title or "两组词的不同 What sets the two apart"
    if shift.empty or not shift["score"].sum():
        return empty(title, "两组没有不同。The two do not differ.")
    rows = shift.nlargest(top, "score").iloc[::-1]
    here = rows["more_in"] == "target"
    figure = blank().add_bar(
        x=(rows["share"] * 100).where(here, -rows["share"] * 100), y=[safe(w) for w in rows["word"]],
        orientation="h", marker={"color": [SERIES[0] if h else SERIES[1] for h in here]},
        text=[f"{s:.2%}" for s in rows["share"]], textposition="outside", cliponaxis=False,
        hovertemplate="%{customdata}<extra></extra>",
        customdata=[
            f"“{safe(r.word)}”占全部不同的 {r.share:.2%}：每百万词 {r.per_million:,.0f} 与 {r.per_million_reference:,.0f}"
            for r in rows.itertuples()
        ],
    )  # fmt: skip
    unit = "占 Jensen–Shannon 散度的百分比，红：前一组更多，蓝：后一组更多 · share of the divergence, red: more in the first"
    n = f"n = {' + '.join(f'{k:,}' for k in shift.attrs.get('sizes', []))} 词 words"
    house(figure, (title, f"{unit} · {n}"), 130 + 26 * len(rows))
    most = rows["share"].max() * 125  # room for the numbers at either end
    sides = [-most if (~here).any() else 0, most if here.any() else 0]
    figure.update_xaxes(showticklabels=False, showline=False, range=sides)
    return figure.update_yaxes(showgrid=False)
