"""Words and their sequences are counted within an article, and within a clause."""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import frequencies, keyness
from helpers.counts import group_tokens
from helpers.sequences import character_ngrams, ngrams
from helpers.tables import coded, footnote, tally

enough = settings(max_examples=60, deadline=None)
texts = st.lists(st.text("网络安全，5aG。\n ", max_size=20), max_size=4)


def articles_of(texts):
    return pd.DataFrame({"article": [f"p#{n}" for n in range(len(texts))], "text": texts})


def cut(texts):
    """Tokens of texts, each a word of one or two letters, marks and blanks left out."""
    rows = [
        (f"p#{n}", i, m.start(), m[0])
        for n, text in enumerate(texts)
        for i, m in enumerate(re.finditer(r"[网安]?[^\W_]", text))
    ]
    table = pd.DataFrame(rows, columns=["article", "position", "start", "word"])
    return table.astype({"article": "category", "word": "category"})


@enough
@given(texts, st.integers(1, 4))
def test_no_sequence_of_words_crosses_a_mark_or_an_article(texts, n):
    by_hand = Counter()
    for text in texts:
        for clause in re.findall(r"[^\W_]+", text):
            words = re.findall(r"[网安]?[^\W_]", clause)
            by_hand.update("".join(words[i : i + n]) for i in range(len(words) - n + 1))
    assert Counter(ngrams(cut(texts), n)["word"]) == by_hand


@enough
@given(texts, st.integers(1, 4))
def test_sequences_of_characters_are_han_alone(texts, n):
    by_hand = Counter()
    for text in texts:
        for run in re.findall("[网络安全]+", text):
            by_hand.update(run[i : i + n] for i in range(len(run) - n + 1))
    found = character_ngrams(articles_of(texts), n)
    assert Counter(found["word"]) == by_hand
    for row in found.itertuples():
        assert texts[int(row.article[2:])][row.start :].startswith(row.word)


def test_a_table_of_sequences_is_a_table_of_tokens():
    pairs = ngrams(cut(["网络安全", "网络安全，网络"]), 2)
    table = frequencies(pairs).set_index("word")
    assert table.loc["网络安全", ["count", "articles"]].tolist() == [2, 2]
    assert keyness(pairs, pairs, min_count=1, min_articles=1)["log_likelihood"].eq(0).all()


def test_one_string_from_two_cuttings_is_one_word():
    rows = [("a", 0, 0, "发展"), ("a", 1, 2, "中国家"), ("b", 0, 0, "发展中"), ("b", 1, 3, "国家")]
    tokens = pd.DataFrame(rows, columns=["article", "position", "start", "word"])
    assert frequencies(ngrams(tokens, 2))["count"].tolist() == [2]


def test_words_taken_out_leave_a_gap():
    tokens = cut(["网络的安全"])
    assert list(ngrams(tokens, 2)["word"]) == ["网络的", "的安全"]
    assert ngrams(tokens[tokens["word"] != "的"], 2).empty


ARTICLES = pd.DataFrame({
    "article": ["a", "b", "c"], "paper": ["望川日报", "澄湖早报", None],
    "date": pd.to_datetime(["2023-01-05", "2023-02-07", "2023-04-01"]),
    "themes": [["trade", "cyber"], [], ["trade"]],
})  # fmt: skip
TOKENS = pd.DataFrame({"article": list("aabc"), "word": ["网络", "安全", "网络", "贸易"]})


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("month", {"2023-01": 2, "2023-02": 1, "2023-04": 1}),
        ("quarter", {"2023Q1": 3, "2023Q2": 1}),
        ("year", {"2023": 4}),
        ("paper", {"望川日报": 2, "澄湖早报": 1}),
        ("theme", {"trade": 3, "cyber": 2}),
    ],
)
def test_words_are_counted_by_what_their_article_is(by, groups):
    grouped = group_tokens(TOKENS, ARTICLES, by)
    table = frequencies(grouped, by=by)
    assert table.groupby(by)["count"].sum().to_dict() == groups
    sums = table.groupby(by)["per_million"].sum()
    assert sums.to_numpy() == pytest.approx(1e6), "rates are within the group"


def test_a_group_that_is_none_is_refused():
    with pytest.raises(ValueError, match="choose one of"):
        group_tokens(TOKENS, ARTICLES, "week")


def test_share_is_of_the_articles_of_the_group():
    table = frequencies(group_tokens(TOKENS, ARTICLES, "quarter"), by="quarter")
    shares = table.set_index(["quarter", "word"])["share"]
    assert shares["2023Q1", "网络"] == 1
    assert shares["2023Q1", "安全"] == 0.5


@enough
@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("xyz")), max_size=30))
def test_a_tally_is_a_counter(rows):
    table = pd.DataFrame(rows, columns=["word", "article"], dtype=object)
    (word, article), count, (words, articles) = tally(table, "word", "article")
    found = {(words[w], articles[a]): c for w, a, c in zip(word, article, count, strict=True)}
    assert found == Counter(rows)


def test_a_row_without_a_word_is_not_passed_over_in_silence():
    with pytest.raises(ValueError, match="1 rows have none"):
        coded(pd.Series(["a", None], name="word"))


def test_a_footnote_says_when_rows_are_left_out_and_when_it_is_lost():
    table = frequencies(TOKENS)
    assert footnote(table).startswith("4 words in 3 articles.")
    assert footnote(table.head(2)).endswith("Rows: 2 of 3.")
    with pytest.raises(ValueError, match="lost its footnote"):
        footnote(pd.DataFrame({"word": ["网络"]}))


def test_one_character_numbers_and_latin_are_words_like_others():
    tokens = pd.DataFrame({"article": "a", "word": ["网", "5G", "2023", "，", "网"]})
    assert dict(frequencies(tokens)[["word", "count"]].values.tolist())["5G"] == 1
    assert np.isclose(frequencies(tokens)["per_million"].sum(), 1e6)
