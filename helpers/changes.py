"""changes: what a corpus holds, beside what it held the time before. See `what_changed`.

What it holds is written down in the store as plain numbers: the articles of each page, the copies,
the uses of each term. JIANBAO_CHANGES=off reads and writes nothing, as where pages are rendered:
they are to be the same whoever makes them.
"""

import hashlib
import os
from pathlib import Path

import pandas as pd

from helpers import arrow, disk
from helpers.arrow import Damaged

COLUMNS = {"kind": "str", "what": "str", "number": "int"}
KINDS = {("page", "new"): "new page", ("page", "gone"): "page gone", ("copy", "new"): "new copy",
         ("copy", "gone"): "copy gone", ("page", "moved"): "page read otherwise",
         ("unreadable", "new"): "unreadable", ("unreadable", "gone"): "readable now"}  # fmt: skip
TERMS = 20  # of those that moved, the ones that moved most


def what_changed(articles: pd.DataFrame, problems: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per thing that is otherwise than the last time the corpus was another: kind, what,
    before, now.

    kind: new page, page gone, page read otherwise (numbers: articles), new copy, copy gone,
    unreadable, readable now, term (numbers: its uses; the twenty that moved most). Terms are
    told of the articles of `tag_themes`, unreadable files where the table of problems is given.
    Nothing the first time; asked again about the same corpus, it says the same again.

    >>> what_changed(pd.DataFrame(columns=["article", "page", "duplicate_of"])).columns.tolist()
    ['kind', 'what', 'before', 'now']
    """
    now, before = _held(articles, problems), None
    if articles.attrs.get("folder") and os.environ.get("JIANBAO_CHANGES") != "off":
        before = _remembered(articles.attrs["folder"], now)
    return _compared(now if before is None else before, now)


def _held(articles: pd.DataFrame, problems: pd.DataFrame | None) -> dict:
    """(kind, what): number, of all that a corpus holds."""
    held = {("page", page): n for page, n in articles["page"].value_counts(sort=False).items()}
    copies = articles.loc[articles["duplicate_of"].notna(), "article"]
    held |= {("copy", article): 1 for article in copies}
    if problems is not None:
        unread = problems.loc[problems["kind"] == "unreadable", "page"].dropna()
        held |= {("unreadable", page): 1 for page in unread}
    uses = {}
    for _, term, n in (x for why in articles.get("why", ()) for x in why):
        uses["term", term] = uses.get(("term", term), 0) + n
    return {key: int(n) for key, n in (held | uses).items()}


def _compared(before: dict, now: dict) -> pd.DataFrame:
    """The table of what differs."""
    rows = []
    for kind, what in dict.fromkeys([*now, *before]):
        a, b = (x.get((kind, what), 0) for x in (before, now))
        how = "new" if not a else "gone" if not b else "moved"
        if a != b:
            rows.append((KINDS.get((kind, how), kind), what, a, b))
    terms = sorted((r for r in rows if r[0] == "term"), key=lambda r: (-abs(r[3] - r[2]), r[1]))
    rows = [r for r in rows if r[0] != "term"] + terms[:TERMS]
    return pd.DataFrame(rows, columns=["kind", "what", "before", "now"])


def _remembered(folder: str, now: dict) -> dict | None:
    """What a folder held the time before, None if there was none; what it holds now is kept."""
    if disk.root() is None:
        return None
    last, earlier = (_read(folder, when) for when in ("last", "earlier"))
    if last == now:
        return earlier
    try:
        if last is not None:
            _write(folder, "earlier", last)
        _write(folder, "last", now)
    except OSError:  # a disk that is full: the next run compares with an older one
        pass
    return last


def _place(folder: str, when: str) -> tuple[Path, str]:
    """Where it is written down what a folder held: a folder of the store, and a name."""
    told = os.fsencode(folder) + b"\0" + when.encode()
    return disk.root() / "folders", hashlib.blake2b(told, digest_size=10).hexdigest()


def _read(folder: str, when: str) -> dict | None:
    try:
        table = disk.read_table(*_place(folder, when))
        return {(r["kind"], r["what"]): r["number"] for r in table.to_pylist()}
    except (Damaged, OSError, KeyError):
        return None


def _write(folder: str, when: str, held: dict) -> None:
    place, name = _place(folder, when)
    place.mkdir(parents=True, exist_ok=True)
    rows = [(kind, what, n) for (kind, what), n in held.items()]
    new = disk.write_table(place, name, arrow.tabled(rows, COLUMNS))
    for path in place.glob(f"{name}-*"):
        if path != new:
            path.unlink(missing_ok=True)
