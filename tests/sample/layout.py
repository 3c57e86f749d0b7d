"""Lay the sample articles out as newspaper pages, with the faults of real pages and their gold.

    python tests/sample/layout.py --check [FILE.md ...]      what is wrong with the sources
    python tests/sample/layout.py --seed 0 --out corpus      pages/, catalogue.csv
    python tests/sample/layout.py --seed 7 --out DIR --gold DIR/gold

The same seed gives the same bytes. Seed 0 sets each paper in its own way and is the lay-out in
corpus/; with another seed any paper may be set in any of the six ways.
"""

import argparse
import collections
import csv
import io
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import gold
import setting
import source

HERE = Path(__file__).parent
WEEKDAYS = "一二三四五六日"


def lay_out(seed, pages=None):
    """One (file name, text, gold, catalogue row) per page."""
    found = []
    for page in pages or source.read_papers(HERE):
        rng = random.Random(f"{seed} {page['paper']} {page['date']} {page['page_no']}")
        layout = setting.OWN.get(page["paper"], "small")
        if seed:
            layout = rng.choice(sorted(setting.LAYOUTS))
        found.append(set_page(page, layout, rng))
    return found


def set_page(page, layout, rng):
    name = f"{page['date']}-{page['slug']}-{page['page_no']:02}"
    about = {k: page[k] for k in ("paper", "date", "page_no")} | {"dateline": long_date(page)}
    articles = [(f"a{n}", a | about | {"cut": None}) for n, a in enumerate(page["articles"], 1)]
    rows = setting.LAYOUTS[layout](articles, rng)
    while rows and not rows[-1]:
        rows.pop()
    text = "\n".join("".join(p[0] for p in row) for row in rows) + "\n"
    used = [(aid, a) for aid, a in articles]
    used += [(aid + "x", a) for aid, a in articles if f"'{aid}x'" in repr(rows)]
    entry = {"file": name + ".txt", **{k: page[k] for k in ("paper", "date", "page_no")}}
    return name + ".txt", text, gold.gold_page(name + ".txt", rows, used), entry


def long_date(page):
    import datetime

    day = datetime.date.fromisoformat(page["date"])
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def write(laid, out, gold_dir):
    """The number of pages written under out/pages, with the catalogue, and their gold."""
    (out / "pages").mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.DictWriter(table, ["file", "paper", "date", "page_no"], lineterminator="\n")
    rows.writeheader()
    for name, text, page_gold, entry in laid:
        (out / "pages" / name).write_text(text, encoding="utf-8", newline="\n")
        rows.writerow(entry)
        if gold_dir:
            gold_dir.mkdir(parents=True, exist_ok=True)
            body = json.dumps(page_gold, ensure_ascii=False, indent=1)
            (gold_dir / (name[:-4] + ".json")).write_text(body + "\n", encoding="utf-8")
    (out / "catalogue.csv").write_text(table.getvalue(), encoding="utf-8", newline="\n")
    return len(laid)


def check(paths):
    """The number of faults in the source files, each printed with its place."""
    wrong, seen = 0, {}
    for path in paths:
        pages = source.read_paper(path)
        articles = [(p, a) for p in pages for a in p["articles"]]
        for page, a in articles:
            lines = source.faults(a)
            for _, text in a["body"]:
                for sentence in text.split("。"):
                    if len(sentence) > 15 and seen.setdefault(sentence, id(a)) != id(a):
                        lines.append(f"sentence stands in two articles: {sentence[:30]}")
            for line in lines:
                wrong += 1
                print(f"{path.name} {page['date']} {a['headline']}: {line}")
        themes = collections.Counter(t for _, a in articles for t in a["themes"])
        sizes = sum(len(source.body_text(a)) for _, a in articles)
        print(f"{path.name}: {len(pages)} pages, {len(articles)} articles, {sizes} characters;",
              ", ".join(f"{k} {v}" for k, v in themes.most_common()))  # fmt: skip
    print("ok" if not wrong else f"{wrong} faults")
    return wrong


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--gold", type=Path)
    ap.add_argument("files", nargs="*")
    o = ap.parse_args()
    if o.out:
        print(write(lay_out(o.seed), o.out, o.gold), "pages in", o.out / "pages")
    if o.check:
        sys.exit(bool(check([Path(f) for f in o.files] or sorted(HERE.glob("*.md")))))


if __name__ == "__main__":
    main()
