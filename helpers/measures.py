"""measures: tokens or articles → tables of numbers, each with a note. See docs/measures.md."""

import math
import re
from bisect import bisect_right

import numpy as np
import pandas as pd

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
G2 = "log_likelihood: G² over four cells (Dunning 1993), no correction, negative where fewer"


def frequencies(tokens, by=None) -> pd.DataFrame:
    """One row per word, the most frequent first: word, count, per_million, articles.

    by: a column of tokens to count apart, as "article" or "pos"; it comes first then, and
    per_million is within it. articles: how many hold the word.

    >>> tokens = pd.DataFrame({"article": ["a", "a", "b"], "word": ["网络", "安全", "网络"]})
    >>> frequencies(tokens)[["word", "count", "articles"]].values.tolist()
    [['网络', 2, 2], ['安全', 1, 1]]
    """
    _need(tokens, "article", "word")
    keys = [] if by is None else [_choose("by", by, set(tokens) - {"word", "position", "start"})]
    groups = tokens.groupby([*keys, "word"], observed=True)["article"]
    table = groups.agg(count="size", articles="nunique").reset_index().astype({"word": "str"})
    whole = table.groupby(by, observed=True)["count"].transform("sum") if keys else len(tokens)
    table["per_million"] = table["count"] / whole * 1e6
    table = table[[*keys, "word", "count", "per_million", "articles"]]
    note = f"{_size(tokens)}. per_million: uses in a million words{f' of a {by}' if keys else ''}."
    return _noted(table, note, *keys, "-count", "word")


def keyness(target, reference, min_count=5, min_articles=2) -> pd.DataFrame:
    """One row per word, the most typical of the target first, with its uses in two token tables.

    A word is in if one of the two uses it min_count times, and in min_articles articles.
    log_likelihood: G² over four cells (Dunning 1993), without correction, negative where the
    target uses the word less. log_ratio: Hardie (2014), no use counts as 0.5. p: chi-squared
    with 1 degree of freedom; p_adjusted: by Holm (1979) over the rows of the table.

    >>> one, other = ["网络"] * 8 + ["安全"] * 2, ["贸易"] * 8 + ["安全"] * 2
    >>> sets = [pd.DataFrame({"article": ["a", "b"] * 5, "word": w}) for w in (one, other)]
    >>> keyness(*sets)[["word", "log_likelihood", "log_ratio"]].round(2).values.tolist()
    [['网络', 16.91, 4.0], ['贸易', -16.91, -4.0]]
    """
    table = _side_by_side(target, reference, min_count, min_articles)
    a, b, c, d = table["count"], table["count_reference"], len(target), len(reference)
    table["log_likelihood"] = _g2(a, b, c, d)
    table["log_ratio"] = np.log2(a.where(a > 0, 0.5) * d / (b.where(b > 0, 0.5) * c))
    # With 1 degree of freedom chi-squared is a squared normal deviate.
    p = np.array([math.erfc(math.sqrt(abs(g2) / 2)) for g2 in table["log_likelihood"]], float)
    table = table.assign(p=p, p_adjusted=_holm(p))
    shared = len(set(target["article"]) & set(reference["article"]))
    note = (
        f"Target: {_size(target)}; reference: {_size(reference)}; articles in both: {shared:,}. "
        f"{len(table):,} words with {min_count} uses in {min_articles} articles of either. "
        f"{G2} in the target. log_ratio: Hardie (2014), no use counts as 0.5. "
        "p: chi-squared, 1 df; p_adjusted: Holm, over these words."
    )
    return _noted(table, note, "-log_likelihood", "word")


def concordance(articles, pattern, width=20) -> pd.DataFrame:
    """One row per place of a pattern: page, article, date, paper, left, node, right, start, line.

    pattern: a string, a list of strings (of two at one place the longer), or re.compile(…).
    width: characters on either side; ／ stands where a paragraph ends. start: of the node in the
    article's text; line: of the page's file. Copies are left out.

    >>> articles = pd.DataFrame([["p", "p#01", None, "望川日报", "建设网络强国", [[0, 7, 0]]]],
    ...     columns=["page", "article", "date", "paper", "text", "origin"])
    >>> concordance(articles, "网络", width=2)[["left", "node", "right", "line"]].values.tolist()
    [['建设', '网络', '强国', 7]]
    """
    _need(articles, "page", "article", "date", "paper", "text", "origin")
    if not isinstance(width, int) or width < 0:
        raise ValueError(f"width={width!r}: choose a whole number of characters, 0 or more.")
    if not isinstance(pattern, re.Pattern):
        longest_first = sorted(_strings(pattern), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    kept = _originals(articles)
    rows = [row for a in kept.itertuples() for row in _contexts(a, pattern, width)]
    columns = ["page", "article", "date", "paper", "left", "node", "right", "start", "line"]
    table = pd.DataFrame(rows, columns=columns).astype({"start": "int64", "line": "Int64"})
    note = (
        f"{len(table):,} places of {pattern.pattern} in {table['article'].nunique():,} of "
        f"{len(kept):,} articles; {width} characters on either side, ／ ends a paragraph; "
        f"copies left out: {len(articles) - len(kept):,}."
    )
    return _noted(table, note)


def _contexts(a, pattern, width):
    """The rows of one article's concordance."""
    text = a.text.replace("\n", "／")
    for m in pattern.finditer(a.text):
        start, end = m.span()
        before = bisect_right(a.origin, start, key=lambda o: o[0])
        line = a.origin[max(0, before - 1)][1] if len(a.origin) else None
        if end > start:
            yield (a.page, a.article, a.date, a.paper, text[max(0, start - width) : start],
                   text[start:end], text[end : end + width], start, line)  # fmt: skip


def collocates(tokens, node, span=5) -> pd.DataFrame:
    """One row per word near the node, the strongest first: how often it is there, how strongly.

    node: a word, or a list of words. span: words on either side in the same article; one between
    two nodes counts once. together: uses near the node; expected: as many as chance would put
    there. log_dice: Rychlý (2008). log_likelihood: as in `keyness`, near nodes against elsewhere.

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全", "重于", "泰山"]})
    >>> tokens["position"] = range(4)
    >>> collocates(tokens, "网络", span=1)[["word", "together", "log_dice"]].values.tolist()
    [['安全', 1, 14.0]]
    """
    _need(tokens, "article", "position", "word")
    if not isinstance(span, int) or span < 1:
        raise ValueError(f"span={span!r}: choose a whole number of words, 1 or more.")
    nodes, word = _strings(node), tokens["word"]
    is_node = word.isin(nodes).to_numpy()
    near = _near(tokens, is_node, span)
    inside, outside = near.sum(), (~near & ~is_node).sum()
    table = _tally(word[near]).rename("together").rename_axis("word").reset_index()
    count = table["word"].map(_tally(word)).astype(float)
    table["expected"] = count * inside / max(1, inside + outside)
    table["log_dice"] = 14 + np.log2(2 * table["together"] / (is_node.sum() + count))
    table["log_likelihood"] = _g2(table["together"], count - table["together"], inside, outside)
    note = (
        f"{is_node.sum():,} uses of {' '.join(nodes)}; {inside:,} words within {span} of them in "
        f"the same article, of {_size(tokens)}. log_dice: Rychlý (2008). {G2} than expected."
    )
    return _noted(table, note, "-log_dice", "-together", "word")


def _near(tokens, is_node, span):
    """Which words stand within span of a node in its article; nodes themselves do not."""
    position = tokens["position"].to_numpy("i8")
    # All articles on one line of places, too far apart for a span to reach from one to the next.
    apart = position.max(initial=0) + span + 1
    place = pd.factorize(tokens["article"])[0] * apart + position
    nodes = np.concatenate([[-span - 1], np.sort(place[is_node]), [np.iinfo("i8").max]])
    after = np.searchsorted(nodes, place)
    return ~is_node & ((place - nodes[after - 1] <= span) | (nodes[after] - place <= span))


def dispersion(tokens, words) -> pd.DataFrame:
    """One row per word asked for, in that order: word, count, range, dp, juilland_d.

    How evenly the articles share it. range: articles with the word. dp: deviation of proportions
    (Gries 2008), 0 as even as can be, near 1 all in one short article. juilland_d: Juilland's D
    of the rates in the articles, 1 even, 0 all in one. Neither is a number where count is 0.

    >>> tokens = pd.DataFrame({"article": list("aabb"), "word": ["网络", "安全", "网络", "贸易"]})
    >>> dispersion(tokens, "网络").values.tolist()
    [['网络', 2, 2, 0.0, 1.0]]
    """
    _need(tokens, "article", "word")
    words, sizes = _strings(words), _tally(tokens["article"])
    found = tokens[tokens["word"].isin(words)].astype({"word": "str", "article": "str"})
    uses = found.groupby(["word", "article"]).size().rename("count").reset_index()
    size = uses["article"].map(sizes).astype(float)
    uses = uses.assign(range=1, share=size / len(tokens), rate=uses["count"] / size)
    total = uses.groupby("word")[["count", "rate"]].transform("sum")
    uses["off"] = (uses["count"] / total["count"] - uses["share"]).abs()
    uses["square"] = (uses["rate"] - total["rate"] / len(sizes)) ** 2
    sums = uses.groupby("word").sum(numeric_only=True).reindex(words)
    table = _evenness(sums, len(sizes)).rename_axis("word").reset_index()
    note = f"{_size(tokens)}, the parts. dp: Gries (2008). juilland_d: of rates, population sd."
    return _noted(table.astype({"count": int, "range": int}), note)


def _evenness(sums, parts) -> pd.DataFrame:
    """DP and D from sums over the parts with a word; each other adds what a count of 0 adds."""
    mean, others = sums["rate"] / parts, parts - sums["range"]
    sd = np.sqrt((sums["square"] + others * mean**2) / parts)
    return sums[["count", "range"]].fillna(0).assign(
        dp=(sums["off"] + 1 - sums["share"]) / 2,
        juilland_d=(1 - sd / mean / math.sqrt(parts - 1)).clip(0) if parts > 1 else np.nan,
    )  # fmt: skip


def trend(tagged, concepts, by="month") -> pd.DataFrame:
    """One row per concept and period: how often, and in how many articles.

    Columns: period, concept, count, per_10k (uses in 10,000 characters of all its articles),
    articles, articles_with (the concept), chars. by: month, quarter, year or paper. A period
    without articles between others is a gap: articles 0, no rate. Copies are left out.

    >>> tagged = pd.DataFrame({"date": pd.to_datetime(["2023-01-05", "2023-03-01"]),
    ...     "chars": [500, 1000], "安全": [1, 0]})
    >>> trend(tagged, "安全")[["period", "per_10k", "articles"]].values.tolist()
    [['2023-01', 20.0, 1], ['2023-02', nan, 0], ['2023-03', 0.0, 1]]
    """
    key = "paper" if _choose("by", by, [*PERIODS, "paper"]) == "paper" else "date"
    _need(tagged, key, "chars")
    numbers = set(tagged.select_dtypes("integer")) - {"chars", "page_no"}
    concepts = [_choose("concepts", c, numbers) for c in _strings(concepts)]
    kept = _originals(tagged)
    known = kept[kept[key].notna()]
    period, every = _periods(known[key], by)
    groups = known.assign(articles=1).groupby(period)
    whole = groups[["articles", "chars"]].sum().reindex(every, fill_value=0)
    count = groups[concepts].sum().reindex(every, fill_value=0)
    using = (known[concepts] > 0).groupby(period).sum().reindex(every, fill_value=0)
    table = pd.DataFrame({
        "period": np.tile(np.array(every, "O"), len(concepts)),
        "concept": np.repeat(np.array(concepts, "O"), len(every)),
        "count": count.to_numpy().ravel("F"),
        "per_10k": count.div(whole["chars"].replace(0, np.nan), axis=0).to_numpy().ravel("F") * 1e4,
        "articles": np.tile(whole["articles"], len(concepts)),
        "articles_with": using.to_numpy().ravel("F"),
        "chars": np.tile(whole["chars"], len(concepts)),
    })  # fmt: skip
    gaps, few = (whole["articles"] == 0).sum(), whole["articles"].between(1, 4).sum()
    note = (
        f"{len(known):,} articles; left out: {len(tagged) - len(kept):,} copies and "
        f"{len(kept) - len(known):,} without a {key}. per_10k: uses in 10,000 characters of all "
        f"articles of the {by}. Of {len(every)}, {gaps} are gaps, {few} have under 5 articles."
    )
    return _noted(table, note)


def _periods(values, by):
    """The period of each article, and all the periods from the first to the last."""
    if by == "paper" or values.empty:
        return values, sorted(set(values))
    periods = pd.to_datetime(values).dt.to_period(PERIODS[by])
    return periods.astype(str), [*map(str, pd.period_range(periods.min(), periods.max()))]


def _side_by_side(target, reference, min_count, min_articles) -> pd.DataFrame:
    """The frequencies of two sets, for the words that one of them uses often enough."""
    sides = [frequencies(side).set_index("word") for side in (target, reference)]
    often = [s.index[(s["count"] >= min_count) & (s["articles"] >= min_articles)] for s in sides]
    table = pd.concat([sides[0], sides[1].add_suffix("_reference")], axis=1).fillna(0)
    table = table[table.index.isin([*often[0], *often[1]]) & all(map(len, sides))].reset_index()
    columns = ["count", "count_reference", "per_million", "per_million_reference", "articles"]
    return table[["word", *columns]].astype(dict.fromkeys((*columns[:2], "articles"), int))


def _g2(a, b, c, d):
    """The signed G² of a uses in c words against b uses in d words, from all four cells."""
    observed = np.array([a, b, c - a, d - b], dtype=float)
    margins = np.array([a + b, a + b, c + d - a - b, c + d - a - b], dtype=float)
    expected = margins * np.array([[c], [d], [c], [d]]) / max(1, c + d)
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    g2 = 2 * (observed * np.log(ratio)).sum(axis=0)  # 0 ln 0 is 0
    return np.sign(observed[0] - expected[0]) * g2.clip(0)


def _holm(p):
    """Holm's adjusted p: the k-th smallest of m times m - k + 1, never less than the one before."""
    order = np.argsort(p)
    steps = np.maximum.accumulate(np.sort(p) * np.arange(len(p), 0, -1)).clip(max=1)
    return steps[np.argsort(order)]


def _strings(value) -> list[str]:
    """One string or several as a list, each once."""
    values = [value] if isinstance(value, str) else list(value)
    if not all(isinstance(v, str) and v for v in values):
        raise ValueError(f"{value!r}: give a string or a list of strings, none of them empty.")
    return list(dict.fromkeys(values))


def _choose(name, value, choices):
    if value not in choices:
        raise ValueError(f"{name}={value!r}: choose one of {', '.join(sorted(choices))}.")
    return value


def _need(table, *columns):
    if missing := [c for c in columns if c not in table]:
        raise ValueError(f"The table lacks {', '.join(missing)}; it has {', '.join(table)}.")


def _originals(articles):
    return articles[articles["duplicate_of"].isna()] if "duplicate_of" in articles else articles


def _tally(values) -> pd.Series:
    """How often each value stands there, the values as strings."""
    counts = values.value_counts()
    return counts.set_axis(counts.index.astype("str"))[lambda n: n > 0]


def _size(tokens) -> str:
    return f"{len(tokens):,} words in {tokens['article'].nunique():,} articles"


def _noted(table, note, *order):
    """The table with its footnote, sorted by order: a column with a minus from high to low."""
    if order:
        names, up = [c.removeprefix("-") for c in order], [c[0] != "-" for c in order]
        table = table.sort_values(names, ascending=up, ignore_index=True)
    table.attrs = {"note": note}
    return table
