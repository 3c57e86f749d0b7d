"""duplicates: articles → which is a copy of which, and which have a passage in common.

See `mark_duplicates`. Two texts are compared by their 4-grams, which survive the noise of OCR: of a
copy with 4 wrong characters in 100, 85 grams in 100 are still there. An index of grams finds whom to
compare, so that the time grows with the corpus and not with its square.

Texts are looked at in their order, and what is found of one rests on those before it alone. So what
was found of the first so many (`Found`) holds for any corpus that begins with them: see `look`.
"""

import hashlib
import re
from difflib import SequenceMatcher
from functools import lru_cache
from os.path import commonprefix
from typing import NamedTuple

import numpy as np
import pandas as pd

SAME = 0.45  # share of its 4-grams that a copy has in common with the other
SPREAD, BLOCK, HIT = 0.8, 40, 0.25  # … and of its blocks of 40, each with a quarter in common:
# two reports of one event have its figures and names in common here and there, a copy all through
HALF, FULLER = 0.5, 1.15  # a text of less than half the length is an excerpt; a fuller one is kept
ALIKE, PHRASES = 0.2, 30  # share in common of two that are similar, and grams of it in long phrases
PHRASE, PASSAGE = 12, 60  # grams of a long phrase, and of a passage that is similarity enough
SHORTEST, COMPARED = 8, 15  # letters of a text whose copies are looked for, exact and damaged
WHOLE = 100  # letters of a text all of whose grams are in the index; of a longer one every fourth
USUAL = 64  # a gram of so many articles is a phrase of the trade, and leads nowhere
LOOKED_AT, SHOWN = 2000, 60  # letters of a pair that are compared for the eye, and shown
HITS, NEAREST = 3, 20  # grams of the index that lead to a candidate, and the candidates compared


class Found(NamedTuple):
    """What was found of the first texts of a corpus.

    first: what tells a text → the first that is so; copies: text → its original, or one on the way
    to it; alike: (text, another, share); index: gram → the texts that have it, USUAL + 1 at most;
    before: grams in order, and the text of each, where they are not in the index yet.
    """

    known: int
    first: dict[bytes, int]
    copies: dict[int, int]
    alike: list[tuple[int, int, float]]
    index: dict[int, tuple]
    before: tuple[np.ndarray, np.ndarray]


def nothing() -> Found:
    """What is known of a corpus at which nobody has looked."""
    return Found(0, {}, {}, [], {}, (np.empty(0, "u8"), np.empty(0, "i4")))


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
    rows = [
        (page, spans[0][0] if spans else None, "duplicate", f"the same article as {name}",
         "Nothing: copies are left out of counts.")
        for page, spans, name in zip(articles["page"], articles["spans"], of, strict=True)
        if name
    ]  # fmt: skip
    return articles.assign(duplicate_of=of, similar_to=similar), rows


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
    mine, theirs = (_grams(re.sub(r"\W", "", t)) for t in (a, b))
    share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
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
    return settle(look(texts, nothing()))


def settle(found: Found) -> tuple[dict, dict]:
    """What `find_copies` gives, of what was found text by text."""
    copies = {i: _original(found.copies, i) for i in sorted(found.copies)}
    alike = {}
    for i, j, share in sorted(found.alike):
        if i not in copies and j not in copies:
            alike.setdefault(i, []).append((j, share))
            alike.setdefault(j, []).append((i, share))
    return copies, {i: sorted(alike[i]) for i in sorted(alike)}


def look(texts: list[str], found: Found) -> Found:
    """What is found of texts of whose first ones something is known; that is written on."""
    letters = {}
    _, first, copies, alike, index, before = found
    for i in range(found.known, len(texts)):
        mine = _letters(texts, i, letters)
        told = hashlib.blake2b(mine.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if told in first:
            copies[i] = first[told]
        elif len(mine) >= SHORTEST:
            first[told] = i
        if len(mine) >= COMPARED and i not in copies:
            keys = _keys(mine)
            _recall(keys, index, before)
            near = dict.fromkeys(_original(copies, j) for j in _candidates(keys, index))
            for j in near:
                _letters(texts, j, letters)
            _compare(i, near, letters, (copies, alike))
            if i not in copies:
                _add(index, keys, i)
    return found._replace(known=len(texts))


def cut(found: Found, known: int) -> Found:
    """What was found of the first so many texts alone."""
    grams, which = found.before
    mine = which < known
    return Found(
        known,
        {told: i for told, i in found.first.items() if i < known},
        {i: j for i, j in found.copies.items() if max(i, j) < known},
        [x for x in found.alike if max(x[:2]) < known],
        {},
        (grams[mine], which[mine]),
    )


def grams_of(found: Found) -> tuple[np.ndarray, np.ndarray]:
    """All grams of the index, in order, and the text of each: `before` of those who go on."""
    grams, which = found.before
    seen = np.fromiter(found.index, "u8", len(found.index))
    sizes = np.fromiter(map(len, found.index.values()), "i8", len(found.index))
    own = np.fromiter((i for rows in found.index.values() for i in rows), "i4", sizes.sum())
    rest = ~np.isin(grams, seen)
    grams = np.concatenate([grams[rest], np.repeat(seen, sizes)])
    which = np.concatenate([which[rest], own])
    order = np.lexsort((which, grams))
    return grams[order], which[order]


def _letters(texts: list[str], i: int, known: dict) -> str:
    """The letters of a text, without marks and blanks."""
    if i not in known:
        known[i] = re.sub(r"\W", "", texts[i])
    return known[i]


def _recall(keys: list[int], index: dict, before: tuple) -> None:
    """Put into the index what was known before of some grams."""
    grams, which = before
    new = [key for key in keys if key not in index] if len(grams) else []
    asked = np.array(new, "u8")
    ends = zip(
        new, np.searchsorted(grams, asked), np.searchsorted(grams, asked, "right"), strict=True
    )
    index.update({key: tuple(which[a:b].tolist()) for key, a, b in ends})


def _compare(i: int, near, letters: dict, found: tuple[dict, list]) -> None:
    """Put into (copies, alike) what a text has in common with those near it."""
    copies, alike = found
    mine = letters[i]
    for j in near:
        grams, theirs = _grams(mine), _grams(letters[j])
        common = len(grams & theirs)
        share = common / min(len(grams), len(theirs))
        if share >= ALIKE and _is_same(mine, grams, letters[j], theirs):
            if len(mine) <= FULLER * len(letters[j]):
                copies[i] = j
                return
            copies[j] = i
        elif common >= PASSAGE or (share >= ALIKE and common >= PHRASES):
            phrases = _phrases(mine, theirs)
            if max(phrases, default=0) >= PASSAGE or (share >= ALIKE and sum(phrases) >= PHRASES):
                alike.append((i, j, round(share, 2)))


def _is_same(a: str, grams_a: set, b: str, grams_b: set) -> bool:
    """Whether two texts are one article, of which either may be damaged, or cut by less than half."""
    short, long = sorted((len(a), len(b)))
    return short >= HALF * long and (_stands_in(a, grams_b) or _stands_in(b, grams_a))


@lru_cache(maxsize=256)  # what is near one text is often near the next
def _grams(letters: str) -> frozenset[str]:
    """The 4-grams of a text."""
    return frozenset(letters[i : i + 4] for i in range(len(letters) - 3))


def _keys(letters: str) -> list[int]:
    """The grams by which the index knows a text, as numbers, the same in every run."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), "<u4").astype("u8")
    a, b, c, d = (codes[k : len(codes) - 3 + k] for k in range(4))
    keys = (a << np.uint64(48)) + (b << np.uint64(32)) + (c << np.uint64(16)) + d
    if len(letters) > WHOLE:  # which fourth, the letters themselves say: the same in each text
        keys = keys[(a ^ d) & np.uint64(3) == 0]
    return np.unique(keys).tolist()


def _candidates(keys: list[int], index: dict) -> list[int]:
    """The texts of an index that have most keys in common with one, the nearest first."""
    hits = {}
    for key in keys:
        texts = index.get(key, ())
        for j in texts if len(texts) <= USUAL else ():
            hits[j] = hits.get(j, 0) + 1
    near = sorted((-n, j) for j, n in hits.items() if n >= HITS)
    return [j for _, j in near[:NEAREST]]


def _add(index: dict, keys: list[int], i: int) -> None:
    """Put a text into an index under its keys; one that is usual stays, and leads nowhere."""
    for key in keys:
        before = index.get(key, ())
        if len(before) <= USUAL:
            index[key] = (*before, i)


def _original(copies: dict, i: int) -> int:
    """The text that is no copy at the end of a chain of copies."""
    while i in copies:
        i = copies[i]
    return i


def _hits(letters: str, grams: set[str]) -> list[bool]:
    """For each gram of a text, in order, whether it is among others."""
    return [letters[i : i + 4] in grams for i in range(len(letters) - 3)]


def _stands_in(letters: str, grams: set[str]) -> bool:
    """Whether a text is in another from its beginning to its end."""
    hits = _hits(letters, grams)
    if sum(hits) < SAME * len(hits):
        return False
    count = max(1, round(len(hits) / BLOCK))
    blocks = [hits[len(hits) * k // count : len(hits) * (k + 1) // count] for k in range(count)]
    return sum(sum(b) >= HIT * len(b) for b in blocks) >= SPREAD * count


def _phrases(letters: str, grams: set[str]) -> list[int]:
    """How many grams the long phrases have that a text shares; one wrong letter parts none."""
    found, last = [0], None
    for at, hit in enumerate(_hits(letters, grams)):
        if hit:
            if last is not None and at - last > 5:
                found.append(0)
            found[-1] += 1
            last = at
    return [n for n in found if n >= PHRASE]
