"""house: how every figure looks, its type, its colours, its title. See `house`.

Words of a clipping reach a figure only through `safe`: plotly reads <b> and <a> as markup.
Titles and units say Chinese first, English beneath; every unit has its measure and its n.
"""

import html
import re
import sys
from functools import cache
from itertools import accumulate

INK, MUTED, PAPER, LINE, CONTEXT = "#1F2328", "#5F6670", "#FCFAF5", "#DDD8CC", "#B8B2A6"
SERIES = ["#B93A29", "#214563", "#419680", "#B9870F", "#9D7BB3"]
SCALE = [[0, "#F3EFE5"], [1e-6, "#D9DCDD"], [1, SERIES[1]]]  # nothing is paler than a little
FONT = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif'
UNKNOWN = "未知 unknown"  # paper
HOVER = "%{customdata[1]}<extra></extra>"  # the sentence of a mark
THIN = 3  # articles: a period with fewer says little and is drawn hollow
ROOM = 12  # pixels above a chart whose title stands elsewhere
BOTH_RE = re.compile(r"(.*[㐀-鿿）”％%])\s+([^㐀-鿿]*[A-Za-z][^㐀-鿿]*)", re.DOTALL)


def safe(text) -> str:
    """The text as plotly shows it letter for letter.

    >>> safe("<b>网络</b>")
    '&lt;b&gt;网络&lt;/b&gt;'
    """
    return html.escape(str(text), quote=False)


def both(words) -> tuple[str, str]:
    """The Chinese and the English of words in both: “zh / en”, or the English after the Chinese.

    >>> both("词云 / Words, large and small"), both("基层治理 Grassroots governance"), both("望川日报")
    (('词云', 'Words, large and small'), ('基层治理', 'Grassroots governance'), ('望川日报', ''))
    """
    chinese, bar, english = str(words).partition(" / ")
    found = None if bar else BOTH_RE.fullmatch(chinese)
    return found.groups() if found else (chinese, english)


def shorten(label, most: float = 18) -> str:
    """A label of an axis no wider than a narrow screen has room for, in widths of a Chinese letter.

    >>> shorten("基层治理 Grassroots governance"), shorten("迈向数字文明新时代——携手构建网络空间命运共同体", 11)
    ('基层治理 Grassroots governance', '迈向数字文明新时代—…')
    """
    text = str(label)
    fits = _fitting(text, most)
    return text if fits == len(text) else text[: fits - 1] + "…"


def _fitting(text: str, most: float) -> int:
    """How many letters of a text are together no wider than so many Chinese ones."""
    widths = accumulate(1 if letter > "\u2000" else 0.55 for letter in text)
    return sum(width <= most for width in widths)


def fold(text: str, most: float = 14) -> str:
    """A label in two lines where it is too wide for one, broken behind a mark or a blank if it can be.

    >>> fold("迈向数字文明新时代——携手构建网络空间命运共同体", 13)
    '迈向数字文明新时代——\\n携手构建网络空间命运共同体'
    >>> fold("公共服务与民生", 4), fold("望川日报", 4)
    ('公共服务\\n与民生', '望川日报')
    """
    if shorten(text, most) == text:
        return text
    half = _fitting(text, most)
    breaks = [m.end() for m in re.finditer(r"[，、：；—…”》与]+|\s+", text[:half])]
    at = breaks[-1] if breaks and breaks[-1] * 3 > half else half
    return f"{text[:at]}\n{shorten(text[at:], most)}"


def label(words, most: float = 14) -> str:
    """A label of an axis, for plotly: the English small beneath the Chinese, long Chinese in two lines.

    >>> label("望川日报"), label("乡村振兴 Rural revitalisation")[:13]
    ('望川日报', '乡村振兴<br><span')
    """
    chinese, english = both(words)
    if not english:
        return safe(fold(chinese, most)).replace("\n", "<br>")
    small = f'<span style="font-size:11px;color:{MUTED}">{safe(shorten(english, 24))}</span>'
    return f"{safe(shorten(chinese, most))}<br>{small}"


def tall(labels) -> int:
    """Pixels of a row beside which labels stand: more where one of them has two lines."""
    return 44 if any("<br>" in x for x in labels) else 28


def on_tile(text: str, darkness: float) -> str:
    """Words on a tile of the scale, for plotly; darkness: from 0 to 1. White where ink would sink."""
    colour = "#FFFFFF" if darkness > 0.55 else INK
    return f'<span style="color:{colour}">{text}</span>' if text else ""


def blank():
    """A figure without traces, in the template of the house."""
    from plotly.graph_objects import Figure

    return Figure(layout={"template": _template()})


@cache
def _template():
    """The template of the house; plotly express knows it too, as "jianbao"."""
    from plotly.graph_objects import layout

    io = _what_shows()
    letters = {"family": FONT, "size": 14, "color": INK}
    io.templates["jianbao"] = layout.Template(
        layout={
            "font": letters, "colorway": SERIES, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER,
            "title": {"font": {"size": 18}, "x": 0, "xanchor": "left", "xref": "container", "y": 1,
                      "yanchor": "top", "yref": "container", "pad": {"t": 16, "l": 12},
                      "subtitle": {"font": {"size": 13, "color": MUTED}}},
            "margin": {"l": 12, "r": 24, "b": 40}, "showlegend": False, "bargap": 0.35,
            "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": LINE, "font": letters, "align": "left"},
            "xaxis": {"showgrid": False, "zeroline": False, "linecolor": LINE, "automargin": True,
                      "ticks": ""},
            "yaxis": {"gridcolor": LINE, "zeroline": False, "automargin": True, "ticks": "",
                      "ticklabelstandoff": 6},
            "separators": ".,", "hovermode": "closest", "dragmode": False,
            "modebar": {"remove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"]},
        }
    )  # fmt: skip
    return io.templates["jianbao"]


def _what_shows():
    """plotly.io, with all that it imports to show a figure, in a tenth of the time.

    nbformat wants jsonschema, and that a grammar of web addresses which takes a second to read; it
    does without where there is none, and no notebook asks for it.
    """
    from plotly import io

    grammar = "rfc3987_syntax"
    hidden = sys.modules.setdefault(grammar, None) is None
    try:
        io.renderers  # noqa: B018 (it is imported when it is first named)
    finally:
        if hidden:
            del sys.modules[grammar]
    return io


def house(figure, title, unit, height: int):
    """The figure with its title and unit, each in both languages, and its height in pixels.

    The height is that of the drawing; the lines of the title come on top of it.
    """
    words = {"title": both(title), "unit": both(unit)}
    small = f'<span style="font-size:13px;color:{MUTED}">{{}}</span>'
    head = [words["title"][0], *(small.format(safe(x)) for x in words["title"][1:] if x)]
    head[0] = safe(head[0])
    beneath = [safe(x) for x in words["unit"] if x]
    top = 30 + 22 * len(head) + 18 * len(beneath)
    return figure.update_layout(
        title={"text": "<br>".join(head), "subtitle": {"text": "<br>".join(beneath)}},
        margin={"t": top}, height=height - ROOM + top, meta={"words": words, "top": ROOM},
    )  # fmt: skip


def empty(title, why: str):
    """A figure that says in one sentence why there is nothing to draw."""
    figure = house(blank(), title, "", 96)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.add_annotation(text="<br>".join(safe(x) for x in both(why) if x), showarrow=False,
                          font={"size": 14, "color": MUTED}, align="left", xref="paper",
                          yref="paper", x=0, y=0.5, xanchor="left")  # fmt: skip
    return figure
