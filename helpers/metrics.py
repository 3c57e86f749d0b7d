"""metrics: what an amount measures, the noun phrase before or after it. See `read_metric`.

The verbs that end a phrase, and the words that lead to it and on from it, are in corpus/units.toml.
"""

import re

from helpers.amounts import TIME, load_units

STOP_RE = re.compile(rf"[，。；：！？\n“”《》（）()…【】■□▲△●◆★{TIME}]|——")
END_RE = re.compile(
    rf"[，。；：！？、\n“”《》（）()…【】■□▲△●◆★{TIME}\d将被把已是也又仍]|——|(?<![国所拥没])有(?![限色机关效])"
    r"|[放摆站坐住写落用挤停堆]?在(?![职校建册岗编读途场役营园]|线(?!上))|(?<![方面导志意动趋])向|全部|累计|(?<![报达周])到(?![位访岗])"
    r"|[①-⑳]|(?<![级类性区差个特识辨鉴])别(?![墅名])|[来去]了|从(?![业事属])|给(?![付排水养])|(?<![作行成认因勇])为(?![民人了])|(?<![可所])以(?![上下内外前后来及])|按(?![摩揭键钮压])"
)
# What no noun begins with after a unit: 5家增加到20家, 三次来到, 突破1000万大关.
START_RE = re.compile(
    "过去|[没未]|不(?![锈动良同])|联合(?![国会])|[来去走看就才还也都只又便则给让和与达]|增[至加长]|提[高升]|[升降]至|上升|下降|减少|扩大|[大难]关"
)
AFTERWARDS_RE = re.compile(
    "(?:背后|之间|当中|之际|期间|[之以]后|(?<![0-9午先背幕])后)$"
)  # 27个综试区后
CLAUSE_RE = re.compile("了(?!解)|着(?![装陆力])")  # 四十户停了电
# A clause: 一位工人连评两次, 把项目分成三张表, 县里设1办8组.
WHO_RE = re.compile("一[位名]|[我你他她]们|.*(?:把(?![手关脉])|\\d[一-鿿]$)")
JUBILEE_RE = re.compile("^.*(?:在|是|迎来|出席|参加|纪念|庆祝|[恰适]逢|正值)")  # 在建县30周年之际
PARTS_RE = re.compile("共?[一二三四五六七八九十]{1,3}[章编节款篇卷]$")  # 全文共七章50条
BY_RE = re.compile(r"按[^，。]{1,5}?计[算价]?")  # 按一年计, 按美元计价
TIMES_RE = re.compile("(?:约?为|是|达到?|相当于|等于)[^，。；]{1,16}的$")  # 约为全省平均值的20倍
# What tells how long it was: 平均用时四十分钟, 已连续13个月. Else a subject acts (我师傅干了三十五年).
LASTS_RE = re.compile(
    "(?:连续|持续|为期|长达|达到?|已?满|平均|约?为|[工学刑任会展假周保质]期|期限|时[长间限]|[用耗]时"
    "|全程|[车工]龄|寿命|施行|实施|成立)(?:已经?|仅|只|均|超|最[长短])?$"
)
# Nouns in themselves: 15国总人口, 十部门联合举办, 8地建设枢纽.
SELVES = {"国", "地", "省", "市", "县", "镇", "村", "部门", "方面"}
NOUNS = set("村县乡镇区市省国州人车船店厂楼")
OWNED_RE = re.compile("的(?:共?有)?$")  # 省下来的六十个, 开设专业的有200所
OF = {"%", "‰", "成", "倍"}  # of something: 占全国的9%
SPANS = {"年", "周年", "个月", "天", "周", "小时", "个小时", "分钟", "岁"}  # 历时5年，增长30%
SPANS |= {"个星期", "星期", "工作日", "个工作日"}


def read_metric(text: str, plain: str, a: dict, floor: int) -> str:
    """The noun phrase before an amount, or after it where the amount is a count of things.

    text: the sentence's article; plain: the same with what is no quantity masked; a: a row of
    `read_amounts`; floor: where the amount before it ends. Empty where no noun is sure.

    >>> from helpers.amounts import read_amounts
    >>> text = "全县建成公共充电站64座，总投资3亿元。"
    >>> [read_metric(text, text, a, 0) for a in read_amounts(text)]
    ['公共充电站', '总投资']
    """
    unit, after = a["unit"].removeprefix(a["printed"]), _after(text, plain, a["end"])
    if a["kind"] == "ordinal":
        return _numbered(plain, a, after)
    left = max(floor, a["start"] - 40)
    cut = max((m.end() for m in STOP_RE.finditer(plain, left, a["start"])), default=left)
    led = text[cut : a["start"]]
    if unit == "周年":
        return JUBILEE_RE.sub("", led)
    if unit in SELVES or unit in SPANS - {"岁"} and not LASTS_RE.search(led):
        return ""
    before, is_object = _before(led.removeprefix("里") if cut == floor else led, unit)
    if unit in SPANS:
        return before
    counted = unit not in load_units()["measures"]
    first = a["kind"] != "ratio" and (counted or is_object or not before)
    return after if first and after else before


def _before(led: str, unit: str) -> tuple[str, bool]:
    """The noun phrase of the words before an amount, and whether a verb leads on to that."""
    led = TIMES_RE.sub("", led) if unit == "倍" else led
    if WHO_RE.match(led) or unit not in OF and OWNED_RE.search(led):
        return "", False
    before, is_object = _trimmed(led)
    whole = len(before) > 1 and before.count("“") == before.count("”")
    return before if whole else "", is_object


def _numbered(plain: str, a: dict, after: str) -> str:
    """What an ordinal numbers: 第四届大会的贺信 tells of a 大会, 第一次来 of none."""
    if (a["value"], a["unit"]) == (1, "次") or plain.startswith("的", a["end"]):
        return ""
    end = a["end"] + len(after)
    if plain[end : end + 1].isdecimal():  # 第六届首发442项
        return ""
    return after.partition("的")[0] if a["unit"] in ("届", "次") else after


def _after(text: str, plain: str, end: int) -> str:
    """The noun that follows an amount, up to a mark or a verb; empty where none does."""
    end += text.startswith("的", end)
    stop = END_RE.search(plain, end, end + 20)
    phrase = text[end : stop.start() if stop else end + 20]
    known = load_units()
    verb, owner = known["verbs_re"].search(phrase), known["owners_re"].match(phrase)
    phrase = owner[0] if owner else phrase[: verb.start()] if verb else phrase
    phrase = AFTERWARDS_RE.sub("", phrase.rstrip("的各和上中里近约超"))
    clause = START_RE.match(phrase) or CLAUSE_RE.search(phrase)
    whole = (len(phrase) > 1 or phrase in NOUNS) and not clause
    return phrase.strip() if whole else ""


def _trimmed(phrase: str) -> tuple[str, bool]:
    """A phrase without what leads to it and on to the number, and whether a verb led to that."""
    known = load_units()
    by = BY_RE.search(phrase)
    phrase = phrase[by.end() :] if by else phrase
    while m := known["tail_re"].search(phrase) or PARTS_RE.search(phrase):
        phrase = phrase[: m.start()]
    for m in list(known["verbs_re"].finditer(phrase))[::-1]:
        if phrase.count("“", 0, m.start()) > phrase.count("”", 0, m.start()):  # “走出去”招商
            continue
        if m.end() == len(phrase):
            return _trimmed(phrase[: m.start()])[0], True
        if m.end() <= len(phrase) - 2:
            phrase = phrase[m.end() :]
            break
    lead = known["lead_re"].match(phrase)
    return (phrase[lead.end() :] if lead else phrase).strip(), False
