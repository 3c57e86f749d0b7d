"""speakers: the clause before a verb of speech → who speaks. See `read_voice`.

The words (titles, surnames, verbs, what may stand between) are in corpus/speakers.toml.
"""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from helpers.quoted import ASIDE

FILE = Path(__file__).resolve().parent.parent / "corpus" / "speakers.toml"
DATA = tomllib.loads(FILE.read_text("utf-8"))
KINDS, BETWEEN = DATA["kinds"], DATA["between"]
NEAR = 3000  # characters in which a name is looked for again


def any_of(*lists: str) -> str:
    """A pattern for the words of some lists, the longest first."""
    return "|".join(sorted({w for x in lists for w in x.split()}, key=lambda w: (-len(w), w)))


def _chars(text: str) -> str:
    """A pattern for one of the characters of a list."""
    return f"[{''.join(sorted(set(''.join(text.split()))))}]"


ROLES, BODIES = (any_of(*(kind[x] for kind in KINDS.values())) for x in ("roles", "bodies"))
# The first characters in front: else each of some 700 words is tried at every character.
FIRST = _chars("局厅司署" + "".join(w[0] for w in f"{ROLES}|{BODIES}".split("|")))
OFFICE = "(?<=[一-鿿]{2})[局厅司署]"  # 市气象局  商务部国际司; not 司马青
HEAD_RE = re.compile(f"(?={FIRST})(?:(?P<role>(?:{ROLES})们?)|(?:{BODIES})(?!门)|{OFFICE})")
ROLE_RE = re.compile(f"(?={FIRST})(?:{ROLES})")
OPINION = "的(?!话|发言|讲话|一番话|这番话|回答|答案|看法|说法|想法|感受|体会|理解|解释)"  # 他的看法很实在：
PLACE_RE = re.compile(f"[市县省区镇乡村州]|{OPINION}")  # what looks like a name is none
TOLD_RE = re.compile(f"的.*(?:{ROLES})")  # 在县委带动的村民: the tail tells of the next
FOUND_RE = re.compile(".*(?:[了着]|采访|专访|会见|邀请|走访)")  # 采访了某校院长
# 每每向客户介绍: a person, but not the one who speaks
HELD_RE = re.compile("(?:举行|召开|举办|发布|公布|印发)的")  # 11日举行的发布会
OBJECT_RE = re.compile("^[对为由以将从看听请边]|^一边|(?<![方动志走])向|[给跟把被让]")
ROLE_END_RE = re.compile("[员官师长者手人户商工医匠]")
# 口岸上的报关员: who does something, in any trade; the reporter is none of the speakers.
DOER_RE = re.compile("(?<![记笔作编或再前后两三二何全][员者])(?<=[员者])")
ONE = "(?:[一这那有]位|一[名家]|该)"
ONE_RE = re.compile(rf"[^，。]{{0,12}}?{ONE}[^，。“”]{{0,30}}?(?:{ROLES})(?!{OPINION}|[、和与兼])")
AT_HOME, JAPANESE = any_of(DATA["at_home"]), any_of(DATA["japanese"])
PRONOUN_RE = re.compile("[他她]们?|其(?!中|他|实|余)")

# Names: 张三 欧阳修 王师傅 张某 小李 青山弘基 皮埃尔·莫罗 拉赫曼
GIVEN = "(?:(?![的了着过是们这那很把被让给说来时后到在])[一-鿿]){1,2}"  # no such word in a name
SURNAME = f"(?!{any_of(DATA['not_names'])})(?:{any_of(DATA['surnames_of_two'])}|{_chars(DATA['surnames'])})"
COURTESY = any_of(DATA["by_courtesy"])
SOUND = "(?:(?![的了着过是们这那很把被让给说地在])[A-Z一-鿿]){1,8}"
DOTTED = f"{SOUND}(?:[·•・‧]{SOUND}){{1,3}}"
DOTTED_RE = re.compile(DOTTED)
NAME = (
    f"(?:{DOTTED}|{SURNAME}(?:{COURTESY}|{GIVEN})|[小老阿]{SURNAME}"
    f"|(?:{JAPANESE}|{AT_HOME})[一-鿿]{{0,3}}|{_chars(DATA['transliteration'])}{{2,8}})"
)
PLAIN_RE = re.compile(f"{DOTTED}|{SURNAME}(?:{COURTESY}|{GIVEN})")
NAMES_RE = re.compile(f"{NAME}(?:、{NAME})*")
SELF_RE = re.compile(rf"我是([^，。！“”]{{0,20}}?(?:{ROLES}))({NAME})(?=[，。！])")
COURTESY_RE = re.compile(f"(?<=的){SURNAME}(?:{COURTESY})$")
AFTER_NAME_RE = re.compile(any_of(DATA["titles_after_names"]))

# Between speaker and verb: 笑着  高兴地  10日在接受采访时  一边锁边一边
EDGE_RE = re.compile("[，。！？；：…—\n“”]")
TAIL_RE = re.compile(
    rf"(?:\d[\d月日]*日)?(?:{any_of(BETWEEN['adverbs'])}){{0,4}}(?:[^的地]{{2,4}}地)?"
    rf"(?:{any_of(BETWEEN['adverbs'])}){{0,3}}(?:(?:{any_of(BETWEEN['openers'])}).{{0,60}})?"
)
BETWEEN_RE = re.compile(
    "[在对向就从与给同跟当用也则还又却都曾便均已先只仍笑]|"
    + any_of(" ".join(w for w in BETWEEN["adverbs"].split() if len(w) > 1))
)
LEAD_RE = re.compile(
    rf"(?:{any_of(BETWEEN['leads'])}|有(?![位名个关人])|在[^的]{{2,20}}?[会坛访谈研][上中时]"
    r"|\d[\d年月日]*日(?:[上下]午)?){0,4}"
)


class Voice(NamedTuple):
    """Who speaks: where it stands, the name or phrase, what is before a name, and which of them."""

    at: int
    name: str
    title: str = ""
    sort: str = "phrase"  # phrase, name, pronoun


def read_voice(plain: str, clause: str, at: int) -> Voice | None:
    """Who speaks, in the clause from `at` to the verb: nothing but a tail may stand between."""
    lead = LEAD_RE.match(clause).end()
    pronoun = PRONOUN_RE.match(clause, lead)
    if pronoun and TAIL_RE.fullmatch(clause, pronoun.end()):
        return Voice(at + lead, pronoun[0], sort="pronoun")
    for m in HEAD_RE.finditer(clause, lead):
        rest = clause[m.end() :]
        told = TOLD_RE.search(rest) if m["role"] else ROLE_RE.search(rest)
        if TAIL_RE.fullmatch(rest.lstrip(ASIDE)) and not told:
            return _unnamed(plain, clause, at, (lead, m.start(), m.end()))
        if m["role"] and (end := _name_end(rest)):
            return named(plain, clause, at, (lead, m.end(), m.end() + end))
    for start in (lead, clause.rfind("的") + 1):  # 吴守田说  家住阳光小区的李芳说
        if end := _name_end(clause[start:]):
            return named(plain, clause, at, (start, start, start + end))
    return _unknown_role(plain, clause, at, lead)


def _unknown_role(plain: str, clause: str, at: int, lead: int) -> Voice | None:
    """Who speaks with a role that no list has: 报关员说  一位鼓手说  青橙网首席营销官吴守田说"""
    for m in ROLE_END_RE.finditer(clause, lead + 1):
        if TAIL_RE.fullmatch(clause, m.end()):
            one = re.match("[一这那有]位|一名", clause[lead:]) or DOER_RE.match(clause, m.end())
            return _unnamed(plain, clause, at, (lead, m.start(), m.end())) if one else None
        if end := _name_end(clause[m.end() :]):
            return named(plain, clause, at, (lead, m.end(), m.end() + end))
    return None


def _name_end(rest: str) -> int:
    """Where a name ends that a text begins with, if nothing but a tail follows; else 0.

    The longest that fits, but for one that ends in an adverb: 陈珠也  约翰·黄在  张磊乐呵呵地
    """
    longest = 24 if re.search("[·•・‧、]", rest[:24]) else 8
    names = (n for n in range(min(longest, len(rest)), 1, -1) if NAMES_RE.fullmatch(rest[:n]))
    fits = [n for n in names if TAIL_RE.fullmatch(rest[n:].lstrip(ASIDE))]
    fits = [n for n in fits if not HEAD_RE.search(rest, 0, n)]
    adverbs = [m.span() for m in BETWEEN_RE.finditer(rest, 1, longest + 2)]
    sure = [n for n in fits if not any(start < n <= end for start, end in adverbs)]
    return (sure or fits or [0])[0]


def named(plain: str, clause: str, at: int, cuts: tuple) -> Voice:
    """A voice with a name; of its title a clause that tells more of it is cut (听课的居民)."""
    lead, start, end = cuts
    more, of, title = clause[lead:start].rpartition("的")
    if of and not title or re.search("(?:企业|公司|集团|[局厅院校村镇县市区厂店])$", more):
        title = clause[lead:start] if title else ""
    title = FOUND_RE.sub("", title)  # its length counts: terms in it are covered
    title = plain[at + start - len(title) : at + start]
    return Voice(at + start, plain[at + start : at + end], title, "name")


def _unnamed(plain: str, clause: str, at: int, cuts: tuple) -> Voice | None:
    """A voice without a name (市商务局有关负责人, 《意见》), or with one before its title."""
    start, role, end = cuts
    if held := HELD_RE.match(clause, start, role):
        start = held.end()
    if clause[role:end] == "》":
        start = len(clause[:role].rstrip(ASIDE)) if clause[start] != "是" else end
    elif AFTER_NAME_RE.fullmatch(clause, role, end) and NAMES_RE.fullmatch(clause, start, role):
        return Voice(at + start, plain[at + start : at + role], clause[role:end], "name")
    elif (m := COURTESY_RE.search(clause, start, end)) and m.start() > start:  # 家住六楼的李女士
        return named(plain, clause, at, (start, m.start(), end))
    phrase = clause[start:end]
    if not phrase or OBJECT_RE.search(phrase) and "的" not in phrase:
        return None
    return Voice(at + start, plain[at + start : at + end])


def _is_trade(clause: str, end: int) -> bool:
    """Whether what looks like a name is what a role is of: 公寓 of 公寓管理员, not 习近平总书记."""
    return bool(ROLE_RE.match(clause, end) and not AFTER_NAME_RE.match(clause, end))


def open_voice(plain: str, clause: str, at: int) -> Voice | None:
    """Who a clause without a verb of speech begins with: 吴守田信心十足：  他的回答很干脆：

    Where a name ends is not sure here: it must stand elsewhere near in the text.
    """
    lead = LEAD_RE.match(clause).end()
    if m := PRONOUN_RE.match(clause, lead):
        return Voice(at + lead, m[0], sort="pronoun")
    if m := ONE_RE.match(clause, lead):
        return Voice(at + lead, plain[at + lead : at + m.end()])
    near, heads = plain[max(0, at - NEAR) : at + NEAR], [*HEAD_RE.finditer(clause, lead)]
    for start in (lead, *(m.end() for m in heads if m["role"])):
        dotted = DOTTED_RE.match(clause, start)
        for end in range(dotted.end() if dotted else min(start + 4, len(clause)), start + 1, -1):
            name = clause[start:end]
            known = near.count(re.split("[·•・‧]", name)[-1]) > 1
            if known and PLAIN_RE.fullmatch(name) and not HEAD_RE.search(name):
                place = PLACE_RE.match(clause, end) or _is_trade(clause, end)
                return None if place else named(plain, clause, at, (lead, start, end))
    found = ROLE_RE.finditer(clause, lead, lead + 14)
    ends = [m for m in found if not ROLE_RE.match(clause, m.end())]  # 党员干部: the last in a row
    if not ends or clause[ends[0].end() :][:1] in [*"的和与、及兼"]:
        return None
    return _unnamed(plain, clause, at, (lead, *ends[0].span()))
