"""README, codebook and notebooks name what exists, and all of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import helpers
from helpers.corpus import ARTICLE_COLUMNS, LINE_COLUMNS, PROBLEM_COLUMNS

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_every_public_name(readme):
    named = set(re.findall(r"`(\w+)(?:\([^`]*\))?`", text_of(readme)))
    assert set(helpers.__all__) <= named


@pytest.mark.parametrize("readme", READMES)
def test_readme_lists_every_notebook(readme):
    assert {n for n in re.findall(r"notebooks/(\w+\.ipynb)", text_of(readme))} == {
        n.name for n in NOTEBOOKS
    }


@pytest.mark.parametrize("name", helpers.__all__)
def test_every_public_name_is_used_in_a_notebook(name):
    assert any(re.search(rf"\b{name}\b", n.read_text(encoding="utf-8")) for n in NOTEBOOKS)


@pytest.mark.parametrize("name", helpers.__all__)
def test_every_public_name_says_what_it_gives(name):
    assert (getattr(helpers, name).__doc__ or "").strip()


@pytest.mark.parametrize("name", helpers.__all__)
def test_every_public_name_is_of_the_module_that_is_said_to_have_it(name):
    assert getattr(helpers, name).__module__ == f"helpers.{helpers.HOME[name]}"
    assert name in dir(helpers) and not (ROOT / "helpers" / f"{name}.py").exists()


def test_importing_the_package_imports_no_library():
    code = "import sys, helpers; print({'pandas', 'plotly', 'jieba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.split() == [b"set()"]


def test_a_name_that_is_none_is_told_as_python_tells_it():
    with pytest.raises(AttributeError, match="'helpers' has no attribute 'load_article'"):
        helpers.load_article  # noqa: B018


@pytest.mark.parametrize("columns", [ARTICLE_COLUMNS, LINE_COLUMNS, PROBLEM_COLUMNS])
def test_the_codebook_tells_every_column(columns):
    book = text_of("corpus/README.md")
    heads = "\n".join(row.split("|")[1] for row in book.splitlines() if row.startswith("| "))
    assert set(columns) <= set(re.findall(r"\w+", heads))


@pytest.mark.parametrize("page", [*READMES, "corpus/README.md", "docs/design.md"])
def test_links_lead_somewhere(page):
    text, folder = text_of(page), (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#]+?)\)", text):
        assert (folder / target).exists(), target


def test_the_readmes_are_short():
    assert all(len(text_of(r).splitlines()) <= 150 for r in READMES)
