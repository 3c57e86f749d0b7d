"""tongues: which part of a line is Chinese and which English, and the words of the pages in both.

Lines are written once, Chinese first: “何时 When”, “篇数 · articles · n = 12 篇 articles”. See
`tongues`. What names a column or a label is in assets/wording.toml, see `wording`.
"""

import html
import re
import tomllib
from functools import cache
from pathlib import Path
from textwrap import wrap

WORDING = Path(__file__).parent / "assets" / "wording.toml"
HAN = "㐀-鿿"
QUOTED = re.compile("“[^”]*”|《[^》]*》")  # a term or a title that an English line quotes
ENGLISH = re.compile(r"[a-z]{2}")  # n = 12 is in both languages, GDP is Chinese too
# 12 篇 articles, 2,000 词 words: a number and what is counted
COUNTED = re.compile(rf"(\d[\d,.+ ]*?) ?([{HAN}]+) ([a-z][a-z -]*)")
MOST = 26  # letters that a term with its gloss may have on a chart
END = 19  # letters of the name at the end of a line, beside which there is little room
LINES = re.compile(r'([^<]+)<br><span style="[^"<]*">([^<]+)</span>')
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
    """Columns, labels, codes and notes of assets/wording.toml, as they stand there."""
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
    labels |= {code: (zh, code.replace("_", " ")) for code, zh in wording()["codes"].items()}
    return labels | {term: (term, f"{term} {said}")
                     for theme in themes for term, said in theme.glosses.items()}  # fmt: skip


def names_of(labels: dict) -> dict[str, str]:
    """Chinese → English of the labels; terms, which stay Chinese, left out."""
    return {zh: en for label, (zh, en) in labels.items() if label != zh}


def in_english(sentence: str, names: dict) -> str:
    """An English sentence with the labels that it quotes, or begins with, in English too.

    >>> in_english("2 articles mention “展会平台” or “海关”", {"展会平台": "Trade fairs"})
    '2 articles mention “Trade fairs” or “海关”'
    """
    return re.sub(
        r"(?<=^)[^:“”]+(?=: )|(?<=“)[^”]+(?=”)", lambda m: names.get(m[0], m[0]), sentence
    )


def told(text: str, labels: dict) -> tuple[str, str] | None:
    """The Chinese and the English of a label, of one cut short, of a list of themes; None for others.

    >>> told("展会平台 Trade fa…", {"展会平台 Trade fairs": ("展会平台", "Trade fairs")})
    ('展会平台', 'Trade fairs')
    """
    if text in labels:
        return labels[text]
    lines = LINES.fullmatch(text)
    if lines:  # a label of an axis, see house
        return lines.groups()
    several = [labels.get(f"[{name}]") for name in text.strip("[]").split(", ")]
    if text.startswith("[") and all(several):
        return "、".join(zh for zh, _ in several), ", ".join(en for _, en in several)
    start = text.removesuffix("…").removesuffix("...").rstrip()
    if start == text or not re.search("[A-Za-z]", start):
        return None
    return next((pair for label, pair in labels.items() if label.startswith(start)), None)


def pairs_of(charts, labels: dict) -> dict[str, tuple[str, str]]:
    """{what charts say in both languages: (zh, en)}; the name of a line is under “name:”, what marks
    are called in panel and table under “full:”.

    A title is parted by `tongues`; other words only where they are known labels, as they may be
    of a clipping.
    """
    names, pairs = names_of(labels), {}
    for keys, text in (found for chart in charts for found in strings(chart)):
        ours, plain = "title" in keys or "annotations" in keys, text.replace("<br>", "")
        pair = told(text, labels) or (tongues(text) if ours else None)
        if {"ticktext", "xaxis"} <= keys and plain in names:
            lines = wrap(names[plain], 14, max_lines=2, placeholder="…")
            pairs[text] = (text, "<br>".join(lines))
        elif pair and pair[0] != pair[1] and (pair[0] != text or len(pair[1]) < MOST):
            pairs[text] = pair
        elif text in names and keys & {"name", "annotations"}:
            said = names[text]
            pairs[f"name:{text}"] = (text, said if len(said) <= END else f"{said[: END - 1]}…")
    cells = {part for chart in charts for part in _named(chart)}
    return pairs | {f"full:{x}": labels.get(x) or (x, names[x])
                    for x in sorted(cells) if x in names or x in labels}  # fmt: skip


def _named(chart):
    """The parts of the names of a chart's marks, and the words of their rows."""
    meta = chart.get("layout", {}).get("meta") or {}
    yield from (part for name in meta.get("names", ()) for part in name.split(" · "))
    yield from (cell for row in meta.get("rows", ()) for cell in row if isinstance(cell, str))


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


def said_in_both(text: str) -> str:
    """The HTML of what a cell printed: lines of one language beside lines of the other can be hidden.

    A footnote, which is English, has its Chinese before it, where wording.toml knows all of it.
    """
    chinese = note_in_chinese(text)
    if chinese:
        return spans(html.escape(chinese) + "\n", html.escape(text)).replace(
            "\n</span> ", "\n</span>"
        )
    known = [(line, "zh" if has_han(line) else language(line)) for line in text.split("\n")]
    if len({tongue for line, tongue in known if line.strip()}) < 2:
        pair = tongues(text)
        return html.escape(text) if pair[0] == pair[1] else spans(*map(html.escape, pair))
    return "".join(f'<span lang="{tongue}">{html.escape(line)}\n</span>' for line, tongue in known)


def note_in_chinese(text: str) -> str:
    """A footnote in Chinese, sentence by sentence; "" where wording.toml lacks one of them."""
    said, rest = [], text.strip()
    while rest:
        found = next(((m, zh) for rule, zh in _note_rules() if (m := rule.match(rest))), None)
        if not found:
            return ""
        said.append(found[1].format(*found[0].groups()))
        rest = rest[found[0].end() :].lstrip()
    return "".join(said)


@cache
def _note_rules() -> list:
    """(pattern at the beginning of the rest of a footnote, its Chinese with {0}, {1} …)."""
    return [(re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(en)) + r"(?=\s|$)"), zh)
            for en, zh in (rule.values() for rule in wording()["notes"])]  # fmt: skip


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
