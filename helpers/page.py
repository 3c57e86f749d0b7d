"""page: one page's text → its lines, each with a kind, and its articles. See `read_page`.

Every unit of the page (a heading, a paragraph, part of one) is given evidence for what it may be;
the best reading of the whole page wins, not the first that fits. EVIDENCE holds the rules,
AFTER what may follow what.
"""

import math
import re
from itertools import pairwise
from typing import NamedTuple

from helpers.blocks import MARKDOWN_RE, Unit, cut_units, is_complete, unmatched
from helpers.byline import credits_of
from helpers.clean import HAN, INVISIBLE_RE, bare, clean
from helpers.evidence import weigh
from helpers.forms import LEAD_RE
from helpers.lexicon import gain

KINDS = {  # label of a unit → kind of its lines
    "jump": "jump_line", "lead": "byline", "byline": "byline", "tail": "byline",
    "credit": "byline", "signed": "byline", "signature": "byline", "code": "column_code", "more": "body", "open": "body",
    "resume": "body", "story": "caption",
}  # fmt: skip
HEADS = ("furniture", "kicker", "headline", "deck", "byline", "lead")
OPENERS = {"furniture": -0.2, "jump": 0, "kicker": 0, "headline": 0, "open": 0, "story": 0,
           "byline": -1, "lead": -1, "slogan": -1}  # fmt: skip
TEXT = {"body": 0, "more": 0, "crosshead": 0}
CLOSE = {"tail": 0, "signature": -1, "code": 0, "credit": -2, "signed": -3, "jump": 0, "end": 0}
ORPHAN = {k: v - 3 for k, v in OPENERS.items()} | {"end": -2}
AFTER = {  # what may follow what, and how readily
    "start": OPENERS | {"crosshead": -3},
    "furniture": OPENERS | {"furniture": -0.5, "open": -1.5, "byline": -1, "end": -0.5},
    "jump": OPENERS | TEXT | {"headline": -1, "byline": -2, "end": 0},
    "kicker": {"headline": 0, "kicker": -3},
    "headline": ORPHAN | {"deck": 0, "byline": 0, "lead": 1, "body": 0, "caption": 2.5, "jump": -1,
                          "headline": -2.5, "crosshead": -3},
    "deck": ORPHAN | {"byline": 0, "lead": 0.5, "body": 0, "deck": -1, "caption": 1.5,
                      "crosshead": -2},
    "byline": {"body": 0, "lead": -1, "byline": 0, "caption": -0.5, "deck": -2, "crosshead": -2},
    "lead": {"body": 0},
    "body": {k: v - 0.5 for k, v in OPENERS.items()} | TEXT | CLOSE | {"caption": -1},
    "crosshead": {"body": 0, "byline": -1, "caption": -1, "crosshead": -3},
    "caption": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5, "story": -6},
    "story": OPENERS | {"caption": 0, "code": 0, "signed": 0, "story": -4, "end": 0},
    "credit": OPENERS | TEXT | CLOSE | {"credit": 0, "caption": -0.5},
    "signed": {k: v + 2 for k, v in OPENERS.items()} | {"code": 0, "end": 0},
    "tail": OPENERS | {"tail": 0, "code": 0, "credit": -1, "byline": -1, "body": -5, "end": 0},
    "code": OPENERS | {"credit": 0, "signed": 0, "body": -5, "caption": 0, "end": 0},
    "signature": {k: v + 2 for k, v in OPENERS.items()} | {"code": 0, "tail": 0, "end": 0},
    "slogan": OPENERS | {"slogan": 0, "end": 0},
}  # fmt: skip
for _head in ("headline", "deck", "kicker", "crosshead"):
    AFTER[_head]["over"] = 0
AFTER["over"] = AFTER["headline"] | AFTER["deck"] | AFTER["crosshead"] | {"body": 0, "headline": -1}
AFTER["more"] = AFTER["open"] = AFTER["resume"] = AFTER["body"]
NEVER, UNFORESEEN, NOTHING = -1e6, -40.0, (0.0,)
TWO_HALVES_RE = re.compile(rf"[^ ]{{3,}}[{HAN}][ \u3000][{HAN}][^ ]{{3,}}")
LATIN_RE = re.compile("[A-Za-z]{2}")
SOLID_RE = re.compile(rf"(?:(?!{INVISIBLE_RE.pattern})\S)+")
# A paragraph that stops in mid-sentence runs on; whatever else follows it interrupts it.
SEAM = {"more": 3, "body": -5, "crosshead": -5} | {k: v - 2.5 for k, v in OPENERS.items()}
SEAM |= {"caption": -2, "tail": -2, "end": 0, "jump": 0, "code": -3, "credit": -3, "signed": -3}
AFTER_CUT = AFTER | {k: AFTER[k] | SEAM for k in ("body", "more", "open")}
AFTER_CUT["caption"] = AFTER["caption"] | {"more": 1}
AFTER = {k: {b: v - 9 * (b == "more") for b, v in s.items()} for k, s in AFTER.items()}


HEAD_LABELS = {"furniture", "kicker", "headline", "deck", "byline", "over"}


def _turned(steps: dict) -> dict:
    """What may stand before what."""
    found = {}
    for before, after in steps.items():
        for label, score in after.items():
            found.setdefault(label, {})[before] = score
    return found




class Line(NamedTuple):
    """A run of one kind on one source line. line from 1, columns from 0, end exclusive."""

    line: int
    start_col: int
    end_col: int
    kind: str
    article: int | None  # number on the page, from 1
    rule: str
    confidence: float


class Article(NamedTuple):
    """One article of a page, as `articles` of `load_articles` shows it."""

    number: int
    kicker: str | None
    headline: str | None
    deck: str | None
    byline: str | None
    column_title: str | None
    reporters: list
    correspondents: list
    photographers: list
    agency: str | None
    dateline_place: str | None
    dateline_date: str | None
    continued_from: str | None
    continues_to: str | None
    cut: str | None
    text: str
    origin: list  # [start, line, column]: from `start` on, the text stands there on the page
    captions: list
    spans: list  # [first_line, last_line]
    confidence: float


class Reading(NamedTuple):
    """A unit with its label, the rule that weighed most, how sure it is, and its article."""

    unit: Unit
    label: str
    rule: str
    confidence: float
    article: int | None


def read_page(text: str) -> tuple[list[Line], list[Article]]:
    """The lines and the articles of one page, in page order.

    >>> lines, articles = read_page("# 网络安全周启动\\n\\n本报讯（记者 王一）活动今日启动。\\n")
    >>> articles[0].headline, articles[0].reporters, articles[0].text
    ('网络安全周启动', ['王一'], '活动今日启动。')
    """
    units, labels = join_heads(*best_labels(cut_units(text)))
    readings = number(units, raise_lone_heads(number(units, labels)))
    readings = join_interrupted(attach_heads(readings))
    lines = [x for r in readings for x in _lines(r)]
    numbers = sorted({r.article for r in readings if r.article})
    return lines, [_article(n, [r for r in readings if r.article == n]) for n in numbers]


def best_labels(units: list[Unit]) -> tuple[list[Unit], list[tuple[str, str, float]]]:
    """The units, and (label, rule, confidence) of each in the best reading of the page (Viterbi 1967).

    confidence: how much better the page reads with this label than with any other here.
    """
    weights = weigh(units)
    steps = _all_steps(units, weights)
    ahead = _best_scores(steps, "start")
    behind = _best_scores([_turned(s) for s in reversed(steps)], "end")[-2::-1]
    chosen, label = [], "start"
    for i, (options, opening) in enumerate(weights):
        reach = {k: behind[i].get(k, NEVER) + w for k, w in steps[i][label].items()}
        before, label = label, max(reach, key=reach.get)
        through = [ahead[i].get(k, NEVER) + behind[i].get(k, NEVER) for k in options if k != label]
        margin = ahead[i][label] + behind[i][label] - max(through, default=NEVER)
        sure = 1 / (1 + math.exp(-max(-9.0, min(9.0, margin))))
        reason = options[label]
        if before not in HEAD_LABELS and opening.get(label, (0, ""))[0] > reason[0] / 2:
            reason = opening[label]
        chosen.append((label, reason[1], round(sure, 2)))
    return units, chosen


def _all_steps(units: list[Unit], weights: list) -> list[dict]:
    """For each unit {label before: {label: weight}}, its own weight and that of what it follows.

    A last step leads to the end of the page.
    """
    before, cut, steps = ("start",), False, []
    for u, after_it, (options, opening) in zip(units, [*units[1:], None][: len(units)], weights, strict=True):
        after = AFTER_CUT if cut else AFTER
        steps.append({b: _step(after[b], options, {} if b in HEAD_LABELS else opening)
                      for b in before})  # fmt: skip
        before, cut = tuple(options), not u.kind and _stops_short(u, after_it)
    return [*steps, {b: {"end": AFTER[b].get("end", -6.0)} for b in before}]


def _stops_short(u: Unit, after: Unit | None) -> bool:
    """Whether a paragraph goes on after a unit: no closing mark, or a quotation that the next closes."""
    if after and u.text.endswith(("：", ":")) and after.gap > 0 and after.raw.lstrip()[:1] in "“「—":
        return False
    runs_on = after and unmatched(u.text)[1] and unmatched(after.text)[0]
    return not is_complete(u.text) or bool(runs_on)


def _step(follows: dict, options: dict, opening: dict) -> dict:
    """The weight of each label that may follow; one that the rules do not foresee costs most."""
    return {
        k: w + follows.get(k, UNFORESEEN) + opening.get(k, NOTHING)[0] for k, (w, _) in options.items()
    }


def _best_scores(steps: list[dict], first: str) -> list[dict]:
    """For each unit and label the score of the best reading up to it."""
    before, found = {first: 0.0}, []
    for step in steps:
        reach = {}
        for b, ways in step.items():
            score = before.get(b, NEVER)
            for k, weight in ways.items():
                if score + weight > reach.get(k, NEVER):
                    reach[k] = score + weight
        before = reach
        found.append(before)
    return found


def join_heads(units: list[Unit], labels: list) -> tuple[list[Unit], list]:
    """The units and labels with headings on two lines as one unit."""
    found, kept = [], []
    for u, label in zip(units, labels, strict=True):
        if label[0] == "over":
            a = found[-1]
            found[-1] = a._replace(pieces=a.pieces + u.pieces, raw=a.raw + u.raw, text=a.text + u.text)
        else:
            found.append(u)
            kept.append(label)
    return found, kept


def number(units: list[Unit], labels: list) -> list[Reading]:
    """The units with the number of their article; slogans and page furniture have none."""
    readings, article, before = [], 0, "start"
    for i, (u, (label, rule, sure)) in enumerate(zip(units, labels, strict=True)):
        ends = label == "jump" and re.search("[转轉]", u.text)
        if _opens(before, label) and not ends:
            article += 1
        own = None if label == "slogan" or _is_page_furniture(labels, i) else max(article, 1)
        readings.append(Reading(u, label, rule, sure, own))
        before = label
    return readings


def raise_lone_heads(readings: list[Reading]) -> list:
    """The labels with a crosshead that is unlike an article's others made the headline of another.

    Crossheads come in twos and threes, and are of one build: the only one of an article, or the
    only one in two halves (老小区换新颜 居民齐称赞), is a headline that nothing beside it proves.
    Left alone: markdown headings, indented ones, those of articles that are cut.
    """
    labels = [(r.label, r.rule, r.confidence) for r in readings]
    for n in {r.article for r in readings if r.article}:
        mine = [i for i, r in enumerate(readings) if r.article == n]
        heads = [i for i in mine if readings[i].label == "crosshead"]
        halved = [i for i in heads if TWO_HALVES_RE.fullmatch(readings[i].unit.raw.strip())]
        odd = heads if len(heads) == 1 else halved if len(halved) == 1 < len(heads) - 1 else []
        if any(readings[i].label == "jump" for i in mine):
            continue
        for i in odd:
            unit = readings[i].unit
            above = sum(readings[k].label in ("body", "open") for k in mine if k < i)
            if above >= 2 and unit.indent < 1.5 and i != mine[-1] and not unit.level and len(unit.text) <= 26:
                labels[i] = ("headline", "unlike the article's other crossheads", 0.55)
    return labels


def _opens(before: str, label: str) -> bool:
    """Whether a label after another begins an article."""
    if label not in OPENERS or label == "slogan" or (before, label) == ("crosshead", "byline"):
        return before == "start"
    if before in HEADS and label in HEADS:
        return HEADS.index(label) < HEADS.index(before)
    return not (before in HEADS and label in ("jump", "story"))


def _is_page_furniture(labels: list, i: int) -> bool:
    """Whether furniture is the page's (folio, editors) and not the column title of an article."""
    return labels[i][0] == "furniture" and labels[i][1] == "page furniture"


def attach_heads(readings: list[Reading]) -> list[Reading]:
    """The readings with heads that stand after their text given to the article above."""
    have = {}
    for r in readings:
        have.setdefault(r.article, set()).add(r.label)
    moved, last = {}, None
    for r in readings:
        labels = have[r.article]
        if r.article is None:
            continue
        if labels & {"body", "open", "more"}:
            last = r.article
        elif labels <= {"kicker", "headline", "deck"} and last and "headline" not in have[last]:
            moved[r.article] = last
    return [
        r._replace(article=moved[r.article], rule="headline after its text")
        if r.article in moved
        else r
        for r in readings
    ]


def join_interrupted(readings: list[Reading]) -> list[Reading]:
    """The readings with the rest of an article that others interrupt given back to it."""
    cut = [(i, r) for i, r in enumerate(readings) if _breaks_off(readings, i)]
    for i, r in cut:
        rest = [j for j in range(i + 1, len(readings)) if _may_resume(readings, j, r.article)]
        scored = [(_resumes(readings, i, j), -j) for j in rest]
        best, j = max(scored, default=(0, 0))
        if best < 2:
            continue
        host, j = readings[-j].article, -j
        readings = [
            x._replace(article=r.article, rule="resumes an interrupted article",
                       label="more" if k == j else x.label)
            if k >= j and x.article == host
            else x
            for k, x in enumerate(readings)
        ]  # fmt: skip
    return readings


def _breaks_off(readings: list[Reading], i: int) -> bool:
    """Whether an article's last paragraph stops in mid-sentence though the page goes on."""
    r = readings[i]
    if r.label not in ("body", "more", "open") or is_complete(r.unit.text):
        return False
    return all(x.article != r.article for x in readings[i + 1 :]) and i + 1 < len(readings)


def _may_resume(readings: list[Reading], j: int, article: int) -> bool:
    """Whether a paragraph may be the rest of an article: it follows a finished one elsewhere."""
    r, before = readings[j], readings[j - 1]
    return (
        r.label in ("body", "open", "more")
        and r.article not in (None, article)
        and before.label not in HEADS
        and (bool(before.unit.kind) or is_complete(before.unit.text))
    )


def _resumes(readings: list[Reading], i: int, j: int) -> float:
    """How strongly a paragraph continues the sentence that another broke off.

    The seam: do its two characters stand together elsewhere? The words: does all that follows,
    to the end of its article, share more with the one broken off than with its own?
    """
    tail, head = readings[i].unit.text, readings[j].unit.text
    page = "\n".join(r.unit.text for r in readings)
    score = 0.5 + min(1.0, 0.5 * page.count(tail[-1] + head[0])) + (4.0 if gain(tail, head) > 1 else 0)
    score += 2.0 if readings[j].label == "open" else 0.0
    score += 2.0 if len(head) < 12 or head[0] in "，。、；：”’）》" else 0.0
    opened, closes = unmatched(readings[i].unit.text)[1] > 0, unmatched(head)[0] > 0
    score += 4.0 if opened and closes else -4.0 if opened != closes else 0.0
    own = _pairs("".join(r.unit.text for r in readings[: i + 1] if r.article == readings[i].article))
    host = [r for r in readings if r.article == readings[j].article]
    split = host.index(readings[j])
    beside = _pairs("".join(r.unit.text for r in host[:split]))
    for r in host[split:]:
        mine = _pairs(r.unit.text)
        theirs = len((mine & beside) - own) * min(3.0, len(own) / max(1, len(beside)))
        score += 0.3 * (len((mine & own) - beside) - theirs)
    return score


def _pairs(text: str) -> set:
    """The character pairs of the last 500 characters of a text, marks left out."""
    text = re.sub(r"\W", "", text)[-500:]
    return {text[k : k + 2] for k in range(len(text) - 1)}


def _lines(r: Reading) -> list[Line]:
    """The line records of one unit: loops of the OCR are marked as repeats."""
    kind = KINDS.get(r.label, r.label)
    if r.label in ("lead", "tail") and re.search(r"日\s*专?[电讯]", r.unit.raw):
        kind = "dateline"
    records, at = [], 0
    loops = find_loops(r.unit.raw) if kind == "body" and len(r.unit.raw) > 60 else []
    for line, start, end in r.unit.pieces:
        edges = sorted({start, end, *(start + x - at for span in loops for x in span
                                      if at < x < at + end - start)})  # fmt: skip
        for a, b in pairwise(edges):
            loop = any(x <= at + a - start < y for x, y in loops)
            records.append(Line(line, a, b, "repeat" if loop else kind, r.article,
                                "OCR loop" if loop else r.rule, r.confidence))  # fmt: skip
        at += end - start
    return records


def find_loops(text: str) -> list[tuple[int, int]]:
    """(start, end) of what repeats, clause by clause, the words just before it.

    >>> find_loops("中方愿扩大资源合作，拓展电子商务。中方愿扩大资源合作，拓展电子商务。")
    [(17, 34)]
    """
    marks = [0, *(m.end() for m in re.finditer("[，。；]", text))]
    clauses = [text[a:b] for a, b in pairwise(marks)]
    found, i = [], 0
    while i < len(clauses):
        for k in range(1, min(8, i) + 1):
            same = clauses[i - k : i] == clauses[i : i + k]
            if same and marks[i + k] - marks[i] >= 10:
                found.append((marks[i], marks[i + k]))
                i += k - 1
                break
        i += 1
    return found


def _article(n: int, readings: list[Reading]) -> Article:
    """One article out of its units."""
    def of(*labels):
        return [r.unit for r in readings if r.label in labels]

    jumps = [(u.text, bool(re.search("[转轉]", u.text))) for u in of("jump")]
    came = next((_page_name(t) for t, out in jumps if not out), None)
    goes = next((_page_name(t) for t, out in jumps if out), None)
    body = [r for r in readings if KINDS.get(r.label, r.label) in ("body", "crosshead")]
    pictures = of("caption", "story")
    text, origin = _text(_paragraphs(body) or [[u] for u in pictures])
    notes = of("lead", "byline", "tail", "credit", "signed", "signature")
    ends_open = bool(body) and not is_complete(body[-1].unit.text)
    cut = {(1, 1): "both", (1, 0): "start", (0, 1): "end"}.get((bool(came), bool(goes or ends_open)))
    return Article(
        n, _head(of("kicker")), _head(of("headline")), _head(of("deck")),
        " ".join(_spaced(u) for u in notes) or None, _head(of("furniture")),
        **credits_of([(r.label, _spaced(r.unit)) for r in readings if r.unit in notes]),
        continued_from=came, continues_to=goes, cut=cut,
        text=text, origin=origin, captions=[u.text for u in pictures] if body else [], spans=_spans(readings),
        confidence=min(r.confidence for r in readings),
    )  # fmt: skip


def _paragraphs(readings: list[Reading]) -> list[list[Unit]]:
    """The units of each paragraph and crosshead, breaks of columns closed."""
    paragraphs = []
    for r in readings:
        if r.label == "more" and paragraphs:
            paragraphs[-1].append(r.unit)
        else:
            paragraphs.append([r.unit])
    return paragraphs


def _text(paragraphs: list[list[Unit]]) -> tuple[str, list]:
    """The cleaned text of paragraphs, and where on the page each stretch of it stands."""
    text, origin = "", []
    for units in paragraphs:
        raw = ""
        for part in (p for u in units for p in _raw_pieces(u)):
            latin = LATIN_RE.search(raw[-1:] + part[:1])  # two words, not one
            raw += " " * bool(latin) + part
        skip = MARKDOWN_RE.match(raw).end() if units[0].level else 0
        start = len(text) + bool(text)
        text += ("\n" if text else "") + clean(raw[skip:])
        origin += _origin(text, start, [(u, skip if u is units[0] else 0) for u in units])
    return text, origin


def _raw_pieces(u: Unit) -> list[str]:
    """What stands on each line of a unit."""
    found, at = [], 0
    for _, a, b in u.pieces:
        found.append(u.raw[at : at + b - a])
        at += b - a
    return found


def _origin(text: str, at: int, units: list) -> list:
    """[start, line, column] of every stretch that cleaning left in one piece."""
    found, column = [], (0, 0)
    for u, skip in units:
        seen = 0
        for line, a, b in u.pieces:
            raw = u.raw[seen : seen + b - a]
            for m in SOLID_RE.finditer(raw, max(0, skip - seen)):
                while text[at].isspace():
                    at += 1
                here = (line, a + m.start() - at)
                if here != column:
                    found.append([at, line, a + m.start()])
                column, at = here, at + len(m[0])
            seen += b - a
    return found


def _head(units: list[Unit]) -> str | None:
    """A heading as printed: one blank between its halves kept, markdown and dashes dropped."""
    if not units:
        return None
    text = " ".join(re.sub(r"[ \u00a0\u3000\t]+", " ", MARKDOWN_RE.sub("", u.raw, 1).strip()) for u in units)
    halves = re.sub(rf"(?<=[{HAN}”》！？]) (?=[{HAN}“《])", "\x00", text)
    return clean(halves.replace("\x00", "\u2003")).replace("\u2003", " ").lstrip("—―─- ") or None


def _spaced(u: Unit) -> str:
    """The raw text of a byline, its line breaks as blanks unless they part a name."""
    text, *parts = _raw_pieces(u)
    for part in parts:
        last, first = re.split(r"\s", text)[-1], re.split(r"\s", part)[0]
        glue = len(last) == 1 or len(bare(first).rstrip("）)")) == 1 or LEAD_RE.match(text + part)
        text += part if glue and len(last + first.rstrip("）)")) <= 4 else " " + part
    return text


def _page_name(text: str) -> str:
    return re.sub(r"\s", "", re.search(r"第?\s*[一二三四五六七八九十\d]+\s*版", text)[0])


def _spans(readings: list[Reading]) -> list[list[int]]:
    """[first_line, last_line] of each stretch of an article on the page."""
    lines = sorted({n for r in readings for n, _, _ in r.unit.pieces})
    spans = []
    for n in lines:
        if spans and n - spans[-1][1] <= 4:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    return spans
