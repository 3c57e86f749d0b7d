"""One notebook that was run → one HTML page, and the page that leads to them all.

See `page_html`. What comes out of a clipping is escaped or cleaned here, and nowhere else.
"""

import base64
import hashlib
import html
import json
import re
from collections import namedtuple
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.entries import entries_of, linked, names_in
from helpers.tongues import (
    in_both,
    in_english,
    language,
    names_of,
    pairs_of,
    said_in_both,
    spans,
    tongues,
)

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = ["plotly.min.js", "page.js"]
EDITIONS = {
    "full": ("全文", "full"),
    "reading": ("不含代码", "without code"),
    "teaching": ("教学", "for teaching"),
}
ROOM = 590_000  # bytes of a page, its scripts left out; articles in full fill what is left
MARK = "<!--articles in full-->"  # no comment of a notebook outlives the cleaning
FIRST = "tongue.js"  # runs before anything is painted
PLOTLY = "application/vnd.plotly.v1+json"
# A page shows the first of these that an output offers. Scripts and widgets are not among them.
SHOWN = f"{PLOTLY} text/html text/markdown image/svg+xml image/png image/jpeg text/latex text/plain"
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}
ATTRIBUTES |= {tag: {"colspan", "rowspan", "scope"} for tag in ("th", "td")}
ATTRIBUTES |= {tag: {"class"} for tag in ("table", "div", "span", "pre", "code", "p")}
# What the site knows of a notebook that was run; `failure` is empty when it ran to its end.
Page = namedtuple("Page", "name title english question finding stamp failure")
HEADING = re.compile(  # <h2>何时 / When</h2>, or <h2>何时</h2><p><em>When</em></p>
    r"""<h([1-6])> ((?:(?!</h).)*?) (?:\s+[/·|]\s+([^<㐀-鿿]+))? </h\1>
    (?:\s* <p><em> ([^<㐀-鿿]+) </em></p>)?""",
    re.VERBOSE,
)


class Setting(NamedTuple):
    """What the pages of a site have in common."""

    shared: bool  # whether they share the scripts of one folder
    labels: dict  # those told in two languages
    fingerprint: str  # of the clippings
    articles: object  # their table
    excerpts: bool = False  # whether pages hold no article in full
    edition: str = "full"
    root: str = ""  # from the page to the folder of the site
    others: tuple = ()  # (Chinese, English, folder) of the editions beside this one

    def within(self, edition, folders):
        """The setting of the pages of one edition among the folders of all."""
        root = "" if edition == "full" or len(folders) == 1 else "../"
        others = [(*EDITIONS[e], root if e == "full" else f"{root}{e}/")
                  for e in folders if e != edition]  # fmt: skip
        return self._replace(edition=edition, root=root, others=tuple(others))


def page_of(name, notebook, failure):
    """What the site knows of a notebook that was run."""
    head = tagged(notebook, "title")
    title = re.search(r"^#\s+(.+)$", head, re.MULTILINE)
    english = re.search(r"^\*([^*]+)\*\s*$", head, re.MULTILINE)
    words = [tagged(notebook, tag) for tag in ("question", "finding", "stamp")]
    return Page(name, title[1] if title else name, english[1] if english else "", *words, failure)


def tagged(notebook, tag):
    """The text of the cells that carry a tag: the source of markdown, what code printed."""
    cells = [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]
    return "\n\n".join(cell.source if "outputs" not in cell else printed(cell) for cell in cells)


def printed(cell):
    """What a code cell printed."""
    return "".join(output.text for output in cell.outputs if output.get("name") == "stdout").strip()


def page_html(page, notebook, setting):
    """The HTML of one notebook that was run, and the names of the articles it holds in full."""
    notebook = edition_of(notebook, setting.edition)
    outputs = [output.get("data", {}) for c in notebook.cells for output in c.get("outputs", [])]
    charts = [data[PLOTLY] for data in outputs if PLOTLY in data]
    resources = {"page": page, "pairs": pairs_of(charts, setting.labels), "entries": MARK}
    resources |= {"passages": no_passages(), "names": names_of(setting.labels)}
    resources |= frame(SCRIPTS if charts else SCRIPTS[1:], setting)
    text = exporter().from_notebook_node(notebook, resources)[0]
    room = ROOM - len(text.encode()) + sum(map(len, resources["own"]))
    names = [] if setting.excerpts else names_in(text, set(setting.articles["article"]))
    entries = entries_of(names, setting.articles, room) if names else []
    template = exporter().environment.get_template("entries.html.j2")
    held = [entry["article"] for entry in entries]
    told = template.render(entries=entries, left=len(names) - len(held))
    return linked(text, held).replace(MARK, told), held


def edition_of(notebook, edition):
    """The notebook with the cells of an edition: exercises are for teaching.

    None has the cells that tell of the run before: pages are the same whoever makes them.
    """
    without = {"lab"} if edition == "teaching" else {"lab", "exercise", "answer"}
    cells = [c for c in notebook.cells if not without & set(c.metadata.get("tags", []))]
    return type(notebook)({**notebook, "cells": cells})


def index_html(pages, leads, setting):
    """The HTML of the first page: a card a notebook, in reading order, and what a search finds.

    leads: article → the name of the page that holds it in full.
    """
    template = exporter().environment.get_template("cards.html.j2")
    rows = setting.articles.reindex(columns=["headline", "paper", "date", "article"])
    days = [day[:10] for day in rows["date"].astype("str")]
    rows = rows.assign(date=[d if d[:1].isdigit() else "" for d in days]).fillna("")
    heads = [[*row, leads.get(row[-1], "")] for row in rows.values.tolist()]
    return template.render(pages=pages, resources=frame(["search.js"], setting) | {"heads": heads})


def frame(names, setting):
    """What stands around a page: its scripts, its style, the policy that lets in nothing else."""
    scripts = {name: asset(name) for name in (FIRST, *names)}
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts.values()]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    sources = "'self' file:" if setting.shared else hashes
    policy = f"default-src 'none'; script-src {sources}; img-src data: blob:; base-uri 'none';"
    policy += " form-action 'none'; style-src 'self' file: 'unsafe-inline'"
    own = [] if setting.shared else [*scripts.values(), asset("page.css")]
    first = scripts.pop(FIRST)
    looks = {"policy": policy, "style": asset("page.css"), "first": first, "own": own}
    return {"setting": setting, "scripts": scripts, **looks}


@cache
def exporter():
    """The converter of notebooks to HTML, with our template and filters."""
    from nbconvert import HTMLExporter

    config = HTMLExporter().default_config
    config.NbConvertBase.display_data_priority = SHOWN.split()
    settings = {"sanitize_html": True, "exclude_anchor_links": True, "template_name": "template"}
    converter = HTMLExporter(config=config, extra_template_basedirs=[str(ASSETS)], **settings)
    for rule in (
        clean_html,
        headings,
        paragraphs,
        printed,
        steady,
        figure,
        in_both,
        parted,
        said_in_both,
        listed,
        packed,
    ):
        converter.register_filter(rule.__name__, rule)
    return converter


def clean_html(source):
    """The HTML without anything that could run, load, or pass for a part of the page itself."""
    import nh3

    rules = {"attributes": ATTRIBUTES, "attribute_filter": kept_attribute}
    return nh3.clean(source, **rules, url_schemes={"http", "https", "mailto", "data"})


def kept_attribute(tag, name, value):
    """The value of an attribute as it may stand in a page, or None."""
    if name == "src":
        return value if value.startswith("data:image/") else None
    if name == "href":  # a link to a notebook leads to its page
        page = re.sub(r"^([\w.-]+)\.ipynb(?=#|$)", r"\1.html", value)
        return None if value.strip().lower().startswith("data:") else page
    if name == "class":  # the classes that colour code have one to three letters
        return " ".join(c for c in value.split() if c in ("dataframe", "highlight") or len(c) < 4)
    return value


def headings(source):
    """The HTML with an id on every heading, and the English of a heading marked as English."""

    def heading(found):
        level, chinese, beside, beneath = found.groups()
        name = re.sub(r"\s+", "-", html.unescape(re.sub("<.*?>", "", chinese)).strip())
        english = (beside or beneath or "").strip()
        words = spans(chinese, english) if english else chinese
        return f'<h{level} id="{html.escape(name)}">{words}</h{level}>'

    return HEADING.sub(heading, source)


def paragraphs(text):
    """(line, language) for every line of a text that is not blank, its marks of emphasis gone."""
    lines = [re.sub(r"^#+\s*|[*`]+", "", line).strip() for line in text.splitlines()]
    return [(line, language(line)) for line in lines if line]


def parted(line):
    """The HTML of a line that may be in two languages at once, as a run stamp is."""
    whole, chinese, english = map(html.escape, (line, *tongues(line)))
    both = f'<span class="mixed">{whole}</span>{spans(chinese, english)}'
    return whole if chinese == english else both


def steady(text):
    """The text without the addresses in memory that differ from run to run."""
    return re.sub(r" at 0x[0-9A-Fa-f]{6,}", "", text)


def figure(chart, passages=None, names=None):
    """What the template needs of a plotly chart: words, height, room on top, and data.

    Its sentences go to `passages`, where those of a page stand once. names: Chinese → English of
    what English sentences quote.
    """
    layout = chart.get("layout", {})
    house = layout.get("template", {}).get("layout", {})
    meta = layout.get("meta") or {}
    title = layout.get("title", {})  # it will stand above the chart, as text that wraps
    texts = [part.get("text") or "" for part in (title, title.get("subtitle", {}))]
    said = {key: [clean_html(part) for part in dict.fromkeys(tongues(text))]
            for key, text in zip(("title", "unit"), texts, strict=True)}  # fmt: skip
    for key, pair in {**meta.get("words", {}), "alt": meta.get("alt", [])}.items():
        said[key] = [html.escape(part) for part in pair if part]
    top = {"t": 100, **house.get("margin", {}), **layout.get("margin", {})}["t"]
    lines = sum(1 + text.count("<br") for text in texts if text)
    room = meta.get("top", min(top, max(12, top - 24 * lines)))
    parts = {key: chart[key] for key in ("data", "layout", "config", "frames") if chart.get(key)}
    if meta:
        parts["layout"] = layout | {
            "meta": gathered(meta, no_passages() if passages is None else passages, names or {})
        }
    height = f"{ {'height': 450, **house, **layout}['height'] + room - top }px"
    if "scaleanchor" in layout.get("yaxis", {}):  # tiles are square: on a phone they need less
        height = f"min({height}, 105vw)"
    said = {key: pair for key, pair in said.items() if pair and pair[0]}
    return {"height": height, "top": room, "json": packed(parts), **said}


def gathered(meta, passages, names):
    """What a page needs of a chart's marks, its sentences numbered as they stand in `passages`."""
    kept = {key: meta[key] for key in ("alt", "heads", "names", "rows", "narrow") if key in meta}
    if "english" in meta:
        kept["english"] = [in_english(said, names) for said in meta["english"]]
    if "hits" not in meta:
        return kept
    articles, sentences = passages["articles"], passages["sentences"]
    own = [articles.setdefault(tuple(a), len(articles)) for a in meta["articles"]]
    at = [sentences.setdefault((own[a], *rest), len(sentences)) for a, *rest in meta["sentences"]]
    hits = [[[at[s], *ends] for s, *ends in found] for found in meta["hits"]]
    return kept | {"hits": hits, "totals": meta["totals"]}


def no_passages():
    """Where the sentences of a page's charts will stand, each once, in the order they come."""
    return {"articles": {}, "sentences": {}}


def listed(passages):
    """The passages of a page as lists."""
    return {key: [*found] for key, found in passages.items()}


def packed(value):
    """The JSON of a value, that can neither end the script element it stands in nor a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def asset(name):
    """The text of a file that pages are made with; plotly.js is the installed plotly's own."""
    if name == "plotly.min.js":
        from plotly.offline import get_plotlyjs

        return get_plotlyjs()
    if name == "page.js":  # one script of its parts, whose names say their order
        parts = [path.read_text("utf-8") for path in sorted((ASSETS / "page").glob("*.js"))]
        return "\n".join(["'use strict';\n(() => {", *parts, "})();\n"])
    return (ASSETS / name).read_text(encoding="utf-8")
