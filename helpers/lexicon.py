"""lexicon: how readily Chinese characters stand together. See `gain`.

The words and their counts are those of jieba's dictionary, read from its file; no code of it runs.
"""

import math
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

LONGEST = 5  # characters of a word that we look for across a break
RARE = 1.0  # the count of a character that stands in no dictionary
HAN_RE = re.compile(r"[一-鿿]+$"), re.compile(r"[一-鿿]+")
REACH = 6  # characters on each side of a break that are looked at


@lru_cache(maxsize=1)
def _counts() -> tuple[dict, float]:
    """The log of each word's count, and that of all words; empty where jieba is missing."""
    spec = find_spec("jieba")
    path = Path(spec.origin).parent / "dict.txt" if spec and spec.origin else None
    if not path or not path.is_file():
        return {}, 1.0
    rows = (line.split(" ", 2) for line in path.read_text("utf-8").splitlines())
    counts = {word: float(n) for word, n, _ in rows if len(word) <= LONGEST}
    return {w: math.log(n or RARE) for w, n in counts.items()}, math.log(sum(counts.values()))


def is_word(text: str) -> bool:
    """Whether a text is a word of the dictionary, five characters at most.

    >>> is_word("简讯"), is_word("秦望舒")
    (True, False)
    """
    return text in _counts()[0]


def _likelihoods(text: str) -> list[float]:
    """For each length the log likelihood of the best cut of so much of a text into words.

    Unigrams, as jieba cuts; no word is unlikelier than its characters one by one.
    """
    counts, total = _counts()
    best = [0.0]
    for end in range(1, len(text) + 1):
        top = best[-1] + counts.get(text[end - 1], math.log(RARE))
        for start in range(max(0, end - LONGEST), end - 1):
            word = counts.get(text[start:end])
            if word is not None and best[start] + word > top:
                top = best[start] + word
        best.append(top - total)
    return best


def gain(before: str, after: str) -> float:
    """How much likelier the words become when two texts are read on as one; 0 where nothing runs across.

    Natural logarithm. Only the Chinese characters beside the break are looked at.

    >>> gain("政府就听证", "会作出说明") > 2, gain("会议结束。", "近日") == 0
    (True, True)
    """
    return _gain(before[-REACH:], after[:REACH])


@lru_cache(maxsize=65536)
def _gain(before: str, after: str) -> float:
    left, right = HAN_RE[0].search(before), HAN_RE[1].match(after)
    if not left or not right or not _word_runs_across(left[0], right[0]):
        return 0.0
    a, b = left[0], right[0]
    joined = _likelihoods(a + b)
    return round(joined[-1] - joined[len(a)] - _likelihoods(b)[-1], 2)


def _word_runs_across(a: str, b: str) -> bool:
    """Whether a word of the dictionary begins at the end of one text and ends in the next."""
    words, _ = _counts()
    across = [
        a[-i:] + b[:j]
        for i in range(1, min(LONGEST, len(a) + 1))
        for j in range(1, min(LONGEST - i, len(b)) + 1)
    ]
    return not words.keys().isdisjoint(across)
