"""rules: what speaks for and against each reading of a unit. See EVIDENCE and `weigh`.

A rule is a name, a test of a unit in its place, and the weight it lends to labels. A weight of 2
makes a reading about seven times as likely. The rule that weighed most is shown to the reader.
"""

import re

from helpers.blocks import DASH_RE
from helpers.folio import CONTACT_RE
from helpers.forms import COLUMN_RE, DAY_RE, PICTURES_RE, SLOGAN_RE
from helpers.marks import is_complete, unmatched
from helpers.pictures import (
    credit_below,
    ends_there,
    names_picture,
    next_credit,
    parts_sentence,
    recurs,
    tells_story,
    words_of_caption,
)
from helpers.place import (
    BEGINS_RE,
    COUNTED_RE,
    HALVES_RE,
    NARROW,
    NO_BEGIN_RE,
    NUMBERED_RE,
    OPENING_RE,
    WANTING_RE,
    after_whole,
    on_two_lines,
    seam_recurs,
    short_above,
    turns_on,
    turns_over,
    word_runs_in,
    word_runs_out,
)
from helpers.signs import MARKED_RE, PART_RE, is_deck_of, names_subject

PAGE_FURNITURE_RE = re.compile(  # what stands alone amid the page; see folio for the rest
    r"""[A-Z]?\d{1,3} | [A-Z]?\d{1,2}\s+\S{2,6} | \S{2,4}\s+[A-Z]?\d{1,2}""",
    re.VERBOSE,
)
CLAUSE_RE = re.compile("针对|为了|对于|随着|由于|根据|按照|作为|除了|不仅|通过")
RUNOVER_RE = re.compile("[^，。；：！？一二三四五六七八九十]{1,2}[。；]")
INNER_MARK_RE = re.compile("[？！][^？！”]{2,}$")
BEGUN_RE = re.compile("，[^，]{1,2}$|.{7}，[^，]{1,4}$|[^、]{4}、[^、]{1,2}$")
PAUSE_RE = re.compile("[，、：]")
DIGIT_RE = re.compile(r"\d")
NEWS_RE = re.compile(  # with what a report begins, and a part of one does not
    "(?:日前|近日|昨[日天]|连日来|从?即日起|从[本今下]?[月周年\\d].{0,6}起|记者.{0,12}[获了][悉解])"
)
BOX_RE = re.compile(
    "(?:[一-鿿]{0,4}小?贴士|(?:相关|新闻|知识)?链接|延伸阅读|(?:新闻|相关)背景|名词解释)$"
)
BALANCED_RE = re.compile(
    "[^；。]{4,12}；[^；。]{3,12}[^；。，、：]"
)  # 办得成，记一笔；办不成，说明白
ANSWER_RE = re.compile("(?:[问答]|(?:本报)?记者|主持人)[:：]")
ORGAN_RE = re.compile(
    r"(?:厂|公司|局|县|社区|村|市|区|镇|乡|省|委|院|校|集团|中心|街道|大学|支部)$"
)
QUOTED_RE = re.compile(r"^“[^“”]+”$")
ALL_HEADS = ("headline", "kicker", "deck", "crosshead", "furniture", "slogan", "over")
BAR_RE = re.compile("[^，。]{2,8}[｜|].{4}")  # 提醒｜这五件事别做
SALUTE_RE = re.compile(
    "(?:编辑|编者按|各.{1,8}|尊敬的.{1,9}|.{0,6}(?:同志|先生|女士|单位|读者|朋友)们?)[：:]$"
)
NOTICE_RE = re.compile(r"(?:启事|公告|通告|通知|声明|公示)$")


def lends(**weights: float) -> dict:
    """The weight that a rule lends to each label."""
    return weights


EVIDENCE = [
    # --- what a unit looks like
    ("markdown heading", lambda p: p.u.level,
     lends(headline=5, kicker=3, deck=3, crosshead=4, furniture=2, body=-6, more=-6, open=-6)),
    ("lowest markdown level", lambda p: p.u.level and p.usual["levels"] > 1
     and p.u.level == p.usual["deepest"], lends(crosshead=3, headline=-2, kicker=-2)),
    ("higher markdown level", lambda p: p.u.level and p.usual["levels"] > 1
     and p.u.level < p.usual["deepest"], lends(crosshead=-4)),
    ("no mark on a markdown page", lambda p: p.usual["levels"] and not p.u.level,
     lends(headline=-6, crosshead=-6, kicker=-6, deck=-3, furniture=-2)),
    ("question inside", lambda p: 14 < p.chars <= 40 and INNER_MARK_RE.search(p.u.text)
     and not BAR_RE.match(p.u.text),
     dict.fromkeys(ALL_HEADS, -3)),
    ("short, no closing mark", lambda p: p.chars <= 40 and p.head and
     (not p.closed or p.u.text.endswith(("！", "？", "”", "…"))),
     lends(headline=2, crosshead=2, kicker=1.5, furniture=0.5, over=1, body=-3, open=-6, more=-1)),
    ("a colon at its end", lambda p: p.u.text.endswith(("：", ":")), dict.fromkeys(ALL_HEADS, -6)),
    ("numbered heading", lambda p: p.head and NUMBERED_RE.match(p.u.text),
     lends(crosshead=4, headline=-5, kicker=-5, more=-6)),
    ("one of several counted headings", lambda p: p.usual["counted"] and p.head
     and COUNTED_RE.match(p.u.text), lends(crosshead=4, headline=-5, kicker=-5, more=-6)),
    ("one of several marked heads", lambda p: p.usual["marked"] > 1 and p.head
     and MARKED_RE.match(p.u.text), lends(headline=4, crosshead=-2)),
    ("number of a part", lambda p: p.usual["parts"] > 1 and PART_RE.fullmatch(p.u.text),
     lends(crosshead=16)),
    ("under the number of a part", lambda p: p.head and p.usual["parts"] > 1 and p.before
     and PART_RE.fullmatch(p.before.text), lends(crosshead=8)),
    ("a label and a bar", lambda p: p.head and BAR_RE.match(p.u.text),
     lends(headline=2, crosshead=-2)),
    ("a salutation", lambda p: p.chars <= 12 and SALUTE_RE.fullmatch(p.u.text), lends(body=9)),
    ("under a salutation", lambda p: p.before and len(p.before.text) <= 12
     and SALUTE_RE.fullmatch(p.before.text), lends(body=6, more=-8, open=-8)),
    ("under an address", lambda p: p.before and CONTACT_RE.match(p.before.text),
     lends(body=6, more=-8)),
    ("how to reach somebody", lambda p: CONTACT_RE.match(p.u.text),
     dict.fromkeys(ALL_HEADS, -8) | lends(body=6, more=-6, open=-6)),
    ("a day alone", lambda p: p.chars <= 16 and DAY_RE.fullmatch(p.u.text),
     dict.fromkeys(ALL_HEADS, -6) | lends(body=6, more=-8)),
    ("who signs above a day, or a note of editors", lambda p: p.head and p.chars <= 24 and p.after
     and (DAY_RE.fullmatch(p.after.text) or (p.after.kind == "note" and p.u.indent >= 1.5)),
     dict.fromkeys(ALL_HEADS, -6) | lends(body=6, more=-8)),
    ("line of a poem", lambda p: p.u.pieces[0] in p.usual["verses"],
     dict.fromkeys(ALL_HEADS, -6) | lends(body=12, more=-6, open=-8, caption=-6, story=-6)),
    ("head of short news under a label", lambda p: p.usual["short news"].get(p.u.pieces[0]) == "head",
     lends(headline=7, crosshead=-4, body=-4)),
    ("item of a list", lambda p: p.u.pieces[0] in p.usual["listed"], lends(body=3, caption=-8, story=-8)),
    ("label of short news", lambda p: p.usual["short news"].get(p.u.pieces[0]) == "label",
     lends(furniture=6, headline=-2, crosshead=-2)),
    ("words of a deck", lambda p: is_deck_of(p.before, p.u),
     lends(deck=5, headline=-2)),
    ("head over the words of a deck", lambda p: is_deck_of(p.u, p.after),
     lends(headline=3.5, kicker=-1)),
    ("a sentence", lambda p: "。" in p.u.text or ("；" in p.u.text and (p.closed or p.chars > 26)),
     dict.fromkeys(ALL_HEADS, -7)),
    ("stops at a comma", lambda p: p.u.text.endswith(("，", "、")) and not turns_on(p),
     dict.fromkeys(ALL_HEADS, -8)),
    ("a comma, and a signed head below", lambda p: p.u.text.endswith("，") and p.chars <= 26
     and p.heads and p.heads[0] and p.rest[1:] and p.rest[1].kind in ("byline", "lead"),
     lends(kicker=11, body=-3, more=-3)),
    ("a comma, and the other half below", lambda p: p.u.text.endswith("，") and p.chars <= NARROW
     and turns_on(p) and abs(len(p.after.text) + 1 - p.chars) <= 2,
     lends(headline=4, crosshead=4, body=-5, more=-4)),
    ("begins with a dash", lambda p: p.head and DASH_RE.match(p.u.text),
     lends(deck=5, headline=-4, kicker=-4, crosshead=1.5, furniture=-3, body=-1)),
    ("deck lacks its dash", lambda p: not DASH_RE.match(p.u.text), lends(deck=-2.5)),
    ("one of several quoted heads over bylines", lambda p: p.usual["quoted"] > 1
     and QUOTED_RE.match(p.u.text), lends(crosshead=6, headline=-3)),
    ("wholly quoted", lambda p: QUOTED_RE.match(p.u.text), lends(crosshead=2, kicker=-2)),
    ("narrower than the column", lambda p: p.u.columns and p.u.columns[0] < p.usual["column"] - 2
     and p.head, lends(headline=2, crosshead=2, body=-3, more=-2)),
    ("fills its column", lambda p: p.u.fills and not p.closed and len(p.u.pieces) == 1
     and not DASH_RE.match(p.u.text),
     dict.fromkeys(ALL_HEADS, -2) | lends(body=1.5, more=1.5)),
    ("stops short of the edge", lambda p: p.usual["column"] and not p.u.full and not p.closed,
     lends(headline=1, crosshead=1, body=-3, more=-3)),
    ("too long for a heading", lambda p: p.chars > 40, dict.fromkeys(ALL_HEADS, -5)),
    ("long for a heading", lambda p: 26 < p.chars <= 40,
     lends(headline=-2, crosshead=-1, kicker=-1, furniture=-3)),
    ("clauses of a sentence", lambda p: p.u.text.count("，") > 1 and p.chars <= 40,
     dict.fromkeys(ALL_HEADS, -4.5)),
    ("a long clause", lambda p: p.u.text.count("，") == 1 and 21 < p.chars <= 40,
     dict.fromkeys(ALL_HEADS, -1.5)),
    ("news opens under it", lambda p: p.head and p.after and p.after.gap >= 0
     and NEWS_RE.match(p.after.text), lends(headline=2, crosshead=-1)),
    ("a long paragraph under it", lambda p: p.after and not p.after.kind and p.after.gap > 0
     and len(p.after.text) >= 60, lends(crosshead=0.7, headline=0.7)),
    ("the rest of a paragraph under it", lambda p: p.after and not p.after.kind
     and len(p.after.text) < 45 and is_complete(p.after.text), lends(crosshead=-1, headline=-1)),
    ("head of a box", lambda p: p.chars <= 8 and BOX_RE.match(p.u.text),
     lends(headline=4, furniture=4, crosshead=-1)),
    ("halves that balance", lambda p: BALANCED_RE.fullmatch(p.u.text) and p.chars <= 26
     and abs(p.u.text.index("；") * 2 - p.chars) <= 2, lends(headline=6, crosshead=7, kicker=5)),
    ("a clause just begun", lambda p: p.chars <= 40 and BEGUN_RE.search(p.u.text),
     dict.fromkeys(ALL_HEADS, -4)),
    ("opens as a report does", lambda p: OPENING_RE.match(p.u.text), dict.fromkeys(ALL_HEADS, -4)),
    ("opens as a clause does", lambda p: CLAUSE_RE.match(p.u.text), dict.fromkeys(ALL_HEADS, -4)),
    ("wants another word", lambda p: p.chars <= 40 and WANTING_RE.search(p.u.text) and not turns_on(p),
     dict.fromkeys(ALL_HEADS, -4)),
    ("its last word is under it", lambda p: p.after and not p.after.kind and not p.closed
     and RUNOVER_RE.match(p.after.text), dict.fromkeys(ALL_HEADS, -4)),
    ("a few words", lambda p: p.chars <= 16 and not p.closed
     and not PAUSE_RE.search(p.u.text), lends(body=-1.5, more=-1, open=-1.5)),
    ("two halves", lambda p: p.head and p.chars >= 9 and HALVES_RE.search(p.u.raw.strip()),
     lends(headline=1.5, crosshead=-0.5)),
    ("title of this subject", lambda p: p.head and p.chars <= 20 and COLUMN_RE.search(p.u.text)
     and names_subject(p, COLUMN_RE.sub("", p.u.text)), lends(furniture=-4, kicker=4)),
    ("label of a picture", lambda p: p.chars <= 8 and PICTURES_RE.fullmatch(p.u.text),
     lends(furniture=8, body=-4, more=-6)),
    ("under a jump line from another page", lambda p: p.before and p.before.kind == "jump"
     and re.search("[接續续]", p.before.text), lends(headline=-3, kicker=-3, crosshead=1)),
    ("page furniture", lambda p: p.chars <= 60 and PAGE_FURNITURE_RE.fullmatch(p.u.raw.strip()),
     lends(furniture=12)),
    ("standing column title", lambda p: p.head and p.chars <= 20 and not DIGIT_RE.search(p.u.text)
     and COLUMN_RE.search(p.u.text), lends(furniture=2.5, kicker=-1)),
    ("long for a column title", lambda p: p.chars > 16, lends(furniture=-2)),
    ("organisation alone", lambda p: p.head and p.chars <= 14 and ORGAN_RE.search(p.u.text),
     lends(kicker=1.5, furniture=-1)),
    ("slogan", lambda p: p.chars <= 40 and SLOGAN_RE.search(p.u.text), lends(slogan=7)),
    ("not a slogan", lambda p: not SLOGAN_RE.search(p.u.text), lends(slogan=-6)),
    ("question and answer", lambda p: ANSWER_RE.match(p.u.text),
     dict.fromkeys(ALL_HEADS, -6) | lends(body=3, caption=-3)),
    ("very short", lambda p: p.chars <= 6 and p.head, lends(furniture=1, kicker=-1)),
    ("two to four characters", lambda p: 2 <= p.chars <= 4 and p.head
     and not ORGAN_RE.search(p.u.text), lends(furniture=2, kicker=-1)),
    ("no title of a column", lambda p: not COLUMN_RE.search(p.u.text)
     and not PICTURES_RE.fullmatch(p.u.text), lends(furniture=-1)),
    ("notice", lambda p: p.chars <= 30 and NOTICE_RE.search(p.u.text),
     lends(headline=2, crosshead=-2)),
    # --- what stands beside it
    ("head before a byline", lambda p: p.after and p.after.kind in ("byline", "lead")
     and p.head, lends(headline=3, deck=1, crosshead=-2, kicker=-2, furniture=-1, body=-3)),
    ("head on two lines before a byline", on_two_lines, lends(headline=1.5, crosshead=-4)),
    ("head over a picture", names_picture, lends(headline=3, more=-2, crosshead=-1)),
    ("head before a deck", lambda p: p.heads and p.heads[0]
     and DASH_RE.match(p.after.text), lends(headline=2.5, crosshead=-2)),
    ("head before a head", lambda p: p.head and p.heads and p.heads[0]
     and not DASH_RE.match(p.after.text), lends(kicker=1.5, furniture=1, headline=-1)),
    ("a word runs across", word_runs_in, lends(more=4, over=1)),
    ("a column that ends with a short line", short_above, lends(more=-4)),
    ("text right under it, where a blank line is usual", lambda p: p.after and p.after.gap == 0
     and 0 < p.u.gap <= p.usual["gap"] and not p.after.kind and not p.heads[0],
     dict.fromkeys(ALL_HEADS, -5)),
    ("its seam stands elsewhere", lambda p: seam_recurs(p, p.before, p.u), lends(more=2.5)),
    ("the next seam stands elsewhere", lambda p: seam_recurs(p, p.u, p.after),
     dict.fromkeys(ALL_HEADS, -2.5)),
    ("begins as paragraphs do", lambda p: BEGINS_RE.match(p.u.text), lends(more=-2)),
    ("begins as no sentence does", lambda p: NO_BEGIN_RE.match(p.u.text), lends(more=1.5)),
    ("no word runs across", lambda p: not word_runs_in(p), lends(more=-0.5)),
    ("a word runs into the next", word_runs_out,
     dict.fromkeys(ALL_HEADS, -5) | lends(body=1, more=1, open=1)),
    ("a quotation runs across", lambda p: p.before and not p.before.kind
     and unmatched(p.before.text)[1] and unmatched(p.u.text)[0],
     dict.fromkeys(ALL_HEADS, -3) | lends(more=4)),
    ("a quotation stays open", lambda p: p.chars <= 40 and unmatched(p.u.text)[1],
     dict.fromkeys(ALL_HEADS, -4)),
    ("a quotation closes", lambda p: p.chars <= 40 and unmatched(p.u.text)[0],
     dict.fromkeys(ALL_HEADS, -4)),
    ("indented like a paragraph", lambda p: p.usual["indent"] >= 1.5 and p.u.indent >= 1.5
     and p.u.gap >= 0, lends(more=-4)),
    ("indented like the text", lambda p: p.usual["indent"] >= 1.5 and p.u.indent >= 1.5,
     lends(headline=-4, crosshead=1, kicker=-4, open=-3, furniture=-3, over=-4)),
    ("lacks the indent of paragraphs", lambda p: p.usual["indent"] >= 1.5 and p.u.indent < 1.5
     and p.u.gap >= 0 and p.head and not p.closed and after_whole(p), lends(body=-3)),
    ("second line of a heading", turns_over, lends(over=4, body=-2)),
    ("second line in the box of a heading", lambda p: p.usual["boxed"] and turns_over(p), lends(over=3)),
    ("heads stacked over an article", lambda p: p.before and p.before.gap > p.usual["gap"]
     and not p.usual["boxed"] and not word_runs_in(p),
     lends(over=-5)),
    ("no second line of a heading", lambda p: not turns_over(p), lends(over=-4)),
    # --- pictures
    ("caption before a credit", next_credit, lends(caption=4, story=4, body=-1, open=-8, headline=-2)),
    ("caption some lines before a credit", lambda p: p.chars > 40 and credit_below(p),
     lends(caption=4, story=4, open=-8)),
    ("picture that nothing follows", lambda p: (next_credit(p) or credit_below(p))
     and ends_there(p), lends(story=3)),
    ("its words recur in the text", recurs, lends(caption=4, story=-3)),
    ("short for a picture story", lambda p: p.chars < 45
     and not (p.before and "。" in p.u.text and PICTURES_RE.fullmatch(p.before.text)), lends(story=-6)),
    ("words of a caption", words_of_caption, lends(caption=5, story=3, open=-8)),
    ("a picture's story after a gap", tells_story, lends(story=4)),
    ("under the label of pictures", lambda p: p.before and PICTURES_RE.fullmatch(p.before.text),
     lends(caption=2, story=3, body=-2)),
    ("a sentence inside another", parts_sentence, lends(caption=14, more=-4)),
    ("no sign of a picture", lambda p: not next_credit(p) and not credit_below(p) and not words_of_caption(p)
     and not (p.before and PICTURES_RE.fullmatch(p.before.text)), lends(caption=-5, story=-6)),
    ("headless picture inside an article", lambda p: p.before and not p.before.kind,
     lends(story=-1)),
]  # fmt: skip
