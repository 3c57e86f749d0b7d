"""corpus: a folder of clippings → the tables articles, lines and problems. See `load_articles`."""

import hashlib
import json
import platform
import re
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import pandas as pd

from helpers.clean import bare
from helpers.page import Article, Line, read_page
from helpers.read import Unreadable, read_file

ARTICLE_COLUMNS = [
    *["article", "page", "paper", "date", "page_no", "kicker", "headline", "deck", "byline"],
    *["column_title", "reporters", "correspondents", "photographers", "agency"],
    *["dateline_place", "dateline_date", "continued_from", "continues_to", "cut", "text"],
    *["captions", "chars", "spans", "origin", "duplicate_of", "similar_to", "confidence"],
]
LINE_COLUMNS = ["page", *Line._fields]
PROBLEM_COLUMNS = ["page", "line", "kind", "what", "what_to_do"]
UNSURE = 0.6  # a label less sure than this is a row in problems
SAME, ALIKE = 0.6, 0.25  # shares of 4-grams in common: the same article, a passage in common
NOT_PAGES = {"catalogue.csv", "words.txt", "stopwords.txt", "corrections.toml"}

DATE_RE = re.compile(r"(?<![0-9a-zA-Z])((?:19|20)\d\d)[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})日?(?![0-9a-zA-Z])")
PAGE_NO_RE = re.compile(r"第?0*(\d{1,3})版|(?<![0-9a-zA-Z])[pA]?0*(\d{1,2})(?![0-9a-zA-Z])")
PAPER_RE = re.compile(r"[一-鿿]{1,8}(?:日报|晚报|早报|晨报|周报|时报|新报|导报|商报|画报|报)")


def load_articles(folder) -> pd.DataFrame:
    """One row per article of a folder of clippings, in order of page and place.

    Columns: see corpus/README.md. `duplicate_of` names the first copy of an article;
    counts leave the others out. Raises FileNotFoundError where there is no such folder.
    """
    return _load(folder)[0].copy()


def load_lines(folder) -> pd.DataFrame:
    """One row per run of one kind on a source line; each non-blank character is in exactly one."""
    return _load(folder)[1].copy()


def load_problems(folder) -> pd.DataFrame:
    """One row per thing a reader should look at: files not read, labels unsure, loops, copies."""
    return _load(folder)[2].copy()


def explain_page(page) -> pd.DataFrame:
    """One row per run of one kind on a page: what it was taken for, and by which rule.

    page: the path of a page file, or of a corpus folder for its first page.
    Raises Unreadable where the file cannot be read, FileNotFoundError where there is none.
    """
    path = Path(page)
    if not path.is_file():
        path = next(iter(page_files(path)), None)
    text = read_file(path).text if path else ""
    lines = text.split("\n")
    rows = [
        (x.line, lines[x.line - 1][x.start_col : x.end_col], *x[3:]) for x in read_page(text)[0]
    ]
    columns = ["line", "text", "kind", "article", "rule", "confidence"]
    return pd.DataFrame(rows, columns=columns).astype({"article": "Int64"})


def run_stamp(articles: pd.DataFrame) -> str:
    """One sentence that tells a run from another: corpus, articles, period, versions."""
    counted = articles[articles["duplicate_of"].isna()]
    dates = counted["date"].dropna()
    period = f"{dates.min():%Y-%m-%d} – {dates.max():%Y-%m-%d}" if len(dates) else "日期未知 no dates"
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pandas", "plotly", "jieba"))
    return (
        f"corpus {articles.attrs.get('fingerprint', '?')} · {articles['page'].nunique()} 页 pages · "
        f"{len(counted)} 篇 articles（{len(articles) - len(counted)} 篇重复不计 copies left out）· "
        f"{period} · python {platform.python_version()}, {versions}"
    )


def locate(article, start: int) -> tuple[str, int, int]:
    """(page, line, column) in the raw file of a character of an article's text.

    article: a row of the articles table. line counts from 1, column from 0.
    """
    before = [o for o in article["origin"] if o[0] <= start]
    at, line, column = before[-1] if before else article["origin"][0]
    return article["page"], line, column + start - at


def page_files(folder) -> list[Path]:
    """The page files of a corpus folder: those in `pages/`, or all where there is no such folder.

    Raises FileNotFoundError, or NotADirectoryError, that names the path and what to do.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(
            f"There is no folder {folder.absolute()}. Name the folder that holds your clippings "
            "(CORPUS in the notebook, --corpus on the command line)."
        )
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder.absolute()} is a file. Name the folder that holds it.")
    root = folder / "pages" if (folder / "pages").is_dir() else folder
    return sorted(p for p in root.rglob("*") if p.is_file() and _is_page(p.relative_to(root)))


def _is_page(path: Path) -> bool:
    hidden = any(part.startswith((".", "_", "~$")) for part in path.parts)
    return not hidden and path.name not in NOT_PAGES and not path.name.upper().startswith("README")


def fingerprint(folder) -> str:
    """Ten letters that change when a page or the catalogue changes."""
    digest = hashlib.sha256()
    files = [*page_files(folder), *Path(folder).glob("catalogue.csv")]
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()[:10]


def _load(folder) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    folder = Path(folder)
    return _tables(folder.absolute(), fingerprint(folder))


@lru_cache(maxsize=4)
def _tables(folder: Path, _fingerprint: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The three tables of a corpus folder, read once for its present content."""
    articles, lines, problems = [], [], []
    root = folder / "pages" if (folder / "pages").is_dir() else folder
    files = page_files(folder)
    catalogue, faults = read_catalogue(folder, [p.relative_to(root).as_posix() for p in files])
    problems += faults
    if not files:
        problems.append((None, None, "empty folder", f"no clippings in {root}",
                         "Put newspaper pages (.txt, .md) there, one file a page."))  # fmt: skip
    for path in files:
        name = path.relative_to(root).as_posix()
        try:
            found = read_file(path)
        except Unreadable as e:
            problems.append((name, None, "unreadable", e.what, e.what_to_do))
            continue
        if found.damaged:
            problems.append((name, None, "damaged characters",
                             f"{found.damaged} characters could not be decoded ({found.encoding})",
                             "They stand as \ufffd; compare with the source."))  # fmt: skip
        page_lines, page_articles = read_page(found.text)
        about = catalogue.get(name) or about_page(name)
        lines += [(name, *x) for x in page_lines]
        articles += [_row(name, a, about) for a in page_articles]
        problems += _doubts(name, page_lines)
    table = pd.DataFrame(articles, columns=ARTICLE_COLUMNS)
    table["date"] = pd.to_datetime(table["date"], errors="coerce")
    table["page_no"] = table["page_no"].astype("Int64")
    table, copies = mark_duplicates(table)
    table.attrs = {"folder": str(folder), "fingerprint": _fingerprint}
    line_table = pd.DataFrame(lines, columns=LINE_COLUMNS).astype({"article": "Int64"})
    rows = pd.DataFrame(problems + copies, columns=PROBLEM_COLUMNS).astype({"line": "Int64"})
    return table, line_table, rows


def _row(page: str, a: Article, about: dict) -> list:
    """One row of the articles table."""
    fields = a._asdict() | about | {
        "article": f"{page}#{a.number:02}", "page": page, "chars": len(bare(a.text)),
        "duplicate_of": None, "similar_to": [],
        "dateline_date": resolve_date(a.dateline_date, about["date"]),
    }  # fmt: skip
    return [fields[c] for c in ARTICLE_COLUMNS]


def about_page(name: str) -> dict:
    """Paper, date and page number that a file's name tells; None where it does not.

    >>> about_page("望川日报_2023-09-12_03版.txt")
    {'paper': '望川日报', 'date': '2023-09-12', 'page_no': 3}
    """
    stem = Path(name).stem
    day = DATE_RE.search(stem)
    paper = PAPER_RE.search(stem)
    number = PAGE_NO_RE.search(stem[day.end() :]) if day else re.search(r"第?0*(\d{1,3})版", stem)
    return {
        "paper": paper[0] if paper else None,
        "date": f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None,
        "page_no": int(next(g for g in number.groups() if g)) if number else None,
    }


def read_catalogue(folder: Path, names: list[str]) -> tuple[dict, list]:
    """Paper, date and page number by file from catalogue.csv, and its faults as problems."""
    path = folder / "catalogue.csv"
    if not path.is_file():
        return {}, []
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
        missing = {"file", "paper", "date", "page_no"} - set(table.columns)
        if missing:
            raise ValueError(f"it lacks the columns {', '.join(sorted(missing))}")
    except (ValueError, OSError) as e:
        return {}, [("catalogue.csv", None, "catalogue", f"it cannot be read: {e}",
                     "It needs the columns file, paper, date, page_no (UTF-8).")]  # fmt: skip
    faults = [("catalogue.csv", i + 2, "catalogue", f"there is no page {f}",
               "Mend the file's name, or take the line out.")
              for i, f in enumerate(table["file"]) if f not in names]  # fmt: skip
    rows = {
        r.file: {"paper": r.paper or None, "date": r.date or None,
                 "page_no": int(r.page_no) if r.page_no.isdigit() else None}
        for r in table.itertuples()
    }  # fmt: skip
    return rows, faults


def resolve_date(partial: str | None, page_date: str | None) -> str | None:
    """A dateline's day with the year that its page proves; without a page's date as printed.

    >>> resolve_date("--12-31", "2023-01-02"), resolve_date("--09-10", None)
    ('2022-12-31', '--09-10')
    """
    if not partial or not page_date:
        return partial
    year = int(page_date[:4])
    same_year = f"{year}{partial[1:]}"
    return same_year if same_year <= page_date else f"{year - 1}{partial[1:]}"


def _doubts(page: str, lines: list[Line]) -> list:
    """What on a page a reader should look at."""
    rows = []
    for x in lines:
        if x.kind == "repeat":
            rows.append((page, x.line, "repeat", "the words repeat those before them (OCR loop)",
                         "They stay as printed and are left out of counts; compare with the print."))  # fmt: skip
        elif x.confidence < UNSURE and x.kind != "byline":
            rows.append((page, x.line, "unsure", f"taken for {x.kind} by “{x.rule}”, not surely",
                         "Look at the page with explain_page."))  # fmt: skip
    return rows


def grams(text: str, n: int = 4) -> set:
    """The character n-grams of a text, blanks and marks left out.

    >>> sorted(grams("网络，安全"))
    ['网络安全']
    """
    text = re.sub(r"\W", "", text)
    return {text[i : i + n] for i in range(len(text) - n + 1)}


def mark_duplicates(articles: pd.DataFrame) -> tuple[pd.DataFrame, list]:
    """The articles with `duplicate_of` and `similar_to` filled, and the copies as problems.

    Containment of 4-grams: the share of the shorter article's that the longer has too.
    """
    index, sets, same, alike, rows = {}, [], {}, {}, []
    for i, text in enumerate(articles["text"]):
        mine = grams(text)
        shared = {}
        for g in mine:
            for j in index.get(g, ()):
                shared[j] = shared.get(j, 0) + 1
            index.setdefault(g, []).append(i)
        sets.append(mine)
        for j, n in shared.items():
            share = n / max(1, min(len(mine), len(sets[j])))
            size = min(len(mine), len(sets[j])) / max(1, len(mine), len(sets[j]))
            if share >= SAME and size >= 0.5 and j not in same:
                same.setdefault(i, j)
            elif share >= ALIKE and n >= 30:
                alike.setdefault(i, []).append([articles["article"][j], round(share, 2)])
    articles = articles.assign(
        duplicate_of=[articles["article"][same[i]] if i in same else None for i in range(len(articles))],
        similar_to=[alike.get(i, []) for i in range(len(articles))],
    )
    for r in articles[articles["duplicate_of"].notna()].itertuples():
        rows.append((r.page, r.spans[0][0], "duplicate", f"the same article as {r.duplicate_of}",
                     "Nothing: copies are left out of counts."))  # fmt: skip
    return articles, rows


def write_tables(tables: dict, out) -> list[Path]:
    """The files written: a .jsonl of each table by its name, and articles.csv.

    tables: name → table, as {"articles": …, "lines": …, "problems": …}.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = [_write_jsonl(table, out / f"{name}.jsonl") for name, table in tables.items()]
    return [*files, _write_csv(tables["articles"], out / "articles.csv")]


def _plain(value):
    """A cell as JSON has it: missing is null, dates are ISO days."""
    if isinstance(value, list | dict):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _write_jsonl(table: pd.DataFrame, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as f:
        for row in table.itertuples(index=False):
            cells = {c: _plain(v) for c, v in zip(table.columns, row, strict=True)}
            f.write(json.dumps(cells, ensure_ascii=False) + "\n")
    return path


def _write_csv(articles: pd.DataFrame, path: Path) -> Path:
    """articles.csv: lists joined by a blank; a cell that a spreadsheet would run gets a quote."""
    flat = articles.drop(columns=["origin", "spans"]).map(
        lambda v: " ".join(map(str, v)) if isinstance(v, list) else _plain(v)
    )
    flat = flat.map(lambda v: "'" + v if isinstance(v, str) and v[:1] in "=+-@\t\r" else v)
    flat.to_csv(path, index=False, encoding="utf-8-sig")
    return path
