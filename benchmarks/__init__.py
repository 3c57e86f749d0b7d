"""What `python run.py bench` times, and how."""

import statistics
import time

RUNS = 5


def seconds(act, before=lambda: None) -> float:
    """The median time of an act, after one run that is not counted; `before` is not timed."""
    act()
    times = []
    for _ in range(RUNS):
        before()
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
