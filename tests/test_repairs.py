"""What was repaired is listed at its place, and each repair can be left out by its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.clean import bare
from helpers.corpus import load_articles, load_lines, load_repairs, locate
from helpers.page import page_changes, read_page
from helpers.text import ALL_REPAIRS

# Wrapped lines with a stray blank, a radical look-alike (⻋), half-width marks and a zero-width
# blank; 'the county's ferry has opened a night bus, 300 people a night, it is said at the landing'
FERRY = (
    "青石渡 夜班⻋开行\n\n"
    "  近日,我县青石渡开出夜班\n⻋,每晚有 300 人乘坐。\n  渡口的人说,夜里过河\u200b不\n再难了。\n"
)
HEAD = "青石渡 夜班{}开行"
TEXTS = {  # without this repair: the head, the text
    "breaks": ("车", "近日，我县青石渡开出夜班\n车，每晚有300人乘坐。\n渡口的人说，夜里过河不\n再难了。"),
    "invisible": ("车", "近日，我县青石渡开出夜班车，每晚有300人乘坐。\n渡口的人说，夜里过河\u200b不再难了。"),
    "lookalikes": ("⻋", "近日，我县青石渡开出夜班⻋,每晚有300人乘坐。\n渡口的人说，夜里过河不再难了。"),
    "marks": ("车", "近日,我县青石渡开出夜班车,每晚有300人乘坐。\n渡口的人说,夜里过河不再难了。"),
    "blanks": ("车", "近日，我县青石渡开出夜班车，每晚有 300 人乘坐。\n渡口的人说，夜里过河不再难了。"),
}  # fmt: skip
LISTED = [  # page order within a repair: line, repair, what stood there, what stands there now
    (1, "lookalikes", "⻋", "车"),
    (4, "lookalikes", "⻋", "车"),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ferry.txt").write_text(FERRY, "utf-8")
    (tmp_path / "plain.txt").write_text(
        "井边的路灯亮了\n\n本报讯（记者 王一）路灯亮了。\n", "utf-8"
    )
    (tmp_path / "not_read.bin").write_bytes(b"\x00\x01")
    return tmp_path


@pytest.mark.parametrize("name", TEXTS)
def test_one_repair_left_out(folder, name):
    rest = [x for x in ALL_REPAIRS if x != name]
    article = load_articles(folder, repairs=rest).iloc[0]
    letter, text = TEXTS[name]
    assert article["headline"] == HEAD.format(letter)
    assert article["text"] == text


def test_no_repair_at_all(folder):
    article = load_articles(folder, repairs=[]).iloc[0]
    assert article["text"] == (
        "近日,我县青石渡开出夜班\n⻋,每晚有 300 人乘坐。\n渡口的人说,夜里过河\u200b不\n再难了。"
    )


def test_all_of_them_is_what_one_gets(folder):
    named = load_articles(folder, repairs=reversed(ALL_REPAIRS))
    assert named.equals(load_articles(folder))


def test_the_cutting_does_not_depend_on_them(folder):
    few, all_ = load_articles(folder, repairs="marks"), load_articles(folder)
    same = ["article", "headline", "reporters", "chars", "spans", "cut"]
    assert few[same].replace({"headline": {"⻋": "车"}}, regex=True).equals(all_[same])
    assert len(load_lines(folder))


def test_a_repair_that_is_none_is_told_with_the_choices(folder):
    with pytest.raises(ValueError, match="no repair 'wraps'. Choose from: breaks, invisible"):
        load_articles(folder, repairs=["marks", "wraps"])


@given(st.sets(st.sampled_from(ALL_REPAIRS)))
def test_the_way_back_holds_without_them(names):
    """Whatever is left out, each visible character leads back to its own place."""
    rows = FERRY.split("\n")
    for article in read_page(FERRY, (), names)[1]:
        row = {"page": "ferry.txt", "origin": article.origin}
        for start, char in enumerate(article.text):
            if bare(char):
                _, line, column = locate(row, start)
                assert char in (rows[line - 1][column], *"车，")


def test_what_was_changed_stands_with_its_line():
    found = [(n, c.repair, c.before, c.after) for n, c in page_changes(FERRY)]
    assert [x for x in found if x[1] == "lookalikes"] == LISTED
    assert [x for x in found if x[1] == "breaks"] == [
        (3, "breaks", "\n", ""),
        (5, "breaks", "\n", ""),
    ]
    assert [n for n, repair, *_ in found if repair == "marks"] == [3, 4, 5]
    assert [n for n, repair, *_ in found if repair == "invisible"] == [5]


def test_the_halves_of_a_headline_are_not_repaired():
    assert [
        c for _, c in page_changes("青石渡开出 夜班车 每晚一班\n") if c.repair == "blanks"
    ] == []


def test_the_ledger_of_a_folder(folder):
    ledger = load_repairs(folder)
    assert set(ledger["page"]) == {"ferry.txt"}, "nothing was changed on the other"
    assert list(ledger["repair"]) == list(ALL_REPAIRS)
    by_name = ledger.set_index("repair")
    assert dict(by_name["changes"]) == {
        "breaks": 2,
        "invisible": 1,
        "lookalikes": 2,
        "marks": 3,
        "blanks": 2,
    }
    assert by_name.loc["marks", "examples"][0] == "3: 近日[,→，]我县青石渡开"
    assert by_name.loc["invisible", "examples"] == ["5: 说,夜里过河[U+200B→]不再难了。"]
    assert by_name.loc["breaks", "examples"][0] == "3: 石渡开出夜班[⏎→]⻋,每晚有 "


def test_the_ledger_of_an_empty_folder(tmp_path):
    assert list(load_repairs(tmp_path)) == ["page", "repair", "changes", "characters", "examples"]
