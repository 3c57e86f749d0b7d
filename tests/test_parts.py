"""What is counted of a corpus in parts is what is counted of it whole, to the last digit."""

import pandas as pd
import pytest

from helpers.counts import frequencies, group_tokens
from helpers.dispersions import dispersion
from helpers.keywords import keyness
from helpers.trends import trend

# Articles of three papers in an order that parts by paper tear apart; some words in one part alone.
TEXTS = {
    "c": "网络 安全 网络 治理 网络",
    "a": "安全 治理 贸易 贸易 出口 增长",
    "e": "网络 安全",
    "b": "出口 出口 增长 网络 稻田",
    "d": "治理 治理 治理 安全 增长 增长 网络 网络 贸易",
    "f": "稻田",
}
PARTS = ("ce", "ad", "bf")
WORDS = ["网络", "治理", "稻田", "没有"]  # the last is in no text


def tokens_of(names):
    """The tokens of some articles, as tokenize gives them."""
    rows = [(a, n, w) for a in names for n, w in enumerate(TEXTS[a].split())]
    table = pd.DataFrame(rows, columns=["article", "position", "word"])
    return table.astype({"article": "category", "word": "category"})


WHOLE = tokens_of(TEXTS)
INPUTS = [
    [tokens_of(part) for part in PARTS],
    [tokens_of(part) for part in PARTS[::-1]],
    lambda: map(tokens_of, PARTS),  # read anew each time it is asked
    [WHOLE],
]


@pytest.fixture(params=range(len(INPUTS)), ids=["parts", "another order", "a function", "one part"])
def parts(request):
    return INPUTS[request.param]


def same(found, whole):
    """Both tables and their footnotes are the same, every digit of them."""
    pd.testing.assert_frame_equal(found, whole, check_exact=True)
    assert found.attrs == whole.attrs


def test_frequencies(parts):
    same(frequencies(parts), frequencies(WHOLE))


def test_frequencies_by_group():
    papers = pd.DataFrame({"article": list("abcdef"), "paper": ["望川日报", "东屿商报"] * 3})
    own = [papers[papers["article"].isin(list(part))] for part in PARTS]
    parts = [group_tokens(tokens_of(x), y, "paper") for x, y in zip(PARTS, own, strict=True)]
    same(frequencies(parts, "paper"), frequencies(group_tokens(WHOLE, papers, "paper"), "paper"))


def test_keyness(parts):
    target, few = tokens_of("ca"), {"min_count": 1, "min_articles": 1}
    same(keyness(parts, target, **few), keyness(WHOLE, target, **few))
    same(keyness(target, parts, **few), keyness(target, WHOLE, **few))


@pytest.mark.parametrize("words", [WORDS, "网络", None], ids=["some", "one", "all"])
def test_dispersion(parts, words):
    same(dispersion(parts, words), dispersion(WHOLE, words))


def test_trend():
    tagged = pd.DataFrame({
        "article": list("abcdef") * 3, "chars": range(100, 1900, 100), "安全": [0, 1, 2] * 6,
        "date": pd.to_datetime(["2023-01-05", "2023-02-01"] * 9),
    })  # fmt: skip
    parts = [tagged[tagged["article"].isin(list(part))] for part in PARTS]
    same(trend(pd.concat(parts), "安全"), trend(tagged, "安全"))
