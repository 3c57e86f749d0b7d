"""Nothing of a clipping, a table or a theme runs, loads or leaves; all of it is shown as text."""

import csv
import json
import re

import pandas as pd
import pytest
from browsing import open_page
from hostile import FORMULAS, NOTEBOOKS, PAYLOADS, TEXTS, build, file_part, write_project

from helpers.export import write_tables

NAMES = [*(path.stem for path in NOTEBOOKS), "99_payloads", "index"]
# What of a page could run, load or lead away: a list of it.
ACTIVE = r"""(root) => {
  const found = [];
  for (const element of (root ?? document).querySelectorAll('*')) {
    const tag = element.localName;
    if (/^(iframe|frame|object|embed|base|form|portal|animate|set|foreignobject)$/i.test(tag)) found.push(tag);
    if (tag === 'style' && !element.closest('head, svg, .js-plotly-plot')) found.push('style');
    if (tag === 'meta' && /refresh/i.test(element.httpEquiv)) found.push('refresh');
    if (tag === 'script' && element.type !== 'application/json' && !/\/assets\/[\w.]+$/.test(element.src)) found.push('script');
    for (const { name, value } of element.attributes) {
      if (/^on|^autofocus$|^srcdoc$/i.test(name)) found.push(name);
      if (/^(src|href|action|formaction|data|xlink:href)$/.test(name)
          && /^\s*(javascript|data:text|https?):/i.test(value)
          && !(name === 'href' && element.closest('.text') && /^https?:/.test(value))) found.push(`${name}=${value}`);
    }
  }
  return found;
}"""
# What a reader can open, opened: folds, the passages of every chart, a filter on every table.
UNFOLD = """async () => {
  document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  await new Promise((done) => { setTimeout(done, 200); }); // the data of a chart is made when it opens
  const said = [];
  for (const button of document.querySelectorAll('button.lead')) {
    button.click();
    for (const panel of document.querySelectorAll('dialog[open]')) {
      said.push(panel.textContent, ...ACTIVE(panel));
      panel.close();
    }
  }
  for (const box of document.querySelectorAll('input[type=search]')) {
    box.value = '<img src=x onerror=ran=1>';
    box.dispatchEvent(new Event('input'));
    box.value = '增长';
    box.dispatchEvent(new Event('input'));
  }
  return said.join('\\n');
}"""
# What of a page shows words of clippings and themes.
SHOWN = """() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent);
  const columns = {};
  for (const table of document.querySelectorAll('table.dataframe')) {
    for (const row of table.rows) [...row.cells].forEach((cell, at) => {
      (columns[table.tHead.rows[0].cells[at].textContent] ??= []).push(cell.textContent);
    });
  }
  return { columns, texts: Object.fromEntries(Object.entries(SELECTORS).map(
    ([name, selector]) => [name, texts(selector)])) };
}"""
SELECTORS = {
    "printed": ".said",
    "axis": ".plate svg .xtick text, .plate svg .ytick text",
    "end of a line": ".plate svg .annotation-text-g text",
    "cloud": ".plate svg .bartext-inside",
    "heading of a column": "thead th",
    "heading of a row": "tbody th",
    "title of a chart": "figcaption .head",
    "entry": ".entry article",
    "heading of an entry": ".entry summary",
    "card": "main .card",
    "found": ".search",
}
# Place: the columns of the tables, or the part of SELECTORS, where it is shown.
PLACES = {
    "headline": "headline",
    "text": "text",
    "paper": "paper",
    "file": "article",
    "source of a slogan": "source",
    "concordance": "right",
    "evidence": "panel",
    "label": "axis",
    "end of a line": "end of a line",
    "cloud": "cloud",
    "title of a chart": "title of a chart",
    "cell": "cell",
    "list in a cell": "list",
    "heading of a column": "heading of a column",
    "heading of a row": "heading of a row",
    "printed": "printed",
    "found": "found",
}
# Places that have only the most frequent words, or the articles whose names need no escape.
PLACES_OF_SOME = ("word", "entry", "heading of an entry")
# The markup of our own: the English of a title is set smaller.
OURS_RE = re.compile(
    r'</?b>|<br>|<extra></extra>|<span style="(?:font-size:\d+px;)?color:#\w{6}">|</span>'
)
# What of a trace and of a layout plotly draws, where it takes <b> for bold and <a> for a link.
DRAWN = ("name", "text", "texttemplate", "hovertemplate", "hovertext", "x", "y", "labels")
DRAWN += ("title", "subtitle", "annotations", "ticktext", "xaxis", "yaxis")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project that tries to do harm."""
    return write_project(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile_site(project):
    """The folder of its site."""
    return build(project)


@pytest.fixture(scope="module")
def seen(browser, hostile_site):
    """Page → what was seen of it once everything on it was opened."""
    return {name: look(browser, hostile_site / f"{name}.html") for name in NAMES}


def look(browser, path):
    """What a page asked for, complained of, holds and shows."""
    page, trouble = open_page(browser, path)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    panel = page.evaluate(UNFOLD.replace("ACTIVE", f"({ACTIVE})"))
    page.mouse.move(400, 300)
    page.wait_for_timeout(50)
    shown = page.evaluate(SHOWN.replace("SELECTORS", json.dumps(SELECTORS)))
    found = {
        "trouble": trouble,
        "asked": asked,
        "active": page.evaluate(ACTIVE),
        "ran": page.evaluate("window.ran"),
        "links in charts": page.locator(".plate svg a").count(),
        "charts": page.locator(".plate:has(.main-svg)").count(),
        "not drawn": page.locator(".plate:not(:has(.main-svg))").count(),
        "visible": page.locator("h1").first.is_visible(),
        "address": page.url == path.as_uri(),
        "shown": {**shown["columns"], **shown["texts"], "panel": [panel]},
    }
    page.context.close()
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_loads_or_leaves(seen, name):
    found = seen[name]
    assert found["ran"] is None
    assert found["active"] == []
    assert found["trouble"] == [] and found["asked"] == []
    assert found["links in charts"] == 0
    assert found["visible"] and found["address"]


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES[:-1])
def test_charts_and_tables_still_stand(seen, name):
    assert seen[name]["charts"] > 0 and seen[name]["not drawn"] == 0
    assert len(seen[name]["shown"]) > len(SELECTORS)


def lacking(seen, part, texts):
    """Those of some texts whose beginning is not shown in a part of any page."""
    shown = [parts for page in seen.values() for parts in page["shown"].items()]
    text = "\n".join(x for name, found in shown if name.endswith(part) for x in found)
    return [x for x in texts if x[:12].strip() not in text]


@pytest.mark.browser
@pytest.mark.parametrize("place", PLACES)
def test_each_payload_is_shown_as_text(seen, place):
    texts = map(file_part, TEXTS) if place == "file" else TEXTS
    assert lacking(seen, PLACES[place], texts) == []


@pytest.mark.browser
@pytest.mark.parametrize("place", PLACES_OF_SOME)
def test_some_payloads_are_shown_as_text(seen, place):
    assert len(lacking(seen, place, TEXTS)) < len(TEXTS)


def drawn(part, all_of_it=False):
    """Every string of a figure that plotly draws, the hover texts with their customdata."""
    if isinstance(part, str):
        yield from [part] if all_of_it else []
    elif isinstance(part, list):
        yield from (x for one in part for x in drawn(one, all_of_it))
    elif isinstance(part, dict):
        for key in part.keys() - {"meta"}:  # the passages behind the marks, which no chart draws
            yield from drawn(part[key], all_of_it or key in DRAWN)
        yield from drawn(hovered(part), True)


def hovered(trace):
    """The customdata of a trace, or the one column of it that its hover text names."""
    named, rows = str(trace.get("hovertemplate")), trace.get("customdata", [])
    column = re.search(r"customdata\[(\d)\]", named)
    return [row[int(column[1])] for row in flat(rows)] if column else rows


def flat(rows):
    """The rows of a table, those of a grid one after the other."""
    grid = rows and isinstance(rows[0][0], list)
    return [row for line in rows for row in line] if grid else rows


@pytest.mark.parametrize("name", NAMES)
def test_charts_take_no_markup_from_clippings(hostile_site, name):
    page = (hostile_site / f"{name}.html").read_text("utf-8")
    for figure in re.findall(r'<script type="application/json">(\{"data".*?)</script>', page):
        rest = (OURS_RE.sub("", x) for x in drawn(json.loads(figure)))
        assert [x for x in rest if "<" in x] == []


@pytest.mark.browser
def test_the_policy_alone_stops_them_too(browser, hostile_site):
    """What came past the filter could lead away but neither run nor load: the second wall."""
    page, _ = open_page(browser, hostile_site / "99_payloads.html")
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.failure))
    insert = "texts => texts.forEach(x => document.body.insertAdjacentHTML('beforeend', x))"
    page.evaluate(insert, [x for name, x in PAYLOADS.items() if name != "refresh"])
    page.evaluate("() => document.querySelectorAll('a[href^=javascript]').forEach(x => x.click())")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('body > img').length") > 2
    assert set(failed) == {"csp"}
    page.context.close()


def rows_of(path):
    """The rows of a CSV file, without their heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_exported_articles_hold_no_formula(tmp_path):
    texts = [*FORMULAS["runs"], *FORMULAS["plain"]]
    table = pd.DataFrame({"text": texts, "origin": None, "spans": None})
    write_tables({"articles": table}, tmp_path)
    safe = [f"'{text}" for text in FORMULAS["runs"]] + FORMULAS["plain"]
    assert [row[0] for row in rows_of(tmp_path / "articles.csv")] == safe


def as_pandas_prints(text):
    """A cell as a table shows it: a tab is a backslash and a t, blanks around it are gone."""
    return text.translate({9: r"\t", 10: r"\n", 13: r"\r"}).strip()


@pytest.mark.browser
def test_downloaded_tables_hold_no_formula(browser, hostile_site):
    page, _ = open_page(browser, hostile_site / "99_payloads.html")
    with page.expect_download() as started:
        page.locator(".table", has_text="FORMULA").locator(".save button").click()
    told = [row[-1] for row in rows_of(started.value.path())]
    runs = map(as_pandas_prints, FORMULAS["runs"])
    safe = [x if x.startswith("\\") else f"'{x}" for x in runs]
    assert told == [*safe, *FORMULAS["plain"], "-5", "+5.6%"]
    page.context.close()
