"""cloud: a table of words → a word cloud that hovers and opens passages. See `plot_cloud`.

wordcloud finds the places, word by word in what is left free; plotly draws them as text in boxes.
"""

import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from helpers.describe import describe, marks_of, points
from helpers.house import FONT, HOVER, INK, MUTED, SERIES, blank, empty, house, safe

CLOUD, NARROW = (640, 400), (340, 400)  # px, on a wide screen and paper, and on a phone
MOST, LETTER, FILL = (
    80,
    (12, 72),
    0.42,
)  # words; px of the smallest and largest letter; share filled
CELL, GAP = 2, 2  # px of a cell of the layout, cells between two words
RINGS = (0.25, 0.45, 0.65, 0.85, 1.5)  # how far from the middle a word looks for room
SYSTEM_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)


@lru_cache(maxsize=1)
def find_font() -> str | None:
    """The path of a font with Chinese letters: JIANBAO_FONT, Noto Sans SC of zhplot, the system's."""
    spec = find_spec("zhplot")  # not imported: importing it changes matplotlib's settings
    packaged = Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf" if spec else None
    for path in (os.environ.get("JIANBAO_FONT"), packaged, *SYSTEM_FONTS):
        if path and Path(path).is_file():
            return str(path)
    return None


def plot_cloud(table, size: str = "count", title: str = "", shape: str = "oval"):
    """The 80 words of a table that have most of `size`, set as a cloud; it hovers and stays text.

    The area of a letter goes with `size`: a rate or a keyness does as well as a count. shape: oval,
    box, or the path of a picture, whose dark parts are filled. Where there is no Chinese font, a
    sentence says so. The exact number is in the hover.
    """
    rows = table[table[size] > 0].nlargest(MOST, size)
    title = title or "常用词 / Frequent words"
    if rows.empty:
        return empty(title, "没有可画的词。No words to draw.")
    if not find_font():
        return empty(
            title,
            "找不到中文字体：请安装 zhplot，或设 JIANBAO_FONT。No Chinese font: install zhplot.",
        )
    sizes = dict(zip(rows["word"].astype(str), rows[size].astype(float), strict=True))
    wide, narrow = (_boxes(place_words(sizes, area, shape)) for area in (CLOUD, NARROW))
    marks, number = _words(rows, size), {word: k for k, word in enumerate(sizes)}
    figure = blank().add_bar(
        **wide[0], text=[safe(w) for w in wide[1]], textposition="inside", constraintext="none",
        textangle=0, insidetextanchor="middle", marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=points(marks, [number[w] for w in wide[1]]), hovertemplate=HOVER, cliponaxis=False,
    )  # fmt: skip
    n = f"；n = {table['count'].sum():,} 词", f"; n = {table['count'].sum():,} words"
    zh, en = n if "count" in table else ("", "")
    house(figure, title, f"字的大小随 {size}{zh} / size by {size}{en}", CLOUD[1] + 16)
    figure.update_xaxes(visible=False, range=[0, CLOUD[0]], fixedrange=True)
    figure.update_yaxes(visible=False, range=[CLOUD[1], 0], fixedrange=True)
    figure.update_layout(
        width=CLOUD[0] + 16, autosize=False, margin={"l": 8, "r": 8, "b": 8}, barmode="overlay"
    )
    describe(figure, "词云 word cloud", marks)
    here = narrow[0] | {"text": [safe(w) for w in narrow[1]], "area": NARROW,
                        "customdata": points(marks, [number[w] for w in narrow[1]])}  # fmt: skip
    return figure.update_layout(meta=figure.layout.meta | {"narrow": here})


def _words(rows, size):
    """The marks of a cloud: a word each, the largest first."""
    counted = [c for c in ("count", "articles") if c in rows and c != size]
    told = {
        "count": ("，{:,} 次", ", {:,} uses"),
        "articles": ("，见于 {:,} 篇", ", in {:,} articles"),
    }
    said = [(f"“{r['word']}”：{size} {r[size]:,.6g}" + "".join(told[c][0].format(r[c]) for c in counted),
             f"“{r['word']}”: {size} {r[size]:,.6g}" + "".join(told[c][1].format(r[c]) for c in counted))
            for r in rows.to_dict("records")]  # fmt: skip
    heads = {"词 word": "word", f"{size}": size, "次数 uses": "count", "篇数 articles": "articles"}
    shown = {head: c for head, c in heads.items() if c in ("word", size) or c in counted}
    return marks_of(rows, shown, ["word"], said)


def _boxes(words) -> tuple[dict, list]:
    """Placed words as bars that are their boxes, and the words in the same order."""
    size = [w[5] for w in words]
    big = [SERIES[0] if k < 8 else INK if k < 32 else MUTED for k in range(len(words))]
    bars = {"x": [x + w / 2 for _, x, _, w, _, _ in words], "base": [y for _, _, y, *_ in words],
            "width": [w for *_, w, _, _ in words], "y": [h for *_, h, _ in words],
            "textfont": {"size": size, "color": big, "family": FONT}}  # fmt: skip
    return bars, [w[0] for w in words]


def place_words(sizes: dict, area=CLOUD, shape: str = "oval") -> list[tuple]:
    """(word, left, top, width, height, font size) of each word in pixels, the largest first.

    Boxes never overlap: each word is laid out by wordcloud in what the boxes before it left free,
    as near the middle as it finds room. One that fits nowhere is set smaller, or left out.
    """
    cells = tuple(n // CELL for n in area)
    free, placed, ring = _shape(cells, shape), [], 0
    fill = sum(len(word) * value for word, value in sizes.items())
    scale = min(LETTER[1] ** 2 / max(sizes.values()), FILL * area[0] * area[1] / fill)
    for word, value in sizes.items():
        size = max(LETTER[0], round((value * scale) ** 0.5)) // CELL
        for k in range(max(0, ring - 1), len(RINGS)):
            least = size if k < len(RINGS) - 1 else LETTER[0] // CELL
            found = _place(word, size, free & _oval(cells, RINGS[k]), least)
            if found:
                x, y, w, h, letter = found
                free[y : y + h, x : x + w], ring = False, k
                placed.append((word, *(n * CELL for n in (x, y, w, h, letter))))
                break
    return placed


def _place(word, size, free, least):
    """Left, top, width, height and letter of a word where there is room for it, or None."""
    from PIL import ImageFont
    from wordcloud import WordCloud

    cloud = WordCloud(font_path=find_font(), mask=(~free * 255).astype("uint8"), random_state=1,
                      prefer_horizontal=1.0, max_font_size=size, min_font_size=least, margin=GAP,
                      color_func=_plain)  # fmt: skip
    cloud.generate_from_frequencies({word: 1.0})
    for _, letter, (y, x), _, _ in cloud.layout_:
        _, _, width, height = ImageFont.truetype(find_font(), letter).getbbox(word, anchor="lt")
        corner = 1 - GAP // 2  # wordcloud looks at what lies behind and below the place it names
        return int(x) + corner, int(y) + corner, int(width) + GAP, int(height) + GAP, int(letter)
    return None


def _plain(*_, **__):
    """A colour, which plotly gives in our stead: wordcloud would ask matplotlib, half a second of imports."""
    return INK


def _shape(area, shape):
    """The free pixels of a cloud: all, an oval, or the dark ones of a picture."""
    import numpy as np

    if shape == "oval":
        return _oval(area, 1.0)
    if shape == "box":
        return np.ones(area[::-1], bool)
    if not Path(shape).is_file():
        raise ValueError(f"shape={shape!r}: choose oval, box, or the path of a picture.")
    from PIL import Image

    return np.asarray(Image.open(shape).convert("L").resize(area)) < 128


def _oval(area, part: float):
    """The pixels of an oval around the middle, `part` as large as the area; all of it from 1.4 on."""
    import numpy as np

    x, y = (np.linspace(-1, 1, n) for n in area)
    return (x**2)[None] + (y**2)[:, None] <= part**2
