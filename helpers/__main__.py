"""The commands: python -m helpers export | site | doctor."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def export(o):
    """Write the tables of a corpus: articles, lines and problems as JSON lines, articles as CSV."""
    for path in export_tables(o.corpus, o.out):
        print(path)


def export_tables(corpus, out) -> list[Path]:
    """The files written: articles with their themes, lines, problems, and articles.csv."""
    from helpers.corpus import load_articles, load_lines, load_problems
    from helpers.export import write_tables
    from helpers.figures import find_figures
    from helpers.places import find_places
    from helpers.quotes import find_quotes
    from helpers.themes import tag_themes

    articles = load_articles(corpus)
    quotes, figures, places = (f(articles) for f in (find_quotes, find_figures, find_places))
    tables = {
        "articles": articles.assign(
            themes=tag_themes(articles)["themes"],
            quotes=by_article(articles, quotes["article"], rows_of(quotes)),
            figures=by_article(articles, figures["article"], rows_of(figures)),
            places=by_article(articles, places["article"], places["text"]),
        ),
        "lines": load_lines(corpus),
        "problems": load_problems(corpus),
    }
    return write_tables(tables, out)


def by_article(articles, names, values) -> list[list]:
    """For each article the values that stand beside its name, in their order."""
    found = {name: [] for name in articles["article"]}
    for name, value in zip(names, values, strict=True):
        found[name].append(value)
    return list(found.values())


def rows_of(table) -> list[dict]:
    """The rows of a table as {column: value}; what is missing is None."""
    rows = table.drop(columns="article").astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def site(o):
    """Render the notebooks over a corpus to HTML pages that need no network."""
    from helpers.builds import is_build, open_build
    from helpers.folder import page_files
    from helpers.site import Choices, build_lines

    pages = open_build(o.corpus).pages if is_build(o.corpus) else len(page_files(o.corpus))
    print(f"{pages} pages in {Path(o.corpus).resolve()}")
    choices = Choices(o.shared_assets, o.edition, o.excerpts, o.force)
    for line in build_lines(ROOT / "notebooks", o.out, o.corpus, choices):
        print(line, flush=True)
    print(f"Open {Path(o.out).resolve() / 'index.html'}")


def doctor(o):
    """Say what is wrong with the set-up or the corpus, and the cure."""
    from helpers.cloud import find_font
    from helpers.corpus import load_articles, load_lines, load_problems
    from helpers.made import mark_changed

    articles, problems = load_articles(o.corpus), load_problems(o.corpus)
    corrected = (load_lines(o.corpus)["rule"] == "correction").sum()
    font = find_font() or "none found: install zhplot, or set JIANBAO_FONT to a font file"
    print(f"Font of the word clouds: {font}")
    print(f"Corpus: {articles['page'].nunique()} pages, {len(articles)} articles")
    if corrected:
        print(f"Corrections in force: {corrected} lines read as corrections.toml says")
    for row in problems.astype(object).where(problems.notna(), None).itertuples():
        line = f", line {row.line}" if row.line else ""
        print(f"- {row.page or o.corpus}{line}: {row.what.rstrip('.')}. {row.what_to_do}")
    for name in mark_changed(Path(o.out), articles.attrs["fingerprint"]):
        print(f"- {name} was made from other clippings, and says so now: python run.py site")
    print(f"{len(problems)} things to look at" if len(problems) else "Nothing is wrong.")


def build(o):
    """Make the tables of very many pages, at any address, by many workers: see docs/scale.md."""
    from helpers.build import build_tables

    for line in build_tables(str(o.corpus), str(o.out), o.dask):
        print(line, flush=True)


def store(o):
    """Say what is kept so that it is not made twice, and where; --empty takes it away."""
    from helpers import disk

    if disk.root() is None:
        return print("There is no store: JIANBAO_STORE is off.")
    if o.empty:
        disk.empty()
    print(f"Store: {disk.root()}")
    for name, parts, size in disk.contents():
        print(f"- {name}: {size / 1e6:.1f} MB in {parts} parts")
    print(f"{sum(size for *_, size in disk.contents()) / 1e6:.1f} MB in all")


def site_options(command):
    """Add what the command site can be told."""
    command.add_argument("--shared-assets", action="store_true",
                         help="smaller pages that share one folder")  # fmt: skip
    command.add_argument("--edition", default="full", choices=["full", "reading", "teaching", "all"],
                         help="with code, without, with exercises; or all three")  # fmt: skip
    command.add_argument("--excerpts", action="store_true", help="no article in full, for rights")
    command.add_argument("--force", action="store_true", help="run what has not changed too")


def doctor_options(command):
    """Add what the command doctor can be told."""
    command.add_argument(
        "--out", default=ROOT / "site", help="the site to compare with the clippings"
    )


def main():
    ap = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = ap.add_subparsers(dest="command", required=True)
    for act, out in (
        (export, "export"),
        (site, "site"),
        (doctor, None),
        (store, None),
        (build, "build"),
    ):
        command = commands.add_parser(act.__name__, help=act.__doc__)
        command.set_defaults(act=act)
        command.add_argument("--corpus", default=ROOT / "corpus", help="a folder of clippings")
        if out:
            command.add_argument("--out", default=out, help="where the files go")
        if act is build:
            command.add_argument("--dask", help="the address of a Dask scheduler (extra dask)")
        if act is store:
            command.add_argument("--empty", action="store_true", help="take away all that is kept")
        if act in (site, doctor):
            options = site_options if act is site else doctor_options
            options(command)
    o = ap.parse_args()
    try:
        o.act(o)
    except (FileNotFoundError, NotADirectoryError, RuntimeError, ValueError) as e:
        sys.exit(str(e))


if __name__ == "__main__":
    main()
