"""Times what a reader waits for, each beside a peer in the same run, and writes docs/benchmarks.md.

    python run.py bench

Times of one machine say little; the ratios, taken in the same run, say more.
"""

import os
import platform
import tempfile
from pathlib import Path

from benchmarks import RUNS, measures, peers, seconds
from benchmarks.notebook import once, render
from helpers import columns, corpus, lexicon, marks
from helpers.corpus import load_articles
from helpers.figures import find_figures
from helpers.folder import page_files
from helpers.page import read_page
from helpers.places import find_places
from helpers.quotes import find_quotes
from helpers.read import read_file
from helpers.words import WORDS, load_words, tokenize

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
KEEPING = (columns, lexicon, marks)  # they keep what they found of lines and breaks seen before
HEAD = """# How fast

Written by `python run.py bench`: {what}. Processor seconds, the median of {runs} runs after one that is
not counted (of the notebook: one run, by the clock). *Times as fast*: what the peer takes for the same
amount of text or words, over what we take. JioNLP's cleaning cuts no articles, the loops count less than
the measures do, and scattertext is given words that are cut already.

| what | seconds | of | peer | seconds | of | times as fast |
|---|---|---|---|---|---|---|
"""


def forget():
    """Empties what is kept of pages; what is read once, as the dictionary, stays."""
    corpus._KEPT.clear()
    for kept in (x for module in KEEPING for x in vars(module).values()):
        if hasattr(kept, "cache_clear") and kept.cache_info().maxsize > 1:
            kept.cache_clear()


def rows() -> list[tuple]:
    """What; our act and its size; the peer, what makes its act, and its size."""
    texts = [read_file(f).text for f in page_files(CORPUS)]
    articles, size = load_articles(CORPUS), sum(map(len, texts))
    own = [*articles["text"]] * 5
    many = articles.loc[[*articles.index] * 5].assign(article=[f"p#{n}" for n in range(len(own))])
    tokens, chars, papers = tokenize(many), sum(map(len, own)), [*many["paper"]]
    cut = [*tokens.groupby("article", observed=True, sort=False)["word"].agg(" ".join)]
    jieba = ("jieba.lcut, a loop", lambda: peers.jieba_loop(own, load_words(WORDS)), chars)
    clean = lambda: peers.jionlp_cleaning(texts)
    return [
        ("clean pages and cut them into articles", lambda: [read_page(t) for t in texts], size,
         "JioNLP's cleaning", clean, size),
        ("load a folder never seen", lambda: load_articles(CORPUS), size, "JioNLP's cleaning", clean, size),
        ("tokenize", lambda: tokenize(many), chars, *jieba),
        ("quotes, figures, places", lambda: [f(many) for f in (find_quotes, find_figures, find_places)],
         chars, *jieba),
        ("tokenize and count by article", lambda: measures.frequencies(tokenize(many)), chars,
         "scattertext's corpus of words already cut",
         lambda: peers.scattertext_corpus(cut, papers[: len(cut)]), chars),
        *measures.rows(),
    ]  # fmt: skip


def timed(row, before=lambda: None) -> str:
    """A line of the table."""
    what, act, size, name, make, other = row
    took = seconds(act, before)
    line = f"| {what} | {took:.3f} | {size:,} | {name} |"
    try:
        peer = seconds(make())
    except ImportError:
        return f"{line} not installed: extra bench | | |"
    return f"{line} {peer:.3f} | {other:,} | {peer / other * size / took:.3g} |"


def main():
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    load = f"load {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else "load unknown"
    out = [HEAD.format(what=f"{machine}, {load} when it began", runs=RUNS)]
    for row in rows():
        os.environ["JIANBAO_STORE"] = "off"
        out.append(timed(row, forget) + "\n")
        print(out[-1], end="", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["JIANBAO_STORE"] = folder
        again = ("load it again", lambda: load_articles(CORPUS), 1, "the first time, nothing kept",
                 lambda: first(folder), 1)  # fmt: skip
        out.append(timed(again, forget) + "\n")
        render(plain=True)  # so that both find the same in the store
        ours, theirs = once(render), once(render, plain=True)
    out.append(f"| run and render a notebook | {ours:.1f} | 1 | nbconvert --execute --to html | {theirs:.1f} "
               f"| 1 | {theirs / ours:.1f} |\n")  # fmt: skip
    print(*out[-2:], sep="")
    (ROOT / "docs" / "benchmarks.md").write_text("".join(out), encoding="utf-8")


def first(folder):
    """An act that loads the corpus with an empty store."""

    def act():
        from helpers import disk

        disk.empty()
        forget()
        load_articles(CORPUS)

    return act


if __name__ == "__main__":
    main()
