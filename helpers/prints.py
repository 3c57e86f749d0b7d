"""prints: the fingerprints of a build's articles, part by part → which there are, and which were.

prints/PART.parquet         one row per article, its keys last; written with the part
copies/ID/texts.parquet     which texts a build has, in order, and how many keys of each count
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from fsspec.core import url_to_fs

from helpers import arrow
from helpers.builds import put
from helpers.fingerprints import first_copies, names_of, print_of

HEADS = {"of": "str", "number": "int", "line": "int?", "text": "int", "told": "key",
         "letters": "int", "size": "int"}  # fmt: skip
PRINTS = HEADS | {"keys": "key"}
TELLS = 16  # bytes of what is the same for exact copies


class Texts(NamedTuple):
    """The articles of a build in order. rows: where each stands part by part; sizes: how many keys
    of it count, none where it is an exact copy of one before it (copies)."""

    heads: object
    rows: np.ndarray
    sizes: np.ndarray
    copies: dict


class Order(NamedTuple):
    """Of each article part by part, those that are gone last: its places now and in the build in
    force, as `sums` has them; how many keys it has; a number for its text."""

    now: np.ndarray
    then: np.ndarray
    size: np.ndarray
    name: np.ndarray


def prints_of(page: str, articles: list[dict]) -> list[tuple]:
    """The rows of PRINTS of the articles of a page."""
    prints = [print_of(a["text"] or "") for a in articles]
    return [
        (page, a["number"], a["spans"][0][0] if a["spans"] else None,
         _text_of(page, a["number"], p.told), p.told.ljust(TELLS, b"\0"), p.letters, len(p.keys),
         p.keys.tobytes())
        for a, p in zip(articles, prints, strict=True)
    ]  # fmt: skip


def _text_of(page: str, number: int, told: bytes) -> int:
    """What tells a text at its place from others there, and from itself elsewhere."""
    digest = hashlib.blake2b(f"{page}\n{number}\n".encode() + told, digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def in_order(out: str, parts: list) -> Texts:
    """The articles of some parts; parts: (name, its places, how many articles) each."""
    heads = _heads(out, parts)
    rows = arrow.order_of(heads["of"], heads["number"])
    heads = arrow.taken(heads, rows)
    copies = first_copies(_told(heads))
    sizes = arrow.numbers_of(heads, "size").copy()
    sizes[[*copies]] = 0
    return Texts(heads, rows, sizes, copies)


def _heads(out: str, parts: list):
    """One row per article, without its keys, part by part."""
    tables = [read(out, f"prints/{name}.parquet", [*HEADS]) for name, *_ in parts]
    return arrow.joined([arrow.tabled([], HEADS), *tables])


def _told(heads) -> np.ndarray:
    """What is the same for exact copies, of each article."""
    return arrow.bytes_of(heads, "told")[0].view(f"S{TELLS}")


def put_texts(out: str, path: str, texts: Texts) -> None:
    """Write down which texts there are, for the next build."""
    put_numbers(out, path, {"text": arrow.numbers_of(texts.heads, "text"), "size": texts.sizes})


def order_of(out: str, texts: Texts, gone: list, path: str | None) -> Order:
    """Where articles stand, and stood in another build: gone: its parts that are no more; path: what
    `put_texts` wrote of it; None: there is no other."""
    left, own = _heads(out, gone), np.argsort(texts.rows)
    heads = arrow.joined([arrow.taken(texts.heads, own), left])
    size = np.r_[texts.sizes[own], arrow.numbers_of(left, "size")]
    now = np.r_[np.where(texts.sizes[own] > 0, own, -1), np.full(left.num_rows, -1)]
    then = np.full(len(now), -1)
    if path:
        last, had = numbers(out, path, ["text", "size"])
        _, mine, theirs = np.intersect1d(arrow.numbers_of(heads, "text"), last, return_indices=True)
        then[mine] = np.where(had[theirs] > 0, theirs, -1)
    return Order(now, then, size, names_of(_told(heads)))


def slices(parts: list) -> Iterator[tuple[str, list, slice]]:
    """The name of each part, its places, and which articles part by part are its own."""
    start = 0
    for name, places, count in parts:
        yield name, places, slice(start, start + count)
        start += count


def keys_of(out: str, part: str) -> tuple[np.ndarray, np.ndarray]:
    """The keys of the articles of a part, and of which of them each is."""
    data, sizes = arrow.bytes_of(read(out, f"prints/{part}.parquet", ["keys"]), "keys")
    return data.view("<u8"), np.repeat(np.arange(len(sizes)), sizes // 8)


# The files of a build


def read(out: str, path: str, columns):
    """Some columns of a file of a build."""
    fs, root = url_to_fs(out)
    with fs.open(f"{root}/{path}", "rb") as file:
        return arrow.from_file(file, [*columns])


def numbers(out: str, path: str, columns) -> list[np.ndarray]:
    """The same, where they are numbers."""
    table = read(out, path, columns)
    return [arrow.numbers_of(table, c) for c in columns]


def put_numbers(out: str, path: str, columns: dict) -> None:
    """Write a file of a build."""
    fs, root = url_to_fs(out)
    put(fs, f"{root}/{path}", arrow.to_bytes(arrow.of_numbers(columns)))
