"""trends: when, how much, and how sure that is. See `trend`."""

import numpy as np
import pandas as pd

from helpers.tables import PERIODS, choose, need, noted, originals, strings

FLOOR = 5  # articles: with fewer a period has no band, and says so
DRAWS = 1000  # of the bootstrap
SURE = 1.959964  # standard errors on either side of 95 %
COLUMNS = ["period", "concept", "count", "per_10k", "low", "high", "articles", "articles_with",
           "share", "share_low", "share_high", "chars", "remark"]  # fmt: skip


def trend(tagged, concepts, by="month") -> pd.DataFrame:
    """One row per concept and period: how often, in how many articles, and how sure that is.

    Columns: period, concept, count, per_10k (uses in 10,000 characters of all its articles), its
    band low and high, articles, articles_with (the concept), share (of the articles) with
    share_low and share_high, chars, remark. by: month, quarter, year or paper. Bands are of 95 %:
    of the rate by a bootstrap over articles, of the share by Wilson. remark: "no articles" in a
    period between others without any, "too few" where there are under 5; neither has a band.
    Copies are left out.

    >>> tagged = pd.DataFrame({"date": pd.to_datetime(["2023-01-05", "2023-03-01"]),
    ...     "chars": [500, 1000], "安全": [1, 0]})
    >>> trend(tagged, "安全")[["period", "per_10k", "remark"]].values.tolist()
    [['2023-01', 20.0, 'too few'], ['2023-02', nan, 'no articles'], ['2023-03', 0.0, 'too few']]
    """
    key = "paper" if choose("by", by, [*PERIODS, "paper"]) == "paper" else "date"
    need(tagged, key, "chars")
    numbers = set(tagged.select_dtypes("integer")) - {"chars", "page_no"}
    concepts = [choose("concepts", c, numbers) for c in strings(concepts)]
    kept = originals(tagged)
    known = kept[kept[key].notna()]
    period, every = _periods(known[key], by)
    table = _counted(known, concepts, period, every)
    table = _remarked(_shares(table)).merge(_bands(known.groupby(period), concepts), "left",
                                            COLUMNS[:2])[COLUMNS]  # fmt: skip
    whole = table.drop_duplicates("period")["articles"]
    gaps, few = (whole == 0).sum(), whole.between(1, FLOOR - 1).sum()
    note = (
        f"{len(known):,} articles; left out: {len(tagged) - len(kept):,} copies and "
        f"{len(kept) - len(known):,} without a {key}. per_10k: uses in 10,000 characters of all "
        f"articles of the {by}. Bands of 95 %: low, high: bootstrap over articles, {DRAWS} draws; "
        f"share_low, share_high: Wilson (1927). Of {len(every)}, {gaps} are gaps, {few} have under "
        f"{FLOOR} articles and no band."
    )
    return noted(table, note)


def _counted(known, concepts, period, every) -> pd.DataFrame:
    """One row per concept and period: uses, all articles, those with the concept, characters."""
    groups = known.assign(articles=1).groupby(period)
    whole = groups[["articles", "chars"]].sum().reindex(every, fill_value=0)
    count = groups[concepts].sum().reindex(every, fill_value=0)
    using = (known[concepts] > 0).groupby(period).sum().reindex(every, fill_value=0)
    return pd.DataFrame({
        "period": np.tile(np.array(every, "O"), len(concepts)),
        "concept": np.repeat(np.array(concepts, "O"), len(every)),
        "count": count.to_numpy().ravel("F"),
        "articles": np.tile(whole["articles"], len(concepts)),
        "articles_with": using.to_numpy().ravel("F"),
        "chars": np.tile(whole["chars"], len(concepts)),
    })  # fmt: skip


def _periods(values, by):
    """The period of each article, and all the periods from the first to the last."""
    if by == "paper" or values.empty:
        return values, sorted(set(values))
    periods = pd.to_datetime(values).dt.to_period(PERIODS[by])
    return periods.astype(str), [*map(str, pd.period_range(periods.min(), periods.max()))]


def _shares(table) -> pd.DataFrame:
    """The table with the rate, and the share of articles with its interval by Wilson."""
    n, k = table["articles"].where(table["articles"] > 0), table["articles_with"]
    low, high = wilson(k, n.where(n >= FLOOR))
    rate = table["count"] / table["chars"].replace(0, np.nan) * 1e4
    return table.assign(per_10k=rate, share=k / n, share_low=low, share_high=high)


def wilson(k, n):
    """The interval of 95 % of a share of k in n (Wilson 1927).

    >>> [round(bound, 4) for bound in wilson(10, 20)]
    [0.2993, 0.7007]
    """
    middle, spread = k / n + SURE**2 / (2 * n), (k * (n - k) / n**3 + SURE**2 / (4 * n**2)) ** 0.5
    whole = 1 + SURE**2 / n
    return (middle - SURE * spread) / whole, (middle + SURE * spread) / whole


def _remarked(table) -> pd.DataFrame:
    """The table with a word on the periods in which there is too little to say."""
    few = np.where(table["articles"] < FLOOR, "too few", "")
    return table.assign(remark=np.where(table["articles"] == 0, "no articles", few))


def _bands(groups, concepts) -> pd.DataFrame:
    """One row per period with enough articles, and concept: period, concept, low, high."""
    rows = [
        (period, concept, low, high)
        for period, group in groups
        if len(group) >= FLOOR
        for concept, low, high in zip(concepts, *_bootstrap(group, concepts), strict=True)
    ]
    types = {"period": "O", "concept": "O", "low": float, "high": float}
    return pd.DataFrame(rows, columns=[*types]).astype(types)


def _bootstrap(group, concepts) -> np.ndarray:
    """Between which rates 95 in 100 lie, if articles like these were drawn again and again."""
    group = group[["chars", *concepts]].sort_values(["chars", *concepts])  # any order, one answer
    values, n = group.to_numpy(float), len(group)
    draw = np.random.default_rng(0).multinomial
    sums = [draw(n, np.full(n, 1 / n), 100) @ values for _ in range(DRAWS // 100)]
    sums = np.concatenate(sums)
    rates = sums[:, 1:] / np.maximum(sums[:, :1], 1) * 1e4
    return np.quantile(rates, [0.025, 0.975], axis=0)
