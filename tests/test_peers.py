"""Other people's libraries, where they are installed, say the same of random tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.contingency import MEASURES
from helpers.keywords import adjust_p, log_odds
from helpers.richness import _previous as previous
from helpers.richness import hdd, mattr, msttr, mtld, yule_k

stats = pytest.importorskip("scipy.stats")
enough = settings(max_examples=80, deadline=None)
some_cells = st.tuples(*[st.integers(1, 400)] * 4)


def column(cells):
    return np.array(cells, float)[:, None]


@enough
@given(some_cells)
def test_scipy(cells):
    table, o = np.array(cells).reshape(2, 2), column(cells)
    options = {"lambda_": "log-likelihood", "correction": False}  # True is its default
    g2 = stats.chi2_contingency(table, **options)
    assert abs(MEASURES["log_likelihood"](o)[0]) == pytest.approx(g2.statistic, abs=1e-9)
    chi = stats.chi2_contingency(table, correction=False).statistic
    assert MEASURES["chi_squared"](o)[0] == pytest.approx(chi, abs=1e-9)
    yates = stats.chi2_contingency(table, correction=True).statistic
    assert MEASURES["chi_squared_yates"](o)[0] == pytest.approx(yates, abs=1e-9)
    assert MEASURES["fisher_p"](o)[0] == pytest.approx(stats.fisher_exact(table)[1], rel=1e-6)
    ratio = stats.contingency.odds_ratio(table, kind="sample").statistic
    assert MEASURES["odds_ratio"](o)[0] == pytest.approx(ratio)


def test_trap_scipy_corrects_unless_it_is_told_not_to():
    dunning = [[10, 0], [3, 31764]]
    corrected = stats.chi2_contingency(dunning, lambda_="log-likelihood").statistic
    assert f"{corrected:.2f}" == "154.07"
    assert f"{MEASURES['log_likelihood'](column([10, 0, 3, 31764]))[0]:.2f}" == "167.23"


@enough
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_scipy_adjusts_p_by_benjamini_and_hochberg(p):
    ours = adjust_p(pd.DataFrame({"p": p}), by="benjamini_hochberg")["p_adjusted"]
    assert ours.to_numpy() == pytest.approx(stats.false_discovery_control(p, method="bh"))


@enough
@given(some_cells)
def test_nltk(cells):
    scores = pytest.importorskip("nltk.metrics.association").BigramAssocMeasures
    both, word, node, _ = cells
    margins = (both, (both + word, both + node), sum(cells))
    for ours, theirs in {
        "mi": scores.pmi, "t": scores.student_t, "dice": scores.dice,
        "phi_squared": scores.phi_sq, "chi_squared": scores.chi_sq,
    }.items():  # fmt: skip
        assert MEASURES[ours](column(cells))[0] == pytest.approx(theirs(*margins), abs=1e-9), ours
    g2 = abs(MEASURES["log_likelihood"](column(cells))[0])
    assert g2 == pytest.approx(scores.likelihood_ratio(*margins), abs=1e-6)


counts = st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(1, 50), min_size=2)


@enough
@given(counts, counts, st.sampled_from([0.01, 0.5, 1.0]))
def test_logodds(one, other, prior):
    peer = pytest.importorskip("logodds")
    theirs = peer.compute_log_odds(one, other, alpha=prior)
    sets = [
        pd.DataFrame({"word": [w for w, n in c.items() for _ in range(n)]}) for c in (one, other)
    ]
    ours = log_odds(*sets, prior=prior).set_index("word")["log_odds_z"].to_dict()
    assert ours == pytest.approx(dict(theirs))


@enough
@given(st.lists(st.sampled_from("甲乙丙丁戊己庚辛壬癸子丑寅卯"), min_size=60, max_size=200))
def test_lexicalrichness(words):
    peer = pytest.importorskip("lexicalrichness").LexicalRichness
    theirs = peer(" ".join(words), preprocessor=None, tokenizer=str.split)
    code = pd.factorize(np.array(words))[0]
    spectrum, before = np.bincount(code), previous(code)
    assert hdd(spectrum) == pytest.approx(theirs.hdd(draws=42))
    assert yule_k(spectrum) == pytest.approx(theirs.yulek)
    assert mattr(before) == pytest.approx(theirs.mattr(window_size=50))
    if len(words) % 50:  # it leaves the last segment out even where that is a whole one
        assert msttr(before) == pytest.approx(theirs.msttr(segment_window=50))
    # It ends a factor where the ratio reaches .72, ours where it falls below: hence the hair.
    both_ways = (mtld(before) + mtld(previous(code[::-1]))) / 2
    assert both_ways == pytest.approx(theirs.mtld(threshold=0.72 - 1e-9), rel=1e-6)
