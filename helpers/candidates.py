"""candidates: strings that the segmenter splits and the corpus keeps together.

See `find_new_words`. What it offers is for a reader to judge, and then for words.txt.
"""

import numpy as np
import pandas as pd

from helpers.sequences import distinct, heads, touching
from helpers.tables import coded, need, noted, size, whole

LONGEST = 4  # words that a new one may be made of
COHESION, FREEDOM = 4.0, 1.0  # bits of PMI, and of branching entropy, that a candidate needs
DIGITS = r"\d|[〇零一二三四五六七八九十百千万亿]{2}"
COLUMNS = ["word", "parts", "count", "articles", "pmi", "entropy_left", "entropy_right", "score"]


def find_new_words(tokens, min_count=5, min_articles=2) -> pd.DataFrame:
    """One row per string of 2 to 4 words that may be one word, the likeliest first.

    parts: as the segmenter cuts it. pmi: how much oftener the parts are together than by chance, in
    bits, at the weakest seam. entropy_left, entropy_right: how freely words change before and
    after it, in bits; a mark or a border is always another. score: pmi and the smaller entropy
    together. In are those with pmi ≥ 4 and both entropies ≥ 1, and no number.

    >>> rows = [(f"a{i}", k, w, s) for i in range(5)
    ...         for k, (w, s) in enumerate([("甲乙丙丁戊"[i], 0), ("网信", 1), ("办", 3)])]
    >>> rows += [("b", k, w, 3 * k) for k, w in enumerate("子丑寅卯辰巳午未申酉戌亥" * 9)]
    >>> tokens = pd.DataFrame(rows, columns=["article", "position", "word", "start"])
    >>> find_new_words(tokens)[["word", "parts", "count"]].values.tolist()
    [['网信办', '网信 办', 5]]
    """
    need(tokens, "article", "position", "start", "word")
    whole("min_count", min_count, 2, "uses")
    tokens = tokens.assign(touches=touching(tokens))
    counted = [_counted(tokens, n) for n in range(1, LONGEST + 1)]
    found = [_judged(tokens, counted, n, min_count) for n in range(2, LONGEST + 1)]
    table = pd.concat([f for f in found if len(f)] or [pd.DataFrame(columns=COLUMNS)])
    bound = (table["pmi"] >= COHESION) & (
        table[["entropy_left", "entropy_right"]].min(axis=1) >= FREEDOM
    )
    table = table[bound & (table["articles"] >= min_articles)]
    table = table[~table["word"].astype("str").str.contains(DIGITS)]
    note = (
        f"{size(tokens)}. Strings of 2 to {LONGEST} words that touch, {min_count} times in "
        f"{min_articles} articles; pmi: log₂, the weakest seam, at least {COHESION:g}; branching "
        f"entropy: log₂, at least {FREEDOM:g} on either side. Candidates, to be read."
    )
    return noted(table, note, "-score", "word")


def _counted(tokens, n):
    """Where sequences of n words begin, the number of each, and how often each number is used."""
    code, names = coded(tokens["word"])
    first = heads(tokens["touches"].to_numpy(), n)
    kinds, number = distinct([code[first + k] for k in range(n)], len(names))
    uses = np.bincount(number, minlength=len(kinds[0]))
    at = np.zeros(len(tokens))  # uses of the sequence that begins at each word
    at[first] = uses[number]
    return first, number, uses, at


def _judged(tokens, counted, n, least) -> pd.DataFrame:
    """Every sequence of n words that is used often enough: its uses, its cohesion, its freedom."""
    first, number, uses, at = counted[n - 1]
    often = (uses >= least)[number]  # most are used once: the others alone are looked at
    first, (kinds, place, number) = first[often], _first_of(number[often])
    uses, (code, names) = uses[kinds], coded(tokens["word"])
    place, names = first[place], names.to_numpy(object)
    seams = [at[place] * len(tokens) / (counted[k - 1][3][place] * counted[n - k - 1][3][place + k])
             for k in range(1, n)]  # fmt: skip
    parts = [names[code[place + k]] for k in range(n)]
    before, after = _neighbours(tokens, code, first, n)
    table = pd.DataFrame({
        "word": ["".join(p) for p in zip(*parts, strict=True)],
        "parts": [" ".join(p) for p in zip(*parts, strict=True)],
        "count": uses,
        "articles": _kinds_of(number, coded(tokens["article"])[0][first], len(uses)),
        "pmi": np.log2(np.minimum.reduce(seams)) if len(uses) else np.zeros(0),
        "entropy_left": _entropy(number, before, uses),
        "entropy_right": _entropy(number, after, uses),
    })  # fmt: skip
    return table.assign(score=table["pmi"] + table[["entropy_left", "entropy_right"]].min(axis=1))


def _first_of(number):
    """The numbers that occur, the first place of each, and all of them numbered anew from 0."""
    return np.unique(number, return_index=True, return_inverse=True)


def _neighbours(tokens, code, first, n):
    """The word before and the word after each sequence; each border is a word of its own."""
    borders = code.max(initial=0) + 1 + np.arange(len(code) + 1)
    touches = tokens["touches"].to_numpy()
    after = np.where(touches, np.append(code[1:], 0)[: len(code)], borders[:-1])
    before = np.append(borders[-1], np.where(touches, code, borders[:-1])[:-1])[: len(code)]
    return before[first], after[first + n - 1]


def _kinds_of(number, other, most) -> np.ndarray:
    """How many different others each number stands with."""
    pairs = np.unique(number * (other.max(initial=0) + 1) + other)
    return np.bincount(pairs // (other.max(initial=0) + 1), minlength=most)


def _entropy(number, neighbour, uses) -> np.ndarray:
    """The entropy, in bits, of what stands beside each number."""
    width = neighbour.max(initial=0) + 1
    pairs, count = np.unique(number * width + neighbour, return_counts=True)
    owner = pairs // width
    p = count / uses[owner]
    return np.bincount(owner, -p * np.log2(p), len(uses))
