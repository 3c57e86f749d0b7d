"""Each notebook is prose first, holds no outputs, and runs top to bottom on any corpus."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from helpers.site import run_notebook

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
REAL = ROOT.parent / "shared" / "clippings"
IDS = [n.stem for n in NOTEBOOKS]


@pytest.fixture(scope="session")
def one_page(tmp_path_factory):
    """A folder with a single clipping, without catalogue, themes or words of its own."""
    folder = tmp_path_factory.mktemp("one")
    shutil.copy(min((ROOT / "corpus" / "pages").iterdir()), folder / "page.txt")
    return folder


def cells(path, kind):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_cells_are_short_and_define_nothing(path):
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= 8, cell.source
        assert "def " not in cell.source and "class " not in cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_the_first_code_cell_is_the_one_to_edit(path):
    assert cells(path, "code")[0].source.startswith("# EDIT HERE")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_it_is_stripped_and_has_steady_ids(path):
    code = cells(path, "code")
    assert not any(c.outputs or c.execution_count for c in code)
    assert all(c.id.replace("-", "").isalpha() for c in nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_prose_is_in_both_languages(path):
    """Each Chinese cell is followed by its English one; heads are in both, title / heading."""
    prose = [c for c in cells(path, "markdown") if "title" not in c.metadata.get("tags", [])]
    tags = [set(c.metadata.get("tags", [])) for c in prose]
    told = [t & {"zh", "en"} for t in tags]
    for cell, mine, here, after in zip(prose, tags, told, [*tags[1:], set()]):
        if "zh" in here:
            assert "en" in after and mine - {"zh"} == after - {"en"}, cell.id
            assert cell.id.endswith("-zh")
        elif not here:
            assert re.fullmatch(r"#+ .*[㐀-鿿].* / [A-Za-z ,’]+.*", cell.source), cell.source
    assert sum("zh" in t for t in told) == sum("en" in t for t in told) > 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
@pytest.mark.parametrize("tag", ["title", "question", "knobs", "finding", "stamp", "limits"])
def test_it_has_its_parts(path, tag):
    assert any(tag in c.metadata.get("tags", []) for c in nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_each_exercise_is_followed_by_its_answer(path):
    tags = [c.metadata.get("tags", []) for c in cells(path, "markdown")]
    parts = [t for t in tags if "zh" in t and {"exercise", "answer"} & {*t}]
    assert parts == [["exercise", "zh"], ["answer", "zh"]] * (len(parts) // 2)
    assert len(parts) >= 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_clipping_text_is_never_shown_as_html(path):
    source = "\n".join(c.source for c in cells(path, "code"))
    for risky in ("HTML(", "Markdown(", ".style", "escape=False", "to_html"):
        assert risky not in source


def failure_of(path, corpus):
    return run_notebook(path, corpus)[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_it_runs_on_the_sample(path):
    assert not failure_of(path, ROOT / "corpus")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_it_runs_on_one_page(path, one_page):
    assert not failure_of(path, one_page)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_it_runs_on_an_empty_folder(path, tmp_path):
    assert not failure_of(path, tmp_path)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not here")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_it_runs_on_the_real_pages(path):
    assert not failure_of(path, REAL)
