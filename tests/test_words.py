"""Tokens are jieba's own, whatever was called before, and with or without rjieba."""

import itertools
import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import jieba
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import words
from helpers.words import load_stopwords, load_words, tokenize

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = sorted((ROOT / "tests" / "sample").glob("*.md"))
TERMS = [
    "乡村振兴",
    "网络安全",
    "第一书记",
    "接诉即办",
    "5G网络",
    "2+20+N",
    "变变",
    "老旧小区",
    "贸易",
    "00后",
]
NASTY = [
    "",
    " \n\u3000\t",
    "1-5月增长3.5%，GPT-4o与Wi-Fi 6、C++、www.gov.cn、5.2.1版、F-16",  # Latin and digit compounds
    "---...%%%___&&&",
    "5G网络和2+20+N",
    "变变变变变，高高兴兴，人人人人，聘聘聘聘聘",  # ties between two ways to cut
    "近2000名，10000后，AAA制，QQQQ号，BBB机",  # … and of digits and Latin letters
    "䶮、㐂、𠮷、鿋、〇二〇年、々、ｶﾅ",  # Han outside jieba's range, and what is no Han
    "４次，④，½，é，Привет，😀👍🏽",
    "“1234”工作法",
    "中国\r\n人民\u2028解放\u0085军",
    "<script>alert('网络')</script>",
    "\x00网\ufeff络\u200b安全\ue000",
    "网" * 3000,
    "网络安全" * 500,
]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A function that makes jieba's own tokenizer with some terms added."""

    @lru_cache
    def make(terms=()):
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(tmp_path_factory.getbasetemp())
        for term in sorted(terms):
            tokenizer.add_word(term)
        return tokenizer

    jieba.setLogLevel(60)
    return make


def table(*texts, **columns):
    """An articles table of some texts."""
    names = [f"p#{n:02}" for n in range(len(texts))]
    return pd.DataFrame({"article": names, "text": list(texts)} | columns)


def cut(*texts, **options):
    """The words of some texts, in order."""
    return list(tokenize(table(*texts), **({"words": {}} | options))["word"])


def plain(tokens):
    """Tokens as a list of rows, to compare."""
    return tokens.astype({c: str for c in ("article", "word", "pos")}).values.tolist()


@pytest.mark.parametrize(
    "terms", [(), TERMS, load_words(words.WORDS)], ids=["no terms", "terms", "words.txt"]
)
def test_the_same_words_as_jieba_on_the_sample_pages(reference, terms):
    lines = [x for path in SAMPLE for x in path.read_text("utf-8").splitlines()]
    ours, theirs = words._segmenter(frozenset(terms)), reference(tuple(terms))
    assert len(lines) > 500
    assert [(x, ours(x)) for x in lines if ours(x) != theirs.lcut(x)] == []


@pytest.mark.parametrize("terms", [(), TERMS], ids=["no terms", "terms"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_the_same_words_as_jieba_on_nasty_text(reference, text, terms):
    assert words._segmenter(frozenset(terms))(text) == reference(tuple(terms)).lcut(text)


PIECES = [
    *TERMS,
    "2000",
    "AA",
    *"的一是在变乡村网络1.5-AG%&，。“” \n㐂䶮〇④é",
    "推动",
    "发展",
    "GPT-4o",
    "3.5%",
]


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_the_same_words_as_jieba_on_any_mixture(reference, text):
    assert words._segmenter(frozenset(TERMS))(text) == reference(tuple(TERMS)).lcut(text)


def test_the_same_words_as_jieba_on_every_short_compound(reference):
    texts = ["".join(x) for n in range(1, 6) for x in itertools.product("1A.%-中", repeat=n)]
    ours, theirs = words._segmenter(frozenset()), reference()
    assert [x for x in texts if ours(x) != theirs.lcut(x)] == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=40))
def test_words_marks_and_blanks_together_are_the_text(text):
    assert "".join(words._segmenter(frozenset(TERMS))(text)) == text


def test_the_same_tokens_without_rjieba(monkeypatch):
    articles = table(*(path.read_text("utf-8")[:5000] for path in SAMPLE), *NASTY)
    options = {"words": {"乡村振兴": "nz"}, "terms": ["“1234”工作法", "贸易"]}
    words._segmenter.cache_clear()
    before = plain(tokenize(articles, **options))
    monkeypatch.setitem(sys.modules, "rjieba", None)  # importing it fails now
    words._segmenter.cache_clear()
    try:
        assert plain(tokenize(articles, **options)) == before
    finally:
        words._segmenter.cache_clear()


@pytest.mark.parametrize("at_once", [1, 7, 100, 10**6])
def test_the_same_tokens_however_many_texts_are_cut_together(monkeypatch, at_once):
    articles = table("", *NASTY, "", *(path.read_text("utf-8")[:500] for path in SAMPLE[:5]), "")
    before = plain(tokenize(articles, words=dict.fromkeys(TERMS, "n")))
    monkeypatch.setattr(words, "AT_ONCE", at_once)
    assert plain(tokenize(articles, words=dict.fromkeys(TERMS, "n"))) == before


def test_an_rjieba_too_old_to_take_terms_is_not_used(monkeypatch):
    class Old:
        class Jieba:
            def cut(self, text):
                raise AssertionError("it would cut without the terms")

    monkeypatch.setitem(sys.modules, "rjieba", Old)
    words._segmenter.cache_clear()
    try:
        assert cut("推进乡村振兴", terms=["乡村振兴"]) == ["推进", "乡村振兴"]
    finally:
        words._segmenter.cache_clear()


def test_the_dictionary_is_as_jieba_reads_it():
    ours, theirs = words._dictionary()[0], jieba.Tokenizer()
    assert (ours.FREQ, ours.total) == theirs.gen_pfdict(theirs.get_dict_file())


def test_no_call_changes_a_later_one():
    text = "对外贸易和贸易战，推动贸易高质量发展，乡村振兴。"
    before = cut(text)
    assert cut(text, terms=["对外贸易", "贸易战", "贸易高质量发展"]) != before
    assert cut(text, words={"乡村振兴": "nz"}) != before
    assert cut(text) == before
    assert cut(text, terms=["贸易战", "对外贸易"]) == cut(text, terms=["对外贸易", "贸易战"])


def test_jieba_is_silent_and_leaves_nothing_behind(tmp_path):
    code = """if True:
        import pandas as pd
        from helpers.words import tokenize
        tokenize(pd.DataFrame({"article": ["a"], "text": ["增长3.5%"]}), words={"增长": "v"})
        import jieba, jieba.finalseg
        assert not jieba.dt.initialized and not jieba.finalseg.Force_Split_Words
        assert not jieba.dt.user_word_tag_tab
    """
    (tmp_path / "temp").mkdir()
    # Compiled anew: jieba's patterns make Python warn only then.
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / "temp"))
    env = os.environ | places | {"PYTHONPYCACHEPREFIX": str(tmp_path / "pyc")}
    command = [sys.executable, "-W", "always", "-c", code]
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "jieba" not in run.stderr
    assert "prefix dict" not in run.stdout + run.stderr
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_row_says_where_its_word_stands():
    text = "网络安全为人民。\n9月11日，App治理④ 项！"
    tokens = tokenize(table(text, "", "，。", "第二篇"), words={})
    assert list(tokens) == ["article", "position", "start", "word", "pos"]
    assert [str(tokens.dtypes[c]) for c in ("article", "word", "pos")] == ["category"] * 3
    first, last = (tokens[tokens["article"] == a] for a in ("p#00", "p#03"))
    there = zip(first["start"], first["word"], strict=True)
    assert all(text[start : start + len(word)] == word for start, word in there)
    assert list(first["position"]) == list(range(len(first)))
    assert last.iloc[0][["position", "start"]].tolist() == [0, 0]
    assert set(tokens["article"]) == {"p#00", "p#03"}, "texts without a word have no rows"


def test_a_token_has_a_letter_a_han_character_or_a_digit():
    kept = cut("“网络”，——％、100%；A&B…… ７ ④ é 〇 々 ___ ……\u3000+-")
    assert all(re.search(r"[^\W_]", w) for w in kept)
    assert {"网络", "100%", "A", "B", "７", "④", "é", "〇"} <= set(kept)


def test_no_token_crosses_a_line():
    assert cut("网\n络\n安全") == ["网", "络", "安全"]
    assert not any("\n" in w for w in cut(*(p.read_text("utf-8") for p in SAMPLE)))


def test_a_term_with_quotation_marks_is_one_token():
    text = "推行“1234”工作法，“1234”不变，Wi-Fi 6也用。"
    found = tokenize(table(text), words={"“1234”工作法": "nz", "“1234”": "m", "Wi-Fi 6": "nz"})
    rows = found[found["pos"].isin(["nz", "m"])][["start", "word"]]
    assert rows.values.tolist() == [[2, "“1234”工作法"], [12, "“1234”"], [21, "Wi-Fi 6"]]
    assert cut(text)[1] == "1234"


def test_a_part_of_speech_is_the_users_then_jiebas():
    text = "王小望在江滩村发展5G网络，2023年用App"
    known = {"王小望": "nr", "江滩村": "ns"}
    tokens = tokenize(table(text), words=known, terms=["5G网络", "发展"])
    pos = dict(zip(tokens["word"], tokens["pos"], strict=True))
    assert (pos["王小望"], pos["江滩村"], pos["5G网络"]) == ("nr", "ns", "nz")
    assert (pos["发展"], pos["2023"], pos["App"], pos["在"]) == ("vn", "m", "eng", "p")


@pytest.mark.parametrize("at_once", [1, 30, 10**9])
def test_what_is_cut_together_does_not_matter(monkeypatch, at_once):
    texts = [*NASTY, "末尾是-", "1月", "", "变变", "变", "\0", "\r", "\n网络"]
    apart = [[start, w] for t in texts for _, _, start, w, _ in plain(tokenize(table(t)))]
    monkeypatch.setattr(words, "AT_ONCE", at_once)
    assert [[start, w] for _, _, start, w, _ in plain(tokenize(table(*texts)))] == apart


def test_copies_are_left_out_unless_asked_for():
    articles = table("推动发展", "推动发展", duplicate_of=[None, "p#00"])
    assert len(tokenize(articles, words={})) == 2
    assert len(tokenize(articles, words={}, duplicates=True)) == 4
    assert "copies of articles left out" in tokenize(articles, words={}).attrs["note"]


def test_the_terms_are_those_of_the_corpus_folder(tmp_path):
    (tmp_path / "words.txt").write_text("望川新区\tns\n", encoding="utf-8")
    articles = table("建设望川新区")
    articles.attrs["folder"] = str(tmp_path)
    assert list(tokenize(articles)["word"]) == ["建设", "望川新区"]
    assert "1 terms kept whole" in tokenize(articles).attrs["note"]


def test_no_articles_no_tokens():
    empty = tokenize(table())
    assert empty.empty
    assert list(empty) == ["article", "position", "start", "word", "pos"]


@pytest.mark.parametrize(
    ("articles", "terms"), [(pd.DataFrame({"word": ["网络"]}), ()), (table("网络"), "网络")]
)
def test_a_wrong_argument_is_refused(articles, terms):
    with pytest.raises(ValueError, match="table of load_articles, and terms as a list"):
        tokenize(articles, terms=terms)


def test_terms_are_read_with_their_part_of_speech(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(
        "\ufeff# terms that stay whole\n乡村振兴\tnz\nWi-Fi 6   nz # a standard\n\n望川 ns\n",
        "utf-8",
    )
    assert load_words(path) == {"乡村振兴": "nz", "Wi-Fi 6": "nz", "望川": "ns"}


@pytest.mark.parametrize("line", ["乡村振兴", "乡村振兴 name", "nz"])
def test_a_term_without_its_part_of_speech_is_refused(tmp_path, line):
    path = tmp_path / "words.txt"
    path.write_text(f"望川 ns\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match="words.txt.*part of speech.*n nr ns nt nz"):
        load_words(path)


def test_stop_words_are_read(tmp_path):
    path = tmp_path / "stopwords.txt"
    path.write_text("# function words\n的\n了 # aspect\n\n", "utf-8")
    assert load_stopwords(path) == {"的", "了"}
