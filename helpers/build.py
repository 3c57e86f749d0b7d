"""build: pages at any address → the tables of a build, by many workers. See `build_tables`.

Pages go into parts of up to 100 of one paper and year. A part is named by what it is made from: its
pages, when each was written, what is told of it, and the version of the rules. So a part that is
there need not be made again, whoever made it; who makes it twice writes the same bytes.
"""

import hashlib
import json
from collections.abc import Iterator
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
    open_build,
    put,
)
from helpers.catalogue import describe_page
from helpers.copies import TEXTS, Work, files_of, find_all
from helpers.folder import BESIDE_PAGES, Told, is_page, list_files, told_of
from helpers.pool import FLOOR
from helpers.prints import PRINTS, prints_of
from helpers.read import Unreadable, check_file, read_bytes
from helpers.rows import ARTICLE_COLUMNS, TYPES, make_rows, unreadable
from helpers.versions import version_of
from helpers.workers import team

PAGES_OF_A_PART = 100
BESIDE = ("words.txt", "stopwords.txt")


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
    pays = sum(len(part.pages) for part in new) >= FLOOR
    with team(dask) as run:
        made = [_brief(part) for part in run(make_part, new, str(out), pays=pays)]
        done = {name: _brief(part) for name, part in done.items()}
        parts = sorted([*(done[name] for name in kept), *made], key=itemgetter("name"))
        if new:
            yield "the pages are made; looking for copies"
        del pages, new  # the copies take their room
        _copy_beside(str(corpus), fs, root)
        _finish(_build(str(out), parts, faults), parts, done, run)
    sums = {t: sum(part[t] for part in parts) for t in ("articles", "problems")}
    yield f"{sums['articles']:,} articles, {sums['problems']:,} things to look at, in {out}"


# What there is, and what is to be made


def list_pages(corpus: str) -> tuple[list[Page], list]:
    """The page files at an address, with what is told of each; and the faults of what tells."""
    if "://" not in corpus:
        files, faults = list_files(corpus)
        told, more = told_of(Path(corpus), [f.name for f in files])
        pages = [Page(f.name, f.path, f.size, str(f.times[0]), told[f.name]) for f in files]
        return pages, faults + more
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
    version, kept = _version(), []
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


def _version() -> str:
    """What changes when what is made of any page does."""
    return version_of("prints")


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
    heads = [x for x in known if x.endswith(".json") and "/parts/" in x]
    parts = [*map(json.loads, fs.cat(heads).values())] if heads else []  # at once, where fs can
    return {
        part["name"]: part
        for part in parts
        if all(there.get(f"{root}/{file}") == size for file, size in part["files"].items())
    }


def _brief(part: dict) -> dict:
    """What is still asked of a part that is made: of its pages only how many."""
    return part | {"pages": len(part["pages"]), "files": None}


def _copy_beside(corpus: str, fs, root: str) -> None:
    """What a corpus says of words and themes goes with it: notebooks look for it there."""
    source, start = url_to_fs(corpus)
    themes = source.glob(f"{start}/themes/*.toml")
    for path in [*(f"{start}/{name}" for name in BESIDE), *themes]:
        if source.exists(path):
            put(fs, f"{root}/{path[len(start) :].lstrip('/')}", source.cat_file(path))


# Making parts


def make_part(part: Part, out: str) -> dict:
    """Write the tables of a part; what it holds, which is written last. Run anywhere, as often."""
    fs, root = url_to_fs(out)
    rows, prints, version = {}, {}, _version()
    for page in part.pages:
        data, made = _read(page)
        first = made.articles[0] if made.articles else (None,) * 3
        place = first[1], (first[2] or "")[:4] or None
        found = rows.setdefault(place, {table: [] for table in KINDS})
        for table in TYPES:
            found[table] += [(page.name, *row) for row in getattr(made, table)]
        found["sources"].append((page.name, data, list(page.told)))
        articles = [dict(zip(ARTICLE_COLUMNS, row, strict=True)) for row in made.articles]
        prints.setdefault(place, []).extend(prints_of(page.name, articles))
    tables = {f"{folder_of(table, *place)}/{part.name}.parquet": (own, KINDS[table])
              for place, made in rows.items() for table, own in made.items()}  # fmt: skip
    tables[f"prints/{part.name}.parquet"] = [x for own in prints.values() for x in own], PRINTS
    files = {path: put(fs, f"{root}/{path}", arrow.to_bytes(arrow.tabled(*table)))
             for path, table in tables.items()}  # fmt: skip
    about = {
        "name": part.name,
        "pages": {page.name: _key(page, version) for page in part.pages},
        "files": files,
        "places": [place for place in rows],
        **{t: sum(len(x[t]) for x in rows.values()) for t in ("articles", "problems")},
    }
    put(fs, f"{root}/parts/{part.name}.json", json.dumps(about, ensure_ascii=False).encode())
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


# What holds of all parts


def _finish(build: Build, parts: list[dict], done: dict, run) -> None:
    """Find the copies, put the parts in force, and take away what no longer is.

    done: the parts that were there, in force or not.
    """
    fs, root = url_to_fs(build.address)
    last = open_build(build.address) if is_build(build.address) else None
    if build != last:
        rows, problems = find_all(_work(build, parts, last, done), run)
        own = {"copies": (rows, COPIES), "doubles": (problems, TYPES["problems"])}
        for name, table in own.items():
            put(fs, f"{root}/{getattr(build, name)}", arrow.to_bytes(arrow.tabled(*table)))
        put(fs, f"{root}/{HEAD}", json.dumps(build._asdict() | {"address": None}).encode())
    known = {path for files in build.files.values() for path, *_ in files}
    known |= {f"{x}/{part['name']}.{end}" for part in parts
              for x, end in (("parts", "json"), ("prints", "parquet"))}  # fmt: skip
    known |= {build.copies, build.doubles, *files_of(build.compared)}
    for path in fs.find(root):
        name = path[len(root) :].lstrip("/")
        if name not in known and name.partition("/")[0] in {*KINDS, "parts", "prints", "copies"}:
            fs.rm_file(path)


def _work(build: Build, parts: list[dict], last: Build | None, done: dict) -> Work:
    """Among what copies are to be looked for, and what is known of it."""
    paths = [path for path, *_ in last.files["articles"]] if last else []
    names = {PurePosixPath(path).stem for path in paths} - {part["name"] for part in parts}
    known = [x for x in (last.compared if last else []) if version_of("copies") in x]
    if not names <= done.keys():
        names, known = set(), []
    now, gone = ([(part["name"], part["places"], part["articles"]) for part in those]
                 for those in (parts, [done[name] for name in sorted(names)]))  # fmt: skip
    return Work(build.address, now, gone, build.compared, known)


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
    told = json.dumps([[part["name"] for part in parts], faults, version_of("copies")])
    digest = hashlib.blake2b(told.encode(), digest_size=5).hexdigest()
    copies = [f"copies/{digest}/{name}.parquet" for name in ("copies", "problems")]
    compared = [f"copies/{digest}/compared-{version_of('copies')}-{n}.parquet"
                for n in range(-(-sum(part["articles"] for part in parts) // TEXTS))]  # fmt: skip
    pages = sum(part["pages"] for part in parts)
    return Build(out, digest, pages, files, *copies, compared, [list(row) for row in faults])
