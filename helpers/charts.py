"""charts: a table of pages, words or counts → a plotly figure. See `plot_trend`.

What comes of quotes, figures, places and slogans is drawn in plates, the looks are those of house.
"""

import pandas as pd

from helpers.cloud import CLOUD, find_font, place_words
from helpers.house import (
    CONTEXT,
    FONT,
    INK,
    MUTED,
    PAPER,
    SERIES,
    THIN,
    blank,
    empty,
    house,
    safe,
    shorten,
)

PAGE_CELLS, PAGE_ROWS = 32, 96  # of one column of a drawn page


def plot_trend(trend: pd.DataFrame, title: str = "", names: dict | None = None):
    """Lines of a trend table: mentions per 10,000 characters by period, a colour a concept.

    trend: as `trend` of measures gives it (period, concept, per_10k, articles, articles_with).
    names: concept → the name shown. More than five concepts: the five most frequent in colour,
    the others in grey. A period with fewer than three articles is hollow; a gap stays a gap. A
    single concept has its band of 95 %, where there are articles enough.
    """
    if trend.empty or not trend["articles"].sum():
        return empty(title or "趋势 Trend", "没有带日期的稿件可画。No dated articles to draw.")
    order = (
        trend.groupby("concept", observed=True)["count"].sum().sort_values(ascending=False).index
    )
    figure = blank()
    for i, concept in enumerate(order):
        rows = trend[trend["concept"] == concept]
        figure.add_scatter(**_line(rows, (names or {}).get(concept, concept), i))
    n = int(trend.drop_duplicates("period")["articles"].sum())
    unit = f"每万字提及次数 · mentions per 10,000 characters · n = {n:,} 篇 articles · 空心：不足{THIN}篇 hollow: fewer than {THIN}"
    house(figure, (title or "随时间的提及 Mentions over time", unit), 440)
    if len(order) == 1 and "low" in trend:
        figure.update_traces(error_y=_band(trend))
        figure.layout.title.subtitle.text = f"{unit} · 竖线：95% 区间 lines: 95 %, bootstrap"
    figure.update_xaxes(type="category", categoryorder="array",
                        categoryarray=sorted(trend["period"].astype(str).unique()))  # fmt: skip
    figure.update_yaxes(rangemode="tozero")
    figure.update_layout(margin={"r": 150})
    return _label_ends(figure)


def _band(rows: pd.DataFrame) -> dict:
    """The band of each point as a thin line through it; none where there is none."""
    up, down = (side.round(2).fillna(0).tolist() for side in
                (rows["high"] - rows["per_10k"], rows["per_10k"] - rows["low"]))  # fmt: skip
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down,
            "color": CONTEXT, "thickness": 3, "width": 0}  # fmt: skip


def _line(rows: pd.DataFrame, name: str, i: int) -> dict:
    """One line of a trend: its points, colours and sentences."""
    colour = SERIES[i] if i < len(SERIES) else CONTEXT
    cells = zip(rows["period"], rows["articles"], rows["articles_with"], rows["count"],
                rows["per_10k"], strict=True)  # fmt: skip
    return {
        "x": rows["period"].astype(str).tolist(),
        "y": [None if pd.isna(v) else round(v, 2) for v in rows["per_10k"]],
        "name": safe(name), "mode": "lines+markers", "connectgaps": False,
        "line": {"color": colour, "width": 2.5 if i < len(SERIES) else 1.2},
        "marker": {"size": 9, "color": [PAPER if n < THIN else colour for n in rows["articles"]],
                   "line": {"color": colour, "width": 2}},
        "hovertemplate": "%{text}<extra></extra>",
        "text": [f"{p}：{a:,} 篇中 {w:,} 篇提到“{safe(name)}”，共 {c:,} 次，每万字 {v:.1f} 次"
                 for p, a, w, c, v in cells],
    }  # fmt: skip


def _label_ends(figure):
    """The figure with each line's name at its last point, pushed apart where they would collide."""
    heights = [(pd.Series(t.y, dtype=float).dropna(), t) for t in figure.data]
    ends = [[y.iloc[-1], t.name, t.line.color] for y, t in heights if len(y)]
    top, floor = max((y.max() for y, _ in heights if len(y)), default=1), -1e9
    for end in sorted(ends):
        end.append(max(end[0], floor + top * 0.06))
        floor = end[3]
        figure.add_annotation(x=1, xref="paper", y=end[3], text=end[1], showarrow=False,
                              xanchor="left", xshift=8, font={"color": end[2], "size": 14})  # fmt: skip
    return figure


def plot_keyness(keyness: pd.DataFrame, title: str = "", top: int = 15):
    """Bars of the words that set a target apart, and of those that its reference has more of.

    keyness: as `keyness` of measures gives it. Length: log-likelihood, signed.
    """
    if keyness.empty:
        return empty(title or "关键词 Keyness", "词数太少，比不出关键词。Too few words to compare.")
    ordered = keyness.sort_values("log_likelihood", ascending=False)
    more = ordered[ordered["log_likelihood"] > 0].head(top)
    less = ordered[ordered["log_likelihood"] < 0].tail(max(5, top // 3))
    rows = pd.concat([more, less]).iloc[::-1]
    figure = blank().add_bar(
        x=rows["log_likelihood"].round(1), y=[safe(w) for w in rows["word"]], orientation="h",
        marker={"color": [SERIES[0] if v > 0 else SERIES[1] for v in rows["log_likelihood"]]},
        text=[f"{n:,}" for n in rows["count"]], textposition="outside", cliponaxis=False,
        hovertemplate="%{customdata}<extra></extra>",
        customdata=[
            f"“{safe(r.word)}”：本组 {r.count_here:,} 次（每百万词 {r.per_million:,.0f}），"
            f"其余 {r.count_reference:,} 次（{r.per_million_reference:,.0f}）；"
            f"G² {r.log_likelihood:.1f}，log ratio {r.log_ratio:.2f}"
            for r in rows.rename(columns={"count": "count_here"}).itertuples()
        ],
    )  # fmt: skip
    unit = "对数似然 G²，红：本组更多，蓝：其余更多；数字为次数 · log-likelihood, red: more here, blue: more elsewhere"
    house(
        figure,
        (title or "这一组的关键词 Words that set these articles apart", unit),
        130 + 28 * len(rows),
    )
    figure.update_xaxes(showticklabels=False, showline=False)
    figure.update_yaxes(showgrid=False, tickfont={"size": 14})
    return figure.update_layout(margin={"l": 12, "r": 60, "t": 96})


def plot_bars(table: pd.DataFrame, title: str, unit: str):
    """Horizontal bars of a table of two columns (name, number), the longest above.

    A third column, if there is one, is the sentence that a bar shows on hover.
    """
    if table.empty:
        return empty(title, "没有可画的数。Nothing to draw.")
    name, number = table.columns[:2]
    rows = table.sort_values(number)
    said = rows[table.columns[2]] if len(table.columns) > 2 else [
        f"{a}：{b:,}" for a, b in zip(rows[name], rows[number], strict=True)]  # fmt: skip
    figure = blank().add_bar(
        x=rows[number], y=[safe(x) for x in rows[name]], orientation="h",
        marker={"color": SERIES[0]}, text=[f"{n:,}" for n in rows[number]], textposition="outside",
        cliponaxis=False, hovertemplate="%{customdata}<extra></extra>",
        customdata=[safe(x) for x in said],
    )  # fmt: skip
    house(figure, (title, unit), 130 + 28 * len(rows))
    figure.update_xaxes(showticklabels=False, showline=False)
    figure.update_yaxes(type="category", showgrid=False, tickvals=list(range(len(rows))),
                        ticktext=[safe(shorten(x)) for x in rows[name]])  # fmt: skip
    return figure.update_layout(margin={"r": 60})


def plot_articles(articles: pd.DataFrame, by: str = "quarter"):
    """Tiles of how many articles each paper has in each month, quarter or year; a gap is blank."""
    dated = articles[articles["date"].notna() & articles["duplicate_of"].isna()]
    if dated.empty:
        return empty("稿件的时间 When the articles are from",
                     "没有一篇带日期：请写 catalogue.csv。No article has a date: write catalogue.csv.")  # fmt: skip
    period = _period(dated["date"], by)
    table = pd.crosstab(dated["paper"].fillna("未知 unknown"), period)
    spread = [str(p) for p in _all_periods(dated["date"], by)]
    table = table.reindex(columns=spread).astype(float)
    cells = [[v if v > 0 else None for v in row] for row in table.values.tolist()]
    figure = blank().add_heatmap(
        z=cells, x=spread, y=[safe(x) for x in table.index], xgap=3, ygap=3,
        colorscale=[[0, "#E9E4D8"], [1, SERIES[1]]], showscale=False, hoverongaps=False,
        hovertemplate="%{y}，%{x}：%{z:.0f} 篇<extra></extra>", texttemplate="%{z:.0f}",
    )  # fmt: skip
    unit = (
        f"每格：篇数；空白：没有剪报 · articles per tile; blank: no clippings · n = {len(dated):,}"
    )
    house(figure, ("稿件的时间与报纸 Articles by time and paper", unit), 150 + 40 * len(table))
    figure.update_xaxes(type="category", tickangle=-45 if len(spread) > 8 else 0)
    return figure.update_yaxes(showgrid=False)


def _period(dates: pd.Series, by: str) -> pd.Series:
    """The name of each date's month, quarter or year: 2023-09, 2023Q3, 2023."""
    if by not in ("month", "quarter", "year"):
        raise ValueError(f"by must be month, quarter or year, not {by!r}")
    if by == "quarter":
        return dates.dt.year.astype(str) + "Q" + dates.dt.quarter.astype(str)
    return dates.dt.strftime("%Y-%m" if by == "month" else "%Y")


def _all_periods(dates: pd.Series, by: str) -> list:
    """Every period from the first to the last, those without articles too."""
    days = pd.Series(pd.date_range(dates.min(), dates.max(), freq="D"))
    return list(dict.fromkeys(_period(days, by)))


def plot_cloud(table: pd.DataFrame, size: str = "count", title: str = "", top: int = 80):
    """Words of a table set as a cloud, the larger the higher `size`; it hovers and stays text.

    wordcloud finds the places, plotly draws the words. Area of a word is no exact measure:
    the number is in its hover. Without a Chinese font there is a sentence instead of boxes.
    """
    rows = table[table[size] > 0].nlargest(top, size)
    title = title or "常用词 Frequent words"
    if rows.empty:
        return empty(title, "没有可画的词。No words to draw.")
    if not find_font():
        return empty(
            title,
            "找不到中文字体：请安装 zhplot，或设 JIANBAO_FONT。No Chinese font: install zhplot.",
        )
    words = place_words(dict(zip(rows["word"].astype(str), rows[size].astype(float), strict=True)))
    said = {str(r.word): r for r in rows.rename(columns={"count": "count_here"}).itertuples()}
    figure = blank().add_scatter(
        x=[w[1] for w in words], y=[-w[2] for w in words], mode="text",
        text=[safe(w[0]) for w in words], textposition="middle center",
        textfont={"size": [w[3] for w in words], "family": FONT,
                  "color": [SERIES[0] if k < 12 else INK if k < 40 else MUTED for k in range(len(words))]},
        customdata=[_cloud_sentence(said[w[0]]) for w in words],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    n = f"n = {int(table['count'].sum()):,} 词 words" if "count" in table else ""
    house(figure, (title, f"字号随 {size} · size by {size} · {n}"), CLOUD[1] + 110)
    figure.update_xaxes(visible=False, range=[0, CLOUD[0]], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-CLOUD[1], 0], fixedrange=True)
    return figure.update_layout(
        width=CLOUD[0] + 30, autosize=False, margin={"l": 12, "r": 12, "b": 12}
    )


def _cloud_sentence(row) -> str:
    """What a word of the cloud says on hover."""
    count, where = getattr(row, "count_here", None), getattr(row, "articles", None)
    said = f"“{safe(row.word)}”"
    if count is not None:
        said += f"：{count:,} 次"
    return said + (f"，见于 {where:,} 篇" if where is not None else "")


def plot_page(explained: pd.DataFrame, title: str = "版面 The page"):
    """The page of an `explain_page` table, drawn: a colour an article, heads darker than text.

    A bar is a line of the page, or 32 cells of a longer one; they run down and then to the right,
    as columns do. Hover: the words, what they were taken for, by which rule, how surely.
    """
    if explained.empty:
        return empty(title, "这一页没有字。There is nothing on this page.")
    bars = pd.DataFrame(_page_bars(explained))
    figure = blank()
    for number, rows in bars.groupby(bars["article"].fillna(0)):
        colour = SERIES[(int(number) - 1) % len(SERIES)] if number else CONTEXT
        figure.add_bar(
            x=rows["width"], base=rows["x"], y=rows["y"], orientation="h", width=0.78,
            marker={"color": colour, "opacity": rows["opacity"].tolist()},
            customdata=rows["said"].tolist(), hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        if number:
            first = rows.iloc[0]
            figure.add_annotation(x=first["x"], y=first["y"], text=str(int(number)), xanchor="right",
                                  xshift=-3, showarrow=False, font={"size": 12, "color": colour})  # fmt: skip
    n = int(explained["article"].nunique())
    unit = f"一种颜色一篇稿件，深色是标题、署名、图片说明 · a colour an article, dark: heads, bylines, captions · n = {n} 篇 articles"
    house(figure, (title, unit), 720)
    figure.update_layout(barmode="overlay", bargap=0)
    figure.update_xaxes(visible=False, range=[-2, bars["x"].max() + PAGE_CELLS + 2])
    return figure.update_yaxes(visible=False, range=[-PAGE_ROWS - 1, 1])


def _page_bars(explained: pd.DataFrame):
    """The bars of a drawn page: x, y, width, opacity, article and what each says."""
    row, line, used = 0, None, 0
    for run in explained.itertuples():
        if run.line != line:
            row, used = row + (1 if line is None or run.line == line + 1 else 2), 0
        line = run.line
        for at in range(0, len(run.text), PAGE_CELLS):
            part = run.text[at : at + PAGE_CELLS]
            if used + len(part) > PAGE_CELLS:
                row, used = row + 1, 0
            column, place = divmod(row, PAGE_ROWS)
            yield {
                "x": column * (PAGE_CELLS + 5) + used, "y": -place, "width": len(part),
                "opacity": 0.42 if run.kind in ("body", "repeat") else 1.0, "article": run.article,
                "said": f"“{safe(part)}”<br>第{run.line}行 line {run.line} · {run.kind} · "
                        f"{safe(run.rule)}（{run.confidence:.2f}）",
            }  # fmt: skip
            used += len(part)
