"""made: what the pages of a site were made from, kept beside them in site.json. See `key_of`.

A page whose key is that of last time need not be made again; one made from other clippings than
those of now is marked, and says so when it is opened.
"""

import hashlib
import json
import os
import platform
from importlib import metadata
from pathlib import Path

RECORD = "site.json"
ROOT = Path(__file__).resolve().parent.parent
BESIDE = ("*.toml", "*.csv", "*.txt", "themes/*.toml")  # of a corpus, what is no page
FINGERPRINT = ' data-corpus="'
CHANGED = ' data-changed=""'


def key_of(notebook: Path, corpus: Path, told: tuple) -> str:
    """What a page is made from, in forty letters: notebook, code, words, versions, settings.

    told: what else decides, as the fingerprint of the clippings and the edition.
    """
    digest = hashlib.sha1(repr((told, surroundings())).encode(), usedforsecurity=False)
    code = sorted(p for p in ROOT.glob("helpers/**/*") if p.is_file() and p.suffix != ".pyc")
    folders = [ROOT / "corpus"] + ([corpus] if (corpus / "pages").is_dir() else [])
    words = [path for f in folders for pattern in BESIDE for path in sorted(f.glob(pattern))]
    for path in [Path(notebook), *code, *words]:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def surroundings() -> list[str]:
    """Python, the packages and the settings of Jianbao that a notebook would run under."""
    packages = sorted(f"{d.name} {d.version}" for d in metadata.distributions())
    settings = sorted(f"{k}={v}" for k, v in os.environ.items() if k.startswith("JIANBAO_"))
    return [platform.python_version(), *packages, *settings]


def read_record(out: Path) -> dict:
    """{notebook: what is kept of it} of a site that was made before; {} where there is none."""
    try:
        return json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_record(out: Path, record: dict) -> None:
    """Keep what was made, notebook by notebook."""
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    (out / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


def mark_changed(out: Path, fingerprint: str) -> list[str]:
    """The names of the pages made from other clippings; from now on they say so themselves.

    A page alone asks nothing of the disk or of a network: it is the file that is marked.
    """
    stale = []
    for path in sorted(out.rglob("*.html")) if (out / RECORD).exists() else []:
        text = path.read_text(encoding="utf-8")
        start, mark, rest = text[:400].partition(FINGERPRINT)
        other = bool(mark) and not rest.startswith(f'{fingerprint}"')
        stale += [path.relative_to(out).as_posix()] if other else []
        if other != (CHANGED in start):
            new = start + CHANGED if other else start.replace(CHANGED, "")
            path.write_text(new + text[len(start) :], encoding="utf-8", newline="\n")
    return stale
