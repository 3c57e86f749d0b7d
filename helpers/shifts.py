"""shifts: how far two sets of words are apart, and which words make it so. See `compare`."""

import numpy as np
import pandas as pd

from helpers.tables import coded, need, noted, size


def compare(target, reference) -> pd.DataFrame:
    """One row per word of two token tables, those that set them apart most first.

    score: what the word adds to the Jensen-Shannon divergence of the two, in bits; share: the
    same as part of the whole: the shares add up to 1. more_in: target or reference, where the
    word's rate is higher. divergence, of all words: 0, the same rates, to 1, no word in common;
    it stands in the footnote and in table.attrs.

    >>> sets = [pd.DataFrame({"article": "a", "word": list(w)}) for w in ("aaabbccccc", "accccddddd")]
    >>> compare(*sets)[["word", "share", "more_in"]].round(2).values.tolist()[0]
    ['d', 0.64, 'reference']
    """
    need(target, "article", "word")
    need(reference, "article", "word")
    sides = [_uses(side["word"]) for side in (target, reference)]
    table = pd.concat(sides, axis=1, keys=["count", "count_reference"]).fillna(0).astype("int64")
    p, q = (table[c].to_numpy() / max(1, table[c].sum()) for c in table)
    middle = (p + q) / 2
    score = sum(_part(x, middle) for x in (p, q)) / 2 if len(target) and len(reference) else 0 * p
    table["per_million"], table["per_million_reference"] = p * 1e6, q * 1e6
    divergence = float(np.sum(score))
    table = table.assign(score=score, share=score / (divergence or 1))
    table["more_in"] = np.select([p > q, p < q], ["target", "reference"], "")
    note = (
        f"Target: {size(target)}; reference: {size(reference)}. Jensen-Shannon divergence "
        f"{divergence:.6f} bits (Lin 1991; as a shift: Gallagher et al. 2021); score: what a word "
        "adds to it; share: of the whole. No minimum, no test."
    )
    table = noted(table.rename_axis("word").reset_index(), note, "-score", "word")
    table.attrs |= {"divergence": divergence, "sizes": [len(target), len(reference)]}
    return table


def _uses(words) -> pd.Series:
    """How often each word is used, the most frequent first."""
    code, names = coded(words)
    code, order = pd.factorize(code)
    return pd.Series(np.bincount(code, minlength=len(order)), names[order]).sort_values(
        ascending=False
    )


def _part(p, middle):
    """p log₂(p / middle), where 0 log 0 is 0."""
    return p * np.log2(np.divide(p, middle, out=np.ones_like(p), where=p > 0))
