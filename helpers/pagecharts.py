"""pagecharts: tables of articles and of a page's lines → figures. See `plot_page`."""

import pandas as pd

from helpers.describe import describe, marks_of, points
from helpers.house import CONTEXT, HOVER, SERIES, UNKNOWN, blank, both, empty, house, safe, shorten

PAGE_CELLS, PAGE_ROWS = 32, 96  # of one column of a drawn page
TALLEST = 660  # pixels of a drawn page


def plot_articles(articles: pd.DataFrame, by: str = "quarter"):
    """Tiles of how many articles each paper has in each month, quarter or year; a gap is blank."""
    title = "稿件的时间与报纸 / Articles by time and paper"
    dated = articles[articles["date"].notna() & articles["duplicate_of"].isna()]
    if dated.empty:
        return empty(title, "没有一篇带日期：请写 catalogue.csv。No article has a date: write catalogue.csv.")  # fmt: skip
    period = _period(dated["date"], by)
    table = pd.crosstab(dated["paper"].fillna(UNKNOWN), period)
    spread = [str(p) for p in _all_periods(dated["date"], by)]
    table = table.reindex(columns=spread)
    rows = table.stack().rename_axis(["paper", "period"]).reset_index(name="articles")
    rows = rows[rows["articles"] > 0].astype({"articles": int})
    said = [(f"{both(r.paper)[0]}，{r.period}：{r.articles:,} 篇",
             f"{both(r.paper)[1] or r.paper}, {r.period}: {r.articles:,} articles") for r in rows.itertuples()]  # fmt: skip
    shown = {"报纸 paper": "paper", "时期 period": "period", "篇数 articles": "articles"}
    marks = marks_of(rows, shown, ["paper", "period"], said)
    numbers = {tuple(key): k for k, key in enumerate(marks.keys.itertuples(index=False))}
    figure = blank().add_heatmap(
        z=[[v if v > 0 else None for v in row] for row in table.astype(float).values.tolist()],
        x=spread, y=list(range(len(table))), xgap=3, ygap=3, texttemplate="%{z:.0f}", hoverongaps=False,
        colorscale=[[0, "#E9E4D8"], [1, SERIES[1]]], showscale=False, hovertemplate=HOVER,
        customdata=[points(marks, [numbers.get((p, t)) for t in spread]) for p in table.index],
    )  # fmt: skip
    n = f"n = {len(dated):,}"
    unit = f"每格：篇数；空白：没有剪报；{n} 篇 / articles per tile; blank: no clippings; {n}"
    house(figure, title, unit, 70 + 40 * len(table))
    figure.update_xaxes(type="category", autotickangles=[0, -45, -90], fixedrange=True)
    figure.update_yaxes(
        showgrid=False, fixedrange=True, tickvals=list(range(len(table))),
        ticktext=[safe(shorten(x, 9)) for x in table.index],
    )  # fmt: skip
    return describe(figure, "色块图 heat map", marks)


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


def plot_page(explained: pd.DataFrame, title: str = ""):
    """The page of an `explain_page` table, drawn: a colour an article, heads darker than text.

    A bar is a line of the page, or 32 cells of a longer one; they run down and then to the right,
    as columns do. Hover: the words, what they were taken for, by which rule, how surely.
    """
    title = title or "版面 / The page"
    if explained.empty:
        return empty(title, "这一页没有字。There is nothing on this page.")
    marks = _runs(explained)
    bars = _in_columns(pd.DataFrame(_page_bars(explained)))
    figure = blank()
    for number, rows in bars.groupby(bars["article"].fillna(0)):
        colour = SERIES[(int(number) - 1) % len(SERIES)] if number else CONTEXT
        figure.add_bar(
            x=rows["width"], base=rows["x"], y=rows["y"], orientation="h", width=0.78,
            marker={"color": colour, "opacity": rows["opacity"].tolist()},
            customdata=points(marks, rows["run"]), hovertemplate=HOVER,
        )  # fmt: skip
        if number:
            first = rows.iloc[0]
            figure.add_annotation(x=first["x"], y=first["y"], text=str(int(number)), xanchor="right",
                                  xshift=-3, showarrow=False, font={"size": 12, "color": colour})  # fmt: skip
    n = f"n = {explained['article'].nunique():,}"
    unit = (f"一种颜色一篇稿件，深色是标题、署名、图片说明；{n} 篇 / "
            f"a colour an article, dark: heads, bylines, captions; {n} articles")  # fmt: skip
    house(figure, title, unit, min(TALLEST, int(14 - 7 * bars["y"].min()) + 40))
    figure.update_layout(barmode="overlay", bargap=0, margin={"r": 12, "b": 8})
    figure.update_xaxes(
        visible=False, fixedrange=True, range=[-2, bars["x"].max() + PAGE_CELLS + 2]
    )
    figure.update_yaxes(visible=False, fixedrange=True, range=[bars["y"].min() - 1, 1])
    return describe(figure, "版面图 page plan", marks)


def _runs(explained: pd.DataFrame):
    """The marks of a drawn page: a run of one kind on a line."""
    rows = explained.assign(
        place=[f"第{line}行" for line in explained["line"]],
        shown=explained["text"].str[:PAGE_CELLS],
    )
    said = [(f"“{r.shown}”，第{r.line}行，{r.kind}，{r.rule}（{r.confidence:.2f}）",
             f"“{r.shown}”, line {r.line}, {r.kind}, {r.rule} ({r.confidence:.2f})")
            for r in rows.itertuples()]  # fmt: skip
    shown = {"行 line": "place", "类 kind": "kind", "文字 text": "shown", "把握 confidence": "confidence",
             "稿件 article": "article", "规则 rule": "rule"}  # fmt: skip
    return marks_of(rows, shown, ["line", "kind", "text"], said)


def _page_bars(explained: pd.DataFrame):
    """The bars of a drawn page: x, row, width, opacity, article and the run of each."""
    row, line, used = 0, None, 0
    for number, run in enumerate(explained.itertuples()):
        if run.line != line:
            row, used = row + (1 if line is None or run.line == line + 1 else 2), 0
        line = run.line
        for at in range(0, len(run.text), PAGE_CELLS):
            width = min(PAGE_CELLS, len(run.text) - at)
            if used + width > PAGE_CELLS:
                row, used = row + 1, 0
            yield {"x": used, "row": row, "width": width, "run": number,
                   "opacity": 0.42 if run.kind in ("body", "repeat") else 1.0,
                   "article": run.article}  # fmt: skip
            used += width


def _in_columns(bars: pd.DataFrame) -> pd.DataFrame:
    """The bars with x and y, their rows in as few columns as hold them, equally long."""
    rows = bars["row"].max() + 1
    deep = -(-rows // -(-rows // PAGE_ROWS))
    column, place = bars["row"] // deep, bars["row"] % deep
    return bars.assign(x=bars["x"] + column * (PAGE_CELLS + 5), y=-place)
