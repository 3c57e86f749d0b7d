"""Pages are cut as an editor cuts them: floors on hand-marked pages, and on pages of our own.

A floor stands a little under what was measured; whoever makes the cutting better raises it.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import scoring

from helpers.__main__ import export_tables
from helpers.catalogue import about_furniture
from helpers.page import read_page

ROOT = Path(__file__).resolve().parent.parent
LAYOUT = ROOT / "tests" / "sample" / "layout.py"
FLOORS = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))
MARKED = ROOT.parent / "shared"  # pages of real newspapers and their gold, where they are at hand
GOALS = {
    "article_f1": 0.98,
    "accounted": 1.0,
    "line_kinds": 0.95,
    "paragraph_f1": 0.98,
    "headline": 0.95,
    "reporters_f1": 0.98,
}
MOST_ERRORS = 0.001  # text_cer
HABITS = ROOT / "tests" / "cases" / "habits"
HABIT_FLOORS = {"article_f1": 1.0, "text": 0.99, "kinds": 0.9, "headline": 0.85, "accounted": 1.0}
PRINTED = [
    ("hong-kong-daily.txt", "維港時報", "2023-11-11", 5),
    ("legal-daily.txt", "平江法治报", "2022-05-06", 5),
    ("messenger-copy.txt", "蓝桥晚报", "2023-08-22", None),
    ("national-daily.txt", "望川日报", "2024-07-05", 1),
]

sys.path.insert(0, str(LAYOUT.parent))
import layout


@pytest.fixture(scope="module")
def marked_scores(tmp_path_factory):
    """What score.py says of the marked pages."""
    script = MARKED / "score.py"
    if not script.is_file() or not (MARKED / "gold").is_dir():
        pytest.skip("no marked pages beside the project")
    folder = tmp_path_factory.mktemp("marked")
    pages = folder / "corpus" / "pages"
    pages.mkdir(parents=True)
    for path in (MARKED / "clippings").glob("*.txt"):
        shutil.copy(path, pages)
    export_tables(folder / "corpus", folder)
    tables = ["--articles", folder / "articles.jsonl", "--lines", folder / "lines.jsonl"]
    run = [sys.executable, script, "--gold", MARKED / "gold", "--pages", pages, *tables]
    done = subprocess.run(
        [*run, "--json", folder / "scores.json"], check=False, capture_output=True
    )
    assert (folder / "scores.json").is_file(), done.stderr.decode()
    return json.loads((folder / "scores.json").read_text("utf-8"))


@pytest.mark.parametrize("measure", GOALS)
def test_marked_pages(marked_scores, measure):
    assert marked_scores[measure] >= GOALS[measure]


def test_text_of_marked_pages(marked_scores):
    assert marked_scores["text_cer"] <= MOST_ERRORS


@pytest.fixture(scope="module", params=FLOORS)
def laid_scores(request):
    return request.param, scoring.score_pages(layout.lay_out(int(request.param)))


def test_sample_in_other_layouts(laid_scores):
    seed, scores = laid_scores
    short = {m: scores[m] for m, floor in FLOORS[seed].items() if scores[m] < floor}
    assert short == {}, f"the floors: {FLOORS[seed]}"


def test_sample_pages_are_those_of_seed_0(tmp_path):
    """What is in corpus/ comes from tests/sample/ and from nowhere else, byte for byte."""
    run = [sys.executable, LAYOUT, "--seed", "0", "--out", tmp_path]
    subprocess.run(run, check=True, capture_output=True)
    fresh = {p.name: p.read_bytes() for p in (tmp_path / "pages").iterdir()}
    ours = {n: (ROOT / "corpus" / "pages" / n).read_bytes() for n in fresh}
    assert [n for n in fresh if fresh[n] != ours[n]] == []
    lines = [(p / "catalogue.csv").read_bytes().splitlines() for p in (tmp_path, ROOT / "corpus")]
    assert set(lines[0]) <= set(lines[1]), "a user's own may follow"


# --- pages in the habits of other papers, written and marked by hand


def habit_pages():
    """(name, text, gold) of each."""
    return [
        (p.name, p.read_text("utf-8"), json.loads(p.with_suffix(".json").read_text("utf-8")))
        for p in sorted(HABITS.glob("*.txt"))
    ]


def test_pages_of_other_habits():
    scores = scoring.score_pages(habit_pages())
    short = {m: scores[m] for m, floor in HABIT_FLOORS.items() if scores[m] < floor}
    assert short == {}, f"the floors: {HABIT_FLOORS}"


@pytest.mark.parametrize("name, paper, date, number", PRINTED)
def test_other_papers_tell_their_name_and_day(name, paper, date, number):
    text = (HABITS / name).read_text("utf-8")
    rows = text.split("\n")
    own = [rows[x.line - 1][x.start_col : x.end_col] for x in read_page(text)[0]
           if x.kind == "furniture" and x.article is None]  # fmt: skip
    assert about_furniture(own) == {"paper": paper, "date": date, "page_no": number}


# --- the scorer itself


@pytest.mark.parametrize(
    "mine, theirs, n",
    [
        ("渡口开出夜班车", "渡口开出夜班车", 0),  # the ferry's night bus
        ("渡口开出晚班车", "渡口开出夜班车", 1),
        ("渡口夜班车", "渡口开出夜班车", 2),
        ("", "夜班车", 3),
        ("渡口开出夜班车。收工", "渡口开出夜班车", 3),  # and home they go
    ],
)
def test_errors_are_counted(mine, theirs, n):
    assert scoring.errors(mine, theirs) == n


def test_articles_are_matched_one_to_one():
    pairs = scoring.match(["甲乙丙丁戊", "子丑寅卯辰"], ["子丑寅卯辰", "甲乙丙丁"])
    assert pairs == {0: (1, 1.0), 1: (0, 0.5)}


def test_what_is_not_read_scores_nothing(monkeypatch):
    monkeypatch.setattr(scoring, "read_page", lambda text: ([], []))
    assert set(scoring.score_pages(layout.lay_out(0)[:3]).values()) == {0}
