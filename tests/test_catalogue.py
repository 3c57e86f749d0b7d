"""What names and printed heads tell of a page is read; what they do not tell is never invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.catalogue import (
    about_furniture,
    about_name,
    contradictions,
    describe_page,
    read_catalogue,
    resolve_date,
)

NAMES = {
    "望川日报_2023-09-12_03版.txt": ("望川日报", "2023-09-12", 3),
    "望川日报20230912第5版.txt": ("望川日报", "2023-09-12", 5),
    "望川日报-2023-09-12-003.txt": ("望川日报", "2023-09-12", 3),
    "2023.9.12 望川日报 A05.txt": ("望川日报", "2023-09-12", 5),
    "望川日报 2023-9-2 p2.txt": ("望川日报", "2023-09-02", 2),
    "2023-09-12-wangchuan-04.txt": (None, "2023-09-12", 4),
    "20230912_03.txt": (None, "2023-09-12", 3),
    "20230912.txt": (None, "2023-09-12", None),
    "2023-09-12.03.txt": (None, "2023-09-12", 3),
    "wcrb20230912_01.txt": (None, "2023-09-12", 1),
    "望川晚报 第3版.txt": ("望川晚报", None, 3),
    "sub/20230912_03.txt": (None, "2023-09-12", 3),
    "2023年9月12日望川日报第05版.txt": ("望川日报", "2023-09-12", 5),
    "望川日报2023年9月12日第五版.txt": ("望川日报", "2023-09-12", 5),
    "nw.D110000wcrb_20230912_1-03.txt": (None, "2023-09-12", 3),  # 1 is the edition
    # folders tell, the nearest first
    "望川日报/2023-09-12/03.txt": ("望川日报", "2023-09-12", 3),
    "2023/09/12/03.txt": (None, "2023-09-12", 3),
    "望川日报/2023-09-12/开埠时报 2023-09-13 03.txt": ("开埠时报", "2023-09-13", 3),
    # no page number: a clock, the number of a scan, of a copy, of years, of another section
    "IMG_20230912_081530.txt": (None, "2023-09-12", None),
    "截屏2023-09-12 10.30.00.txt": (None, "2023-09-12", None),
    "2023-09-12/scan_0017.txt": (None, "2023-09-12", None),
    "2023-09-12 (2).txt": (None, "2023-09-12", None),
    "2023-09-12_10年巨变.txt": (None, "2023-09-12", None),
    "2023-09-12 B03.txt": (None, "2023-09-12", None),
    "2023-09-12-另一版本.txt": (None, "2023-09-12", None),
    "2023-09-12_00.txt": (None, "2023-09-12", None),
    # no day: a number, no day of the calendar, two days
    "000_92f02e13985d8682.txt": (None, None, None),
    "page-5ac92f2220210512.txt": (None, None, None),
    "scan_0017.txt": (None, None, None),
    "2023-02-30_03.txt": (None, None, None),
    "20231345_03.txt": (None, None, None),
    "2023-09-12_2023-09-15_03.txt": (None, None, None),
    # no paper: the story of an evening paper; intelligence; a daily report of work
    "一份晚报的故事.txt": (None, None, None),
    "情报 2023-09-12.txt": (None, "2023-09-12", None),
    "工作日报 2023-09-12.txt": (None, "2023-09-12", None),
    "文汇报_2023-09-12.txt": ("文汇报", "2023-09-12", None),
}


@pytest.mark.parametrize("name", NAMES)
def test_file_names(name):
    assert tuple(about_name(name).values()) == NAMES[name]


HEADS = {
    "第05版 要闻|2023年7月18日 星期二|望川日报": ("望川日报", "2023-07-18", 5),
    "望川日报 2023年7月18日 星期二 第05版 要闻": ("望川日报", "2023-07-18", 5),
    "望 川 日 报|A05版": ("望川日报", None, 5),
    "二〇二三年七月十八日 星期二|第五版": (None, "2023-07-18", 5),
    "２０２３年７月１８日|05 要闻": (None, "2023-07-18", 5),
    "2023-07-18 周二|A12 文化": (None, "2023-07-18", 12),
    "2023年7月18日 星期二 农历癸卯年六月初一 第12345期 今日8版": (None, "2023-07-18", None),
    "A5　要聞　維港時報　2023年7月18日　星期二": ("維港時報", "2023-07-18", 5),
    "海島日報 中華民國一一二年七月十八日 星期二 A8": ("海島日報", "2023-07-18", 8),
    "青年周末 | 望川青年报 | 第2版": ("望川青年报", None, 2),
    "B02 副刊": (None, None, None),  # of a section that counts anew
    "责任编辑 江一苇 版式 顾小满": (None, None, None),
    "2023年7月18日 星期三": (None, None, None),  # it was a Tuesday: misread
    "2023年2月30日": (None, None, None),
    "2023年7月18日|2023年7月19日": (None, None, None),  # two days prove neither
    "第03版|第04版": (None, None, None),
    "第04-05版": (None, None, None),  # a double page
    "(下转第四版)": (None, None, None),  # where an article goes on
    "（相关报道见第四版）|白沙坪给老茶树挂牌 ▶2版|第03版": (None, None, 3),  # what others hold
    "24小时": (None, None, None),  # a column's title, '24 hours'
    "望川日报|开埠时报": (None, None, None),
    "": (None, None, None),
}


@pytest.mark.parametrize("head", HEADS)
def test_what_a_page_prints_of_itself(head):
    assert tuple(about_furniture(head.split("|")).values()) == HEADS[head]


def test_the_surer_source_wins_field_by_field():
    about = describe_page({"paper": "开埠时报", "date": None}, "望川日报_20230912.txt", ["第05版"])
    assert about == {
        "paper": "开埠时报", "paper_from": "catalogue", "date": "2023-09-12",
        "date_from": "file name", "page_no": 5, "page_no_from": "page",
    }  # fmt: skip
    assert set(describe_page({}, "a.txt", []).values()) == {None}


def test_contradictions_name_each_source():
    (told,) = contradictions({"page_no": 7}, "2023-09-12_03.txt", ["第05版"])
    assert told == "its page_no is 7 (catalogue), 3 (file name), 5 (page)"
    assert contradictions({"page_no": 3}, "2023-09-12_03.txt", ["第03版"]) == []


HEADER = "file,paper,date,page_no\n"


def entry(line, header=HEADER):
    rows, faults = read_catalogue(header + line, ["a.txt", "b.txt", "sub/c.txt"])
    return rows, [f[3] for f in faults]


@pytest.mark.parametrize(
    "line, header",
    [
        ("a.txt,开埠时报,2023-09-12,7", HEADER),
        ('a.txt,"开埠时报","2023-09-12 00:00:00",07\r\n', HEADER),
        ("a.txt,开埠时报,2023/9/12,第7版,,", HEADER),  # a spreadsheet's empty columns
        ("a.txt,开埠时报,二〇二三年九月十二日,七", HEADER),
        ("pages\\a.txt , 开埠时报 ,20230912,A07", HEADER),
        ("a.txt，开埠时报，2023年9月12日，7版", "file，paper，date，page_no\n"),
        ("a.txt\t开埠时报\t2023.9.12\t7", HEADER.replace(",", "\t")),
        ("7;2023-09-12;x;开埠时报;a.txt", "Page_no;Date;note;Paper;File\n"),
    ],
)
def test_a_line_in_any_usual_form_is_read(line, header):
    about = {"paper": "开埠时报", "date": "2023-09-12", "page_no": 7}
    assert entry(line, header) == ({"a.txt": about}, [])


@pytest.mark.parametrize(
    "line, what",
    [
        ("a.txt,开埠时报,不详,7", "不详"),  # unknown
        ("a.txt,开埠时报,2023-09-12至2023-09-15,7", "2023-09-12至2023-09-15"),
        ("a.txt,开埠时报,45181,7", "45181"),  # a spreadsheet's number of a day
        ("a.txt,开埠时报,2023-09-12,B07", "B07"),  # of another section
        ("a.txt,开,埠时报,2023-09-12,7", "5 cells for 4"),
        ("a.txt,开埠时报", "2 cells for 4"),
        ("d.txt,开埠时报,,", "no page d.txt"),
        (",开埠时报,,", "no page"),
        ("b.txt,,,\nb.txt,,,", "an earlier line tells of b.txt"),
    ],
)
def test_what_a_line_has_wrong_is_told_once(line, what):
    _, (told,) = entry(line)
    assert what in told


def test_one_bad_cell_costs_no_other():
    rows, _ = entry("a.txt,开埠时报,不详,7\nb.txt,望川日报,2023-09-12,3\n\n,,,\n")
    assert rows["a.txt"] == {"paper": "开埠时报", "date": None, "page_no": 7}
    assert rows["b.txt"]["date"] == "2023-09-12"


@given(st.text() | st.text(alphabet=',"\n\t;，a.tx0123456789-年月日版第').map(HEADER.__add__))
def test_any_text_is_a_catalogue_or_a_fault(text):
    rows, faults = read_catalogue(text, ["a.txt"])
    assert set(rows) <= {"a.txt"}
    assert all(page == "catalogue.csv" and what and todo for page, _, _, what, todo in faults)


@given(st.text(alphabet="望川日报情第版年月日〇一十二零０1920233-_./ Aap(转星期", max_size=60))
def test_any_name_and_head(text):
    """No exception, and nothing that the calendar or a page's number does not allow."""
    for about in (about_name(text), about_furniture([text])):
        assert about["page_no"] is None or 0 < about["page_no"] < 1000
        assert about["date"] is None or len(about["date"]) == 10
        assert about["paper"] is None or about["paper"].endswith("报")


@pytest.mark.parametrize(
    "partial, page, found",
    [
        ("--09-10", "2023-09-12", "2023-09-10"),
        ("--09-12", "2023-09-12", "2023-09-12"),
        ("--12-31", "2023-01-01", "2022-12-31"),
        ("--02-29", "2024-03-01", "2024-02-29"),
        ("--09-10", None, "--09-10"),
        (None, "2023-09-12", None),
        ("--09-13", "2023-09-12", "--09-13"),  # after the issue: one of the two is wrong
        ("--03-01", "2023-09-12", "--03-01"),  # half a year before: of which year, who knows
        ("--02-29", "2023-03-01", "--02-29"),  # there is no such day
        ("--91-10", "2023-03-01", "--91-10"),
    ],
)
def test_the_year_of_a_dateline(partial, page, found):
    assert resolve_date(partial, page) == found
