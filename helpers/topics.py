"""topics: which words keep company across articles, by matrix factorisation. See `find_topics`.

scikit-learn does the factorisation. What it does not tell is added: whether a topic's words do
stand in the same articles, and whether another start would have found the same topic.
"""

from importlib import metadata

import numpy as np
import pandas as pd

from helpers import arrow
from helpers.kept import FEW, key_of, make_new
from helpers.tables import noted, numbered, size, tally, whole

WORDS = 10  # of a topic that are looked at
LEADING = 5  # articles of a topic that are named
NEEDED = 5  # articles a topic, or there is none: of fewer any grouping is chance
STARTS = 4  # other random starts that a topic is held against
COLUMNS = {"topic": "int", "words": "str", "articles": "int", "share": "float", "npmi": "float",
           "u_mass": "float", "stability": "float", "leading": "str"}  # fmt: skip
MADE_BY = ("scikit-learn", "scipy", "numpy")  # whose last digits are those of their versions


def find_topics(tokens, n=8, seed=0) -> pd.DataFrame:
    """One row per topic, the one that leads most articles first: its words and its articles.

    words: the ten heaviest. articles: how many it leads, share: of all. npmi: do its words stand
    in the same articles, -1 never, 0 as by chance, 1 always (Bouma 2009); u_mass: the same as a
    log. stability: of its words, how many come again from four other random starts, 0 to 1.
    leading: the five articles in which it is strongest. Hide stop words first. A word has to be in
    two articles and not in more than half of them. Under 5 articles a topic the table is empty.

    >>> tokens = pd.DataFrame({"article": ["a", "a", "b"], "word": ["网络", "安全", "贸易"]})
    >>> find_topics(tokens, n=2).empty
    True
    """
    whole("n", n, 2, "topics")
    matrix, words, articles = _matrix(numbered(tokens))
    about = f"{size(tokens)}; {len(words):,} words in two articles or more, and in half at most. "
    if len(articles) < NEEDED * n or len(words) < WORDS * n:
        return noted(
            pd.DataFrame(columns=[*COLUMNS]),
            f"{about}Too few for {n} topics: it takes {NEEDED * n} articles, {WORDS * n} words.",
        )
    counted = matrix, words, articles
    make = lambda _: (arrow.tabled(_topics(*counted, n, seed), COLUMNS), [n])
    few = len(articles) < FEW
    rows, _ = make([0]) if few else make_new("topics", [key_of(_told(*counted, n, seed))], make)
    note = (
        f"{about}scikit-learn's NMF of {n} topics over tf-idf, NNDSVDa, seed {seed}. npmi, u_mass: "
        f"over pairs of the {WORDS} words, within an article. stability: Jaccard with the nearest "
        f"topic of {STARTS} random starts. Topics are a way to look, no finding: other n, others."
    )
    return noted(arrow.framed(rows, COLUMNS), note, "-articles", "topic")


def _told(matrix, words, articles, *asked) -> bytes:
    """What tells some articles, and what is asked of them, from others."""
    numbers = [x.tobytes() for x in (matrix.data, matrix.indices, matrix.indptr)]
    told = [*words], [*articles], asked, [*map(metadata.version, MADE_BY)]
    return b"".join([*numbers, repr(told).encode()])


def _topics(matrix, words, articles, n, seed) -> list[tuple]:
    """The rows of the topics, in the order in which they are found."""
    weights, tops = _factors(matrix, n, seed, "nndsvda")
    others = [_factors(matrix, n, seed + k, "random")[1] for k in range(1, STARTS + 1)]
    led = np.bincount(weights.argmax(1), minlength=n).tolist()
    together = (matrix > 0).astype("i8")
    return [
        (k + 1, " ".join(words[top]), led[k], led[k] / len(articles),
         *_coherence(together[:, top], len(articles)), _stability(top, others),
         " ".join(articles[np.argsort(-weights[:, k], kind="stable")[:LEADING]]))
        for k, top in enumerate(tops)
    ]  # fmt: skip


def _matrix(tokens):
    """Articles by words as a sparse matrix of uses, with the words and articles that it has."""
    from scipy.sparse import csr_array

    (word, article), uses, (words, articles) = tally(tokens, "word", "article")
    range_, written = np.bincount(word, minlength=len(words)), np.unique(article)
    kept = np.flatnonzero((range_ >= 2) & (range_ <= len(written) / 2))
    shape = (len(articles), len(words))
    matrix = csr_array((uses, (article, word)), shape=shape)[written][:, kept]
    return matrix, words[kept].to_numpy(object), articles[written].to_numpy(object)


def _factors(matrix, n, seed, init):
    """The weight of each topic in each article, and the heaviest words of each topic."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    scaled = TfidfTransformer(sublinear_tf=True).fit_transform(matrix)
    model = NMF(n, init=init, random_state=seed, max_iter=1000, tol=1e-3)
    weights = model.fit_transform(scaled)
    return weights, np.argsort(-model.components_, axis=1, kind="stable")[:, :WORDS]


def _stability(top, others) -> float:
    """The mean overlap of a topic's words with those of its nearest in each of other runs."""
    mine = set(top)
    overlap = [max(len(mine & set(t)) / len(mine | set(t)) for t in tops) for tops in others]
    return float(np.mean(overlap))


def _coherence(together, n) -> tuple[float, float]:
    """The mean NPMI and u_mass of the pairs of a topic's words; the heavier word of a pair first."""
    both = (together.T @ together).toarray()
    i, j = np.triu_indices(len(both), 1)
    one, other = both[i, i], both[j, j]
    return float(npmi(both[i, j], one, other, n).mean()), float(u_mass(both[i, j], one).mean())


def npmi(both, one, other, n) -> np.ndarray:
    """Normalised pointwise mutual information: -1 never together, 0 by chance, 1 always.

    >>> npmi(np.array([0, 1, 4]), np.array([4, 2, 4]), np.array([4, 4, 4]), 8).tolist()
    [-1.0, 0.0, 1.0]
    """
    both = np.asarray(both, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.log(both * n / (np.asarray(one) * other)) / -np.log(both / n)
    return np.select([both == 0, both == n], [-1.0, 1.0], score + 0.0)


def u_mass(both, one) -> np.ndarray:
    """ln((both + 1) / one): Mimno et al. (2011)."""
    return np.log((np.asarray(both) + 1) / one)
