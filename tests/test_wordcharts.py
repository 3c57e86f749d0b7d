"""Charts of words in their places show what their table says, and escape what is foreign."""

import pandas as pd
import pytest

from helpers import house, wordcharts
from helpers.citing import cite, evidence
from helpers.collocations import collocation_network
from helpers.concordances import concordance
from helpers.shifts import compare

HOSTILE = "<script>alert(1)</script><b>网络</b>"
EDGES = pd.DataFrame(
    [["网络", HOSTILE, 9, 11.5], ["网络", "安全", 4, 10.0], [HOSTILE, "安全", 3, 9.0]],
    columns=["word", "collocate", "together", "log_dice"],
)
ARTICLES = pd.DataFrame({
    "page": "p", "article": ["p#01", "p#02"], "paper": ["望川日报", HOSTILE],
    "date": pd.to_datetime(["2023-09-12", None]), "headline": [HOSTILE, None],
    "text": [f"{HOSTILE}建设", "建设强国，建设家园"], "origin": [[[0, 3, 0]], [[0, 9, 0]]],
})  # fmt: skip
LINES = concordance(ARTICLES, ["建设", "网络"])
SHIFT = compare(
    pd.DataFrame({"article": "a", "word": ["网络"] * 5 + [HOSTILE]}),
    pd.DataFrame({"article": "b", "word": ["网络"] * 2 + ["贸易"] * 4}),
)
FIGURES = {
    "network": lambda: wordcharts.plot_network(EDGES),
    "barcode by article": lambda: wordcharts.plot_barcode(LINES, ARTICLES),
    "barcode by node": lambda: wordcharts.plot_barcode(LINES, ARTICLES, by="node"),
    "shift": lambda: wordcharts.plot_shift(SHIFT),
}
EMPTY = {
    "network": lambda: wordcharts.plot_network(EDGES.head(0)),
    "barcode": lambda: wordcharts.plot_barcode(LINES.head(0), ARTICLES),
    "shift": lambda: wordcharts.plot_shift(SHIFT.head(0)),
}
draw_each = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)


@draw_each
def test_foreign_markup_is_escaped(draw):
    figure = draw()
    figure.layout.meta = None  # the panel sets its passages as text, never as markup
    text = figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<script" not in text and "<b>网络</b>&" not in text


@draw_each
def test_each_says_its_measure_and_n_in_both_languages(draw):
    words = draw().layout.meta["words"]
    assert all("n = " in words["unit"][k] and words["title"][k] for k in (0, 1))
    assert not any(c > "一" for c in words["title"][1] + words["unit"][1])


@draw_each
def test_nothing_needs_a_gpu(draw):
    assert {trace.type for trace in draw().data} <= {"scatter", "bar"}


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_an_empty_table_gives_a_sentence(draw):
    assert draw().layout.annotations[0].text


def test_a_network_is_the_same_at_each_run_and_its_node_is_red():
    one, other = wordcharts.plot_network(EDGES), wordcharts.plot_network(EDGES)
    assert one.to_json() == other.to_json()
    words = one.data[-1]
    assert words.text[0] == "网络" and words.marker.color[0] == house.SERIES[0]
    assert len(one.data) == len(EDGES) + 1
    assert "9 次（11.5）" in words.customdata[0][1]


def test_a_network_links_neighbours_to_each_other():
    words = ["网络", "安全", "人民", "建设", "强国", "家园"] * 3
    tokens = pd.DataFrame({"article": "a", "position": range(18), "word": words})
    pairs = {
        (r.word, r.collocate) for r in collocation_network(tokens, "网络", span=1).itertuples()
    }
    assert ("网络", "安全") in pairs
    assert collocation_network(tokens, "没有").empty


def test_a_stroke_stands_where_the_word_does():
    strokes = wordcharts.plot_barcode(LINES, ARTICLES).data[0]
    length = len(ARTICLES["text"][0])
    assert list(strokes.x) == [
        ARTICLES["text"][0].index("网络") / length, ARTICLES["text"][0].index("建设") / length, 0, 5 / 9,
    ]  # fmt: skip
    assert list(strokes.y) == [0, 0, 1, 1]
    by_node = wordcharts.plot_barcode(LINES, ARTICLES, by="node").data[0]
    assert list(by_node.y) == [0, 1, 1, 1] and max(by_node.x) < 1


def test_a_stroke_opens_its_own_passage():
    figure = cite(wordcharts.plot_barcode(LINES, ARTICLES), LINES, ARTICLES)
    assert figure.layout.meta["totals"] == [1] * len(LINES)
    names = figure.layout.meta["names"]
    found = pd.concat([evidence(figure, name) for name in names])
    assert found["node"].tolist() == LINES["node"].tolist()
    assert found["lines"].tolist() == [str(n) for n in LINES["line"]]


def test_too_many_strokes_are_cut_and_the_subtitle_says_so():
    many = pd.concat([LINES] * 400, ignore_index=True)
    figure = wordcharts.plot_barcode(many, ARTICLES)
    assert len(figure.data[0].x) == wordcharts.MARKS
    assert "n = 1,600 处，画出 600 处" in figure.layout.meta["words"]["unit"][0]
    with pytest.raises(ValueError, match="choose one of article, node"):
        wordcharts.plot_barcode(LINES, ARTICLES, by="page")


def test_a_shift_goes_to_the_side_that_has_more():
    figure = wordcharts.plot_shift(SHIFT)
    names = [beside.text for beside in figure.layout.annotations]
    sides = dict(zip(names, figure.data[0].x, strict=True))
    assert sides["贸易"] < 0 < sides["网络"]
    assert sum(abs(x) for x in figure.data[0].x) == pytest.approx(100)
