"""Imports between the modules of helpers run down only, and a library is named in one of them."""

import ast
import sys
from pathlib import Path

import pytest

HELPERS = sorted((Path(__file__).resolve().parent.parent / "helpers").glob("*.py"))
# Module: what of ours it may import. Whatever is not named here imports nothing of ours.
LADDER = {
    "__main__": {
        "site",
        "made",
        "corpus",
        "folder",
        "disk",
        "build",
        "builds",
        "export",
        "themes",
        "cloud",
        "quotes",
        "figures",
        "places",
    },
    "charts": {"describe", "house"},
    "cloud": {"describe", "house"},
    "pagecharts": {"describe", "house"},
    "placecharts": {"describe", "house"},
    "plates": {"describe", "house", "tallies"},
    "describe": {"house"},
    "citing": {"describe", "folder", "house", "read"},
    "tallies": {"people", "speakers", "figures"},
    "quotes": {"kept", "people", "speakers", "quoted", "letters"},
    "figures": {"kept", "amounts", "metrics", "letters"},
    "places": {"kept", "gazetteer", "letters"},
    "metrics": {"amounts"},
    "slogans": {"letters"},
    "words": {"kept", "arrow"},
    "themes": {"terms", "kept", "arrow"},
    "terms": {"kept"},
    "people": {"speakers"},
    "speakers": {"quoted"},
    "wordcharts": {"describe", "house"},
    "build": {
        "builds",
        "copies",
        "prints",
        "workers",
        "pool",
        "versions",
        "arrow",
        "rows",
        "folder",
    }
    | {"read", "catalogue"},
    "copies": {"builds", "prints", "sums", "duplicates", "fingerprints", "arrow"},
    "prints": {"builds", "fingerprints", "arrow"},
    "sums": {"fingerprints"},
    "builds": {"arrow", "rows"},
    "corpus": {
        "builds",
        "corrections",
        "recall",
        "making",
        "seen",
        "store",
        "arrow",
        "rows",
        "folder",
        "page",
        "read",
        "duplicates",
    },
    "kept": {"store", "versions", "arrow"},
    "recall": {"duplicates", "fingerprints", "sums", "kept", "store", "disk", "versions", "arrow"},
    "duplicates": {"fingerprints"},
    "making": {"pool", "store", "versions", "arrow", "rows", "folder", "catalogue"},
    "pool": {"rows", "folder", "read", "progress"},
    "changes": {"disk", "arrow"},
    "seen": {"disk", "arrow", "folder"},
    "store": {"disk", "arrow"},
    "disk": {"arrow"},
    "rows": {"folder", "page", "read", "clean", "catalogue", "corrections"},
    "folder": {"catalogue", "corrections", "read", "advice"},
    "corrections": {"labels"},
    "catalogue": {"clean", "folio"},
    "page": {
        "marks",
        "signs",
        "reading",
        "interrupted",
        "text",
        "blocks",
        "byline",
        "forms",
        "clean",
    },
    "text": {"blocks", "forms", "clean"},
    "reading": {
        "place",
        "labels",
        "interrupted",
        "seams",
        "heads",
        "order",
        "signs",
        "forms",
        "folio",
    }
    | {"blocks", "clean"},
    "interrupted": {"heads", "seams", "place"},
    "heads": {"seams", "place", "marks"},
    "seams": {"place", "blocks", "forms", "marks", "lexicon"},
    "labels": {"weighing", "blocks", "marks"},
    "weighing": {"openings", "rules", "signs", "place", "blocks", "marks"},
    "rules": {"pictures", "signs", "place", "forms", "folio", "blocks", "marks"},
    "order": {"place", "blocks", "forms", "marks"},
    "signs": {"place", "blocks", "columns", "forms", "lexicon", "marks"},
    "openings": {"rules", "place"},
    "pictures": {"place", "forms", "marks"},
    "place": {"blocks", "columns", "forms", "lexicon", "marks"},
    "blocks": {"columns", "forms", "folio", "clean", "marks"},
    "columns": {"clean", "marks"},
    "forms": {"folio"},
    "folio": {"marks"},
    "byline": {"forms", "clean"},
    "keywords": {"contingency", "tables"},
    "collocations": {"contingency", "tables"},
    "concordances": {"tables"},
    "counts": {"tables"},
    "dispersions": {"tables"},
    "trends": {"tables"},
    "richness": {"tables"},
    "shifts": {"tables"},
    "sequences": {"tables"},
    "topics": {"tables", "kept", "arrow"},
    "candidates": {"sequences", "tables"},
    "reuse": {"tables"},
    "site": {"pages", "made", "tongues", "corpus", "themes", "speakers"},
    "pages": {"entries", "tongues"},
}
ANYWHERE = {"pandas"}
MEASURES = {"tables", "contingency", "counts", "keywords", "collocations", "concordances",
            "dispersions", "trends", "richness", "shifts", "sequences", "topics",
            "candidates", "reuse"}  # fmt: skip
SHARED = {
    "numpy": {
        *MEASURES,
        "words",
        "arrow",
        "store",
        "fingerprints",
        "duplicates",
        "copies",
        "prints",
        "sums",
        "recall",
        "cloud",
    }
}
TWICE = {
    "fsspec": "build, copies and prints write through it, builds reads",
    "plotly": "pages takes plotly.js from it, house the figures",
    "jieba": "lexicon reads its dictionary, words cuts with it",
}
BY_NAME = {"import_module", "find_spec"}  # import_module("rjieba")


def imports(path):
    """The dotted names that a module imports, those named in a string too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = f"helpers.{node.module or ''}".rstrip(".") if node.level else node.module
            yield from (f"{base}.{a.name}" if base == "helpers" else base for a in node.names)
        elif isinstance(node, ast.Call) and called(node) in BY_NAME:
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant))


def called(node):
    """The name of what a call calls."""
    return getattr(node.func, "id", getattr(node.func, "attr", None))


def libraries():
    """{library: the modules that name it}, the standard library left out."""
    found = {}
    for path in HELPERS:
        for name in {x.split(".")[0] for x in imports(path)} - set(sys.stdlib_module_names):
            found.setdefault(name, set()).add(path.stem)
    return {k: v for k, v in found.items() if k not in {"helpers", *ANYWHERE}}


@pytest.mark.parametrize("path", [p for p in HELPERS if p.stem != "__init__"], ids=lambda p: p.stem)
def test_imports_run_down_only(path):
    ours = {x.split(".")[1] for x in imports(path) if x.startswith("helpers.")}
    assert ours <= LADDER.get(path.stem, set())


@pytest.mark.parametrize("library", [
    pytest.param(x, marks=[pytest.mark.xfail(strict=True, reason=TWICE[x])] if x in TWICE else [])
    for x in sorted(libraries())])  # fmt: skip
def test_a_library_is_named_in_one_module(library):
    modules = libraries()[library]
    assert modules <= SHARED[library] if library in SHARED else len(modules) == 1


@pytest.mark.parametrize("path", [p for p in HELPERS if p.stem != "__main__"], ids=lambda p: p.stem)
def test_nothing_prints(path):
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert [n.lineno for n in calls if called(n) == "print"] == []
