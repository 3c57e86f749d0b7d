"""tongues: which part of a line is Chinese and which English, and the words of the pages in both.

Lines are written once, Chinese first: “何时 When”, “篇数 · articles · n = 12 篇 articles”. See
`tongues`. What names a column or a label is in assets/wording.toml, see `wording`.
"""

import html
import re
import tomllib
from functools import cache
from pathlib import Path

WORDING = Path(__file__).parent / "assets" / "wording.toml"
HAN = "㐀-鿿"
QUOTED = re.compile("“[^”]*”|《[^》]*》")  # a term or a title that an English line quotes
ENGLISH = re.compile(r"[a-z]{2}")  # n = 12 is in both languages, GDP is Chinese too
# 12 篇 articles, 2,000 词 words: a number and what is counted
COUNTED = re.compile(rf"(\d[\d,.+ ]*?) ?([{HAN}]+) ([a-z][a-z -]*)")
MOST = 26  # letters that a term with its gloss may have on a chart
END = 19  # letters of the name at the end of a line, beside which there is little room
RUN = re.compile(rf"[A-Za-z][A-Za-z'’-]*|[{HAN}]+")


def tongues(line: str) -> tuple[str, str]:
    """The Chinese and the English of a line; both are the line where only one language is in it.

    Parts stand between points (·). A part of one language may follow its other, or be both at
    once, Chinese first; what is in neither, a number or a date, goes to both.

    >>> tongues("随时间的提及 Mentions over time")
    ('随时间的提及', 'Mentions over time')
    >>> tongues("篇数，灰：其余 · articles, grey: others · n = 12 篇 articles")
    ('篇数，灰：其余 · n = 12 篇', 'articles, grey: others · n = 12 articles')
    >>> tongues("望川日报")
    ('望川日报', '望川日报')
    """
    parts = [part.strip() for part in line.split("·")]
    both, at = [], 0
    while at < len(parts):
        here, after = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        paired = has_han(here) and ENGLISH.search(after) and not has_han(after)
        both.append((here, after) if paired else parted(here))
        at += 2 if paired else 1
    chinese, english = (" · ".join(filter(None, side)) for side in zip(*both, strict=True))
    return (chinese, english) if chinese and english else (line, line)


def parted(part: str) -> tuple[str, str]:
    """The Chinese and the English of one part of a line; twice the part where it has but one."""
    counted = COUNTED.sub(r"\1 \3", part)
    if counted != part and not has_han(counted):
        return COUNTED.sub(r"\1 \2", part), counted
    for gap in re.finditer(r"(?<=[。！？])(?=[“A-Z])|\s+", part):
        left, right = part[: gap.start()], part[gap.end() :]
        if has_han(left) and ENGLISH.search(right) and not has_han(right):
            return left, right
    return part, part


def has_han(text: str) -> bool:
    """Whether there is Chinese in a text, other than what it quotes."""
    return bool(re.search(f"[{HAN}]", QUOTED.sub("", text) or text))


def language(line: str) -> str:
    """zh or en: the language of a sentence, which may name things of the other.

    >>> language("RCEP 生效以来"), language("12 articles are about 贸易")
    ('zh', 'en')
    """
    first = [run[0] for run in RUN.findall(QUOTED.sub("", line))[:2]]
    return "en" if first and all(letter < "\u0250" for letter in first) else "zh"


@cache
def wording() -> dict:
    """{"columns": {name: [zh, en]}, "labels": {zh: en}} of assets/wording.toml."""
    return tomllib.loads(WORDING.read_text(encoding="utf-8"))


def known_labels(themes=(), kinds=()) -> dict[str, tuple[str, str]]:
    """{"zh en": (zh, en)} of every label that is written so: those of wording.toml, of themes and
    their concepts, of whatever else has zh and en; a theme's name in brackets is one too. A term
    with a gloss is a label whose English holds it: terms stay Chinese.
    """
    named = [(theme.title_zh, theme.title_en) for theme in themes]
    concepts = [c for theme in themes for c in theme.concepts.values()]
    named += [(x["zh"], x["en"]) for x in (*concepts, *kinds)]
    labels = {f"{zh} {en}": (zh, en) for zh, en in (*wording()["labels"].items(), *named)}
    labels |= {f"[{theme.name}]": (theme.title_zh, theme.title_en) for theme in themes}
    return labels | {term: (term, f"{term} {said}")
                     for theme in themes for term, said in theme.glosses.items()}  # fmt: skip


def told(text: str, labels: dict) -> tuple[str, str] | None:
    """The Chinese and the English of a label, of one cut short, of a list of themes; None for others.

    >>> told("展会平台 Trade fa…", {"展会平台 Trade fairs": ("展会平台", "Trade fairs")})
    ('展会平台', 'Trade fairs')
    """
    if text in labels:
        return labels[text]
    several = [labels.get(f"[{name}]") for name in text.strip("[]").split(", ")]
    if text.startswith("[") and all(several):
        return "、".join(zh for zh, _ in several), ", ".join(en for _, en in several)
    start = text.removesuffix("…").removesuffix("...").rstrip()
    if start == text or not re.search("[A-Za-z]", start):
        return None
    return next((pair for label, pair in labels.items() if label.startswith(start)), None)


def pairs_of(charts, labels: dict) -> dict[str, tuple[str, str]]:
    """{what charts say in both languages: (zh, en)}; the name of a line is under “name:”.

    A title is parted by `tongues`; other words only where they are known labels, as they may be
    of a clipping.
    """
    names = {zh: en for label, (zh, en) in labels.items() if label != zh}
    pairs = {}
    for keys, text in (found for chart in charts for found in strings(chart)):
        ours = "title" in keys or "annotations" in keys
        pair = told(text, labels) or (tongues(text) if ours else None)
        if pair and pair[0] != pair[1] and (pair[0] != text or len(pair[1]) < MOST):
            pairs[text] = pair
        elif text in names and keys & {"name", "annotations"}:
            said = names[text]
            pairs[f"name:{text}"] = (text, said if len(said) <= END else f"{said[: END - 1]}…")
    return pairs


def strings(value, keys=frozenset()):
    """(keys that lead there, string) for every string of a chart that a reader may see."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key in sorted(value.keys() - {"customdata", "meta", "template", "hovertemplate"}):
            yield from strings(value[key], keys | {key})
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, keys)


def in_both(source: str, labels: dict) -> str:
    """The HTML of a table with its heads and known labels in both languages.

    A head keeps the column's name in `data-name`, for what is sorted or exported by it.

    >>> print(in_both("<table><thead><tr><th>date</th></tr></thead></table>", {}))
    <table><thead><tr><th data-name="date"><span lang="zh">日期</span> <span class="en" \
lang="en">date</span></th></tr></thead></table>
    """

    def head(found):
        pair = wording()["columns"].get(found[1])
        return f'<th data-name="{found[1]}">{spans(*pair)}</th>' if pair else found[0]

    def cell(found):
        pair = told(html.unescape(found[2]), labels)
        if pair and pair[1].startswith(f"{pair[0]} "):  # a term stays, its gloss comes and goes
            said = html.escape(pair[1].removeprefix(pair[0]).strip())
            gloss = f'<span class="en gloss" lang="en">{said}</span>'
            return f'{found[1][:-1]} data-name="{found[2]}">{found[2]} {gloss}{found[3]}'
        return f"{found[1]}{spans(*map(html.escape, pair))}{found[3]}" if pair else found[0]

    heads, mark, rest = source.partition("</thead>")
    rows = re.sub(r"(<t[dh][^>]*>)([^<>]+)(</t[dh]>)", cell, rest)
    return re.sub(r"<th[^>]*>([^<>]+)</th>", head, heads) + mark + rows


def spans(chinese: str, english: str) -> str:
    """Two spans, of which a page shows the one or both."""
    return f'<span lang="zh">{chinese}</span> <span class="en" lang="en">{english}</span>'
