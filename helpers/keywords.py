"""keywords: two tables of tokens → the words that set one apart. See `keyness`."""

import math

import numpy as np
import pandas as pd

from helpers.contingency import MEASURES, cells, log_ratio_error, signed_g2
from helpers.tables import choose, need, noted, parts_of, sizes_of, starts, summed, tally

SURE = 1.959964  # standard errors on either side of an interval of 95 %
ADJUST = {
    "holm": "Holm (1979)",
    "benjamini_hochberg": "Benjamini and Hochberg (1995), the share of false finds",
    "bonferroni": "Bonferroni",
}


def keyness(target, reference, min_count=5, min_articles=2) -> pd.DataFrame:
    """One row per word, the most typical of the target first, with its uses in two token tables.

    A word is in if one of the two uses it min_count times, and in min_articles articles.
    log_likelihood: G² over four cells (Dunning 1993), without correction, negative where the
    target uses the word less. log_ratio: Hardie (2014), with its interval of 95 %. percent_diff,
    odds_ratio, bayes_factor (BIC). log_odds_z: with a Dirichlet prior, see `log_odds`. dp: how
    unevenly the target's articles share the word. p: chi-squared with 1 degree of freedom;
    p_adjusted: by Holm over the rows of the table, see `adjust_p`. More: see `association`. Each of
    the two may be given in parts (see `parts_of`).

    >>> one, other = ["网络"] * 8 + ["安全"] * 2, ["贸易"] * 8 + ["安全"] * 2
    >>> sets = [pd.DataFrame({"article": ["a", "b"] * 5, "word": w}) for w in (one, other)]
    >>> keyness(*sets)[["word", "log_likelihood", "log_ratio"]].round(2).values.tolist()
    [['网络', 16.91, 4.0], ['贸易', -16.91, -4.0]]
    """
    sides, sizes = zip(*(_side(tokens) for tokens in (target, reference)), strict=True)
    table, sets = _both(sides, sizes, min_count, min_articles), [s.sum() for s in sizes]
    table["dp"] = _unevenness(target, table, sets[0])
    o = cells(table["count"], table["count_reference"], *sets)
    table["log_likelihood"], ratio = signed_g2(o), MEASURES["log_ratio"](o)
    error, few = SURE * log_ratio_error(o), f"{min_count} uses in {min_articles} articles of either"
    table = table.assign(log_ratio=ratio, log_ratio_low=ratio - error, log_ratio_high=ratio + error)
    for name in ("percent_diff", "odds_ratio", "bayes_factor"):
        table[name] = MEASURES[name](o)
    table["log_odds"], table["log_odds_z"] = _log_odds(o, o[0] + o[1], sum(sets))
    table["dp"] = table.pop("dp")
    # With 1 degree of freedom chi-squared is a squared normal deviate.
    p = np.array([math.erfc(math.sqrt(abs(g2) / 2)) for g2 in table["log_likelihood"]], float)
    table = noted(table.assign(p=p), _note(sizes, few),
                  "-log_likelihood", "word")  # fmt: skip
    table.attrs["sizes"] = sets
    return adjust_p(table)


def _both(sides, sizes, min_count, min_articles) -> pd.DataFrame:
    """The counts of two sets, for the words that one of them uses often enough."""
    often = [s.index[(s["count"] >= min_count) & (s["articles"] >= min_articles)] for s in sides]
    words = often[0].union(often[1], sort=False) if all(map(len, sides)) else often[0][:0]
    table = sides[0].reindex(words).join(sides[1].reindex(words).add_suffix("_reference"))
    table = table.fillna(0).astype("int64")
    for name, set_ in (("per_million", sizes[0]), ("per_million_reference", sizes[1])):
        table[name] = table[name.replace("per_million", "count")] / max(1, set_.sum()) * 1e6
    order = [c + r for c in ("count", "per_million", "articles") for r in ("", "_reference")]
    return table.rename_axis("word").reset_index()[["word", *order]]


def _side(tokens) -> tuple[pd.DataFrame, pd.Series]:
    """Uses of each word and the articles that have it; and the words of each article."""
    tables, sizes = [], []
    for part in parts_of(tokens):
        need(part, "article", "word")
        (word, _), uses, (words, _) = tally(part, "word", "article")
        count = np.bincount(word, uses, len(words)).astype("i8")
        table = pd.DataFrame(
            {"count": count, "articles": np.bincount(word, minlength=len(words))}, words
        )
        tables.append(table[count > 0])
        sizes.append(sizes_of(part))
    return summed(tables), pd.concat(sizes)


def _unevenness(tokens, table, total) -> np.ndarray:
    """DP of the words of a table over the articles (Gries 2008); empty where it is not used.

    Added up in whole numbers, so that the order of the articles leaves no trace in the last digit.
    """
    counts, found = pd.Series(table["count"].to_numpy("i8"), table["word"]), []
    for part in parts_of(tokens):
        (word, article), uses, (words, articles) = tally(part, "word", "article")
        sizes = sizes_of(part).reindex(articles, fill_value=0).to_numpy("i8")[article]
        count = counts.reindex(words, fill_value=0).to_numpy("i8")[word]
        off = np.abs(uses * total - count * sizes) - count * sizes
        first = starts(word)
        sums = np.add.reduceat(off, first) if len(first) else off
        found.append(pd.DataFrame({"off": sums}, words[word[first]]))
    off = summed(found)["off"].reindex(counts.index).to_numpy(float)
    return (1 + off / np.where(counts > 0, counts * total, np.nan)) / 2


def _note(sizes, few) -> str:
    shared = len(sizes[0].index.intersection(sizes[1].index))
    target, reference = (f"{s.sum():,} words in {len(s):,} articles" for s in sizes)
    return (
        f"Target: {target}; reference: {reference}; articles in "
        f"both: {shared:,}. "
        f"Words with {few}. "
        "log_likelihood: G² over four cells (Dunning 1993), no correction, negative where fewer in "
        "the target. log_ratio: Hardie (2014), low and high: 95 %. A count of 0 that would divide "
        "counts as 0.5. log_odds_z: Monroe et al. (2008), prior: both sets together. "
        "bayes_factor: G² less ln of all words (BIC). dp: Gries (2008), over the target's "
        "articles, empty where it has no use. p: chi-squared, 1 df."
    )


def adjust_p(table, by="holm") -> pd.DataFrame:
    """The table with p_adjusted: p as it is when so many words are tested at once.

    by: holm (no false find among all, 95 times in 100), benjamini_hochberg (not more than 5 in
    100 of the finds are false) or bonferroni (as holm, stricter than it need be).

    >>> adjust_p(pd.DataFrame({"p": [.01, .04, .03, .005]}))["p_adjusted"].round(2).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    choose("by", by, ADJUST)
    p = table["p"].to_numpy(float)
    order, rank, m = np.argsort(p), np.arange(len(p)), len(p)
    if by == "benjamini_hochberg":
        steps = np.minimum.accumulate((p[order] * m / (rank + 1))[::-1])[::-1]
    else:
        factor = m - rank if by == "holm" else m
        steps = np.maximum.accumulate(p[order] * factor)
    table = table.assign(p_adjusted=steps.clip(max=1)[np.argsort(order)])
    before = table.attrs.get("note", "").partition(" p_adjusted:")[0]
    table.attrs["note"] = f"{before} p_adjusted: {ADJUST[by]}, over {m:,} words.".strip()
    return table


def log_odds(target, reference, prior=None) -> pd.DataFrame:
    """One row per word: count, count_reference, log_odds, log_odds_z (Monroe et al. 2008).

    How much the odds of a word differ between two sets, drawn towards what a prior expects, in
    standard errors: a rare word has to differ by more. prior: a number for each word (0.01 says
    next to nothing), {word: number}, or None: the counts of both sets together.

    >>> sets = [pd.DataFrame({"word": ["网络"] * n + ["贸易"] * (9 - n)}) for n in (6, 3)]
    >>> log_odds(*sets)["log_odds_z"].round(2).tolist()
    [1.15, -1.15]
    """
    sides = [side["word"].astype("str").value_counts() for side in (target, reference)]
    table = pd.concat(sides, axis=1, keys=["count", "count_reference"]).fillna(0).astype("int64")
    o = cells(table["count"], table["count_reference"], len(target), len(reference))
    if prior is None:
        alpha = o[0] + o[1]
    elif isinstance(prior, dict):
        alpha = table.index.map(prior).to_numpy(float)
    else:
        alpha = np.full(len(table), float(prior))
    total = sum(prior.values()) if isinstance(prior, dict) else alpha.sum()
    table["log_odds"], table["log_odds_z"] = _log_odds(o, alpha, total)
    said = "both sets together" if prior is None else "given"
    note = f"{len(target):,} and {len(reference):,} words. Monroe et al. (2008); prior: {said}."
    return noted(table.rename_axis("word").reset_index(), note, "-log_odds_z", "word")


def _log_odds(o, alpha, total):
    """The difference of the log-odds, and the same in standard errors."""
    used, others = o[:2] + alpha, o[2:] + total - alpha
    here, there = np.log(used) - np.log(np.maximum(others, 1e-9))
    return here - there, (here - there) / np.sqrt((1 / used).sum(0))


def association(table, *names) -> pd.DataFrame:
    """A table of `keyness` or `collocates` with columns more: other measures of its two-by-two cells.

    names: as chi_squared, chi_squared_yates, fisher_p, simple_maths, difference_coefficient, mi,
    t, z, dice, minimum_sensitivity; a wrong name is answered with all of them.

    >>> one, other = ["网络"] * 8 + ["安全"] * 2, ["贸易"] * 8 + ["安全"] * 2
    >>> sets = [pd.DataFrame({"article": ["a", "b"] * 5, "word": w}) for w in (one, other)]
    >>> association(keyness(*sets), "chi_squared", "fisher_p").iloc[:1, -2:].round(4).values
    array([[1.33333e+01, 7.00000e-04]])
    """
    if "sizes" not in table.attrs:
        raise ValueError("association wants a table of keyness or collocates, with its footnote.")
    here, elsewhere = (
        (table["together"], table["count"] - table["together"])
        if "together" in table
        else (table["count"], table["count_reference"])
    )
    o = cells(here, elsewhere, *table.attrs["sizes"])
    return table.assign(**{n: MEASURES[choose("measure", n, MEASURES)](o) for n in names})
