"""amounts: text → numbers with their scale and unit, before anything is known of what they measure.

See `read_amounts`. Units, and the words that only look like some, stand in corpus/units.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "corpus" / "units.toml"
OUT, TIME = "\x02", "\x01"  # stand for what is no quantity, and for dates
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
SERIES = "一二三四五六七八九"
SHARES = {"百": "%", "千": "‰", "万": "‱"}
HAN = "[零〇一二两三四五六七八九十百千万亿]"
TO = r"\s?(?:至|到|[-—－–~～]{1,2})\s?"
MINUS = r"零下|(?<![\dA-Za-z%℃月年日])[-−](?=\d{1,4}(?:\.\d{1,4})?[%‰℃])"
FORE = """不低于 不少于 不超过 不足 不到 超过 超出 高于 低于 突破 突破了 超过了 将近 接近 大约 至少
 最多 (?<![节契公预合条制])(?<!规民)约[为占]? (?<![附最远靠临])近 (?<!赶)超 逾 (?<!百)上(?=[百千万])"""
AFTER = "左右|及?以[上下]|以内|上下|之多|多(?=[，。、；）的])"
LISTED_RE, RANGE_RE = re.compile(r"\s?[、和与及或]\s?"), re.compile(TO)
# A row before anything is known of it. printed: its scale; close: where the amount ends, its rate
# left out; host: the row whose change it tells.
NOTHING = {"kind": "quantity", "scale": 1, "value_to": None, "change": None, "host": None}
NOTHING |= dict.fromkeys(["printed", "base", "period", "period_start", "period_end"], "")


def read_amounts(plain: str) -> list[dict]:
    """The amounts of a text, in its order: those with a unit, ranges as one.

    start, end: where in the text; kind, value, value_to, scale, unit, approx: as in the table of
    figures; printed: the scale alone. What is no quantity, and dates, must be masked before.

    >>> [(a["value"], a["value_to"], a["unit"]) for a in read_amounts("引进10至15家，3000、2000元")]
    [(10.0, 15.0, '家'), (3000.0, None, '元'), (2000.0, None, '元')]
    """
    return _linked(
        [a for m in load_units()["amount_re"].finditer(plain) if (a := _amount(m))], plain
    )


@cache
def load_units() -> dict:
    """What corpus/units.toml says: sets of units, and patterns, by name.

    >>> sorted(load_units()["measures"])[:2]
    ['%', '‰']
    """
    given = tomllib.loads(FILE.read_text("utf-8"))
    words = {k: set(v.split()) for k, v in given.items() if isinstance(v, str)}

    def either(items):
        return "|".join(map(re.escape, sorted(items, key=len, reverse=True)))

    units = either(set().union(*(words[k] for k in ("measures", "counts", "from_ten", "never"))))
    phrases = {k: either(v.split()) for k, v in given["phrases"].items()}
    return words | {
        "other": {u: re.compile(x) for u, x in given["other_words"].items()},
        "names_re": re.compile(either(words["names"])),
        "amount_re": _amount_pattern(units, either(words["ordinal"])),
        "verbs_re": re.compile(rf"(?:{phrases['verbs']})(?![率额量者员]|人(?![才民数次员类口]))"),
        "owners_re": re.compile(rf"[^的]*(?:{phrases['owners']})(?=的)"),
        "lead_re": re.compile(rf"(?:{phrases['lead']}|、)+"),
        "tail_re": re.compile(rf"(?:{phrases['tail']}|、)$"),
    }


def _amount_pattern(units: str, ordinals: str) -> re.Pattern:
    """A number with what belongs to it. Runs are read whole or not at all, in linear time."""
    fore = "|".join(FORE.split())
    return re.compile(
        rf"""(?:(?P<fore>{fore})\s?)?(?P<minus>{MINUS})?
        (?=[\d零〇一二两三四五六七八九十百千万亿第])(?<![\d.])(?<!{HAN})
        (?: 第\s?(?P<nth>\d{{1,4}}|{HAN}{{1,8}}+)\s?(?P<rank>{ordinals})
          | (?P<below>{HAN}{{1,4}}+|\d{{1,4}})分之
            (?P<above>{HAN}{{1,6}}+(?:点{HAN}{{1,6}}+)?|\d{{1,4}}(?:\.\d{{1,4}})?)
          | (?P<left>\d{{1,4}}(?:\.\d{{1,4}})?)(?P<right>[:：∶]\d{{1,3}})(?![\d:：])
          | (?: (?<![A-Za-z+×*·①-⑳第])(?<![A-Za-z]-)
                (?P<figure>(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?)
                (?!\d|[.·,]\d)
              | (?<![统唯之同单逐其周初期几数第])(?P<han>{HAN}{{1,16}}+(?:点{HAN}{{1,8}}+)?) )
            \s?(?P<mid>[多余来几])?(?P<scale>[十百千]?(?:万亿|[万亿])|千(?![瓦米克伏赫]))?
            (?P<late>[多余])?(?:(?<=[万亿])(?P<rest>\d{{4}}万?|\d{{1,3}}万)(?!\d))?
            (?P<gap>\s?)(?P<unit>{units})? )
        (?P<half>半(?![年天数个夜径导]))?(?P<after>\s?(?:{AFTER}))?""",
        re.VERBOSE,
    )


def read_han(run: str) -> float | None:
    """The number that Chinese numerals name; None where they name none.

    >>> [read_han(x) for x in ("三千", "两万三", "一百零二", "十五点五万", "百", "二〇二三")]
    [3000.0, 23000.0, 102.0, 155000.0, 100.0, None]
    """
    whole, _, part = run.partition("点")
    digits = part.rstrip("万亿")
    total = section = digit = 0
    power = 1  # the place before: a last digit is of the next (两万三), but not after 十 or 零
    for c in whole:
        if c in DIGITS and digit or not set(digits) <= set(DIGITS):
            return None
        if c in DIGITS:
            digit, power = DIGITS[c], power if DIGITS[c] else 1
        elif (power := POWERS[c]) < 10**4:
            section, digit = section + (digit or 1) * power, 0
        elif power > total:
            total, section, digit = (total + section + digit or 1) * power, 0, 0
        else:
            total, section, digit = total + (section + digit) * power, 0, 0
    value = total + section + (digit * power / 10 if power > 10 else digit)
    value += float("0." + "".join(str(DIGITS[c]) for c in digits) + "0")
    return round(value * _size(part[len(digits) :]), 6)


def _size(scale: str) -> int:
    """What a scale stands for: 万亿 for 10**12."""
    return POWERS[scale[0]] * _size(scale[1:]) if scale else 1


def _amount(m: re.Match) -> dict | None:
    """What a match says; unit None where it has none of its own, None where it is no quantity."""
    a = NOTHING | {"start": m.start(), "end": m.end(), "close": m.end()}
    a["approx"] = m["fore"] or (m["after"] or "").strip()
    if m["nth"]:
        value = _numeral(m["nth"])[0]
        wrong = value is None or _other_word(m["rank"], m)
        return None if wrong else a | {"kind": "ordinal", "value": value, "unit": m["rank"]}
    if m["below"]:
        below, above = _numeral(m["below"])[0], _numeral(m["above"])[0]
        if not below or above is None:
            return None
        unit = SHARES.get(m["below"])
        if unit:
            return a | {"value": above, "unit": unit}
        return a | {"kind": "fraction", "value": above / below, "unit": ""}
    if m["left"]:
        compared = "比" in m.string[max(0, m.start() - 12) : m.start()]
        more = {"kind": "ratio", "value": float(m["left"]), "unit": m["right"]}
        return a | more if compared else None
    return _quantity(m, a)


def _other_word(unit: str, m: re.Match) -> bool:
    """Whether a unit is the beginning of another word: 家 in 3万家庭."""
    end = m.end("rank" if m["nth"] else "unit")
    if unit.isascii() and unit.isalpha():
        return m.string[end : end + 1].isascii() and m.string[end : end + 1].isalpha()
    other = load_units()["other"].get(unit)
    return bool(other and other.match(m.string, end))


def _quantity(m: re.Match, a: dict) -> dict | None:
    """A number with its scale and unit, if its kind of numeral counts such a thing."""
    unit, scale, run = m["unit"], m["scale"] or "", m["han"] or m["figure"]
    if unit and _other_word(unit, m):
        a, unit = a | {"end": m.start("gap"), "approx": m["fore"] or ""}, None
    if m["han"] and not scale and (ending := re.search("(?<=.)(?:万亿|万|亿)$", run)):
        run, scale = run[: ending.start()], ending[0]
    value, to = _numeral(run)
    size = _size(scale)
    if m["rest"] and value is not None:  # 3亿5000万
        value += int(m["rest"].rstrip("万")) * (10**4 if "万" in m["rest"] else 1) / size
    mark = a["approx"] or m["mid"] or m["late"] or ("多" if "个多" in (unit or "") else "")
    if value is None or (m["han"] and not _counts(m, unit, value * size, mark)):
        return None
    if unit is None and (scale[-1:] in ("万", "亿") or (m["han"] and value >= 1000)):
        unit = ""
    full = None if unit is None else scale + unit.replace("个多", "个")
    value = (value + (0.5 if m["half"] and unit else 0)) * (-1 if m["minus"] else 1)
    return a | {"value": value, "value_to": to, "kind": "range" if to else "quantity",
                "scale": size, "printed": scale, "unit": full, "approx": mark}  # fmt: skip


def _numeral(run: str) -> tuple:
    """The value of figures or Chinese numerals, and of 三四十 the second; None where there is none."""
    if run[0].isdecimal():
        return float(run.replace(",", "")), None
    pair = re.search("[一二两三四五六七八九]{2}", run.partition("点")[0])
    if not pair:
        return read_han(run), None
    low, high = (run[: pair.start() + k] + run[pair.start() + k + 1 :] for k in (1, 0))
    near = DIGITS[pair[0][1]] - DIGITS[pair[0][0]] == 1
    return (read_han(low), read_han(high)) if near else (None, None)


def _counts(m: re.Match, unit: str | None, number: float, mark: str) -> bool:
    """Whether Chinese numerals are a quantity: not 一个, 二期, 四个自信, 百年, 千万."""
    known, run = load_units(), m["han"]
    if run[0] in "百千万亿":
        return bool(m["fore"]) and unit in known["measures"] | known["counts"]
    if unit is None:
        return number >= 1000 and (number >= 10**4 or bool(mark))
    if unit in known["never"] or run in "零〇一二" or _in_series(m):
        return False
    return number >= 10 or unit not in known["from_ten"]


def _in_series(m: re.Match) -> bool:
    """Whether a numeral counts on in a formula: 一线工作、二元合力、三家情怀."""
    if m["han"] not in SERIES[2:]:
        return False
    before = m.string[max(0, m.start() - 12) : m.start()]
    last = SERIES[SERIES.index(m["han"]) - 1]
    return (
        before[-1:] in tuple("、，；和与")
        and re.search(f"(?:^|[、，；：和与]){last}(?![十百千万亿])", before) is not None
    )


def _linked(found: list[dict], plain: str) -> list[dict]:
    """The amounts with a unit, those that share one (3000、2000元) and ranges (10至15家) joined."""
    kept = []
    for a in reversed(found):
        after = kept[-1] if kept else None
        between = plain[a["end"] : after["start"]] if after else "\n"
        before = plain[a["start"] - 1] if a["start"] else "\n"
        if after and len(between) < 6 and after["kind"] in ("quantity", "range"):
            ranged = RANGE_RE.fullmatch(between) and before not in "从由"
            shared = RANGE_RE.fullmatch(between) or LISTED_RE.fullmatch(between)
            if (
                a["unit"] is None and after["unit"] and shared and before not in "\n。；："
            ):  # not 1、
                rest = after["unit"].removeprefix(after["printed"])
                same = a["scale"] > 1
                a["unit"] = (a["printed"] + rest) if same else after["unit"]
                a["scale"] = a["scale"] if same else after["scale"]
            if ranged and a["unit"] == after["unit"] and after["value_to"] is None:
                kept[-1] = after | {k: a[k] for k in ("start", "value")} | {
                    "kind": "range", "value_to": after["value"],
                    "approx": a["approx"] or after["approx"]}  # fmt: skip
                continue
        if a["unit"] is not None:
            kept.append(a)
    return kept[::-1]
