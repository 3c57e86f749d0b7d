"""What several test files share: a browser, and the site that `python run.py site` makes."""

import os
import shutil
from pathlib import Path

import pytest
from browsing import BROWSERS, QUIET

from helpers import site

ROOT = Path(__file__).parent.parent
collect_ignore = ["cases"]  # data; one of them is the cells of a notebook


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium."""
    found = [os.environ.get("JIANBAO_CHROMIUM"), *map(shutil.which, BROWSERS)]
    path = next(filter(None, found), None)
    if not path:
        pytest.skip("no Chromium: put one on PATH, or name it in JIANBAO_CHROMIUM")
    return path


@pytest.fixture(scope="module")
def browser(chromium):
    """A running Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        running = p.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def own_site(tmp_path_factory):
    """The folder of the site that `python run.py site` makes."""
    out = tmp_path_factory.mktemp("own")
    site.build_site(ROOT / "notebooks", out, ROOT / "corpus")
    return out
