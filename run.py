"""Sets Jianbao (剪报) up and starts it. It needs Python 3.11 to 3.14 and nothing else.

python run.py lab      opens the notebooks in JupyterLab
python run.py site     renders the notebooks to HTML pages that need no network, in site/
                       --corpus DIR   your clippings, instead of corpus/
                       --out DIR      where the pages go, instead of site/
                       --shared-assets   smaller pages that share one folder
                       --edition NAME    full (with code), reading (without), teaching, or all
                       --excerpts        passages only, no article in full, for rights
                       --force           what has not changed is made anew too
python run.py doctor   says what is wrong with the set-up or the clippings (--corpus DIR)
python run.py export   writes the tables for other programs (--corpus DIR --out DIR)
python run.py setup    only makes .venv; the other commands do this on first use
python run.py test     checks everything; whatever follows goes to pytest
python run.py bench    measures the speed
python run.py picture  for maintainers: makes the READMEs' picture, needs Chromium
python run.py lock     for maintainers: writes requirements.txt anew, needs uv
"""

# Written so that an old Python can still read it and say that it is too old.
import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
VERSION = ".".join(map(str, sys.version_info[:2]))
if sys.version_info < OLDEST:
    sys.exit(f"Jianbao needs Python 3.11 to 3.14, this is {VERSION}: install a newer one.")

ROOT = Path(os.path.abspath(__file__)).parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "jianbao-stamp"
WANTED = ROOT / "requirements.in"
LOCK = ROOT / "requirements.txt"
STOPPED = 130  # what shells return after Ctrl-C

BROWSERS = [
    *["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"],
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
]


def main(arguments):
    """The exit code of the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        # A folder named 剪报 must not end a Windows console of another language in an error.
        stream.reconfigure(errors="backslashreplace")
    name, *rest = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if name not in COMMANDS:
        return complain(f"There is no command {name}; there are {', '.join(COMMANDS)}.", 2)
    try:
        return COMMANDS[name](rest)
    except KeyboardInterrupt:
        return complain("Stopped.", STOPPED)


# The commands


def setup(rest):
    """0 once everything is installed, else the exit code of the step that failed."""
    if rest:
        return complain(f"setup takes nothing more, and got {' '.join(rest)}.", 2)
    prepare()
    say("Everything is installed. Next: python run.py lab")
    return 0


def lab(rest):
    """The exit code of JupyterLab, opened on the first notebook."""
    python = prepare()
    say("Opening JupyterLab in your browser. Stop it here with Ctrl-C.")
    # Given as an address: given as a file, JupyterLab would show the folder notebooks alone.
    first = "--LabApp.default_url=/lab/tree/notebooks/00_corpus.ipynb"
    return run([python, "-m", "jupyterlab", first, *rest])


def site(rest):
    """The exit code of rendering the notebooks to HTML."""
    parser = argparse.ArgumentParser(
        prog="run.py site", usage=argparse.SUPPRESS, add_help=False, allow_abbrev=False
    )
    parser.add_argument("--corpus", default=ROOT / "corpus", type=os.path.abspath)
    parser.add_argument("--out", default=ROOT / "site", type=os.path.abspath)
    known, others = parser.parse_known_args(rest)
    folders = ["--corpus", known.corpus, "--out", known.out]
    # Started where the user stands, so that a relative path among the others holds too.
    return run([prepare(), "-m", "helpers", "site", *folders, *others], Path.cwd())


def doctor(rest):
    """The exit code of looking the set-up and the corpus over."""
    return run([prepare(), "-m", "helpers", "doctor", *rest], Path.cwd())


def export(rest):
    """The exit code of writing the tables of a corpus."""
    return run([prepare(), "-m", "helpers", "export", *rest], Path.cwd())


def test(rest):
    """0 if style, notebooks and tests are all right, else the first exit code that is not 0."""
    python = prepare(tests=True)
    notebooks = sorted(ROOT.glob("notebooks/*.ipynb"))
    clean = [python, "-m", "nbstripout", "--keep-id", "--verify", *notebooks]
    steps = {
        "style (ruff)": [python, "-m", "ruff", "check", "."],
        "form (ruff)": [python, "-m", "ruff", "format", "--check", "."],
        "notebooks without outputs (nbstripout)": clean if notebooks else None,
        "tests (pytest)": [python, "-m", "pytest", *rest],
    }
    codes = {}
    for name, command in steps.items():
        say(f"Checking {name} ...")
        codes[name] = run(command) if command else 0
        if codes[name] == STOPPED:
            return complain("Stopped.", STOPPED)
    for name, code in codes.items():
        say(f"{name}: {f'FAILED, exit code {code}' if code else 'passed'}")
    say(browser_sentence())
    return next((code for code in codes.values() if code), 0)


def bench(rest):
    """The exit code of the benchmarks."""
    return run([prepare(), "-m", "benchmarks", *rest])


def picture(rest):
    """The exit code of making the picture of the READMEs."""
    return run([prepare(tests=True), "docs/picture.py", *rest])


def lock(rest):
    """The exit code of writing requirements.txt anew from requirements.in."""
    uv = shutil.which("uv")
    if not uv:
        return complain("The lock is made with uv, which is not on the path: install it first.", 2)
    say("Looking up versions and hashes for all platforms ...")
    how = ["--universal", "--generate-hashes", "--no-header", "--quiet"]
    files = [WANTED.name, "--output-file", LOCK.name, "--python-version", "3.11"]
    code = run([uv, "pip", "compile", *how, *files, *rest])
    if code == 0:
        # uv may write down the index it asked, which can be that of one maintainer's network.
        lines = [line for line in LOCK.read_text("utf-8").splitlines() if "://" not in line]
        LOCK.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        say("requirements.txt is written. Next: python run.py test")
    return code


COMMANDS = {f.__name__: f for f in (setup, lab, site, doctor, export, test, bench, picture, lock)}


# Set-up


def prepare(tests=False):
    """The path of a Python that has every package, set up now if there is none yet."""
    if in_conda():
        lacking = missing(wanted_names(tests))
        if not lacking:
            return sys.executable
        say(f"The conda environment lacks {', '.join(lacking)}: .venv is used instead.")
    if not (STAMP.exists() and STAMP.read_text() == stamp() and PYTHON.exists()):
        make_venv()
    return PYTHON


def in_conda():
    """Whether this very Python is the one of the active conda environment."""
    prefix = os.environ.get("CONDA_PREFIX")
    return bool(prefix) and os.path.realpath(prefix) == os.path.realpath(sys.prefix)


def wanted_names(tests):
    """The packages of requirements.in, in order; those for the tests too if asked for."""
    text = WANTED.read_text("utf-8").partition("# Held back" if tests else "# Tests")[0]
    return re.findall(r"^[\w.-]+", text, re.MULTILINE)


def missing(names):
    """Those of the packages that this Python has not got."""
    from importlib import metadata  # Python 3.7 has none, and is to hear that it is too old

    return [name for name in names if not list(metadata.distributions(name=name))]


def stamp():
    """A fingerprint of what .venv is made from: a new one means that .venv is out of date."""
    return hashlib.sha256(LOCK.read_bytes() + VERSION.encode()).hexdigest()


def make_venv():
    """Nothing; afterwards .venv holds exactly what the lock names. Ends the program if it fails."""
    if sys.version_info[:2] > NEWEST:
        sentence = f"Jianbao needs Python 3.11 to 3.14, this is {VERSION}: install an older one."
        raise SystemExit(complain(sentence, 2))
    started, uv = time.monotonic(), shutil.which("uv")
    # Taken away first: a set-up that is broken off must not pass for a finished one.
    STAMP.unlink(missing_ok=True)
    if not usable():
        make_empty_venv(uv)
    say(f"Installing the packages with {'uv' if uv else 'pip'} (1 GB on disk) ...")
    sentence = "The packages were not installed; is there a network? If so, delete .venv and retry."
    must(run(install_command(uv)), sentence)
    link_project()
    quiet_jupyterlab()
    STAMP.write_text(stamp())
    say(f"Set-up took {time.monotonic() - started:.0f} seconds.")


def usable():
    """Whether .venv is there, whole and of this Python's version."""
    settings = VENV / "pyvenv.cfg"
    text = settings.read_text("utf-8", "replace") if settings.exists() else ""
    version = re.search(rf"^version(?:_info)? *= *{re.escape(VERSION)}\b", text, re.MULTILINE)
    return bool(version) and PYTHON.exists() and (packages() / "pip/__main__.py").exists()


def packages():
    """The folder of .venv that the packages are in."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))


def make_empty_venv(uv):
    """Nothing; afterwards .venv is there, with pip and no other package."""
    say(f"Making .venv with Python {VERSION} ...")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        sentence = f"The old .venv is in use ({error}): close JupyterLab and start again."
        raise SystemExit(complain(sentence, 1))
    if uv:
        command = [uv, "venv", "--quiet", "--seed", "--python", sys.executable, VENV]
        return must(run(command), "uv could not make .venv; is there a network?")
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError):
        sentence = "Python could not make .venv; Debian and Ubuntu want the package python3-venv."
        raise SystemExit(complain(sentence, 1))


def install_command(uv):
    """The command that installs the lock. It adds and updates: what a reader added stays."""
    how = ["--quiet", "--require-hashes", "--requirement", LOCK]
    if uv:
        # Compiled now, while somebody waits anyway, and not when the first notebook starts.
        return [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON, *how]
    return [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *how]


def link_project():
    """Nothing; afterwards `import helpers` works from any folder."""
    # A .pth file does what `pip install -e .` does, at once and with no build, which would fetch
    # setuptools and leave an egg-info folder. A relative path is plain ASCII in a folder of any
    # name (Python before 3.13 reads the file in the system's encoding) and moves with the folder.
    path = os.path.relpath(ROOT, packages())
    (packages() / "jianbao.pth").write_text(path + "\n", encoding="ascii")


def quiet_jupyterlab():
    """Nothing; afterwards JupyterLab asks its makers for no updates, and its user about no news."""
    folder = VENV / "etc/jupyter/labconfig"
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"fetchNews": "false", "checkForUpdates": False}
    text = json.dumps({"@jupyterlab/apputils-extension:notification": settings})
    (folder / "default_setting_overrides.json").write_text(text, encoding="utf-8")


# Small things


def run(command, folder=ROOT):
    """The exit code of a command; Ctrl-C reaches the command by itself, and here we wait for it."""
    child = subprocess.Popen([str(part) for part in command], cwd=folder, env=environment())
    stopped = False
    while child.returncode is None:
        try:
            child.wait()
        except KeyboardInterrupt:
            stopped = True
    if child.returncode and stopped:
        return STOPPED
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def environment():
    """The environment variables that every command gets."""
    # UTF-8 on Windows too; helpers found in a conda environment too, where there is no .pth file.
    paths = [str(ROOT), os.environ.get("PYTHONPATH")]
    ours = {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return {**os.environ, **ours, "JIANBAO_CHROMIUM": find_browser() or ""}


def find_browser():
    """The path of Chromium or a browser made from it, or None; JIANBAO_CHROMIUM names another."""
    named = os.environ.get("JIANBAO_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)


def browser_sentence():
    """What the last line of `test` says about the browser."""
    found = find_browser()
    return f"Browser tests: {f'run with {found}' if found else 'SKIPPED, no Chromium was found'}"


def must(code, sentence):
    """Nothing if the exit code is 0; else the program ends with that code and the sentence."""
    if code:
        raise SystemExit(complain("Stopped." if code == STOPPED else sentence, code))


def say(sentence):
    """Nothing; one line for the reader, before any line that a command writes next."""
    print(sentence, flush=True)


def complain(sentence, code):
    """The exit code that was given, once the sentence is written where errors go."""
    print(sentence, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
