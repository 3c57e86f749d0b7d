"""read: a file of any kind → the texts of its pages. See `read_file`.

Here: text and markdown in any Chinese encoding. A file that cannot be read raises Unreadable,
whose words a reader understands; `corpus` makes it a row in `problems`.
"""

import math
import re
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

TEXT_KINDS = {".txt", ".md", ".markdown", ".text", ".ocr", ""}
LARGEST = 64 * 1024 * 1024  # bytes; a newspaper page is some 20,000
ENCODINGS = {"utf-8": 0.02, "gb18030": 0.01, "big5hkscs": 0.0, "utf-16-le": 0.0, "utf-16-be": 0.0}
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE = 8000  # bytes looked at to tell an encoding
RARE, ODD, BAD_PAIR, BAD = 2, 4, 5.5, 6  # what a character speaks against a reading of bytes


class Unreadable(Exception):
    """A file that holds no text that we can read; the message says why and what to do."""

    def __init__(self, what: str, what_to_do: str):
        super().__init__(f"{what} {what_to_do}")
        self.what, self.what_to_do = what, what_to_do


class Text(NamedTuple):
    """The text of a file, and what was guessed to get it."""

    text: str
    encoding: str
    damaged: int  # characters that the encoding could not give


def _common(encoding: str, rows: range, cells: range) -> frozenset:
    """The characters of the first rows of a double-byte set: the common half of its letters."""
    found = set()
    for a in rows:
        for b in cells:
            try:
                found.add(bytes([a, b]).decode(encoding))
            except UnicodeDecodeError:
                continue
    return frozenset(found)


# GB2312 level 1 holds 3,755 letters, Big5 level 1 5,401: between them nearly all running text.
LEVEL_1 = {
    "gb18030": _common("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)),
    "big5hkscs": _common("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]),
}
COMMON = LEVEL_1["gb18030"] | LEVEL_1["big5hkscs"]
PLAIN_RE = re.compile(r"[ -~\s\u2014\u2018-\u201d\u2026\u3000-\u3011\uff01-\uff5e①-⑳·□■▲●]")
# Zero bytes in a row are a hole that a disk left, and say nothing of the text round it.
HOLE_RE, HOLE_BYTES_RE = re.compile("\x00{16,}"), re.compile(rb"\x00{16,}")
BAD_RE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")


def decode(data: bytes) -> Text:
    """The text of bytes in UTF-8, GB18030, Big5 or UTF-16; one bad byte costs one character.

    BOM first, then strict UTF-8, then the encoding under which most characters are common ones.

    >>> decode("网络安全为人民".encode("gb18030")).text
    '网络安全为人民'
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _told(data.decode(encoding, "replace"), encoding)
    try:
        return Text(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    data = HOLE_BYTES_RE.sub(b"", data)
    start = re.search(rb"[\x80-\xff]|$", data).start() // 2 * 2  # before it all encodings agree
    best = _likeliest(data[start : start + SAMPLE + len(data) % 2])
    return _told(_decoded(data, best) if best in LEVEL_1 else data.decode(best, "replace"), best)


def _told(text: str, encoding: str) -> Text:
    return Text(text, encoding, text.count("\ufffd"))


def _likeliest(sample: bytes) -> str:
    """The encoding under which most characters of a sample are common ones."""
    texts = {e: sample.decode(e, "replace") for e in ENCODINGS}
    best = max(texts, key=lambda e: _plausible(texts[e]) + ENCODINGS[e])
    if BAD_RE.search(texts[best]) and _plausible(texts[best]) > 0:  # damaged: mend, then compare
        texts |= {e: _decoded(sample, e) for e in LEVEL_1}
        best = max(texts, key=lambda e: _plausible(texts[e]) + ENCODINGS[e])
    return best


def _decoded(data: bytes, encoding: str) -> str:
    """The text of bytes in a double-byte encoding, its damaged lines aligned anew."""
    text = data.decode(encoding, "replace")
    if not BAD_RE.search(text) or _plausible(text[:SAMPLE]) < 0:
        return text
    return "\n".join(_aligned(line, encoding) for line in data.split(b"\n"))


def _aligned(line: bytes, encoding: str) -> str:
    """The text of a line in a double-byte encoding, mended where its pairs of bytes have slipped.

    One bad byte makes a plain decoder pair all that follows wrongly, up to the next ASCII byte.
    """
    text = line.decode(encoding, "replace")
    if not BAD_RE.search(text):
        return text
    steps, found, at = _ways(line, _pair_costs(encoding)), [], 0
    while at < len(line):
        length, good = steps[at]
        found.append(line[at : at + length].decode(encoding, "replace") if good else "\ufffd")
        at += length
    return "".join(found)


def _ways(line: bytes, pairs: dict) -> list[tuple[int, bool]]:
    """(bytes, whether they are good) of a character at each place, on the cheapest way from there.

    A common character costs nothing, a rare one a little, a bad byte most: slipped text is full
    of rare ones. Found from the end backwards (Viterbi 1967), in one pass.
    """
    steps, after = [None] * len(line), 0
    one, two, three, four = 0, math.inf, math.inf, math.inf  # the cost from 1 to 4 bytes on
    for i in range(len(line) - 1, -1, -1):
        byte = line[i]
        if byte < 0x80:
            cost, step = one + (0 if byte >= 32 or byte in b"\t\r" else BAD), (1, True)
        else:
            cost, step = one + BAD, (1, False)
            if two + pairs.get(byte << 8 | after, math.inf) <= cost:
                cost, step = two + pairs[byte << 8 | after], (2, True)
            elif 0x30 <= after <= 0x39 and four + RARE <= cost and line[i + 2] >= 0x81:
                cost, step = four + RARE, (4, True)
        if (after >= 0x40 or after < 9) and two + BAD_PAIR < cost:
            cost, step = two + BAD_PAIR, (2, False)
        steps[i], after = step, byte
        one, two, three, four = cost, one, two, three
    return steps


@lru_cache
def _pair_costs(encoding: str) -> dict[int, int]:
    """What each pair of bytes costs that is a character: common 0, other letters, the rest."""
    found = {}
    for pair in range(0x8140, 0xFEFF):
        try:
            char = pair.to_bytes(2, "big").decode(encoding)
        except UnicodeDecodeError:
            continue
        common = char in LEVEL_1[encoding] or PLAIN_RE.match(char)
        found[pair] = 0 if common else RARE if "一" <= char <= "鿿" else ODD
    return found


def _plausible(text: str) -> float:
    """The share of common characters in a text, less three times the share of impossible ones."""
    if not text:
        return 0.0
    good = sum(c in COMMON for c in text) + len(PLAIN_RE.findall(text))
    return (good - 3 * len(BAD_RE.findall(text))) / len(text)


def read_file(path: Path) -> Text:
    """The text of a file; where carriage returns end its lines (old Macs), they are line feeds.

    Raises Unreadable where the file is empty, too large, of a kind that is not read, or no text.
    """
    return read_bytes(fetch(Path(path)))


def fetch(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable where `check_file` does, or where it cannot be opened."""
    try:
        check_file(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as e:
        raise Unreadable(
            f"the file cannot be opened ({e.strerror or e}).", "Check its rights and its disk."
        ) from e


def read_bytes(data: bytes) -> Text:
    """The text of a file's bytes, as `read_file` gives it. Raises Unreadable where they are none."""
    found = decode(data)
    _check_text(HOLE_RE.sub("", found.text), found.text)
    if found.text.count("\r") - found.text.count("\r\n") > found.text.count("\n"):
        found = found._replace(text=found.text.replace("\r", "\n"))
    return found


def _check_text(solid: str, text: str) -> None:
    """Raise Unreadable where a text, the holes of a damaged disk left out, is none."""
    if not text.strip():
        raise Unreadable("the file holds only blanks.", "Export or copy the page again.")
    sample = solid[:SAMPLE]
    if not solid.strip() or len(BAD_RE.findall(sample)) > 0.1 * len(sample):
        raise Unreadable(
            "the file is not text (its bytes fit no Chinese encoding).",
            "Save it as UTF-8 text (.txt), or remove it.",
        )


def check_file(name: str, size: int) -> None:
    """Raise Unreadable where a file of that name and size is not even opened."""
    kind = PurePath(name).suffix
    if kind.lower() not in TEXT_KINDS:
        kinds = ", ".join(sorted(k for k in TEXT_KINDS if k))
        raise Unreadable(f"files of kind {kind} are not read.", f"Save the page as text: {kinds}.")
    if size == 0:
        raise Unreadable("the file is empty (0 bytes).", "Export or copy the page again.")
    if size > LARGEST:
        raise Unreadable(
            f"the file is larger than {LARGEST // 1024**2} MB.", "Cut it into pages, one a file."
        )
