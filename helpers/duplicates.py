"""duplicates: articles → which is a copy of which, and which have a passage in common.

See `mark_duplicates`. Two texts are compared by their 4-grams, which survive the noise of OCR: of a
copy with 4 wrong characters in 100, 85 grams in 100 are still there. An index of grams finds whom to
compare, so that the time grows with the corpus and not with its square.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache
from os.path import commonprefix

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


def mark_duplicates(articles: pd.DataFrame) -> tuple[pd.DataFrame, list]:
    """The articles with `duplicate_of` and `similar_to` filled, and the copies as problems.

    The first of several copies is kept, or the fuller one where the first is cut.

    >>> bus = "入夜九点，青石渡的末班车刚刚开出。"
    >>> table = pd.DataFrame({"article": ["a#01", "b#01"], "page": ["a", "b"],
    ...                       "spans": [[[1, 1]], [[4, 4]]], "text": [bus, bus]})
    >>> mark_duplicates(table)[0]["duplicate_of"].fillna("").to_list()
    ['', 'a#01']
    """
    names = list(articles["article"])
    copies, alike = find_copies(list(articles["text"]))
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
    letters = [re.sub(r"\W", "", t) for t in texts]
    copies, alike, first, index = {}, {}, {}, {}
    for i, mine in enumerate(letters):
        if mine in first:
            copies[i] = first[mine]
        elif len(mine) >= SHORTEST:
            first[mine] = i
        if len(mine) >= COMPARED and i not in copies:
            keys = _keys(mine)
            near = dict.fromkeys(_original(copies, j) for j in _candidates(keys, index))
            _compare(i, near, letters, (copies, alike))
            if i not in copies:
                _add(index, keys, i)
    copies = {i: _original(copies, i) for i in sorted(copies)}
    pairs = {i: [x for x in found if x[0] not in copies] for i, found in sorted(alike.items())}
    return copies, {i: sorted(found) for i, found in pairs.items() if found and i not in copies}


def _compare(i: int, near, letters: list[str], found: tuple[dict, dict]) -> None:
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
                alike.setdefault(i, []).append((j, round(share, 2)))
                alike.setdefault(j, []).append((i, round(share, 2)))


def _is_same(a: str, grams_a: set, b: str, grams_b: set) -> bool:
    """Whether two texts are one article, of which either may be damaged, or cut by less than half."""
    short, long = sorted((len(a), len(b)))
    return short >= HALF * long and (_stands_in(a, grams_b) or _stands_in(b, grams_a))


@lru_cache(maxsize=256)  # what is near one text is often near the next
def _grams(letters: str) -> frozenset[str]:
    """The 4-grams of a text."""
    return frozenset(letters[i : i + 4] for i in range(len(letters) - 3))


def _keys(letters: str) -> set[int]:
    """The grams by which the index knows a text, as numbers, which take a third of the room."""
    found = range(len(letters) - 3)
    if len(letters) > WHOLE:  # which fourth, the letters themselves say: the same in each text
        found = [i for i in found if not (ord(letters[i]) ^ ord(letters[i + 3])) & 3]
    return {hash(letters[i : i + 4]) for i in found}


def _candidates(keys: set[int], index: dict) -> list[int]:
    """The texts of an index that have most keys in common with one, the nearest first."""
    hits = {}
    for key in keys:
        for j in index.get(key) or ():
            hits[j] = hits.get(j, 0) + 1
    near = sorted((-n, j) for j, n in hits.items() if n >= HITS)
    return [j for _, j in near[:NEAREST]]


def _add(index: dict, keys: set[int], i: int) -> None:
    """Put a text into an index under its keys; one that is usual stays, and leads nowhere."""
    for key in keys:
        before = index.get(key, ())
        if before is not None:
            index[key] = (*before, i) if len(before) < USUAL else None


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
