"""people: the voices of a text → who each is, in full, with title and kind. See `resolve`."""

import re
from bisect import bisect_left
from itertools import islice

from helpers.speakers import (
    AFTER_NAME_RE,
    AT_HOME,
    EDGE_RE,
    GIVEN,
    HEAD_RE,
    JAPANESE,
    KINDS,
    LEAD_RE,
    ROLES,
    SURNAME,
    Voice,
    any_of,
    named,
)

KNOWN = 100  # names of a text that pronouns are held against; more would cost too much time
WINDOW = 400  # characters before a pronoun in which its person is looked for
FOLLOWS = set(  # what stands behind a name
    "刚正在是有带领从把对今告曾就也又还都却已将拿站坐走来到接看抱指望笑说的与和及"
)
TITLE_RE = re.compile(f"(?:{ROLES})”?$")
LISTS = [(name, kind[x]) for x in ("signs", "bodies", "roles") for name, kind in KINDS.items()]
KIND_OF = {word: name for name, words in LISTS for word in words.split()}
DECIDES_RE = re.compile(any_of(*KIND_OF))
ABROAD = any_of(KINDS["foreign"]["signs"], KINDS["foreign"]["bodies"])
ABROAD_RE = re.compile(f"(?:^|一[位名家]|来自)({ABROAD})(?![市语航])")
FOREIGN_RE = re.compile(f"(?!{AT_HOME}).*[·•・‧]|(?:{JAPANESE})[一-鿿]{{2}}$")
AT_HOME_RE = re.compile("[县乡镇村旗]|新疆|西藏")  # a dotted name there is no foreigner's
# 吴守田是海川公司总经理，  李芳担任园长。
IS_RE = re.compile(
    rf"(?:是(?!不|否|个|由)|担任|出任|现任|当选)(?:了|一[名位家])?([^，。；、“”的\n]{{0,24}}?(?:{ROLES}))(?=[，。；])"
)
THIS_RE = re.compile("(?:该[位名]?|[这那][位名]|上述)(.+)")
TITLED_RE = re.compile(f"({ROLES})({SURNAME}{GIVEN})")
MENTION_RE = re.compile(rf"(?:一[位名]|有位)[^，。“”]{{0,30}}?(?:(?:{ROLES}){{1,3}}|员|(?<!记)者)")
BORN_RE = re.compile(f"({ABROAD}|外)籍")  # 马来西亚籍研究员


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
    """The fullest form of a name (卡雷尔·诺瓦克), and its title: before it, else behind it."""
    full, title, at = name, "", -1
    m = re.search(f"[^，。\n]{{1,40}}[·•・‧](?={re.escape(name)})", plain)
    if m and (heads := [h.end() for h in HEAD_RE.finditer(m[0])]):
        full = m[0][heads[-1] :] + name
    for _ in range(12):
        at = plain.find(full, at + 1)
        clause = EDGE_RE.split(cover[max(0, at - 60) : max(0, at)])[-1]
        if at > 0 and TITLE_RE.search(plain[max(0, at - 20) : at]):
            lead = LEAD_RE.match(clause).end()
            cuts = lead, len(clause), len(clause)
            return full, named(plain, clause, at - len(clause), cuts).title
        if at < 0:
            break
        office = plain[max(0, at - 1)] not in "和与跟" and IS_RE.match(plain, at + len(full))
        behind = office or AFTER_NAME_RE.match(plain, at + len(full))
        title = title or (behind[behind.lastindex or 0] if behind else "")
    return full, title


def resolve(cover: str, voice: Voice, people: dict, voices: list[Voice]) -> tuple:
    """(name, title) of a voice: in full, the title from elsewhere, the person of a pronoun.

    voices: all of the text that are no pronouns, in order.
    """
    if voice.sort == "pronoun" and len(voice.name) < 2:
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
    before = [v for v in voices[max(0, i - 9) : i] if (v.title or v.name).endswith(m[1])]
    return next((v.title + v.name for v in before[::-1] if not THIS_RE.match(v.name)), "")


def _referent(cover: str, pronoun: Voice, people: dict, voices: list[Voice]) -> Voice:
    """The one person named before a pronoun in its paragraph, or else in the one before.

    Of several, the last, if it is who spoke last in this paragraph. The pronoun itself, where
    somebody else stands there whose name we cannot tell. Of words that stand alone (no pronoun
    either) only the paragraph is read, and behind the person nobody may come in.
    """
    end = pronoun.at
    for here in (True, False) if pronoun.name else (True,):
        start = max(0, end - WINDOW, cover.rfind("\n", max(0, end - WINDOW), end) + 1)
        spoke = voices[bisect_left(voices, (start,)) : bisect_left(voices, (end,))]
        found = _mentioned(cover[start:end], start, people) | {v.name: v for v in spoke}
        once = [v for v in found.values() if not any(v.name != x and v.name in x for x in found)]
        strangers = (m[2] for m in TITLED_RE.finditer(cover, start, end))
        if any(not name.startswith(tuple(found)) for name in strangers):
            return pronoun
        alone = not pronoun.name
        if alone and (len(once) != 1 or HEAD_RE.search(cover, once[0].at + len(once[0].name), end)):
            return pronoun
        if len(once) > 1:
            last = max(once, key=lambda v: v.at)
            return last if here and spoke and spoke[-1].name == last.name else pronoun
        if once or HEAD_RE.search(cover, start, end):
            return once[0] if once else pronoun
        end = start - 1
    return pronoun


def _mentioned(window: str, at: int, people: dict) -> dict[str, Voice]:
    """The people of a text who stand in a window of it, and whoever is brought in there (一位…)."""
    known = ((x, window.rfind(x)) for x in islice(people, KNOWN))
    found = {x: Voice(at + i, x, sort="name") for x, i in known if i >= 0}
    return found | {m[0]: Voice(at + m.start(), m[0]) for m in MENTION_RE.finditer(window)}


def kind_of(name: str, title: str) -> str:
    """The kind of a speaker, by the rightmost word of title and name that has one.

    >>> kind_of("市商务局有关负责人", ""), kind_of("梁永安", "青石镇党委书记"), kind_of("一位东盟客商", "")
    ('official', 'party', 'foreign')
    """
    return told_by(name, title)[0]


def told_by(name: str, title: str) -> tuple[str, str]:
    """The kind of a speaker and the word that tells it, · for a name that is foreign by its form.

    >>> told_by("市商务局有关负责人", ""), told_by("梁永安", "")
    (('official', '局'), ('unknown', ''))
    """
    phrase = title or name
    if m := ABROAD_RE.search(phrase) or BORN_RE.search(phrase):
        return "foreign", m[1]
    if FOREIGN_RE.match(name) and not AT_HOME_RE.search(title):
        return "foreign", "·"
    words = [m[0] for m in DECIDES_RE.finditer(phrase)]
    known = [w for w in words if KIND_OF[w] not in ("unknown", "foreign")]
    return (KIND_OF[known[-1]], known[-1]) if known else ("unknown", "")
