"""Charts show what their table says, escape what is foreign, and never draw boxes."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import ImageFont

from helpers import charts, cloud, plates

HOSTILE = "<script>alert(1)</script><b>网络</b>"
WORDS = pd.DataFrame({
    "word": ["贸易", "网络安全", HOSTILE, "社区"], "count": [40, 30, 20, 10],
    "count_reference": [1, 2, 3, 90], "articles": [9, 8, 7, 6], "per_million": [4e3, 3e3, 2e3, 1e3],
    "per_million_reference": [1e2, 2e2, 3e2, 9e3], "log_likelihood": [90.0, 60.0, 20.0, -70.0],
    "log_ratio": [5.3, 3.9, 2.7, -3.2],
})  # fmt: skip
TREND = pd.DataFrame({
    "period": ["2021", "2022", "2023"] * 2, "concept": ["a"] * 3 + [HOSTILE] * 3,
    "count": [3, 0, 9, 1, 0, 2], "per_10k": [1.5, float("nan"), 4.5, 0.5, float("nan"), 1.0],
    "articles": [5, 0, 2, 5, 0, 2], "articles_with": [2, 0, 2, 1, 0, 1],
})  # fmt: skip
ARTICLES = pd.DataFrame({
    "date": pd.to_datetime(["2023-01-05", "2023-09-12", None]), "paper": ["望川日报", HOSTILE, None],
    "duplicate_of": [None, None, None],
})  # fmt: skip
PAGE = pd.DataFrame({
    "line": [1, 2, 2, 5], "text": ["网络安全周", HOSTILE, "正文" * 40, "责编"], "article": [1, 1, 1, None],
    "kind": ["headline", "byline", "body", "furniture"], "rule": ["r"] * 4, "confidence": [1.0] * 4,
})  # fmt: skip
PLACES = pd.DataFrame({
    "article": ["a", "a", "b", "b"], "text": ["杭州", "西湖区", "浙江", HOSTILE], "start": [0, 2, 0, 4],
    "field": ["text"] * 4, "province": ["浙江"] * 3 + [None], "city": ["杭州市", "杭州市", None, None],
    "county": [None, "西湖区", None, None], "country": ["中国"] * 3 + [HOSTILE],
})  # fmt: skip
QUOTES = pd.DataFrame({
    "article": ["a", "a", "b"], "speaker": ["王强", HOSTILE, "一位居民"], "title": ["镇长", None, None],
    "verb": ["说"] * 3, "text": ["路通了。", HOSTILE, "好。"], "start": [1, 9, 1],
    "kind": ["direct", "reported", "direct"], "by": ["official", "unknown", "resident"],
})  # fmt: skip
COMPARED = pd.DataFrame({
    "metric": [HOSTILE] * 3, "unit": ["万亿元"] * 3, "months": [12, 12, 8], "articles": [2, 1, 1],
    "period": ["去年", "2022年", "前8个月"], "period_start": ["2021-01-01", "2022-01-01", "2022-01-01"],
    "period_end": ["2021-12-31", "2022-12-31", "2022-08-31"], "value": [39.1, 42.07, 27.3],
    "change": [21.4, float("nan"), -0.1],
})  # fmt: skip
TOLD = pd.DataFrame({
    "article": ["a", "b"], "paper": ["望川日报", None], "headline": [HOSTILE, None], "captions": [[], []],
    "date": pd.to_datetime(["2023-09-12", None]), "origin": [[[0, 7, 0], [3, 9, 0]], []],
    "text": ["“路通了。”镇长王强说：" + HOSTILE, "“好。”浙江"],
})  # fmt: skip
FIGURES = {
    "places": lambda: plates.plot_places(PLACES),
    "tree": lambda: plates.plot_tree(PLACES),
    "speakers": lambda: plates.plot_speakers(QUOTES),
    "figures": lambda: plates.plot_figures(COMPARED),
    "slogans": lambda: plates.plot_shares(TREND, "t"),
    "trend": lambda: charts.plot_trend(TREND),
    "keyness": lambda: charts.plot_keyness(WORDS),
    "bars": lambda: charts.plot_bars(WORDS[["word", "count"]], HOSTILE, "n"),
    "articles": lambda: charts.plot_articles(ARTICLES),
    "cloud": lambda: charts.plot_cloud(WORDS),
    "page": lambda: charts.plot_page(PAGE),
}


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_foreign_markup_is_escaped(draw):
    text = draw().to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<script" not in text and "<b>网络" not in text


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_no_trace_needs_a_gpu_or_a_network(draw):
    kinds = {trace.type for trace in draw().data}
    assert not any(
        k.endswith(("gl", "map", "mapbox", "geo")) for k in kinds - {"heatmap", "treemap"}
    )


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_every_figure_has_a_title_and_says_its_measure(draw):
    title = draw().layout.title
    assert title.text and title.subtitle.text


EMPTY = {
    "places": lambda: plates.plot_places(PLACES.tail(1)),
    "tree": lambda: plates.plot_tree(PLACES.head(0)),
    "speakers": lambda: plates.plot_speakers(QUOTES.head(0)),
    "figures": lambda: plates.plot_figures(COMPARED, "no such metric"),
    "slogans": lambda: plates.plot_shares(TREND.head(0), "t"),
    "trend": lambda: charts.plot_trend(TREND.head(0)),
    "keyness": lambda: charts.plot_keyness(WORDS.head(0)),
    "bars": lambda: charts.plot_bars(WORDS.head(0)[["word", "count"]], "t", "n"),
    "articles": lambda: charts.plot_articles(ARTICLES.tail(1)),
    "cloud": lambda: charts.plot_cloud(WORDS.head(0)),
    "page": lambda: charts.plot_page(PAGE.head(0)),
}


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_an_empty_table_gives_a_sentence(draw):
    figure = draw()
    assert isinstance(figure, go.Figure) and figure.layout.annotations[0].text


def test_a_gap_stays_a_gap_and_thin_points_are_hollow():
    line = charts.plot_trend(TREND).data[0]
    assert line.y[1] is None and line.connectgaps is False
    assert line.marker.color[2] == charts.PAPER and line.marker.color[0] != charts.PAPER


def test_a_single_concept_has_its_band():
    one = TREND.head(3).assign(low=[1.0, float("nan"), float("nan")], high=[2.5, float("nan"), 6])
    figure = charts.plot_trend(one)
    assert list(figure.data[0].error_y.array) == [1.0, 0, 1.5]
    assert list(figure.data[0].error_y.arrayminus) == [0.5, 0, 0]
    assert "95 %" in figure.layout.title.subtitle.text
    assert charts.plot_trend(TREND.assign(low=0.0, high=9.0)).data[0].error_y.array is None


def test_hover_is_a_sentence_with_its_numbers():
    assert (
        charts.plot_trend(TREND).data[0].text[2]
        == "2023：2 篇中 2 篇提到“a”，共 9 次，每万字 4.5 次"
    )


def test_a_drawn_page_has_a_bar_for_every_character():
    figure = charts.plot_page(PAGE)
    assert sum(sum(trace.x) for trace in figure.data) == PAGE["text"].str.len().sum()
    assert {trace.marker.color for trace in figure.data} == {charts.SERIES[0], charts.CONTEXT}


def test_more_than_five_concepts_are_grey():
    rows = [TREND.head(3).assign(concept=f"c{n}", count=9 - n) for n in range(7)]
    colours = [t.line.color for t in charts.plot_trend(pd.concat(rows)).data]
    assert colours[:5] == charts.SERIES and set(colours[5:]) == {charts.CONTEXT}


def test_bars_are_sorted_and_begin_at_zero():
    assert list(charts.plot_bars(WORDS[["word", "count"]], "t", "n").data[0].x) == [10, 20, 30, 40]


def test_a_quarter_without_clippings_is_blank():
    tiles = charts.plot_articles(ARTICLES).data[0]
    assert list(tiles.x) == ["2023Q1", "2023Q2", "2023Q3"]
    assert [row[1] for row in tiles.z] == [None, None]


def test_words_of_the_cloud_stay_inside_it():
    words = {f"词语{chr(0x4E00 + n)}": 60.0 - n for n in range(60)}
    for word, x, y, size in cloud.place_words(words):
        _, _, w, h = ImageFont.truetype(cloud.find_font(), size).getbbox(word, anchor="lt")
        assert 0 <= x - w / 2 and x + w / 2 <= cloud.CLOUD[0]
        assert 0 <= y - h / 2 and y + h / 2 <= cloud.CLOUD[1]


def test_the_cloud_is_the_same_each_time():
    assert charts.plot_cloud(WORDS).to_json() == charts.plot_cloud(WORDS).to_json()


@pytest.mark.parametrize("letter", "贸网易踔")
def test_the_font_has_the_letters(letter):
    font = ImageFont.truetype(cloud.find_font(), 40)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != missing


def test_without_a_font_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(charts, "find_font", lambda: None)
    figure = charts.plot_cloud(WORDS)
    assert not figure.data and "字体" in figure.layout.annotations[0].text


@pytest.mark.parametrize("by", ["week", "", None])
def test_a_wrong_period_lists_the_right_ones(by):
    with pytest.raises(ValueError, match="month, quarter or year"):
        charts.plot_articles(ARTICLES, by=by)


def tile(figure, name):
    """The sentence of a province's tile."""
    cells = [cell for row in figure.data[0].customdata for cell in row if cell]
    return next(said for key, said in cells if key == name)


def test_every_province_has_a_tile_and_its_sentence():
    figure = plates.plot_places(PLACES)
    assert tile(figure, "浙江") == "浙江：2 篇提到，共 3 处；最多的是杭州市 2 处"
    assert tile(figure, "西藏") == "西藏：没有提到"
    assert sum(cell != "" for row in figure.data[0].text for cell in row) == 34


def test_no_two_provinces_share_a_tile():
    assert len(set(plates.TILES.values())) == len(plates.TILES) == 34


def test_boxes_of_the_tree_hold_what_is_in_them():
    tree = plates.plot_tree(PLACES).data[0]
    assert dict(zip(tree.ids, tree["values"], strict=True)) == {
        "浙江": 3, "浙江/杭州市": 2, "浙江/杭州市/西湖区": 1}  # fmt: skip
    assert list(plates.plot_tree(PLACES.iloc[[2]]).data[0].ids) == ["浙江"]


def test_a_mark_opens_its_passages():
    evidence = plates.plot_speakers(QUOTES, TOLD).layout.meta["evidence"]
    assert [(key, group["total"]) for key, group in evidence.items()] == [
        ("official", 1), ("unknown", 1), ("resident", 1)]  # fmt: skip
    passage = evidence["official"]["passages"][0]
    assert (passage["left"], passage["node"]) == ("“", "路通了。")
    assert evidence["official"]["title"] == "政府与机关 officials"
    assert passage["source"] == "望川日报 · 2023-09-12 · a · 第7行"
    assert evidence["resident"]["passages"][0]["source"] == "b"
    keys = {row[0] for bar in plates.plot_speakers(QUOTES).data for row in bar.customdata}
    assert keys == set(evidence)


def test_a_line_of_figures_joins_periods_of_one_length():
    year, part = plates.plot_figures(COMPARED).data
    assert list(year.y) == [39.1, 42.07] and list(part.y) == [27.3]
    assert year.customdata[0].startswith("2021-01-01 至 2021-12-31（“去年”）")
    assert year.customdata[0].endswith("39.1万亿元，变动 +21.4%；2 篇用了这个数")


def test_slogans_show_shares_and_leave_gaps_blank():
    tiles = plates.plot_shares(TREND, "t").data[0]
    assert [row[1] for row in tiles.z] == [None, None]
    assert tiles.z[1][0] == 0.4 and tiles.text[1][0] == "40%"
    assert tiles.customdata[1][2] == "2023：2 篇中 2 篇（100%）有“a”；不足 3 篇，只当线索"
