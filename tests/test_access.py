"""Who cannot see, or has no mouse, can use every page: axe-core finds no serious fault."""

import pytest
from browsing import open_page
from hostile import NOTEBOOKS

axe = pytest.importorskip("axe_playwright_python.base")

NAMES = [*(path.stem for path in NOTEBOOKS), "index"]
WIDTHS = (1200, 390)  # px: a desk and a phone
# Rows of a table are alike, as are articles at the end, and each costs time: the first are looked
# at. Folds are opened.
PREPARE = """() => {
  document.querySelectorAll('tbody tr:nth-child(n + 7)').forEach((row) => row.remove());
  [...document.querySelectorAll('.entry')].slice(3).forEach((entry) => entry.remove());
  document.querySelectorAll('.plate svg text').forEach((text, at) => at % 9 && text.remove());
  document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
}"""


def faults(page):
    """What axe-core calls serious or critical: rule, and the element."""
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
    grave = [x for x in found if x["impact"] in ("serious", "critical")]
    return [f"{x['id']}: {node['html'][:200]}" for x in grave for node in x["nodes"]]


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_a_serious_fault(browser, own_site, name, width):
    page, trouble = open_page(browser, own_site / f"{name}.html", width)
    page.evaluate(PREPARE)
    assert faults(page) == []
    assert trouble == []
    page.context.close()
