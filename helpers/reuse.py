"""reuse: passages that articles share, side by side and by cluster. See `find_passages`.

Which articles to look at, the index of duplicates has found: `duplicate_of` and `similar_to`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.tables import need, noted, whole

FEWEST = 8  # letters of a passage that can be asked for: fewer are words
AT_HAND = 5000  # texts whose letters are at hand: 65 MB
FACTOR = 0x9E3779B97F4A7C15  # any odd number
COLUMNS = ["cluster", "articles", "article", "start", "other", "other_start", "letters", "passage"]


def find_passages(articles, least=20) -> pd.DataFrame:
    """One row per passage that two articles share: where it stands in either, and its words.

    least: letters that a passage has at least; marks and blanks are passed over. cluster: articles
    that are linked by such passages, directly or by others, the largest first; articles: how many
    they are. Copies are looked at too: a report that is printed again is the plainest reuse.

    >>> bus = "入夜九点，青石渡的末班车刚刚开出。"
    >>> table = pd.DataFrame({"article": ["a", "b"], "text": [f"今天{bus}", f"{bus}完"],
    ...                       "duplicate_of": [None, None], "similar_to": [[["b", .9]], []]})
    >>> find_passages(table, 10)[["article", "start", "other_start", "letters"]].values.tolist()
    [['a', 2, 0, 15]]
    """
    need(articles, "article", "text", "duplicate_of", "similar_to")
    whole("least", least, FEWEST, "letters")
    texts = dict(zip(articles["article"], articles["text"].fillna(""), strict=True))
    pairs = [p for p in _pairs(articles) if p[1] in texts]
    letters = lru_cache(AT_HAND)(lambda name: _letters(texts[name], least))
    rows = [
        (one, start, other, there, size, texts[one][start:end])
        for one, other in pairs
        for start, end, there, size in _shared(letters(one), letters(other), least)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS[2:])
    cluster = _clusters(table["article"], table["other"])
    sizes = pd.Series(cluster, dtype=object).value_counts()
    order = {name: n for n, name in enumerate(sorted(sizes.index, key=lambda c: (-sizes[c], c)), 1)}
    roots = [cluster[name] for name in table["article"]]
    table["cluster"], table["articles"] = [order[r] for r in roots], [sizes[r] for r in roots]
    note = (
        f"{len(pairs):,} pairs of {len(articles):,} articles that are copies or have passages in "
        f"common; passages of {least} letters or more, marks and blanks passed over; "
        f"{len(sizes):,} clusters."
    )
    return noted(table[COLUMNS], note, "cluster", "-letters", "article", "start")


def _pairs(articles):
    """Pairs of articles that are alike, each once."""
    columns = articles[["article", "duplicate_of", "similar_to"]]
    found = {}
    for name, of, similar in columns.itertuples(index=False):
        others = [of] if isinstance(of, str) else []
        for other in [*others, *(x[0] for x in similar)]:
            found[tuple(sorted((name, other)))] = None
    return list(found)


class Letters(NamedTuple):
    """A text without marks and blanks: its letters, where each stands, and of each place the key.

    Places with the same letters ahead, as many as a passage has, have the same key. order: the
    places by their keys.
    """

    letters: str
    at: np.ndarray
    keys: np.ndarray
    order: np.ndarray


def _letters(text: str, least: int) -> Letters:
    """The letters of a text, ready to be held against those of others."""
    blank = re.sub(r"\W", "\0", text)
    codes = np.frombuffer(blank.encode("utf-32-le", "surrogatepass"), "<u4")
    at = np.flatnonzero(codes)
    keys = _keys(codes[at].astype("u8"), least)
    return Letters(blank.replace("\0", ""), at, keys, np.argsort(keys, kind="stable"))


def _keys(codes: np.ndarray, least: int) -> np.ndarray:
    """A number for each run of so many codes; of runs that are alike, the same one."""
    up, down = (np.full(len(codes), x, "u8").cumprod() for x in (FACTOR, pow(FACTOR, -1, 2**64)))
    sums = np.append(np.zeros(1, "u8"), (codes * up).cumsum())
    runs = sums[least:] - sums[:-least]
    return runs * down[: len(runs)]


def _shared(a: Letters, b: Letters, least: int):
    """Start and end of each passage of a that stands in b too, its start there, its letters."""
    theirs, done = np.append(b.keys[b.order], np.zeros(1, "u8")), 0
    first = theirs[:-1].searchsorted(a.keys)
    for i in np.flatnonzero(theirs[first] == a.keys).tolist():
        if i < done:
            continue
        places = b.order[first[i] : theirs[:-1].searchsorted(a.keys[i], "right")].tolist()
        length, j = max(((_run(a.letters, i, b.letters, j), j) for j in places), default=(0, 0))
        if length >= least:  # else another run has the key by chance
            yield int(a.at[i]), int(a.at[i + length - 1]) + 1, int(b.at[j]), length
            done = i + length


def _run(a: str, i: int, b: str, j: int) -> int:
    """How many letters two texts have in common from two places on."""
    length = 0
    while a[i + length : i + length + 1] == b[j + length : j + length + 1] != "":
        length += 1
    return length


def _clusters(ones, others) -> dict[str, str]:
    """The first article of the cluster of each article that is in a pair."""
    root = {}

    def first(name):
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for one, other in zip(ones, others, strict=True):
        low, high = sorted((first(one), first(other)))
        root[high] = low
    return {name: first(name) for name in list(root)}
