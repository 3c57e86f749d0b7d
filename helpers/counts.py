"""counts: tokens → how often each word, in all and by group. See `frequencies`."""

import numpy as np
import pandas as pd

from helpers.tables import PERIODS, choose, need, noted, size, starts, tally


def frequencies(tokens, by=None) -> pd.DataFrame:
    """One row per word, the most frequent first: word, count, per_million, articles, share.

    by: a column of tokens to count apart, as "article" or "pos"; it comes first then, and
    per_million and share are within it. articles: how many hold the word; share: of all.
    For papers, months and themes see `group_tokens`.

    >>> tokens = pd.DataFrame({"article": ["a", "a", "b"], "word": ["网络", "安全", "网络"]})
    >>> frequencies(tokens)[["word", "count", "articles", "share"]].values.tolist()
    [['网络', 2, 2, 1.0], ['安全', 1, 1, 0.5]]
    """
    need(tokens, "article", "word")
    keys = [] if by is None else [choose("by", by, set(tokens) - {"word", "position", "start"})]
    codes, uses, names = tally(tokens, *keys, "word", "article")
    group, word = (codes[0], codes[1]) if keys else (np.zeros_like(codes[0]), codes[0])
    first = starts(group * len(names[-2]) + word)
    count = np.add.reduceat(uses, first) if len(first) else uses
    articles = np.diff(first, append=len(uses))
    group, word = group[first], word[first]
    table = pd.DataFrame({by: names[0][group]} if keys else {})
    table["word"], table["count"] = names[-2][word], count
    table["per_million"] = count / np.bincount(group, weights=count)[group] * 1e6
    table["articles"], parts = articles, tally(tokens, *keys, "article")[0]
    table["share"] = articles / (np.bincount(parts[0])[group] if keys else len(parts[0]))
    within = f" of a {by}" if keys else ""
    note = (
        f"{size(tokens)}. per_million: uses in a million words{within}; share: of the articles"
        f"{within} that have words."
    )
    return noted(table, note, *keys, "-count", "word")


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
