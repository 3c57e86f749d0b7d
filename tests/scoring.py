"""Hold the articles and lines of laid-out pages against their gold. See `score_pages`.

The gold is what tests/sample/gold.py writes: segments (lines of one kind and article) and articles.
"""

from collections import Counter
from difflib import SequenceMatcher

from helpers.clean import bare, clean
from helpers.page import read_page

SAME_KIND = {"deck": "subtitle", "crosshead": "section", "jump_line": "continuation_note",
             "dateline": "byline", "repeat": "body"}  # fmt: skip
FOUND = 0.9  # share of 4-grams in common from which an article counts as found


def score_pages(laid):
    """The measures over (name, text, gold, …) of pages: shares, 1 is best.

    article_f1: articles found with 0.9 of their text, precision and recall in one;
    text: characters of the articles' text that are right, 1 less the error rate;
    kinds: of the characters that are not body here or there, those of the right kind;
    headline: articles whose headline is right; accounted: characters that are in one line record.
    """
    n = Counter()
    for _, text, gold, *_ in laid:
        n += score_page(text, gold)
    return {
        "article_f1": 2 * n["found"] / (n["gold"] + n["ours"]),
        "text": 1 - n["errors"] / n["chars"],
        "kinds": n["same_kind"] / n["marked"],
        "headline": n["headline"] / n["gold"],
        "accounted": n["accounted"] / n["visible"],
    }


def score_page(text, gold):
    """The counts of one page."""
    lines, articles = read_page(text)
    owners = gold_owners(text, gold)
    n = score_kinds(text, lines, owners)
    ours = [our_text(a, gold) for a in articles]
    theirs = [gold_text(text, owners, g) for g in gold["articles"]]
    n += {"gold": len(theirs), "ours": len(ours), "chars": sum(map(len, theirs))}
    pairs = match(ours, theirs)
    for k, (body, g) in enumerate(zip(theirs, gold["articles"], strict=True)):
        i, share = pairs.get(k, (None, 0.0))
        mine = ours[i] if i is not None else ""
        lead = bare(g["lead"] or "")
        n["found"] += share >= FOUND
        n["errors"] += min(len(body), errors(mine, body), errors(mine, lead + body))
        n["headline"] += i is not None and same_head(articles[i].headline, g["headline"])
    return n


def gold_owners(text, gold):
    """(kind, article) of each character, line by line."""
    owners = [[None] * len(line) for line in text.split("\n")]
    for s in gold["segments"]:
        for k in range(s["start_line"] - 1, s["end_line"]):
            end = s.get("end_col", len(owners[k]))
            for c in range(s.get("start_col", 0), end):
                owners[k][c] = (s["kind"], s["article"])
    return owners


def gold_text(text, owners, g):
    """The text of a gold article without blanks: its body, of a picture story its caption."""
    kind = "caption" if g["genre"] == "photo_caption" else "body"
    rows = zip(text.split("\n"), owners, strict=True)
    pieces = ("".join(c for c, o in zip(line, own, strict=True) if o == (kind, g["id"]))
              for line, own in rows)  # fmt: skip
    return bare(clean("".join(x.strip() for x in pieces)))


def our_text(article, gold):
    """The text of an article without blanks and crossheads."""
    crossheads = {bare(s) for g in gold["articles"] for s in g["sections"]}
    return bare("".join(p for p in article.text.split("\n") if bare(p) not in crossheads))


def grams(text):
    return {text[i : i + 4] for i in range(max(1, len(text) - 3))}


def match(ours, theirs):
    """{number in theirs: (number in ours, share of 4-grams in common)}, the best pairs first."""
    a, b = [grams(t) for t in ours], [grams(t) for t in theirs]
    pairs = sorted(((len(x & y) / len(x | y), -i, k) for i, x in enumerate(a)
                    for k, y in enumerate(b) if x & y), reverse=True)  # fmt: skip
    found, used = {}, set()
    for share, i, k in pairs:
        if k not in found and -i not in used:
            found[k] = (-i, share)
            used.add(-i)
    return found


def errors(mine, theirs):
    """Characters that must be put, taken or changed to make two texts one (difflib's blocks)."""
    if mine == theirs:
        return 0
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in blocks if tag != "equal")


def same_head(mine, theirs):
    return bare(clean(mine or "")) == bare(clean((theirs or "").lstrip("# ")))


def score_kinds(text, lines, owners):
    """The counts of characters by their kind."""
    ours = [[[] for _ in line] for line in owners]
    for x in lines:
        for c in range(x.start_col, x.end_col):
            ours[x.line - 1][c].append(SAME_KIND.get(x.kind, x.kind))
    n = Counter()
    for line, mine, theirs in zip(text.split("\n"), ours, owners, strict=True):
        for char, kinds, owner in zip(line, mine, theirs, strict=True):
            if not bare(char):
                continue
            right = bool(owner) and kinds == [owner[0]]
            plain = right and owner[0] == "body"
            n += {"visible": 1, "accounted": len(kinds) == 1, "marked": not plain,
                  "same_kind": right and not plain}  # fmt: skip
    return n
