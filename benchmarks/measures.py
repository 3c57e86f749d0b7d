"""Times the measures on made-up words that are as unequal as real ones, beside plain loops."""

import numpy as np
import pandas as pd

from benchmarks import peers
from helpers.collocations import collocates
from helpers.counts import frequencies
from helpers.dispersions import dispersion
from helpers.keywords import keyness

KINDS, LONG = 60_000, 500  # different words, and words of an article
OURS, PEERS = 2_000_000, 200_000  # words that we count, and those that the loops count


def made_up(n, seed=0) -> pd.DataFrame:
    """n words in articles of 500, the k-th most frequent word about 1/k as often as the first."""
    share = 1 / np.arange(1, KINDS + 1)
    code = np.random.default_rng(seed).choice(KINDS, n, p=share / share.sum()).astype("i4")
    articles = pd.Categorical.from_codes(
        np.arange(n, dtype="i4") // LONG, [f"p#{k}" for k in range(-(-n // LONG))]
    )
    words = pd.Categorical.from_codes(code, [f"词{k}" for k in range(KINDS)])
    return pd.DataFrame({"article": articles, "position": np.arange(n) % LONG, "word": words})


def rows() -> list[tuple]:
    """What; our act and its words; the peer, its act and its words."""
    many, few, half = made_up(OURS), made_up(PEERS, 2), OURS // 2
    words, articles = few["word"].astype(str).tolist(), few["article"].astype(str).tolist()
    third = [f"词{k}" for k in range(1000)]
    return [
        ("frequencies", lambda: frequencies(many), OURS,
         "pandas and a Counter", lambda: peers.pandas_counter(few), PEERS),
        ("keyness", lambda: keyness(many[:half], many[half:]), OURS, "a Counter and a loop (G² alone)",
         lambda: lambda: peers.keyness_loop(words[::2], words[1::2]), PEERS),
        ("dispersion of 1,000 words", lambda: dispersion(many, third), OURS,
         "a Counter an article (DP alone)", lambda: lambda: peers.dispersion_loop(articles, words), PEERS),
        ("collocates of a frequent word", lambda: collocates(many, "词9"), OURS,
         "nltk's finder and four measures", lambda: lambda: peers.nltk_collocates(words, "词9"), PEERS),
    ]  # fmt: skip
