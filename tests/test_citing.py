"""A mark leads to the sentences it counts: the right ones, marked where they should be, some of all."""

import pandas as pd
import pytest

from helpers import cite, evidence, plot_articles, plot_bars, plot_page, plot_tree, plot_trend
from helpers.citing import AROUND, LONGEST, MOST

LONG = "，".join(f"第{n}项是数据" for n in range(40))
ARTICLES = pd.DataFrame({
    "article": ["p#01", "p#02", "q#01"], "paper": ["望川日报", "望川日报", None],
    "date": pd.to_datetime(["2023-09-12", "2023-01-05", None]), "page_no": pd.array([3, None, 1], "Int64"),
    "headline": ["网络强市", None, "短讯"], "duplicate_of": None,
    "text": ["开头一句。要建设“网络强国。”\n网络为民。", f"{LONG}，网络，{LONG}。", "没有那个词。"],
    "origin": [[[0, 7, 0], [11, 9, 0], [15, 10, 0]], [[0, 3, 0]], [[0, 5, 0]]],
    "spans": [[[6, 10]], [[2, 30]], [[4, 5]]],
})  # fmt: skip
USES = pd.DataFrame({
    "article": ["p#01", "p#01", "p#01", "p#02"], "word": "网络", "field": ["text", "text", "headline", "text"],
    "start": [9, 16, 0, len(LONG) + 1],
})  # fmt: skip
BARS = plot_bars(
    pd.DataFrame({"word": ["网络", "贸易"], "uses": [4, 0]}), "词 / Words", "次数 / uses"
)


def cited(uses=USES, figure=BARS):
    return cite(figure, uses, ARTICLES)


def test_a_passage_is_a_sentence_with_its_hit_and_its_place():
    found = evidence(cited(), "网络")
    assert found.attrs["total"] == 4
    early, head, first, second = found.to_dict("records")
    assert (first["left"], first["node"], first["right"]) == ("要建设“", "网络", "强国。”")
    assert first["lines"] == "7" and second["lines"] == "10"
    assert (second["left"], second["right"]) == ("", "为民。")
    assert (head["node"], head["right"], head["lines"]) == ("网络", "强市", "6–10")
    assert (first["paper"], first["date"], first["page_no"]) == ("望川日报", "2023-09-12", "3")
    assert early["node"] == "网络" and early["headline"] == early["page_no"] == ""


def test_a_long_sentence_is_cut_around_its_hit():
    early = evidence(cited(), "网络").iloc[0]
    assert len(early["left"]) == len(early["right"]) == AROUND


def test_a_mark_without_places_says_none():
    found = evidence(cited(), "贸易")
    assert found.empty and found.attrs["total"] == 0


def test_places_of_other_articles_are_left_out():
    elsewhere = pd.concat([USES, USES.assign(article="z#01")])
    assert cited(elsewhere).layout.meta["totals"] == [4, 0]


def test_a_sample_is_spread_over_time_one_an_article():
    names = [f"p#{n:02}" for n in range(40)]
    many = pd.DataFrame({"article": names, "text": "网络。网络。", "headline": None, "paper": "望川日报",
                         "date": pd.date_range("2020-01-01", periods=40, freq="30D"), "origin": [[[0, 1, 0]]] * 40,
                         "spans": [[[1, 1]]] * 40})  # fmt: skip
    uses = pd.DataFrame({"article": names * 2, "word": "网络", "start": [0] * 40 + [3] * 40})
    found = evidence(cite(BARS, uses, many), "网络")
    assert found.attrs["total"] == 80 and len(found) == MOST == found["article"].nunique()
    assert found["date"].is_monotonic_increasing
    assert found["article"].iloc[0] == "p#00" and found["article"].iloc[-1] == "p#39"


def test_an_unknown_mark_lists_those_there_are():
    with pytest.raises(ValueError, match="no mark '网' among 2, but: 网络"):
        evidence(cited(), "网")
    with pytest.raises(ValueError, match=r"cite\(plot_"):
        evidence(BARS, "网络")


def test_places_without_a_column_of_the_marks_are_refused():
    with pytest.raises(ValueError, match="The marks go by word; hits have only article, start"):
        cite(BARS, USES[["article", "start"]], ARTICLES)


def test_periods_are_those_of_the_article():
    trend = pd.DataFrame({"period": ["2023-01", "2023-09"], "concept": "网络", "count": [1, 3], "per_10k": 1.0,
                          "articles": 3, "articles_with": 1})  # fmt: skip
    figure = cited(USES.assign(concept="网络"), plot_trend(trend))
    assert figure.layout.meta["names"] == ["网络 · 2023-01", "网络 · 2023-09"]
    assert figure.layout.meta["totals"] == [1, 3]


def test_a_box_holds_the_places_of_the_boxes_in_it():
    places = pd.DataFrame({
        "article": "p#01", "text": ["杭州", "西湖", "浙江"], "start": [0, 2, 4], "field": "text",
        "province": "浙江", "city": ["杭州市", "杭州市", None], "county": [None, "西湖区", None],
    })  # fmt: skip
    meta = cite(plot_tree(places), places, ARTICLES).layout.meta
    assert dict(zip(meta["names"], meta["totals"], strict=True)) == {
        "浙江": 3, "浙江 · 杭州市": 2, "浙江 · 杭州市 · 西湖区": 1}  # fmt: skip


def test_an_article_is_told_by_its_beginning():
    figure = cite(plot_articles(ARTICLES), ARTICLES, ARTICLES)
    found = evidence(figure, "望川日报 · 2023Q3")
    assert found[["left", "node", "right", "lines"]].values.tolist() == [
        ["", "", "开头一句。", "6–10"]
    ]


def test_a_line_of_a_page_is_its_own_passage():
    page = pd.DataFrame({
        "line": [1, 6], "text": ["第03版 要闻", "网络强市"], "kind": ["furniture", "headline"],
        "article": pd.array([None, 1], "Int64"), "rule": "r", "confidence": 1.0,
    })  # fmt: skip
    page.attrs["page"] = "p"
    figure = cite(plot_page(page), page, ARTICLES)
    found = pd.concat([evidence(figure, name) for name in figure.layout.meta["names"]])
    assert found["right"].tolist() == page["text"].tolist()
    assert found["article"].tolist() == ["p", "p#01"] and found["lines"].tolist() == ["1", "6"]


def test_a_run_that_is_of_no_article_is_read_from_its_page(tmp_path):
    (tmp_path / "p").write_text("第03版 要闻\n责编林一 版式林二", encoding="utf-8")
    lines = pd.DataFrame({"page": ["p", "p", "gone"], "line": [1, 2, 1], "start_col": [0, 5, 0],
                          "end_col": [4, 9, 4], "kind": "furniture",
                          "article": pd.array([None] * 3, "Int64")})  # fmt: skip
    articles = ARTICLES.copy()
    articles.attrs["folder"] = str(tmp_path)
    kinds = pd.DataFrame({"kind": ["furniture"], "runs": [3]})
    found = evidence(
        cite(plot_bars(kinds, "类 / Kinds", "段 / runs"), lines, articles), "furniture"
    )
    assert found["right"].tolist() == ["", "第03版", "版式林二"]
    assert found["lines"].tolist() == ["1", "1", "2"] and found["article"].iloc[1] == "p"


def test_a_picture_is_told_by_its_caption():
    one = ARTICLES.head(1).assign(text="", headline=None, captions=[["图为河上的桥。林一摄"]])
    found = evidence(cite(plot_articles(one), one, one), "望川日报")
    assert found["right"].tolist() == ["图为河上的桥。"]


def test_each_sentence_is_kept_once_and_none_is_endless():
    meta = cited().layout.meta
    assert len(meta["sentences"]) == len({tuple(s) for s in meta["sentences"]}) == 4
    assert all(len(text) <= LONGEST + 2 for _, text, _ in meta["sentences"])


def test_nothing_to_draw_cites_nothing():
    nothing = plot_bars(pd.DataFrame({"word": [], "uses": []}), "词 / Words", "次数 / uses")
    assert evidence(cited(figure=nothing), "网络").empty
