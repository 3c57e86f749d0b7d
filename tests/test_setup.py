"""What sets the project up holds together: ranges, lock, conda environment, run.py."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "run.py"

# "name==1.2.3 ; marker \" and the indented lines under it
LOCKED = re.compile(r"^([\w.-]+)==([\w.!+]+)(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
# Hosts of package indexes and of their mirrors; brackets keep the pattern from finding itself.
REGISTRY = re.compile(
    rb"p[y]pi\.[a-z]|p[y]thonhosted|anacon[d]a\.(?:org|com)|npm[j]s\.|npm[m]irror",
    re.IGNORECASE,
)


def read(name):
    """The text of a file of the project."""
    return (ROOT / name).read_text("utf-8")


def requirements(lines):
    """The requirements of some lines; comments and empty lines are none."""
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


def wanted():
    """The three parts of requirements.in: to run, for the tests, held back."""
    parts = re.split(r"^# (?:Tests|Held back)$", read("requirements.in"), flags=re.MULTILINE)
    return [requirements(part.splitlines()) for part in parts]


def locked():
    """Name → its locked versions: some packages have one for old Pythons and one for new."""
    versions = {}
    for name, version, _ in LOCKED.findall(read("requirements.txt")):
        versions.setdefault(name, []).append(Version(version))
    return versions


def project():
    """What pyproject.toml says of the project."""
    return tomllib.loads(read("pyproject.toml"))["project"]


def conda():
    """The dependencies of environment.yml: those of conda, and those of its pip part."""
    lines = yaml.safe_load(read("environment.yml"))["dependencies"]
    pip = next(line["pip"] for line in lines if isinstance(line, dict))
    return [line for line in lines if isinstance(line, str)], pip


def pythons():
    """The oldest and the newest Python that run.py sets up, as in "3.11"."""
    found = re.search(r"OLDEST, NEWEST = \((\d+), (\d+)\), \((\d+), (\d+)\)", read("run.py"))
    return f"{found[1]}.{found[2]}", f"{found[3]}.{found[4]}"


def conda_requirement(line):
    """A line of environment.yml as a requirement: conda's name=1.2 is pip's name==1.2.*"""
    return Requirement(re.sub(r"(?<![=<>!~])=(?!=)([\w.]+)", r"==\1.*", line))


def outside(required, versions):
    """The locked versions that a requirement does not admit; [None] if it is not locked at all."""
    have = versions.get(required.name.lower(), [None])
    return [version for version in have if version is None or version not in required.specifier]


# The lock


def test_every_wanted_package_is_locked_in_its_range():
    versions, everything = locked(), [each for part in wanted() for each in part]
    assert {str(each): bad for each in everything if (bad := outside(each, versions))} == {}


def test_every_locked_package_has_hashes():
    packages = LOCKED.findall(read("requirements.txt"))
    assert len(packages) > 50, "the lock is not in the form that pip reads"
    assert [name for name, _, rest in packages if not HASH.search(rest)] == []


def test_the_lock_has_nothing_that_is_not_a_locked_package():
    rest = LOCKED.sub("", read("requirements.txt"))
    assert rest.split() == [], "an address, an option or an unlocked package"


def test_the_lock_carries_what_only_other_systems_need():
    names = locked()
    assert "colorama" in names and "appnope" in names, "made without --universal"


# pyproject.toml and environment.yml


def test_pyproject_asks_for_the_same_ranges():
    run, tests, _ = wanted()
    assert requirements(project()["dependencies"]) == run
    assert requirements(project()["optional-dependencies"]["dev"]) == tests


def test_environment_asks_for_the_same_ranges():
    lines, pip = conda()
    ours = {each.name: SpecifierSet(str(each.specifier)) for each in wanted()[0]}
    for line in [*lines, *pip]:
        if line in ("pip", "-e .") or line.startswith("python="):
            continue
        asked = conda_requirement(line)
        assert asked.name in ours, f"{asked.name} is not in requirements.in"
        same = asked.specifier == ours[asked.name]
        assert same or str(asked.specifier) == f"{ours[asked.name]}.*", line


def test_environment_holds_the_locked_versions_and_the_project():
    lines, pip = conda()
    asked = [conda_requirement(line) for line in lines if not line.startswith(("python=", "pip"))]
    assert {str(each): bad for each in asked if (bad := outside(each, locked()))} == {}
    assert {"jupyterlab", "pandas", "jieba", "wordcloud", "plotly"} <= {each.name for each in asked}
    assert "-e ." in pip and "pip" in lines


def test_every_file_means_the_same_pythons():
    oldest, newest = map(Version, pythons())
    assert project()["requires-python"] == f">={oldest}"
    line = next(line for line in conda()[0] if line.startswith("python="))
    assert oldest <= Version(line.removeprefix("python=")) <= newest
    assert read("run.py").count(f"Python {oldest} to {newest}") == 3  # help, too old, too new


# Every file


def test_no_file_holds_the_address_of_a_package_index():
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git cannot list the files of the project here")
    files = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    found = [str(file) for file in files if file.is_file() and REGISTRY.search(file.read_bytes())]
    assert found == []


# run.py


def test_run_imports_the_standard_library_alone():
    nodes = list(ast.walk(ast.parse(read("run.py"))))
    names = [a.name for node in nodes if isinstance(node, ast.Import) for a in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert names and {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("wrong", [["tset"], ["setup", "now"], ["site", "--corpus"]])
def test_run_answers_a_wrong_command_with_one_sentence(wrong):
    command = [sys.executable, RUN, *wrong]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_run_finds_the_corpus_from_where_the_user_stands(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    import run

    calls = []
    monkeypatch.setattr(run, "prepare", lambda: "python")
    monkeypatch.setattr(run, "run", lambda *call: calls.append(call) or 0)
    monkeypatch.chdir(tmp_path)
    assert run.site(["--corpus", "我的 剪报", "--shared-assets"]) == 0  # "my clippings"
    expected = ["--corpus", str(tmp_path / "我的 剪报"), "--out", ROOT / "site", "--shared-assets"]
    assert calls == [(["python", "-m", "helpers", "site", *expected], tmp_path)]
