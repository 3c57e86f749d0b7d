"""pictures: what is a picture's caption, a story under its heading, or neither: told by what stands beside it."""

import re
from itertools import pairwise

from helpers.forms import PICTURES_RE
from helpers.marks import is_complete
from helpers.place import Place, begins, is_head, runs_across

CAPTION = 30  # characters of a caption in a single sentence
COPIED = 0.8  # share of a caption's words that recur where the page holds it twice
FARTHEST = 30_000  # characters, far more than a page has, among which a caption's are looked for
CAPTION_RE = re.compile(
    r"^(?:图为|(?=.{8,60}图为)[^。]{6,50}[，。]图为|.{10,90}[（(]资料(?:图片|照片)[）)]。?$|图[一二三四①②③④1-9]|[上下左右]图|▲|△|▼|◀|▶)"
)


def words_of_caption(p: Place) -> bool:
    """Whether a unit says of itself that it tells of a picture."""
    text = p.u.text
    signed = "图" in text or "资料照片" in text or text[:1] in "▲△▼◀▶"
    return signed and bool(CAPTION_RE.match(text))


def next_credit(p: Place) -> bool:
    """Whether a credit (甲乙 摄) follows; a column break or a column code may stand between."""
    if not p.pictured:
        return False
    tight = p.u.gap == p.after.gap == 0 < p.usual["gap"]  # the lines of one caption
    rest = p.rest[1:] if (tight and not p.after.kind) or not (p.closed or p.chars <= 40) else p.rest
    kinds = [x.kind for x in rest[:2]]
    return kinds[:1] == ["credit"] or kinds == ["code", "credit"]


def names_picture(p: Place) -> bool:
    """Whether a heading stands over a picture's caption; a caption that a column parts has an indent."""
    if (
        not p.head
        or not p.pictured
        or p.heads[0]
        or p.u.indent > p.after.indent
        or PICTURES_RE.fullmatch(p.u.text)
    ):
        return False
    text, credit = (x.kind for x in p.rest[:2]) if len(p.rest) > 1 else ("", "")
    return (text, credit) == ("", "credit") and is_complete(p.after.text)


def credit_below(p: Place) -> bool:
    """Whether only prose stands between a unit, the first of its story, and a picture's credit."""
    if not p.pictured:
        return False
    first = p.before is None or p.before.kind or is_head(p.before) or p.u.gap > p.usual["gap"]
    kinds = [x.kind or ("" if len(x.text) > 26 else "head") for x in p.rest]
    n = kinds.index("credit")
    parted = any(  # the story begins further down, or the caption stands alone
        b.gap > p.usual["gap"] or (b.indent < 1.5 <= a.indent and is_complete(a.text))
        for a, b in pairwise([p.u, *(x for x in p.rest[:n] if not x.kind)])
    )
    plain = set(kinds[:n]) <= {"", "code"} and not parted
    return bool(first) and 0 < n <= 3 and plain and not next_credit(p)


def tells_story(p: Place) -> bool:
    """Whether a picture's text tells more than what is to be seen, and stands apart from the text above."""
    if p.u.gap <= p.usual["gap"] or not p.after:
        return False
    told = p.u.text if p.closed or p.after.kind else p.u.text + p.after.text
    return credit_below(p) or (told.count("。") > 1 and p.chars >= 45 and next_credit(p))


def ends_there(p: Place) -> bool:
    """Whether the page, or the block, ends after a picture's credit."""
    if not p.pictured:
        return False
    kinds = [x.kind for x in p.rest]
    follows = [x for x in p.rest[kinds.index("credit") :] if x.kind not in ("code", "credit")]
    return not follows or follows[0].gap > p.usual["gap"]


def recurs(p: Place) -> bool:
    """Whether words of a caption stand again elsewhere on the page; not all: that is a copy of it."""
    if not next_credit(p):
        return False
    text, page = p.u.text, p.usual["page"][max(0, p.at - FARTHEST) : p.at + FARTHEST]
    again = [page.count(text[i : i + 14]) > 1 for i in range(0, len(text) - 14, 5)]
    return 0 < sum(again) < COPIED * len(again)


def parts_sentence(p: Place) -> bool:
    """Whether a short whole text stands in a sentence that goes on under it: a picture's caption."""
    a, b = p.before, p.after
    if (
        not (a and b)
        or a.kind
        or b.kind
        or not p.closed
        or p.chars > CAPTION
        or is_complete(a.text)
    ):
        return False
    if (
        begins(p, b)
        or begins(p, p.u)
        or len(a.text) <= CAPTION
        or p.u.text.find("。") < p.chars - 1
    ):
        return False
    return runs_across(a.text, b.text) and not runs_across(a.text, p.u.text)
