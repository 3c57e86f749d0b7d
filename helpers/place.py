"""place: a unit beside its neighbours, and what can be asked of it there. See `Place`."""

import re
from dataclasses import dataclass

from helpers.blocks import DASH_RE, Unit
from helpers.columns import EDGE, cells
from helpers.lexicon import gain
from helpers.marks import is_complete

HALVES_RE = re.compile(r"(?<=[一-鿿”！？])[ \u3000]+(?=[一-鿿“])")
NUMBERED_RE = re.compile(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六](?=[，、 ]))"
)
BEGINS_RE = re.compile(  # so paragraphs begin, seven times as often as the rest of one does
    r"""“(?=[^”]{6})|[今去前]年|近[年日期几]|目前|如今|眼下|后来|截至|会议|记者|有人|一[位名]|针对|当然|比如|例如|过去|不过|然而|首先|其次|此前|[昨今当]天|他们?说|有人说|为了|此[次外前时]|这[是样些]|本届|据
       |第[一二三四]|\d{4}年|\d{1,2}月\d|[^，。、；：“”]{2,14}(?:局|厅|部|委|会|公司|集团|中心|单位|负责人)[^，。]{0,6}
        (?:显示|表示|介绍|指出|认为|透露|坦言|说|强调)[，：]""",
    re.VERBOSE,
)
NO_BEGIN_RE = re.compile("[的了是着们等和与及或](?![一-鿿]?[，。])")  # no sentence does
COUNTED_RE = re.compile(r"(\d{1,2})[.．、](?!\d)")
MARK_RE = re.compile(r"\W")
COMMON_MARKS = "，。、“”；：！？（）《》\n"
OPENING_RE = re.compile(  # with what reports begin, and headings do not
    r"""(?:近日|日前|近年来|近期|最近|不久前|连日来|目前|当前|如今|眼下|当天|随后|后来|接下来|下一步|此外|同时|据[了悉介统]\S?
       |截至\S{2,9}|(?:今|去|前|当|同|近?几)年\S{0,7}|(?:今年|去年)?(?:上半年|[前一二三四]\S{0,2}(?:季度|个月))
       |(?:\d{4}年)?\d+(?:月份?)?[至到-]\d+月份?
       |(?:\d{4}年)?\d+月(?:\d+日)?(?:[至到]\d+[月日])?(?:[上下中]午|凌晨|傍?晚)?(?:\d+时)?(?:\d+分)?许?)，""",
    re.VERBOSE,
)
DIGIT_RE = re.compile(r"\d$")
UNIT_RE = re.compile(r"[\d.％%年月日时分秒点个余多万亿元名家人次项吨米届]")
HAN_RE = re.compile("[一-鿿]{3}")
NEARBY = 3000  # characters around a seam, among which its own are looked for
BOX = 16  # cells of a line of a heading in a box of its own
NARROW = 9  # cells of two like lines, too short for a kicker over its headline
WANTING_RE = re.compile("[的把被及从和是得在向与让为将]$")  # words that close no heading
UNFINISHED = ("。", "；", "，", "、")  # no heading ends so
ENDED = ("tail", "code")
FRESH, ALIKE = 0.035, 0.065  # shares of character pairs; crossheads: median .07, headlines .04


@dataclass(slots=True)  # its fields are read faster than those of a tuple
class Place:
    """A unit in its place: the units beside it, and what is usual on its page."""

    u: Unit
    before: Unit | None
    column: Unit | None  # the last above that fills lines of its column
    after: Unit | None
    rest: list  # the units that follow, five at most
    heads: list  # whether each of the rest has the look of a heading
    head: bool  # whether it has it itself
    closed: bool  # ends as a paragraph does
    pictured: bool  # a picture's credit is among the rest
    chars: int
    at: int  # where its text begins in usual["page"]
    usual: dict


def is_head(u: Unit | None) -> bool:
    """Whether a unit is short, without a closing mark, as headings are."""
    return bool(u) and not u.kind and len(u.text) <= 40 and not u.text.endswith(UNFINISHED)


def _widths_differ(a: Unit | None, b: Unit | None) -> bool:
    """Whether one unit ends in a column of another width than the next begins in."""
    if not a or not b or not a.columns or not b.columns:
        return False
    return min(a.columns[1], b.columns[0]) > 8 and abs(a.columns[1] - b.columns[0]) > 4


def new_width(p: Place) -> bool:
    """Whether a finished paragraph stands above, in a column of another width."""
    a, b, last = p.column, p.u, p.before
    if not _widths_differ(a, b) or len(a.pieces) + len(b.pieces) <= 3:
        return False
    return is_complete(last.text) and (last is a or not (last.kind or last.level))


def loses_indent(p: Place) -> bool:
    """The first paragraph of a web copy lacks the indent that the others have."""
    if p.before is None or p.u.gap < 0 or p.u.wide:  # in columns: the rest of a paragraph
        return False
    if max(p.u.indent, p.before.indent) < 1 and p.after and not (p.before.kind or p.head):
        return not p.after.kind and p.after.indent >= 1.5 <= p.usual["indent"]
    return p.u.indent < 1.5 <= p.before.indent or (p.before.indent < 1 <= p.u.indent < 1.5)


def runs_across(above: str, below: str) -> bool:
    """Whether a dictionary word, or a number with its unit, runs from one text into the next."""
    return gain(above, below) > 1 or bool(DIGIT_RE.search(above) and UNIT_RE.match(below))


def begins(p: Place, u: Unit) -> bool:
    """Whether a unit has the indent with which the paragraphs of its page begin."""
    return p.usual["indent"] >= 1.5 <= u.indent and u.gap >= 0


def word_runs_in(p: Place) -> bool:
    """Whether a dictionary word runs from the unit before into this one.

    Measured on 2,200 breaks inside sentences and 290 headings over text: so in 41 % and 0.3 %.
    """
    before = p.before
    if not before or before.kind or before.level or is_complete(before.text):
        return False
    if NUMBERED_RE.match(before.text) and len(before.text) <= 20:
        return False
    return not begins(p, p.u) and runs_across(before.text, p.u.text)


def word_runs_out(p: Place) -> bool:
    """Whether a dictionary word runs from this unit into the next."""
    after = p.after
    if not after or after.kind or p.closed or (after.gap == 0 and p.heads[0]):
        return False
    if NUMBERED_RE.match(p.u.text) and p.chars <= 20:
        return False
    return not begins(p, after) and runs_across(p.u.text, after.text)


def after_whole(p: Place) -> bool:
    """Whether nothing before a unit is left open: no paragraph that stops in mid-sentence."""
    return p.before is None or bool(p.before.kind) or is_complete(p.before.text)


def width_changes_under(p: Place) -> bool:
    """Whether a heading stands between columns of two widths."""
    return p.head and _widths_differ(p.before, p.after)


def seam_recurs(p: Place, above: Unit | None, below: Unit | None) -> bool:
    """Whether three characters across a seam stand side by side elsewhere, 3,000 characters around.

    Measured on 771 breaks inside paragraphs and 641 headings over text: so in 23 % and 1 %.
    """
    if not above or not below or above.kind or below.kind or is_complete(above.text):
        return False
    if begins(p, below):
        return False
    a, b = above.text[-2:], below.text[:2]  # two characters stand together by chance in 4 %
    across = [x for x in (a + b[:1], a[-1:] + b) if HAN_RE.fullmatch(x)]
    near = max(0, p.at - NEARBY), p.at + NEARBY
    return any(p.usual["page"].find(x, *near) >= 0 for x in across)


def short_above(p: Place) -> bool:
    """Whether a unit stands over a gap whose last line was short: no column ends in one."""
    a = p.before
    if not a or a.kind or a.full or not a.wide or p.u.gap < 1 or is_complete(a.text):
        return False
    _, start, end = a.pieces[-1]
    return cells(a.raw[start - end :]) + 2 < a.wide - 2 * EDGE


def turns_on(p: Place) -> bool:
    """Whether the next line may be the second of this heading."""
    b = p.after
    return bool(b) and b.gap == 0 and b.wide > 0 and not p.u.full and p.heads[0] and not b.full


def letter_pairs(text: str) -> set[int]:
    """The character pairs of a text, marks left out, each as one number: so they are made faster.

    >>> len(letter_pairs("海风，海风")), len(letter_pairs("风"))
    (2, 0)
    """
    for mark in COMMON_MARKS:  # one after the other they are gone sooner than all at once
        text = text.replace(mark, "")
    code = memoryview(MARK_RE.sub("", text).encode("utf-32-le", "surrogatepass"))
    even, odd = (code[start : len(code) - (len(code) - start) % 8] for start in (0, 4))
    return {*even.cast("Q"), *odd.cast("Q")}


def likeness(p: Place) -> float:
    """The share of character pairs that the 400 characters above and below a unit have in common."""
    known, at, page = p.usual["likeness"], p.at, p.usual["page"]
    if at not in known:
        above, below = letter_pairs(page[max(0, at - 400) : at]), letter_pairs(page[at : at + 400])
        least = min(len(above), len(below))
        known[at] = len(above & below) / least if least >= 60 else (FRESH + ALIKE) / 2
    return known[at]


def turns_over(p: Place) -> bool:
    """Whether a heading's line was full for its size, so that the next is the rest of it."""
    return p.head and _is_second(p.before, p.u, p.usual["boxed"])


def on_two_lines(p: Place) -> bool:
    """Whether the next line is the rest of a heading, over a byline."""
    signed = p.rest[1:] and p.rest[1].kind in ("byline", "lead")
    return bool(signed) and p.head and p.heads[0] and _is_second(p.u, p.after, p.usual["boxed"])


def _is_second(a: Unit | None, b: Unit, boxed: bool) -> bool:
    """Whether a line under a heading is the rest of it.

    boxed: headings stand apart from what is no part of them, so what does not is.
    """
    if not a or b.gap != 0 or not b.wide or b.level or a.kind or len(a.text) > 26:
        return False
    if not a.text.endswith("，") and not is_head(a):
        return False
    if a.text.endswith("，") or WANTING_RE.search(a.text) or runs_across(a.text, b.text):
        return True
    one, two = cells(a.raw.split("\n")[-1]), cells(b.raw)
    if DASH_RE.match(b.text) or HALVES_RE.search(b.raw.strip()) or b.text.endswith("："):
        return False  # a heading in two halves is whole
    if boxed and max(one, two) <= BOX and "，" not in b.text:
        return True
    if max(one, two) <= NARROW and min(one, two) >= 5 and abs(one - two) <= 2:
        return True
    return b.wide - 6 <= one <= b.wide and two <= one + 1


def is_first(p: Place) -> bool:
    return p.before is None or p.before.kind in ENDED


def no_sign(p: Place) -> bool:
    """Nothing before a unit or after it says that an article begins."""
    if p.u.gap > p.usual["gap"] or p.u.level or is_first(p) or loses_indent(p):
        return False
    if not p.rest or not p.head:
        return True  # what stands under a paragraph says nothing of where it begins
    stack = next((i for i, x in enumerate(p.rest) if x.kind or not p.heads[i]), 0)
    return not (
        p.rest[stack].kind in ("byline", "lead", "jump") or (p.heads[0] and p.after.gap > 0)
    )
