"""Times the measures on made-up words that are as unequal as real ones, beside plain loops.

    python -m benchmarks.measures

A peer does the same work on a part of the same words, in the same run; what is compared is words
a second. nltk's measures are looked up by word and node, as a finder of collocations does it.
"""

import math
from collections import Counter

import numpy as np
import pandas as pd

from benchmarks import seconds
from helpers.collocations import collocates
from helpers.concordances import concordance
from helpers.counts import frequencies
from helpers.dispersions import dispersion
from helpers.keywords import keyness

KINDS, LONG = 60_000, 500  # different words, and words of an article
LARGE, MIDDLE, PEER = 10_000_000, 2_000_000, 200_000  # words
TEXT = 5_000_000  # characters


def made_up(n, seed=0) -> pd.DataFrame:
    """n words in articles of 500, the k-th most frequent word about 1/k as often as the first."""
    share = 1 / np.arange(1, KINDS + 1)
    code = np.random.default_rng(seed).choice(KINDS, n, p=share / share.sum()).astype("i4")
    articles = pd.Categorical.from_codes(
        np.arange(n, dtype="i4") // LONG, [f"p#{k}" for k in range(-(-n // LONG))]
    )
    words = pd.Categorical.from_codes(code, [f"词{k}" for k in range(KINDS)])
    return pd.DataFrame({"article": articles, "position": np.arange(n) % LONG, "word": words})


def loop_of_keyness(target, reference) -> dict:
    """G² of each word by a Counter and a loop, without articles, intervals or corrections."""
    one, other = Counter(target), Counter(reference)
    c, d, scores = len(target), len(reference), {}
    for word in one | other:
        a, b = one[word], other[word]
        cells = [(a, c, a + b), (b, d, a + b), (c - a, c, c + d - a - b), (d - b, d, c + d - a - b)]
        scores[word] = 2 * sum(o * math.log(o * (c + d) / (n * m)) for o, n, m in cells if o)
    return scores


def loop_of_nltk(words, node) -> dict:
    """nltk's association measures of all that stands within five words of a node."""
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures as Scores

    finder = BigramCollocationFinder.from_words(words, window_size=6)
    finder.apply_ngram_filter(lambda *pair: node not in pair)
    wanted = (Scores.likelihood_ratio, Scores.pmi, Scores.student_t, Scores.dice)
    return {score.__name__: finder.score_ngrams(score) for score in wanted}


def loop_of_dispersion(articles, words) -> dict:
    """DP of each word by a Counter an article."""
    parts = {}
    for article, word in zip(articles, words, strict=True):
        parts.setdefault(article, Counter())[word] += 1
    whole, scores = Counter(words), {}
    sizes = {a: part.total() / len(words) for a, part in parts.items()}
    for word, count in whole.most_common(1000):
        off = (abs(parts[a][word] / count - share) for a, share in sizes.items())
        scores[word] = sum(off) / 2
    return scores


def acts() -> list[tuple]:
    """Name, act, and how many words or characters it goes over; a peer beneath what it is like."""
    large, middle, few = made_up(LARGE), made_up(MIDDLE, 1), made_up(PEER, 2)
    half, words = LARGE // 2, few["word"].astype(str).tolist()
    articles, third = few["article"].astype(str).tolist(), [f"词{k}" for k in range(1000)]
    text = "".join(np.random.default_rng(3).choice(list("网络安全为人民，。"), TEXT))
    pages = pd.DataFrame({
        "page": "p", "article": [f"p#{k}" for k in range(5000)], "date": None, "paper": "望川日报",
        "text": [text[k : k + 1000] for k in range(0, TEXT, 1000)],
        "origin": [[[k, k, 0] for k in range(0, 1000, 20)]] * 5000,
    })  # fmt: skip
    return [
        ("keyness", lambda: keyness(large[:half], large[half:]), LARGE),
        ("a Counter and a loop", lambda: loop_of_keyness(words[::2], words[1::2]), PEER),
        ("frequencies", lambda: frequencies(large), LARGE),
        ("collocates of a frequent word", lambda: collocates(middle, "词9"), MIDDLE),
        ("nltk's finder and measures", lambda: loop_of_nltk(words, "词9"), PEER),
        ("dispersion of 1,000 words", lambda: dispersion(middle, third), MIDDLE),
        ("a Counter an article", lambda: loop_of_dispersion(articles, words), PEER),
        ("concordance of a frequent word", lambda: concordance(pages, "网络"), TEXT),
    ]


def main():
    print("| what | words or characters | seconds | a second |\n|---|---|---|---|")
    for name, act, size in acts():
        took = seconds(act)
        print(f"| {name} | {size:,} | {took:.2f} | {size / took:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
