"""Each rule of the cutting has an invented page, with the reading that an editor would give it.

The pages stand in tests/cases/pages.txt, whose first lines tell how they are written.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers.clean import bare, clean
from helpers.page import Article, find_loops, read_page

FILE = Path(__file__).parent / "cases" / "pages.txt"
ROW_RE = re.compile(r"^(?:(\d+|-) (\w+)(\+?))? *([|\\])(.*)$")  # 1 body+   |text
TEXT_KINDS = ("body", "repeat", "crosshead")
HEAD_FIELDS = {
    "headline": "headline",
    "kicker": "kicker",
    "deck": "deck",
    "furniture": "column_title",
}


class Part(NamedTuple):
    """A stretch of a line as an editor reads it; `more`: it goes on with the part before."""

    line: int
    article: int | None
    kind: str
    more: bool
    text: str


class Case(NamedTuple):
    name: str
    page: str
    parts: list
    fields: list  # (article, name, value)
    fails: str | None


# --- the file


def read_cases(text):
    """Every case of the file, those with forms once for each form."""
    found = []
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, *rows = block.split("\n")
        rows = [r for r in rows if r.strip() and not r.startswith("#####")]
        fails = next((r[7:] for r in rows if r.startswith("fails: ")), None)
        forms = [re.split(" > | ! ", r[2:]) + [r] for r in rows if r.startswith("* ")]
        for form, *rest, row in forms or [("", "")]:
            own = [f"> {x}" for x in rest[:1] if " > " in row]
            body = [r.replace("{}", form) for r in rows if ROW_RE.match(r) or r[0] == ">"]
            found.append(read_case(f"{name} {form}".strip(), body + own,
                                   rest[-1] if " ! " in row else fails))  # fmt: skip
    return found


def read_case(name, rows, fails):
    lines, parts, fields = [], [], []
    for row in rows:
        m = ROW_RE.match(row)
        if not m:
            number, *pairs = re.split(r" (?=\w+=)", row[2:])
            fields += [(int(number), *pair.split("=", 1)) for pair in pairs]
            continue
        article, kind, more, mark, text = m.groups()
        text = text.replace("\\u200b", "\u200b").replace("\\ufeff", "\ufeff")
        lines = lines + [text] if mark == "|" else lines[:-1] + [lines[-1] + text]
        if kind:
            own = None if article == "-" else int(article)
            parts.append(Part(len(lines), own, kind, bool(more), text))
    return Case(name, "\n".join(lines) + "\n", parts, fields, fails)


CASES = read_cases(FILE.read_text("utf-8"))


# --- what the page was taken for, in the form of the file


def margin(rows):
    """One string per run of one kind and article on a line: what is compared."""
    runs = []
    for line, article, kind, text in rows:
        if runs and runs[-1][:3] == [line, article, kind]:
            runs[-1][3] += text
        elif bare(text):
            runs.append([line, article, kind, text])
    order = {}
    for run in runs:
        if run[1]:
            run[1] = order.setdefault(run[1], len(order) + 1)
    return [
        f"{line:3} {article or '-'} {kind:10} {bare(text)}" for line, article, kind, text in runs
    ]


def read_margin(case, lines):
    source = case.page.split("\n")
    return margin(
        (x.line, x.article, x.kind, source[x.line - 1][x.start_col : x.end_col]) for x in lines
    )


def joined(parts, kinds):
    """The texts of the parts of these kinds, those that go on joined."""
    found = []
    for p in parts:
        if p.kind in kinds:
            if p.more or (p.kind == "repeat" and found):
                found[-1] += p.text
            else:
                found.append(re.sub("^(#+ |——)+", "", p.text))
    return [bare(clean(t)) for t in found]


def expected(case, number):
    """Fields that the marked page itself tells: heads and the paragraphs of the text."""
    mine = [p for p in case.parts if p.article == number]
    text = joined(mine, TEXT_KINDS)
    heads = {f: "".join(joined(mine, (kind,))) or None for kind, f in HEAD_FIELDS.items()}
    captions = joined(mine, ("caption",))
    return heads | {"text": text or captions, "captions": captions if text else []}


def shown(article):
    """The same fields of an article, without blanks."""
    row = {f: bare(getattr(article, f) or "") or None for f in HEAD_FIELDS.values()}
    return row | {"text": [bare(p) for p in article.text.split("\n") if p],
                  "captions": [bare(c) for c in article.captions]}  # fmt: skip


def printed(value):
    """A field as it is written behind `>`."""
    return " ".join(value) if isinstance(value, list) else value


def in_order(articles, lines):
    """The articles in the order in which they first stand on the page."""
    order = list(dict.fromkeys(x.article for x in lines if x.article))
    return sorted(articles, key=lambda a: order.index(a.number))


def params():
    return [pytest.param(c, id=c.name, marks=[pytest.mark.xfail(strict=True, reason=c.fails)]
                         if c.fails else []) for c in CASES]  # fmt: skip


@pytest.mark.parametrize("case", params())
def test_page(case):
    lines, articles = read_page(case.page)
    assert read_margin(case, lines) == margin(
        (p.line, p.article, p.kind, p.text) for p in case.parts
    )
    articles = in_order(articles, lines)
    for n, article in enumerate(articles, 1):
        assert shown(article) == expected(case, n)
    for n, name, value in case.fields:
        if name == "has":
            assert value in articles[n - 1].text
        else:
            assert (printed(getattr(articles[n - 1], name)) or "-") == (value or "-")


def test_the_file_is_as_it_says():
    names = [c.name for c in CASES]
    assert len(CASES) >= 40 and len(set(names)) == len(names)
    known = {*Article._fields, "has"}
    assert {name for c in CASES for _, name, _ in c.fields} <= known
    assert [c.name for c in CASES if "" in [p.text for p in c.parts]] == []


@pytest.mark.parametrize("page", ("", "\n", " \u3000\t\n\n", "\u200b\n\ufeff"), ids=repr)
def test_a_page_without_a_letter_has_no_article(page):
    assert read_page(page) == ([], [])


# One sentence with a comma, said once, twice and three times over.
ONCE = "县农机站把维修点设在地头，配件和凉茶都备在车上。"


@pytest.mark.parametrize(
    "text, loops",
    [
        (ONCE, []),
        (ONCE * 2, [(24, 48)]),
        (ONCE * 3, [(24, 48), (48, 72)]),
        (ONCE + "机手吃住都在车上。" + ONCE, []),  # said again later, not at once
        ("等一等，等一等，车还没有来。", []),  # too short for a loop: a figure of speech
        ("配件都备在车上，凉茶也备在车上。", []),  # the same build, other words
    ],
)
def test_loops(text, loops):
    assert find_loops(text) == loops
