"""figures: articles → quantities, each with what is measured, how it changed and when.

See `find_figures`. Units, and the words that only look like some, stand in corpus/units.toml.
"""

import re
from bisect import bisect_right
from calendar import monthrange

import pandas as pd

from helpers.amounts import (
    DIGITS,
    HAN,
    LISTED_RE,
    OUT,
    TIME,
    TO,
    load_units,
    read_amounts,
    read_han,
)
from helpers.kept import find_in
from helpers.letters import in_known_letters
from helpers.metrics import SPANS, read_metric

TYPES = dict.fromkeys(
    [
        *["text", "kind", "value", "value_to", "scale", "unit", "approx", "metric"],
        *["change", "base", "period", "period_start", "period_end", "start"],
    ],
    "str",
) | {"value": "float", "value_to": "float", "scale": "int", "change": "float", "start": "int"}
COLUMNS = ["article", *TYPES]
NARROW = {c + 0xFEE0: c for c in (*range(48, 58), 0x25, 0x2E, 0x2F)}  # ０-９ ％ ． ／
NARROW |= {ord("○"): "〇"}
# Terms in quotation marks (“1234”工作法), not words just said (他说：“涨了5%”); titles; numbers
# of documents (〔2020〕10号) and telephones; 2+20+N.
NOT_RE = re.compile(
    r"(?<![：:说道称])“[^“”\n，。；！？]{1,12}”|《(?!关于)[^《》\n]{1,60}》|〔\d{4}〕\d{1,5}号"
    r"|(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"
    r"|CN\s?\d\d-\d{4}|(?<!\d)\d{1,3}(?:\+[\dN]{1,3})+"
)
YEAR = r"(?:1[5-9]|20)\d\d年|[一二][九〇零][〇零一二三四五六七八九]{2}年"
# Times of the calendar that say when a thing was counted; a day (9月11日) does not.
TIME_RE = re.compile(
    rf"""(?=[截到今去前首上下明当同次翌全第\d一二三四])(?P<upto>截至|截止|(?:^|(?<=[\n，。；：]))到(?=[今去前明上当同]年|\d{{2,4}}年|\d{{1,2}}月))?
    (?P<year>(?<![约近逾超\d])(?:(?P<since>(?:19|20)\d\d)年?{TO})?(?:{YEAR})(?!历史|以上|左右)度?
      | 今年 | 去年 | 前年 | 明年 | 上年 | [当同次翌]年)?
    (?: (?P<day>\d{{1,2}}月(?:份)?\d{{1,2}}日(?:{TO}(?:\d{{1,2}}月)?\d{{1,2}}日)?)
      | (?<!\d)(?P<m1>\d{{1,2}})月?{TO}(?P<m2>\d{{1,2}})月份?
      | [前首]\s?(?P<first>\d{{1,2}}|{HAN}{{1,3}}+)\s?个?月 | 前(?P<quarters>[二三两23])个?季度
      | (?P<half>[上下])半年 | 第?(?P<quarter>[一二三四1-4])季度
      | (?<![\d个])(?P<month>\d{{1,2}})月(?:份|当月|上旬|中旬|下旬)? | 全年 )?
    (?P<tail>以来|年?底|年?末|年?初|算起|起(?![来步点]))?""",
    re.VERBOSE,
)
# Times that measure nothing: 21日, 6时38分, 90年代, 2024届, 5个月前, 三年来, 近5年.
CLOCK_RE = re.compile(
    rf"""(?<!\d)(?:\d{{1,2}}日?{TO})?\d{{1,2}}日 | (?<!\d)\d{{1,2}}[:：]\d\d(?!\d)
    | (?<![\d.])\d{{1,2}}\s?(?:时|点钟?)(?:\s?\d{{1,2}}\s?分)?(?:\d{{1,2}}秒)?(?![个.])
    | \d{{1,2}}世纪(?:\d0年代)? | \d0年代 | (?:19|20)\d\d[届级款版]
    | (?:(?<!\d)\d{{1,4}}|(?<!{HAN}){HAN}{{1,5}}+)[多余]?(?:年|个?多?月|天|周|个?多?小时|分钟)多?
      (?:之?前|以?后|以?来|间(?![隔距断]))
    | 再过(?:\d{{1,3}}|{HAN}{{1,3}}+)[多余来几]?个?多?(?:天|周|月|小时)
    | (?:近|过去?|往前推|再过)(?:\d{{1,3}}|{HAN}{{1,3}}+)[多余]?年[间来]?""",
    re.VERBOSE,
)
RISE = """增长率 增长 增加 上升 提高 提升 上涨 攀升 回升 扩大 微增 激增 递增 增速 增幅 涨幅 升幅
 多出 增 升 涨 多 高"""
FALL = "下降 降低 减少 回落 下跌 下滑 微降 缩减 收窄 萎缩 缩短 降幅 跌幅 降 减 跌 少 低"
BASE = r"同比|环比|[年月]均|按年|按月|(?<![\d一二三四五六七八九十百两几数多半今去前明每全上当同近逐])年(?=[增减])|(?<![占对])[比较](?=[上去前首同年往历第一\d])[^，。；、\s%]{2,9}?(?:相比，?)?"
# 同比增长, 比上届增长, 增速为 before a rate; 增长到 and 增至 tell a level, and no rate.
RATE_RE = re.compile(
    rf"(?:(?P<base>{BASE}),?(?:实际|名义|累计|大幅|又|再|仍|略|平均|均)?)?(?P<each>分别)?"
    rf"(?P<verb>{'|'.join((RISE + ' ' + FALL).split())})(?:了|(?<=[速幅率])[为达]?)?\s?$"
)
GROWTH_RE = re.compile(r"的[^，。；\n]{0,4}(?P<verb>增长|增速|增幅|下降|降幅|递增)")
YEARLY_RE = re.compile(r"(?P<base>同比|环比|年均)[^，。；\n]{0,8}$")
SENTENCE_RE = re.compile(r"[。！？\n]")


def find_figures(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per quantity, in the order of the text.

    kind: quantity, range (value to value_to), ratio, fraction, ordinal. value: as printed; times
    scale it is the number. unit: with its scale as printed. approx: 约 余 多 近 超 以上 …
    change: the rate in % that follows the quantity, signed, and base, what it is held to; a rate
    that follows none, or a second, is a row of its own. metric: the noun phrase before or after.
    period: the last named before it in the sentence, as days where it or the article has the year.

    >>> text = "前8个月，外贸总值27.08万亿元，同比下降0.1%。"
    >>> row = find_figures(pd.DataFrame([{"article": "a", "text": text, "date": "2023-09-20"}]))
    >>> row[["value", "unit", "metric", "change", "base", "period_end"]].values.tolist()
    [[27.08, '万亿元', '外贸总值', -0.1, '同比', '2023-08-31']]
    """
    return find_in(articles, TYPES, ["text", "date", "dateline_date"], _of_article)


def _of_article(article: dict) -> list[tuple]:
    """The rows of one article."""
    rows = _read(article["text"] or "", _day(article))
    return [tuple(row.get(c) for c in TYPES) for row in rows]


def _day(article: dict):
    """The day of an article, or None: its page's, or its dateline's where that has the year."""
    days = [pd.to_datetime(article.get(k), errors="coerce") for k in ("date", "dateline_date")]
    return next((d for d in days if not pd.isna(d)), None)


def is_measure(unit: str) -> bool:
    """Whether a unit measures: not the times of a thing, its age, or how many there are of it.

    >>> [is_measure(unit) for unit in ("万亿元", "%", "千瓦", "万家", "倍", "岁")]
    [True, True, True, False, False, False]
    """
    plain = unit.lstrip("十百千万亿")
    return plain in load_units()["measures"] - SPANS - {"成", "倍", "番"}


def _read(text: str, day) -> list[dict]:
    """The rows of one article."""
    printed, text = text, in_known_letters(text)
    plain, times = _masked(text)
    sentences = [0, *(m.end() for m in SENTENCE_RE.finditer(text))]
    floor, last = 0, {}
    for a in (found := _rated(read_amounts(plain), text)):
        a["text"] = printed[a["start"] : a["end"]]
        between = text[last["close"] : a["start"]] if last else "\n"
        listed = not between or LISTED_RE.fullmatch(between)  # 100万元和50万元, 3批33项
        a["metric"] = (a["host"] or {}).get("metric") or read_metric(text, plain, a, floor)
        a["metric"] = a["metric"] or (last["metric"] if listed else "")
        floor, last = max(floor, a["close"]), a
        begin = sentences[bisect_right(sentences, a["start"]) - 1]
        i = bisect_right(times, a["start"], key=lambda t: t[0]) - 1
        if i >= 0 and times[i][1] >= begin:
            a |= dict(zip(COLUMNS[-4:-1], _period(times[i][2], day), strict=True))
            a["period"] = printed[times[i][1] : times[i][0]]
    return found


def _masked(text: str) -> tuple[str, list]:
    """A text with what is no quantity and what are times masked; the times that measure, in order."""
    plain = text.translate(NARROW)
    for pattern in (NOT_RE, load_units()["names_re"]):
        plain = pattern.sub(lambda m: OUT * len(m[0]), plain)
    times = [
        (m.end(), m.start(), m)
        for m in TIME_RE.finditer(plain)
        if m[0] not in ("", "截至", "截止")
        and not m["day"]
        and text[max(0, m.start() - 1)] not in "比较"
    ]
    for pattern in (TIME_RE, CLOCK_RE):
        plain = pattern.sub(lambda m: TIME * len(m[0]), plain)
    return plain, times


def _rated(found: list[dict], text: str) -> list[dict]:
    """The amounts, each with the rate of change that follows it; other changes are rows."""
    kept, hosts, rate = [], [], None
    for i, a in enumerate(found):
        listed = rate and LISTED_RE.fullmatch(text, found[i - 1]["end"], a["start"])
        if not (listed and a["unit"] == "%"):
            listed, rate = None, _rate(a, text)
            hosts = _hosts(kept, rate, _run(found, i, text), text) if rate else []
        if not rate:
            kept.append(a)
            continue
        host = hosts.pop(0) if hosts else None
        times = {"%": 1, "成": 10}.get(a["unit"]) if a["kind"] == "quantity" else None
        change = round(rate["sign"] * a["value"] * times, 6) if times else None
        if host and host["change"] is None and times:
            host |= {"change": change, "base": rate["base"], "end": a["end"]}
        else:
            a |= {} if listed else {"start": rate["begin"]}
            kept.append(a | {"change": change, "base": rate["base"], "host": host})
    return kept


def _rate(a: dict, text: str) -> dict | None:
    """The change that an amount tells of: sign, base, where its words begin, and if for each."""
    m = RATE_RE.search(text, max(0, a["start"] - 26), a["start"])
    if m and (m["base"] or len(m["verb"]) > 1):
        found = {"begin": m.start(), "base": m["base"] or "", "each": bool(m["each"])}
    else:
        m = GROWTH_RE.match(text, a["end"])
        yearly = YEARLY_RE.search(text, max(0, a["start"] - 12), a["start"])
        if not m or not yearly:
            return None
        found = {"begin": a["start"], "base": yearly["base"], "each": False}
    return found | {"sign": -1 if m["verb"] in FALL.split() else 1}


def _run(found: list[dict], i: int, text: str) -> int:
    """How many amounts from i on stand in a list: 5%、6%和7%."""
    n = 1
    while i + n < len(found) and n < 6 and LISTED_RE.fullmatch(
        text, found[i + n - 1]["end"], found[i + n]["start"]
    ):  # fmt: skip
        n += 1
    return n


def _hosts(kept: list[dict], rate: dict, n: int, text: str) -> list[dict]:
    """The amounts that a rate, or n rates 分别, belong to: they stand right before it."""
    hosts = kept[-n:] if rate["each"] else kept[-1:]
    if not hosts or (rate["each"] and (len(hosts) < n or n == 1)):
        return []
    gap, whole = text[hosts[-1]["end"] : rate["begin"]], text[hosts[0]["start"] : rate["begin"]]
    fit = all(h["kind"] in ("quantity", "range") and h["unit"] not in SPANS for h in hosts)
    return hosts if fit and re.fullmatch("[，,（(、]?[但且]?", gap) and len(whole) < 80 else []


def _period(m: re.Match, day) -> tuple[str, str, str]:
    """A period as printed, and its first and last day where the year is known."""
    first, last, past = _months(m)
    year = _year(m["year"], day)
    if not m["year"] and first and day is not None:  # 前11个月 in January is last year's
        year = day.year if first <= last <= day.month or (not past and first <= day.month) else None
        year = day.year - 1 if past and year is None else year
    first, last = first or 1, last or 12
    if year is None or not first <= last <= 12:
        return m[0], "", ""
    start, end = f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]}"
    if m["tail"] in ("以来", "起", "算起") or m.string[max(0, m.start() - 1)] == "自":
        end = f"{day:%Y-%m-%d}" if day is not None else ""
    if m["upto"] or (m["tail"] or "")[-1:] in ("底", "末"):
        start = ""
    return m[0], f"{m['since']}-01-01" if m["since"] else start, end


def _months(m: re.Match) -> tuple:
    """First and last month of a period, and whether it tells of what is over (前8个月)."""
    n = {k: int(v if v.isdecimal() else read_han(v) or 0)
         for k in ("m1", "m2", "first", "quarters", "quarter", "month") if (v := m[k])}  # fmt: skip
    if "m2" in n:
        return n["m1"], n["m2"], True
    if "first" in n or "quarters" in n:
        return 1, n.get("first") or 3 * n["quarters"], True
    if "quarter" in n:
        return 3 * n["quarter"] - 2, 3 * n["quarter"], False
    if m["half"]:
        return *((1, 6) if m["half"] == "上" else (7, 12)), False
    return n.get("month"), n.get("month"), False


def _year(printed: str | None, day) -> int | None:
    """The year that a word names; 今年 and its like where the article's day is known."""
    if number := re.search(r"([\d〇零一二三四五六七八九]{4})年度?$", printed or ""):
        return int("".join(str(DIGITS.get(c, c)) for c in number[1]))
    away = {"今年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(printed)
    return None if away is None or day is None else day.year + away
