"""quotes: articles → who says what. See the `find_quotes` function.

A text is read with its quotations covered, so that what stands in them tells nothing of who speaks.
A saying is a verb of speech with its speaker before it. A quotation belongs to the saying before
it in its sentence, or right behind it, or in the sentence before; words in quotation marks that
belong to none are terms, slogans or titles, and no quotations. The words are in speakers.toml.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

import pandas as pd

from helpers.kept import find_in
from helpers.letters import as_printed, in_known_letters
from helpers.people import find_people, kind_of, resolve
from helpers.quoted import FINAL, TERM, cover_marked, find_marked, is_said
from helpers.speakers import (
    DATA,
    EDGE_RE,
    LEAD_RE,
    NEAR,
    ONE_RE,
    SELF_RE,
    TAIL_RE,
    Voice,
    any_of,
    open_voice,
    read_voice,
)

TYPES = dict.fromkeys(["speaker", "title", "verb", "text", "start", "kind", "by"], "str")
TYPES["start"] = "int"
COLUMNS = ["article", *TYPES]
REACH = 80  # characters before a verb in which its speaker stands
# The verb and what stands behind it; not 来说 听说 也就是说 说明 人称 简称 宣讲 询问.
SAID_RE = re.compile(
    rf"""(?P<verb>告诉[^，。：；“”\n]{{0,8}}?[记笔]者|{any_of(*DATA["verbs"].values())}
    |(?<![来听据小传解演游话实学虽再是好])说(?![明法话服教唱书理]) | (?<![学疑提询顾访请慰])问(?=了?(?:一句|一声)?[，：“])
    |(?<![简名号职人被统通自俗尊宣堪可])称(?=[，：“]) | (?<![宣演听])讲(?=[，：“。]))
    (?P<mark>[，。：；！？…]?)""",
    re.VERBOSE,
)
REPORTED = {*DATA["verbs"]["reported"].split(), *"说称"}
GENERIC = {"有人", "他们", "她们", "人们", "其"}
RAW_RE = re.compile(  # 摊主: no word that begins or parts a clause
    "(?![不没未这那话就据如每])(?:(?![对向给跟把被让从在与和同为的了])[一-鿿]){2,6}(?<!记者|会上)"
)
NOT_SAID = DATA["not_said"]
NOT_SAID_RE = re.compile(f"{any_of(NOT_SAID['anywhere'])}|(?:{any_of(NOT_SAID['last'])})$")

ENDS = "。！？…\n”"  # of a sentence, where quotations are covered
STRAIGHT_RE = re.compile('"([^"\n]*)"')
BEHIND_RE = re.compile("，?([^。！？；…\n“”]{0,90})")
CONTENT_RE = re.compile("[^。！？…\n“”]{0,400}(?=[。！？…\n“”]|$)")  # a sentence; no longer one is
WORDS_RE = re.compile(
    "(.{2,20}?)(?:的(?:话|一番话|这番话|这句话|心声)|一句话)"
)  # “…。”吴守田的话说出…
ALONE_RE = re.compile("我(?![国省市县区])|咱|您")
# A scene before the speaker: 近日，  在南塘县柳荫小区，  傍晚的凉亭里，
SCENE_RE = re.compile(
    r"(?:[在当面谈看望站走坐随对如\d]|说起|提起).*|.*(?:[日时后里上中前下旁边间处天晨午晚际内年月]|以来|之余)|.{0,3}"
)


class Saying(NamedTuple):
    """A verb of speech and its speaker: where verb and mark stand."""

    at: int
    end: int
    verb: str
    mark: str
    voice: Voice


def find_quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per quotation: article, speaker, title, verb, text, start, kind, by.

    speaker: the name, else the phrase as printed (市商务局有关负责人); title: what stands before the
    name, here or elsewhere in the article; text: its words from `start`. kind: direct, in quotation
    marks, or reported, from 说， to the end of the sentence. Each part of a broken quotation
    (“…”他说，“…”) is a row. 他 and 她 are the one person last named, if there is but one.
    by: official, party, business, expert, resident, worker, foreign, document or unknown, after the
    rightmost word of title and phrase that speakers.toml gives a kind; a country in front decides.
    verb is empty where the speaker stands behind his words with none.

    >>> articles = pd.DataFrame([{"article": "p#01", "text": "“路通了。”镇长王强说，还要架桥。"}])
    >>> find_quotes(articles)[["speaker", "title", "text", "kind"]].values.tolist()
    [['王强', '镇长', '路通了。', 'direct'], ['王强', '镇长', '还要架桥', 'reported']]
    """
    return find_in(articles, TYPES, ["text"], _of_article)


def _of_article(article: dict) -> list[tuple]:
    """The rows of one article, in the order of its text."""
    text = article["text"] or ""
    plain = in_known_letters(STRAIGHT_RE.sub(r"“\1”", text))
    quotations = find_marked(plain)
    said = [q for q in quotations if is_said(plain, *q)]
    cover = cover_marked(plain, quotations, said)
    sayings = [s for m in SAID_RE.finditer(cover) if (s := _saying(plain, cover, m))]
    found = [
        (start + 1, end - 1, "direct", *by)
        for (start, end), by in zip(said, _attribute(plain, cover, said, sayings), strict=True)
        if by
    ]
    spans = ((s, _reported(cover, s)) for s in sayings)
    found += [(*span, "reported", s.voice, s.verb) for s, span in spans if span]
    voices = sorted({f[3] for f in found if f[3].sort != "pronoun"})
    people, rows, printed = find_people(plain, cover, voices), [], as_printed(text, plain)
    for start, end, kind, voice, verb in sorted(found):
        name, title = resolve(cover, voice, people, voices)
        if name and (kind == "direct" or _is_known(plain, name, title, voice)):
            by = kind_of(name, title)
            name, title, verb = (x.translate(printed) for x in (name, title, verb))
            rows.append((name, title or None, verb, text[start:end], start, kind, by))
    return rows


def _is_known(plain: str, name: str, title: str, voice: Voice) -> bool:
    """Whether words without marks are somebody's: 简单 of 简单说 looks like a name, and is none."""
    if voice.sort != "name" or title:
        return name not in GENERIC
    near = plain[max(0, voice.at - NEAR) : voice.at + NEAR]
    return len(name) > 2 and near.count(name) > 1


def _saying(plain: str, cover: str, m: re.Match) -> Saying | None:
    """The saying of a verb, where whoever speaks stands before it in its clause."""
    left = max(0, m.start() - REACH)
    clause = EDGE_RE.split(cover[left : m.start()])[-1]
    if not clause or len(clause) == REACH:
        return None
    voice = read_voice(plain, clause, m.start() - len(clause))
    return voice and Saying(m.start(), m.end(), m["verb"], m["mark"], voice)


def _attribute(plain: str, cover: str, said: list, sayings: list) -> list:
    """(voice, verb) of each quotation, or None."""
    index, found = (sayings, [s.at for s in sayings]), []
    for k, (start, end) in enumerate(said):
        touches = k > 0 and said[k - 1][1] == start
        by = _before(plain, cover, (start, end), index) or _behind(plain, cover, end, index)
        if not by and (touches or k and _goes_on(cover, said[k - 1][1], start)):
            by = found[-1]
        if not by and plain[end - 2] in FINAL:
            by = _earlier(cover, start, index) or _itself(plain, start, end)
            by = by or _alone(plain, start, end)
        found.append(by)
    for k in range(len(said) - 2, -1, -1):  # “…。”“…。”某某说: the second's is the first's
        if not found[k] and said[k][1] == said[k + 1][0]:
            found[k] = found[k + 1]
    return found


def _goes_on(cover: str, end: int, start: int) -> bool:
    """Whether a quotation goes on one before it in the same sentence: “…”老农户举起了手，“…”"""
    between = cover[end:start] if start - end < REACH else ENDS
    return between.endswith(("，", "：")) and not set(ENDS) & set(between)


def _last(cover: str, end: int, index: tuple) -> Saying | None:
    """The last saying of the sentence that runs to `end`."""
    sayings, ats = index
    start = 1 + max(cover.rfind(c, max(0, end - 300), end) for c in ENDS)
    i = bisect_left(ats, end) - 1
    return sayings[i] if i >= 0 and ats[i] >= start else None


def _before(plain: str, cover: str, span: tuple, index: tuple) -> tuple | None:
    """Who speaks before a quotation in its sentence: 某某说：“…”  某某介绍，…，“…”  他的回答很干脆：“…”"""
    start, mark = span[0], cover[max(0, span[0] - 1) : span[0]]
    saying = _last(cover, start, index)
    if saying and (saying.end == start or mark in "：，—"):
        return saying.voice, saying.verb
    if mark != "：" or plain[span[1] - 2] not in FINAL:
        return None
    end, sentence = start - 1, re.split(f"[{ENDS}]", cover[max(0, start - REACH) : start - 1])[-1]
    if NOT_SAID_RE.search(sentence):
        return None
    for clause in reversed(EDGE_RE.split(sentence)):  # 总经理马同伟，直接从机场赶到会场：“…”
        place = plain, clause, end - len(clause)
        if voice := read_voice(*place) or open_voice(*place):
            return voice, ""
        end -= len(clause) + 1
    return None


def _behind(plain: str, cover: str, end: int, index: tuple) -> tuple | None:
    """Who speaks behind a quotation: “…”某某说  “…”近日，某某说  “…”一位车主打开手机给记者看"""
    sayings, ats = index
    zone = BEHIND_RE.match(cover, end)
    i = bisect_left(ats, zone.start(1))
    if i < len(ats) and ats[i] < zone.end():
        s = sayings[i]
        scene = cover[zone.start(1) : s.voice.at].split("，")[:-1]
        if all(SCENE_RE.fullmatch(x) for x in scene):
            return s.voice, s.verb
    clauses, at = zone[1].split("，"), zone.start(1)
    while len(clauses) > 1 and SCENE_RE.fullmatch(clauses[0]):
        at += len(clauses.pop(0)) + 1
    return _loosely(plain, cover, end, (clauses[0], at, zone.end()))


def _loosely(plain: str, cover: str, end: int, zone: tuple) -> tuple | None:
    """Who speaks behind a quotation where no clause is just speaker and verb, in the first of them.

    Its verb may come later (社区民警把老人拢到一起，从一条短信讲起), or not at all (一位车主打开手机给
    记者看); or its subject is none that we know (摊主说): behind a quotation that will do.
    """
    clause, at, last = zone
    m = SAID_RE.search(cover, at, last + 1)
    voice = open_voice(plain, clause, at)
    if not m:
        if (words := WORDS_RE.match(clause)) and (other := read_voice(plain, words[1], at)):
            return other, "话"
        sure = voice and (voice.sort == "name" or ONE_RE.match(clause))
        return (voice, "") if sure and plain[end - 2] in FINAL else None
    if voice:
        return voice, m["verb"]
    lead, stop = LEAD_RE.match(clause).end(), m.start() - at
    for n in range(2, 7):
        if lead + n <= stop <= len(clause) and TAIL_RE.fullmatch(clause, lead + n, stop):
            raw = clause[lead : lead + n]
            sure = m["mark"] and RAW_RE.fullmatch(raw)
            return (Voice(at + lead, raw), m["verb"]) if sure else None
    return None


def _earlier(cover: str, start: int, index: tuple) -> tuple | None:
    """Who speaks in the sentence before a quotation that is a sentence of its own."""
    if cover[max(0, start - 1) : start] not in FINAL:
        return None
    saying = _last(cover, start - 1, index)
    return saying and (saying.voice, saying.verb)


def _itself(plain: str, start: int, end: int) -> tuple | None:
    """Who says his own name: “大家好，我是柳荫社区第一书记吴守田，…”"""
    m = SELF_RE.search(plain, start, end)
    return m and (Voice(m.start(2), m[2], m[1], "name"), "")


def _alone(plain: str, start: int, end: int) -> tuple | None:
    """Nobody yet, for words of an I to a you that stand alone: 王强抬起头。“我不走。” See `resolve`."""
    said = plain[max(0, start - 1) : start] in FINAL and ALONE_RE.search(plain, start, end)
    return (Voice(start, "", sort="pronoun"), "") if said else None


def _reported(cover: str, saying: Saying) -> tuple | None:
    """From where to where the words stand that a saying reports without quotation marks."""
    if (
        saying.verb not in REPORTED
        and saying.verb[-1] not in "说称道者"
        or saying.mark not in ("，", "：")
    ):
        return None
    if cover[saying.at - 1] == "边":  # 一边说，一边蹲下身去
        return None
    m = CONTENT_RE.match(cover, saying.end)
    if not m or not m[0].strip(TERM) or cover[m.end() : m.end() + 1] == "”":
        return None
    content = m[0].rstrip("，；：—")
    return (saying.end, saying.end + len(content)) if len(content) >= 4 else None
