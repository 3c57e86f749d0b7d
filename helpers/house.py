"""house: how every figure looks, its type, its colours, its title. See `house`.

Words of a clipping reach a figure only through `safe`: plotly reads <b> and <a> as markup.
Titles say Chinese first, English beneath; every subtitle has its measure and its n.
"""

import html

INK, MUTED, PAPER, LINE, CONTEXT = "#1F2328", "#5F6670", "#FCFAF5", "#DDD8CC", "#B8B2A6"
SERIES = ["#B93A29", "#214563", "#419680", "#B9870F", "#9D7BB3"]
FONT = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif'
THIN = 3  # articles: a period with fewer says little and is drawn hollow


def safe(text) -> str:
    """The text as plotly shows it letter for letter.

    >>> safe("<b>网络</b>")
    '&lt;b&gt;网络&lt;/b&gt;'
    """
    return html.escape(str(text), quote=False)


def shorten(label, most: float = 18) -> str:
    """A label of an axis no wider than a narrow screen has room for, in widths of a Chinese letter.

    >>> shorten("基层治理 Grassroots governance"), shorten("迈向数字文明新时代——携手构建网络空间命运共同体", 11)
    ('基层治理 Grassroots governance', '迈向数字文明新时代—…')
    """
    text, width = str(label), 0.0
    for k, letter in enumerate(text):
        width += 1 if letter > "\u2000" else 0.55
        if width > most:
            return text[: k - 1] + "…"
    return text


def blank():
    """A figure without traces."""
    from plotly.graph_objects import Figure

    return Figure()


def source(paper, day: str, article: str, line) -> str:
    """Where a passage stands: paper, day, article and line, those that are known.

    >>> source("望川日报", "2023-07-18", "a.txt#01", 12), source(None, "", "a.txt#01", None)
    ('望川日报 · 2023-07-18 · a.txt#01 · 第12行', 'a.txt#01')
    """
    known = [paper if isinstance(paper, str) else "", day, article, f"第{line}行" if line else ""]
    return " · ".join(filter(None, known))


def house(figure, title: tuple[str, str], height: int):
    """The figure with the house's type, colours, title (zh, subtitle) and height in pixels."""
    figure.update_layout(
        title={
            "text": safe(title[0]), "subtitle": {"text": title[1], "font": {"size": 13, "color": MUTED}},
            "font": {"size": 18, "color": INK}, "x": 0, "xanchor": "left", "xref": "container",
            "y": 1, "yanchor": "top", "yref": "container", "pad": {"t": 16, "l": 12},
        },
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor=PAPER, plot_bgcolor=PAPER, colorway=SERIES, height=height,
        margin={"l": 12, "r": 24, "t": 86, "b": 40}, showlegend=False, bargap=0.35,
        hoverlabel={"bgcolor": "#FFFFFF", "bordercolor": LINE, "font": {"family": FONT, "size": 14, "color": INK}},
        modebar={"remove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"]},
    )  # fmt: skip
    figure.update_xaxes(
        showgrid=False, zeroline=False, linecolor=LINE, automargin=True, tickformat=None
    )
    figure.update_yaxes(gridcolor=LINE, zeroline=False, automargin=True)
    return figure


def empty(title: str, why: str):
    """A figure that says in one sentence why there is nothing to draw."""
    figure = house(blank(), (title, ""), 180)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(text=safe(why), showarrow=False, font={"size": 14, "color": MUTED},
                          xref="paper", yref="paper", x=0, y=0.5, xanchor="left")  # fmt: skip
    return figure
