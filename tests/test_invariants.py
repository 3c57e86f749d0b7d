"""What holds of the newer measures for any words, few words and no words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import collocates, dispersion, frequencies, keyness
from helpers.candidates import find_new_words
from helpers.collocations import collocation_network
from helpers.contingency import MEASURES
from helpers.keywords import ADJUST, adjust_p, association
from helpers.richness import difficulty, diversity
from helpers.shifts import compare
from helpers.tables import footnote
from helpers.topics import find_topics

WORDS = ["网", "5G", "2023", "网络安全", "AI"]  # one character, Latin, digits, a compound
some = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=6)
enough = settings(max_examples=50, deadline=None)


def tokens(articles):
    rows = [
        (f"p#{n}", i, 9 * i, w) for n, words in enumerate(articles) for i, w in enumerate(words)
    ]
    table = pd.DataFrame(rows, columns=["article", "position", "start", "word"])
    return table.astype({"article": "category", "word": "category"})


@enough
@given(some, some)
def test_a_shift_is_the_same_from_either_side(one, other):
    there, back = compare(tokens(one), tokens(other)), compare(tokens(other), tokens(one))
    pair = there.set_index("word")["score"], back.set_index("word")["score"]
    pd.testing.assert_series_equal(*(s.sort_index() for s in pair), check_exact=False, atol=1e-12)
    assert -1e-12 <= there.attrs["divergence"] <= 1 + 1e-12
    assert (there["score"] >= -1e-12).all()
    if there.attrs["divergence"] > 1e-9:
        assert there["share"].sum() == pytest.approx(1)


@enough
@given(some)
def test_a_set_does_not_differ_from_itself_doubled(articles):
    assert compare(tokens(articles), tokens(articles * 2)).attrs["divergence"] == pytest.approx(0)


@enough
@given(some)
def test_dispersion_stays_within_its_bounds(articles):
    table = dispersion(tokens(articles))
    for name in ("dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s"):
        assert table[name].dropna().between(-1e-9, 1 + 1e-9).all(), name
    assert (table["kl_divergence"] >= -1e-9).all()
    assert (table["arf"] <= table["count"] + 1e-9).all() and (table["arf"] >= 1 - 1e-9).all()
    assert (
        table.drop(columns=["juilland_d", "juilland_u", "carroll_d2", "carroll_um", "dp_norm"])
        .notna()
        .all()
        .all()
    )


@enough
@given(some)
def test_articles_doubled_are_spread_as_before(articles):
    once, twice = (dispersion(tokens(a)).set_index("word") for a in (articles, articles * 2))
    assert (twice["range"] == 2 * once["range"]).all()
    for name in ("dp", "rosengren_s", "kl_divergence"):
        assert twice[name].to_numpy() == pytest.approx(once[name].to_numpy(), abs=1e-9), name


@enough
@given(some, some)
def test_every_measure_of_four_cells_is_a_number(one, other):
    table = keyness(tokens(one), tokens(other), min_count=0, min_articles=0)
    numbers = association(table, *MEASURES)[list(MEASURES)]
    assert np.isfinite(numbers.to_numpy(float)).all()


@enough
@given(some, some)
def test_a_ratio_lies_within_its_interval(one, other):
    table = keyness(tokens(one), tokens(other), min_count=0, min_articles=0)
    assert (table["log_ratio_low"] <= table["log_ratio"] + 1e-12).all()
    assert (table["log_ratio"] <= table["log_ratio_high"] + 1e-12).all()


@pytest.mark.parametrize("by", ADJUST)
@enough
@given(p=st.lists(st.floats(0, 1), max_size=20))
def test_a_corrected_p_is_never_smaller_and_keeps_the_order(by, p):
    table = adjust_p(pd.DataFrame({"p": p}), by)
    assert (table["p_adjusted"] >= table["p"] - 1e-12).all()
    assert table["p_adjusted"].between(0, 1).all()
    ordered = table.sort_values("p")["p_adjusted"].to_numpy()
    assert (np.diff(ordered) >= -1e-12).all()


@enough
@given(some, st.sampled_from(["both", "left", "right"]))
def test_sides_add_up(articles, side):
    table = collocates(tokens(articles), "网", span=3, side=side)
    assert (table["together"] <= table["left"] + table["right"]).all()
    assert (table["together"] <= table["count"]).all()
    assert (table["articles"] <= table["together"]).all()


def test_variety_of_a_text_that_says_one_thing_and_of_one_that_never_repeats():
    poor, rich = tokens([["网"] * 200]), tokens([[f"w{k}" for k in range(200)]])
    low, high = diversity(poor).iloc[0], diversity(rich).iloc[0]
    assert (low["entropy"], low["repeat_rate"], low["mattr"]) == (0, 1, 1 / 50)
    assert (high["ttr"], high["mattr"], high["hdd"], high["yule_k"]) == pytest.approx((1, 1, 1, 0))
    assert np.isnan(high["fisher_alpha"]) and "no word comes twice" in footnote(diversity(rich))


def test_too_short_a_text_has_no_figure_and_says_why():
    table = diversity(tokens([WORDS * 19, WORDS * 20]), by="article")
    assert list(table["remark"]) == ["too few", ""]
    assert table["mtld"].isna().tolist() == [True, False]
    short = difficulty(pd.DataFrame({"article": ["a"], "text": ["网络。"]}))
    assert short["remark"][0] == "too few" and np.isnan(short["sentence_length"][0])


def test_rare_characters_are_those_outside_the_common_list():
    text = "网络安全靠人民。" * 20 + "饕餮"  # taotie: two rare ones
    table = difficulty(pd.DataFrame({"article": ["a"], "text": [text]}))
    assert table["rare"][0] == pytest.approx(2 / 142)


def test_no_words_give_empty_tables_with_a_footnote():
    none, articles = tokens([]), pd.DataFrame({"article": [], "text": []})
    tables = [
        frequencies(none), keyness(none, none), collocates(none, "网"), dispersion(none),
        collocation_network(none, "网"), compare(none, none), diversity(none, by="article"),
        difficulty(articles), find_topics(none), find_new_words(none),
    ]  # fmt: skip
    for table in tables:
        assert table.empty and footnote(table)
