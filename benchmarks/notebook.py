"""A notebook run and rendered by us, and by nbconvert as it comes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
