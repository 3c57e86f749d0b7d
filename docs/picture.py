"""Makes the picture of the READMEs: python run.py picture. It needs Chromium.

Renders the trade notebook over the sample, and takes the part with the words of the theme.
"""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers.site import build_site

ROOT = Path(__file__).resolve().parent.parent
SCALE = """() => {
  const heads = [...document.querySelectorAll('h2')];
  const top = heads.find(h => h.textContent.includes('这个主题的词')).getBoundingClientRect().top;
  const charts = [...document.querySelectorAll('.chart')].filter(
    c => c.getBoundingClientRect().top > top);
  const end = charts[1].getBoundingClientRect().bottom;  // the key words, and the cloud
  return {x: 300, y: top + scrollY - 24, width: 920, height: end - top + 40};
}"""


def main():
    browser = os.environ.get("JIANBAO_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        build_site([ROOT / "notebooks" / "10_trade.ipynb"], folder, ROOT / "corpus")
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.goto((Path(folder) / "10_trade.html").as_uri())
        page.wait_for_timeout(2500)
        page.screenshot(path=ROOT / "docs" / "trade.png", full_page=True, clip=page.evaluate(SCALE))
        chromium.close()
    print(ROOT / "docs" / "trade.png")


if __name__ == "__main__":
    main()
