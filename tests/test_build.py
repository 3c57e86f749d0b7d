"""A build is the same, whoever makes it; what is there is not made again; what is lost is."""

import os
import random
import signal
import threading
import time
from pathlib import Path

import fsspec
import pandas as pd
import pytest

from helpers import build, builds, copies, duplicates, fingerprints
from helpers.build import build_tables
from helpers.corpus import explain_page, load_articles, load_lines, load_problems, load_repairs

ROOT = Path(__file__).resolve().parent.parent
BUS = """青石渡开出夜班车

本报讯（记者 秦越）入夜九点，青石渡的末班车刚刚开出，车厢里坐着12名下夜班的纺织女工。
"""
WELL = """马鞍岭打出新井

新华社临江9月10日电（记者 罗青禾）旱了四十多天，马鞍岭上的三眼老井见了底，县里调来钻机，打到96米。
"""


def snapshot(folder):
    """{path: bytes} of the files under a folder."""
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pages(folder, **texts):
    """A corpus folder with these pages."""
    for name, text in texts.items():
        path = folder / "pages" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def made(monkeypatch):
    """A list of the names of the pages that are made from now on."""
    names, read = [], build._read
    monkeypatch.setattr(build, "_read", lambda page: names.append(page.name) or read(page))
    return names


def test_only_what_is_new_is_made(tmp_path, monkeypatch):
    corpus, out = pages(tmp_path / "c", a=BUS, b=WELL), tmp_path / "out"
    monkeypatch.setattr(build, "PAGES_OF_A_PART", 1)
    names = made(monkeypatch)
    [*build_tables(corpus, out)]
    assert sorted(names) == ["a.txt", "b.txt"]
    before = snapshot(out)
    [*build_tables(corpus, out)]
    assert snapshot(out) == before and len(names) == 2
    pages(corpus, c=BUS.replace("12", "13"))
    [*build_tables(corpus, out)]
    assert names[2:] == ["c.txt"]
    (corpus / "pages" / "c.txt").unlink()
    [*build_tables(corpus, out)]
    assert snapshot(out) == before and len(names) == 3


def test_a_page_that_changes_is_made_again_and_what_was_told_of_it_goes(tmp_path):
    corpus, out = pages(tmp_path / "c", a=BUS, b=WELL), tmp_path / "out"
    [*build_tables(corpus, out)]
    pages(corpus, a=WELL.replace("96", "196"))
    (corpus / "catalogue.csv").write_text("file,paper,date,page_no\nb.txt,望川日报,2023-09-12,3\n")
    [*build_tables(corpus, out)]
    fresh = tmp_path / "fresh"
    [*build_tables(corpus, fresh)]
    assert snapshot(out) == snapshot(fresh)
    assert list((out / "articles").glob("*/*/*.parquet"))


def test_a_page_that_cannot_be_read_or_fails_is_a_problem(tmp_path, monkeypatch):
    corpus = pages(tmp_path / "c", good=BUS, empty="", bad=WELL)
    make = build.make_rows
    monkeypatch.setattr(
        build, "make_rows", lambda name, *x: make(name, *x) if name[0] != "b" else 1 / 0
    )
    [*build_tables(corpus, tmp_path / "out")]
    made = builds.open_build(tmp_path / "out")
    problems = builds.read_rows(made, "problems")
    assert set(problems["of"]) == {"empty.txt", "bad.txt"}
    assert "ZeroDivisionError" in " ".join(problems["what"])
    assert set(builds.read_rows(made, "articles")["of"]) == {"good.txt"}


def test_a_part_that_was_broken_off_is_made_again(tmp_path):
    corpus, out = pages(tmp_path / "c", a=BUS, b=WELL), tmp_path / "out"
    [*build_tables(corpus, out)]
    before = snapshot(out)
    half = next((out / "articles").rglob("*.parquet"))
    half.write_bytes(half.read_bytes()[:100])
    (out / "lines" / "paper=x.1234.tmp").write_bytes(b"left behind")
    (out / "build.json").unlink()
    [*build_tables(corpus, out)]
    assert snapshot(out) == before


def test_pages_and_tables_may_stand_at_any_address(tmp_path):
    corpus = pages(tmp_path / "c", a=BUS, b=WELL)
    (corpus / "catalogue.csv").write_text("file,paper,date,page_no\nb.txt,望川日报,2023-09-12,3\n")
    (corpus / "words.txt").write_text("青石渡 ns\n", "utf-8")
    fs = fsspec.filesystem("memory")
    fs.put(f"{corpus}/", "/papers/", recursive=True)
    [*build_tables("memory://papers", "memory://tables")]
    [*build_tables(corpus, tmp_path / "out")]
    here, there = (builds.open_build(x) for x in (tmp_path / "out", "memory://tables"))
    for table in builds.KINDS:
        pd.testing.assert_frame_equal(*(builds.read_rows(b, table) for b in (here, there)))
    assert fs.cat("/tables/words.txt") == (corpus / "words.txt").read_bytes()
    assert builds.is_build("memory://tables") and not builds.is_build("memory://papers")
    fs.rm("/", recursive=True)


@pytest.mark.parametrize("where", ["here", "memory://nowhere"])
def test_a_corpus_that_is_not_there_is_told(tmp_path, where):
    address = tmp_path / where if where == "here" else where
    with pytest.raises(FileNotFoundError, match="There is no folder"):
        [*build_tables(address, tmp_path / "out")]


def test_what_is_no_build_is_not_written_over(tmp_path):
    corpus = pages(tmp_path / "c", a=BUS)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("a letter")
    with pytest.raises(ValueError, match="holds something else"):
        [*build_tables(corpus, tmp_path / "letters")]
    assert [*snapshot(tmp_path / "letters")] == [Path("dear.txt")]


WHERE = [
    ([("paper", "==", "望川日报")], {"paper"}),
    ([("year", ">=", 2022), ("year", "<", 2024)], {"year"}),
    ([("paper", "in", ["望川日报", "东屿商报"]), ("date", ">", "2022-01-01")], {"paper"}),
    ([("chars", ">", 500)], set()),
    ([("paper", "==", "没有这份报")], {"paper"}),  # no such paper
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A build of the sample pages, as a folder."""
    out = tmp_path_factory.mktemp("build") / "out"
    [*build_tables(ROOT / "corpus", out)]
    return out


@pytest.mark.parametrize(("where", "known"), WHERE, ids=str)
def test_only_the_files_that_may_hold_what_is_wanted_are_read(sample, where, known, monkeypatch):
    made, read = builds.open_build(sample), []
    rows = builds.read_rows(made, "articles")
    first = builds.arrow.from_file
    monkeypatch.setattr(builds.arrow, "from_file", lambda *x: read.append(x[1]) or first(*x))
    found = builds.read_rows(made, "articles", ["number", "chars"], where)
    wanted = builds.chosen(rows, where)
    assert list(zip(found["of"], found["number"], strict=True)) == list(
        zip(wanted["of"], wanted["number"], strict=True)
    )
    assert not read or "text" not in read[0]
    assert not known or len(read) < len(made.files["articles"])


@pytest.mark.parametrize("wrong", [[("colour", "==", 1)], [("paper", "like", "望")]])
def test_a_wrong_where_is_told(sample, wrong):
    with pytest.raises(ValueError, match="where: "):
        builds.read_rows(builds.open_build(sample), "articles", where=wrong)


# --- what a notebook reads


@pytest.mark.parametrize("load", [load_articles, load_lines, load_problems, load_repairs])
def test_a_build_reads_as_its_folder_does(sample, load):
    pd.testing.assert_frame_equal(load(sample), load(ROOT / "corpus"))


def test_a_build_has_the_pages_too(sample):
    repairs = ["invisible", "lookalikes"]
    raw = load_articles(sample, repairs), load_articles(ROOT / "corpus", repairs)
    pd.testing.assert_frame_equal(*raw)
    pd.testing.assert_frame_equal(explain_page(sample), explain_page(ROOT / "corpus"))


def test_a_folder_takes_the_same_wishes_as_a_build(sample):
    wish = {
        "where": [("year", ">=", 2022), ("paper", "!=", "望川日报")],
        "columns": ["text", "date"],
    }
    here, there = (load_articles(x, **wish) for x in (ROOT / "corpus", sample))
    pd.testing.assert_frame_equal(here, there)
    assert list(here) == ["article", "date", "text", "duplicate_of"] and 20 < len(here) < 150


# --- copies


@pytest.mark.parametrize("keys, texts", [(10**9, 10**9), (3000, 20), (500, 7)])
def test_copies_are_the_same_however_they_are_looked_for(tmp_path, monkeypatch, keys, texts):
    """In one piece or in many, and when something is added: what one look at a folder finds."""
    monkeypatch.setattr(copies, "KEYS", keys)
    monkeypatch.setattr(copies, "TEXTS", texts)
    monkeypatch.setattr(build, "TEXTS", texts)
    monkeypatch.setattr(build, "PAGES_OF_A_PART", 5)
    files = sorted((ROOT / "corpus" / "pages").rglob("*.txt"))[:24]
    corpus, noise = tmp_path / "c", random.Random(4)
    told = [(f"{n:02}-{x}", file.read_text("utf-8")) for n, file in enumerate(files) for x in "ab"]
    for last in (30, len(told)):
        for name, text in told[:last]:
            noisy = "".join(noise.choice(text) if noise.random() < 0.03 else c for c in text)
            pages(corpus, **{name: noisy})
        [*build_tables(corpus, tmp_path / "out")]
        made, read = load_articles(tmp_path / "out"), load_articles(corpus)
        pd.testing.assert_frame_equal(made, read)
        assert made["duplicate_of"].notna().sum() > last and made["similar_to"].map(len).any()


def found_of(out):
    """{name: bytes} of what was found of copies, which does not depend on how pages are parted."""
    folder = out / "copies" / builds.open_build(out).fingerprint
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_the_sums_are_those_of_a_first_build(tmp_path, monkeypatch, seed):
    """Pages come, change, go and are renamed: what is found is, to the byte, what a new build finds."""
    for module, name, value in [
        (build, "PAGES_OF_A_PART", 3), (copies, "KEYS", 700), (copies, "LED", 3),
        (copies, "TEXTS", 5), (build, "TEXTS", 5), (fingerprints, "USUAL", 4), (fingerprints, "FIRST", 2),
    ]:  # fmt: skip
        monkeypatch.setattr(module, name, value)
    rng, corpus = random.Random(seed), tmp_path / "c"
    texts = [f.read_text("utf-8") for f in sorted((ROOT / "corpus" / "pages").rglob("*.txt"))[:6]]
    texts += [text.replace("的", "地") for text in texts]
    for step in range(6):
        there = sorted((corpus / "pages").glob("*.txt"))
        for path in rng.sample(there, len(there) // 3):
            path.rename(path.with_stem(f"{rng.random()}")) if rng.random() < 0.5 else path.unlink()
        pages(corpus, **{f"{rng.random()}": rng.choice(texts) for _ in range(rng.randrange(4) + 1)})
        [*build_tables(corpus, tmp_path / "out")]
        [*build_tables(corpus, tmp_path / f"new{step}")]
        assert found_of(tmp_path / "out") == found_of(tmp_path / f"new{step}")


def test_what_was_added_up_is_not_needed(tmp_path):
    """Where something of the build in force is gone, all is added up anew."""
    corpus, out = pages(tmp_path / "c", a=BUS, b=BUS.replace("12", "13")), tmp_path / "out"
    for step, lost in enumerate(("copies/*/met-*", "copies/*/texts*", "prints/*", "parts/*")):
        [*build_tables(corpus, out)]
        next(out.glob(lost)).unlink()
        pages(corpus, **{f"c{step}": BUS.replace("12", str(step))})
        (corpus / "pages" / f"c{step - 1}.txt").unlink(missing_ok=True)
        [*build_tables(corpus, out)]
        [*build_tables(corpus, tmp_path / f"new{step}")]
        assert found_of(out) == found_of(tmp_path / f"new{step}")


def test_what_was_compared_for_the_build_in_force_is_not_compared_again(tmp_path, monkeypatch):
    files = sorted((ROOT / "corpus" / "pages").rglob("*.txt"))[:9]
    corpus = pages(tmp_path / "c", **{f"p{n}": f.read_text("utf-8") for n, f in enumerate(files)})
    pages(corpus, again=files[0].read_text("utf-8").replace("的", "地"))
    seen, compare = [], duplicates.compare
    monkeypatch.setattr(duplicates, "compare", lambda *two: seen.append(two) or compare(*two))
    [*build_tables(corpus, tmp_path / "out")]
    assert seen
    seen.clear()
    pages(corpus, well=WELL)
    [*build_tables(corpus, tmp_path / "out")]
    assert seen == []


# --- many machines


def test_dask_makes_the_same_bytes_though_a_worker_is_killed(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr(build, "PAGES_OF_A_PART", 1)
    corpus = pages(tmp_path / "c", **{f"p{n}": BUS.replace("12", str(n)) for n in range(12)})
    alone, out = tmp_path / "alone", tmp_path / "out"
    [*build_tables(corpus, alone)]
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=tmp_path
    ) as cluster:
        killed = []
        threading.Thread(target=kill_one, args=(cluster, out, killed), daemon=True).start()
        [*build_tables(corpus, out, cluster.scheduler_address)]
        assert killed and killed[0] < 12, "a worker was killed while there was work to do"
        assert snapshot(out) == snapshot(alone)
        pages(corpus, new=WELL)
        said = [*build_tables(corpus, out, cluster.scheduler_address)]
        assert "13 pages: 1 to make" in said[0]


def kill_one(cluster, out, killed):
    """Kill a worker of a cluster that has work, and note how many parts there were."""
    while not (busy := [w for w in cluster.scheduler.workers.values() if w.processing]):
        time.sleep(0.01)
    nanny = next(n for n in cluster.workers.values() if n.worker_address == busy[0].address)
    killed.append(len(list(out.glob("parts/*.json"))))
    os.kill(nanny.process.pid, signal.SIGKILL)
