"""sequences: words, or characters, that stand together, as a table of tokens. See `ngrams`.

Whatever counts words counts sequences of them too.
"""

import numpy as np
import pandas as pd

from helpers.tables import coded, need, noted, originals, size, whole

HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


def ngrams(tokens, n=2) -> pd.DataFrame:
    """One row per sequence of n words in reading order: article, position, start, word.

    Only words with nothing between them: no mark, no blank, no end of a paragraph or article.
    position and start are those of its first word. It is a table of tokens: count it with
    `frequencies`, compare it with `keyness`.

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全", "法"]})
    >>> tokens["position"], tokens["start"] = range(3), [0, 2, 5]
    >>> list(ngrams(tokens, 2)["word"])
    ['网络安全']
    """
    need(tokens, "article", "position", "start", "word")
    whole("n", n, 1, "words")
    first = heads(touching(tokens), n)
    table = tokens.iloc[first][["article", "position", "start"]].reset_index(drop=True)
    table["word"] = joined(*coded(tokens["word"]), first, n)
    return noted(table, f"{len(table):,} sequences of {n} words that touch, of {size(tokens)}.")


def character_ngrams(articles, n=2) -> pd.DataFrame:
    """One row per sequence of n Han characters in reading order: article, position, start, word.

    No segmenter has a say in it, and no mark, digit or Latin letter is inside. position is start.
    Copies are left out.

    >>> articles = pd.DataFrame({"article": ["a"], "text": ["网络安全，5G网"]})
    >>> list(character_ngrams(articles, 2)["word"])
    ['网络', '络安', '安全']
    """
    need(articles, "article", "text")
    whole("n", n, 1, "characters")
    kept = originals(articles)
    texts = [*kept["text"].fillna("").astype("str")]
    ends = np.cumsum([0, *(len(text) + 1 for text in texts)])
    letters = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le"), "<u4")
    codes, names = pd.factorize(letters.astype("i8"))
    names = [*map(chr, names)]
    han = pd.Series(names, dtype="str").str.fullmatch(HAN).to_numpy(bool)[codes]
    first = heads(han & np.append(han[1:], False)[: len(han)], n)
    first = first[han[first]]
    row = np.searchsorted(ends, first, side="right") - 1
    start = first - ends[row]
    article = pd.Categorical(kept["article"])[row]
    table = pd.DataFrame({"article": article, "position": start, "start": start})
    table["word"] = joined(codes, names, first, n)
    note = f"{len(table):,} sequences of {n} Han characters in {len(kept):,} articles."
    return noted(table, f"{note} Copies left out: {len(articles) - len(kept):,}.")


def touching(tokens) -> np.ndarray:
    """Whether each word has nothing between it and a next one."""
    code, names = coded(tokens["word"])
    article, start = coded(tokens["article"])[0], tokens["start"].to_numpy("i8")
    end = start + names.str.len().to_numpy("i8")[code]
    touches = (article[1:] == article[:-1]) & (start[1:] == end[:-1])
    return np.append(touches, False)[: len(code)]


def heads(touches, n) -> np.ndarray:
    """Where n in a row begin, of which each touches the next.

    >>> heads(np.array([True, True, False]), 2).tolist()
    [0, 1]
    """
    gaps = np.append(0, np.cumsum(~touches[:-1]))[: len(touches)]
    return np.flatnonzero(gaps[: max(0, len(gaps) - n + 1)] == gaps[n - 1 :])


def joined(code, names, first, n) -> pd.Categorical:
    """The n words from each place on, as one; two sequences may be one: 发展|中国家, 发展中|国家."""
    kinds, number = distinct([code[first + k] for k in range(n)], len(names))
    names = np.asarray(names, object)  # of strings of Arrow each would be made anew
    words = [*map("".join, zip(*(names[k] for k in kinds), strict=True))]
    codes, kept = pd.factorize(np.array(words, object))
    return pd.Categorical.from_codes(codes[number] if len(number) else [], kept)


def distinct(parts, most) -> tuple[list, np.ndarray]:
    """The distinct rows of columns of numbers below `most`, as columns; the number of each row."""
    number, kinds = parts[0], [np.arange(most)]
    for part in parts[1:]:
        pairs, number = np.unique(number * most + part, return_inverse=True)
        kinds = [k[pairs // most] for k in kinds] + [pairs % most]
    return kinds, number
