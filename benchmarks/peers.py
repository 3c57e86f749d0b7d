"""The work that others do on the same words: what the benchmarks are held against.

Where a peer is not installed (the extra `bench`), its rows say so, and nothing else changes.
"""

import io
import math
import warnings
from collections import Counter
from contextlib import redirect_stdout

import pandas as pd


def jieba_loop(texts, words):
    """jieba's own cutting of texts, one after the other, with the same words kept whole."""
    with warnings.catch_warnings(action="ignore"):
        import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for word in words:
        tokenizer.add_word(word)
    return lambda: [tokenizer.lcut(text) for text in texts]


def jionlp_cleaning(texts):
    """JioNLP's cleaning of texts: tags, addresses, brackets and blanks out; it cuts no articles."""
    with redirect_stdout(io.StringIO()):
        import jionlp
    return lambda: [jionlp.clean_text(text) for text in texts]


def scattertext_corpus(texts, labels):
    """scattertext's corpus of texts whose words are parted by blanks already."""
    import scattertext

    table = pd.DataFrame({"text": texts, "label": labels})
    return lambda: scattertext.CorpusFromPandas(
        table, category_col="label", text_col="text", nlp=scattertext.whitespace_nlp_with_sentences
    ).build()


def pandas_counter(tokens):
    """How often each word is used and in how many articles, by pandas and Counter."""
    words, articles = tokens["word"].astype(str), tokens["article"].astype(str)
    pairs = pd.DataFrame({"word": words, "article": articles})
    return lambda: (Counter(words), pairs.groupby("word")["article"].nunique())


def keyness_loop(target, reference) -> dict:
    """G² of each word by a Counter and a loop, without articles, intervals or corrections."""
    one, other = Counter(target), Counter(reference)
    c, d, scores = len(target), len(reference), {}
    for word in one | other:
        a, b = one[word], other[word]
        cells = [(a, c, a + b), (b, d, a + b), (c - a, c, c + d - a - b), (d - b, d, c + d - a - b)]
        scores[word] = 2 * sum(o * math.log(o * (c + d) / (n * m)) for o, n, m in cells if o)
    return scores


def nltk_collocates(words, node) -> dict:
    """nltk's association measures of all that stands within five words of a node."""
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures as Scores

    finder = BigramCollocationFinder.from_words(words, window_size=6)
    finder.apply_ngram_filter(lambda *pair: node not in pair)
    wanted = (Scores.likelihood_ratio, Scores.pmi, Scores.student_t, Scores.dice)
    return {score.__name__: finder.score_ngrams(score) for score in wanted}


def dispersion_loop(articles, words) -> dict:
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
