"""Measures give the published figures, and hold where words, articles or sets change places."""

import doctest
import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    collocates,
    compare,
    concordance,
    difficulty,
    dispersion,
    diversity,
    frequencies,
    keyness,
    keywords,
    trend,
)
from helpers.concordances import align_lines
from helpers.contingency import MEASURES
from helpers.keywords import adjust_p
from helpers.trends import wilson

DOCS = Path(__file__).resolve().parent.parent / "docs" / "measures.md"


def tokens(*articles):
    """A tokens table of articles, each a list of words or a string of them with blanks."""
    lists = [a.split() if isinstance(a, str) else a for a in articles]
    rows = [(f"p#{n:02}", i, w) for n, words in enumerate(lists) for i, w in enumerate(words)]
    table = pd.DataFrame(rows, columns=["article", "position", "word"])
    return table.astype({"article": "category", "word": "category", "position": "int32"})


def one_word(a, b, c, d):
    """The row of keyness of a word used a times in c words and b times in d words."""
    sets = [pd.DataFrame({"article": "p", "word": ["x"] * n + ["y"] * (size - n)})
            for n, size in ((a, c), (b, d))]  # fmt: skip
    return keyness(*sets, min_count=0, min_articles=0).set_index("word").loc["x"]


def pairs(both, nodes, uses, size=0):
    """Tokens where a word of some uses stands `both` times beside one of some nodes."""
    position = np.concatenate([
        10 * np.arange(nodes),  # the nodes, too far apart to share a word
        10 * np.arange(both) + 1,
        10 * (nodes + np.arange(uses - both)) + 1,
        10 * (nodes + np.arange(size)) + 5,
    ])  # fmt: skip
    word = ["node"] * nodes + ["x"] * uses + ["y"] * size
    return pd.DataFrame({"article": "p", "position": position, "word": word})


def log_dice(both, nodes, uses):
    """The logDice of a word and a node."""
    return collocates(pairs(both, nodes, uses), "node", span=1).set_index("word")["log_dice"]["x"]


# --- the published figures -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "published"),
    [
        (52, 57, 50_000, 75_000, "2.65"),  # the exercise of Lancaster's log-likelihood wizard
        (10, 0, 13, 31_764, "167.23"),  # Dunning (1993), by nltk
        (110, 2552 - 110, 221, 31_777 - 221, "270.72"),
        (8, 13 - 8, 32, 31_777 - 32, "95.29"),
        (1, 15_334 - 1, 2, 191_998 - 2, "2.448757"),  # of the 94 pairs of the UCS toolkit
        (7, 15_334 - 7, 120, 191_998 - 120, "-0.829802"),
        (2, 15_334 - 2, 5, 191_998 - 5, "3.879126"),
    ],
)
def test_log_likelihood_as_published(a, b, c, d, published):
    digits = len(published.partition(".")[2])
    assert f"{one_word(a, b, c, d)['log_likelihood']:.{digits}f}" == published


@pytest.mark.parametrize(
    ("a", "b", "published"), [(10, 10, 0), (20, 10, 1), (160, 10, 4), (10, 160, -4), (8, 0, 4)]
)
def test_log_ratio_as_published(a, b, published):
    # The last one by Hardie's rule: no use counts as half a use.
    assert one_word(a, b, 1000, 1000)["log_ratio"] == published


def test_log_dice_as_published():
    assert log_dice(5, 5, 5) == 14
    assert log_dice(1, 16_384, 16_384) == 0
    assert log_dice(4, 50, 70) == pytest.approx(log_dice(2, 50, 70) + 1)
    assert f"{log_dice(7, 15_334, 120):.4f}" == "3.8917"  # “certain” in the UCS toolkit
    wider = collocates(pairs(4, 50, 70, size=900), "node", span=1)
    assert wider["log_dice"][0] == log_dice(4, 50, 70), "the size of the corpus plays no part"


GRIES = [  # the corpus of Gries (2008): five parts of 9, 10, 10, 10 and 11 words
    "b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a", "b a g h a b e a a t",
    "b a h a a b e a x a t",
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "count", "parts", "dp", "d"),
    [("b", 10, 5, "0.020", "0.968"), ("i", 1, 1, "0.820", "0.000"), ("q", 1, 1, "0.800", "0.000"),
     ("x", 1, 1, "0.780", "0.000"), ("a", 15, 5, "0.180", "0.785")],
)  # fmt: skip
def test_dispersion_as_published(word, count, parts, dp, d):
    row = dispersion(tokens(*GRIES), word).iloc[0]
    assert (row["count"], row["range"]) == (count, parts)
    assert (f"{row['dp']:.3f}", f"{abs(row['juilland_d']):.3f}") == (dp, d)


def test_juillands_d_as_published():
    parts = [["x"] * n + ["y"] * (20 - n) for n in (0, 4, 3, 2, 1)]
    assert f"{dispersion(tokens(*parts), 'x')['juilland_d'][0]:.4f}" == "0.6464"  # Carroll (1970)


@pytest.mark.parametrize(
    ("g2", "p"), [("3.841459", 0.05), ("6.634897", 0.01), ("10.827566", 0.001), ("0", 1)]
)
def test_p_is_chi_squared_with_one_degree_of_freedom(monkeypatch, g2, p):
    monkeypatch.setattr(keywords, "signed_g2", lambda o: o[0] * 0.0 + float(g2))
    assert one_word(1, 1, 9, 9)["p"] == pytest.approx(p, rel=1e-5)


def test_p_is_adjusted_by_holm():
    adjusted = adjust_p(pd.DataFrame({"p": [0.01, 0.04, 0.03, 0.005]}))["p_adjusted"]
    assert list(adjusted) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert list(adjust_p(pd.DataFrame({"p": [0.9, 0.8]}))["p_adjusted"]) == [1, 1]


def test_the_examples_of_the_documentation_run():
    text = re.sub(r"^```.*", "", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, "measures.md", str(DOCS), 0)
    results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert results.attempted > 10
    assert results.failed == 0


def test_the_documentation_tells_every_column():
    table, more = tokens(GRIES[0], GRIES[1]), pd.DataFrame({"article": ["a"], "text": ["甲"]})
    tables = [frequencies(table), all_keyness(table, table), collocates(table, "a"), trend(NEWS, "网络"),
              dispersion(table, "a"), diversity(table), difficulty(more), compare(table, table)]  # fmt: skip
    columns = {c for t in tables for c in t} - {"word", "corpus", "article", "period", "concept"}
    missing = columns - set(re.findall(r"`(\w+)`", DOCS.read_text("utf-8")))
    assert not missing


@pytest.mark.parametrize("name", MEASURES)
def test_the_documentation_names_every_measure(name):
    assert f"`{name}`" in DOCS.read_text("utf-8")


# --- what holds for any words ----------------------------------------------------------------

some_articles = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12), max_size=6)
given_articles = given(articles=some_articles)
given_sets = given(one=some_articles, other=some_articles)
enough = settings(max_examples=60, deadline=None)


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-9, atol=1e-9)


def all_keyness(one, other):
    return keyness(one, other, min_count=0, min_articles=0)


@enough
@given(articles=some_articles, order=st.randoms())
def test_the_order_of_articles_does_not_matter(articles, order):
    one = tokens(*articles)
    rows = list(one.index)
    order.shuffle(rows)
    other, rest = one.loc[rows], tokens("甲 乙 乙 戊", "丙")
    same(frequencies(one), frequencies(other))
    same(all_keyness(one, rest), all_keyness(other, rest))
    same(collocates(one, "甲", span=2), collocates(other, "甲", span=2))
    same(dispersion(one, list("甲乙丙")), dispersion(other, list("甲乙丙")))


@enough
@given_sets
def test_both_sets_doubled_say_the_same_twice_as_surely(one, other):
    once = all_keyness(tokens(*one), tokens(*other)).set_index("word")
    twice = (
        all_keyness(tokens(*one, *one), tokens(*other, *other)).set_index("word").loc[once.index]
    )
    assert twice["log_likelihood"].to_numpy() == pytest.approx(
        2 * once["log_likelihood"].to_numpy(), abs=1e-9
    )
    shared = (once["count"] > 0) & (once["count_reference"] > 0)
    assert twice["log_ratio"][shared].to_numpy() == pytest.approx(
        once["log_ratio"][shared].to_numpy()
    )
    assert (twice["articles"] == 2 * once["articles"]).all()


@enough
@given_sets
def test_sets_that_change_places_change_the_sign(one, other):
    there = all_keyness(tokens(*one), tokens(*other)).set_index("word").sort_index()
    back = all_keyness(tokens(*other), tokens(*one)).set_index("word").sort_index()
    for column in ("log_likelihood", "log_ratio"):
        assert there[column].to_numpy() == pytest.approx(-back[column].to_numpy(), abs=1e-9)
    assert there["p_adjusted"].to_numpy() == pytest.approx(back["p_adjusted"].to_numpy())
    assert (there["p_adjusted"] >= there["p"] - 1e-12).all()


@enough
@given_sets
def test_log_likelihood_is_the_sum_over_four_cells(one, other):
    one, other = [sum(one, []), sum(other, [])]  # noqa: RUF017
    for row in all_keyness(tokens(one), tokens(other)).itertuples():
        sets = [(words.count(row.word), len(words)) for words in (one, other)]
        total, both = len(one) + len(other), sum(uses for uses, _ in sets)
        cells = [(uses, both * size / total) for uses, size in sets]
        cells += [(size - uses, (total - both) * size / total) for uses, size in sets]
        g2 = 2 * sum(observed * math.log(observed / e) for observed, e in cells if observed)
        assert abs(row.log_likelihood) == pytest.approx(g2, abs=1e-9)


@enough
@given_articles
def test_frequencies_add_up(articles):
    table = tokens(*articles)
    whole, by_article = frequencies(table), frequencies(table, by="article")
    assert whole["count"].sum() == by_article["count"].sum() == len(table)
    assert (whole["articles"] <= min(len(articles), len(table))).all()
    assert len(by_article) == whole["articles"].sum()
    assert by_article.groupby("article", observed=True)[
        "per_million"
    ].sum().to_numpy() == pytest.approx(1e6)
    assert list(whole["count"]) == sorted(whole["count"], reverse=True)


@enough
@given(articles=some_articles, span=st.integers(1, 4))
def test_collocates_are_counted_as_by_hand(articles, span):
    together = Counter()
    for words in articles:
        for i, word in enumerate(words):
            near = words[max(0, i - span) : i] + words[i + 1 : i + span + 1]
            together[word] += word != "甲" and "甲" in near
    count = Counter(sum(articles, []))  # noqa: RUF017
    table = collocates(tokens(*articles), "甲", span=span)
    assert dict(zip(table["word"], table["together"], strict=True)) == dict(+together)
    for row in table.itertuples():
        chance = together.total() / (count.total() - count["甲"])
        assert row.expected == pytest.approx(chance * count[row.word])
        dice = 2 * row.together / (count["甲"] + count[row.word])
        assert row.log_dice == pytest.approx(14 + math.log2(dice))


@enough
@given_articles
def test_dispersion_is_as_by_hand(articles):
    parts, table = [a for a in articles if a], tokens(*articles)
    row = dispersion(table, ["甲"]).iloc[0]
    uses = np.array([a.count("甲") for a in parts], float)
    assert (row["count"], row["range"]) == (uses.sum(), (uses > 0).sum())
    if not uses.sum():
        assert math.isnan(row["dp"])
        assert math.isnan(row["juilland_d"])
        return
    sizes = np.array([len(a) for a in parts])
    assert row["dp"] == pytest.approx(abs(uses / uses.sum() - sizes / sizes.sum()).sum() / 2)
    if len(parts) > 1:
        rates = uses / sizes
        d = 1 - rates.std() / rates.mean() / math.sqrt(len(parts) - 1)
        assert row["juilland_d"] == pytest.approx(d, abs=1e-9)


# --- sets with little in them ----------------------------------------------------------------


def test_no_words_give_empty_tables_with_their_columns():
    none, some = tokens(), tokens("甲 乙", "甲")
    assert list(frequencies(none)) == ["word", "count", "per_million", "articles", "share"]
    for sets in ((none, some), (some, none), (none, none)):
        assert all_keyness(*sets).empty
        assert list(all_keyness(*sets)) == list(all_keyness(some, some))
    assert list(collocates(none, "甲")) == list(collocates(some, "甲"))
    assert collocates(some, "丁").empty
    assert dispersion(none, "甲").values.tolist()[0][:3] == ["甲", 0, 0]
    assert dispersion(some, []).empty


def test_a_part_of_the_tokens_has_no_words_of_the_others():
    table = tokens("甲 乙", "丙")
    first = table[table["article"] == "p#00"]
    assert list(frequencies(first)["word"]) == ["乙", "甲"]
    assert list(all_keyness(first, first)["count"]) == [1, 1]
    assert list(collocates(first, "甲")["word"]) == ["乙"]
    assert dispersion(first, "甲")["dp"][0] == 0, "only its own articles are parts"


def test_sets_of_one_word():
    row = all_keyness(tokens("甲"), tokens("甲")).iloc[0]
    assert row[["log_likelihood", "log_ratio", "p", "p_adjusted"]].tolist() == [0, 0, 1, 1]
    table = all_keyness(tokens("甲"), tokens("乙")).set_index("word")
    assert table["log_likelihood"].tolist() == pytest.approx([4 * math.log(2), -4 * math.log(2)])
    assert table["log_ratio"].tolist() == [1, -1]
    assert math.isnan(dispersion(tokens("甲"), "甲")["juilland_d"][0]), "one part shares nothing"


def test_keyness_leaves_out_what_is_rare_in_both():
    target = tokens("甲 甲 甲 乙 丙", "甲 甲 乙 丙")
    reference = tokens("丁 丁 丁 丙", "丁 丁 丙", "戊 戊 戊 戊 戊")
    # 甲: 5 times in 2 articles of the target; 丁: so in the reference; 戊: in one article only.
    assert list(keyness(target, reference)["word"]) == ["甲", "丁"]
    assert set(keyness(target, reference, min_articles=1)["word"]) == {"甲", "丁", "戊"}
    assert set(keyness(target, reference, min_count=2)["word"]) == {"甲", "乙", "丙", "丁"}


def test_windows_end_with_the_article_and_count_a_word_once():
    table = collocates(tokens("乙 甲 丙 甲", "丁 戊"), "甲", span=5).set_index("word")
    assert table["together"].to_dict() == {"乙": 1, "丙": 1}
    assert table["expected"].to_dict() == {"乙": 0.5, "丙": 0.5}


def test_words_taken_out_do_not_draw_others_nearer():
    table = tokens("甲 的 了 丙")
    assert collocates(table[~table["word"].isin(["的", "了"])], "甲", span=2).empty


# --- places ----------------------------------------------------------------------------------


def article(text, origin=None, **more):
    """An articles table of one article."""
    row = {"page": "p.txt", "article": "p.txt#01", "date": pd.Timestamp("2023-09-12"),
           "paper": "望川日报", "text": text, "origin": origin or [[0, 1, 0]]}  # fmt: skip
    return pd.DataFrame([row | more])


def test_a_concordance_has_the_place_of_each_node():
    text = "网络安全靠人民。\n人民网络人民建"
    table = concordance(article(text, [[0, 4, 2], [5, 5, 0], [9, 7, 0], [13, 8, 3]]), "人民", 4)
    assert list(table["start"]) == [5, 9, 13]
    assert list(table["line"]) == [5, 7, 8]
    assert list(table["left"]) == ["络安全靠", "人民。／", "人民网络"]
    assert list(table["right"]) == ["。／人民", "网络人民", "建"]
    assert table.iloc[0][["page", "article", "paper"]].tolist() == ["p.txt", "p.txt#01", "望川日报"]


@pytest.mark.parametrize(
    ("pattern", "nodes"),
    [
        ("安全", ["安全", "安全"]),
        (["安全", "网络安全"], ["网络安全", "安全"]),  # the longer one
        ("5.0", ["5.0"]),  # a string is no expression
        (re.compile(r"\d\.\d|人."), ["5.0", "人民", "人人"]),
        (re.compile("x*"), ["x"]),  # nothing is no place
        ([], []),
        ("没有", []),
    ],
)
def test_patterns(pattern, nodes):
    assert list(concordance(article("网络安全5.0为人民，5x0安全人人"), pattern)["node"]) == nodes


@enough
@given(text=st.text("网络安全\n。", max_size=40), width=st.integers(0, 6))
def test_a_concordance_line_is_a_piece_of_the_text(text, width):
    table = concordance(article(text), ["网络", "安"], width)
    for row in table.itertuples():
        assert text[row.start :].startswith(row.node)
        piece = text[max(0, row.start - width) : row.start + len(row.node) + width]
        assert row.left + row.node + row.right == piece.replace("\n", "／")


def test_copies_have_no_place():
    articles = pd.concat([article("网络"), article("网络", duplicate_of="q#01")])
    table = concordance(articles, "网络")
    assert len(table) == 1
    assert "copies left out: 1" in table.attrs["note"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("R1", ["安全", "家园", "强国"]),  # by sound: ānquán, jiāyuán, qiángguó
        ("L1", ["家园", "强国", "安全"]),  # bǎ, shè, yào: 把, 设, 要
        (["date", "R1"], ["安全", "强国", "家园"]),
        ("paper", ["强国", "安全", "家园"]),
        ("node", ["强国", "安全", "家园"]),
        ((), ["强国", "安全", "家园"]),
    ],
)
def test_lines_are_sorted_by_their_neighbours(sort, order):
    rows = [article("设网络强国"), article("要网络安全"), article("把网络家园")]
    rows = [
        r.assign(date=pd.Timestamp(d))
        for r, d in zip(rows, ("2023-05-05", "2023-01-01", None), strict=True)
    ]
    table = concordance(pd.concat(rows), "网络", sort=sort)
    assert list(table["right"]) == order


def test_a_line_without_a_neighbour_comes_last():
    table = concordance(pd.concat([article("网络"), article("网络安")]), "网络", sort="R1")
    assert list(table["right"]) == ["安", ""]


def test_aligned_lines_have_their_nodes_beneath_each_other():
    text = align_lines(concordance(article("5G建设网络强国。网络安全"), "网络"))
    places = [
        sum(2 if c > "⺀" else 1 for c in line.partition("［")[0]) for line in text.splitlines()
    ]
    assert len(places) == 2 and len(set(places)) == 1
    assert align_lines(concordance(article("甲"), "网络")) == ""


# --- sides -----------------------------------------------------------------------------------


def test_a_side_of_the_node():
    table = tokens("乙 甲 丙 丙")
    assert dict(collocates(table, "甲", side="left")[["word", "together"]].values.tolist()) == {
        "乙": 1
    }
    assert dict(collocates(table, "甲", side="right")[["word", "together"]].values.tolist()) == {
        "丙": 2
    }
    both = collocates(table, "甲").set_index("word")
    assert both.loc["丙", ["left", "right", "articles"]].tolist() == [0, 2, 1]
    assert set(both["window"]) == {"5 words on either side"}
    with pytest.raises(ValueError, match="choose one of both, left, right"):
        collocates(table, "甲", side="above")


def test_trap_chance_has_the_width_of_the_window():
    # Of 1,000 words 10 are nodes, far apart; a word used 50 times is as often near them by chance
    # as the windows are wide: E = 50 × words in windows / words that are no nodes.
    words = ["甲" if k % 100 == 50 else "乙" if k % 20 == 0 else "丙" for k in range(1000)]
    for span in (1, 4):
        row = collocates(tokens(words), "甲", span=span).set_index("word").loc["丙"]
        uses = words.count("丙")
        assert row["expected"] == pytest.approx(uses * 10 * 2 * span / 990)


def test_no_number_is_missing_without_a_reason():
    for one, other in ((tokens("甲 乙"), tokens("甲 丙")), (tokens("甲"), tokens("甲"))):
        table = all_keyness(one, other)
        assert table.drop(columns="dp").notna().all().all()
        assert (table["dp"].isna() == (table["count"] == 0)).all()
        assert "empty where it has no use" in table.attrs["note"]
        assert np.isfinite(table.select_dtypes("number").drop(columns="dp")).all().all()
        near = collocates(tokens("甲 乙 丙"), "甲")
        assert np.isfinite(near.select_dtypes("number")).all().all()


# --- time ------------------------------------------------------------------------------------


def tagged(*rows):
    """Tagged articles of rows of date, paper, chars and the count of one concept."""
    table = pd.DataFrame(rows, columns=["date", "paper", "chars", "网络"])
    return table.assign(date=pd.to_datetime(table["date"]))


NEWS = tagged(
    ("2023-01-05", "望川日报", 1000, 2), ("2023-01-20", "澄湖早报", 3000, 0),
    ("2023-04-01", "望川日报", 500, 1), (None, None, 700, 4),
)  # fmt: skip


def test_a_trend_leaves_gaps_where_no_article_is():
    table = trend(NEWS, "网络")
    assert list(table["period"]) == ["2023-01", "2023-02", "2023-03", "2023-04"]
    assert list(table["articles"]) == [2, 0, 0, 1]
    assert list(table["articles_with"]) == [1, 0, 0, 1]
    assert table["per_10k"].fillna(-1).tolist() == [5, -1, -1, 20]
    assert table["count"].sum() == 3, "an article without a date is in no month"
    assert "1 without a date" in table.attrs["note"]
    assert "2 are gaps" in table.attrs["note"]


@pytest.mark.parametrize(
    ("by", "periods"),
    [("quarter", ["2023Q1", "2023Q2"]), ("year", ["2023"]), ("paper", ["望川日报", "澄湖早报"])],
)
def test_a_trend_by_other_periods(by, periods):
    table = trend(NEWS, ["网络"], by=by)
    assert list(table["period"]) == periods
    assert table["articles"].sum() == 3


def test_a_trend_of_several_concepts_is_long():
    table = trend(NEWS.assign(贸易=[0, 1, 5, 0]), ["贸易", "网络"], by="quarter")
    assert table[["concept", "period", "count"]].values.tolist() == [
        ["贸易", "2023Q1", 1], ["贸易", "2023Q2", 5], ["网络", "2023Q1", 2], ["网络", "2023Q2", 1],
    ]  # fmt: skip


def test_a_trend_leaves_copies_out():
    table = trend(NEWS.assign(duplicate_of=[None, None, "p#01", None]), "网络")
    assert list(table["period"]) == ["2023-01"]
    assert "1 copies" in table.attrs["note"]


def test_a_trend_says_how_sure_it_is():
    rows = [("2023-01-05", "望川日报", 1000, k % 3) for k in range(12)]
    table = trend(tagged(*rows, ("2023-02-01", "望川日报", 1000, 1)), "网络")
    first, few = table.iloc[0], table.iloc[1]
    assert first["low"] < first["per_10k"] < first["high"]
    assert first["share_low"] < first["share"] < first["share_high"]
    assert (first["remark"], few["remark"]) == ("", "too few")
    assert few[["low", "high", "share_low", "share_high"]].isna().all()
    assert "bootstrap over articles" in table.attrs["note"] and "Wilson" in table.attrs["note"]
    again = trend(tagged(*rows[::-1], ("2023-02-01", "望川日报", 1000, 1)), "网络")
    pd.testing.assert_frame_equal(table, again)


def test_wilsons_interval_as_published():
    # 15 of 148: .0624 to .1605 (Newcombe 1998, table I).
    low, high = wilson(15, 148)
    assert (f"{low:.4f}", f"{high:.4f}") == ("0.0624", "0.1605")
    assert wilson(0, 20)[0] == pytest.approx(0)


def test_a_trend_without_articles_or_concepts_is_empty():
    for table in (trend(NEWS[:0], "网络"), trend(NEWS, []), trend(NEWS[3:], "网络")):
        assert table.empty
        assert list(table) == list(trend(NEWS, "网络"))


# --- what is refused, and what is said --------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: frequencies(tokens("甲"), by="paper"), "choose one of article"),
        (lambda: frequencies(NEWS), "lacks article, word; it has date, paper"),
        (lambda: keyness(NEWS, NEWS), "lacks article, word"),
        (lambda: collocates(tokens("甲"), "甲", span=0), "1 or more"),
        (lambda: collocates(tokens("甲"), ""), "none of them empty"),
        (lambda: collocates(tokens("甲").drop(columns="position"), "甲"), "lacks position"),
        (lambda: dispersion(tokens("甲"), [1]), "a list of strings"),
        (lambda: concordance(article("甲"), "甲", width=-1), "0 or more"),
        (lambda: concordance(article("甲"), ""), "none of them empty"),
        (lambda: concordance(NEWS, "甲"), "lacks page, article, text, origin"),
        (lambda: trend(NEWS, "网络", by="week"), "choose one of month, paper, quarter, year"),
        (lambda: trend(NEWS, "安全"), "choose one of 网络"),
        (lambda: trend(NEWS.drop(columns="chars"), "网络"), "lacks chars"),
    ],
)
def test_a_wrong_argument_is_refused_with_the_choices(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_each_table_says_what_was_counted_and_how():
    table = tokens("甲 乙", "甲")
    notes = {
        "3 words in 2 articles": frequencies(table),
        "G².*no correction.*Holm": all_keyness(table, table),
        "1 places of 甲 in 1 of 1 articles": concordance(article("甲"), "甲"),
        "2 uses of 甲; window: 5 words on either side.*1 words in it.*Rychlý": collocates(
            table, "甲"
        ),
        "2 articles.*Gries": dispersion(table, "甲"),
        "10,000 characters.*under 5": trend(NEWS, "网络"),
    }
    for said, result in notes.items():
        assert re.search(said, result.attrs["note"])
