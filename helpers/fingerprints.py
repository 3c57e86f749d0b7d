"""fingerprints: what of a text tells its copies, who meets whom, and what two texts have in common.

Two texts are compared by their 4-grams, which survive the noise of OCR: of a copy with 4 wrong
characters in 100, 85 grams in 100 are still there. Some of its grams are a text's *keys*; texts that
meet under keys are compared (`meetings`, `near`), so that the time grows with the corpus and not
with its square. What two texts have in common (`compare`) rests on these two alone, and whom a text
meets on sums over keys: both can be found in parts, and put together.
"""

import hashlib
import re
from typing import NamedTuple

import numpy as np

SAME = 0.45  # share of its 4-grams that a copy has in common with the other
SPREAD, BLOCK, HIT = 0.8, 40, 0.25  # … and of its blocks of 40, each with a quarter in common:
# two reports of one event have its figures and names in common here and there, a copy all through
HALF = 0.5  # a text of less than half the length of another is an excerpt of it, no copy
ALIKE, PHRASES = 0.2, 30  # share in common of two that are similar, and grams of it in long phrases
PHRASE, PASSAGE = 12, 60  # grams of a long phrase, and of a passage that is similarity enough
GAP = 5  # grams that one wrong letter, or two, take out of a phrase
SHORTEST, COMPARED = 8, 15  # letters of a text whose copies are looked for, exact and damaged
WHOLE = 100  # letters of a text all of whose grams are keys; of a longer one every fourth
USUAL, FIRST = 64, 8  # texts that make a key a phrase of the trade; those a key leads to below that
FEWEST, MOST, TENTH = 3, 6, 10  # keys that lead to a text: a tenth of them, three to six
MOSTLY = 4  # … and, where phrases of the trade count too, a fourth
HALVES = np.uint64(32)  # bits of a text's number in a pair

NOTHING, PASSAGES, COPY = range(3)  # what `compare` finds


class Print(NamedTuple):
    """What is known of a text without it. told: the same for exact copies, empty for scraps;
    letters: how many; keys: in order, each once."""

    told: bytes
    letters: int
    keys: np.ndarray


class Prints(NamedTuple):
    """The fingerprints of many texts, in columns. sizes: how many keys each has; keys: those of all."""

    told: np.ndarray
    letters: np.ndarray
    sizes: np.ndarray
    keys: np.ndarray


class Grams(NamedTuple):
    """The 4-grams of a text, each once and in order, and where in `each` those of the text are."""

    letters: int
    each: np.ndarray
    text: np.ndarray


def print_of(text: str) -> Print:
    """The fingerprint of a text.

    >>> print_of("入夜九点，青石渡的末班车开出。").told == print_of("入夜九点,青石渡的末班车开出").told
    True
    """
    letters = _letters(text)
    keys = _in_order(letters)
    if len(letters) > WHOLE:  # which fourth, the letters themselves say: the same in each text
        keys = keys[((keys >> np.uint64(48)) ^ keys) & np.uint64(3) == 0]
    told = hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Print(
        told if len(letters) >= SHORTEST else b"",
        len(letters),
        np.unique(keys) if len(letters) >= COMPARED else keys[:0],
    )


def together(prints: list[Print]) -> Prints:
    """The fingerprints of some texts in columns."""
    sizes = np.array([len(p.keys) for p in prints], "i8")
    keys = np.concatenate([np.empty(0, "u8"), *(p.keys for p in prints)])
    told, letters = np.array([p.told for p in prints], "S16"), [p.letters for p in prints]
    return Prints(told, np.array(letters, "i8"), sizes, keys)


def grams_of(text: str) -> Grams:
    """The 4-grams of a text."""
    letters = _letters(text)
    return Grams(len(letters), *np.unique(_in_order(letters), return_inverse=True))


def _letters(text: str) -> str:
    """The letters of a text, without marks and blanks."""
    return re.sub(r"\W", "", text)


def _in_order(letters: str) -> np.ndarray:
    """The 4-grams of letters as numbers, the same in every run; letters beyond 16 bits overlap."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), "<u4").astype("u8")
    a, b, c, d = (codes[k : max(k, len(codes) - 3 + k)] for k in range(4))
    return (a << np.uint64(48)) + (b << np.uint64(32)) + (c << np.uint64(16)) + d


def names_of(told: np.ndarray) -> np.ndarray:
    """A number for each text, from what its fingerprint tells."""
    return told.view("<u8")[::2]


def first_copies(told: np.ndarray) -> dict[int, int]:
    """{copy: the first text that is so} of exact copies; told: of each text, what they share (S16).

    >>> first_copies(np.array([b"a", b"", b"a", b""], "S16"))
    {2: 0}
    """
    _, firsts, which = np.unique(told, return_index=True, return_inverse=True)
    first = firsts[which]
    copies = np.flatnonzero((first < np.arange(len(told))) & (told != b""))
    return dict(zip(copies.tolist(), first[copies].tolist(), strict=True))


# Who meets whom


def meetings(keys: np.ndarray, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of texts that share keys, in order, and under how many rare ones and usual ones.

    keys, texts: one row per key of a text, the texts in order. A pair is one number: the later text
    times 2³², and the earlier. A key leads to the first eight texts that have it; one of more than
    64 is a phrase of the trade, and leads to the first alone.

    >>> pairs, times = meetings(np.array([7, 9, 7, 9], "u8"), np.array([0, 0, 3, 3]))
    >>> later_and_earlier(pairs), times.tolist()
    ((array([3]), array([0])), [[2, 0]])
    """
    order = np.argsort(keys, kind="stable")
    keys, texts = keys[order], texts[order]
    starts = _starts(keys)
    sizes = np.diff(starts, append=len(keys))
    starts, sizes = (np.repeat(x[sizes > 1], sizes[sizes > 1]) for x in (starts, sizes))
    rows = starts + _places(starts)
    pairs, usual = [], []
    for k in range(FIRST):
        own = (rows > starts + k) & ((sizes <= USUAL) | (k == 0))
        pairs.append(pair_of(texts[rows[own]], texts[starts[own] + k]))
        usual.append(sizes[own] > USUAL)
    usual = np.concatenate(usual)
    return added(np.concatenate(pairs), np.stack([~usual, usual], axis=1).astype("i4"))


def added(pairs: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs each once, in order, their times added up: what is found in parts is put together so."""
    order = np.argsort(pairs, kind="stable")
    pairs, times = pairs[order], times[order]
    starts = _starts(pairs)
    sums = np.add.reduceat(times, starts, axis=0, dtype=times.dtype) if len(starts) else times
    return pairs[starts], sums


def _starts(ordered: np.ndarray) -> np.ndarray:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])


def _places(starts: np.ndarray) -> np.ndarray:
    """For the rows of runs, each with the start of its run: which row of its run it is."""
    runs = _starts(starts)
    return np.arange(len(starts)) - np.repeat(runs, np.diff(runs, append=len(starts)))


def pair_of(later, earlier):
    """The number of a pair, of whole numbers or of arrays of them."""
    return (np.asarray(later, "u8") << HALVES) | np.asarray(earlier, "u8")


def later_and_earlier(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two texts of each pair."""
    return (pairs >> HALVES).astype("i8"), (pairs & np.uint64(2**32 - 1)).astype("i8")


def near(pairs: np.ndarray, times: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that are worth a comparison, and of each whether that may find passages in common.

    keys: how many each text has. Who share phrases of the trade alone may be copies, no more.
    """
    fewer = np.minimum(*(keys[x] for x in later_and_earlier(pairs)))
    rare = times[:, 0] >= np.clip(fewer // TENTH, FEWEST, MOST)
    wanted = rare | (times.sum(axis=1) >= np.maximum(fewer // MOSTLY, FEWEST))
    return pairs[wanted], rare[wanted]


# What two texts have in common


def compare(one: Grams, other: Grams) -> tuple[int, float]:
    """What two texts have in common: NOTHING, PASSAGES or COPY, and the share of their grams.

    share: of the grams of the shorter, those that the longer has too.
    """
    if not len(one.each) or not len(other.each):
        return NOTHING, 0.0
    at = np.minimum(np.searchsorted(other.each, one.each), len(other.each) - 1)
    mine = other.each[at] == one.each
    common = int(mine.sum())
    share = common / min(len(one.each), len(other.each))
    if share < ALIKE and common < PASSAGE:
        return NOTHING, share
    theirs = np.zeros(len(other.each), bool)
    theirs[at[mine]] = True
    hits, others = mine[one.text], theirs[other.text]
    short, long = sorted((one.letters, other.letters))
    if share >= ALIKE and short >= HALF * long and (_stands(hits) or _stands(others)):
        return COPY, share
    phrases = _phrases(hits) if common >= PHRASES else hits[:0]
    if max(phrases, default=0) >= PASSAGE or (share >= ALIKE and sum(phrases) >= PHRASES):
        return PASSAGES, share
    return NOTHING, share


def _stands(hits: np.ndarray) -> bool:
    """Whether a text is in another from its beginning to its end; hits: of its grams, which are."""
    if hits.sum() < SAME * len(hits):
        return False
    count = max(1, round(len(hits) / BLOCK))
    ends = len(hits) * np.arange(count + 1) // count
    found = np.add.reduceat(hits.astype("i4"), ends[:-1]) >= HIT * np.diff(ends)
    return bool(found.sum() >= SPREAD * count)


def _phrases(hits: np.ndarray) -> np.ndarray:
    """How many grams the long phrases have that a text shares; one wrong letter parts none."""
    at = np.flatnonzero(hits)
    breaks = np.flatnonzero(at[1:] - at[:-1] > GAP) + 1
    grams = np.diff(np.r_[0, breaks, len(at)])
    return grams[grams >= PHRASE]
