"""Times what a reader waits for, each as a ratio to jieba's own cutting of the same text.

    python run.py bench

One process, the sample corpus, the median of several runs. Times of one machine say little;
the ratios, taken in the same run, say more.
"""

import platform
import warnings
from pathlib import Path

from benchmarks import RUNS, measures, seconds
from helpers import blocks, lexicon, marks
from helpers.corpus import load_articles
from helpers.counts import frequencies
from helpers.folder import page_files
from helpers.page import read_page
from helpers.read import read_file
from helpers.themes import tag_themes
from helpers.words import tokenize

CORPUS = Path(__file__).parent.parent / "corpus"
KEEPING = (blocks, lexicon, marks)  # they keep what they found of lines and breaks seen before


def forget_pages():
    """Empties what is kept of texts; what is read once, as the dictionary, stays."""
    for kept in (x for module in KEEPING for x in vars(module).values()):
        if hasattr(kept, "cache_clear") and kept.cache_info().maxsize > 1:
            kept.cache_clear()


def peer(text: str):
    """jieba's own cutting of a text: what everything is compared with."""
    with warnings.catch_warnings(action="ignore"):
        import jieba

    jieba.setLogLevel(60)
    return lambda: jieba.lcut(text)


def main():
    files = page_files(CORPUS)
    texts = [read_file(f).text for f in files]
    articles = load_articles(CORPUS)
    tokens = tokenize(articles)
    size = sum(map(len, texts))
    acts = {
        "jieba.lcut of the same text (the peer)": peer("\n".join(texts)),
        "read the files": lambda: [read_file(f) for f in files],
        "clean and cut pages into articles": lambda: [read_page(t) for t in texts],
        "tokenize": lambda: tokenize(articles),
        "tag twelve themes": lambda: tag_themes(articles),
        "frequencies": lambda: frequencies(tokens),
    }
    print(f"{size:,} characters, {len(files)} pages; Python {platform.python_version()}, "
          f"{platform.machine()}; median of {RUNS}\n")  # fmt: skip
    print("| what | seconds | characters a second | times as fast as jieba |\n|---|---|---|---|")
    base = None
    for name, act in acts.items():
        took = seconds(act, forget_pages)  # on pages never seen
        base = base or took
        print(f"| {name} | {took:.3f} | {size / took:,.0f} | {base / took:.1f} |")
    print()
    measures.main()


if __name__ == "__main__":
    main()
