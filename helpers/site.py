"""Notebooks → offline HTML: every notebook is run on a corpus and becomes one page.

See `build_site`, and `build_lines` for its progress. A page draws its own charts and asks no
network for anything; what comes out of a clipping can neither run nor load.
"""

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.corpus import load_articles
from helpers.made import key_of, mark_changed, read_record, write_record
from helpers.pages import (
    ASSETS,
    EDITIONS,
    FIRST,
    SCRIPTS,
    Page,
    Setting,
    asset,
    index_html,
    page_html,
    page_of,
)
from helpers.speakers import KINDS
from helpers.themes import FOLDER, load_themes
from helpers.tongues import known_labels


class Choices(NamedTuple):
    """How a site is made. See `build_lines`."""

    shared: bool = False  # pages share the scripts of one folder, or each holds its own
    edition: str = "full"  # or reading, teaching, all
    excerpts: bool = False  # passages only, no article in full
    force: bool = False  # make anew what has not changed too


def build_site(notebooks, out, corpus, choices=None):
    """The HTML files of a site: index.html first, then one a notebook, in reading order."""
    choices = choices or Choices()
    for _ in build_lines(notebooks, out, corpus, choices):
        pass
    names = ["index", *(path.stem for path in notebook_paths(notebooks))]
    return [folder / f"{n}.html" for folder in folders_of(out, choices).values() for n in names]


def build_lines(notebooks, out, corpus, choices=None):
    """One line of progress a notebook while the site is built; raises at the end if one failed.

    A notebook is not run again whose clippings, code, words and versions are those of last time.
    """
    choices, out, articles = choices or Choices(), Path(out), articles_of(corpus)
    paths = notebook_paths(notebooks)
    fingerprint = articles.attrs.get("fingerprint", "")
    mark_changed(out, fingerprint)  # until they are made again
    setting = Setting(choices.shared, labels_of(corpus), fingerprint, articles, choices.excerpts)
    record, told = read_record(out), (fingerprint, choices._replace(force=False))
    keys = {path: key_of(path, Path(corpus), told) for path in paths}
    old = [] if choices.force else [p for p in paths if is_made(p, out, choices, record, keys[p])]
    write_assets(out, choices)
    with ThreadPoolExecutor(2) as pool:  # a run keeps one processor core busy
        runs = {p: pool.submit(run_notebook, p, corpus) for p in paths if p not in old}
        for number, path in enumerate(paths, 1):
            end = "unchanged, kept as it is"
            if path in runs:
                notebook, failure, seconds = runs.pop(path).result()
                end = f"stopped in {failure}" if failure else f"{seconds:.0f} s"
                page = page_of(path.stem, notebook, failure)
                entries = write_pages(page, notebook, folders_of(out, choices), setting)
                key = "" if failure else keys[path]
                record[path.stem] = {"key": key, "page": page._asdict(), "entries": entries}
                write_record(out, record)
            yield f"{number}/{len(paths)} {path.name}: {end}"
    pages = [Page(**record[path.stem]["page"]) for path in paths]
    leads = {name: p.stem for p in reversed(paths) for name in record[p.stem]["entries"]}
    write_indexes(pages, leads, folders_of(out, choices), setting)
    complain_of([page for page in pages if page.failure], len(pages))


def complain_of(failed, many):
    """Nothing where no notebook failed; else a RuntimeError that lists them."""
    if failed:
        first = (
            f"{len(failed)} of {many} notebooks did not run to their end; their pages show where:"
        )
        raise RuntimeError("\n".join([first, *(f"  {p.name}.ipynb, {p.failure}" for p in failed)]))


def articles_of(corpus):
    """The articles of a corpus; none where it cannot be read, which the notebooks will tell of."""
    try:
        return load_articles(corpus)
    except (FileNotFoundError, NotADirectoryError):
        return pd.DataFrame({"article": [], "text": []})


def folders_of(out, choices):
    """{edition: the folder of its pages}: one edition alone, or all beside each other."""
    if choices.edition != "all":
        return {choices.edition: Path(out)}
    return {name: Path(out) / ("" if name == "full" else name) for name in EDITIONS}


def is_made(path, out, choices, record, key):
    """Whether the pages of a notebook are there, made from what it would be made from now."""
    files = [folder / f"{path.stem}.html" for folder in folders_of(out, choices).values()]
    return record.get(path.stem, {}).get("key") == key and all(file.exists() for file in files)


def write_assets(out, choices):
    """Write what the pages share, if they share anything."""
    for name in (FIRST, *SCRIPTS, "search.js", "page.css") if choices.shared else ():
        write(out / "assets" / name, asset(name))


def write_pages(page, notebook, folders, setting):
    """Write a notebook in each edition; the names of the articles that it holds in full."""
    for edition, folder in folders.items():
        text, entries = page_html(page, notebook, setting.within(edition, folders))
        write(folder / f"{page.name}.html", text)
    return entries


def write_indexes(pages, leads, folders, setting):
    """Write the first page of each edition; leads: article → the notebook that holds it."""
    for edition, folder in folders.items():
        text = index_html(pages, leads, setting.within(edition, folders))
        write(folder / "index.html", text)


def labels_of(corpus):
    """The labels of a corpus in two languages: of its themes, or the project's, and of speakers."""
    own = Path(corpus) / "themes"
    try:
        themes = load_themes(own if own.is_dir() else FOLDER)
    except ValueError:  # a theme with a mistake: the notebooks that need it say where
        themes = []
    return known_labels(themes, KINDS.values())


def notebook_paths(notebooks):
    """The notebooks of a folder in the order of their names; a list of paths stays as it is."""
    folder = isinstance(notebooks, (str, Path))
    return sorted(Path(notebooks).glob("*.ipynb")) if folder else [Path(path) for path in notebooks]


def run_notebook(path, corpus):
    """The notebook after its run, what stopped it ("" if nothing did), and the seconds it took."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal

    notebook, begun, started, failure = nbformat.read(path, as_version=4), time.time(), [], ""
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs = []  # an earlier run must not show behind the cell that stops this one
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, config=kernel_config(folder), kernel_name="python3")
        client.coalesce_streams = True
        client.on_cell_execute = lambda cell, cell_index: started.append(cell_index)
        try:
            client.execute(cwd=str(path.resolve().parent), env=kernel_environment(corpus))
        except (CellControlSignal, RuntimeError, OSError) as error:  # or the kernel itself died
            name, words = getattr(error, "ename", "the kernel"), getattr(error, "evalue", error)
            failure = f"cell [{len(started)}]: {name}: {' '.join(str(words).split())}"
    return notebook, failure, time.time() - begun


def kernel_config(folder):
    """The settings of a kernel: this very interpreter, spoken to through files in `folder`."""
    from traitlets.config import Config

    config = Config()
    config.KernelSpecManager.kernel_dirs = []  # a "python3" installed for the user may be another
    if os.name != "nt":
        config.KernelManager.transport = "ipc"
        config.KernelManager.connection_file = str(Path(folder) / "k.json")
    return config


def kernel_environment(corpus):
    """The environment variables that a notebook runs under."""
    path = [str(ASSETS.parents[1]), os.environ.get("PYTHONPATH")]
    return {
        **os.environ,
        "JIANBAO_CORPUS": str(Path(corpus).resolve()),
        "PLOTLY_RENDERER": "plotly_mimetype",
        "JIANBAO_CHANGES": "off",
        "JIANBAO_PROGRESS": "off",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",  # the order of a set must not change a page
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
    }


def write(path, text):
    """Write a text as UTF-8, with the same line ends on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
