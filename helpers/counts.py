"""counts: tokens → how often each word, and the sequences of words. See `frequencies`.

A table of n-grams is a table of tokens: whatever counts words counts them too.
"""

import numpy as np
import pandas as pd

from helpers.tables import PERIODS, choose, coded, need, noted, size, starts, tally, whole

HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


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
    table["share"] = articles / (np.bincount(parts[0])[group] if keys else parts.shape[1])
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


def ngrams(tokens, n=2) -> pd.DataFrame:
    """One row per sequence of n words in reading order: article, position, start, word.

    Only words with nothing between them: no mark, no blank, no end of a paragraph or article.
    position and start are those of its first word. It is a table of tokens: count it with
    `frequencies`, compare it with `keyness`.

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全", "法"]})
    >>> tokens["position"], tokens["start"] = range(3), [0, 2, 5]
    >>> list(ngrams(tokens, 2)["word"])
    ['网络安全']
    """
    need(tokens, "article", "position", "start", "word")
    whole("n", n, 1, "words")
    code, names = coded(tokens["word"])
    article = coded(tokens["article"])[0]
    start, length = tokens["start"].to_numpy("i8"), names.str.len().to_numpy("i8")[code]
    touches = (article[1:] == article[:-1]) & (start[1:] == (start + length)[:-1])
    gaps = np.append(0, np.cumsum(~touches))[: len(tokens)]
    first = np.flatnonzero(gaps[: max(0, len(gaps) - n + 1)] == gaps[n - 1 :])
    kinds, number = _kinds([code[first + k] for k in range(n)], len(names))
    words = ["".join(parts) for parts in zip(*(names[k] for k in kinds), strict=True)]
    table = tokens.iloc[first][["article", "position", "start"]].reset_index(drop=True)
    table["word"] = _categories(words, number)
    return noted(table, f"{len(table):,} sequences of {n} words that touch, of {size(tokens)}.")


def _kinds(parts, most):
    """The distinct rows of several columns of codes, as columns; and the number of each row."""
    number, kinds = parts[0], [np.arange(most)]
    for part in parts[1:]:
        pairs, number = np.unique(number * most + part, return_inverse=True)
        kinds = [k[pairs // most] for k in kinds] + [pairs % most]
    return kinds, number


def _categories(words, number) -> pd.Categorical:
    """Words by their numbers; two numbers may be one word: 发展|中国家, 发展中|国家."""
    codes, names = pd.factorize(np.array(words, object))
    return pd.Categorical.from_codes(codes[number] if len(number) else [], names)


def character_ngrams(articles, n=2) -> pd.DataFrame:
    """One row per sequence of n Han characters in reading order: article, position, start, word.

    No segmenter has a say in it, and no mark, digit or Latin letter is inside. Copies are left out.

    >>> articles = pd.DataFrame({"article": ["a"], "text": ["网络安全，5G网"]})
    >>> list(character_ngrams(articles, 2)["word"])
    ['网络', '络安', '安全']
    """
    need(articles, "article", "text")
    whole("n", n, 1, "characters")
    kept = articles if "duplicate_of" not in articles else articles[articles["duplicate_of"].isna()]
    texts = kept["text"].fillna("")
    letters = np.array(list("\n".join([*texts, ""])), "U1")
    ends = (texts.str.len() + 1).cumsum().to_numpy("i8")
    codes, names = pd.factorize(letters)
    han = pd.Series(names, dtype="str").str.fullmatch(HAN).to_numpy(bool)[codes]
    run = np.cumsum(~han)
    first = np.flatnonzero(
        han[: max(0, len(han) - n + 1)] & (run[: max(0, len(run) - n + 1)] == run[n - 1 :])
    )
    row = np.searchsorted(ends, first, side="right")
    kinds, number = _kinds([codes[first + k] for k in range(n)], len(names))
    words = ["".join(parts) for parts in zip(*(names[k] for k in kinds), strict=True)]
    table = pd.DataFrame({"article": pd.Categorical(kept["article"])[row]})
    table["start"] = first - np.append(0, ends)[row]
    table.insert(1, "position", table["start"])
    table["word"] = _categories(words, number)
    note = f"{len(table):,} sequences of {n} Han characters in {len(kept):,} articles."
    return noted(table, f"{note} Copies left out: {len(articles) - len(kept):,}.")
