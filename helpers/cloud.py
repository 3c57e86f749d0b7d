"""cloud: words and their sizes → where each stands in a word cloud. See `place_words`."""

import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

CLOUD = (720, 420)  # px
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


def place_words(sizes: dict) -> list[tuple]:
    """(word, x, y, font size) of each word, its middle in pixels, the most frequent first."""
    from PIL import ImageFont
    from wordcloud import WordCloud

    cloud = WordCloud(font_path=find_font(), width=CLOUD[0], height=CLOUD[1], random_state=1,
                      prefer_horizontal=1.0, max_font_size=84, min_font_size=11, margin=4,
                      relative_scaling=0.5)  # fmt: skip
    cloud.generate_from_frequencies(sizes)
    found = []
    for (word, _), font_size, (y, x), _, _ in cloud.layout_:
        _, _, width, height = ImageFont.truetype(find_font(), font_size).getbbox(word, anchor="lt")
        found.append((word, x + width / 2, y + height / 2, font_size))
    return found
