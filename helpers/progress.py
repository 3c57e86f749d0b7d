"""progress: one line, written over itself, that tells how far a long work is. See `teller`.

It is for somebody who waits: not in the first seconds, not in a file, and not while the notebooks
are rendered, as then JIANBAO_PROGRESS is off.
"""

import os
import sys
import time
from collections.abc import Callable

PATIENCE, EVERY = 2.0, 0.2  # seconds before the first line, and from line to line


def teller(unit: str, clock=time.monotonic) -> Callable[[int, int], None]:
    """A function (done, of how many) to call as a work goes on, with 1 as it begins.

    unit: what is counted, as it stands behind the numbers. clock: seconds, for the tests.
    """
    began = told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal began, told
        now = clock()
        if done == 1:
            began = told = now
        last = done == total and told > began
        if last or (now - began > PATIENCE and now - told > EVERY and done < total):
            told = now
            say(f"\r{done:,} / {total:,} {unit}" + ("\n" if last else ""))

    return tell


def say(words: str) -> None:
    """Write to where somebody looks: a terminal, or the output of a cell."""
    if os.environ.get("JIANBAO_PROGRESS") != "off" and (
        sys.stderr.isatty() or "ipykernel" in sys.modules
    ):
        sys.stderr.write(words)
        sys.stderr.flush()
