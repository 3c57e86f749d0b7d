"""Themes: what must and must not be tagged, what does not count as a term, faults in a file."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from sample.source import THEMES, read_papers

from helpers.themes import Theme, load_theme, load_themes, tag_themes, theme_terms

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "corpus" / "themes"

# (headline, text, themes that must be found, themes that must not)
TAGGED = [
    (
        "前五个月外贸增长6.3%",
        "海关总署9日发布数据，前五个月货物贸易进出口17.5万亿元。其中，出口9.95万亿元，增长6.1%。",
        "trade",
        "diplomacy culture people cybersecurity",
    ),
    (
        "网络安全宣传进校园",
        "民警向学生讲解怎样识别钓鱼网站，怎样保护个人信息。\n同学们在展板前认识了木马和勒索病毒。",
        "cybersecurity",
        "trade party_building rural_revitalisation",
    ),
    (
        "院坝会上解心结",
        "矛盾纠纷拖了三年，调解员把院坝会开到树下。\n如今，议事协商写进村规民约，小事不出村。",
        "grassroots_governance",
        "trade diplomacy industry_investment",
    ),
    (
        "从贫困村到示范村",
        "脱贫之后，合作社带着农户种猕猴桃，村集体收入翻番。\n乡村振兴，产业先行，返乡青年办起农家乐。",
        "rural_revitalisation",
        "cybersecurity diplomacy ai_governance",
    ),
    (
        "机关党支部过好主题党日",
        "党员重温入党誓词，支部书记讲党课。\n机关党委要求把全面从严治党落到每个基层党组织。",
        "party_building",
        "grassroots_governance trade",
    ),
    (
        "数据要素市场化改革提速",
        "数字经济占比再提高。公共数据授权运营起步，算力网络联通东西。",
        "digital_economy",
        "trade party_building",
    ),
    (
        "生成式人工智能要守住伦理底线",
        "大模型会写会画，也会出错。算法备案、内容标识、科技伦理审查一项项落地。",
        "ai_governance",
        "trade rural_revitalisation",
    ),
    (
        "两国元首举行会谈",
        "会谈后，两国元首签署联合声明，宣布把双边关系提升为全面战略伙伴关系。",
        "diplomacy",
        "cybersecurity grassroots_governance",
    ),
    (
        "招商引资结出硕果",
        "县里今年签约项目32个，总投资96亿元，新能源汽车零部件项目已经投产，产业链越拉越长。",
        "industry_investment",
        "diplomacy culture people",
    ),
    (
        "社区食堂飘饭香",
        "老人刷社保卡就餐，助餐点旁是托育中心。\n民生实事年年办，今年新增养老床位两百张。",
        "public_service",
        "trade cybersecurity",
    ),
    (
        "古戏台上唱新戏",
        "剧团送戏下乡，越剧唱段引来满场掌声。\n戏台是文物，唱的人是非遗传承人。",
        "culture",
        "trade industry_investment",
    ),
    (
        "追记老护林员",
        "他出生在山里，退伍后扎根林场，一辈子没有离开。\n他病逝后，人们才知道他荣立过二等功。",
        "people",
        "trade diplomacy",
    ),
    (
        "一根网线连起外贸与乡村",
        "跨境电商把土特产卖到海外，进出口额年年增长。\n乡村振兴有了新路子，返乡创业的农户办起合作社。",
        "trade rural_revitalisation",
        "party_building",
    ),
    ("本周天气", "周末多云转阴，气温略有下降，请注意添衣。", "", " ".join(THEMES)),
]

# (concept, text, count): a term is not counted in a longer word that says something else
COUNTED = [
    ("countries", "印度尼西亚与马来西亚", 2),
    ("countries", "印度没有加入，印度洋风平浪静。", 1),
    ("countries", "海南非遗与南非客商", 1),
    ("goods_trade", "进出口", 1),
    ("goods_trade", "出口增长，车站出口处的安全出口畅通。", 1),
    ("goods_trade", "喊出口号，赢得好口碑，打出口碑。", 0),
    ("trade_rules", "ＲＣＥＰ与RCEP", 2),
    ("network_defence", "堵塞监管漏洞，修补系统漏洞。", 1),
    ("network_defence", "日程更加密集，数据加密传输。", 1),
    ("ai_technology", "AI与AIGC，ai也算，OpenAI不算", 3),
    ("digital_infrastructure", "５Ｇ基站与5G", 2),
    ("citizen_requests", "打12345，不打123456", 1),
    ("citizen_requests", "重点单位派单位的人来，热线派单。", 1),
    ("partnerships", "中欧班列上的中欧友谊，其中欧洲的", 2),
    ("partnerships", "中老年人与中老两国", 2),
    ("state_visits", "加强对外交流，外交无小事。", 1),
    ("social_security", "省人民政府与民政局", 1),
    ("business_climate", "跨国企业、德国企业与国企", 1),
    ("schooling", "深入学习贯彻，适龄儿童入学", 1),
    ("livelihood", "改善人民生活，办好民生", 1),
    ("third_person", "他们和其他人都说，她来了。", 1),
    ("grassroots_cadres", "基层党组织与基层干部", 1),
    ("foreign_policy_ideas", "网络空间命运共同体与人类命运共同体", 1),
]

BROKEN = [
    (b'title_zh = "x\n', r"own\.toml.*line 1"),
    (b'title_zh = "x"\nterms = [\xe2\x80\x9cx\xe2\x80\x9d]\n', r"own\.toml.*line 2"),
    ("# x\ntitle_zh = '外贸'\n".encode("gbk"), r"own\.toml.*line 2.*UTF-8"),
    (b'title_zh = "x"\n', r"own\.toml: title_en, question_zh, question_en"),
    ("concept", r"own\.toml, \[concepts\.mine\]: terms"),
    ('zh = "我"\nen = "mine"\nterms = "外贸"', r"\[concepts\.mine\]: terms"),
    ('zh = "我"\nen = "mine"\nterms = [""]', r"\[concepts\.mine\]: a term"),
    ('zh = "我"\nen = "mine"\nterms = ["外贸"]\nweight = "2"', r"\[concepts\.mine\]: weight"),
]
TITLES = "".join(f'{k} = "x"\n' for k in Theme._fields[1:5])
MINE = TITLES + '[concepts.mine]\nzh = "我"\nen = "mine"\nterms = ["雨伞"]\n'


def table(*rows):
    """Articles of (headline, text) pairs."""
    return pd.DataFrame(rows, columns=["headline", "text"]).assign(kicker=None, deck=None)


@pytest.fixture(scope="module")
def sample():
    """(tagged articles, core themes, minor themes) of the sample as it was written."""
    found = [a for page in read_papers(HERE / "sample") for a in page["articles"]]
    kept = ("body", "crosshead")
    for a in found:
        texts = [t for kind, t in a["body"] if kind in kept] or [t for _, t in a["body"]]
        a["text"] = "\n".join(texts)
    articles = pd.DataFrame(found)[["kicker", "headline", "deck", "text"]]
    return tag_themes(articles), [set(a["themes"]) for a in found], [set(a["minor"]) for a in found]


@pytest.mark.parametrize(("headline", "text", "must", "must_not"), TAGGED)
def test_themes_of_an_article(headline, text, must, must_not):
    found = set(tag_themes(table((headline, text)))["themes"][0])
    assert set(must.split()) <= found
    assert not found & set(must_not.split())


@pytest.mark.parametrize(("concept", "text", "count"), COUNTED)
def test_what_counts_as_a_term(concept, text, count):
    assert tag_themes(table(("题", text)))[concept][0] == count


@pytest.mark.parametrize(("part", "count"), [("kicker", 1), ("headline", 1), ("deck", 1)])
def test_heads_are_counted(part, count):
    articles = table((None, "无关的一句话。")).assign(**{part: "外贸回暖"})
    assert tag_themes(articles)["goods_trade"][0] == count


def test_headline_and_lead_weigh_more():
    rest = "这一天很平常。" * 60
    heads, lead, last = (
        table(("外贸回暖", f"这一天很平常。\n{rest}")),
        table(("平常的一天", f"外贸与进出口。\n{rest}")),
        table(("平常的一天", f"这一天很平常。\n{rest}外贸与进出口。")),
    )
    assert tag_themes(heads)["themes"][0] == tag_themes(lead)["themes"][0] == ["trade"]
    assert tag_themes(last)["themes"][0] == []


def test_long_text_needs_more():
    padding = "这一天很平常。"
    few = "反诈民警讲课。"
    short, long = table(("题", few + padding)), table(("题", padding + "\n" + padding * 200 + few))
    assert tag_themes(short)["themes"][0] == ["cybersecurity"]
    assert tag_themes(long)["themes"][0] == []


def test_why_names_what_decided():
    tagged = tag_themes(table(("外贸回暖", "外贸与出口。"), ("题", "他说。")))
    assert tagged["why"][0] == [["trade", "外贸", 2], ["trade", "出口", 1]]
    assert tagged["why"][1] == []


def test_columns_and_input_kept():
    articles = table(("外贸回暖", "出口增长。")).set_axis([7])
    articles.attrs["note"] = "kept"
    tagged = tag_themes(articles)
    assert "themes" not in articles
    assert tagged.index.tolist() == [7]
    assert tagged.attrs["note"] == "kept"
    assert tagged["goods_trade"].dtype == int
    pd.testing.assert_frame_equal(tag_themes(tagged), tagged)


def test_no_articles_and_no_text():
    assert tag_themes(table()).columns.isin(["goods_trade", "themes", "why"]).sum() == 3
    assert tag_themes(table((None, None), (float("nan"), "")))["themes"].tolist() == [[], []]


def test_a_theme_of_ones_own(tmp_path):
    (tmp_path / "own.toml").write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    tagged = tag_themes(table(("雨伞出口", "雨伞。")), [load_theme("own", tmp_path)])
    assert tagged["mine"][0] == 2
    assert tagged["themes"][0] == ["own"]


def test_themes_of_a_corpus_come_before_the_projects(tmp_path):
    articles = table(("雨伞出口", "雨伞。"))
    articles.attrs["folder"] = str(tmp_path)
    assert "goods_trade" in tag_themes(articles)
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "own.toml").write_text(MINE, "utf-8")
    assert "goods_trade" not in tag_themes(articles)


def test_concept_names_must_differ(tmp_path):
    (tmp_path / "own.toml").write_text(MINE.replace("mine]", "goods_trade]"), "utf-8")
    with pytest.raises(ValueError, match="goods_trade"):
        tag_themes(table(("题", "文")), [load_theme("trade"), load_theme("own", tmp_path)])
    (tmp_path / "own.toml").write_text(MINE.replace("mine]", "headline]"), "utf-8")
    with pytest.raises(ValueError, match="headline"):
        tag_themes(table(("题", "文")), load_themes(tmp_path))


def test_unknown_theme_lists_the_names(tmp_path):
    with pytest.raises(ValueError, match="'trades'.*cybersecurity.*trade"):
        load_theme("trades")
    with pytest.raises(ValueError, match="none"):
        load_theme("trade", tmp_path)


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_fault_in_a_file_is_named(tmp_path, content, message):
    if isinstance(content, str):
        content = (
            TITLES + "[concepts.mine]\n" + content.replace("concept", 'zh="我"\nen="m"')
        ).encode()
    (tmp_path / "own.toml").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load_theme("own", tmp_path)


def test_the_projects_themes():
    themes = load_themes()
    assert {t.name for t in themes} == set(THEMES)
    names = [c for t in themes for c in t.concepts]
    assert len(names) == len(set(names))
    assert all(4 <= len(t.concepts) <= 7 for t in themes)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_terms_of_a_file(path):
    concepts = tomllib.loads(path.read_text("utf-8"))["concepts"]
    for concept in concepts.values():
        terms, longer = concept["terms"], concept.get("except", [])
        assert len(set(terms + longer)) == len(terms + longer)
        assert not [e for e in longer if not any(t in e for t in terms)], "excepts nothing"
    every = [t for c in concepts.values() for t in c["terms"]]
    assert len(every) == len(set(every)), "a term stands in one concept of a theme"


def test_theme_terms_are_words():
    terms = theme_terms(load_themes())
    assert {"枫桥经验", "5G", "RCEP"} <= set(terms)
    assert not {"他", "村“两委”", "数据要素×"} & set(terms)


def test_floors_on_the_sample(sample):
    tagged, core, minor = sample
    found = [set(t) for t in tagged["themes"]]
    hit = sum(len(f & c) for f, c in zip(found, core, strict=True))
    said = sum(len(f - m) for f, m in zip(found, minor, strict=True))
    precision, recall = hit / said, hit / sum(map(len, core))
    assert precision >= 0.94
    assert recall >= 0.88
    assert 2 / (1 / precision + 1 / recall) >= 0.91


@pytest.mark.parametrize("theme", THEMES)
def test_no_theme_is_lost_on_the_sample(sample, theme):
    tagged, core, minor = sample
    rows = zip(tagged["themes"], core, minor, strict=True)
    said = [(theme in f, theme in c) for f, c, m in rows if theme not in m]
    hit = sum(f and c for f, c in said)
    assert hit >= 0.5 * sum(c for _, c in said)
    assert hit >= 0.75 * sum(f for f, _ in said)
