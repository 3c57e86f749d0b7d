"""metrics: what an amount measures, the noun phrase before or after it. See `read_metric`.

The verbs that end a phrase, and the words that lead to it and on from it, are in corpus/units.toml.
"""

import re

from helpers.amounts import TIME, load_units

STOP_RE = re.compile(rf"[，。；：！？\n“”《》（）()…{TIME}]|——")
END_RE = re.compile(
    rf"[，。；：！？、\n“”《》（）()…{TIME}\d在将被把已是也]|——|(?<![国所拥没])有(?![限色机关效])"
    r"|(?<![方面导志意动趋])向|全部|(?<![作行成认因])为(?![民人了])|(?<![可所])以(?![上下内外前后来及])"
)
# What no noun begins with after a unit: 5家增加到20家, 三次来到.
START_RE = re.compile(
    "过去|联合(?![国会])|[来去走看就才还也都只又便则给让和与达]|增[至加长]|提[高升]|[升降]至|上升|下降|减少|扩大"
)
NOUNS = set("村县乡镇区市省国州人车船店厂楼")
SPANS = {"年", "周年", "个月", "天", "周", "小时", "个小时", "分钟", "岁"}  # 历时5年，增长30%


def read_metric(text: str, plain: str, a: dict, floor: int) -> str:
    """The noun phrase before an amount, or after it where the amount is a count of things."""
    after = _after(text, plain, a["end"])
    if a["kind"] == "ordinal":
        return "" if (a["value"], a["unit"]) == (1, "次") else after  # 第一次来
    left = max(floor, a["start"] - 40)
    cut = max((m.end() for m in STOP_RE.finditer(plain, left, a["start"])), default=left)
    before, is_object = _trimmed(text[cut : a["start"]])
    before = before if len(before) > 1 else ""
    counted = a["unit"].removeprefix(a["printed"]) not in load_units()["measures"]
    first = a["kind"] != "ratio" and (counted or is_object or not before)
    return after if first and after else before


def _after(text: str, plain: str, end: int) -> str:
    """The noun that follows an amount, up to a mark or a verb; empty where none does."""
    end += text.startswith("的", end)
    stop = END_RE.search(plain, end, end + 20)
    phrase = text[end : stop.start() if stop else end + 20]
    verb = load_units()["verbs_re"].search(phrase)
    phrase = (phrase[: verb.start()] if verb else phrase).rstrip("的各和上中里近约超")
    whole = (len(phrase) > 1 or phrase in NOUNS) and not START_RE.match(phrase)
    return phrase.strip() if whole else ""


def _trimmed(phrase: str) -> tuple[str, bool]:
    """A phrase without what leads to it and on to the number, and whether a verb led to that."""
    known = load_units()
    while m := known["tail_re"].search(phrase):
        phrase = phrase[: m.start()]
    for m in list(known["verbs_re"].finditer(phrase))[::-1]:
        if m.end() == len(phrase):
            return _trimmed(phrase[: m.start()])[0], True
        if m.end() <= len(phrase) - 2:
            phrase = phrase[m.end() :]
            break
    lead = known["lead_re"].match(phrase)
    return (phrase[lead.end() :] if lead else phrase).strip(), False
