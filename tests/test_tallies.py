"""Tallies: what is counted with what, what is left out, and tables without rows."""

import pandas as pd
import pytest

from helpers import load_theme, tag_themes
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.tallies import compare_figures, count_speakers, missed_words, nearly_counted


def articles(*texts, **columns):
    rows = [(f"p#{n:02}", text) for n, text in enumerate(texts, 1)]
    return pd.DataFrame(rows, columns=["article", "text"]).assign(**columns)


def compared(*texts):
    """(metric, months, end of the period, value, articles) of each row."""
    table = compare_figures(find_figures(articles(*texts)))
    columns = ["metric", "months", "period_end", "value", "articles"]
    return [tuple(row) for row in table[columns].to_numpy()]


def test_speakers_by_kind():
    said = articles(
        "“路通了。”镇长王强说，还要架桥。", "“好。”一位居民说。“早该修了。”一位居民说。"
    )
    table = count_speakers(find_quotes(said)).set_index("by")
    assert table.loc["official", ["quotations", "direct", "articles", "speakers"]].tolist() == [
        2,
        1,
        1,
        1,
    ]
    assert table.loc["resident", ["quotations", "direct", "speakers"]].tolist() == [2, 2, 1]
    assert table.loc["official", ["zh", "en", "told_by"]].tolist() == [
        "政府与机关",
        "officials",
        "镇长",
    ]
    assert table["share"].sum() == 1


# What is compared, and what is not: total foreign trade, firms, electric cars
COMPARED = [
    (("2021年，外贸总值39.1万亿元。", "2022年，外贸总值42.07万亿元。"),
     [("外贸总值", 12, "2021-12-31", 39.1, 1), ("外贸总值", 12, "2022-12-31", 42.07, 1)]),
    # told twice, and another value of the same year
    (("2021年，外贸总值39.1万亿元。",) * 2 + ("2022年，外贸总值42万亿元。", "2022年，外贸总值42.07万亿元。"),
     [("外贸总值", 12, "2021-12-31", 39.1, 2), ("外贸总值", 12, "2022-12-31", 42.0, 1),
      ("外贸总值", 12, "2022-12-31", 42.07, 1)]),
    (("2021年，外贸总值39.1万亿元。", "2022年上半年，外贸总值19.8万亿元。"), []),  # half a year, a year
    (("2021年，外贸总值39.1万亿元。", "2022年，外贸总值420亿元。"), []),  # another unit
    (("2021年，新增企业3家。", "2022年，新增企业5家。"), []),  # things counted
    (("2021年，外贸总值增长21.4%。", "2022年，外贸总值增长7.7%。"), []),  # rates
    (("外贸总值39.1万亿元。", "外贸总值42.07万亿元。"), []),  # without a period
    (("2021年，外贸总值39.1万亿元。",), []),  # once
]  # fmt: skip


@pytest.mark.parametrize(("texts", "rows"), COMPARED)
def test_figures_are_compared_like_with_like(texts, rows):
    assert compared(*texts) == rows


def test_what_is_told_for_most_periods_comes_first():
    years = [f"{year}年，出口额{year - 2000}万亿元。" for year in (2020, 2021, 2022)]
    rows = compared("2021年，外贸总值39.1万亿元。", "2022年，外贸总值42.07万亿元。", *years)
    assert [row[0] for row in rows] == ["出口额"] * 3 + ["外贸总值"] * 2


def test_nearly_counted():
    told = articles("出口增长，" * 9, "社区里的老人说起出口，" + "网格员上门走访群众。" * 40, "天气很好。", "出口增长，" * 9,
                    headline=None, paper=None, date=pd.to_datetime([None, "2023-09-12", None, None]),
                    duplicate_of=[None, None, None, "p#01"])  # fmt: skip
    table = nearly_counted(tag_themes(told), load_theme("trade"))
    assert table[["article", "date", "mentions"]].to_numpy().tolist() == [["p#02", "2023-09-12", 1]]


def test_missed_words_hold_no_term():
    words = pd.DataFrame({"word": ["订单", "进出口额", "村民", "乌镇"], "articles": [3, 9, 4, 1],
                          "log_likelihood": [20.0, 50.0, -9.0, 30.0]})  # fmt: skip
    assert missed_words(words, load_theme("trade"))["word"].tolist() == ["订单"]


def test_empty_tables():
    none = articles()
    assert count_speakers(find_quotes(none)).empty
    assert compare_figures(find_figures(none)).columns[0] == "metric"
    assert missed_words(
        pd.DataFrame(columns=["word", "articles", "log_likelihood"]), load_theme("trade")
    ).empty
    tagged = tag_themes(none.assign(headline=None, paper=None, date=None, duplicate_of=None))
    assert nearly_counted(tagged, load_theme("trade")).empty
