"""words: articles → tokens, cut as jieba cuts them. See the `tokenize` function.

jieba is the reference. rjieba, where it is installed, gives the same words many times faster.
"""

import re
import sys
import warnings
from collections import defaultdict
from copy import copy
from functools import lru_cache
from importlib import import_module
from itertools import compress
from pathlib import Path
from string import ascii_letters, digits

import numpy as np
import pandas as pd

from helpers import arrow
from helpers.kept import key_of, make_new

WORDS = Path(__file__).resolve().parent.parent / "corpus" / "words.txt"
POS = ["n", "nr", "ns", "nt", "nz", "v", "vn", "a", "ad", "d", "b", "i", "j", "l", "m", "t", "s"]
INSIDE = (
    r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%-]"  # jieba's own blocks; what is outside is cut by character
)
# What rjieba takes into a block and jieba does not (㐂, 䶮), or cannot read (lone surrogates).
RARE = [(0x3400, 0x4DBF), (0x9FD6, 0x9FFF), (0xD800, 0xDFFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]
# What rjieba may cut differently: GPT-4o, 1-5月 (but not decimals: 3.5%).
LATIN, MARKS = [*map(ord, ascii_letters + digits)], [*map(ord, "+#&._%-")]
COMPOUND_RE = re.compile(r"[a-zA-Z0-9](?!\.[0-9]+%?(?![a-zA-Z0-9+#&._%-]))[+#&._%-]+[a-zA-Z0-9]")
IN_BLOCK_RE, BLOCK_RE = re.compile(INSIDE), re.compile(f"{INSIDE}+")
FEW = (
    1000  # articles below which, once the dictionary is read, it is quicker to cut than to look up
)
AT_ONCE = 30_000  # characters that are cut together: a call costs more than a word, and what is
# cut is numbered while the processor still has it at hand
BEHIND = "\0"  # stands behind each text
WORD_RE = re.compile(r"[^\W_]")  # a letter, a Han character or a digit


def tokenize(articles, words=None, terms=(), duplicates=False) -> pd.DataFrame:
    """One row per word in reading order: article, position, start, word, pos.

    A token is what jieba cuts, if it holds a letter, a Han character or a digit. position counts
    an article's tokens and start its characters, from 0. words: see `load_words`; None is
    words.txt of the corpus. terms: more that stay whole, as a theme's. pos: what `words` says,
    else jieba's dictionary, else nz a term, m a number, eng Latin, x. Copies are left out.

    >>> articles = pd.DataFrame({"article": ["p#01"], "text": ["推进乡村振兴。"]})
    >>> list(tokenize(articles, words={"乡村振兴": "nz"})["word"])
    ['推进', '乡村振兴']
    """
    if not {"article", "text"} <= set(articles) or isinstance(terms, str):
        raise ValueError("tokenize wants the table of load_articles, and terms as a list.")
    if words is None:
        own = Path(articles.attrs.get("folder", WORDS.parent)) / "words.txt"
        words = next((load_words(path) for path in (own, WORDS) if path.is_file()), {})
    given = dict.fromkeys(terms) | dict(words)
    tags = {t.strip(): pos for t, pos in given.items() if WORD_RE.search(t)}
    if not duplicates and "duplicate_of" in articles:
        articles = articles[articles["duplicate_of"].isna()]
    tokens = _table(articles, tags)
    about = f"{len(tokens):,} words of {len(articles):,} articles, {len(tags):,} terms kept whole"
    tokens.attrs["note"] = f"{about}; copies of articles {'counted' if duplicates else 'left out'}."
    return tokens


def load_words(path) -> dict[str, str]:
    """The terms of a file that stay whole, each with its part of speech.

    One term a line with its part of speech after a tab or blank (乡村振兴 nz); # is a comment.
    """
    words = [[" ".join(line.split()[:-1]), line.split()[-1]] for line in _lines(path)]
    if wrong := [f"{term} {pos}" for term, pos in words if not term or pos not in POS]:
        what = "a part of speech (nr person, ns place, nt body, nz name, n noun)"
        raise ValueError(f"{path}: {'; '.join(wrong)}: lacks {what}, one of {' '.join(POS)}.")
    return dict(words)


def load_stopwords(path) -> frozenset[str]:
    """The words of a file that charts hide: one a line; # begins a comment."""
    return frozenset(_lines(path))


def hide_stopwords(table: pd.DataFrame, path=None) -> pd.DataFrame:
    """A table of words without the function words and commonplaces of stopwords.txt.

    For charts; tables that are counted keep them. Words of one character go too.

    >>> list(hide_stopwords(pd.DataFrame({"word": ["的", "贸易"]}))["word"])
    ['贸易']
    """
    hidden = load_stopwords(path or WORDS.with_name("stopwords.txt"))
    code, words = pd.factorize(table["word"])  # each word is looked at once
    words = pd.Series(words.astype(str))
    shown = ~words.isin(hidden) & (words.str.len() > 1) & ~words.str.match(r"[\d.]+")
    return table[np.append(shown, False)[code]]


def _lines(path) -> list[str]:
    lines = Path(path).read_text("utf-8-sig").splitlines()
    return [term for line in lines if (term := line.partition("#")[0].strip())]


def _table(articles, tags) -> pd.DataFrame:
    """The tokens of some articles: those kept of their texts, and else what is cut now."""
    texts = [*articles["text"].fillna("")]
    if len(texts) < FEW and _dictionary.cache_info().currsize:
        rows, counts = _cut(texts, tags)
    else:
        terms = key_of(repr(sorted(tags.items()))).hex()
        keys = [key_of(terms + text) for text in texts]
        rows, counts = make_new("words", keys, lambda new: _cut([texts[n] for n in new], tags))
    code, words = arrow.codes_of(rows, "word")
    code, order = pd.factorize(code)  # by their first use
    own, tag = arrow.codes_of(rows, "pos")
    pos = np.empty(len(order), "i4")
    pos[code] = own
    row = np.repeat(np.arange(len(texts)), counts)
    return pd.DataFrame({
        "article": pd.Categorical(articles["article"])[row],
        "position": (np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)).astype("i4"),
        "start": arrow.numbers_of(rows, "start"),
        "word": pd.Categorical.from_codes(code, [words[n] for n in order]),
        "pos": pd.Categorical([tag[n] for n in pos])[code],
    })  # fmt: skip


def _cut(texts, tags):
    """The tokens of some texts, and how many each has: words are numbered, and numpy does the rest."""
    known = _dictionary()[1]
    tags = {t: pos or known.get(t, "nz") for t, pos in tags.items()}
    numbers, cut = defaultdict(lambda: len(numbers)), _segmenter(frozenset(tags))
    code = np.concatenate([_numbered(cut(together), numbers) for together in _batches(texts)])
    start, counts = _places(np.fromiter(map(len, numbers), "i8", len(numbers))[code], texts)
    is_word = np.array([w.isalnum() or bool(WORD_RE.search(w)) for w in numbers], bool)
    kept = is_word[code]
    words = np.append(0, kept.cumsum())[np.append(0, counts.cumsum())]  # before each text
    names, kept = list(compress(numbers, is_word)), np.flatnonzero(kept)
    pos = [
        tags.get(w) or known.get(w) or ("m" if w[0].isdecimal() else "eng" if w.isascii() else "x")
        for w in names
    ]
    code, (pos, tag) = (is_word.cumsum() - 1)[code[kept]], pd.factorize(np.array(pos, object))
    columns = {
        "word": arrow.coded(code, names),
        "start": start[kept].astype("i4"),
        "pos": arrow.coded(pos[code], [*tag]),
    }
    return arrow.of_numbers(columns), np.diff(words)


def _batches(texts):
    """Texts that are cut together, a sign behind each; no word crosses it."""
    batch, chars = [], 0
    for text in texts:
        batch.append(text)
        chars += len(text)
        if chars >= AT_ONCE:
            yield BEHIND.join([*batch, ""])
            batch, chars = [], 0
    yield BEHIND.join([*batch, ""])


def _numbered(pieces, numbers) -> np.ndarray:
    """The number of each piece; pieces that have none yet get the next ones."""
    return np.fromiter(map(numbers.__getitem__, pieces), "i4", len(pieces))


def _places(length, texts) -> tuple[np.ndarray, np.ndarray]:
    """Where pieces of these lengths start in their texts, and how many pieces each text has."""
    start = length.cumsum() - length
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    counts = np.diff(start.searchsorted(begins))
    return start - np.repeat(begins[:-1], counts), counts


@lru_cache(maxsize=4)
def _segmenter(terms: frozenset):
    """A function text → its words, marks and blanks in order, made once for a set of terms."""
    inside = sorted(t for t in terms if BLOCK_RE.fullmatch(t))
    # No segmenter keeps a term whole across a mark (“1234”工作法): it is found in the text first.
    across = sorted(terms.difference(inside), key=lambda t: (-len(t), t))
    split = re.compile(f"({'|'.join(map(re.escape, across))})").split if across else lambda x: [x]
    slow, fast, known = _cutters(inside)

    def cut(text):
        words = []
        for i, part in enumerate(split(text)):
            done = 0
            for start, end in _risky(part, known) if i % 2 == 0 else ():
                words += fast(part[done:start]) + slow(part[start:end])
                done = end
            words += [part] if i % 2 else fast(part[done:])
        return words

    return cut


def _risky(text, known):
    """(start, end) of the blocks of a text that rjieba may cut otherwise than jieba does."""
    done = 0
    for at in _risks(text, known):
        if at >= done:
            start, inside = at, IN_BLOCK_RE.match(text, at)
            while inside and start > done and IN_BLOCK_RE.match(text, start - 1):
                start -= 1
            done = BLOCK_RE.match(text, start).end() if inside else at + 1
            yield start, done


def _risks(text, known) -> list[int]:
    """Where the risks of a text are: rare letters, compounds, and ties (变变|变, 变|变变).

    Digits and Latin letters tie where a known word begins with two of them: 2000 has one reading.
    By numpy, as patterns would take three times as long.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds, alike = _kinds()[codes], codes[1:] == codes[:-1]
    compounds = np.flatnonzero((kinds[:-1] == 1) & (kinds[1:] == 2)).tolist()
    ties = np.flatnonzero(alike[1:] & alike[:-1]).tolist()
    return sorted([
        *np.flatnonzero(kinds == 3).tolist(),
        *(at for at in compounds if COMPOUND_RE.match(text, at)),
        *(at for at in ties if IN_BLOCK_RE.match(text, at)  # not ………
          and (kinds[at] != 1 or text[at : at + 2] in known)),
    ])  # fmt: skip


@lru_cache(maxsize=1)
def _kinds() -> np.ndarray:
    """1 for a Latin letter or digit, 2 for a mark of compounds, 3 for what is rare, 0 for all else."""
    kinds = np.zeros(sys.maxunicode + 1, "u1")
    kinds[LATIN], kinds[MARKS] = 1, 2
    for first, last in RARE:
        kinds[first : last + 1] = 3
    return kinds


def _cutters(terms):
    """jieba's own function text → words, rjieba's (the same where there is none); known beginnings."""
    old, slow = _dictionary()[0], copy(_dictionary()[0])
    slow.FREQ = old.FREQ.copy()
    for term in terms:
        slow.add_word(term)
    try:
        fast = import_module("rjieba").Jieba()
        for term in terms:
            fast.add_word(term, slow.FREQ[term], None)
        # jieba's sum counts a term's old frequency too: a filler evens the sums, for near ties.
        added = sum(slow.FREQ[t] - old.FREQ.get(t, 0) for t in terms)
        fast.add_word("\ue000", slow.total - old.total - added, None)
    except (ImportError, AttributeError):  # none, or one too old to take terms
        return slow.lcut, slow.lcut, slow.FREQ
    return slow.lcut, fast.cut, slow.FREQ


@lru_cache(maxsize=1)
def _dictionary():
    """A tokenizer of jieba's as it comes, and word → part of speech."""
    with warnings.catch_warnings(action="ignore"):  # its patterns are no raw strings
        jieba = import_module("jieba").Tokenizer()
    with jieba.get_dict_file() as file:
        cells = file.read().decode().split()  # word, frequency, part of speech, and so on
    words, counts = cells[::3], [*map(int, cells[1::3])]
    # Filled here: jieba itself would read and write a cache in the temp folder, or take thrice as long.
    jieba.FREQ = _beginnings(words) | dict(zip(words, counts, strict=True))
    jieba.total, jieba.initialized = sum(counts), True
    return jieba, dict(zip(words, cells[2::3], strict=True))


def _beginnings(words: list) -> dict:
    """What the words of a dictionary begin with, each 0 times: jieba looks on from it for longer ones."""
    found, size = {}, 1
    while words := [w for w in words if len(w) > size]:
        found |= dict.fromkeys([w[:size] for w in words], 0)
        size += 1
    return found
