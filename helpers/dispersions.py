"""dispersions: is a word everywhere, or in one place? See `dispersion`."""

import math

import numpy as np
import pandas as pd

from helpers.tables import (
    coded,
    joined,
    noted,
    numbered,
    parts_of,
    sizes_of,
    starts,
    strings,
    tally,
)


def dispersion(tokens, words=None) -> pd.DataFrame:
    """One row per word asked for, in that order: word, count, range, and how evenly it is spread.

    The parts are the articles. words: a word or several; None: all. range: articles with the word.
    dp: deviation of proportions (Gries 2008), 0 as even as can be, near 1 all in one short
    article; dp_norm: the same, at most 1. juilland_d: of the rates in the articles, 1 even, 0 all
    in one. carroll_d2, rosengren_s: 1 even. kl_divergence: 0 even. juilland_u, carroll_um: the
    count times that. arf: the count, of which uses close together are one (average reduced
    frequency), along the whole corpus; ald, awt: of the distances, log₁₀ and waiting time. None is
    a number where count is 0. tokens: a table, or those of the parts of a corpus (see `parts_of`),
    each with its positions.

    >>> tokens = pd.DataFrame({"article": list("aabb"), "word": ["网络", "安全", "网络", "贸易"]})
    >>> dispersion(tokens, "网络")[["word", "count", "range", "dp", "arf"]].values.tolist()
    [['网络', 2, 2, 0.0, 2.0]]
    """
    parts = [_chosen(numbered(part), words) for part in parts_of(tokens)]
    chosen, sizes = joined([p[0] for p in parts]), pd.concat([p[1] for p in parts]).sort_index()
    place = _along(chosen, sizes) if len(parts) > 1 else chosen["place"].to_numpy()
    code, names = coded(chosen["word"])
    words = list(names[np.unique(code)]) if words is None else strings(words)
    table = _evenness(chosen, sizes, len(names))
    apart = _distances(place, code, table["count"], sizes.sum())
    table = (
        table.assign(**apart)
        .where(table["count"] > 0)
        .set_axis(names)
        .reindex(words)
        .rename_axis("word")
        .reset_index()
    )
    table[["count", "range"]] = table[["count", "range"]].fillna(0).astype("int64")
    note = (
        f"{sizes.sum():,} words in {len(sizes):,} articles, the parts. juilland_d: of rates, population sd (Juilland 1964); "
        "carroll_d2: Carroll (1970); rosengren_s: Rosengren (1971); dp: Gries (2008); dp_norm: "
        "Lijffijt and Gries (2012); kl_divergence: log₂ (Gries 2019); arf: Savický and Hlaváčová "
        "(2002). Empty where a word is not used, or, for D, D₂ and dp_norm, where there is one part."
    )
    return noted(table, note)


def _chosen(tokens, words) -> tuple[pd.DataFrame, pd.Series]:
    """The tokens that are a word asked for, each with its place; and the words of each article."""
    code, names = coded(tokens["word"])
    is_chosen = np.ones(len(names), bool) if words is None else names.isin(strings(words))
    is_chosen = is_chosen[code] if len(names) else np.zeros(len(tokens), bool)
    place, sizes = _places(tokens, is_chosen), sizes_of(tokens)
    chosen = tokens.loc[is_chosen, ["article", "word"]]
    before = (sizes.cumsum() - sizes).reindex(coded(chosen["article"])[1]).to_numpy()
    inside = place - before[coded(chosen["article"])[0]]
    return chosen.assign(place=place, inside=inside), sizes


def _along(chosen, sizes) -> np.ndarray:
    """The places of chosen tokens in the whole corpus, each of whose articles stands in one part.

    A part told them as if it were all there is: what counts is how far into its article a token is.
    """
    code, articles = coded(chosen["article"])
    before = (sizes.cumsum() - sizes).reindex(articles).to_numpy()
    return before[code] + chosen["inside"].to_numpy()


def _evenness(chosen, sizes, most) -> pd.DataFrame:
    """The measures over parts, a row for each number of a word.

    Only parts with the word are looked at; what the others add is a matter of their number.
    """
    (word, article), uses, (_, articles) = tally(chosen, "word", "article")
    n, words = len(sizes), sizes.reindex(articles, fill_value=0).to_numpy(float)[article]
    count, parts = np.bincount(word, uses, most), np.bincount(word, minlength=most)
    share, rate, of_uses = words / sizes.sum(), uses / words, uses / count[word]
    rates = np.bincount(word, rate, most)
    mean, of_rates = rates / max(n, 1), rate / rates[word]
    square = np.bincount(word, (rate - mean[word]) ** 2, most) + (n - parts) * mean**2
    one = np.nan if n < 2 else 1  # a single part can share nothing
    with np.errstate(invalid="ignore"):  # a word that is not used
        d = one * (1 - np.sqrt(square / max(n, 1)) / mean / math.sqrt(max(n - 1, 1))).clip(0)
    d2 = one * np.bincount(word, -of_rates * np.log(of_rates), most) / math.log(max(n, 2))
    dp = (1 + np.bincount(word, np.abs(of_uses - share) - share, most)) / 2
    return pd.DataFrame({
        "count": count,
        "range": parts,
        "dp": dp,
        "juilland_d": d,
        "dp_norm": one * dp / (1 - sizes.min() / sizes.sum() if n > 1 else 1),
        "carroll_d2": d2,
        "rosengren_s": np.bincount(word, np.sqrt(share * of_uses), most) ** 2,
        "kl_divergence": np.bincount(word, of_uses * np.log2(of_uses / share), most),
        "juilland_u": d * count,
        "carroll_um": d2 * count + (1 - d2) * count / max(n, 1),
    })  # fmt: skip


def _places(tokens, is_chosen) -> np.ndarray:
    """Where each chosen token stands in the corpus, read article after article."""
    if "position" not in tokens:
        return np.flatnonzero(is_chosen)
    position = tokens["position"].to_numpy("i8")
    place = coded(tokens["article"])[0] * (position.max(initial=0) + 1) + position
    return np.searchsorted(np.sort(place), place[is_chosen])


def _distances(place, word, count, tokens) -> dict[str, np.ndarray]:
    """What the distances from use to use say, the last to the first included: arf, ald, awt."""
    order = np.lexsort((place, word))
    place, word = place[order], word[order]
    first = starts(word)
    last = np.append(first, len(word))[1:] - 1
    gap = np.diff(place, prepend=0)
    gap[first] = place[first] - place[last] + tokens
    even = tokens / np.maximum(count, 1).to_numpy()  # the distance if all were as far apart
    logs, squares = gap * np.log10(np.maximum(gap, 1)), gap.astype(float) ** 2
    most = len(count)
    return {
        "arf": np.bincount(word, np.minimum(gap, even[word]), most) / even,
        "ald": np.bincount(word, logs, most) / max(tokens, 1),
        "awt": (1 + np.bincount(word, squares, most) / max(tokens, 1)) / 2,
    }
