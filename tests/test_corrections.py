"""What a reader writes into corrections.toml wins over every rule; what is wrong in it is told."""

import pytest

from helpers.__main__ import main
from helpers.corpus import explain_page, load_articles, load_lines, load_problems
from helpers.labels import KINDS_OF, Correction
from helpers.page import read_page

PAGE = """青石渡开出夜班车

本报讯（记者 王一）入夜九点，青石渡的末班车刚刚开出，车上坐着下夜班的护士。

　　渡口的夜班

　　这趟车开了三年，雨雪天也不停。

马鞍岭打出新井

　　三眼老井见了底，村里另打一口，水管接到坡上。
"""
HEADER = '[[correction]]\npage = "a.txt"\n'


def kinds(lines):
    return {x.line: (x.kind, x.article) for x in lines}


@pytest.mark.parametrize("kind", KINDS_OF)
@pytest.mark.parametrize("line", (1, 3, 5, 9, 11))
def test_each_kind_on_each_line(line, kind):
    lines, articles = read_page(PAGE, [Correction(line, line, kind)])
    found = [x for x in lines if x.line == line]
    assert {x.kind for x in found} == {kind}
    assert {(x.rule, x.confidence) for x in found} == {("correction", 1.0)}
    assert {x.line for x in lines} == {1, 3, 5, 7, 9, 11}, "nothing is lost by it"
    assert articles


BESIDE = """青石渡开出夜班车

马鞍岭打出新井

本报讯（记者 秦越）入夜九点，青石渡的末班车刚刚开出，车厢里坐着下夜班的纺织女工。

这条线路6月初试开，镇里先到三家工厂数过散工的人数，才把站牌立在厂门口。

本报讯（通讯员 罗青禾）旱了四十多天，马鞍岭上的三眼老井见了底，新井涌出清水。

新井接上了旧管道，先送敬老院和小学，再送坡上的十几户人家。
"""


@pytest.mark.parametrize("line, kind", [(1, "kicker"), (3, "deck"), (3, "furniture")])
def test_headings_beside_each_other_are_what_a_reader_says(line, kind):
    assert kinds(read_page(BESIDE)[0])[3] == ("headline", 2), "else they are dealt out by words"
    found = [x for x in read_page(BESIDE, [Correction(line, line, kind)])[0] if x.line == line]
    assert [(x.kind, x.rule) for x in found] == [(kind, "correction")]


@pytest.mark.parametrize("line", (3, 5, 7, 9, 11))
def test_a_new_article_begins_at_any_line(line):
    before = kinds(read_page(PAGE)[0])
    after = kinds(read_page(PAGE, [Correction(line, line, None, "new")])[0])
    assert after[line][1] != after[max(n for n in after if n < line)][1]
    assert {n: k for n, (k, _) in after.items() if n < line} == {
        n: k for n, (k, _) in before.items() if n < line
    }


def test_lines_go_to_the_article_that_is_named():
    lines, articles = read_page(PAGE, [Correction(9, 11, None, 1)])
    assert {x.article for x in lines} == {1} and len(articles) == 1
    assert "三眼老井" in articles[0].text


def test_several_lines_are_one_new_article():
    _, articles = read_page(PAGE, [Correction(5, 7, "body", "new")])
    assert [a.text.split("\n")[0][:5] for a in articles] == [
        "入夜九点，",
        "渡口的夜班",
        "三眼老井见",
    ]


def test_a_lone_crosshead_that_a_reader_wants_stays_one():
    for line in (5, 9):
        lines, _ = read_page(PAGE, [Correction(line, line, "crosshead")])
        assert kinds(lines)[line][0] == "crosshead"


# --- the file


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(PAGE, "utf-8")
    return tmp_path


def write(folder, text):
    (folder / "corrections.toml").write_text(text, "utf-8")
    return folder


def test_a_correction_is_in_every_table(folder):
    assert load_articles(folder)["headline"].tolist() == ["青石渡开出夜班车", "马鞍岭打出新井"]
    write(folder, HEADER + 'lines = 9\nkind = "crosshead"\narticle = 1\nwhy = "原报如此"\n'
          + HEADER + "lines = [11, 11]\narticle = 1\n")  # fmt: skip
    assert load_articles(folder)["headline"].tolist() == ["青石渡开出夜班车"]
    lines = load_lines(folder)
    used = lines[lines["rule"] == "correction"]
    assert used[["line", "kind", "article"]].values.tolist() == [
        [9, "crosshead", 1],
        [11, "body", 1],
    ]
    shown = explain_page(folder / "pages" / "a.txt")
    assert shown["rule"].tolist() == lines["rule"].tolist()
    assert load_problems(folder).empty


@pytest.mark.parametrize(
    "text, what",
    [
        ("[[correction]\n", "it cannot be read"),
        ("correction = 3\n", "it holds no [[correction]]"),
        (HEADER + "lines = 1\n", "correction 1: it says neither kind nor article"),
        (HEADER + 'lines = 1\nkind = "title"\n', "title is no kind of line"),
        (HEADER + 'lines = 1\nkind = ["body"]\n', "['body'] is no kind of line"),
        (HEADER + 'lines = 0\nkind = "body"\n', "its lines are 0"),
        (HEADER + 'lines = [4, 3]\nkind = "body"\n', "its lines are [4, 3]"),
        (HEADER + 'lines = [1, 2, 3]\nkind = "body"\n', "its lines are [1, 2, 3]"),
        (HEADER + 'lines = "1"\nkind = "body"\n', "its lines are 1"),
        (HEADER + 'lines = true\nkind = "body"\n', "its lines are True"),
        (HEADER + 'kind = "body"\n', "its lines are None"),
        (HEADER + 'lines = 1\nkind = "body"\narticle = "old"\n', "its article is old"),
        (HEADER + 'lines = 1\nkind = "body"\narticle = 0\n', "its article is 0"),
        (HEADER + 'lines = 1\nkinds = "body"\n', "kinds is none of page, lines, kind"),
        (HEADER + 'lines = 4\nkind = "body"\n', "there is nothing on line 4 of the page"),
        (HEADER + 'lines = [90, 99]\nkind = "body"\n', "nothing on lines 90-99"),
        (HEADER + "lines = 3\narticle = 7\n", "line 3 cannot go to article 7"),
        ('[[correction]]\npage = "b.txt"\nlines = 1\nkind = "body"\n', "there is no page b.txt"),
        ('[[correction]]\nlines = 1\nkind = "body"\n', "there is no page None"),
        ((HEADER + 'lines = [1, 3]\nkind = "body"\n') * 2, "correction 2: an earlier one tells"),
    ],
)
def test_a_fault_is_told_and_nothing_else_stops(folder, text, what):
    problems = load_problems(write(folder, text))
    (row,) = problems[problems["kind"] == "correction"].to_dict("records")
    assert row["page"] == "corrections.toml" and what in row["what"] and row["what_to_do"]
    assert "入夜九点" in "".join(load_articles(folder)["text"])


def test_the_others_hold_where_one_has_a_fault(folder):
    write(folder, HEADER + 'lines = 1\nkind = "title"\n' + HEADER + 'lines = 5\nkind = "slogan"\n')
    assert load_lines(folder).set_index("line").loc[5, "kind"] == "slogan"


def test_furniture_is_the_page_s_and_tells_of_it(folder):
    page = folder / "pages" / "a.txt"
    page.write_text("望川日报 二版头条\n\n" + PAGE, "utf-8")
    write(folder, HEADER + 'lines = 1\nkind = "furniture"\n')
    assert (
        load_articles(folder)[["paper", "paper_from"]].values.tolist() == [["望川日报", "page"]] * 2
    )
    write(folder, HEADER + 'lines = 1\nkind = "furniture"\narticle = 1\n')
    articles = load_articles(folder)
    assert articles["column_title"][0] == "望川日报 二版头条" and articles["paper"].isna().all()


def test_the_doctor_says_how_many_are_in_force(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["helpers", "doctor", "--corpus", str(folder)])
    main()
    assert "Corrections" not in capsys.readouterr().out
    write(folder, HEADER + 'lines = [5, 7]\nkind = "body"\n')
    main()
    assert "Corrections in force: 2 lines" in capsys.readouterr().out


def test_in_a_folder_without_pages(tmp_path):
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "a.txt").write_text(PAGE, "utf-8")
    write(tmp_path, '[[correction]]\npage = "2023/a.txt"\nlines = 5\nkind = "slogan"\n')
    assert load_lines(tmp_path).set_index("line").loc[5, "rule"] == "correction"
    assert "correction" in explain_page(tmp_path / "2023" / "a.txt")["rule"].tolist()
    assert set(load_articles(tmp_path)["page"]) == {"2023/a.txt"}
