"""speakers: the clause before a verb of speech → who speaks, with title and kind. See `read_voice`.

The words (titles, surnames, verbs, what may stand between) are in corpus/speakers.toml.
"""

import re
import tomllib
from bisect import bisect_left
from itertools import islice
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent / "corpus" / "speakers.toml"
DATA = tomllib.loads(FILE.read_text("utf-8"))
KINDS, BETWEEN = DATA["kinds"], DATA["between"]
TERM, ASIDE = "\ue001\ue002"  # what covers a “term”, and an （aside）
KNOWN = 100  # names of a text that pronouns are held against; more would cost too much time
NEAR, WINDOW = 3000, 400  # characters in which a name is looked for again, and a pronoun's person


def any_of(*lists: str) -> str:
    """A pattern for the words of some lists, the longest first."""
    return "|".join(sorted({w for x in lists for w in x.split()}, key=lambda w: (-len(w), w)))


def _chars(text: str) -> str:
    """A pattern for one of the characters of a list."""
    return "[" + "".join(sorted(set("".join(text.split())))) + "]"


BETWEEN = DATA["between"]
ROLES, BODIES = (any_of(*(kind[x] for kind in KINDS.values())) for x in ("roles", "bodies"))
HEAD_RE = re.compile(f"(?P<role>{ROLES})|{BODIES}")
ROLE_RE = re.compile(ROLES)
TITLE_RE = re.compile(f"(?:{ROLES})”?$")
TOLD_RE = re.compile(f"的.*(?:{ROLES})")  # 在县委带动的村民: the tail tells of the next
FOUND_RE = re.compile(".*(?:[了着]|采访|专访|会见|邀请|走访)")  # 记者采访了某校院长: the title begins
# 每每向客户介绍: a person, but not the one who speaks
OBJECT_RE = re.compile("^[对为由以将从看听请边]|^一边|(?<![方动志走])向|[给跟把被让]")
ROLE_END_RE = re.compile("[员官师长者手]")
ONE_RE = re.compile(rf"[^，。]{{0,12}}?(?:[一这那有]位|一名|该)[^，。“”]{{0,30}}?(?:{ROLES})(?![的、和与兼])")
KIND_OF = {
    word: name
    for x in ("signs", "bodies", "roles")
    for name, kind in KINDS.items()
    for word in kind[x].split()
}
DECIDES_RE = re.compile(any_of(*KIND_OF))
ABROAD_RE = re.compile(rf"(?:一[位名家]|来自)*(?:{any_of(KINDS['foreign']['signs'], KINDS['foreign']['bodies'])})(?![市语航])")
FOREIGN_RE = re.compile(rf"(?!{any_of(DATA['at_home'])}).*[·•・‧]|(?:{any_of(DATA['japanese'])})[一-鿿]{{2}}$")
AT_HOME_RE = re.compile("[县乡镇村旗]|新疆|西藏")  # a dotted name there is no foreigner's
THIS_RE = re.compile("(?:该|[这那][位名]|上述)(.+)")
PRONOUN_RE = re.compile("[他她]们?|其(?!中|他|实|余)")

# Names: 张三 欧阳修 王师傅 张某 小李 青山功基 布瑞恩·阿格纽 拉赫蒙
GIVEN = "(?:(?![的了着过是们这那很把被让给说来时后到在])[一-鿿]){1,2}"  # no such word in a name
SURNAME = f"(?:{any_of(DATA['surnames_of_two'])}|{_chars(DATA['surnames'])})"
DOTTED = "[A-Z一-鿿]{1,8}(?:[·•・‧][A-Z一-鿿]{1,8}){1,3}"
DOTTED_RE = re.compile(DOTTED)
NAME = (
    rf"(?:{DOTTED}|{SURNAME}(?:{any_of(DATA['by_courtesy'])}|{GIVEN})|[小老阿]{SURNAME}"
    rf"|(?:{any_of(DATA['japanese'], DATA['at_home'])})[一-鿿]{{0,3}}|{_chars(DATA['transliteration'])}{{2,8}})"
)
NAMES_RE = re.compile(f"{NAME}(?:、{NAME})*")
FOLLOWS = set("刚正在是有带领从把对今告曾就也又还都却已将拿站坐走来到接看抱指望笑说的与和及")  # a name
SELF_RE = re.compile(rf"我是([^，。！“”]{{0,20}}?(?:{ROLES}))({NAME})(?=[，。！])")
TITLED_RE = re.compile(f"({ROLES})({SURNAME}{GIVEN})")
MENTION_RE = re.compile(rf"(?:一[位名]|有位)[^，。“”]{{0,30}}?(?:{ROLES})")
COURTESY_RE = re.compile(f"(?<=的){SURNAME}(?:{any_of(DATA['by_courtesy'])})$")
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
            return _named(plain, clause, at, (lead, m.end(), m.end() + end))
    for start in (lead, clause.rfind("的") + 1):  # 吴守田说  家住阳光小区的李芳说
        if end := _name_end(clause[start:]):
            return _named(plain, clause, at, (start, start, start + end))
    return _unknown_role(plain, clause, at, lead)


def _unknown_role(plain: str, clause: str, at: int, lead: int) -> Voice | None:
    """Who speaks with a role that no list has: 一位网格监督员说  青橙网首席营销官吴守田说"""
    for m in ROLE_END_RE.finditer(clause, lead + 1):
        if TAIL_RE.fullmatch(clause, m.end()):
            one = re.match("[一这那有]位|一名", clause[lead:])
            return Voice(at + lead, plain[at + lead : at + m.end()]) if one else None
        if end := _name_end(clause[m.end() :]):
            return _named(plain, clause, at, (lead, m.end(), m.end() + end))
    return None


def _name_end(rest: str) -> int:
    """Where a name ends that a text begins with, if nothing but a tail follows; else 0.

    The longest that fits, but for one that ends in an adverb: 陈珠也  约翰·黄在  张磊乐呵呵地
    """
    longest = 24 if re.search("[·•・‧、]", rest[:24]) else 8
    fits = [
        n
        for n in range(min(longest, len(rest)), 1, -1)
        if NAMES_RE.fullmatch(rest[:n])
        and not HEAD_RE.search(rest, 0, n)
        and TAIL_RE.fullmatch(rest[n:].lstrip(ASIDE))
    ]
    sure = [n for n in fits if not any(m.start() < n <= m.end() for m in BETWEEN_RE.finditer(rest, 1, n + 2))]
    return (sure or fits or [0])[0]


def _named(plain: str, clause: str, at: int, cuts: tuple) -> Voice:
    """A voice with a name; of its title a clause that tells more of it is cut (听课的居民)."""
    lead, start, end = cuts
    more, of, title = clause[lead:start].rpartition("的")
    if of and not title or re.search("(?:企业|公司|集团|[局厅院校村镇县市区厂店])$", more):
        title = clause[lead:start] if title else ""
    title = FOUND_RE.sub("", title)
    return Voice(at + start, plain[at + start : at + end], plain[at + start - len(title) : at + start], "name")


def _unnamed(plain: str, clause: str, at: int, cuts: tuple) -> Voice | None:
    """A voice without a name (市商务局有关负责人, 《意见》), or with one before its title."""
    start, role, end = cuts
    if clause[role:end] == "》":
        start = len(clause[:role].rstrip(ASIDE)) if clause[start] != "是" else end
    elif AFTER_NAME_RE.fullmatch(clause, role, end) and NAMES_RE.fullmatch(clause, start, role):
        return Voice(at + start, plain[at + start : at + role], clause[role:end], "name")
    elif (m := COURTESY_RE.search(clause, start, end)) and m.start() > start:  # 家住六楼的李女士
        return _named(plain, clause, at, (start, m.start(), end))
    phrase = clause[start:end]
    if not phrase or OBJECT_RE.search(phrase) and "的" not in phrase:
        return None
    return Voice(at + start, plain[at + start : at + end])




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
    for start in (lead, *(m.end() for m in heads)):
        dotted = DOTTED_RE.match(clause, start)
        for end in range(dotted.end() if dotted else min(start + 4, len(clause)), start + 1, -1):
            name = clause[start:end]
            if NAMES_RE.fullmatch(name) and near.count(re.split("[·•・‧]", name)[-1]) > 1:
                return _named(plain, clause, at, (lead, start, end))
    for m in ROLE_RE.finditer(clause, lead):  # 社区党委书记: the last of several in a row
        if m.start() < lead + 12 and not ROLE_RE.match(clause, m.end()):
            apart = clause[m.end() : m.end() + 1] in [*"的和与、及兼"]
            return None if apart else _unnamed(plain, clause, at, (lead, *m.span()))
    return None


def find_people(plain: str, cover: str, voices: list[Voice]) -> dict[str, tuple]:
    """Each name that speaks or stands behind a title in a text: its fullest form and its title."""
    named = [v for v in voices if v.sort == "name"]
    people = {v.name: (v.name, v.title) for v in reversed(named) if v.title}
    for v in named:
        if v.name not in people and len(people) < KNOWN:
            people[v.name] = _presented(plain, cover, v.name)
    titled = {m[2]: m for m in TITLED_RE.finditer(plain)}
    for m in islice(titled.values(), KNOWN):
        for name in (m[2][:3], m[2][:2]):
            after = plain[(end := m.start(2) + len(name)) : end + 1]
            bounded = not after.isalpha() or after in FOLLOWS and name[-1] not in FOLLOWS
            if len(people) < KNOWN and (bounded or plain.count(name) > 1):
                people.setdefault(name, _presented(plain, cover, name))
                break
    return people


def _presented(plain: str, cover: str, name: str) -> tuple:
    """The fullest form of a name (卡雷尔·诺瓦克), and the title before it where it has one."""
    full, at = name, -1
    m = re.search(f"[^，。\n]{{1,40}}[·•・‧](?={re.escape(name)})", plain)
    if m and (heads := [h.end() for h in HEAD_RE.finditer(m[0])]):
        full = m[0][heads[-1] :] + name
    for _ in range(5):
        at = plain.find(full, at + 1)
        clause = EDGE_RE.split(cover[max(0, at - 60) : max(0, at)])[-1]
        if at > 0 and TITLE_RE.search(plain[max(0, at - 20) : at]):
            lead = LEAD_RE.match(clause).end()
            return full, _named(plain, clause, at - len(clause), (lead, len(clause), len(clause))).title
        if at < 0:
            break
    return full, ""


def resolve(cover: str, voice: Voice, people: dict, voices: list[Voice]) -> tuple:
    """(name, title) of a voice: the name in full, the title from elsewhere, the person of a pronoun.

    voices: all of the text that are no pronouns, in order.
    """
    if voice.sort == "pronoun" and len(voice.name) == 1:
        voice = _referent(cover, voice, people, voices)
    if voice.sort != "name":
        return voice.name, _meant(voice, voices)
    full, title = people.get(voice.name) or (voice.name, "")
    return full, voice.title or title


def _meant(voice: Voice, voices: list[Voice]) -> str:
    """Whom 该负责人 or 这位负责人 means: the last speaker before whose phrase or title ends so."""
    if not (m := THIS_RE.match(voice.name)):
        return ""
    i = bisect_left(voices, (voice.at,))
    before = (v.title + v.name for v in reversed(voices[max(0, i - 9) : i]) if (v.title or v.name).endswith(m[1]))
    return next((phrase for phrase in before if not THIS_RE.match(phrase)), "")


def _referent(cover: str, pronoun: Voice, people: dict, voices: list[Voice]) -> Voice:
    """The one person named before a pronoun in its paragraph, or else in the one before.

    Of several, the last, if it is who spoke last in this paragraph. The pronoun itself, where
    somebody else stands there whose name we cannot tell.
    """
    end = pronoun.at
    for here in (True, False):
        start = max(0, end - WINDOW, cover.rfind("\n", max(0, end - WINDOW), end) + 1)
        window = cover[start:end]
        spoke = voices[bisect_left(voices, (start,)) : bisect_left(voices, (end,))]
        found = {
            name: Voice(start + i, name, sort="name")
            for name in islice(people, KNOWN)
            if (i := window.rfind(name)) >= 0
        }
        found |= {m[0]: Voice(start + m.start(), m[0]) for m in MENTION_RE.finditer(window)}
        found |= {v.name: v for v in spoke}
        once = [v for v in found.values() if not any(v.name != x and v.name in x for x in found)]
        stranger = any(not m[2].startswith(tuple(found)) for m in TITLED_RE.finditer(window))
        if len(once) == 1 and not stranger:
            return once[0]
        if once or stranger or HEAD_RE.search(window):
            last = max(once, key=lambda v: v.at, default=None)
            said = here and spoke and not stranger and spoke[-1].name == last.name
            return last if said else pronoun
        end = start - 1
    return pronoun


def kind_of(name: str, title: str) -> str:
    """The kind of a speaker, by the rightmost word of title and name that has one.

    >>> kind_of("市商务局有关负责人", ""), kind_of("王日新", "白河县委书记"), kind_of("一位东盟客商", "")
    ('official', 'party', 'foreign')
    """
    phrase = title or name
    if ABROAD_RE.match(phrase):
        return "foreign"
    if FOREIGN_RE.match(name) and not AT_HOME_RE.search(title):
        return "foreign"
    kinds = [KIND_OF[m[0]] for m in DECIDES_RE.finditer(phrase)]
    return next((k for k in reversed(kinds) if k not in ("unknown", "foreign")), "unknown")
