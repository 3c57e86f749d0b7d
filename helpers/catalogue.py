"""catalogue: which paper a page is of, of what day, and its number. See `describe_page`.

Three may tell: the catalogue, the file's name, the page itself (folio, date line), the surer first.
Nothing is guessed: where one of them says two things, it says nothing.
"""

import csv
import datetime
import io
import re
from functools import lru_cache
from sys import intern

from helpers.clean import bare
from helpers.folio import GUIDE_RE, NO_PAPER_RE, NUMERAL, PAPER_RE

FIELDS = ("paper", "date", "page_no")
LONGEST = 90  # days between a dateline and the issue that prints it; beyond, no year is proven

ONES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
NAME_DAY_RE = re.compile(  # 20230912, rmrb20230912, 2023-9-12, 2023/09/12, 2023年9月12日
    r"""(?<![0-9])(?<![0-9][A-Za-z])
        (?:((?:19|20)\d\d)(\d\d)(\d\d) | ((?:19|20)\d\d)[-_./年](\d{1,2})[-_./月](\d{1,2})日?)
        (?![0-9A-Za-z])""",
    re.VERBOSE,
)
PRINTED_DAY_RE = re.compile(  # 2023年7月18日, 二〇二三年七月十八日, 2023-07-18
    rf"""(?<!{NUMERAL})({NUMERAL}{{4}}) (?:\s*年\s*({NUMERAL}{{1,3}})\s*月\s*({NUMERAL}{{1,3}})\s*日
        | ([-/.])(\d{{1,2}})\4(\d{{1,2}})(?![0-9A-Za-z]))""",
    re.VERBOSE,
)
REPUBLIC_RE = re.compile(rf"民國\s*({NUMERAL}{{2,4}})\s*年")  # 民國一一二年 is 2023
WEEKDAY_RE = re.compile("(?:星期|[周週])([一二三四五六日天])(?![一-鿿])")
FOLIO_RE = re.compile(  # 第05版, 第五版, A05版; 05 要闻 (no 24小时, no 今日8版: a count of pages)
    rf"第\s*({NUMERAL}{{1,3}})\s*版|^[Aa]?(\d{{1,3}})\s*版|^(?:[Aa](\d\d)|0(\d))(?=\s|[一-鿿]|$)"
    r"|(?<![^\s|｜])[Aa](\d{1,2})(?![^\s|｜])"  # A5 anywhere, standing by itself
)
NAME_FOLIO_RE = re.compile(rf"第({NUMERAL}{{1,3}})版|(?<![0-9A-Za-z共])[Aa]?(\d{{1,3}})版(?!本)")
# After the day in a file's name: _03, -003, p2, _1-03 (edition 1, page 3), title-04
NEXT_NO_RE = re.compile(r"[-_ .,/]*(?:\d-(?=\d\d(?!\d)))?[pPAa]?(0?\d{1,2})(?![0-9A-Za-z一-鿿])")
LATER_NO_RE = re.compile(r"(?<![0-9A-Za-z(（])(?:[pPAa](\d{1,2})|(0?\d\d))(?![0-9A-Za-z一-鿿])")
CLOCK_RE = re.compile(r"\d\d([-_.:])\d\d\1\d\d")
CELL_NO_RE = re.compile(rf"第?\s*[Aa]?({NUMERAL}{{1,3}})\s*版?")


def describe_page(entry: dict, name: str, furniture: list[str]) -> dict:
    """Paper, date and page number of a page, each with where it is from; None: nobody tells.

    entry: its line of the catalogue; furniture: the lines of the page that belong to no article.

    >>> about = describe_page({"paper": "望川日报"}, "2023-07-18.txt", ["第05版 要闻"])
    >>> [about[k] for k in ("paper", "date", "page_no", "page_no_from")]
    ['望川日报', '2023-07-18', 5, 'page']
    """
    found = {}
    for field, told in _told(entry, name, furniture).items():
        found[field] = next(iter(told.values()), None)
        found[f"{field}_from"] = next(iter(told), None)
    return found


def contradictions(entry: dict, name: str, furniture: list[str]) -> list[str]:
    """A sentence for each field of a page of which its sources say different things.

    >>> contradictions({"date": "2023-07-18"}, "2023-07-19.txt", [])
    ['its date is 2023-07-18 (catalogue), 2023-07-19 (file name)']
    """
    return [
        f"its {field} is " + ", ".join(f"{value} ({source})" for source, value in told.items())
        for field, told in _told(entry, name, furniture).items()
        if len(set(told.values())) > 1
    ]


def _told(entry: dict, name: str, furniture: list[str]) -> dict:
    """{field: {source: value}} of those that tell it, the surest first."""
    sources = {
        "catalogue": entry,
        "file name": about_name(name),
        "page": about_furniture(furniture),
    }
    return {f: {s: x[f] for s, x in sources.items() if x.get(f) is not None} for f in FIELDS}


def about_name(name: str) -> dict:
    """Paper, date and page number that a file's name and its folders tell; None: they do not.

    >>> about_name("望川日报_2023-09-12_03版.txt")
    {'paper': '望川日报', 'date': '2023-09-12', 'page_no': 3}
    """
    path = re.sub(r"\.[A-Za-z]+$", "", name)
    days = [(m.end(), d) for m in NAME_DAY_RE.finditer(path) if (d := _day(m.groups()))]
    days = [x for x in days if x[0] > path.rfind("/")] or days
    date = _only(d for _, d in days)
    number = NAME_FOLIO_RE.search(path)
    if date and not number:
        rest = CLOCK_RE.sub(" ", path[days[-1][0] :])
        number = NEXT_NO_RE.match(rest) or LATER_NO_RE.search(rest)
    parts = reversed(NAME_DAY_RE.sub(" ", path).split("/"))
    return {
        "paper": next(filter(None, (_only(_papers(part)) for part in parts)), None),
        "date": date,
        "page_no": _number(_group(number)) or None if number else None,
    }


def about_furniture(lines: list[str]) -> dict:
    """Paper, date and page number that a page's own head and foot tell; None: they do not.

    A date whose weekday is not that of the calendar is misread, and proves nothing.

    >>> about_furniture(["第05版 要闻", "2023年7月18日 星期二", "望川日报"])
    {'paper': '望川日报', 'date': '2023-07-18', 'page_no': 5}
    """
    own = [
        x.strip() for x in lines if not re.search("[转接]", x) and not GUIDE_RE.fullmatch(x.strip())
    ]
    wide = [bare(x) for x in own if len(bare(x)) == len(x.split())]  # 望 川 日 报
    numbers = [_number(_group(m)) for x in own for m in FOLIO_RE.finditer(x)]
    return {
        "paper": _only(p for x in [*own, *wide] for p in _papers(x)),
        "date": _only(d for x in own for d in _printed_days(x)),
        "page_no": _only(filter(None, numbers)),
    }


def _papers(text: str) -> list[str]:
    """The names of newspapers in a text, each standing by itself."""
    return [p for p in PAPER_RE.findall(text) if not NO_PAPER_RE.search(p)]


def _printed_days(line: str) -> list[str]:
    """The days that a line prints, those left out that a weekday beside them belies."""
    line = REPUBLIC_RE.sub(lambda m: f"{_number(m[1]) + 1911}年", line)
    days = [d for m in PRINTED_DAY_RE.finditer(line) if (d := _day(m.groups("")))]
    weekday = WEEKDAY_RE.search(line)
    if not weekday:
        return days
    number = min(6, "一二三四五六日天".index(weekday[1]))
    return [d for d in days if datetime.date.fromisoformat(d).weekday() == number]


def _group(match: re.Match) -> str:
    """The first group of a match that holds anything."""
    return next(filter(None, match.groups()))


def _only(values) -> object:
    """The one value that all are; None where there is none, or more than one."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2000)  # all pages of an issue have the same
def _day(groups: tuple) -> str | None:
    """The ISO day of (year, month, day), None where the calendar has no such day."""
    numbers = [_number(g) for g in groups if g and g not in "-/."]
    try:
        return datetime.date(*numbers).isoformat()
    except (ValueError, TypeError):
        return None


def _number(text: str) -> int:
    """The number that digits or Chinese numerals write; 0 where they write none.

    >>> _number("十八"), _number("二〇二三"), _number("０５")
    (18, 2023, 5)
    """
    if text.isascii():
        return int(text) if text.isdecimal() else 0
    tens, ten, ones = text.rpartition("十")
    if ten:
        return _number(tens or "一") * 10 + _number(ones or "〇")
    digits = "".join(str(ONES.get(c, c)) for c in text)
    return int(digits) if digits.isdecimal() else 0


def read_catalogue(text: str, names: list[str]) -> tuple[dict, list]:
    """{file: {paper, date, page_no}} of a catalogue's lines, and its faults as problems.

    names: the page files. A cell that cannot be read is empty; a line that fits none is left out.

    >>> read_catalogue("file,paper,date,page_no\\na.txt,望川日报,2023年9月12日,第3版", ["a.txt"])
    ({'a.txt': {'paper': '望川日报', 'date': '2023-09-12', 'page_no': 3}}, [])
    """
    try:
        columns, rows = _rows(text)
    except (csv.Error, ValueError) as e:
        return {}, [_fault(1, f"it cannot be read: {e}",
                           "Its first line must be file,paper,date,page_no (CSV).")]  # fmt: skip
    found, faults, known = {}, [], set(names)
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        file = row.get("file", "").replace("\\", "/").removeprefix("./").removeprefix("pages/")
        wrong = _unfit(file, len(cells), len(columns), known)
        if file in found and not wrong:
            wrong = [(f"an earlier line tells of {file}", "Take one of the two out.")]
        elif not wrong:
            found[file], wrong = _entry(row)
        faults += [_fault(line, *x) for x in wrong]
    return found, faults


def _rows(text: str) -> tuple[list[str], list]:
    """The columns of a table, and (line, cells) of each line below that holds anything."""
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;，", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [(reader.line_num, [c.strip() for c in row]) for row in reader]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    columns = [c.lower() for c in rows[0][1]] if rows else []
    missing = sorted({"file", *FIELDS} - set(columns))
    if missing:
        raise ValueError(f"it lacks the columns {', '.join(missing)}")
    width = len(columns)  # spreadsheets end some lines with commas
    return columns, [(n, x[:width] if not any(x[width:]) else x) for n, x in rows[1:]]


def _unfit(file: str, cells: int, columns: int, known: set) -> list[tuple[str, str]]:
    """What is wrong with a whole line of the catalogue, so that it is not used."""
    if cells != columns:
        return [(f"{file or 'a line'} has {cells} cells for {columns} columns",
                 "Count its commas; a name that holds one goes into quotation marks.")]  # fmt: skip
    if file not in known:
        return [(f"there is no page {file}", "Mend the file's name, or take the line out.")]
    return []


def _entry(row: dict) -> tuple[dict, list[tuple[str, str]]]:
    """Paper, date and page number of a line of the catalogue, and what cannot be read in it."""
    days = [m.groups() for r in (NAME_DAY_RE, PRINTED_DAY_RE) for m in r.finditer(row["date"])]
    number = CELL_NO_RE.fullmatch(row["page_no"])
    entry = {
        "paper": intern(row["paper"]) or None,  # one string for all pages of a paper
        "date": _only(map(_day, days)),
        "page_no": (_number(number[1]) or None) if number else None,
    }
    wrong = [(f"the {field} of {row['file']}, “{row[field]}”, cannot be read",
              f"Write it as {form}, or leave the cell empty.")
             for field, form in (("date", "2023-09-12"), ("page_no", "3"))
             if row[field] and entry[field] is None]  # fmt: skip
    return entry, wrong


def _fault(line: int | None, what: str, what_to_do: str) -> tuple:
    return ("catalogue.csv", line, "catalogue", what, what_to_do)


def resolve_date(partial: str | None, page_date: str | None) -> str | None:
    """A dateline's day with the year that its page's date proves; else as printed.

    The year is proven where the day is that of the issue or of the weeks before it.

    >>> resolve_date("--12-31", "2023-01-02"), resolve_date("--09-10", None)
    ('2022-12-31', '--09-10')
    """
    if not partial or not page_date:
        return partial
    issue = datetime.date.fromisoformat(page_date)
    for year in (issue.year, issue.year - 1):
        try:
            day = datetime.date.fromisoformat(f"{year}{partial[1:]}")
        except ValueError:
            continue
        if 0 <= (issue - day).days <= LONGEST:
            return day.isoformat()
    return partial
