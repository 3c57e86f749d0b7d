"""Quotes: what must and must not be found, who says it, text and start, bad input, time."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from sample.source import body_text, read_papers

from helpers.people import told_by
from helpers.quotes import COLUMNS, find_quotes

HERE = Path(__file__).resolve().parent
CASES = json.loads((HERE / "cases" / "quotes.json").read_text("utf-8"))
GOLD = HERE.parent.parent / "shared" / "gold"
LONG = 100_000  # characters

# name: text; each is long, and none may take more than its length in time
BAD = {
    "empty": "",
    "digits": "1" * LONG,
    "opening marks": "“" * LONG,
    "closing marks": "”" * LONG,
    "empty quotations": "“”" * (LONG // 2),
    "nested quotations": "“" * (LONG // 2) + "”" * (LONG // 2),
    "unbalanced brackets": "（《" * (LONG // 2),
    "one character": "说" * LONG,
    "verbs alone": "说，" * (LONG // 2),
    "one sentence of speakers": "书记说，" * (LONG // 4),
    "pronouns": "他说，" * (LONG // 3),
    "pronouns in paragraphs": "村民张三说，今天很好。\n他说，" * (LONG // 15),
    "many quotations": "“今天很好。”他说，" * (LONG // 10),
    "many names": "".join(f"村民王{chr(0x4E00 + i)}一说，今天很好。他说，" for i in range(6000)),
    "colons": "王三：“今天很好。”" * (LONG // 10),
    "dots": "阿·" * (LONG // 2),
    "dotted names": "阿·阿说，" * (LONG // 5),
    "adverbs": "还特别地" * (LONG // 4) + "说，",
    "one name": "我是村民" + "王" * LONG + "。”",
    "I alone": "村民王三站着。“我不走，就在这里。”" * (LONG // 20),
    "doers": "员者" * (LONG // 2) + "说，",
    "offices": "气象局" * (LONG // 3) + "说，",
    "he is": "王三是" * (LONG // 3),
    "traditional letters": "員工張三說，今天很好。" * (LONG // 11),
    "straight marks": '"' * LONG,
    "opened paragraphs": "“\n" * (LONG // 2),
}


def articles(*texts):
    return pd.DataFrame({"article": [f"p#{i:02}" for i in range(len(texts))], "text": list(texts)})


def found(text):
    rows = find_quotes(articles(text))[["speaker", "title", "verb", "text", "kind", "by"]]
    return rows.astype(object).where(rows.notna(), "").values.tolist()


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda c: c["label"])
def test_case(case):
    assert found(case["text"]) == case["rows"], case["gloss"]


@pytest.mark.parametrize("case", [
    pytest.param(c, marks=pytest.mark.xfail(strict=True, reason=c["reason"]))
    for c in CASES["known_failures"]], ids=lambda c: c["label"])  # fmt: skip
def test_known_failure(case):
    assert found(case["text"]) == case["rows"], case["gloss"]


def test_table():
    texts = [case["text"] for case in CASES["cases"]]
    quotes = find_quotes(articles(*texts))
    assert list(quotes) == COLUMNS
    for row in quotes.itertuples():
        text = texts[int(row.article[2:])]
        assert text[row.start : row.start + len(row.text)] == row.text
        assert row.speaker
    assert all(part["start"].is_monotonic_increasing for _, part in quotes.groupby("article"))


def test_nothing_to_find():
    none = find_quotes(articles("", None, float("nan"), "今天天气很好。"))
    assert list(none) == COLUMNS and none.empty
    assert find_quotes(articles()).empty


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_time_grows_with_length(text):
    times = []
    for size in (text, text * 3):
        start = time.process_time()
        find_quotes(articles(size))
        times.append(time.process_time() - start)
    assert times[1] < 6 * times[0] + 1


def sample_quotes():
    """(speaker, first words, rows of the article) of each quotation of the sample's own gold."""
    for page in read_papers(HERE / "sample"):
        quotes = find_quotes(articles(*map(body_text, page["articles"])))
        for i, article in enumerate(page["articles"]):
            rows = quotes[quotes["article"] == f"p#{i:02}"]
            yield from ((speaker, words, rows) for speaker, words in article["quote"])


def is_found(speaker, words, rows):
    same = [words == text[: len(words)] for text in rows["text"]]
    return any(s in speaker or speaker in s for s in rows["speaker"][same])


def test_sample():
    hits = [is_found(*quote) for quote in sample_quotes()]
    assert len(hits) > 200 and sum(hits) / len(hits) >= 0.95


def test_terms_of_the_sample_are_no_quotes():
    """Titles and terms in the sample's bodies that somebody might take for speech."""
    for page in read_papers(HERE / "sample"):
        direct = find_quotes(articles(*map(body_text, page["articles"]))).query("kind == 'direct'")
        assert not direct["text"].isin(["走出去", "三服务", "组团出海", "单一窗口"]).any()


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold of the real pages is not here")
def test_gold():
    from helpers.corpus import load_articles

    quotes = find_quotes(load_articles(GOLD.parent / "clippings"))
    hits = []
    for path in sorted(GOLD.glob("[0-9]*.json")):
        gold = json.loads(path.read_text("utf-8"))
        rows = quotes[quotes["article"].str.startswith(gold["page"])]
        for q in (q for a in gold["articles"] for q in a["quotes"]):
            hits.append(is_found(q["speaker"], q["text_first_10"], rows))
    assert sum(hits) / len(hits) >= 0.9


@pytest.mark.parametrize(("name", "title", "word"), [
    ("一位东盟客商", "", "东盟"), ("卡雷尔·诺瓦克", "", "·"), ("梁永安", "青石镇党委书记", "书记"), ("有人", "", ""),
])  # fmt: skip
def test_the_word_that_tells_the_kind(name, title, word):
    assert told_by(name, title)[1] == word
