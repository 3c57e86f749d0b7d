"""In a browser: every mark of every chart leads to its passages, by mouse, by keys, by the table."""

import json
import re
from pathlib import Path

import pytest
from browsing import open_page

from helpers import pages

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = """() => [...document.querySelectorAll('.drawing')].map((plot) => {
    const { names, rows, hits, totals, alt, heads } = plot.layout.meta;
    const all = (plot.data || []).flatMap((t) => [...(t.customdata || [])].flatMap(
        (cell) => (cell && typeof cell[1] === 'string' ? [cell] : cell || []))).filter(Boolean);
    return { names, rows, hits, totals, alt, heads, drawn: [...new Set(all.map((c) => c[0]))].length,
             empty: !names, label: plot.getAttribute('aria-label'), tab: plot.tabIndex };
})"""


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def opened(request, browser, own_site):
    """A page of the project's own, its trouble, and what its charts hold."""
    page, trouble = open_page(browser, own_site / f"{request.param.stem}.html")
    yield page, trouble, page.evaluate(EACH)
    page.context.close()


@pytest.mark.browser
def test_every_mark_has_its_passages(opened):
    _, trouble, charts = opened
    assert charts and not trouble
    for chart in (c for c in charts if not c["empty"]):
        assert (
            len(chart["hits"]) == len(chart["names"]) == len(chart["rows"]) == len(chart["totals"])
        )
        for row, hits, total in zip(chart["rows"], chart["hits"], chart["totals"], strict=True):
            assert len(hits) == min(6, total)
            assert total or 0 in row  # nothing is drawn there: 0 articles, 0 uses


@pytest.mark.browser
def test_every_chart_is_told_and_can_be_walked(opened):
    _, _, charts = opened
    for chart in (c for c in charts if not c["empty"]):
        assert chart["tab"] == 0 and chart["label"].startswith(chart["alt"][0])
        assert chart["drawn"] == len(chart["names"])


def panel_of(page):
    """The open panel: its heading, and the text of its passages."""
    panel = page.locator("dialog.evidence")
    panel.wait_for()
    heading = panel.locator("h2")
    name = heading.get_attribute("data-name")
    assert name.split(" ")[0] in heading.text_content()  # and its other language
    return name, panel.locator("article p:first-child").all_text_contents()


def sentences(page, hits):
    """What the panel should show of hits, from the page's own list."""
    told = json.loads(page.locator("#passages").text_content())
    return [told["sentences"][number][1] for number, *_ in hits]


def close(page):
    """Close the panel with Esc."""
    page.keyboard.press("Escape")
    page.locator("dialog.evidence").wait_for(state="detached")


@pytest.mark.browser
def test_keys_reach_a_mark_and_a_click_there_opens_the_same(opened):
    """Home and Enter open the first mark; the mouse, where the ring then is, opens it too."""
    page, trouble, charts = opened
    for number, chart in enumerate(charts):
        if chart["empty"]:
            continue
        plot = page.locator(".drawing").nth(number)
        plot.scroll_into_view_if_needed()
        plot.focus()
        page.keyboard.press("Home")
        assert page.locator(".chart").nth(number).locator("[aria-live]").text_content().strip()
        page.keyboard.press("Enter")
        wanted = chart["names"][0], sentences(page, chart["hits"][0])
        assert panel_of(page) == wanted
        close(page)
        assert page.evaluate("document.activeElement.classList.contains('drawing')")
        page.keyboard.press("Home")
        ring = plot.locator(".ring")
        ring.wait_for()
        box = ring.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y, steps=4)  # plotly takes a click for the mark that it has seen hovered
        page.wait_for_timeout(100)
        page.mouse.click(x, y)
        assert panel_of(page) == wanted
        close(page)
    assert not trouble


@pytest.mark.browser
def test_the_folded_table_holds_the_data_and_leads_to_the_passages(opened):
    page, trouble, charts = opened
    for number, chart in enumerate(c for c in charts if not c["empty"]):
        fold = page.locator("details.data").nth(number)
        fold.locator("summary").first.click()
        fold.locator("tbody tr").first.wait_for()
        rows = fold.locator("tbody tr")
        assert rows.count() == len(chart["rows"])
        cells = rows.last.locator("td").all_text_contents()
        assert cells[-1] == str(chart["totals"][-1]) and len(cells) == len(chart["heads"]) + 1
        rows.last.locator("button.lead").click()
        assert panel_of(page) == (chart["names"][-1], sentences(page, chart["hits"][-1]))
        close(page)
        fold.locator("summary").first.click()
    assert not trouble


OUTSIDE = """() => [...document.querySelectorAll('.plate')].flatMap((plate, at) => {
  const home = plate.getBoundingClientRect();
  return [...plate.querySelectorAll('.main-svg text')].filter(
    (words) => words.textContent.trim() && !words.closest('.hoverlayer')
      && getComputedStyle(words).visibility !== 'hidden').filter((words) => {
    const { left, right, top, bottom, width } = words.getBoundingClientRect();
    return width && (left < home.left - 1 || right > home.right + 1
      || top < home.top - 1 || bottom > home.bottom + 1);
  }).map((words) => `${at}: ${words.textContent}`);
})"""


@pytest.mark.browser
def test_no_word_of_a_chart_is_cut_in_any_language(opened):
    page, trouble, _ = opened
    home = page.viewport_size
    for width in (390, home["width"]):
        page.set_viewport_size({**home, "width": width})
        for tongue in ("en", "zh", "both"):
            page.evaluate(f"document.querySelector('[data-speak={tongue}]').click()")
            page.wait_for_timeout(300)
            assert page.evaluate(OUTSIDE) == [], (width, tongue)
    assert not trouble


@pytest.mark.browser
def test_on_paper_every_chart_leads_to_its_notes(opened):
    page, trouble, charts = opened
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    led = page.evaluate("""[...document.querySelectorAll('.chart')].map((chart) => (
        [...chart.querySelectorAll('.cited a')].map((a) => document.querySelector(a.hash).textContent)))""")
    for chart, notes in zip(charts, led, strict=True):
        assert bool(notes) != chart["empty"] and len(notes) <= 8
        assert len({*notes} & {*page.locator(".endnotes li").all_text_contents()}) == len({*notes})
    cells = page.locator("td.date").evaluate_all(
        "(cells) => cells.map((c) => c.textContent.trim())"
    )
    assert all(len(text) in (0, 7, 10) for text in cells)
    assert not trouble


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_is_small_with_its_passages(own_site, path):
    """Without the scripts and the style, which pages may share; 0.6 MB."""
    text = (own_site / f"{path.stem}.html").read_text("utf-8")
    for name in (*pages.SCRIPTS, "page.css"):
        text = text.replace(pages.asset(name), "")
    assert len(text.encode()) < 600_000
    assert len(re.findall('id="passages"', text)) == 1
