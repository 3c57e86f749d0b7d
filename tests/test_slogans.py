"""Slogans: what must be found as which form, what must not be, how they are counted."""

import re
import time
import tomllib

import pandas as pd
import pytest

from helpers.slogans import COLUMNS, FILE, count_slogans, find_slogans, load_slogans

# (text, slogans as "form text"), in an article that stands alone
FOUND = [
    # numbered formulas: consciousnesses, upholds, services; known or between quotation marks
    ("增强四个意识，做到“两个维护”", ["numbered 四个意识", "curated 做到“两个维护”"]),
    ("推动‘三服务’再上新台阶", ["numbered 三服务"]),
    ("“八八战略”实施20周年", ["numbered 八八战略"]),
    ("“三为”专题实践", ["numbered 三为"]),
    # the working method 1234, the mechanism 2+20+N: figures, and the noun after them
    ("探索“1234”工作法：一线工作", ["numbered “1234”工作法"]),
    ("建立“2+20+N”招商机制", ["numbered “2+20+N”招商机制"]),
    ("“六强”先锋党支部与五星支部", ["numbered “六强”先锋党支部", "numbered 五星支部"]),
    # the longest string: spreading positive energy is not positive energy
    ("传播正能量", ["curated 传播正能量"]),
    ("正能量足，弘扬主旋律、传播正能量", ["curated 正能量", "curated 弘扬主旋律、传播正能量"]),
    ("没有网络安全就没有国家安全。", ["curated 没有网络安全就没有国家安全"]),
    ("携手构建网络空间命运共同体", ["curated 携手构建网络空间命运共同体"]),
    ("共建“一带一路”与“一带一路”", ["curated 共建“一带一路”", "four-character 一带一路"]),
    # four characters
    ("坚持守正创新，踔厉奋发", ["four-character 守正创新", "four-character 踔厉奋发"]),
    # traditional letters and corner marks: told as printed
    (
        "增強「四個意識」，做到「兩個維護」",
        ["curated 增強「四個意識」", "curated 做到「兩個維護」"],
    ),
    # the longer kin: of the new era
    ("谱写新时代中国特色社会主义新篇章", ["curated 新时代中国特色社会主义"]),
    # two characters count between quotation marks only: six stabilities
    ("做好“六稳”工作", ["numbered 六稳"]),
]

NOT_FOUND = [
    "第一书记从“12345”热线平台接到三个城市的来电。",  # a hotline, three cities
    "“三年”“五月”“两会”“双十一”“二维码”“四川”“三亚”",  # dates, quantities, places
    "“一件事”“一张网”“百姓”",  # one matter, one net, the people
    "他说：“三个人都来了。”",  # speech: three people came
    "“货到得快，价钱公道，下回还找你们！”他说。",  # speech
    "稳定六稳人心",  # six stabilities without marks
    "“老手”与“新手”",  # coinages that no other article prints
    "教育培训、医疗健康、文化旅游",  # a list of four and four characters, printed once
    "“”“",
    "",
]

HOSTILE = {
    "empty": "",
    "digits": "1" * 10**6,
    "quotes": "“" * 10**6,
    "pairs": "“”" * 500_000,
    "open": "“四个意识" * 200_000,
    "closed": "“四个意识”" * 200_000,
    "figures": "“1+1" * 250_000,
    "series": "一二三四、" * 200_000,
    "numbers": "二三四五" * 250_000,
    "one character": "中" * 10**6,
    "opened": "打开“" * 333_000,
}


def table(*texts, **columns):
    rows = [(f"p#{n:02}", text) for n, text in enumerate(texts, 1)]
    return pd.DataFrame(rows, columns=["article", "text"]).assign(**columns)


def found(*texts, **columns):
    rows = find_slogans(table(*texts, **columns))
    return [f"{row.form} {row.text}" for row in rows.itertuples()]


@pytest.mark.parametrize(("text", "slogans"), FOUND)
def test_slogans_of_a_text(text, slogans):
    assert found(text) == slogans


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_slogan(text):
    assert found(text) == []


@pytest.mark.xfail(strict=True, reason="an idiom between marks looks like a formula")
def test_known_failure_of_quoted_numbers():
    assert found("他“三顾茅庐”，终于请来了人。") == []  # came three times in person


def test_start_leads_to_the_string():
    texts = "推进“三服务”。\n传播正能量，“1234”工作法。", "守正创新"
    articles = table(*texts).set_index("article")["text"]
    for row in find_slogans(table(*texts)).itertuples():
        assert articles[row.article][row.start :].startswith(row.text)


def test_a_coinage_recurs_in_two_articles():
    once, twice = "企业“组团出海”。", "政府“组团出海”，组团出海。"
    assert found(once, "别的。") == []
    assert found(once, twice) == ["quoted 组团出海"] * 2  # without marks it may be plain words
    assert found(once + once) == []


def test_a_copy_does_not_make_it_recur():
    assert found("“组团出海”。", "“组团出海”。", duplicate_of=[None, "p#01"]) == []


def test_names_and_single_words_do_not_recur():
    assert found(*["“乌镇峰会”“安全”“AI”“天问一号”卫星，“12345政务服务便民热线”"] * 2) == []


@pytest.mark.parametrize("name", ["“好办事”", "“邻里百家宴音乐会”", "“中国+海湾六国”", "“十五五”"])
def test_services_events_and_rounds_of_talks_are_no_formulas(name):
    assert found(f"打开手机里的{name}。", f"大家都说{name}好。") == []


def test_what_is_opened_nowhere_is_a_coinage():
    assert found("要让“好办事”成风气。", "让“好办事”落地。") == ["quoted 好办事"] * 2


def test_the_source_of_a_formula_in_traditional_letters():
    articles = table("增強「四個意識」")
    assert count_slogans(find_slogans(articles), articles)["source"][0].startswith("中央政治局")


def test_series_that_recurs():
    series = "平等尊重、创新发展、开放共享、安全有序"
    assert found(f"目标：{series}。", f"“{series}”") == [f"four-character {series}"] * 2


def test_counts():
    articles = table("正能量，正能量", "传播正能量", "正能量", "正能量",
                     date=["2023-05-01", "2023-06-01", None, "2022-01-01"],
                     duplicate_of=[None, None, None, "p#01"])  # fmt: skip
    counts = count_slogans(find_slogans(articles), articles)
    assert counts.columns.tolist() == [
        "text", "form", "count", "articles", "share", "first", "last", "tier", "source"
    ]  # fmt: skip
    first = counts.iloc[0]
    assert (first["text"], first["count"], first["articles"]) == ("正能量", 3, 2)
    assert first["form"] == "curated" and first["source"]
    assert first["share"] == pytest.approx(2 / 3)
    assert first["first"] == first["last"] == pd.Timestamp("2023-05-01")
    assert counts["tier"].isna().all()  # three articles are too few for a tier


@pytest.mark.parametrize(("articles", "with_it", "tier"), [
    (200, 11, "沸"), (200, 10, "烫"), (200, 3, "烫"), (200, 2, None), (77, 77, None), (78, 1, None),
    (78, 2, "烫"),
])  # fmt: skip
def test_tiers_of_a_year(articles, with_it, tier):
    texts = ["正能量"] * with_it + ["别的"] * (articles - with_it)
    year = table(*texts, date="2023-05-01")
    found_tier = count_slogans(find_slogans(year), year)["tier"][0]
    assert found_tier == tier or (tier is None and pd.isna(found_tier))


def test_the_hottest_year_tells():
    cold = table(*["正能量"] + ["别的"] * 199, date="2022-05-01")
    hot = table(*["正能量"] * 100 + ["别的"] * 100, date="2023-05-01")
    both = pd.concat([cold, hot.assign(article="q" + hot["article"])], ignore_index=True)
    assert count_slogans(find_slogans(both), both)["tier"].tolist() == ["沸"]


def test_empty_tables():
    none = pd.DataFrame(columns=["article", "text"])
    assert find_slogans(none).columns.tolist() == COLUMNS
    assert count_slogans(find_slogans(none), none).empty
    assert find_slogans(table(None)).empty


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_linear_time(text):
    start = time.process_time()
    find_slogans(table(text))
    assert time.process_time() - start < 8


# ---- the curated list


def test_every_curated_string_is_found_as_a_whole():
    for slogan in load_slogans():
        text = f"“{slogan}”" if len(slogan) == 2 else slogan
        assert find_slogans(table(text))["text"].tolist() == [slogan]


def test_every_source_ends_in_its_day():
    for slogan, about in load_slogans().items():
        source, year = about["source"], about["year"]
        assert "http" not in source and len(slogan) > 1, slogan
        if source:  # the last year between the last brackets: （国办发〔2020〕35号，2020年9月）
            assert re.findall(r"(\d{4})年(?=[^（]*）$)", source)[-1:] == [str(year)], slogan
            assert 1921 <= year <= 2100, slogan
        else:
            assert year is None, slogan


def test_no_string_is_listed_twice():
    sources = tomllib.loads(FILE.read_text("utf-8"))["sources"]
    assert sum(len(entry["slogans"]) for entry in sources) == len(load_slogans())


def test_a_source_may_be_left_empty(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[[sources]]\nsource = ""\nslogans = ["三会一课"]\n', "utf-8")
    assert load_slogans(path) == {"三会一课": {"source": "", "year": None}}


@pytest.mark.parametrize("content", [
    b"[[sources]]\n", b'sources = "x"', b"\xff", "slogans = [“x”]".encode(), b"x = 1",
    b'[[sources]]\nsource = "x"\nslogans = ["y"]',
])  # fmt: skip
def test_a_broken_list_names_the_file(tmp_path, content):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"own\.toml"):
        load_slogans(path)
