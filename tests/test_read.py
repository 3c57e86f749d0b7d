"""Any file: read in whatever encoding it has, or refused in words that a reader understands."""

import io
import os
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import read
from helpers.read import TEXT_KINDS, Unreadable, decode, read_file

# A night bus for the weavers of a small town; 9 o'clock, 12 women, 1 yuan.
SIMPLE = (
    "入夜九点，青石渡的末班车刚刚开出。车厢里坐着12名下夜班的纺织女工，司机老周每到一站都要回头看一眼。"
    "2023年6月起，镇里把夜班车的时间往后推了40分钟，票价仍是1元。\n“这趟车开到哪里，我们的心就放到哪里。”"
    "一名女工说。过去，散工的人要沿着堤岸走上半个钟头，遇到下雨，只能在厂门口等家里人来接。\n"
)
# The same in the letters and marks of Taiwan and Hong Kong.
TRADITIONAL = (
    "入夜九點，青石渡的末班車剛剛開出。車廂裡坐著十二名下夜班的紡織女工，司機老周每到一站都要回頭看一眼。"
    "2023年6月起，鎮裡把夜班車的時間往後推了40分鐘，票價仍是1元。\n「這趟車開到哪裡，我們的心就放到哪裡。」"
    "一名女工說。過去，散工的人要沿著堤岸走上半個鐘頭，遇到下雨，只能在廠門口等家裡人來接。\n"
)
LENGTHS = (40, 400, 4000)
ENCODINGS = {
    "utf-8": SIMPLE,
    "utf-8-sig": SIMPLE,
    "gb18030": SIMPLE,
    "big5": TRADITIONAL,
    "big5hkscs": TRADITIONAL,
    "utf-16": SIMPLE,
    "utf-16-le": SIMPLE,
    "utf-16-be": SIMPLE,
}
LOST = 2  # characters that one bad byte may cost: its own, and one it swallows


def of_length(text, n):
    return (text * (n // len(text) + 1))[:n]


def lost(found, text):
    """How many characters stand between what two texts share at their beginning and their end."""
    head = os.path.commonprefix([found, text])
    tail = os.path.commonprefix([found[len(head) :][::-1], text[len(head) :][::-1]])
    return len(text) - len(head) - len(tail)


def texts():
    return [
        pytest.param(e, of_length(text, n), id=f"{e} {n}")
        for e, text in ENCODINGS.items()
        for n in LENGTHS
    ]


def damages():
    """Encoding, text and which byte of a character is bad."""
    return [
        pytest.param(*case.values, half, id=f"{case.id} byte {half + 1}")
        for case in texts()
        for half in (0, 1)
    ]


@pytest.mark.parametrize("encoding, text", texts())
def test_encoding_is_told_from_the_bytes(encoding, text):
    found = decode(text.encode(encoding))
    assert (found.text, found.damaged) == (text, 0)


@pytest.mark.parametrize("encoding, text, half", damages())
def test_one_bad_byte_costs_its_character(encoding, text, half):
    whole, most = text.encode(encoding), 0
    for k in range(3, len(text) - 3, len(text) // 20):
        for bad in (0x00, 0x80, 0xFF) if ord(text[k]) > 127 else ():
            at = len(text[:k].encode(encoding)) + half
            found = decode(whole[:at] + bytes([bad]) + whole[at + 1 :]).text
            most = max(most, lost(found, text))
    assert most <= LOST


@pytest.mark.parametrize("encoding, text", texts())
def test_a_file_cut_in_mid_character_keeps_the_rest(encoding, text):
    assert lost(decode(text.encode(encoding)[:-1]).text, text) <= LOST


@pytest.mark.parametrize("encoding", ("utf-8", "gb18030", "big5"))
@pytest.mark.parametrize("run", (16, 512, 4096))
def test_nul_bytes_of_a_damaged_disk(encoding, run):
    text = ENCODINGS[encoding]
    data = text.encode(encoding)
    found = decode(data + b"\x00" * run + data)
    assert found.text.replace("\x00", "") == text * 2


@pytest.mark.parametrize("encoding", ("gb18030", "big5"))
def test_a_bad_byte_in_a_long_line_takes_linear_time(encoding):
    """A line of 400,000 characters, its middle byte bad: one character lost, the rest as it was."""
    text = of_length(ENCODINGS[encoding].replace("\n", ""), 400_000)
    at = len(text[:200_000].encode(encoding))
    data = bytearray(text.encode(encoding))
    data[at] = 0xFF
    found = decode(bytes(data))
    assert lost(found.text, text) <= LOST and found.damaged == 1


@pytest.mark.parametrize("encoding", ("gb18030", "big5", "utf-16-le"))
def test_an_encoding_that_shows_late(encoding):
    """A page that opens with 20,000 characters of Latin (an export's head) is Chinese all the same."""
    text = "Exported page, table of contents. " * 600 + ENCODINGS[encoding]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("end", ("\n", "\r\n"))
def test_line_ends_stay_in_the_text(end):
    """`locate` counts lines in the raw file, so a line end is never rewritten."""
    assert decode(f"甲{end}乙{end}".encode()).text == f"甲{end}乙{end}"


@pytest.mark.parametrize(
    "text, found",
    [
        ("甲\r乙\r", "甲\n乙\n"),  # an old Mac
        ("甲\r乙\r丙\n", "甲\n乙\n丙\n"),  # the same, its last line end set by another program
        ("甲\r\n乙\r\n", "甲\r\n乙\r\n"),
        ("甲\r\r\n乙\r\r\n", "甲\r\r\n乙\r\r\n"),  # written twice by Windows: two lines, not four
        ("甲\r乙\n丙\n", "甲\r乙\n丙\n"),  # a stray one
    ],
    ids=repr,
)
def test_carriage_returns_that_end_lines(tmp_path, text, found):
    assert read_file(write(tmp_path, "a.txt", text.encode())).text == found


@given(st.binary(max_size=400))
def test_any_bytes_decode(data):
    found = decode(data)
    assert found.damaged == found.text.count("\ufffd")


@given(st.text(min_size=1))
def test_any_utf_8_comes_back(text):
    """A text that opens with a byte order mark loses the mark: it is no character."""
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("suffix", sorted(TEXT_KINDS | {".TXT"}))
def test_kinds_that_are_read(tmp_path, suffix):
    path = tmp_path / f"page{suffix}"
    path.write_text(SIMPLE, encoding="gb18030", newline="")
    assert read_file(path).text == SIMPLE


# --- what cannot be read: the words that the message must have, what is wrong and what to do


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def zipped():
    """The bytes of a ZIP, such as a document of a word processor renamed to .txt."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word.xml", random.Random(0).randbytes(4000))
    return box.getvalue()


REFUSED = {
    "empty": ("a.txt", b"", "empty (0 bytes)", "again"),
    "blanks": ("a.txt", "  \n\u3000\u3000\n\t\n".encode(), "only blanks", "again"),
    "byte order mark alone": ("a.txt", b"\xef\xbb\xbf", "only blanks", "again"),
    "random bytes": ("a.txt", random.Random(0).randbytes(5000), "not text", "UTF-8"),
    "a ZIP": ("a.txt", zipped(), "not text", "UTF-8"),
    "a picture": ("a", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text", "UTF-8"),
    "NUL bytes": ("a.txt", b"\x00" * 900, "not text", "UTF-8"),
    "unknown kind": ("a.docx", SIMPLE.encode(), ".docx", ".txt"),
    "upper case kind": ("a.XLSX", SIMPLE.encode(), ".XLSX", ".txt"),
}


@pytest.mark.parametrize("name, data, what, cure", REFUSED.values(), ids=REFUSED)
def test_refused_in_clear_words(tmp_path, name, data, what, cure):
    with pytest.raises(Unreadable) as e:
        read_file(write(tmp_path, name, data))
    assert what in e.value.what
    assert cure in e.value.what_to_do
    assert str(e.value) == f"{e.value.what} {e.value.what_to_do}"


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "LARGEST", 1024**2)
    path = write(tmp_path, "a.txt", SIMPLE.encode() * 4000)
    with pytest.raises(Unreadable, match="larger than 1 MB.*one a file"):
        read_file(path)


def test_largest_is_still_read(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "LARGEST", len(SIMPLE.encode()))
    assert read_file(write(tmp_path, "a.txt", SIMPLE.encode())).text == SIMPLE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_no_permission(tmp_path):
    path = write(tmp_path, "a.txt", SIMPLE.encode())
    path.chmod(0)
    with pytest.raises(Unreadable, match="cannot be opened.*rights"):
        read_file(path)


@pytest.mark.parametrize(
    "fault", (PermissionError(13, "Permission denied"), OSError(5, "I/O error"))
)
def test_disk_refuses(tmp_path, monkeypatch, fault):
    path = write(tmp_path, "a.txt", SIMPLE.encode())

    def refuse(_):
        raise fault

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(Unreadable, match=f"cannot be opened .{fault.strerror}.*rights"):
        read_file(path)


def test_file_that_is_gone(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_file(tmp_path / "gone.txt")


def test_text_behind_a_run_of_nul_bytes_is_read(tmp_path):
    path = write(tmp_path, "a.txt", b"\x00" * 4096 + SIMPLE.encode() * 20)
    assert read_file(path).text.strip("\x00") == SIMPLE * 20
