"""Every measure gives the figure that is printed for it, to the printed digits."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import dispersion
from helpers.contingency import MEASURES, cells
from helpers.keywords import log_odds
from helpers.richness import _previous as previous
from helpers.richness import diversity, fisher_alpha, hdd, mattr, msttr, mtld, yule_k
from helpers.shifts import compare

CASES = json.loads((Path(__file__).parent / "cases" / "oracles.json").read_text("utf-8"))


def printed(value, published):
    """A number with as many digits as a published one has, in its style."""
    digits = len(published.partition(".")[2])
    text = f"{value:.{digits}f}"
    return re.sub(r"^(-?)0\.", r"\1.", text) if re.match(r"-?\.", published) else text


def four(case):
    """The cells of a case: told as they are, as two counts in two sets, or by their margins."""
    if "cells" in case:
        return np.array(case["cells"], float)[:, None]
    if "sets" in case:
        a, b, c, d = case["sets"]
        return cells([a], [b], c, d)
    both, one, other, n = case["margins"]
    return cells([both], [one - both], other, n - other)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"row{c['oracle']}-{c['measure']}-{c['published']}"
)
def test_a_measure_of_four_cells(case):
    value = MEASURES[case["measure"]](four(case))[0]
    assert printed(value + 0.0, case["published"]) == case["published"], case["source"]


def test_the_two_forms_of_log_likelihood_part_where_a_word_is_frequent():
    o = cells([4000], [2000], 10_000, 10_000)
    assert MEASURES["log_likelihood"](o)[0] > 1.3 * MEASURES["log_likelihood_two_cells"](o)[0]


# --- the corpus of Gries (2019), in five parts ------------------------------------------------

GRIES = ["b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a", "b a g h a b e a a t",
         "b a h a a b e a x a t"]  # fmt: skip


def tokens(*articles):
    rows = [(f"p#{n}", i, w) for n, text in enumerate(articles) for i, w in enumerate(text.split())]
    return pd.DataFrame(rows, columns=["article", "position", "word"])


def parts(*counts, size):
    """A corpus in which x is so often in each part of some words."""
    return tokens(*(" ".join(["x"] * n + ["y"] * (size - n)) for n in counts))


SPREAD = ["juilland_d", "rosengren_s", "dp", "dp_norm", "kl_divergence"]


@pytest.mark.parametrize(
    ("word", "published"),
    [
        ("b", [".968", ".999", ".02", ".024", ".003"]),
        ("i", ["0", "0.18", ".82", "1", "2.474"]),
        ("q", ["0", "0.2", ".8", ".976", "2.322"]),
        ("x", ["0", "0.22", ".78", ".951", "2.184"]),
        ("a", [".785", ".950", ".18", ".2195", ".137"]),
    ],
)
def test_row_19_dispersion_in_five_parts(word, published):
    row = dispersion(tokens(*GRIES), word).iloc[0]
    assert [printed(row[c], p) for c, p in zip(SPREAD, published, strict=True)] == published


def test_row_20_juillands_d_and_u():
    row = dispersion(parts(0, 4, 3, 2, 1, size=20), "x").iloc[0]
    assert (printed(row["juilland_d"], ".6464"), f"{row['juilland_u']:.2f}") == (".6464", "6.46")


def test_row_21_carrolls_d2_and_um():
    row = dispersion(parts(2, 1, 1, 1, 0, size=9), "x").iloc[0]
    assert (f"{row['carroll_d2']:.4f}", f"{row['carroll_um']:.2f}") == ("0.8277", "4.31")


def test_row_22_rosengrens_s_and_dp_norm():
    assert f"{dispersion(parts(1, 2, 3, 4, 5, size=9), 'x')['rosengren_s'][0]:.3f}" == "0.937"
    assert dispersion(parts(2, 1, 0, size=9), "x")["dp_norm"][0] == pytest.approx(0.5)


def test_row_23_distances():
    # In Gries (2008) the first part begins with a: the distances are 2 10 2 9 2 5 2 3 3 1 3 2 1 3 2.
    row = dispersion(tokens("a b m n i b e u p", *GRIES[1:]), "a").iloc[0]
    assert [f"{row['arf']:.1f}", f"{row['ald']:.3f}", f"{row['awt']:.2f}"] == [
        "10.8",
        "0.628",
        "3.18",
    ]


# --- variety ----------------------------------------------------------------------------------

ERLKOENIG = np.array([11, 9, 9, 7, 6, 6, 5, 5, *[4] * 7, *[3] * 6, *[2] * 18, *[1] * 85])


def words_of(spectrum):
    """A text of one article with so many uses of each word."""
    words = np.repeat(np.arange(len(spectrum)), spectrum)
    return pd.DataFrame({"article": "a", "word": [f"w{k}" for k in words]})


def test_row_24_entropy_and_repeat_rate():
    row = diversity(words_of(ERLKOENIG)).iloc[0]
    assert (row["words"], row["types"]) == (225, 124)
    assert (f"{row['entropy']:.4f}", f"{row['repeat_rate']:.4f}") == ("6.5270", "0.0153")


def test_row_25_fishers_alpha():
    assert f"{fisher_alpha(240, 15_609):.3f}" == "40.247"


def test_row_26_yules_k_is_the_formula():
    # Of 4 4 2 1 words: 10⁴ (16 + 16 + 4 + 1 - 11) / 121. The published 113.0916 of another text
    # does not follow from its formula, which gives 112.767; its spectrum is not at hand.
    assert yule_k(np.array([4, 4, 2, 1])) == pytest.approx(1e4 * 26 / 121)


def test_row_27_ratios_of_windows():
    before = previous(pd.factorize(np.array(["one", "one", "two", "one", "one", "two", "one"]))[0])
    assert mattr(before, 2) == pytest.approx((1 / 2 + 1 + 1 + 1 / 2 + 1 + 1) / 6)
    assert (mattr(before, 3), mattr(before, 4)) == pytest.approx((2 / 3, 1 / 2))
    assert msttr(before, 2) == pytest.approx((1 / 2 + 1 + 1) / 3)


def test_row_28_hdd_is_the_chance_to_be_drawn():
    def hypergeometric(uses, n):
        return 1 - math.comb(n - uses, 42) / math.comb(n, 42)

    by_hand = sum(hypergeometric(int(f), 225) for f in ERLKOENIG) / 42
    assert hdd(ERLKOENIG) == pytest.approx(by_hand, abs=1e-12)


def test_row_29_a_factor_of_mtld_ends_below_72():
    words = ["of", "the", "people", "by", "the", "people", "for", "the", "people"]
    before = previous(pd.factorize(np.array(words))[0])
    # of the people by the people: TTR 1 1 1 1 .800 .667, a factor; for the people: all new, none.
    assert mtld(before) == pytest.approx(9)
    assert mtld(before[:6]) == pytest.approx(6)
    # One that ends in mid-factor counts as far as its ratio has come from 1 down to .72.
    assert mtld(before[:5]) == pytest.approx(5 / ((1 - 0.8) / (1 - 0.72)))


def test_trap_mtld_falls_below_and_does_not_reach():
    words = [f"w{k}" for k in range(18)] + ["w0"] * 7 + ["new"]  # 18 types of 25 words: .72
    before = previous(pd.factorize(np.array(words))[0])
    assert mtld(before) == pytest.approx(26 / ((1 - 19 / 26) / (1 - 0.72))), "others: 26 / 1"


# --- two sets ---------------------------------------------------------------------------------


def bag(**counts):
    return pd.DataFrame({"article": "a", "word": [w for w, n in counts.items() for _ in range(n)]})


CATS = bag(cat=30, purr=12, dog=5, the=200), bag(cat=4, dog=28, leash=9, the=210)


@pytest.mark.parametrize(
    ("prior", "published"),
    [
        (0.01, {"cat": "4.029022", "dog": "-3.716662", "the": "-1.874889", "purr": ".715379"}),
        (
            {"cat": 100.01, "dog": 110.01, "the": 9000.01, "purr": 20.01, "leash": 15.01},
            {"cat": "1.720400", "dog": "-1.460005", "the": "-1.482036"},
        ),
    ],
)
def test_row_11_log_odds_with_a_prior(prior, published):
    z = log_odds(*CATS, prior=prior).set_index("word")["log_odds_z"]
    assert {w: printed(z[w], p) for w, p in published.items()} == published


def test_row_30_the_shift_adds_up():
    table = compare(bag(a=3, b=2, c=5), bag(a=1, c=4, d=5))
    assert f"{table.attrs['divergence']:.6f}" == "0.391760"
    assert table["share"].sum() == pytest.approx(1)
    assert table["score"].sum() == pytest.approx(table.attrs["divergence"])


def test_row_31_the_log_odds_of_two_words():
    # Blaheta and Johnson (2001) for K = 2, with 0.5 added to each cell: λ and λ / √Σ 1/n.
    o = np.array([[8.0], [2], [3], [87]])
    by_hand = math.log(8.5 * 87.5 / (2.5 * 3.5))
    assert MEASURES["log_odds_ratio"](o)[0] == pytest.approx(by_hand)
    error = math.sqrt(1 / 8.5 + 1 / 2.5 + 1 / 3.5 + 1 / 87.5)
    assert MEASURES["log_odds_ratio_z"](o)[0] == pytest.approx(by_hand / error)
