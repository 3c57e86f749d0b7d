"""clean: repairs the characters of newspaper text. See the `clean` function.

Every repair keeps the number of characters that are not blank, and their order: the k-th
character of the cleaned text is the k-th of the page. `locate` in `corpus` relies on it.
What we leave alone on purpose: blanks round a Latin word or quotation (开展 App 违法), half-width
brackets, a ratio's colon (1.08:1), 1-5月, full-width digits (４次), long dashes, every OCR error.
"""

import re
import unicodedata
from collections.abc import Callable
from os.path import commonprefix
from typing import NamedTuple

# Letters: the basic ones, extension A, compatibility, and extension B to H, usual in names (𬭎).
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
MARKS = "，。、；：？！“”‘’（）《》〈〉「」『』【】—…·～％〔〕"
CJK = HAN + MARKS
DIGITS = "0-9０-９"
LATIN = "A-Za-zÀ-ɏ"
BLANK = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"

# Zero-width and control characters that copying and PDF tools leave in; they print as nothing.
INVISIBLE = (
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u061c\u180e\x00-\x08\x0e-\x1f\x7f"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
INVISIBLE_RE = re.compile(f"[{INVISIBLE}]")

# Look-alikes of U+2E80-2EFF that PDF tools give for whole characters; NFKC repairs only two of
# them. Component forms (⻌ ⺮ ⻊) stand for no character of their own and are left as they are.
RADICALS = dict(
    zip(
        "⺁⺇⺊⺒⺓⺝⺞⺟⺠⺩⺫⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
        "厂几卜巳幺月歹母民王目示虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
        strict=True,
    )
)
# The Kangxi radicals (U+2F00-2FDF) and the compatibility ideographs have their letter by Unicode.
LOOKALIKES = str.maketrans(
    RADICALS
    | {
        chr(c): unicodedata.normalize("NFKC", chr(c))
        for c in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
        if len(unicodedata.normalize("NFKC", chr(c))) == 1
    }
)
LOOKALIKE = "".join(map(chr, LOOKALIKES))
LOOKALIKE_RE = re.compile(f"[{LOOKALIKE}]+")

# A blank that no compositor set: between Chinese and Chinese, Chinese and a number, beside a mark.
# That of a Latin quotation (The “Ferry” plan) stays.
STRAY_BLANK_RE = re.compile(
    rf"""(?<!{BLANK})(?={BLANK})
        (?! (?<=[{LATIN}]) {BLANK}++ [“‘][{LATIN}] | (?<=[{LATIN}.,!?][”’]) {BLANK}++ [{LATIN}] )
        (?: (?<=[{CJK}]){BLANK}++(?=[{CJK}{DIGITS}])  # 我国 网络, 推动 2023
          | (?<=[{DIGITS}%]){BLANK}++(?=[{CJK}])      # 300 余项
          | {BLANK}++(?=[{MARKS}])                    # 苹果 、
          | (?<=[{MARKS}]){BLANK}++ )                 # 、 特斯拉
    """,
    re.VERBOSE,
)
# , : ; with Chinese on both sides, or at an end: 近日,西平县 but not 1.08:1 and not GPT-4,Llama
HALF_MARK_RE = re.compile(rf"(^|[{CJK}])({BLANK}*+)([,:;])(?={BLANK}*+(?:[{CJK}]|$))")
WIDE = {",": "，", ":": "：", ";": "；"}

BESIDE = 6  # characters shown on each side of a change


class Repair(NamedTuple):
    """What a repair looks for, and what it puts there, as `re.sub` takes them.

    sign: a text without one of these holds nothing for it, as most do.
    """

    pattern: re.Pattern
    put: str | Callable
    sign: re.Pattern


# By name, in the order in which they are made: a mark is judged by what is left beside it.
REPAIRS = {
    "invisible": Repair(INVISIBLE_RE, "", INVISIBLE_RE),
    "lookalikes": Repair(LOOKALIKE_RE, lambda m: m[0].translate(LOOKALIKES), LOOKALIKE_RE),
    "marks": Repair(HALF_MARK_RE, lambda m: m[1] + m[2] + WIDE[m[3]], re.compile("[,:;]")),
    "blanks": Repair(STRAY_BLANK_RE, "", re.compile(BLANK)),
}
# Without one of all their signs a text has nothing to mend.
SUSPECT_RE = re.compile(rf"[{INVISIBLE}{LOOKALIKE},:;{BLANK[1:-1]}]")


class Change(NamedTuple):
    """What a repair found at a place and what it put there; at: visible characters before it.

    left, right: what stands beside it.
    """

    repair: str
    at: int
    before: str
    after: str
    left: str
    right: str


def clean(text: str, repairs=REPAIRS) -> str:
    """One paragraph with its characters repaired, and nothing else changed.

    repairs: the names of those to make. The cost of "blanks": the one between two halves of a
    headline (共谱合作 共创未来) goes too, where `page` does not hold it.

    >>> clean(" 9 月 11 日至 17 日,以“网络安全为人民” 为主题 ")
    '9月11日至17日，以“网络安全为人民”为主题'
    >>> clean("⻓安街的⻋, 发布 300 余项", repairs=["lookalikes"])
    '长安街的车, 发布 300 余项'
    """
    text = text.strip()
    if not SUSPECT_RE.search(text):
        return text
    for name, (pattern, put, sign) in REPAIRS.items():
        if name in repairs and sign.search(text):
            text = pattern.sub(put, text).strip()
    return text


def list_changes(text: str, repairs=REPAIRS) -> list[Change]:
    """What `clean` changes in a paragraph, repair by repair.

    >>> [(c.repair, c.at, c.before, c.after) for c in list_changes("近日,⻋站 开工")]
    [('lookalikes', 3, '⻋', '车'), ('marks', 2, ',', '，'), ('blanks', 5, ' ', '')]
    """
    text, found = text.strip(), []
    for name, (pattern, put, sign) in REPAIRS.items() if SUSPECT_RE.search(text) else ():
        if name not in repairs or not sign.search(text):
            continue
        visible, until = 0, 0
        for m in pattern.finditer(text):
            after = put(m) if callable(put) else put
            same = len(commonprefix([m[0], after])) if after else 0
            start = m.start() + same
            visible += len(bare(text[until:start]))
            until = start
            sides = text[max(0, start - BESIDE) : start], text[m.end() : m.end() + BESIDE]
            found.append(Change(name, visible, m[0][same:], after[same:], *sides))
        text = pattern.sub(put, text).strip()
    return found


def drop_invisible(text: str) -> str:
    """The text without characters that print as nothing.

    >>> drop_invisible("网络\\u200b安全")
    '网络安全'
    """
    return INVISIBLE_RE.sub("", text)


def bare(text: str) -> str:
    """The text without any blank or invisible character: what is counted and compared.

    >>> bare("韩 硕\\u3000摄")
    '韩硕摄'
    """
    return "".join(drop_invisible(text).split())
