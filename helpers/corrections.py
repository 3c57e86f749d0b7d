"""corrections: what a reader says some lines are, against the rules. See `read_corrections`."""

import tomllib

from helpers.labels import KINDS_OF, Correction

KEYS = ("page", "lines", "kind", "article", "why")
FORM = "See “Corrections” in corpus/README.md."


def read_corrections(text: str, names: list[str]) -> tuple[dict, list]:
    """{page: its corrections} of a corrections.toml, and its faults as problems.

    names: the page files. A correction with a fault is left out; of two for one line, the later.

    >>> rows = '[[correction]]\\npage = "a.txt"\\nlines = [3, 4]\\nkind = "crosshead"'
    >>> read_corrections(rows, ["a.txt"])
    ({'a.txt': [Correction(first=3, last=4, kind='crosshead', article=None)]}, [])
    """
    try:
        rows = tomllib.loads(text).get("correction", [])
    except tomllib.TOMLDecodeError as e:
        return {}, [_fault(f"it cannot be read: {e}", FORM)]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return {}, [_fault("it holds no [[correction]]", FORM)]
    found, faults = {}, []
    for n, row in enumerate(rows, 1):
        wrong = _wrong(row, set(names))
        own = found.setdefault(row["page"], []) if not wrong else []
        new = _correction(row) if not wrong else None
        if new and any(c.first <= new.last and new.first <= c.last for c in own):
            wrong, new = (
                ("an earlier one tells of the same lines", "Take one of the two out."),
                None,
            )
        if wrong:
            faults.append(_fault(f"correction {n}: {wrong[0]}", wrong[1]))
        own += [new] * bool(new)
    return {page: own for page, own in found.items() if own}, faults


def _wrong(row: dict, names: set) -> tuple[str, str] | None:
    """What is wrong with one correction, and what to do; None where nothing is."""
    strange = sorted(set(row) - set(KEYS))
    if strange:
        return f"{', '.join(strange)} is none of {', '.join(KEYS)}", FORM
    page, kind, article = row.get("page"), row.get("kind"), row.get("article")
    if not isinstance(page, str) or page not in names:
        return f"there is no page {page}", "Name a file of this corpus, as load_lines does."
    if not _are_lines(row.get("lines")):
        return f"its lines are {row.get('lines')}", "Write lines = 12, or lines = [12, 14]."
    if kind is not None and kind not in list(KINDS_OF):
        return f"{kind} is no kind of line", f"Choose from: {', '.join(KINDS_OF)}."
    if article is not None and article != "new" and not _is_number(article):
        return f"its article is {article}", 'Write its number on the page, or "new".'
    if kind is None and article is None:
        return "it says neither kind nor article", FORM
    return None


def _is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _are_lines(value) -> bool:
    pair = value if isinstance(value, list) else [value, value]
    return len(pair) == 2 and all(map(_is_number, pair)) and pair[0] <= pair[1]


def _correction(row: dict) -> Correction:
    lines = row["lines"]
    first, last = lines if isinstance(lines, list) else (lines, lines)
    return Correction(first, last, row.get("kind"), row.get("article"))


def misfits(corrections: list[Correction], lines: list) -> list[tuple]:
    """The faults that only the page shows: of corrections whose lines, or article, it lacks.

    lines: the records of the page, read with these corrections.
    """
    printed, faults = {x.line for x in lines}, []
    new = {n for c in corrections if c.article == "new" for n in range(c.first, c.last + 1)}
    articles = {x.article for x in lines if x.rule != "correction" or x.line in new}
    for c in corrections:
        said = f"line {c.first}" if c.first == c.last else f"lines {c.first}-{c.last}"
        if not printed & set(range(c.first, c.last + 1)):
            faults.append(_fault(f"there is nothing on {said} of the page",
                                 "Number the lines as explain_page does."))  # fmt: skip
        elif isinstance(c.article, int) and c.article not in articles:
            faults.append(_fault(f"{said} cannot go to article {c.article}: the page has none",
                                 "Number the articles as explain_page does."))  # fmt: skip
    return faults


def _fault(what: str, what_to_do: str) -> tuple:
    return ("corrections.toml", None, "correction", what, what_to_do)
