"""export: tables → files for other programs. See `write_tables`."""

import json
import re
from pathlib import Path

import pandas as pd

# A spreadsheet runs what begins so, after blanks too; the full-width signs where it speaks Chinese.
FORMULA_RE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write_tables(tables: dict, out) -> list[Path]:
    """The files written: a .jsonl of each table by its name, and articles.csv.

    tables: name → table, as {"articles": …, "lines": …, "problems": …}.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = [_write_jsonl(table, out / f"{name}.jsonl") for name, table in tables.items()]
    return [*files, _write_csv(tables["articles"], out / "articles.csv")]


def _plain(value):
    """A cell as JSON has it: missing is null, dates are ISO days."""
    if isinstance(value, list | dict):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _write_jsonl(table: pd.DataFrame, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as f:
        for row in table.itertuples(index=False):
            cells = {c: _plain(v) for c, v in zip(table.columns, row, strict=True)}
            f.write(json.dumps(cells, ensure_ascii=False) + "\n")
    return path


def _write_csv(articles: pd.DataFrame, path: Path) -> Path:
    """articles.csv, which a spreadsheet opens and does not run."""
    flat = articles.drop(columns=["origin", "spans"]).map(_flat)
    # Line ends of RFC 4180: with others, a stray \r in a cell is not quoted, and begins a row.
    flat.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def _flat(value):
    """A cell as CSV has it: names joined by a blank, rows as JSON, a formula behind a quote."""
    if isinstance(value, list):
        names = all(isinstance(x, str) for x in value)
        value = " ".join(value) if names else json.dumps(value, ensure_ascii=False)
    value = _plain(value)
    return f"'{value}" if isinstance(value, str) and FORMULA_RE.match(value) else value
