"""What was made is kept, made again only where it has changed, and never wrong: see `store`."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import arrow, corpus, disk, folder, making, pool, seen, store, terms, themes, words
from helpers import kept as kept_module
from helpers.corpus import load_articles, load_lines, load_problems, load_repairs
from helpers.figures import find_figures
from helpers.places import find_places
from helpers.quotes import find_quotes
from helpers.terms import find_terms
from helpers.themes import load_themes
from helpers.words import tokenize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "sample"))
import layout

TABLES = (load_articles, load_lines, load_problems, load_repairs)
LAID = layout.lay_out(0)
BUS = "青石渡开出夜班车{}\n\n本报讯（记者 秦越）入夜九点，青石渡的末班车刚刚开出，车厢里坐着12名纺织女工。\n"
FILLER = "镇里先到三家工厂数过散工的人数，才把站牌立在厂门口的路灯下面。\n"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The folder of a store that is empty, and nothing at hand from earlier."""
    monkeypatch.setenv("JIANBAO_STORE", str(tmp_path / "store"))
    corpus._KEPT.clear()
    return tmp_path / "store"


@pytest.fixture
def pages(tmp_path):
    """A corpus of six pages, no two alike."""
    for n in range(6):
        write(tmp_path / "corpus", f"2023-09-1{n}.txt", BUS.format(n) + FILLER * n)
    return tmp_path / "corpus"


def write(place, name, text, old=True):
    """Write a page, as if an hour ago: a file that is just being written is always read."""
    path = place / "pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if old:
        os.utime(path, (time.time() - 3600,) * 2)


def tables(place):
    """The tables of a corpus as a program that has just begun finds them."""
    corpus._KEPT.clear()
    return [load(place) for load in TABLES]


def without(place):
    """The tables as they are where nothing is kept."""
    before = os.environ["JIANBAO_STORE"]
    os.environ["JIANBAO_STORE"] = "off"
    try:
        return tables(place)
    finally:
        os.environ["JIANBAO_STORE"] = before


def check_same(found, wanted):
    for a, b in zip(found, wanted, strict=True):
        pd.testing.assert_frame_equal(a, b)
        assert a.attrs == b.attrs


@pytest.fixture
def work(monkeypatch):
    """What is done: the pages made, and the files read to see what they hold."""
    done = {"made": [], "read": []}

    def counted(name, call, of):
        return lambda x, *more: done[name].append(of(x)) or call(x, *more)

    monkeypatch.setattr(pool, "_made", counted("made", pool._made, lambda task: task.name))
    monkeypatch.setattr(seen, "digest_of", counted("read", seen.digest_of, lambda file: file.name))
    monkeypatch.setattr(seen, "RECENT", -(10**12))  # else files of the last seconds are read again
    return done


def done(work, place):
    """What is done to find the tables of a corpus."""
    work["made"].clear()
    work["read"].clear()
    tables(place)
    return sorted(work["made"]), sorted(set(work["read"]))


# --- the same tables, with and without it


def test_the_tables_are_those_without_a_store(tmp_path):
    layout.write(LAID, tmp_path / "corpus", None)
    wanted = without(tmp_path / "corpus")
    assert not (tmp_path / "store").exists(), "off is off"
    check_same(tables(tmp_path / "corpus"), wanted)
    check_same(tables(tmp_path / "corpus"), wanted)


def test_what_a_notebook_does_to_a_table_stays_there(pages):
    first = load_articles(pages)
    first["spans"][0].append("mine")
    first.loc[0, "text"] = "mine"
    check_same([load_articles(pages)], without(pages)[:1])


def test_fewer_repairs_are_kept_apart(pages):
    write(pages, "x.txt", BUS.format("，").replace("，", ","))
    few = load_articles(pages, repairs=[])
    assert "," in few["text"].iloc[-1] and "," not in load_articles(pages)["text"].iloc[-1]
    corpus._KEPT.clear()
    pd.testing.assert_frame_equal(load_articles(pages, repairs=[]), few)


# --- just so much work as there is news


def test_nothing_new_is_no_work(pages, work):
    assert done(work, pages) == ([f"2023-09-1{n}.txt" for n in range(6)],) * 2
    assert done(work, pages) == ([], [])


def test_a_new_page(pages, work):
    done(work, pages)
    write(pages, "2023-09-12a.txt", BUS.format("又"))
    assert done(work, pages) == (["2023-09-12a.txt"],) * 2
    check_same(tables(pages), without(pages))


def test_a_page_that_is_changed(pages, work):
    done(work, pages)
    write(pages, "2023-09-13.txt", BUS.format("改") + FILLER)
    assert done(work, pages) == (["2023-09-13.txt"],) * 2
    check_same(tables(pages), without(pages))


def test_a_page_that_is_touched(pages, work):
    done(work, pages)
    os.utime(pages / "pages/2023-09-13.txt")
    assert done(work, pages) == ([], ["2023-09-13.txt"])


def test_a_page_changed_back(pages, work):
    before = (pages / "pages/2023-09-13.txt").read_text("utf-8")
    done(work, pages)
    write(pages, "2023-09-13.txt", "别的")
    done(work, pages)
    write(pages, "2023-09-13.txt", before)
    assert done(work, pages)[0] == []


def test_a_page_that_is_taken_away(pages, work):
    done(work, pages)
    (pages / "pages/2023-09-13.txt").unlink()
    assert done(work, pages) == ([], [])
    check_same(tables(pages), without(pages))


@pytest.mark.parametrize(
    "name, made",
    [
        ("2023-09-13 复本.txt", []),
        ("2023-10-13.txt", ["2023-10-13.txt"]),
        ("望川日报 2023-09-13.txt",) * 2,
    ],
)
def test_a_page_that_is_renamed(pages, work, name, made):
    """It is made again where its name tells another paper, day or number."""
    done(work, pages)
    (pages / "pages/2023-09-13.txt").rename(pages / "pages" / name)
    assert done(work, pages)[0] == ([made] if isinstance(made, str) else made)
    check_same(tables(pages), without(pages))


def test_what_the_catalogue_tells_of_one_page(pages, work):
    done(work, pages)
    text = "file,paper,date,page_no\n2023-09-13.txt,望川日报,2023-09-13,7\n"
    (pages / "catalogue.csv").write_text(text, encoding="utf-8")
    assert done(work, pages) == (["2023-09-13.txt"], [])
    check_same(tables(pages), without(pages))


def test_a_correction_of_one_page(pages, work):
    done(work, pages)
    text = '[[correction]]\npage = "2023-09-13.txt"\nlines = 1\nkind = "kicker"\n'
    (pages / "corrections.toml").write_text(text, encoding="utf-8")
    assert done(work, pages) == (["2023-09-13.txt"], [])
    check_same(tables(pages), without(pages))


def test_other_code_makes_everything_anew(pages, work, monkeypatch):
    done(work, pages)
    monkeypatch.setattr(making, "VERSION", "0123456789")
    assert len(done(work, pages)[0]) == 6


def test_the_same_page_in_two_folders_is_made_once(pages, work, tmp_path):
    done(work, pages)
    shutil.copytree(pages, tmp_path / "other")
    assert done(work, tmp_path / "other")[0] == []


def test_two_pages_of_the_same_bytes_are_made_once(pages, work):
    write(pages, "2023-09-13 复本.txt", (pages / "pages/2023-09-13.txt").read_text("utf-8"))
    assert len(done(work, pages)[0]) == 6
    check_same(tables(pages), without(pages))


def test_a_file_written_this_very_moment_is_read_again(pages):
    """In one tick of a disk's clock a file can be written twice, with the same size."""
    for text in ("一", "二", "三"):
        write(pages, "2023-09-13.txt", BUS.format(text), old=False)
        assert text in "".join(load_articles(pages)["headline"].dropna())


def test_many_small_parts_are_put_together(pages, kept):
    for n in range(store.FEW + 3):
        write(pages, f"2023-08-{n:02}.txt", BUS.format(n * 7) + FILLER * (n % 5))
        tables(pages)
    (shelf,) = kept.glob("pages-*")
    assert len(list(shelf.glob("seg-*"))) < store.FEW
    check_same(tables(pages), without(pages))


@pytest.mark.parametrize("find", [find_quotes, find_figures, find_places])
def test_what_is_found_in_articles_is_kept(tmp_path, monkeypatch, find):
    """Looked for in new articles only, with the same table."""
    layout.write(LAID, tmp_path / "corpus", None)
    articles, looked = load_articles(tmp_path / "corpus"), []
    monkeypatch.setattr(kept_module, "FEW", 10**6)
    wanted = find(articles)
    monkeypatch.setattr(kept_module, "FEW", 1)
    module = sys.modules[find.__module__]
    of_article = module._of_article

    def counted(article):
        looked.append(article)
        return of_article(article)

    counted.__module__ = module.__name__
    monkeypatch.setattr(module, "_of_article", counted)
    half = articles.iloc[::2]
    pd.testing.assert_frame_equal(
        find(half), wanted[wanted["article"].isin(half["article"])].reset_index(drop=True)
    )
    before = len(looked)
    pd.testing.assert_frame_equal(find(articles), wanted)
    assert before <= len(half) and len(looked) <= len(articles)
    pd.testing.assert_frame_equal(find(articles), wanted)
    assert len(looked) <= len(articles)


def test_terms_are_kept_theme_by_theme(tmp_path, monkeypatch):
    """Looked for once with the same terms, and again with others."""
    layout.write(LAID, tmp_path / "corpus", None)
    articles, looked, found = load_articles(tmp_path / "corpus"), [], terms.places_in
    asked = [load_themes(), load_themes()[:2], load_themes()]
    monkeypatch.setattr(kept_module, "FEW", 10**6)
    wanted = [find_terms(articles, some) for some in asked]
    monkeypatch.setattr(kept_module, "FEW", 1)
    monkeypatch.setattr(terms, "places_in", lambda *x: looked.append(1) or found(*x))
    for some, table in zip(asked, wanted, strict=True):
        before = len(looked)
        pd.testing.assert_frame_equal(find_terms(articles, some), table)
    assert before and len(looked) == before


@pytest.fixture
def cutting(tmp_path, monkeypatch):
    """Articles, and the numbers of texts that were cut, call by call, though there are few."""
    layout.write(LAID, tmp_path / "corpus", None)
    cut, lots = words._cut, []
    monkeypatch.setattr(
        words, "_cut", lambda texts, tags: lots.append(len(texts)) or cut(texts, tags)
    )
    articles = load_articles(tmp_path / "corpus")
    monkeypatch.setattr(words, "FEW", 0)
    return articles[articles["duplicate_of"].isna()], lots


def cut_anew(articles, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "FEW", 10**6)
        words._dictionary()
        return tokenize(articles, **options)


def test_tokens_are_kept_text_by_text(cutting):
    """New texts are cut, no others; in whatever order they are asked for, the table is the same."""
    articles, lots = cutting
    asked = [articles.iloc[::3], articles, articles, articles.iloc[::-1]]
    wanted = [cut_anew(x) for x in asked]
    lots.clear()
    for some, table in zip(asked, wanted, strict=True):
        pd.testing.assert_frame_equal(tokenize(some), table)
    assert lots == [len(asked[0]), len(articles) - len(asked[0])]


def test_tokens_of_other_terms_are_others(cutting):
    articles, lots = cutting
    more = articles.assign(text="推进乡村振兴，" + articles["text"])
    for options in (
        {"words": {"推进乡村": "nz"}},
        {"words": {"推进乡村": "n"}},
        {"terms": ["推进乡村"]},
    ):
        pd.testing.assert_frame_equal(tokenize(more, **options), cut_anew(more, **options))
    assert len(lots) == 6


def test_strings_that_recur_are_kept_once_however_many_rows_there_are():
    many = arrow.of_numbers(
        {"word": arrow.coded(np.arange(2**21) % 1000, [f"词{k}" for k in range(1000)])}
    )
    again = arrow.from_bytes(arrow.to_bytes(many))
    assert again.equals(many) and again["word"].num_chunks == 1
    assert arrow.from_bytes(arrow.to_bytes(many.slice(0, 0))).num_rows == 0


def test_tokens_that_are_damaged_are_cut_again(cutting, tmp_path):
    articles, lots = cutting
    wanted = tokenize(articles)
    for path in (tmp_path / "store").glob("words-*/seg-*/rows-*"):
        path.write_bytes(b"")
    pd.testing.assert_frame_equal(tokenize(articles), wanted)
    assert lots == [len(articles)] * 2


def test_what_themes_count_is_kept(tmp_path, monkeypatch):
    """Counted again for articles that are new, and for all where the themes are others."""
    layout.write(LAID, tmp_path / "corpus", None)
    articles, tag, counted = load_articles(tmp_path / "corpus"), themes._tag, []
    some = articles.iloc[::3]
    monkeypatch.setattr(themes, "FEW", 10**6)
    asked = [(some, None), (articles, None), (articles, None), (articles, themes.load_themes()[:2])]
    wanted = [themes.tag_themes(*x) for x in asked]
    monkeypatch.setattr(themes, "_tag", lambda *x: counted.append(1) or tag(*x))
    monkeypatch.setattr(themes, "FEW", 0)
    sizes = []
    for x, table in zip(asked, wanted, strict=True):
        pd.testing.assert_frame_equal(themes.tag_themes(*x), table)
        sizes.append(len(counted))
    assert sizes[0] == len(some) and sizes[1] == sizes[2] <= len(articles) < sizes[3]
    assert list(themes.tag_themes(articles.head(0))) == list(wanted[1])


# --- whatever happens to it, the next run is right


def parts(kept):
    return sorted(p for p in kept.rglob("*") if p.is_file())


def broken(path, how):
    data = path.read_bytes()
    if how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "one byte":
        path.write_bytes(data[:60] + bytes([data[60] ^ 1]) + data[61:])
    elif how == "foreign":
        path.write_bytes(b"PK\x03\x04 a holiday picture")
    else:
        path.unlink()


@pytest.mark.parametrize("how", ["cut", "empty", "one byte", "foreign", "gone"])
def test_a_damaged_file(pages, kept, how):
    wanted = without(pages)
    tables(pages)
    names = [p.name.partition("-")[0] for p in parts(kept)]
    for n in range(len(names)):
        path = parts(kept)[n]
        broken(path, how)
        found = tables(pages)
        check_same([*found[:2], found[3]], [*wanted[:2], wanted[3]])
        check_same(tables(pages), wanted)


def test_a_damaged_file_is_told_once(pages, kept):
    tables(pages)
    broken(next(kept.rglob("lines-*")), "one byte")
    rows = tables(pages)[2]
    (row,) = rows[rows["kind"] == "store"].to_dict("records")
    assert "could not be read" in row["what"] and "made again" in row["what_to_do"]
    assert "store" not in set(tables(pages)[2]["kind"])


def test_files_of_others_stay(pages, kept):
    """A store may be put, by mistake, where other things are."""
    mine = [kept / "pages-2023/photo.jpg", kept / "letter.txt", kept / "pages-0123456789/own.txt"]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    tables(pages)
    disk.empty()
    assert parts(kept) == sorted(mine)


def refuse(monkeypatch, error):
    """Let the disk refuse every file of the store that is to be written."""
    write = Path.open

    def refused(path, mode="r", *more, **named):
        if "x" in mode:
            raise OSError(error, os.strerror(error))
        return write(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", refused)


@pytest.mark.parametrize(
    "error", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get
)
def test_a_disk_that_takes_nothing(pages, kept, monkeypatch, error):
    wanted = without(pages)
    refuse(monkeypatch, error)
    found = tables(pages)
    rows = load_problems(pages)
    (told,) = rows[rows["kind"] == "store"].to_dict("records")
    assert "cannot be written" in told["what"] and os.strerror(error) in told["what"]
    check_same([*found[:2], found[3]], [*wanted[:2], wanted[3]])
    assert parts(kept) == [] and not list(kept.rglob("tmp-*"))
    monkeypatch.undo()
    monkeypatch.setenv("JIANBAO_STORE", str(kept))
    check_same(tables(pages), wanted)


def test_a_disk_that_is_full_in_the_middle(pages, kept, monkeypatch):
    """The last file of a segment does not fit: none of it is there, and nothing is left behind."""
    write, count = disk.write_table, []

    def full(place, name, table):
        count.append(name)
        if name == "keys":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(place, name, table)

    monkeypatch.setattr(store, "write_table", full)
    wanted = without(pages)
    found = tables(pages)
    check_same([*found[:2], found[3]], [*wanted[:2], wanted[3]])
    assert not list(kept.rglob("tmp-*")) and not list(kept.rglob("seg-*"))


def test_a_store_that_is_a_file(pages, kept):
    kept.write_text("no folder", encoding="utf-8")
    wanted = without(pages)
    found = tables(pages)
    check_same(found[:2], wanted[:2])
    assert "store" in set(found[2]["kind"])


def test_what_killed_runs_left_is_swept(pages, kept):
    tables(pages)
    (shelf,) = kept.glob("pages-*")
    left = shelf / "tmp-0123456789abcdef"
    left.mkdir()
    (left / "articles-x.parquet").write_bytes(b"half")
    check_same(tables(pages), without(pages))
    assert left.exists(), "it may be another run's, at work"
    os.utime(left, (time.time() - 2 * disk.DAY,) * 2)
    disk.sweep(shelf)
    assert not left.exists() and list(shelf.glob("seg-*"))


RUN = """
import sys, time
from helpers import making, pool, store
pool.FLOOR, pool.CHUNK, making.BATCH = {floor}, 1, 5
store.sync = lambda folder: time.sleep(0.1)  # a slow disk: the run lasts until it is stopped
from helpers.corpus import load_articles
sys.stdout.write("begun\\n"); sys.stdout.flush()
print(len(load_articles(sys.argv[1])))
"""


def start(place, floor=10**6):
    """A run of its own over a corpus."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN.format(floor=floor), str(place)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip


@pytest.mark.parametrize("floor", [1, 10**6], ids=["workers", "alone"])
def test_killed_at_any_moment(tmp_path, kept, floor):
    """JIANBAO_KILLS=50 python -m pytest -k killed: at so many moments."""
    layout.write(LAID[:24], tmp_path / "corpus", None)
    wanted, rng = without(tmp_path / "corpus"), random.Random(7)
    for n in range(int(os.environ.get("JIANBAO_KILLS", "2"))):
        if n % 5 == 0:
            disk.empty()
        run = start(tmp_path / "corpus", floor)
        run.stdout.readline()
        time.sleep(rng.uniform(0, 2.5))
        run.kill()
        run.communicate()
        check_same(tables(tmp_path / "corpus")[:1], wanted[:1])
        if n % 5 != 4:
            lose_some(kept, rng)
    check_same(tables(tmp_path / "corpus"), wanted)


def lose_some(kept, rng):
    """Take the store away now and then, so that there is work again for the next that is killed."""
    for path in kept.rglob("seg-*"):
        if rng.random() < 0.7:
            shutil.rmtree(path)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process")
def test_stopped_with_control_c(tmp_path, kept):
    """What was made till then is kept, and no worker stays behind."""
    layout.write(LAID, tmp_path / "corpus", None)
    run = start(tmp_path / "corpus", floor=1)
    run.stdout.readline()
    while not list(kept.rglob("seg-*")) and run.poll() is None:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" in said and said.count("Traceback") == 1
    assert not list(kept.rglob("tmp-*")) and list(kept.rglob("seg-*"))
    check_same(tables(tmp_path / "corpus"), without(tmp_path / "corpus"))


def test_two_at_once(tmp_path):
    layout.write(LAID[:20], tmp_path / "corpus", None)
    runs = [start(tmp_path / "corpus") for _ in range(2)]
    said = [run.communicate(timeout=300) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert said[0][0] == said[1][0]
    check_same(tables(tmp_path / "corpus"), without(tmp_path / "corpus"))


# --- all the cores


def test_workers_make_what_one_process_makes(tmp_path, monkeypatch):
    layout.write(LAID[:18], tmp_path / "corpus", None)
    wanted, told = without(tmp_path / "corpus"), []
    monkeypatch.setattr(pool, "FLOOR", 1)
    monkeypatch.setattr(pool, "watchers", [lambda *x: told.append(x)])
    check_same(tables(tmp_path / "corpus"), wanted)
    assert told == [(n, 18) for n in range(1, 19)]


def test_a_worker_that_is_killed(tmp_path, monkeypatch):
    """The pages are made all the same: by the program itself."""
    layout.write(LAID[:18], tmp_path / "corpus", None)
    wanted = without(tmp_path / "corpus")
    monkeypatch.setattr(pool, "FLOOR", 1)
    monkeypatch.setattr(pool, "_begin", _die)
    check_same(tables(tmp_path / "corpus"), wanted)


def _die():
    os._exit(1)


def test_one_page_on_which_the_rules_fail(pages, monkeypatch):
    def fail(name, *more):
        if name == "2023-09-13.txt":
            raise RecursionError("too deep")
        return make(name, *more)

    make = pool.make_rows
    monkeypatch.setattr(pool, "make_rows", fail)
    rows = load_problems(pages)
    row = rows[rows["page"] == "2023-09-13.txt"].iloc[0]
    assert "RecursionError: too deep" in row["what"]
    assert load_articles(pages)["page"].nunique() == 5
    monkeypatch.undo()
    corpus._KEPT.clear()
    assert load_articles(pages)["page"].nunique() == 6, "it is tried again"


# --- limits


def test_a_file_that_is_too_large_is_not_opened(pages):
    with (pages / "pages/large.txt").open("wb") as f:
        f.truncate(10**12)  # a hole: no disk holds it
    rows = load_problems(pages)
    row = rows[rows["page"] == "large.txt"].iloc[0]
    assert "larger than" in row["what"] and "Cut it" in row["what_to_do"]


def test_links_that_lead_elsewhere(pages, tmp_path):
    (tmp_path / "secret.txt").write_text(BUS, encoding="utf-8")
    for name, target in {"out.txt": tmp_path / "secret.txt", "gone.txt": tmp_path / "gone",
                         "loop": pages / "pages", "self.txt": pages / "pages/self.txt"}.items():  # fmt: skip
        (pages / "pages" / name).symlink_to(target)
    (pages / "pages/same.txt").symlink_to(pages / "pages/2023-09-13.txt")
    rows = load_problems(pages)
    links = rows[rows["kind"] == "link"]
    assert sorted(links["page"]) == ["gone.txt", "loop", "out.txt", "self.txt"]
    assert load_articles(pages)["page"].nunique() == 7


def test_more_files_than_one_machine_reads(pages, monkeypatch):
    monkeypatch.setattr(folder, "MOST", 4)
    rows = load_problems(pages)
    assert "more than 4 files" in rows[rows["kind"] == "limit"]["what"].iloc[0]
    assert load_articles(pages)["page"].nunique() == 4


def test_a_fifo_and_a_folder_without_rights_cost_nothing(pages):
    if hasattr(os, "mkfifo"):
        os.mkfifo(pages / "pages/pipe.txt")
    assert load_articles(pages)["page"].nunique() == 6


# --- the command


def test_the_command_shows_and_empties(pages, kept, capsys):
    from helpers.__main__ import main

    tables(pages)
    for more in ([], ["--empty"]):
        sys.argv = ["helpers", "store", *more]
        main()
    said = capsys.readouterr().out
    assert str(kept) in said and "pages-" in said and said.endswith("0.0 MB in all\n")
    assert parts(kept) == []
