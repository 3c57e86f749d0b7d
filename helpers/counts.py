"""counts: tokens → how often each word, in all and by group. See `frequencies`."""

import numpy as np
import pandas as pd

from helpers.tables import (
    PERIODS,
    choose,
    need,
    noted,
    parts_of,
    sizes_of,
    starts,
    summed,
    tally,
)


def frequencies(tokens, by=None) -> pd.DataFrame:
    """One row per word, the most frequent first: word, count, per_million, articles, share.

    by: a column of tokens to count apart, as "article" or "pos"; it comes first then, and
    per_million and share are within it. articles: how many hold the word; share: of all.
    For papers, months and themes see `group_tokens`. tokens: a table, or those of the parts of a
    corpus (see `parts_of`).

    >>> tokens = pd.DataFrame({"article": ["a", "a", "b"], "word": ["网络", "安全", "网络"]})
    >>> frequencies(tokens)[["word", "count", "articles", "share"]].values.tolist()
    [['网络', 2, 2, 1.0], ['安全', 1, 1, 0.5]]
    """
    counted = [_counted(part, by) for part in parts_of(tokens)]
    uses, whole = _in_order(summed(c[0] for c in counted)), summed(c[1] for c in counted)
    table, total = (
        uses.reset_index(),
        whole if by is None else whole.loc[uses.index.get_level_values(0)],
    )
    table["per_million"] = table["count"] / total["words"].to_numpy() * 1e6
    table["share"] = table["articles"] / total["articles"].to_numpy()
    within = f" of a {by}" if by else ""
    sizes = [sum(n) for n in zip(*(c[2] for c in counted), strict=True)]
    note = (
        f"{sizes[0]:,} words in {sizes[1]:,} articles. per_million: uses in a million words{within}; "
        f"share: of the articles{within} that have words."
    )
    keys = [by] * (by is not None)
    return noted(table[[*keys, "word", "count", "per_million", "articles", "share"]], note)


def _in_order(uses) -> pd.DataFrame:
    """By group, in it the most frequent first, then by word; names are put in order each once."""
    index = uses.index
    if not isinstance(index, pd.MultiIndex):
        index = pd.MultiIndex.from_arrays([index])
    ranks = [level.argsort().argsort() for level in index.levels]
    *groups, words = (rank[code] for rank, code in zip(ranks, index.codes, strict=True))
    return uses.iloc[np.lexsort([words, -uses["count"], *groups])]


def _counted(tokens, by) -> tuple[pd.DataFrame, pd.DataFrame, tuple]:
    """Uses and articles of each word (of each group), words and articles of each group, and of all."""
    need(tokens, "article", "word")
    keys = [] if by is None else [choose("by", by, set(tokens) - {"word", "position", "start"})]
    codes, uses, names = tally(tokens, *keys, "word", "article")
    group, word = (codes[0], codes[1]) if keys else (np.zeros_like(codes[0]), codes[0])
    first = starts(group * len(names[-2]) + word)
    count = np.add.reduceat(uses, first) if len(first) else uses
    articles, groups = np.diff(first, append=len(uses)), names[0] if keys else pd.Index([""])
    levels = [(groups, group[first])] * bool(keys) + [(names[-2], word[first])]
    index = pd.MultiIndex(*zip(*levels, strict=True), names=[*keys, "word"])
    table = pd.DataFrame({"count": count, "articles": articles}, index)
    own = tally(tokens, *keys, "article")[0][0] if keys else np.zeros(len(sizes_of(tokens)), int)
    whole = pd.DataFrame({
        "words": np.bincount(group, uses, len(groups)).astype("i8"),
        "articles": np.bincount(own, minlength=len(groups)),
    }, groups)  # fmt: skip
    return table, whole, (len(tokens), len(sizes_of(tokens)))


def group_tokens(tokens, articles, by="month") -> pd.DataFrame:
    """The tokens with a column more, named as `by`: what their article is under it.

    by: month, quarter, year (of the article's date), theme, or a column of articles, as paper.
    Under theme a token counts once for each theme of its article. What has none is left out.

    >>> tokens = pd.DataFrame({"article": ["a", "b"], "word": ["网络", "网络"]})
    >>> articles = pd.DataFrame({"article": ["a", "b"], "paper": ["望川日报", None]})
    >>> group_tokens(tokens, articles, "paper").values.tolist()
    [['a', '网络', '望川日报']]
    """
    columns = {"theme": "themes"} | dict.fromkeys(PERIODS, "date")
    choose("by", by, {*columns, *articles} - {"article"})
    need(articles, "article", columns.get(by, by))
    values = articles.set_index("article")[columns.get(by, by)].explode().dropna()
    if by in PERIODS:
        values = pd.to_datetime(values).dt.to_period(PERIODS[by]).astype("str")
    values = values.astype("str").astype("category").rename(by).reset_index()
    values["article"] = values["article"].astype(tokens["article"].dtype)
    return tokens.merge(values, on="article")
