"""The sample articles as they were written: parse and check tests/sample/*.md.

One file a paper, `## date page_no` opens a page, `### headline` an article; fields stand under
the headline, then the body. tests/sample/README.md tells the format.
"""

import re
from pathlib import Path

GENRES = {
    *["news", "feature", "commentary", "explainer", "photo_caption", "notice", "speech_report"]
}
THEMES = {
    *["trade", "cybersecurity", "grassroots_governance", "rural_revitalisation"],
    *["party_building", "digital_economy", "ai_governance", "diplomacy"],
    *["industry_investment", "public_service", "culture", "people"],
}
FIELDS = [
    *["genre", "themes", "minor", "kicker", "deck", "column", "lead", "byline", "tail"],
    *["credit", "places", "quote", "figure"],
]
PAIRS = ("“”", "（）", "《》", "‘’", "〈〉")
ENDS = re.compile(r"[。！？”…）]$")
LEAD = re.compile(r"本报讯（[^（）]+）|新华社[一-鿿]+\d+月\d+日电(（记者 [^（）]+）)?")
ROLE = re.compile(r"见习记者|本报记者|记者|通讯员|□")


def read_papers(folder):
    """Every page of every paper under `folder`: dicts of paper, date, page_no, articles."""
    return [page for path in sorted(Path(folder).glob("*.md")) for page in read_paper(path)]


def read_paper(path):
    """The pages of one source file, in its order; README.md has none."""
    text = Path(path).read_text(encoding="utf-8")
    name = re.match(r"# (\S+)\n", text)
    if not name or not re.search(r"^## \d{4}-\d\d-\d\d \d+$", text, re.MULTILINE):
        return []
    pages = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        date, page_no = head.split()
        articles = [_article(a) for a in re.split(r"^### ", rest, flags=re.MULTILINE)[1:]]
        pages.append({"paper": name[1], "slug": Path(path).stem, "date": date,
                      "page_no": int(page_no), "articles": articles})  # fmt: skip
    return pages


def _article(text):
    """One article: its fields, and `body` as (kind, text) pairs in reading order."""
    fields, _, body = text.partition("\n\n")
    headline, *lines = fields.split("\n")
    article = {name: None for name in FIELDS} | {"quote": [], "figure": []}
    article["headline"] = None if headline.strip() == "（无题）" else headline.strip()
    article["unknown"] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name in ("quote", "figure"):
            article[name].append([x.strip() for x in value.split("|")])
        elif name in FIELDS:
            article[name] = value.strip() or None
        elif line.strip():
            article["unknown"].append(line)
    for name in ("themes", "minor", "places"):
        article[name] = (article[name] or "").split()
    article["body"] = [_piece(line, n) for n, line in enumerate(body.split("\n")) if line.strip()]
    return article


def _piece(line, n):
    if line.startswith("#### "):
        return ("crosshead", line[5:].strip())
    if line.startswith(">"):
        text = line[1:].strip()
        return ("credit" if re.search(r"摄$|摄影报道$", text) else "caption", text)
    return ("body", line.strip())


def names(byline):
    """Reporters and correspondents of a byline, by the label before them."""
    reporters, correspondents = [], []
    parts = ROLE.split(re.sub(r"[（）()]", " ", byline or ""))
    for role, part in zip(ROLE.findall(byline or ""), parts[1:], strict=True):
        found = [w for w in part.split() if w not in ("摄", "摄影报道")]
        (correspondents if role == "通讯员" else reporters).extend(found)
    return reporters, correspondents


def body_text(article):
    """The paragraphs of an article, crossheads and captions left out, joined by newlines."""
    return "\n".join(text for kind, text in article["body"] if kind == "body")


def faults(article):
    """What is wrong with one source article, a sentence each."""
    return [*_field_faults(article), *_body_faults(article), *_note_faults(article)]


def _field_faults(a):
    yield from (f"unknown line: {x}" for x in a["unknown"])
    if a["genre"] not in GENRES:
        yield f"genre {a['genre']}"
    if not a["themes"] or not set(a["themes"] + a["minor"]) <= THEMES:
        yield f"themes {a['themes']} {a['minor']}"
    if set(a["themes"]) & set(a["minor"]):
        yield "a theme is both core and minor"
    if sum(bool(a[x]) for x in ("lead", "byline", "tail")) > 1:
        yield "more than one of lead, byline, tail"
    if a["lead"] and not LEAD.fullmatch(a["lead"]):
        yield f"lead {a['lead']}"
    if a["headline"] is None and a["genre"] != "photo_caption":
        yield "only a picture story may lack its headline"
    if a["headline"] and not 4 <= len(a["headline"]) <= 30:
        yield f"headline of {len(a['headline'])} characters"
    if a["deck"] and not a["deck"].startswith("——"):
        yield "a deck begins with ——"


def _body_faults(a):
    paragraphs = [text for kind, text in a["body"] if kind == "body"]
    size = sum(map(len, paragraphs))
    if not 150 <= size <= 1500:
        yield f"{size} characters of body"
    for kind, text in a["body"]:
        if any(text.count(o) != text.count(c) for o, c in PAIRS):
            yield f"unbalanced: {text[:20]}"
        if re.search(r"\s", text) and kind == "body":
            yield f"space in: {text[:20]}"
        if kind == "body" and not (ENDS.search(text) and 12 <= len(text) <= 320):
            yield f"paragraph of {len(text)} characters or its end: {text[:16]}…{text[-6:]}"
        if kind == "body" and re.match(r"[，。、；：？！”’）》]", text):
            yield f"begins oddly: {text[:12]}"
        if kind == "crosshead" and (not 3 <= len(text) <= 26 or text.endswith("。")):
            yield f"crosshead: {text}"
        if re.search(r"(?<=[一-鿿])[,;:!?()]|[*_`<>\[\]]", text):
            yield f"half-width mark or markup: {text[:30]}"


def _note_faults(a):
    body, shown = body_text(a), "".join(t for _, t in a["body"]) + (a["headline"] or "")
    if len(a["quote"]) > 4 or len(a["figure"]) > 6:
        yield "more than 4 quotes or 6 figures"
    for speaker, words in (q if len(q) == 2 else (None, None) for q in a["quote"]):
        if words is None or "“" + words not in body or speaker not in body:
            yield f"quote not in the text: {speaker} {words}"
        elif len(words) != 10 and "“" + words + "”" not in body:
            yield f"quote needs its first 10 characters: {words}"
    yield from (x for f in a["figure"] for x in _figure_faults(f, body))
    yield from (f"place not in the text: {p}" for p in a["places"] if p not in shown)


def _figure_faults(figure, body):
    if len(figure) != 5:
        yield f"figure wants 5 parts: {figure}"
        return
    value, _, _, change, text = figure
    if not any(text in line for line in body.split("\n")):
        yield f"figure not in one paragraph: {text}"
    if not re.search(r"(?<![\d.])" + re.escape(value) + r"(?![\d.]*\d)", text):
        yield f"value {value} not in {text}"
    if change:
        m = re.search(r"(降|减|增|升)[^0-9，。]*" + re.escape(change.lstrip("+-")), text)
        if not m or (m[1] in "降减") != change.startswith("-"):
            yield f"change {change} not in {text}"
