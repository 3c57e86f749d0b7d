"""concordances: every place of a pattern, in its context. See `concordance`."""

import re
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from helpers.tables import choose, need, noted, originals, strings, whole

COLUMNS = ["page", "article", "date", "paper", "left", "node", "right", "start", "line"]
NEAR = {f"{s[0].upper()}{k}": (s, k - 1 if s == "right" else -k)
        for s in ("left", "right") for k in (1, 2, 3)}  # fmt: skip


def concordance(articles, pattern, width=20, sort=()) -> pd.DataFrame:
    """One row per place of a pattern: page, article, date, paper, left, node, right, start, line.

    pattern: a string, a list of strings (of two at one place the longer), or re.compile(…).
    width: characters on either side; ／ stands where a paragraph ends. start: of the node in the
    article's text; line: of the page's file. sort: one or several of L1 L2 L3 (the characters to
    the left, L1 the nearest), R1 R2 R3, node, date, paper; else in reading order. Chinese is
    sorted by sound, as far as GB 2312 does. Copies are left out.

    >>> articles = pd.DataFrame([["p", "p#01", None, "望川日报", "建设网络强国", [[0, 7, 0]]]],
    ...     columns=["page", "article", "date", "paper", "text", "origin"])
    >>> concordance(articles, "网络", width=2)[["left", "node", "right", "line"]].values.tolist()
    [['建设', '网络', '强国', 7]]
    """
    need(articles, *COLUMNS[:4], "text", "origin")
    whole("width", width, 0, "characters")
    keys = [choose("sort", key, [*NEAR, "node", "date", "paper"]) for key in _list(sort)]
    if not isinstance(pattern, re.Pattern):
        longest_first = sorted(strings(pattern), key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    kept = originals(articles)
    columns = kept[["text", "origin", *COLUMNS[:4]]].itertuples(index=False, name=None)
    rows = [row for a in columns for row in _contexts(a, pattern, width)]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"start": "int64", "line": "Int64"})
    note = (
        f"{len(table):,} places of {pattern.pattern} in {table['article'].nunique():,} of "
        f"{len(kept):,} articles; {width} characters on either side, ／ ends a paragraph; "
        f"copies left out: {len(articles) - len(kept):,}."
    )
    return noted(_sorted(table, keys), note)


def _list(value) -> list:
    return [value] if isinstance(value, str) else list(value)


def _contexts(article, pattern, width):
    """The rows of one article's concordance."""
    text, origin, *about = article
    spans = [m.span() for m in pattern.finditer(text)]
    if not spans:
        return []
    shown = text.replace("\n", "／")
    before = np.searchsorted([o[0] for o in origin], [s for s, _ in spans], side="right")
    lines = [origin[max(0, k - 1)][1] for k in before.tolist()] if origin else [None] * len(spans)
    return [
        (*about, shown[max(0, start - width) : start], shown[start:end], shown[end : end + width],
         start, line)
        for (start, end), line in zip(spans, lines, strict=True)
        if end > start
    ]  # fmt: skip


def _sorted(table, keys):
    """The table in the order of keys; places that are alike stay in reading order."""
    ranks = [_rank(table, key) for key in reversed(keys)]
    return table.iloc[np.lexsort(ranks)].reset_index(drop=True) if keys else table


def _rank(table, key) -> np.ndarray:
    """A number for each row by which a key orders them; what is unknown comes last."""
    if key == "date":
        return pd.to_datetime(table["date"]).rank(method="dense", na_option="bottom").to_numpy()
    side, at = NEAR.get(key, (key, None))
    values = table[side] if at is None else table[side].str[at]
    codes, names = pd.factorize(values.astype(object))
    order = sorted(range(len(names)), key=lambda i: names[i].encode("gb18030", "replace"))
    ranks = np.empty(len(names) + 1, int)
    ranks[order], ranks[-1] = np.arange(len(names)), len(names)
    return ranks[codes]


def align_lines(table) -> str:
    """The lines of a concordance as text for print, one beneath the other, the node in the middle.

    Each line ends with its article and line. Gaps are filled with blanks as wide as a
    Chinese character, so that nodes stand beneath each other in most fonts.

    >>> rows = [["建设", "网络", "强国", "p#01", 7], ["大", "网络", "", "p#02", 1]]
    >>> table = pd.DataFrame(rows, columns=["left", "node", "right", "article", "line"])
    >>> align_lines(table).splitlines()
    ['建设［网络］强国 p#01 line 7', '\\u3000大［网络］\\u3000\\u3000 p#02 line 1']
    """
    need(table, "left", "node", "right", "article", "line")
    left, right = (_gaps(table[c]) for c in ("left", "right"))
    lines = ["" if pd.isna(n) else f" line {n}" for n in table["line"]]
    rows = zip(left, table["left"], table["node"], table["right"], right, table["article"], lines,
               strict=True)  # fmt: skip
    return "\n".join(
        f"{before}{a}［{node}］{b}{after} {article}{line}"
        for before, a, node, b, after, article, line in rows
    )


def _gaps(texts) -> list[str]:
    """What each text lacks to be as wide as the widest, in blanks of either width."""
    widths = [sum(2 if east_asian_width(c) in "WF" else 1 for c in text) for text in texts]
    lacks = [divmod(max(widths) - width, 2) for width in widths]
    return ["\u3000" * wide + " " * narrow for wide, narrow in lacks]
