"""Figures: what is a quantity and what is not, its parts, and where it stands; bad input; floors."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from sample.source import read_papers

from helpers.corpus import load_articles
from helpers.figures import COLUMNS, find_figures

HERE = Path(__file__).resolve().parent
CASES = json.loads((HERE / "cases" / "figures.json").read_text("utf-8"))
MARKED = HERE.parent.parent / "shared"  # pages of real newspapers and their gold, if at hand
DAY = "2024-09-20"
HOSTILE = ["", "1", "9.", "1,", "一", "亿", "第", "“", "”", "“1”", "《", "（", "约", "年", "2024年", "1月",
           "比", "同比增长5%，", "1、", "1至", "1个", "增长", "零下", "分之", "1:", "。", "\n", " ", "A1", "第十一届", "三十", "5家单位的", "1办", "萬億個"]  # fmt: skip


def articles(*texts, date=DAY):
    return pd.DataFrame([{"article": f"a#{i}", "text": t, "date": date} for i, t in
                         enumerate(texts)], columns=["article", "text", "date"])  # fmt: skip


def rows(text, date=DAY):
    return find_figures(articles(text, date=date)).to_dict("records")


def cases(group):
    return [pytest.param(*list(c.values())[1:3], id=c["label"]) for c in CASES[group]]


def agrees(mine, wanted):
    """Whether a row has what a case wants of it; None stands for an empty number."""
    same = {k: pd.isna(mine[k]) if v is None else mine[k] == pytest.approx(v)
            if isinstance(v, float) else mine[k] == v for k, v in wanted.items()}  # fmt: skip
    return {k: mine[k] for k, right in same.items() if not right}


@pytest.mark.parametrize("text, wanted", cases("find"))
def test_must_find(text, wanted):
    found = rows(text)
    assert len(found) == len(wanted), [r["text"] for r in found]
    assert [agrees(r, w) for r, w in zip(found, wanted, strict=True)] == [{} for _ in wanted]


@pytest.mark.parametrize("text", [pytest.param(c["text"], id=c["label"]) for c in CASES["none"]])
def test_must_not_find(text):
    assert [r["text"] for r in rows(text)] == []


@pytest.mark.xfail(strict=True, reason="known failure: see its comment in figures.json")
@pytest.mark.parametrize("text, wanted", cases("fails"))
def test_known_failures(text, wanted):
    test_must_find(text, wanted)


def test_every_case_has_a_label_of_its_own():
    labels = [c["label"] for group in CASES.values() for c in group]
    assert len(labels) == len(set(labels))
    assert all(c["comment"] for c in CASES["fails"])


# --- periods against the article's day


@pytest.mark.parametrize(
    ("text", "day", "start", "end"),
    [
        (
            "前11个月出口3亿元",
            "2024-01-12",
            "2023-01-01",
            "2023-11-30",
        ),  # eleven months: last year's
        ("前11个月出口3亿元", None, "", ""),
        ("2022年出口3亿元", None, "2022-01-01", "2022-12-31"),
        ("下半年出口3亿元", "2024-02-12", "", ""),  # which second half is not said
        ("今年以来出口3亿元", "2024-02-12", "2024-01-01", "2024-02-12"),
        ("去年出口3亿元", "2024-02-12", "2023-01-01", "2023-12-31"),
        ("当年出口3亿元", "2024-02-12", "", ""),  # that year: the text's, not the paper's
        ("2月出口3亿元", "2024-02-28", "2024-02-01", "2024-02-29"),
        ("12月出口3亿元", "2024-02-28", "", ""),
        ("2019—2021年出口3亿元", None, "2019-01-01", "2021-12-31"),
        ("1-13月出口3亿元", "2024-02-28", "", ""),
    ],
)
def test_periods(text, day, start, end):
    (row,) = rows(text, day)
    assert (row["period_start"], row["period_end"]) == (start, end)


def test_a_dateline_with_its_year_stands_in_for_the_page():
    table = articles("前8个月出口3亿元", date=None).assign(dateline_date="2023-09-10")
    assert find_figures(table)["period_end"][0] == "2023-08-31"
    table = table.assign(dateline_date="--09-10")
    assert find_figures(table)["period_end"][0] == ""


# --- the table


def test_rows_lead_back_to_the_text():
    texts = ["引进10至15家企业。\n产值２０亿元，同比增长６％。", "“三千多名”党员，三分之一是青年。"]
    table = find_figures(articles(*texts))
    assert list(table) == COLUMNS
    for r in table.itertuples():
        text = texts[int(r.article[2:])]
        assert text[r.start : r.start + len(r.text)] == r.text
    assert table["start"].is_monotonic_increasing or table["article"].nunique() > 1


def test_input_is_left_as_it_was():
    given = articles("产值20亿元，增长6%。").assign(duplicate_of="a#9").set_index(pd.Index([7]))
    before = given.copy()
    assert len(find_figures(given)) == 1
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("table", [articles(), articles(None, float("nan"), "")])
def test_no_text_gives_an_empty_table(table):
    found = find_figures(table)
    assert list(found) == COLUMNS
    assert len(found) == 0
    assert found["value"].dtype == float


# --- bad input


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece):
    def seconds(n):
        begin = time.process_time()
        find_figures(articles((piece * n)[:n]))
        return time.process_time() - begin

    seconds(10)
    assert seconds(120_000) < 6 * seconds(30_000) + 0.5


@pytest.mark.parametrize("piece", ["1", "“", "年", "（"])
def test_a_megabyte_of_one_character(piece):
    begin = time.process_time()
    assert len(find_figures(articles(piece * 2**20))) == 0
    assert time.process_time() - begin < 20


# --- floors


def hits(found, value, unit, change, rate_only):
    """Whether a figure of the gold is among an article's rows, its change too."""
    scale = next(
        (n for m, n in (("万亿", 1e12), ("亿", 1e8), ("万", 1e4)) if unit.startswith(m)), 1
    )
    near = [v for v in found["value"] for w in (value, value * scale) if abs(v - w) <= 1e-9 * w]
    if change is None:
        return bool(near)
    return bool(near or rate_only) and any(abs(c - change) < 1e-9 for c in found["change"])


def test_floor_on_the_sample():
    """Every figure noted for the sample as it was written, and no crowd of others."""
    found = [(page["date"], a) for page in read_papers(HERE / "sample") for a in page["articles"]]
    texts = ["\n".join(t for k, t in a["body"] if k != "credit") for _, a in found]
    table = articles(*texts).assign(date=[d for d, _ in found])
    by_article = dict(list(find_figures(table).groupby("article")))
    empty = find_figures(articles())
    right = [
        hits(by_article.get(f"a#{i}", empty), float(value), unit,
             float(change) if change else None, unit == "%")
        for i, (_, a) in enumerate(found) for value, unit, _, change, _ in a["figure"]
    ]  # fmt: skip
    assert sum(right) / len(right) >= 0.98
    assert sum(map(len, by_article.values())) <= 2.2 * len(right)


@pytest.mark.skipif(not (MARKED / "gold").is_dir(), reason="no marked pages beside the project")
def test_floor_on_marked_pages():
    table = find_figures(load_articles(MARKED / "clippings"))
    right = []
    for path in sorted((MARKED / "gold").glob("[0-9]*.json")):
        gold = json.loads(path.read_text("utf-8"))
        page = table[table["article"].str.startswith(gold["page"])]
        right += [
            hits(page, float(f["value"]), f["unit"] or "", f["change"], f.get("change_only", False))
            for a in gold["articles"] for f in a["figures"]
        ]  # fmt: skip
    assert sum(right) / len(right) >= 0.95
