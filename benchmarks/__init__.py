"""What `python run.py bench` times, and how: processor time, which other programs disturb least."""

import statistics
import time

RUNS = 3


def seconds(act, before=lambda: None, runs=RUNS) -> float:
    """The median processor time of an act, after one run that is not counted; `before` is not timed."""
    before()
    act()
    times = []
    for _ in range(runs):
        before()
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times)
