"""A notebook run and rendered by us, and by nbconvert as it comes; how long each takes to open.

    python -m benchmarks.notebook CORPUS    a folder of clippings, or a build

runs all notebooks one after the other, then once more: what the first time kept is there the second.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from helpers.site import notebook_paths, run_notebook

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "20_cybersecurity.ipynb"


def once(act, **options) -> float:
    """The seconds that an act takes by the clock."""
    start = time.perf_counter()
    act(**options)
    return time.perf_counter() - start


def render(plain=False) -> None:
    """Render the notebook to a page."""
    with tempfile.TemporaryDirectory() as folder:
        if not plain:
            from helpers.site import build_site

            build_site([NOTEBOOK], Path(folder), ROOT / "corpus")
            return
        command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir"]
        env = os.environ | {"PYTHONPATH": str(ROOT), "JIANBAO_CORPUS": str(ROOT / "corpus")}
        subprocess.run([*command, folder, NOTEBOOK], check=True, capture_output=True, env=env)


def busy() -> float:
    """Seconds of processor time of kernels that have ended, with their workers; 0 on Windows."""
    spent = os.times()
    return spent.children_user + spent.children_system


def opened(corpus: str, times=2) -> None:
    """Print how long each notebook takes from its kernel's start to its last cell."""
    print("| notebook | time | seconds by the clock | of processor |\n|---|---|---|---|")
    for time_of in range(1, times + 1):
        for path in notebook_paths(ROOT / "notebooks"):
            before = busy()
            _, failure, took = run_notebook(path, corpus)
            failed = f" stopped in {failure}" if failure else ""
            print(
                f"| {path.stem}{failed} | {time_of} | {took:.1f} | {busy() - before:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    opened(*sys.argv[1:])
