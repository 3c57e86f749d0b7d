"""folder: the files of a corpus folder: its pages, and what stands beside them. See `told_of`."""

import hashlib
import os
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers.advice import plainly
from helpers.catalogue import read_catalogue
from helpers.corrections import read_corrections
from helpers.read import Unreadable, check_file, decode

BESIDE_PAGES = ("catalogue.csv", "corrections.toml")  # what they say is read with the pages
NOT_PAGES = {"catalogue.csv", "letters.txt", "places.csv", "stopwords.txt", "words.txt"}
MOST = 1_000_000  # page files of a folder that one machine reads; beyond, they are parted by years


class File(NamedTuple):
    """A page file as the folder tells of it: what changes when it is written anew."""

    name: str
    path: str
    size: int
    times: tuple[int, int]  # of its content and of its entry (Unix), in nanoseconds


class Told(NamedTuple):
    """What the files beside the pages tell of one: its entry in the catalogue, its corrections."""

    entry: dict
    corrections: list


def page_files(folder) -> list[Path]:
    """The page files of a corpus folder: those in `pages/`, or all where there is no such folder.

    Raises FileNotFoundError, or NotADirectoryError, that names the path and what to do.
    """
    return [Path(f.path) for f in list_files(folder)[0]]


def list_files(folder) -> tuple[list[File], list]:
    """The page files of a folder, in order of their names, and what of it is left aside, as problems.

    Links are followed to files of the folder alone: so nothing is read twice, for ever, or from
    elsewhere. Raises as `page_files`.
    """
    root = os.fspath(root_of(check_folder(folder)))
    found, faults, todo = [], [], [root]
    while todo and len(found) < MOST:
        at = todo.pop()
        if isinstance(at, File):
            found.append(at)
            continue
        entries = sorted(_entries(at, faults), key=lambda e: os.path.normcase(e.name))
        todo += [x for e in reversed(entries) for x in _looked_at(e, root, faults)]
    if todo:
        faults.append((None, None, "limit", f"the folder holds more than {MOST:,} files",
                       "The first are read. Part the folder, by years or papers."))  # fmt: skip
    return found, faults


def check_folder(folder) -> Path:
    """The path of a folder. Raises as `page_files`."""
    folder = Path(folder)
    here = folder.absolute()
    if not folder.exists():
        raise plainly(FileNotFoundError(
            f"没有文件夹 {here}：请写出剪报所在的文件夹（笔记里的 CORPUS，命令里的 --corpus）。\n"
            f"There is no folder {here}. Name the folder that holds your clippings "
            "(CORPUS in the notebook, --corpus on the command line)."))  # fmt: skip
    if not folder.is_dir():
        raise plainly(NotADirectoryError(
            f"{here} 是一个文件：请写出它所在的文件夹。\n"
            f"{here} is a file. Name the folder that holds it."))  # fmt: skip
    return folder


def _entries(folder: str, faults: list) -> list[os.DirEntry]:
    """What a folder holds, no more of it than is read."""
    try:
        with os.scandir(folder) as entries:
            return list(islice(entries, MOST + 1))
    except OSError as e:
        faults.append((_name(folder), None, "unreadable",
                       f"the folder cannot be opened ({e.strerror or e}).",
                       "Check its rights and its disk."))  # fmt: skip
        return []


def _looked_at(entry: os.DirEntry, root: str, faults: list) -> list:
    """A page file, a folder to look into, or neither, as a list."""
    if entry.name.startswith((".", "_", "~$")):
        return []
    try:
        if entry.is_dir(follow_symlinks=False):
            return [entry.path]
        if not is_page(entry.name):
            return []
        name = _name(os.path.relpath(entry.path, root)) if entry.is_symlink() else ""
        if name and not _leads_inside(entry.path, root):
            faults.append((name, None, "link", "it is a link to a folder, or out of this one.",
                           "Put what it leads to here itself: such links are not followed."))  # fmt: skip
        elif entry.is_file():
            s = entry.stat()
            name = _name(entry.path[len(root) :].lstrip(os.sep))
            return [File(name, entry.path, s.st_size, (s.st_mtime_ns, s.st_ctime_ns))]
    except OSError:  # it has gone meanwhile
        pass
    return []


def _leads_inside(link: str, root: str) -> bool:
    """Whether a link leads to a file of a folder."""
    real, inside = os.path.realpath(link), os.path.realpath(root)
    return os.path.isfile(real) and real.startswith(os.path.join(inside, ""))


def is_page(name: str) -> bool:
    """Whether a file of such a name is a page, and none of the tables beside the pages."""
    table = name in NOT_PAGES or name.endswith(".toml")
    return not table and not name.upper().startswith("README")


def fingerprint(folder) -> str:
    """Ten letters that change when a page, the catalogue or a correction changes."""
    folder = Path(folder)
    files = list_files(folder)[0]
    return fingerprint_of(folder, files, [digest_of(f) for f in files])


def fingerprint_of(folder: Path, files: list[File], digests: list[bytes]) -> str:
    """The fingerprint of a folder of whose page files the digests are known."""
    digest, start = hashlib.sha256(), len(os.path.join(folder, ""))
    pages = [(f.path, d) for f, d in zip(files, digests, strict=True)]
    beside = [(os.fspath(f), _digest(f)) for n in BESIDE_PAGES for f in folder.glob(n)]
    for path, own in [*pages, *beside]:
        digest.update(os.fsencode(path[start:].replace(os.sep, "/")) + b"\0" + own)
    return digest.hexdigest()[:10]


def digest_of(file: File) -> bytes:
    """What tells the bytes of a page file from others; one that is not read is known by its size."""
    try:
        check_file(file.path, file.size)
    except Unreadable:
        return b"unreadable %d" % file.size
    return _digest(file.path)


def _digest(path) -> bytes:
    try:
        return hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError:
        return b"unreadable"


def root_of(folder: Path) -> Path:
    """Where the pages of a corpus folder stand."""
    return folder / "pages" if (folder / "pages").is_dir() else folder


def _name(path: str) -> str:
    """A page's name; one of a ZIP from Chinese Windows may hold bytes that are no UTF-8."""
    name = path.replace(os.sep, "/")
    try:
        name.encode()
    except UnicodeEncodeError:
        return decode(os.fsencode(name)).text
    return name


def told_of(folder: Path, names: list[str]) -> tuple[dict, list]:
    """What the files beside the pages tell of each page, and their faults."""
    entries, faults = _beside(folder, "catalogue.csv", read_catalogue, names)
    corrections, more = _beside(folder, "corrections.toml", read_corrections, names)
    nothing, none = {}, []  # shared by all of whom nothing is told
    told = {n: Told(entries.get(n, nothing), corrections.get(n, none)) for n in names}
    return told, faults + more


def _beside(folder: Path, file: str, read, names: list[str]) -> tuple[dict, list]:
    """What a file beside the pages tells of them, by page, and its faults."""
    path = folder / file
    try:
        return read(decode(path.read_bytes()).text, names) if path.is_file() else ({}, [])
    except OSError as e:
        return {}, [(file, None, path.stem, f"it cannot be opened: {e.strerror or e}",
                     "Check its rights and its disk.")]  # fmt: skip


def corrections_of(path: Path) -> list:
    """The corrections of one page file, out of the nearest corrections.toml above it."""
    path = path.absolute()
    above = (p for p in path.parents if (p / "corrections.toml").is_file())
    folder = next((p for p in above if path.is_relative_to(root_of(p))), None)
    if not folder:
        return []
    name = _name(os.fspath(path.relative_to(root_of(folder))))
    return _beside(folder, "corrections.toml", read_corrections, [name])[0].get(name, [])
