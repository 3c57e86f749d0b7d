"""Charts show what their table says, escape what is foreign, and never draw boxes."""

import re
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image, ImageFont

from helpers import charts, cloud, house, load_articles, pagecharts, placecharts, plates

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
FIGURES = {
    "places": lambda: placecharts.plot_places(PLACES),
    "tree": lambda: placecharts.plot_tree(PLACES),
    "speakers": lambda: plates.plot_speakers(QUOTES),
    "figures": lambda: plates.plot_figures(COMPARED),
    "slogans": lambda: plates.plot_shares(TREND, "t"),
    "trend": lambda: charts.plot_trend(TREND),
    "keyness": lambda: charts.plot_keyness(WORDS),
    "bars": lambda: charts.plot_bars(WORDS[["word", "count"]], HOSTILE, "次数 / uses"),
    "articles": lambda: pagecharts.plot_articles(ARTICLES),
    "cloud": lambda: cloud.plot_cloud(WORDS),
    "page": lambda: pagecharts.plot_page(PAGE),
}


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_foreign_markup_is_escaped(draw):
    figure = draw()
    figure.layout.meta = None  # the panel and the folded table set it as text, never as markup
    text = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<script" not in text and "<b>网络" not in text


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_no_trace_needs_a_gpu_or_a_network(draw):
    kinds = {trace.type for trace in draw().data}
    assert not any(
        k.endswith(("gl", "map", "mapbox", "geo")) for k in kinds - {"heatmap", "treemap"}
    )


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_every_figure_says_title_and_measure_in_both_languages(draw):
    words = draw().layout.meta["words"]
    assert all(words["unit"]) and words["title"][0]
    assert any(c > "一" for c in words["unit"][0])
    assert not any(c > "一" for c in words["unit"][1].replace("“万亿元”", ""))


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_every_point_is_a_mark_with_its_sentence(draw):
    """Each mark of the table is drawn once or more, and nothing is drawn that is none."""
    figure = draw()
    meta = figure.layout.meta
    cells = [cell for trace in figure.data for cell in marks_in(trace.customdata)]
    assert {number for number, _ in cells} == set(range(len(meta["rows"])))
    assert len(meta["names"]) == len(set(meta["names"])) == len(meta["rows"]) == len(meta["keys"])
    assert all(len(row) == len(meta["heads"]) for row in meta["rows"])
    assert all(said for _, said in cells)


def marks_in(customdata):
    """The [number, sentence] of each point of a trace, tiles row by row."""
    for cell in [] if customdata is None else customdata:
        if cell is not None and len(cell) == 2 and isinstance(cell[1], str):
            yield cell
        elif cell is not None:
            yield from marks_in(cell)


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_every_figure_is_told_in_a_sentence(draw):
    """Alt text: what it is, how many marks, the extremes; in both languages."""
    figure = draw()
    zh, en = figure.layout.meta["alt"]
    meta = figure.layout.meta
    assert zh.startswith(meta["kind"][0]) and en.lower().startswith(meta["kind"][1])
    assert f"{len(meta['rows'])} 项" in zh and f"{len(meta['rows'])} marks" in en


def test_the_sentence_of_a_figure_names_its_extremes():
    zh, en = charts.plot_bars(
        WORDS[["word", "count"]].tail(3), "词 / Words", "次数 / uses"
    ).layout.meta["alt"]
    assert zh == "条形图：词。3 项。count最高：“网络安全”，30；最低：“社区”，10。次数。"
    assert (
        en == "Bar chart: Words. 3 marks. Highest count: “网络安全”, 30; lowest: “社区”, 10. uses."
    )


EMPTY = {
    "places": lambda: placecharts.plot_places(PLACES.tail(1)),
    "tree": lambda: placecharts.plot_tree(PLACES.head(0)),
    "speakers": lambda: plates.plot_speakers(QUOTES.head(0)),
    "figures": lambda: plates.plot_figures(COMPARED, "no such metric"),
    "slogans": lambda: plates.plot_shares(TREND.head(0), "t"),
    "trend": lambda: charts.plot_trend(TREND.head(0)),
    "keyness": lambda: charts.plot_keyness(WORDS.head(0)),
    "bars": lambda: charts.plot_bars(WORDS.head(0)[["word", "count"]], "t", "n"),
    "articles": lambda: pagecharts.plot_articles(ARTICLES.tail(1)),
    "cloud": lambda: cloud.plot_cloud(WORDS.head(0)),
    "page": lambda: pagecharts.plot_page(PAGE.head(0)),
}


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_an_empty_table_gives_a_sentence(draw):
    figure = draw()
    assert isinstance(figure, go.Figure) and figure.layout.annotations[0].text
    assert "rows" not in figure.layout.meta


def test_a_gap_stays_a_gap_and_thin_points_are_hollow():
    line = charts.plot_trend(TREND).data[0]
    assert line.y[1] is None and line.connectgaps is False
    assert line.marker.color[2] == house.PAPER and line.marker.color[0] != house.PAPER


def test_a_single_concept_has_its_band():
    one = TREND.head(3).assign(low=[1.0, float("nan"), float("nan")], high=[2.5, float("nan"), 6])
    figure = charts.plot_trend(one)
    assert list(figure.data[0].error_y.array) == [1.0, 0, 1.5]
    assert list(figure.data[0].error_y.arrayminus) == [0.5, 0, 0]
    assert "95 %" in figure.layout.meta["words"]["unit"][1]
    assert charts.plot_trend(TREND.assign(low=0.0, high=9.0)).data[0].error_y.array is None


def test_hover_is_a_sentence_with_its_numbers():
    _, said = charts.plot_trend(TREND).data[0].customdata[2]
    assert said == "2023：2 篇中 2 篇提到“a”，共 9 次，每万字 4.5 次"


def test_a_mark_says_its_sentence_in_english_too():
    for draw in FIGURES.values():
        english = draw().layout.meta["english"]
        assert len(english) == len(draw().layout.meta["rows"]) and all(english)
        quoted = re.compile("“[^”]*”|浙江|杭州市|西湖区|望川日报|万亿元|[^ ]*<b>[^ ]*|^[^:]*")
        assert not any(c > "一" for said in english for c in quoted.sub("", said))
    assert charts.plot_trend(TREND).layout.meta["english"][1] == (
        "2023: 2 of 2 articles mention “a”, 9 times, 4.5 per 10,000 characters"
    )


def test_labels_have_room_for_both_languages():
    rows = pd.DataFrame(
        {"what": ["乡村振兴 Rural revitalisation", "职工与一线 workers"], "n": [2, 1]}
    )
    figure = charts.plot_bars(rows, "t", "n")
    first, _ = figure.layout.yaxis.ticktext
    assert first.startswith("乡村振兴<br><span") and first.endswith(">Rural revitalisation</span>")
    plain = charts.plot_bars(rows.assign(what=["甲", "乙"]), "t", "n")
    assert figure.layout.height - plain.layout.height == 2 * (44 - 28)


@pytest.mark.parametrize("lengths", [[9, 3], [9, -3], [1, -90], [-2, -3]])
def test_names_across_from_bars_have_room_on_a_phone(lengths):
    rows = WORDS.head(2).assign(log_likelihood=lengths, word=["区域全面经济伙伴", "社区"])
    axis = charts.plot_keyness(rows).layout.xaxis.range
    scale = 340 / (axis[1] - axis[0])
    for length in lengths:
        assert abs(length) * scale + 40 <= abs(axis[1 if length > 0 else 0]) * scale
    if lengths[0] > 0:
        assert -axis[0] * scale >= 8 * 13  # the longer name stands left of its bar


def test_a_drawn_page_has_a_bar_for_every_character():
    figure = pagecharts.plot_page(PAGE)
    assert sum(sum(trace.x) for trace in figure.data) == PAGE["text"].str.len().sum()
    assert {trace.marker.color for trace in figure.data} == {house.SERIES[0], house.CONTEXT}


def test_more_than_five_concepts_are_grey():
    rows = [TREND.head(3).assign(concept=f"c{n}", count=9 - n) for n in range(7)]
    colours = [t.line.color for t in charts.plot_trend(pd.concat(rows)).data]
    assert colours[:5] == house.SERIES and set(colours[5:]) == {house.CONTEXT}


def test_bars_are_sorted_and_begin_at_zero():
    assert list(charts.plot_bars(WORDS[["word", "count"]], "t", "n").data[0].x) == [40, 30, 20, 10]


def test_a_quarter_without_clippings_is_blank():
    tiles = pagecharts.plot_articles(ARTICLES).data[0]
    assert list(tiles.x) == ["2023Q1", "2023Q2", "2023Q3"]
    assert [row[1] for row in tiles.z] == [None, None]


CROWD = {f"词语{chr(0x4E00 + n)}": 900.0 / (n + 3) for n in range(60)}


@pytest.mark.parametrize("area", [cloud.CLOUD, cloud.NARROW])
@pytest.mark.parametrize("shape", ["oval", "box"])
def test_no_word_of_the_cloud_lies_on_another_or_outside(area, shape):
    """Boxes, not pixels: a small word may not sit in the hollow of a large one."""
    placed = cloud.place_words(CROWD, area, shape)
    assert len(placed) > 40
    for k, (_, x, y, w, h, _) in enumerate(placed):
        assert x >= 0 and y >= 0 and x + w <= area[0] and y + h <= area[1]
        for _, left, top, wide, high, _ in placed[:k]:
            assert x >= left + wide or left >= x + w or y >= top + high or top >= y + h


def test_the_area_of_a_letter_goes_with_the_value():
    (_, *_, large), (_, *_, small) = cloud.place_words({"网络": 900.0, "贸易": 225.0})
    assert large / small == pytest.approx(2, rel=0.1)


def test_a_picture_shapes_the_cloud(tmp_path):
    left_half = Image.new("L", (64, 40), 255)
    left_half.paste(0, (0, 0, 32, 40))
    left_half.save(tmp_path / "half.png")
    placed = cloud.place_words(CROWD, shape=str(tmp_path / "half.png"))
    assert placed and max(x + w for _, x, _, w, *_ in placed) <= cloud.CLOUD[0] / 2 + 2 * cloud.CELL
    with pytest.raises(ValueError, match="choose oval, box"):
        cloud.place_words(CROWD, shape="heart")


def test_the_cloud_is_the_same_each_time():
    assert cloud.plot_cloud(WORDS).to_json() == cloud.plot_cloud(WORDS).to_json()


def has_glyph(letter):
    """Whether the font draws the letter, and not the box that stands for one it lacks."""
    font = ImageFont.truetype(cloud.find_font(), 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def test_the_font_has_every_letter_of_the_sample():
    articles = load_articles(Path(__file__).parent.parent / "corpus")
    letters = {c for text in articles["text"] for c in text if "一" <= c <= "龥"}
    assert len(letters) > 1500 and [c for c in letters | set("踔") if not has_glyph(c)] == []


def test_a_glyph_that_is_missing_is_noticed():
    assert not has_glyph("\ue123")


def test_without_a_font_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(cloud, "find_font", lambda: None)
    figure = cloud.plot_cloud(WORDS)
    assert not figure.data and "字体" in figure.layout.annotations[0].text


@pytest.mark.parametrize("by", ["week", "", None])
def test_a_wrong_period_lists_the_right_ones(by):
    with pytest.raises(ValueError, match="month, quarter or year"):
        pagecharts.plot_articles(ARTICLES, by=by)


def tile(figure, name):
    """The sentence of a province's tile."""
    number = figure.layout.meta["names"].index(name)
    return next(said for k, said in marks_in(figure.data[0].customdata) if k == number)


def test_every_province_has_a_tile_and_its_sentence():
    figure = placecharts.plot_places(PLACES)
    assert tile(figure, "浙江") == "浙江：2 篇提到，共 3 处；最多的是杭州市 2 处"
    assert tile(figure, "西藏") == "西藏：没有提到"
    assert sum(cell != "" for row in figure.data[0].text for cell in row) == 34


def test_no_two_provinces_share_a_tile():
    assert len(set(placecharts.TILES.values())) == len(placecharts.TILES) == 34


def test_boxes_of_the_tree_hold_what_is_in_them():
    tree = placecharts.plot_tree(PLACES).data[0]
    assert dict(zip(tree.ids, tree["values"], strict=True)) == {
        "浙江": 3, "浙江/杭州市": 2, "浙江/杭州市/西湖区": 1}  # fmt: skip
    assert list(placecharts.plot_tree(PLACES.iloc[[2]]).data[0].ids) == ["浙江"]


def test_a_line_of_figures_joins_periods_of_one_length():
    part, year = plates.plot_figures(COMPARED).data
    assert list(year.y) == [39.1, 42.07] and list(part.y) == [27.3]
    _, said = year.customdata[0]
    assert said.startswith("2021-01-01 至 2021-12-31（“去年”）")
    assert said.endswith("39.1万亿元，变动 +21.4%；2 篇用了这个数")


def test_slogans_show_shares_and_leave_gaps_blank():
    tiles = plates.plot_shares(TREND, "t").data[0]
    assert [row[1] for row in tiles.z] == [None, None]
    assert tiles.z[0][0] == 40 and ">40%<" in tiles.text[0][0]
    assert tiles.customdata[0][2][1] == "2023：2 篇中 2 篇（100%）有“a”；不足 3 篇，只当线索"
