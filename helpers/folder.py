"""folder: the files of a corpus folder: its pages, and what stands beside them. See `told_of`."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from helpers.catalogue import read_catalogue
from helpers.corrections import read_corrections
from helpers.read import decode

BESIDE_PAGES = ("catalogue.csv", "corrections.toml")  # what they say is read with the pages
NOT_PAGES = {"catalogue.csv", "letters.txt", "places.csv", "stopwords.txt", "words.txt"}


class Told(NamedTuple):
    """What the files beside the pages tell of one: its entry in the catalogue, its corrections."""

    entry: dict
    corrections: list


def page_files(folder) -> list[Path]:
    """The page files of a corpus folder: those in `pages/`, or all where there is no such folder.

    Raises FileNotFoundError, or NotADirectoryError, that names the path and what to do.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(
            f"There is no folder {folder.absolute()}. Name the folder that holds your clippings "
            "(CORPUS in the notebook, --corpus on the command line)."
        )
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder.absolute()} is a file. Name the folder that holds it.")
    root = root_of(folder)
    return sorted(p for p in root.rglob("*") if p.is_file() and _is_page(p.relative_to(root)))


def _is_page(path: Path) -> bool:
    hidden = any(part.startswith((".", "_", "~$")) for part in path.parts)
    table = path.name in NOT_PAGES or path.suffix == ".toml"
    return not hidden and not table and not path.name.upper().startswith("README")


def fingerprint(folder) -> str:
    """Ten letters that change when a page, the catalogue or a correction changes."""
    digest = hashlib.sha256()
    files = [*page_files(folder), *(f for n in BESIDE_PAGES for f in Path(folder).glob(n))]
    for path in files:
        digest.update(os.fsencode(path.relative_to(folder).as_posix()) + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()[:10]


def root_of(folder: Path) -> Path:
    """Where the pages of a corpus folder stand."""
    return folder / "pages" if (folder / "pages").is_dir() else folder


def _name(path: Path) -> str:
    """A page's name; one of a ZIP from Chinese Windows may hold bytes that are no UTF-8."""
    name = path.as_posix()
    strange = any("\ud800" <= c <= "\udfff" for c in name)
    return decode(os.fsencode(name)).text if strange else name


def named_files(folder: Path) -> list[tuple[str, Path]]:
    """(name, path) of the page files of a folder."""
    return [(_name(path.relative_to(root_of(folder))), path) for path in page_files(folder)]


def told_of(folder: Path, names: list[str]) -> tuple[dict, list]:
    """What the files beside the pages tell of each page, and their faults."""
    entries, faults = _beside(folder, "catalogue.csv", read_catalogue, names)
    corrections, more = _beside(folder, "corrections.toml", read_corrections, names)
    told = {name: Told(entries.get(name, {}), corrections.get(name, [])) for name in names}
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
    name = _name(path.relative_to(root_of(folder)))
    return _beside(folder, "corrections.toml", read_corrections, [name])[0].get(name, [])
