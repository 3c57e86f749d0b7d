"""terms: articles → where the terms of themes stand in them. See `find_terms`.

Letters are the same wide and narrow (５Ｇ), great and small.
"""

from collections import defaultdict
from functools import partial
from operator import add
from typing import NamedTuple

import pandas as pd

from helpers.kept import find_in

READ = ("kicker", "headline", "deck", "text")  # what is looked at
FOLDED = {c + wide: ord(chr(c).lower()) for wide in (0, 0xFEE0) for c in range(48, 123)}
COLUMNS = {"theme": "str", "concept": "str", "field": "str", "text": "str", "start": "int"}


class Sought(NamedTuple):
    """What to look for. concepts: (theme, name, [(word, term), …] with the longest word first);
    beginnings: first two letters → [(number of the concept, of the word), …]."""

    concepts: list[tuple]
    beginnings: dict[str, list[tuple[int, int]]]


def find_terms(articles: pd.DataFrame, themes) -> pd.DataFrame:
    """One row per place of a term: article, theme, concept, field, text, start (in the field).

    themes: one, or a list. The places are those that `tag_themes` counts, in heads and text.

    >>> from helpers.themes import load_theme
    >>> articles = pd.DataFrame([{"article": "p#01", "headline": "外贸增长", "text": "出口增长。"}])
    >>> find_terms(articles, load_theme("trade"))[["field", "text", "start"]].values.tolist()
    [['headline', '外贸增长', 0], ['text', '出口', 0]]
    """
    sought = what_to_seek([themes] if hasattr(themes, "concepts") else themes)
    return find_in(articles, COLUMNS, list(READ), partial(_of_article, sought))


def _of_article(sought: Sought, article: dict):
    """The rows of one article, without its name."""
    for field, text in article.items():
        for n, found in places_in(text or "", sought).items():
            about = *sought.concepts[n][:2], field
            yield from ((*about, text[at : at + len(word)], at) for at, word, _ in found)


def what_to_seek(themes) -> Sought:
    """What to look for. Words are folded; that of an exception is no term, but None."""
    concepts, beginnings = [], defaultdict(list)
    for theme, name, concept in ((t.name, n, c) for t in themes for n, c in t.concepts.items()):
        words = {w: None for w in concept["except"]} | {w: w for w in concept["terms"]}
        longest = [(w.translate(FOLDED), words[w]) for w in sorted(words, key=len, reverse=True)]
        for k, (word, _) in enumerate(longest):
            beginnings[word[:2]].append((len(concepts), k))
        concepts.append((theme, name, longest))
    return Sought(concepts, dict(beginnings))


def places_in(text: str, sought: Sought) -> dict[int, list[tuple]]:
    """The places of each concept that a text has, by the concept's number, in their order.

    Of most words a text has not even the first two letters, so most concepts cost it nothing.
    """
    text, begun = text.translate(FOLDED), defaultdict(list)
    for beginning in sought.beginnings.keys() & {*text, *map(add, text, text[1:])}:
        for n, k in sought.beginnings[beginning]:
            begun[n].append(k)
    found = {n: _places(text, sought.concepts[n][2], sorted(begun[n])) for n in sorted(begun)}
    return {n: places for n, places in found.items() if places}


def _places(text: str, words: list[tuple], begun: list[int]) -> list[tuple]:
    """(start, word, term) of each term in a text; where a longer word stands no other is found."""
    taken, places = bytearray(len(text)), []
    for word, term in (words[k] for k in begun):
        end = 0
        while (start := text.find(word, end)) >= 0:
            end = start + len(word)
            edges = (text[max(0, start - 1) : start + 1], text[end - 1 : end + 1])
            inside = any(len(e) == 2 and e.isascii() and e.isalnum() for e in edges)  # AI in AIGC
            if not inside and not any(taken[start:end]):
                taken[start:end] = b"\1" * len(word)
                if term is not None:
                    places.append((start, word, term))
    return places
