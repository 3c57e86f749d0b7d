"""entries: the articles that a page leads to, in full, at its end. See `entries_of`."""

import html
import re
from itertools import accumulate
from urllib.parse import quote

NUMBER = re.compile(r"#\d{2,}(?!\d)")  # the end of an article's name
LONGEST = 300  # letters before it that may belong to the name, or to the line it ends
LINES = re.compile("[–,]")
LESS = "\\u003c"  # as JSON in a page has a <
BREAK = re.compile(r'["<>\n]')
PARTS = re.compile(r"[·，(（：]\s*|\s+")  # 望川日报 · 2023-07-18 · a.txt#01
AROUND = 800  # bytes of an entry besides its text
CELL = re.compile(r"(<t[dh][^>]*>)([^<>]+#\d{2,})(</t[dh]>)")


def names_in(text: str, known) -> list[str]:
    """The names of articles that stand in the HTML of a page, or in its JSON, in their order.

    >>> names_in('"望川日报 · 2023-07-18 · a.txt#01", <td>b.txt#02</td>, c.txt#03', {"a.txt#01"})
    ['a.txt#01']
    >>> names_in('<td>a&lt;b.txt#01</td>', {"a<b.txt#01"})
    ['a<b.txt#01']
    """
    found = {}
    ends = (text[max(0, m.start() - LONGEST) : m.end()] for m in NUMBER.finditer(text))
    for end in dict.fromkeys(BREAK.split(end)[-1] for end in ends):
        # A file may be named <b>: of HTML the one reading is right, of JSON the other.
        for words in dict.fromkeys((html.unescape(end), end.replace(LESS, "<"))):
            starts = [0, *(m.end() for m in PARTS.finditer(words))]
            found |= {words[at:]: None for at in starts if words[at:] in known}
    return list(found)


def entries_of(names: list[str], articles, room: int) -> list[dict]:
    """What a page shows of each article named, by date, as far as there is room for its bytes."""
    rows = articles.drop_duplicates("article").set_index("article").loc[names].reset_index()
    sizes = accumulate(len(text.encode()) + AROUND for text in rows["text"])
    fits = rows[[size < room for size in sizes]].sort_values("date", kind="stable")
    return [entry(row) for row in fits.to_dict("records")]


def entry(article: dict) -> dict:
    """What a page shows of one article: where it stands, its heads, its text by paragraphs."""
    told = {k: v for k, v in article.items() if isinstance(v, str) and v}
    number = str(article["page_no"]).replace("<NA>", "")
    lines = [f"{a}–{b}" if b > a else f"{a}" for a, b in article["spans"]]
    known = [told.get("paper"), str(article["date"])[:10].replace("NaT", "")]
    zh = [*known, number and f"第{number}版", f"第{'、'.join(lines)}行"]
    en = [
        *known,
        number and f"page {number}",
        f"{'lines' if LINES.search(','.join(lines)) else 'line'} {', '.join(lines)}",
    ]
    heads = [told.get(k, "") for k in ("kicker", "headline", "deck", "byline")]
    source = [" · ".join(filter(None, side)) for side in (zh, en)]
    paragraphs = told.get("text", "").split("\n")
    return {"article": article["article"], "heads": heads, "source": source, "text": paragraphs}


def linked(text: str, names) -> str:
    """The HTML of a page whose tables link the names of articles to their entries."""
    known = {html.escape(name, quote=False): name for name in names}

    def link(found):
        start, name, end = found.groups()
        to = f"#a-{quote(known[name])}" if name in known else ""
        return f'{start}<a href="{to}">{name}</a>{end}' if to else found[0]

    return CELL.sub(link, text)
