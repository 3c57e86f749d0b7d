"""duplicates: articles → which is a copy of which, and which have a passage in common.

See `mark_duplicates`. Who is compared, and how, is in `fingerprints`. What two texts have in common
rests on these two alone, so it is remembered (`Compared`) and only new pairs are compared; what is
made of it (`settle`) is the same whatever was remembered.
"""

from difflib import SequenceMatcher
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.fingerprints import (
    COPY,
    PASSAGES,
    Prints,
    compare,
    first_copies,
    grams_of,
    later_and_earlier,
    meetings,
    names_of,
    near,
    pair_of,
    print_of,
    together,
)

FULLER = 1.15  # a text so many times as long as its original takes that one's place
LOOKED_AT, SHOWN = 2000, 60  # letters of a pair that are compared for the eye, and shown
AT_HAND = 5000  # texts whose grams are at hand: 50 MB
FACTOR, UNKNOWN = np.uint64(0x9E3779B97F4A7C15), 255  # any odd number; no finding


class Compared(NamedTuple):
    """What pairs of texts have in common. names: of pairs, the same for the same two texts."""

    names: np.ndarray
    found: np.ndarray
    shares: np.ndarray


def mark_duplicates(articles: pd.DataFrame, found: tuple | None = None) -> tuple:
    """The articles with `duplicate_of` and `similar_to` filled, and the copies as problems.

    The first of several copies is kept, or the fuller one where the first is cut.
    found: what `find_copies` gives of their texts, where it is known.

    >>> bus = "入夜九点，青石渡的末班车刚刚开出。"
    >>> table = pd.DataFrame({"article": ["a#01", "b#01"], "page": ["a", "b"],
    ...                       "spans": [[[1, 1]], [[4, 4]]], "text": [bus, bus]})
    >>> mark_duplicates(table)[0]["duplicate_of"].fillna("").to_list()
    ['', 'a#01']
    """
    names = list(articles["article"])
    copies, alike = found or find_copies(list(articles["text"]))
    of = [names[copies[i]] if i in copies else None for i in range(len(names))]
    similar = [[[names[j], s] for j, s in alike.get(i, ())] for i in range(len(names))]
    places = zip(articles["page"], articles["spans"], of, strict=True)
    rows = [as_problem(page, spans[0][0] if spans else None, x) for page, spans, x in places if x]
    return articles.assign(duplicate_of=of, similar_to=similar), rows


def as_problem(page: str, line: int | None, original: str) -> tuple:
    """The row of problems that tells of a copy."""
    return (page, line, "duplicate", f"the same article as {original}",
            "Nothing: copies are left out of counts.")  # fmt: skip


def compare_copies(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per pair of articles that are copies, or have passages in common, side by side.

    found: copy or passages; share: of the shorter's 4-grams, those in common; here, there: of
    copies the place where they first differ, of others their longest passage in common.

    >>> bus = "入夜九点，青石渡的末班车刚刚开{}。"
    >>> table = pd.DataFrame({"article": ["a#01", "b#01"], "duplicate_of": [None, "a#01"],
    ...                       "text": [bus.format("出"), bus.format("山")], "similar_to": [[], []]})
    >>> compare_copies(table)[["here", "there"]].values.tolist()
    [['青石渡的末班车刚刚开山。', '青石渡的末班车刚刚开出。']]
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    columns = articles[["article", "duplicate_of", "similar_to"]].itertuples(index=False)
    pairs = [
        (name, other, found)
        for name, of, similar in columns
        for other, found in [(of, "copy"), *((x, "passages") for x, _ in similar if name < x)]
        if other in texts
    ]
    rows = [(*pair, *_side_by_side(texts[pair[0]], texts[pair[1]], pair[2])) for pair in pairs]
    return pd.DataFrame(rows, columns=["article", "other", "found", "share", "here", "there"])


def _side_by_side(a: str, b: str, found: str) -> tuple[float, str, str]:
    """The share of 4-grams in common, and the passages of two texts that show what they are."""
    _, share = compare(grams_of(a), grams_of(b))
    a, b = (t[:LOOKED_AT].replace("\n", " ") for t in (a, b))
    if found == "copy":
        at = len(commonprefix([a, b]))
        at = max(0, at - 10) if at < max(len(a), len(b)) else 0
        places = at, at
    else:
        longest = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
        places = longest.a, longest.b
    return round(share, 2), *(t[at : at + SHOWN] for t, at in zip((a, b), places, strict=True))


def find_copies(texts: list[str]) -> tuple[dict, dict]:
    """{copy: original} and {text: [(other, share), …]} of texts, all by their numbers.

    share: of the shorter's 4-grams, those that the other has too.

    >>> bus, well = "入夜九点，青石渡的末班车刚刚开出。", "马鞍岭上的三眼老井见了底。"
    >>> find_copies([bus, well, "入夜九点,青石渡的末班车刚刚开山。"])
    ({2: 0}, {})
    """
    prints = together([print_of(text) for text in texts])
    sizes, rows = counting(prints), np.repeat(np.arange(len(texts)), prints.sizes)
    met = meetings(prints.keys[sizes[rows] > 0], rows[sizes[rows] > 0])
    return look(texts, prints, near(*met, sizes), nothing())[0]


def nothing() -> Compared:
    """What is known where nothing was compared."""
    return Compared(np.empty(0, "u8"), np.empty(0, "u1"), np.empty(0, "f8"))


def counting(prints: Prints) -> np.ndarray:
    """How many keys of each text count: of an exact copy none."""
    sizes = prints.sizes.copy()
    sizes[[*first_copies(prints.told)]] = 0
    return sizes


def look(texts: list[str], prints: Prints, near: tuple, known: Compared) -> tuple:
    """What `find_copies` gives of texts with these fingerprints; and what their pairs have in common.

    near: pairs worth a comparison (see there); known: what is known of pairs of these texts, or of
    others.
    """
    pairs, rare = near
    compared = compare_all(pairs, names_of(prints.told), texts.__getitem__, known)
    found = counted(compared.found, rare)
    first = first_copies(prints.told)
    return settle(prints.letters, first, (pairs, found, compared.shares)), compared


def compare_all(pairs: np.ndarray, names: np.ndarray, text_of, known: Compared) -> Compared:
    """What pairs of texts have in common; names: what `names_of` tells of all; text_of gives one."""
    paired, one, other = named(pairs, names)
    found, shares = np.full(len(paired), UNKNOWN, "u1"), np.zeros(len(paired))
    _, mine, theirs = np.intersect1d(paired, known.names, return_indices=True)
    found[mine], shares[mine] = known.found[theirs], known.shares[theirs]
    grams = lru_cache(AT_HAND)(lambda i: grams_of(text_of(i)))
    for n in np.flatnonzero(found == UNKNOWN):
        found[n], shares[n] = compare(grams(int(one[n])), grams(int(other[n])))
    return Compared(paired, found, shares)


def counted(found: np.ndarray, rare: np.ndarray) -> np.ndarray:
    """What counts of what was found: phrases of the trade alone make no two texts similar."""
    return found * (rare | (found == COPY))


def named(pairs: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A number for each pair, the same whichever text comes first; and its texts in one order."""
    two = np.array(later_and_earlier(pairs))
    one, other = np.where(names[two[0]] > names[two[1]], two[::-1], two)
    return names[one] * FACTOR + names[other], one, other


def settle(letters: np.ndarray, first: dict[int, int], compared: tuple) -> tuple[dict, dict]:
    """What `find_copies` gives. letters: how many each text has; compared: pairs in order, what was
    found of each, and the share.

    A text is a copy of the one before it that is most like it and no copy itself; or of what that
    is a copy of, unless those two were compared and are none.
    """
    pairs, found, shares = compared
    copies = dict(first)
    later, earlier = (x[found == COPY].tolist() for x in later_and_earlier(pairs))
    own = shares[found == COPY].tolist()
    for i, _, j in sorted(zip(later, (-x for x in own), earlier, strict=True)):
        root = _original(copies, j)
        if i in copies or root == i or (root != j and _are_none(pairs, found, i, root)):
            continue
        if letters[i] <= FULLER * letters[root]:
            copies[i] = root
        else:
            copies[root] = i
    like = found == PASSAGES
    later, earlier = (x[like].tolist() for x in later_and_earlier(pairs))
    alike = {}
    for i, j, share in zip(later, earlier, shares[like].round(2).tolist(), strict=True):
        if i not in copies and j not in copies:
            alike.setdefault(i, []).append((j, share))
            alike.setdefault(j, []).append((i, share))
    copies = {i: _original(copies, i) for i in sorted(copies)}
    return copies, {i: sorted(alike[i]) for i in sorted(alike)}


def _are_none(pairs: np.ndarray, found: np.ndarray, *two: int) -> bool:
    """Whether two texts were compared, and are no copies."""
    pair = pair_of(max(two), min(two))
    at = int(np.searchsorted(pairs, pair))
    return at < len(pairs) and pairs[at] == pair and found[at] != COPY


def _original(copies: dict, i: int) -> int:
    """The text that is no copy at the end of a chain of copies."""
    while i in copies:
        i = copies[i]
    return i
