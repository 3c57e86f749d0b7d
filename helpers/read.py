"""read: a file of any kind → the texts of its pages. See `read_file`.

Here: text and markdown in any Chinese encoding. A file that cannot be read raises Unreadable,
whose words a reader understands; `corpus` makes it a row in `problems`.
"""

import re
from pathlib import Path
from typing import NamedTuple

TEXT_KINDS = {".txt", ".md", ".markdown", ".text", ".ocr", ""}
LARGEST = 64 * 1024 * 1024  # bytes; a newspaper page is some 20,000
ENCODINGS = {"utf-8": 0.02, "gb18030": 0.01, "big5hkscs": 0.0, "utf-16-le": 0.0, "utf-16-be": 0.0}
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE = 8000  # bytes looked at to tell an encoding


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
COMMON = _common("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)) | _common(
    "big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
)
PLAIN_RE = re.compile(r"[ -~\s\u2014\u2018-\u201d\u2026\u3000-\u3011\uff01-\uff5e①-⑳·□■▲●]")
BAD_RE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")


def decode(data: bytes) -> Text:
    """The text of bytes in UTF-8, GB18030, Big5 or UTF-16; one bad byte costs one character.

    BOM first, then strict UTF-8, then the encoding under which most characters are common ones.

    >>> decode("网络安全为人民".encode("gb18030")).text
    '网络安全为人民'
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return Text(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    data = re.sub(rb"\x00{16,}", b"", data)
    sample = data[: SAMPLE + len(data) % 2]
    best = max(ENCODINGS, key=lambda e: _plausible(sample.decode(e, "replace")) + ENCODINGS[e])
    return _decoded(data, best)


def _decoded(data: bytes, encoding: str) -> Text:
    text = data.decode(encoding, "replace")
    return Text(text, encoding, text.count("\ufffd"))


def _plausible(text: str) -> float:
    """The share of common characters in a text, less three times the share of impossible ones."""
    if not text:
        return 0.0
    good = sum(c in COMMON for c in text) + len(PLAIN_RE.findall(text))
    return (good - 3 * len(BAD_RE.findall(text))) / len(text)


def read_file(path: Path) -> Text:
    """The text of a file.

    Raises Unreadable where the file is empty, too large, of a kind that is not read, or no text.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        _check(path, size)
        found = decode(path.read_bytes())
    except OSError as e:
        raise Unreadable(
            f"the file cannot be opened ({e.strerror or e}).", "Check its rights and its disk."
        ) from e
    if not found.text.strip():
        raise Unreadable("the file holds only blanks.", "Export or copy the page again.")
    if len(BAD_RE.findall(found.text[:SAMPLE])) > 0.1 * len(found.text[:SAMPLE]):
        raise Unreadable(
            "the file is not text (its bytes fit no Chinese encoding).",
            "Save it as UTF-8 text (.txt), or remove it.",
        )
    return found


def _check(path: Path, size: int) -> None:
    if path.suffix.lower() not in TEXT_KINDS:
        kinds = ", ".join(sorted(k for k in TEXT_KINDS if k))
        raise Unreadable(
            f"files of kind {path.suffix} are not read.", f"Save the page as text: {kinds}."
        )
    if size == 0:
        raise Unreadable("the file is empty (0 bytes).", "Export or copy the page again.")
    if size > LARGEST:
        raise Unreadable(
            f"the file is larger than {LARGEST // 1024**2} MB.", "Cut it into pages, one a file."
        )
