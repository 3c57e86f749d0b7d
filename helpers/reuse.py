"""reuse: passages that articles share, side by side and by cluster. See `find_passages`.

Which articles to look at, the index of duplicates has found: `duplicate_of` and `similar_to`.
"""

import re

import pandas as pd

from helpers.tables import need, noted, whole

SEED = 8  # letters in common that begin a passage
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
    whole("least", least, SEED, "letters")
    texts = dict(zip(articles["article"], articles["text"].fillna(""), strict=True))
    pairs = [p for p in _pairs(articles) if p[1] in texts]
    rows = [
        (one, start, other, there, letters, texts[one][start:end])
        for one, other in pairs
        for start, end, there, letters in _shared(texts[one], texts[other], least)
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


def _shared(a: str, b: str, least: int):
    """Start and end of each passage of a that stands in b too, its start there, its letters."""
    (mine, at), (theirs, there) = (_letters(t) for t in (a, b))
    places = {}
    for i in range(len(theirs) - SEED + 1):
        places.setdefault(theirs[i : i + SEED], []).append(i)
    i = 0
    while i <= len(mine) - SEED:
        starts = places.get(mine[i : i + SEED], ())
        length, j = max(((_run(mine, i, theirs, j), j) for j in starts), default=(1, 0))
        if length >= least:
            yield at[i], at[i + length - 1] + 1, there[j], length
            i += length
        else:
            i += 1


def _letters(text: str) -> tuple[str, list[int]]:
    """A text without marks and blanks, and where each of its letters stands."""
    found = [(m[0], m.start()) for m in re.finditer(r"\w", text)]
    return "".join(c for c, _ in found), [k for _, k in found]


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
