"""build: pages at any address → the tables of a build, by many workers. See `build_tables`.

Pages go into parts of up to 100 of one paper and year. A part is named by what it is made from: its
pages, when each was written, what is told of it, and the version of the rules. So a part that is
there need not be made again, whoever made it; who makes it twice writes the same bytes.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib import import_module
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fsspec.core import url_to_fs

from helpers import arrow
from helpers.builds import (
    COPIES,
    HEAD,
    KINDS,
    Build,
    folder_of,
    is_build,
    named,
    open_build,
    read_rows,
)
from helpers.catalogue import describe_page
from helpers.duplicates import mark_duplicates
from helpers.folder import BESIDE_PAGES, Told, is_page, list_files, told_of
from helpers.read import Unreadable, check_file, read_bytes
from helpers.rows import TYPES, make_rows, unreadable
from helpers.versions import version_of

PAGES_OF_A_PART = 100
BESIDE = ("words.txt", "stopwords.txt")
FLOOR = 300  # pages below which starting more processes costs more than they save
RETRIES = 3  # times that Dask gives a part to another worker when one is lost


class Page(NamedTuple):
    """A page file: its name, where its bytes are, its size, and what changes when it is written."""

    name: str
    address: str
    size: int
    mark: str
    told: Told


class Part(NamedTuple):
    """Pages that are made together, and the name of what is made of them."""

    name: str
    pages: list[Page]


def build_tables(corpus: str, out: str, dask: str | None = None) -> Iterator[str]:
    """Make the tables of a corpus at an address, or what of them is new; says what it does.

    dask: the address of a scheduler; None: the cores of this machine. Raises FileNotFoundError
    where there is no corpus, ValueError where `out` holds something else than a build.
    """
    fs, root = url_to_fs(str(out))
    pages, faults = list_pages(str(corpus))
    done = _finished(fs, root)
    kept, new = plan(pages, done)
    yield f"{len(pages):,} pages: {sum(len(p.pages) for p in new):,} to make, in {len(new):,} parts"
    made = _on_dask(new, str(out), dask) if dask else _on_cores(new, str(out))
    parts = sorted([*(done[name] for name in kept), *made], key=itemgetter("name"))
    if new:
        yield "the pages are made; looking for copies"
    _copy_beside(str(corpus), fs, root)
    _finish(str(out), parts, faults)
    sums = {t: sum(part[t] for part in parts) for t in ("articles", "problems")}
    yield f"{sums['articles']:,} articles, {sums['problems']:,} things to look at, in {out}"


# What there is, and what is to be made


def list_pages(corpus: str) -> tuple[list[Page], list]:
    """The page files at an address, with what is told of each; and the faults of what tells."""
    if "://" not in corpus:
        files, faults = list_files(corpus)
        found = [(f.name, f.path, f.size, str(f.times[0])) for f in files]
        told, more = told_of(Path(corpus), [f.name for f in files])
        return [Page(*x, told[x[0]]) for x in found], faults + more
    fs, root = url_to_fs(corpus)
    if not fs.isdir(root):
        raise FileNotFoundError(f"There is no folder {corpus}.")
    start = f"{root}/pages" if fs.isdir(f"{root}/pages") else root
    found = {}
    for path, about in sorted(fs.find(start, detail=True).items()):
        name = path[len(start) :].lstrip("/")
        if _is_wanted(name):
            mark = next((about[k] for k in ("ETag", "etag", "mtime", "LastModified", "created")
                         if about.get(k)), "")  # fmt: skip
            found[name] = name, fs.unstrip_protocol(path), about["size"], str(mark)
    with TemporaryDirectory() as folder:
        for name in BESIDE_PAGES:
            if fs.exists(f"{root}/{name}"):
                Path(folder, name).write_bytes(fs.cat_file(f"{root}/{name}"))
        told, faults = told_of(Path(folder), [*found])
    return [Page(*x, told[x[0]]) for x in found.values()], faults


def _is_wanted(name: str) -> bool:
    hidden = any(part.startswith((".", "_", "~$")) for part in name.split("/"))
    return not hidden and is_page(PurePosixPath(name).name)


def plan(pages: list[Page], done: dict) -> tuple[list[str], list[Part]]:
    """The names of the finished parts that still hold, and the parts that are to be made."""
    version, kept = version_of("rows"), []
    wanted = {p.name: _key(p, version) for p in pages}
    for name, part in done.items():
        if all(wanted.get(page) == key for page, key in part["pages"].items()):
            kept.append(name)
            for page in part["pages"]:
                del wanted[page]
    groups = {}
    for page in pages:
        if page.name in wanted:
            about = describe_page(page.told.entry, page.name, [])
            groups.setdefault((about["paper"] or "", (about["date"] or "")[:4]), []).append(page)
    cuts = [(group, i) for _, group in sorted(groups.items())
            for i in range(0, len(group), PAGES_OF_A_PART)]  # fmt: skip
    return kept, [_part(group[i : i + PAGES_OF_A_PART], wanted) for group, i in cuts]


def _key(page: Page, version: str) -> str:
    """What changes when what is made of a page does."""
    told = json.dumps([page.name, page.size, page.mark, page.told, version], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=10).hexdigest()


def _part(pages: list[Page], keys: dict) -> Part:
    digest = hashlib.blake2b(json.dumps([keys[p.name] for p in pages]).encode(), digest_size=10)
    return Part(digest.hexdigest(), pages)


def _finished(fs, root: str) -> dict:
    """{name: what it holds} of the parts that are there, whole; those in force come first."""
    if not fs.exists(root):
        return {}
    there = {path: about["size"] for path, about in fs.find(root, detail=True).items()}
    known = [x for x in there if x == f"{root}/{HEAD}" or x.startswith(f"{root}/parts/")]
    if there and not known:
        raise ValueError(f"{root} holds something else. Name a new folder, or that of a build.")
    parts = [
        json.loads(fs.cat_file(path))
        for path in known
        if path.endswith(".json") and "/parts/" in path
    ]
    return {
        part["name"]: part
        for part in parts
        if all(there.get(f"{root}/{file}") == size for file, size in part["files"].items())
    }


def _copy_beside(corpus: str, fs, root: str) -> None:
    """What a corpus says of words and themes goes with it: notebooks look for it there."""
    source, start = url_to_fs(corpus)
    themes = source.glob(f"{start}/themes/*.toml")
    for path in [*(f"{start}/{name}" for name in BESIDE), *themes]:
        if source.exists(path):
            _put(fs, f"{root}/{path[len(start) :].lstrip('/')}", source.cat_file(path))


# Making parts


def make_part(part: Part, out: str) -> dict:
    """Write the tables of a part; what it holds, which is written last. Run anywhere, as often."""
    fs, root = url_to_fs(out)
    rows, version = {}, version_of("rows")
    for page in part.pages:
        data, made = _read(page)
        first = made.articles[0] if made.articles else (None,) * 3
        place = first[1], (first[2] or "")[:4] or None
        found = rows.setdefault(place, {table: [] for table in KINDS})
        for table in TYPES:
            found[table] += [(page.name, *row) for row in getattr(made, table)]
        found["sources"].append((page.name, data, list(page.told)))
    files = {}
    for place, tables in rows.items():
        for table, own in tables.items():
            path = f"{folder_of(table, *place)}/{part.name}.parquet"
            files[path] = _put(
                fs, f"{root}/{path}", arrow.to_bytes(arrow.tabled(own, KINDS[table]))
            )
    about = {
        "name": part.name,
        "pages": {page.name: _key(page, version) for page in part.pages},
        "files": files,
        "places": [place for place in rows],
        **{t: sum(len(x[t]) for x in rows.values()) for t in ("articles", "problems")},
    }
    _put(fs, f"{root}/parts/{part.name}.json", json.dumps(about, ensure_ascii=False).encode())
    return about


def _read(page: Page) -> tuple[str, tuple]:
    """The text of a page, and its rows; of one that cannot be read, or fails, a problem."""
    try:
        check_file(page.name, page.size)
        fs, path = url_to_fs(page.address)
        data = fs.cat_file(path)
        return read_bytes(data).text, make_rows(page.name, data, page.told)
    except OSError as e:
        what = f"the file cannot be opened ({e.strerror or e})."
        return "", unreadable(Unreadable(what, "Check its rights and its disk."))
    except Exception as e:  # noqa: BLE001 (one page must not cost the others)
        return "", unreadable(e)


def _put(fs, path: str, data: bytes) -> int:
    """The size of a file that is there in one go, once it is whole."""
    new = f"{path}.{uuid.uuid4().hex[:8]}.tmp"
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    fs.pipe_file(new, data)
    fs.mv(new, path)
    return len(data)


def _on_cores(parts: list[Part], out: str) -> Iterator[dict]:
    """What is made of each part, by the cores of this machine."""
    workers = min(os.cpu_count() or 1, len(parts))
    if workers < 2 or sum(len(part.pages) for part in parts) < FLOOR:
        yield from (make_part(part, out) for part in parts)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for future in as_completed([pool.submit(make_part, part, out) for part in parts]):
            yield future.result()


def _on_dask(parts: list[Part], out: str, address: str) -> Iterator[dict]:
    """What is made of each part, by the workers of a Dask scheduler; of a lost one, by others."""
    distributed = import_module("distributed")
    with distributed.Client(address) as client:
        names = [f"part-{part.name}" for part in parts]
        futures = client.map(make_part, parts, out=out, key=names, retries=RETRIES)
        for future in distributed.as_completed(futures):
            yield future.result()
            future.release()


# What holds of all parts


def _finish(out: str, parts: list[dict], faults: list) -> None:
    """Find the copies, put the parts in force, and take away what no longer is."""
    fs, root = url_to_fs(out)
    build = _build(out, parts, faults)
    if not is_build(out) or open_build(out) != build:
        rows, problems = _copies(build)
        own = {"copies": (rows, COPIES), "doubles": (problems, TYPES["problems"])}
        for name, (rows, columns) in own.items():
            _put(fs, f"{root}/{getattr(build, name)}", arrow.to_bytes(arrow.tabled(rows, columns)))
        _put(fs, f"{root}/{HEAD}", json.dumps(build._asdict() | {"address": None}).encode())
    known = {path for files in build.files.values() for path, *_ in files}
    known |= {f"parts/{part['name']}.json" for part in parts} | {build.copies, build.doubles}
    for path in fs.find(root):
        name = path[len(root) :].lstrip("/")
        if name not in known and name.partition("/")[0] in {*KINDS, "parts", "copies"}:
            fs.rm_file(path)


def _build(out: str, parts: list[dict], faults: list) -> Build:
    """The build that some parts make up."""
    if not parts:
        faults = [*faults, [None, None, "empty folder", "no clippings",
                            "Put newspaper pages (.txt, .md) there, one file a page."]]  # fmt: skip
    files = {table: [] for table in KINDS}
    for part in parts:
        for table, (paper, year) in ((t, place) for t in KINDS for place in part["places"]):
            path = f"{folder_of(table, paper, year)}/{part['name']}.parquet"
            files[table].append([path, paper, year])
    told = json.dumps([[part["name"] for part in parts], faults, version_of("duplicates")])
    digest = hashlib.blake2b(told.encode(), digest_size=5).hexdigest()
    copies = [f"copies/{digest}{end}.parquet" for end in ("", "-problems")]
    pages = sum(len(part["pages"]) for part in parts)
    return Build(out, digest, pages, files, *copies, [list(row) for row in faults])


def _copies(build: Build) -> tuple[list, list]:
    """The articles that are copies, or like others, and the copies as problems."""
    table = read_rows(build, "articles", ["number", "text", "spans"])
    table = named(table.rename(columns={"of": "page"}))
    marked, problems = mark_duplicates(table)
    marked = [*zip(*(marked[c] for c in COPIES), strict=True)]
    of = {a: x for a, x, _ in marked if isinstance(x, str)}
    return [(a, of.get(a), like) for a, _, like in marked if a in of or like], problems
