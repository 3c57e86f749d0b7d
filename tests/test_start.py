"""Who begins is told what to do: by the first cell, by a folder that is not there, by one line."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from helpers import progress
from helpers.advice import plainly
from helpers.site import run_notebook

ROOT = Path(__file__).parent.parent
FIRST = "from ready import environ"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What the cells show of a notebook in which each fails, or needs `ready`."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "ready.py").write_text((ROOT / "notebooks" / "ready.py").read_text("utf-8"), "utf-8")
    gone = f"from helpers import load_articles\nload_articles({str(folder / '没有')!r})"
    cells = [f"{FIRST}\nenviron['JIANBAO_CORPUS']", gone]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(notebook, folder / "start.ipynb")
    cells, failure, _ = run_notebook(folder / "start.ipynb", folder)
    return [cell.outputs for cell in cells.cells], failure


def test_a_missing_folder_is_told_in_two_languages_without_a_traceback(outputs):
    (error,), failure = outputs[0][1], outputs[1]
    first, second = error.traceback
    assert first.startswith("没有文件夹 ") and "CORPUS" in first
    assert second.startswith("There is no folder ") and "--corpus" in second
    assert "FileNotFoundError" in failure  # the pages that are rendered tell it too


def test_the_first_cell_says_nothing_where_all_is_there(outputs):
    assert [output.output_type for output in outputs[0][0]] == ["execute_result"]


def test_a_kernel_without_the_packages_says_how_to_start():
    code = "import sys; sys.path.insert(0, '.')\nfrom ready import environ"
    bare = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code], check=False, cwd=ROOT / "notebooks",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    last = bare.stderr.strip().splitlines()[-2:]
    assert "缺少 pandas" in last[0] and "python run.py lab" in last[0]
    assert "lacks pandas" in last[1] and "python run.py lab" in last[1]


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda p: p.stem)
def test_every_first_cell_asks_whether_all_is_there(path):
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert FIRST in code[0].source and "python run.py lab" in code[0].source


def test_an_error_that_is_told_plainly_stays_what_it_was():
    with pytest.raises(FileNotFoundError, match="^没有$"):
        raise plainly(FileNotFoundError("没有"))


def lines_of(times, total, monkeypatch):
    """What `teller` writes when a work of `total` things is at one of them at each of the times."""
    said = []
    monkeypatch.setattr(progress, "say", said.append)
    tell, clock = progress.teller("页 pages", clock=lambda: times[len(done)]), iter(times)
    done = []
    for n in range(1, len(times) + 1):
        tell(n if n < len(times) else total, total)
        done.append(next(clock))
    return said


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([0, 1, 1.9], []),  # a short work
        ([0, 1, 2.1, 2.2, 2.5], ["\r3 / 9 页 pages", "\r9 / 9 页 pages\n"]),
        ([7, 8, 9.5, 9.9], ["\r3 / 9 页 pages", "\r9 / 9 页 pages\n"]),
    ],
)
def test_long_work_is_told_on_one_line(times, said, monkeypatch):
    assert lines_of(times, 9, monkeypatch) == said


@pytest.mark.parametrize(
    ("setting", "terminal", "said"), [("", True, "x"), ("off", True, ""), ("", False, "")]
)
def test_nothing_is_told_where_nobody_looks(setting, terminal, said, monkeypatch, capsys):
    monkeypatch.setenv("JIANBAO_PROGRESS", setting)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    progress.say("x")
    assert capsys.readouterr().err == said


def test_the_first_figure_waits_for_no_grammar_and_leaves_it_to_others():
    code = """if True:
        import sys
        from helpers.house import blank
        assert blank()._repr_mimebundle_() and "nbformat" in sys.modules
        assert not {"rfc3987_syntax", "lark"} & set(sys.modules)
        import rfc3987_syntax
    """
    env = os.environ | {"PLOTLY_RENDERER": "plotly_mimetype"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
