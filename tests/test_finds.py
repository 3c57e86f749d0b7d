"""Topics, new words and reused passages are found where they are, and not where they are not."""

from os.path import commonprefix

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import topics
from helpers.candidates import find_new_words
from helpers.reuse import find_passages
from helpers.tables import footnote
from helpers.topics import find_topics, npmi, u_mass

# --- topics -----------------------------------------------------------------------------------

TRADE, CYBER = ([f"{kind}{k}" for k in range(12)] for kind in ("贸", "网"))


def two_topics(articles=30):
    """Articles of twenty words, half of them of one kind of words and half of another."""
    draw = np.random.default_rng(1).choice
    rows = [(f"p#{n:02}", w) for n in range(articles) for w in draw(TRADE if n % 2 else CYBER, 20)]
    return pd.DataFrame(rows, columns=["article", "word"])


def test_two_kinds_of_articles_are_two_topics():
    table = find_topics(two_topics(), n=2)
    assert sorted(table["articles"]) == [15, 15]
    assert sorted({w[0] for w in words.split()} for words in table["words"]) == [{"网"}, {"贸"}]
    assert (table["npmi"] > 0.3).all() and (table["stability"] > 0.6).all()
    assert all(len({int(a[2:]) % 2 for a in x.split()}) == 1 for x in table["leading"])


def test_the_same_seed_finds_the_same_topics():
    pd.testing.assert_frame_equal(find_topics(two_topics(), 2), find_topics(two_topics(), 2))


def test_topics_are_looked_for_once_in_the_same_words(monkeypatch, tmp_path):
    monkeypatch.setenv("JIANBAO_STORE", str(tmp_path))
    found, made = [], topics._topics
    monkeypatch.setattr(topics, "_topics", lambda *x: found.append(x[3:]) or made(*x))
    tables = [find_topics(two_topics(120), n, seed) for n, seed in [(2, 0), (2, 0), (2, 1)]]
    find_topics(two_topics(121), 2)
    assert found == [(2, 0), (2, 1), (2, 0)]
    pd.testing.assert_frame_equal(*tables[:2])


def test_too_few_articles_make_no_topics_and_say_so():
    table = find_topics(two_topics(9), n=2)
    assert table.empty and "Too few for 2 topics: it takes 10 articles" in footnote(table)
    assert find_topics(two_topics(0), n=2).empty
    with pytest.raises(ValueError, match="2 or more"):
        find_topics(two_topics(), n=1)


def test_row_32_the_limits_of_npmi():
    assert npmi(5, 5, 5, 10) == pytest.approx(1), "always together"
    assert npmi(25, 50, 50, 100) == pytest.approx(0), "as by chance"
    assert npmi(0, 50, 50, 100) == -1, "never"
    assert u_mass(3, 4) == 0


# --- new words --------------------------------------------------------------------------------


def cut(*sentences):
    """Tokens of sentences with a blank between words and ， as the mark, an article each."""
    rows = []
    for n, sentence in enumerate(sentences):
        start = 0
        for position, word in enumerate(sentence.split()):
            if word != "，":
                rows.append((f"p#{n}", position, start, word))
            start += len(word)
    return pd.DataFrame(rows, columns=["article", "position", "start", "word"])


FILLER = ["甲乙丙丁戊己庚辛壬癸"[k] + "子丑寅卯辰巳午未申酉"[k] for k in range(10)]


def filler(n):
    return " ".join(FILLER[n:] + FILLER[:n] + FILLER)


def test_what_stays_together_and_moves_freely_is_offered():
    text = [f"{filler(n)} ， {FILLER[n]} 网信 办 {FILLER[9 - n]} ， {filler(n)}" for n in range(8)]
    table = find_new_words(cut(*text))
    assert table[["word", "parts", "count", "articles"]].values.tolist() == [
        ["网信办", "网信 办", 8, 8]
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "{0} 网信 ， 办 {1}",  # a mark between them
        "国家 网信 办 {1}",  # always after one word: a part of a longer one
        "{0} 2023 年 {1}",  # a number
        "{0} 三十 个 {1}",
    ],
)
def test_what_is_no_word_is_not_offered(sentence):
    text = [
        f"{filler(n)} ， {sentence.format(FILLER[n], FILLER[9 - n])} ， {filler(n)}"
        for n in range(8)
    ]
    found = list(find_new_words(cut(*text))["word"])
    assert not {"网信办", "2023年", "三十个"} & set(found)


def test_no_tokens_have_no_new_words():
    assert find_new_words(cut()).empty
    assert find_new_words(cut("甲 乙")).empty


# --- reuse ------------------------------------------------------------------------------------

BUS = "入夜九点，青石渡的末班车刚刚开出，车上只有一位乘客。"  # at nine the last bus left
WELL = "马鞍岭上的三眼老井，到了八月便见了底，村里人排队打水。"  # the wells ran dry


def articles(texts, similar=(), copies=()):
    names = list(texts)
    table = pd.DataFrame({"article": names, "text": [*texts.values()]})
    pairs = {n: [[b, 0.5] for a, b in similar if a == n] for n in names}
    table["similar_to"] = table["article"].map(pairs)
    return table.assign(duplicate_of=table["article"].map(dict(copies)))


def test_a_passage_stands_in_both_articles():
    table = articles({"a": f"前言。{BUS}", "b": f"{BUS.replace('，', ',')}后话。"}, [("a", "b")])
    row = find_passages(table).iloc[0]
    assert row["passage"] == BUS[:-1]
    assert (row["start"], row["other_start"]) == (3, 0)
    assert row["letters"] == 23


def test_articles_linked_by_others_are_one_cluster():
    texts = {"a": BUS, "b": BUS + WELL, "c": WELL, "d": "别的事" * 9, "e": "别的事" * 9}
    table = find_passages(articles(texts, [("a", "b"), ("b", "c")], [("e", "d")]))
    assert table[["cluster", "articles"]].drop_duplicates().values.tolist() == [[1, 3], [2, 2]]


def test_each_pair_is_looked_at_once_and_short_passages_are_none():
    table = articles({"a": BUS, "b": BUS}, [("a", "b"), ("b", "a")])
    assert len(find_passages(table)) == 1
    assert find_passages(table, least=40).empty
    assert "1 pairs of 2 articles" in footnote(find_passages(table))


@given(st.text("甲乙丙，", max_size=60), st.text("甲乙丙，", max_size=60), st.integers(8, 12))
def test_passages_are_those_that_a_slow_look_finds(a, b, least):
    table = find_passages(articles({"a": a, "b": b}, [("a", "b")]), least)
    found = table.sort_values("start")[["start", "other_start", "letters"]].values.tolist()
    assert found == slowly(*([(k, c) for k, c in enumerate(t) if c != "，"] for t in (a, b)), least)


def slowly(a, b, least):
    """The longest passage from each letter on, behind the passage before it; of two the later."""
    found, i = [], 0
    while i < len(a):
        alike = [
            len(commonprefix([[c for _, c in a[i:]], [c for _, c in b[j:]]])) for j in range(len(b))
        ]
        length, j = max(((n, j) for j, n in enumerate(alike)), default=(0, 0))
        if length >= least:
            found.append([a[i][0], b[j][0], length])
        i += length if length >= least else 1
    return found


def test_keys_that_are_alike_by_chance_make_no_passage(monkeypatch):
    alike = lambda codes, least: np.zeros(max(0, len(codes) + 1 - least), "u8")
    monkeypatch.setattr("helpers.reuse._keys", alike)
    (row,) = find_passages(articles({"a": BUS, "b": WELL + BUS}, [("a", "b")])).to_dict("records")
    assert row["passage"] == BUS[:-1]
    for other in (WELL, "短文", ""):
        assert find_passages(articles({"a": BUS, "b": other}, [("a", "b")])).empty


def test_no_articles_share_nothing():
    assert find_passages(articles({})).empty
    with pytest.raises(ValueError, match="8 or more"):
        find_passages(articles({}), least=3)
