"""Lays the sample out as ever more pages, and measures what becomes of them.

    python -m benchmarks.growth lay 1000 DIR       pages from other seeds, with other letters
    python -m benchmarks.growth measure DIR OUT    a build of them, its second run, one new page
    python -m benchmarks.growth dask DIR OUT       a build by one worker of Dask, and by two

docs/scale.md has what came of it, and how much disk and time it wants.
"""

import itertools
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from helpers.build import build_tables

ROOT = Path(__file__).resolve().parent.parent
KEPT = 200  # letters, the most frequent ones, that stay: with them stay what rules look for


def laid(seeds) -> Iterator[tuple[str, str, dict]]:
    """The name, the text and the catalogue's row of each page that some seeds lay out.

    A seed sets the sample's 42 pages in other ways with other damage; so that they are no copies of
    those of another seed, its rarer letters change places.
    """
    sys.path.insert(0, str(ROOT / "tests" / "sample"))
    import layout
    import source

    pages = source.read_papers(layout.HERE)
    letters = Counter(
        c for _, text, *_ in layout.lay_out(0, pages) for c in text if "一" <= c <= "鿿"
    )
    rare = sorted(c for c, _ in letters.most_common()[KEPT:])
    for seed in seeds:
        other = random.Random(seed).sample(rare, len(rare))
        table = str.maketrans(dict(zip(rare, other, strict=True)))
        for name, text, _, row in layout.lay_out(seed, pages):
            yield f"{seed:05}/{name}", text.translate(table), row


def lay(count: int, out: Path) -> int:
    """The number of pages laid out under `out`, of as many seeds as that takes, with a catalogue."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "catalogue.csv").open("w", encoding="utf-8", newline="\n") as catalogue:
        catalogue.write("file,paper,date,page_no\n")
        for name, text, row in itertools.islice(laid(itertools.count(1)), count):
            path = out / "pages" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            catalogue.write(f"{name},{row['paper']},{row['date']},{row['page_no']}\n")
    return count


def spent() -> tuple[float, float, float]:
    """Seconds of processor time, of this process and its workers; the most that either held, MB."""
    own, workers = (resource.getrusage(x) for x in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    busy = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    return busy, own.ru_maxrss / 1024, workers.ru_maxrss / 1024


def size_of(folder: Path) -> int:
    """Bytes of the files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(corpus: Path, out: Path) -> None:
    """Print what a build costs, then one with nothing new, then one with one new page."""
    pages = sum(1 for _ in (corpus / "pages").rglob("*.txt"))
    print(f"{pages:,} pages, {size_of(corpus / 'pages') / 1e6:.1f} MB")
    new = corpus / "pages" / "new.txt"
    for what in ("all of it", "nothing new", "one new page"):
        if what == "one new page":  # of a seed that is not laid
            new.write_text(next(laid([0]))[1], encoding="utf-8", newline="\n")
        print(f"{what}:")
        before, start = spent()[0], time.perf_counter()
        for said in build_tables(str(corpus), str(out)):
            busy, own, workers = spent()
            print(f"- {said}: {busy - before:.1f} s of processor, {time.perf_counter() - start:.0f} s "
                  f"by the clock; most memory {own:.0f} MB, a worker {workers:.0f} MB", flush=True)  # fmt: skip
    new.unlink()
    print(f"the build: {size_of(out) / 1e6:.1f} MB")


def measure_dask(corpus: Path, out: Path) -> None:
    """Print what a build takes by the clock, by one worker of Dask and by two."""
    from distributed import LocalCluster

    for workers in (1, 2):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as dask:
            start = time.perf_counter()
            for said in build_tables(str(corpus), str(out / str(workers)), dask.scheduler_address):
                print(f"{workers}: {said}: {time.perf_counter() - start:.1f} s", flush=True)


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    if act == "lay":
        print(lay(int(rest[0]), Path(rest[1])), "pages")
    else:
        {"measure": measure, "dask": measure_dask}[act](*map(Path, rest))
