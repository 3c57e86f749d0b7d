"""Notebooks → offline HTML: every notebook is run on a corpus and becomes one page.

See `build_site`, and `build_lines` for its progress. A page draws its own charts and asks no
network for anything; what comes out of a clipping can neither run nor load.
"""

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.pages import ASSETS, FIRST, SCRIPTS, asset, index_html, page_html, page_of
from helpers.speakers import KINDS
from helpers.themes import FOLDER, load_themes
from helpers.tongues import known_labels


def build_site(notebooks, out, corpus, shared_assets=False):
    """The HTML files written: index.html first, then one a notebook, in reading order."""
    for _ in build_lines(notebooks, out, corpus, shared_assets):
        pass
    names = ["index", *(path.stem for path in notebook_paths(notebooks))]
    return [Path(out) / f"{name}.html" for name in names]


def build_lines(notebooks, out, corpus, shared_assets=False):
    """One line of progress a notebook while the site is built; raises at the end if one failed."""
    paths, pages, labels = notebook_paths(notebooks), [], labels_of(corpus)
    if shared_assets:
        for name in (FIRST, *SCRIPTS, "page.css"):
            write(Path(out) / "assets" / name, asset(name))
    with ThreadPoolExecutor(2) as pool:  # a run keeps one processor core busy
        runs = pool.map(run_notebook, paths, [corpus] * len(paths))
        for path, (notebook, failure, seconds) in zip(paths, runs):
            pages.append(page_of(path.stem, notebook, failure))
            write(
                Path(out) / f"{path.stem}.html",
                page_html(pages[-1], notebook, shared_assets, labels),
            )
            end = f"stopped in {failure}" if failure else f"{seconds:.0f} s"
            yield f"{len(pages)}/{len(paths)} {path.name}: {end}"
    write(Path(out) / "index.html", index_html(pages, shared_assets))
    failures = [f"  {page.name}.ipynb, {page.failure}" for page in pages if page.failure]
    if failures:
        first = f"{len(failures)} of {len(pages)} notebooks did not run to their end"
        raise RuntimeError("\n".join([f"{first}; their pages show where:", *failures]))


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
        "JIANBAO_PROGRESS": "off",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",  # the order of a set must not change a page
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
    }


def write(path, text):
    """Write a text as UTF-8, with the same line ends on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
