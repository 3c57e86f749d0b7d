"""themes: TOML files → themes; articles → tagged articles. See `load_theme` and `tag_themes`.

A theme's score in an article adds up its concepts, each the square root of how often its terms
stand there, per 100 characters: to touch on several counts more than to repeat one. Heads and first
paragraph weigh more than their length. Letters are the same wide and narrow (５Ｇ), great and small.
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import arrow
from helpers.kept import FEW, key_of, make_new
from helpers.terms import READ, Sought, places_in, what_to_seek

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "themes"
KINDS = {"zh": str, "en": str, "terms": list, "except": list, "weight": int | float}
ENOUGH = 1.0  # makes a theme the article's; 0.9 to 1.2 did as well on three of the sample papers
BEST = 0.5  # enough for the highest of several themes: a short text has few terms of any
FIELDS = ((1, 50), (1, 100), (2, 200))  # weight and least length of heads, lead, rest
TAGS = {"counts": "list", "themes": "list", "why": "list"}


class Theme(NamedTuple):
    """A question and what looks for it; concepts: name → dict of zh, en, terms, except, weight.

    glosses: term → English, for those terms that have one.
    """

    name: str
    title_zh: str
    title_en: str
    question_zh: str
    question_en: str
    concepts: dict
    glosses: dict


def load_theme(name: str, folder=None) -> Theme:
    """The theme of a name, from its TOML file; ValueError lists the names, or the file's fault.

    >>> load_theme("trade").title_zh
    '贸易与对外开放'
    """
    files = {path.stem: path for path in sorted(Path(folder or FOLDER).glob("*.toml"))}
    if name not in files:
        raise ValueError(f"There is no theme {name!r}, but: {', '.join(files) or 'none'}.")
    return _read(files[name])


def load_themes(folder=None) -> list[Theme]:
    """All themes of a folder, in the order of their names.

    >>> [theme.name for theme in load_themes()][:3]
    ['ai_governance', 'culture', 'cybersecurity']
    """
    return [_read(path) for path in sorted(Path(folder or FOLDER).glob("*.toml"))]


def _read(path: Path) -> Theme:
    """A file's theme; ValueError that names the file and the line or the concept."""
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as e:
        line = e.object.count(b"\n", 0, e.start) + 1
        raise ValueError(f"{path}: not UTF-8 (at line {line}). Save the file as UTF-8.") from e
    except tomllib.TOMLDecodeError as e:  # its message ends in the line and column
        raise ValueError(f'{path}: {e}. Write lists as terms = ["外贸", "出口"].') from e
    wrong = [k for k in Theme._fields[1:5] if not isinstance(content.get(k), str)]
    if wrong or not isinstance(content.get("concepts"), dict):
        raise ValueError(f"{path}: {', '.join(wrong) or '[concepts.…]'} missing or wrong.")
    concepts = {n: _concept(c, f"{path}, [concepts.{n}]") for n, c in content["concepts"].items()}
    glosses, terms = content.get("glosses", {}), {t for c in concepts.values() for t in c["terms"]}
    wrong = [t for t, said in glosses.items() if t not in terms or not isinstance(said, str)]
    if wrong:
        raise ValueError(f"{path}, [glosses]: {', '.join(wrong)}: no term, or no words for it.")
    return Theme(path.stem, *(content[k] for k in Theme._fields[1:5]), concepts, glosses)


def _concept(given: dict, where: str) -> dict:
    concept = {"except": [], "weight": 1.0} | (given if isinstance(given, dict) else {})
    wrong = [k for k, kind in KINDS.items() if not isinstance(concept.get(k), kind)]
    if wrong or not all(w and isinstance(w, str) for w in concept["terms"] + concept["except"]):
        raise ValueError(f"{where}: {', '.join(wrong) or 'a term'} missing or of a wrong kind.")
    return concept


def theme_terms(themes=None) -> list[str]:
    """Every term of some themes (all) that can be one word: two letters or more, no marks.

    >>> "枫桥经验" in theme_terms()
    True
    """
    themes = load_themes() if themes is None else themes
    terms = {t for theme in themes for c in theme.concepts.values() for t in c["terms"]}
    return sorted(t for t in terms if len(t) > 1 and t.isalnum())


def tag_themes(articles: pd.DataFrame, themes=None) -> pd.DataFrame:
    """The articles with a column of counts per concept, `themes` (names) and `why`.

    Counted are heads and text; why: [theme, term, count] of each term that decided.
    themes: those of the corpus, or of the project; of fewer, another may be the highest (BEST).

    >>> tag_themes(pd.DataFrame([{"headline": "外贸增长", "text": "出口增长。"}]))["themes"][0]
    ['trade']
    """
    if themes is None:
        own = Path(articles.attrs.get("folder", FOLDER.parent)) / "themes"
        themes = load_themes(own if own.is_dir() else FOLDER)
    names = [concept for theme in themes for concept in theme.concepts]
    taken = {n for n in names if names.count(n) > 1 or ("why" not in articles and n in articles)}
    if taken:
        raise ValueError(f"Give these concepts names of their own: {', '.join(sorted(taken))}.")
    rows = _tagged(articles[[f for f in READ if f in articles]], themes)
    counts = enumerate(names)
    columns = {n: pd.Series([c[k] for c in rows["counts"]], articles.index, int) for k, n in counts}
    return articles.assign(**columns, themes=rows["themes"].to_list(), why=rows["why"].to_list())


def _tagged(articles: pd.DataFrame, themes) -> pd.DataFrame:
    """What `_tag` gives of each article, made where it is not kept from an earlier run."""
    asked, sought = articles.fillna({"text": ""}).to_dict("records"), what_to_seek(themes)

    def made(numbers):
        return arrow.tabled([_tag(asked[n], themes, sought) for n in numbers], TAGS), [1] * len(
            numbers
        )

    told = key_of(repr(themes)).hex()
    keys = [key_of(told + repr([*a.items()])) for a in asked]
    few = len(asked) < FEW
    table, _ = made(range(len(asked))) if few else make_new("themes", keys, made)
    return arrow.framed(table, TAGS)


def of_theme(tagged: pd.DataFrame, name: str) -> pd.DataFrame:
    """The tagged articles of one theme, in their order.

    >>> len(of_theme(tag_themes(pd.DataFrame([{"text": "出口增长。"}])), "trade"))
    1
    """
    return tagged[tagged["themes"].map(lambda themes: name in themes).astype(bool)]


def _tag(article: dict, themes, sought: Sought) -> tuple[list, list, list]:
    """What an article counts of each concept, its themes, the highest first, and why."""
    heads = [h for k in READ[:3] if isinstance(h := article.get(k), str)]
    texts = zip(("\n".join(heads), *article["text"].partition("\n")[::2]), FIELDS, strict=True)
    fields = [(text, *field) for text, field in texts if text]
    points = [100 * w / max(n, len(t)) / sum(f[1] for f in fields) for t, w, n in fields]
    read = [places_in(text, sought) for text, *_ in fields]
    counts, terms = [0] * len(sought.concepts), {theme.name: Counter() for theme in themes}
    scores, weights = Counter(dict.fromkeys(terms, 0.0)), _weights(themes)
    for n in sorted(set().union(*read)):
        found, theme = [found.get(n, ()) for found in read], sought.concepts[n][0]
        density = sum(p * len(own) for p, own in zip(points, found, strict=True))
        scores[theme] += weights[n] * density**0.5
        counts[n] = sum(map(len, found))
        terms[theme].update(term for own in found for *_, term in own if weights[n])
    ranked = scores.most_common()
    best = [name for name, score in ranked[: len(ranked) > 1] if score >= BEST]
    chosen = [name for name, score in ranked if score >= ENOUGH] or best
    return counts, chosen, [[n, term, k] for n in chosen for term, k in terms[n].most_common()]


def _weights(themes) -> list[float]:
    """The weight of each concept."""
    return [concept["weight"] for theme in themes for concept in theme.concepts.values()]
