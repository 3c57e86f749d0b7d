"""A copy of the project whose clippings, tables and themes try to do harm. See `write_project`."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import cycle
from pathlib import Path

import nbformat
from nbformat import v4

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
PAYLOADS = tomllib.loads((CASES / "payloads.toml").read_text("utf-8"))["payloads"]
TEXTS = list(PAYLOADS.values())
FORMULAS = tomllib.loads((CASES / "formulas.toml").read_text("utf-8"))
PAPERS = ("望川日报", "开埠时报", "东屿新报")
# The strings of a theme or of a kind of speaker that tables and charts show.
SHOWN_RE = re.compile(r'^(title_\w+|question_\w+|zh|en) = "(.*)"$', re.MULTILINE)


def code_of(path):
    """The code of a notebook without the cell to edit."""
    cells = nbformat.read(path, as_version=4).cells
    return tuple(c.source for c in cells if c.cell_type == "code")[1:]


# Of notebooks with the same cells, as those of the themes, one: what it shows, the others show.
NOTEBOOKS = sorted({code_of(path): path for path in ROOT.glob("notebooks/*.ipynb")}.values())


def write_project(folder):
    """The folder, which now holds helpers, notebooks, and a corpus with payloads everywhere."""
    for part in ("helpers", "corpus"):
        without = shutil.ignore_patterns("__pycache__", "pages")
        shutil.copytree(ROOT / part, folder / part, ignore=without)
    (folder / "notebooks").mkdir()
    for path in [*NOTEBOOKS, ROOT / "notebooks" / "ready.py"]:
        shutil.copy(path, folder / "notebooks")
    corpus = folder / "corpus"
    for path in [*corpus.glob("themes/*.toml"), corpus / "speakers.toml"]:
        poison(path)
    with (corpus / "words.txt").open("a", encoding="utf-8") as words:
        words.writelines(f"{text} nz\n" for text in TEXTS)
    with (corpus / "slogans.toml").open("a", encoding="utf-8") as slogans:
        for text in map(json.dumps, TEXTS):
            slogans.write(f"\n[[sources]]\nsource = {text}\nyear = 2023\nslogans = [{text}]\n")
    write_pages(corpus)
    write_notebook(folder / "notebooks" / "99_payloads.ipynb")
    return folder


def build(folder):
    """The folder of the site of a hostile project, made with its own copy of helpers."""
    command = [sys.executable, "-m", "helpers", "site", "--out", "site", "--shared-assets"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    subprocess.run(command, cwd=folder, env=environment, check=True, timeout=900)
    return folder / "site"


def poison(path):
    """Write a payload behind every string of a TOML file that is shown."""
    payloads = cycle(map(json.dumps, TEXTS))

    def worse(found):
        return f'{found[1]} = "{found[2]}{next(payloads)[1:]}'

    path.write_text(SHOWN_RE.sub(worse, path.read_text("utf-8")), encoding="utf-8")


def write_pages(corpus):
    """Write a page a payload, in its text, its file's name and the catalogue's name of its paper."""
    template, fill = (CASES / "hostile.md").read_text("utf-8"), iter(paragraphs())
    (corpus / "pages").mkdir()
    rows = [("file", "paper", "date", "page_no")]
    for number, text in enumerate(TEXTS):
        name = f"{number:02} {file_part(text)}.md"
        paper = PAPERS[number % len(PAPERS)] + text
        rows.append((name, paper, f"202{number % 4}-0{1 + number % 9}-12", 1 + number))
        page = re.sub("¶", lambda _: next(fill), template).replace("§", text)
        (corpus / "pages" / name).write_text(page, encoding="utf-8")
    with (corpus / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_notebook(path):
    """Write the notebook of cases/payloads.py, and beside it the payloads that it reads."""
    source = re.split("^# %%.*\n", (CASES / "payloads.py").read_text("utf-8"), flags=re.MULTILINE)
    cells = [v4.new_code_cell(cell.strip(), id=f"c{n}") for n, cell in enumerate(source[1:])]
    title = v4.new_markdown_cell("# 试毒\n\n*Payloads*", id="t", metadata={"tags": ["title"]})
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=[title, *cells], metadata=kernel), path)
    listed = json.dumps([TEXTS, [*FORMULAS["runs"], *FORMULAS["plain"], "-5", "+5.6%"]])
    path.with_name("payloads.json").write_text(listed, encoding="utf-8")


def paragraphs():
    """Paragraphs of the sample, so that no page is taken for a copy of another."""
    lines = (ROOT / "tests" / "sample" / "chenghu.md").read_text("utf-8").splitlines()
    return [line for line in lines if len(line) > 90]


def file_part(text):
    """As much of a payload as the name of a file may hold."""
    return re.sub(r'[<>:"/\\|?*]' if os.name == "nt" else "/", "_", text)
