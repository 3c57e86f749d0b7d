"""Copies are found through noise and cuts; articles that only tell of the same event are none."""

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import duplicates, fingerprints, recall
from helpers.duplicates import compare_copies, find_copies, mark_duplicates

SAMPLE = Path(__file__).resolve().parent / "sample"
sys.path.insert(0, str(SAMPLE))
import source

# The articles of the sample as they were written, each once.
WRITTEN = [source.body_text(a) for p in source.read_papers(SAMPLE) for a in p["articles"]]
LETTERS = sorted(set("".join(WRITTEN)))
LONG = [t for t in WRITTEN if len(t) > 600]


def damaged(text, rng, share=0.04):
    """A text of which 4 of 100 characters are another one."""
    return "".join(rng.choice(LETTERS) if rng.random() < share else c for c in text)


def copied(make, n=1000):
    """The texts, n copies made of them behind, and which text each is a copy of."""
    rng = random.Random(4)
    which = [rng.randrange(len(WRITTEN)) for _ in range(n)]
    return WRITTEN + [make(WRITTEN[k], rng) for k in which], which


def test_distinct_articles_are_no_duplicates():
    assert len(WRITTEN) == 156
    assert find_copies(WRITTEN)[0] == {}


@pytest.mark.parametrize(
    "make, most",
    [
        (lambda t, _: t, 0),
        (lambda t, _: t.replace("，", ",").replace("\n", ""), 0),
        (damaged, 12),
        (lambda t, rng: damaged(t, rng, 0.1), 12),
        (lambda t, rng: damaged(t[: int(len(t) * 0.7)], rng), 12),
        (lambda t, rng: damaged(t[int(len(t) * 0.4) :], rng), 12),
    ],
    ids=("exact", "marks", "4 % wrong", "10 % wrong", "end cut", "beginning cut"),
)
def test_copies_are_found(make, most):
    """At most 12 of 1,000 copies are missed; none is given to another text, no text is lost."""
    texts, which = copied(make)
    copies, _ = find_copies(texts)
    found = [copies.get(len(WRITTEN) + n) for n in range(len(which))]
    assert sum(f is None for f in found) <= most
    assert [(f, k) for f, k in zip(found, which, strict=True) if f not in (None, k)] == []
    assert min(copies) >= len(WRITTEN)


@pytest.mark.parametrize("share", (0.55, 0.7, 0.85))
def test_the_fuller_copy_is_kept(share):
    whole, cut = LONG[0], LONG[0][: int(len(LONG[0]) * share)]
    assert find_copies([cut, whole])[0] == {0: 1}
    assert find_copies([whole, cut])[0] == {1: 0}
    assert find_copies([cut, cut, whole, whole])[0] == {0: 2, 1: 2, 3: 2}


@pytest.mark.parametrize("share", (0.3, 0.5, 0.7))
def test_two_articles_with_a_passage_in_common_are_similar(share):
    """A statement that two papers print whole does not make one article of what they wrote."""
    first, second = LONG[0], LONG[1]
    size = int(600 * share)
    copies, alike = find_copies([first[:600], second[: 600 - size] + first[100 : 100 + size]])
    assert copies == {}
    ((other, found),) = alike[1]
    assert other == 0 and alike[0] == [(1, found)]
    assert share - 0.1 <= found <= share + 0.1


def test_a_long_passage_in_long_articles_is_told():
    """150 letters of two texts of 2,000: under a tenth, and a passage all the same."""
    a, b = "".join(LONG[:2])[:2000], "".join(LONG[2:4])[:2000]
    assert find_copies([a, b]) == ({}, {})
    assert list(find_copies([a, b[:1000] + a[500:650] + b[1000:]])[1]) == [0, 1]


def test_an_excerpt_is_similar():
    """A teaser on the front page is no copy of the report that it is taken from."""
    copies, alike = find_copies([LONG[0], LONG[0][:120]])
    assert copies == {} and alike == {0: [(1, 1.0)], 1: [(0, 1.0)]}


@pytest.mark.parametrize("text", ["", "。", "图为渡口。", "（上接一版）"])  # picture: the ferry
def test_scraps_are_no_copies(text):
    assert find_copies([text, text]) == ({}, {})


def test_a_phrase_of_the_trade_leads_nowhere():
    """What a hundred articles say (a slogan) makes none of them similar, and costs no time."""
    slogan = LONG[0][:80]
    texts = [slogan + damaged(t, random.Random(n), 0.7) for n, t in enumerate(WRITTEN)]
    assert all(len(x) < 70 for x in find_copies(texts)[1].values())


def test_time_grows_with_the_number_of_articles():
    """Four times the articles cost less than eight times the time."""

    def seconds(n):
        rng = random.Random(n)
        texts = [damaged(rng.choice(WRITTEN), rng, 0.6) for _ in range(n)]
        start = time.perf_counter()
        find_copies(texts)
        return time.perf_counter() - start

    assert seconds(2000) < 8 * max(seconds(500), 0.05)


def test_a_table_is_marked_and_its_copies_told():
    table = pd.DataFrame({"article": ["a#01", "b#01", "c#01"], "page": ["a", "b", "c"],
                          "spans": [[[1, 9]], [[4, 12]], []],
                          "text": [LONG[0], LONG[0], LONG[1]]})  # fmt: skip
    marked, rows = mark_duplicates(table)
    assert list(marked["duplicate_of"].fillna("")) == ["", "a#01", ""]
    assert list(marked["similar_to"]) == [[], [], []]
    ((page, line, kind, what, todo),) = rows
    assert (page, line, kind) == ("b", 4, "duplicate") and "a#01" in what and todo
    assert "duplicate_of" not in table


def test_an_empty_table():
    marked, rows = mark_duplicates(
        pd.DataFrame({c: [] for c in ("article", "page", "spans", "text")})
    )
    assert marked.empty and rows == []


def table_of(texts, of=None):
    """An articles table of texts, as load_articles gives it."""
    names = [f"p#{n:02}" for n in range(1, len(texts) + 1)]
    table = pd.DataFrame({"article": names, "page": "p", "spans": [[[n, n]] for n in names]})
    return mark_duplicates(table.assign(text=texts))[0]


def test_copies_stand_side_by_side_where_they_differ():
    text = "入夜九点，青石渡的末班车刚刚开出，车上坐着三位下夜班的护士和一位送菜的老人。"
    (row,) = compare_copies(table_of([text, text.replace("三位", "三倍")])).to_dict("records")
    assert (row["article"], row["other"], row["found"]) == ("p#02", "p#01", "copy")
    assert 0.8 < row["share"] < 1
    assert row["here"].startswith("刚刚开出，车上坐着三倍下夜班")
    assert row["there"].startswith("刚刚开出，车上坐着三位下夜班")


def test_a_pair_is_compared_once_and_only_where_both_are_in_the_table():
    one, two, passage = LONG[0], LONG[1], LONG[2][:150]
    table = table_of([one + passage, passage + two])
    (row,) = compare_copies(table).to_dict("records")
    assert row["found"] == "passages" and row["here"] == row["there"] == passage[:60]
    assert compare_copies(table.head(1)).empty
    assert compare_copies(table.head(0)).empty


# --- what was found is taken over, and the result is that of a first look

VERSIONS = [LONG[0], LONG[0][: int(len(LONG[0]) * 0.7)], LONG[0][200:], LONG[0][:150]]
SOURCES = [*VERSIONS, LONG[1], LONG[1][:300] + LONG[0][:300], *WRITTEN[:6], "图为渡口。", ""]
TEXTS = st.builds(
    lambda text, seed, share: damaged(text, random.Random(seed), share),
    st.sampled_from(SOURCES),
    st.integers(0, 3),
    st.sampled_from([0, 0, 0.04]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, max_size=14), st.lists(TEXTS, max_size=14), st.integers(0, 14))
def test_what_is_known_of_the_first_texts_changes_nothing(earlier, later, same):
    """Any corpus, then any other one that begins with some of the same texts."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANBAO_STORE", place)
        patch.setattr(recall, "FEW", 0)
        patch.setattr(fingerprints, "USUAL", 3)  # so that some keys are usual, and some were not
        patch.setattr(fingerprints, "FIRST", 2)
        for texts in (earlier, earlier[:same] + later, earlier, [*earlier, *later]):
            assert recall.find_again("a corpus", texts) == find_copies(texts)


def test_only_pairs_that_are_new_are_compared(tmp_path, monkeypatch):
    """Wherever a text is put, no two others are compared again; and nothing where nothing changed."""
    monkeypatch.setenv("JIANBAO_STORE", str(tmp_path))
    monkeypatch.setattr(recall, "FEW", 0)
    monkeypatch.setattr(fingerprints, "FIRST", 200)  # whom a key leads to is no matter of order
    seen, compare = [], duplicates.compare
    monkeypatch.setattr(
        duplicates, "compare", lambda *two: seen.append({t.letters for t in two}) or compare(*two)
    )
    excerpt = LONG[0][:400]
    recall.find_again("a corpus", WRITTEN)
    assert seen
    size = fingerprints.grams_of(excerpt).letters
    for texts in (
        WRITTEN,
        WRITTEN[50:] + WRITTEN[:50][::-1],
        [*WRITTEN[:9], excerpt, *WRITTEN[9:]],
    ):
        seen.clear()
        found = recall.find_again("a corpus", texts)
        compared = list(seen)
        assert found == find_copies(texts)
        assert all(size in two for two in compared)
    assert compared


def test_only_keys_of_what_is_new_are_added_up(tmp_path, monkeypatch):
    """Copies that are in the corpus already, and texts that change places, cost nothing."""
    monkeypatch.setenv("JIANBAO_STORE", str(tmp_path))
    monkeypatch.setattr(recall, "FEW", 0)
    seen, turns = [], recall.turns
    monkeypatch.setattr(recall, "turns", lambda keys, *x: seen.append(keys) or turns(keys, *x))
    texts = [*WRITTEN, *WRITTEN[:20], *WRITTEN[:5]]
    recall.find_again("a corpus", texts)
    new = damaged(LONG[0], random.Random(4), 0.3)
    for changed, by in (
        ([*texts[:9], new, *texts[9:]], new),
        (texts, new),  # it is gone
        ([texts[50], *texts[:50], *texts[51:]], texts[50]),
    ):
        seen.clear()
        assert recall.find_again("a corpus", changed) == find_copies(changed)
        assert 0.9 < np.isin(seen[0], fingerprints.print_of(by).keys).mean()
