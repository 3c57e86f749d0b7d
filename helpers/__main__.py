"""The commands: python -m helpers export | site | doctor."""

import argparse
import sys

from helpers.corpus import export_tables


def main():
    ap = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = ap.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="write the tables of a corpus as JSON and CSV")
    export.add_argument("--corpus", default="corpus")
    export.add_argument("--out", default="export")
    o = ap.parse_args()
    for path in export_tables(o.corpus, o.out):
        print(path)


if __name__ == "__main__":
    try:
        main()
    except (FileNotFoundError, NotADirectoryError) as e:
        sys.exit(str(e))
