"""versions: a name for the code and the data that make something. See `version_of`."""

import hashlib
import re
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
OURS_RE = re.compile(
    r"^\s*(?:from|import) helpers\.(\w+)|^\s*from helpers import (.+)", re.MULTILINE
)
DATA_RE = re.compile(r'"([\w.]+\.(?:csv|toml|txt))"')  # corpus / "places.csv"
LIBRARY_RE = re.compile(r'(?:find_spec|import_module)\("(\w+)"\)')


@lru_cache
def version_of(module: str) -> str:
    """Ten letters that change when a module, one that it imports, or their data change.

    Data are the files of corpus/ that the modules name, and the libraries that they import by name;
    what they get of Python itself (letters, patterns) comes with its version.
    """
    digest, todo, seen = hashlib.blake2b(digest_size=5), [module], set()
    digest.update(repr(sys.version_info[:2]).encode())
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            source = (HERE / f"{name}.py").read_bytes()
            text = source.decode()
            todo += sorted(
                x for m in OURS_RE.findall(text) for x in re.findall(r"\w+", " ".join(m))
            )
            digest.update(source + b"".join(_told(text)))
    return digest.hexdigest()


def _told(source: str) -> list[bytes]:
    """What stands in the data that a module names, and the versions of its libraries."""
    files = (HERE.parent / "corpus" / name for name in sorted(set(DATA_RE.findall(source))))
    found = [path.read_bytes() for path in files if path.is_file() and path.name not in BESIDE]
    return found + [_version(name).encode() for name in sorted(set(LIBRARY_RE.findall(source)))]


BESIDE = {"catalogue.csv", "corrections.toml"}  # what they tell of a page is part of its key


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
