"""What changed since last time: pages, copies, files that are not read, terms that moved."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers import changes, load_articles, load_problems, tag_themes, what_changed
from helpers.pages import edition_of
from helpers.site import kernel_environment

SHORT = "# 外贸增长\n\n今年外贸进出口增长，外贸企业的订单比去年多，港口也更忙了。\n"
LONG = "# 社区议事\n\n社区网格员上门，把居民的话记下来，再把矛盾一件件化解，议事会每月开一次。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one clipping, and a store of its own."""
    monkeypatch.setenv("JIANBAO_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("JIANBAO_CHANGES", raising=False)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(SHORT, "utf-8")
    return tmp_path / "in"


def told(folder):
    """The rows of what changed."""
    articles = tag_themes(load_articles(folder))
    return what_changed(articles, load_problems(folder)).to_numpy().tolist()


def test_nothing_changed_the_first_time_nor_when_nothing_did(folder):
    assert told(folder) == told(folder) == []


def test_a_new_clipping_is_told_with_its_terms_until_the_next_one(folder):
    told(folder)
    (folder / "b.md").write_text(LONG, "utf-8")
    rows = told(folder)
    assert ["new page", "b.md", 0, 1] in rows
    assert {row[0] for row in rows} == {"new page", "term"}
    assert told(folder) == rows  # the notebook run again


def test_copies_and_files_that_are_not_read_are_told(folder):
    told(folder)
    (folder / "b.md").write_text(SHORT, "utf-8")
    (folder / "c.txt").write_bytes(b"")
    rows = told(folder)
    assert ["new copy", "b.md#01", 0, 1] in rows
    assert ["unreadable", "c.txt", 0, 1] in rows


def test_what_is_gone_is_told(folder):
    (folder / "b.md").write_text(LONG, "utf-8")
    told(folder)
    (folder / "b.md").unlink()
    assert ["page gone", "b.md", 1, 0] in told(folder)


def test_the_terms_that_moved_most_come_first():
    before = {("term", f"词{n}"): 50 for n in range(30)}
    now = {("term", f"词{n}"): 50 + n * (-1) ** n for n in range(30)}
    rows = changes._compared(before, now)
    assert rows["what"].tolist()[:2] == ["词29", "词28"] and len(rows) == changes.TERMS


@pytest.mark.parametrize("name", ["JIANBAO_STORE", "JIANBAO_CHANGES"])
def test_nothing_is_kept_where_it_is_off(folder, name, monkeypatch):
    monkeypatch.setenv(name, "off")
    told(folder)
    (folder / "b.md").write_text(LONG, "utf-8")
    assert told(folder) == []


def test_rendered_pages_neither_keep_nor_tell(folder):
    assert kernel_environment(folder)["JIANBAO_CHANGES"] == "off"


def test_a_damaged_record_is_no_record(folder):
    told(folder)
    for path in (folder.parent / "store" / "folders").glob("*.parquet"):
        path.write_bytes(b"PAR1")
    assert told(folder) == []


def test_a_table_of_another_origin_has_no_past():
    articles = pd.DataFrame({"article": ["a#01"], "page": ["a"], "duplicate_of": [None]})
    assert what_changed(articles).empty


@pytest.mark.parametrize("edition", ["full", "teaching"])
def test_rendered_pages_leave_the_section_out(edition):
    path = Path(__file__).parent.parent / "notebooks" / "00_corpus.ipynb"
    notebook = nbformat.read(path, as_version=4)
    ids = {cell.id for cell in notebook.cells} - {c.id for c in edition_of(notebook, edition).cells}
    assert "changed-table" in ids
