"""places: articles → where they say things happen, resolved by a gazetteer. See `find_places`.

The gazetteer is corpus/places.csv. The longest name wins; a name that is also a common word (~ in
the file) counts only where the article names what it lies in. Nothing is guessed: an ambiguous
name keeps those parts that all its meanings share.
"""

import re
from typing import NamedTuple

import pandas as pd

from helpers.gazetteer import NOWHERE, Place, load_gazetteer
from helpers.kept import find_in
from helpers.letters import in_known_letters

TYPES = dict.fromkeys(["field", "text", "province", "city", "county", "country"], "str")
TYPES["start"] = "int"
COLUMNS = ["article", *TYPES]
FIELDS = ["kicker", "headline", "deck", "text", "captions"]
# Characters of running text that names of towns and villages do not have: told by counting both.
FUNCTION = (
    "的一在了是年不有国个来全业会数网出开展到进部要得说多工为也办着这就企成位能务用看行法把事以记作"
    "据面报时省商产单等过理贸信好题自从实党对么组设件员我样提之服分还者间增意点比已最次品本与技可"
    "书问们话才哪织项没亿讲更层政目届些几推打息落量重如再内总往运举住负让示级谈由造情给改支系跨收期又"
    "委世评表他标准续此馆应带靠批每案只变统被很但将并及各该某其名余农县市镇乡村区街"
)
NAME = rf"[^\W\d_a-zA-Z{FUNCTION}]"
STREET = r"[东西南北中]?路(?![桥网段途径过])|大街|大道"
SCHOOL = (
    "(?:理工|[农工]业|工商|师范|电子|科技|医[科药]|中医药|财经|政法|外国?语|外贸|交通|民族|海[洋事]|航空航天|邮电|石油|林|商"
    "|体育|音乐|美术|传媒|职业|技术|水利|电力|建筑|城市|经济|经贸|第[一二三四]){0,3}(?:大学|学院)"
)
# After a name without suffix: what makes it part of another (长沙理工大学, 南京路, 延安精神).
OTHER_RE = re.compile(
    rf"{STREET}|{SCHOOL}|银行|[日晚晨早时]报|证券|精神|共识|公约|议定书|条约|宣言|协定"
)
LOCAL_RE = re.compile(
    r"古?[镇村]|街道|社区|小区"
)  # after a county's short name: 沙湾古镇 is not 沙湾市
WORD_RE = re.compile(r"市[民场值面容价]|区[域块间位划]")  # 杭州/市民, 西安/区域
BY_RE = re.compile(r"(?:记者|通讯员|实习生)\s?$")
REPORT_RE = re.compile(r"\s?(?:[报电讯\d]|专电|综合|摄)")
SIDE_RE = re.compile(r"[岸麓侧坡翼缘畔]")  # after 湖南, 江西 and such: 太湖南岸, 长江西岸
TOWN = rf"{NAME}{{1,6}}族乡|(?:{NAME}|村(?!村)){{1,4}}?(?:镇(?![域区级])|乡(?![村镇亲土愁贤音里下情间])|街道)"
VILLAGE = rf"{NAME}{{1,4}}?(?:村(?![民落庄镇级务里])|社区|嘎查)"
TAIL_RE = re.compile(rf"(?:{TOWN})(?:{VILLAGE})?|{VILLAGE}")  # after a county: 冷水镇川共村
# A town or village without its county, after a word of place (在双丰镇, 驻五星村) or before an office.
BARE = rf"{NAME}{{2,3}}(?:镇(?![域区级])|乡(?![村镇亲土愁贤音里下情间])|街道|村(?![民落庄镇级务里])|社区)(?:{VILLAGE})?"
BARE_RE = re.compile(
    rf"(?<=[在到至赴驻去从进于])({BARE})"
    rf"|(?:^|(?<=[\n，。；：、“”（！？]))({NAME}{{2,3}}[镇乡]{NAME}{{2,3}}(?:村(?![民落庄镇级务里])|社区))"
    rf"|(?:^|(?<=[\n，。；：、“”（！？与和是]))({BARE})(?=党委|党支部|党总支|政府|人民政府|村委会|第一书记|支书|支部书记)"
)
COMMON_RE = re.compile(  # 老旧社区, 特色小镇, 返乡: no names
    r"[老旧小古名强城]镇|[山渔古名强弱本全各整]村|[返回下入家故异侨水城思他老]乡|旧社|空心|贫困|脱贫|安置|搬迁|智慧|现代|未来"
    r"|和谐|共建|共治|共享|美丽|先进|薄弱|试点|模范|典型|重点|明星|幸福社|平安社|红色社|数字|中心[镇村]|边远|偏远|边境|附近|周边"
    r"|邻近|兄弟|机关|企业|学校|家庭|单位|部门|网格|军营|[和与]社|千[村年]|百村|先"
)
PART_RE = re.compile(rf"{TOWN}|{VILLAGE}")
SUFFIX_RE = re.compile(r"[镇乡村查]|街道|社区")


class Hit(NamedTuple):
    """A name in a text; weak: the article must show that the place is meant."""

    start: int
    end: int
    places: tuple
    weak: bool
    full: bool = True


def find_places(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per mention of a place in heads, text and captions, in the order of reading.

    Columns: article, field (kicker, headline, deck, text, captions), text, province (short form),
    city, county (full names), country, start (in the field; captions joined by line breaks).
    浙江省杭州市西湖区 is one mention; towns and villages stand in `text`, under their county.
    Empty where the article does not tell: a bare 西湖区 has a county, but no province.

    >>> table = find_places(pd.DataFrame([{"article": "p#01", "text": "杭州举行。西湖区参加。"}]))
    >>> table[["text", "province", "county"]].fillna("").values.tolist()
    [['杭州', '浙江', ''], ['西湖区', '浙江', '西湖区']]
    """
    return find_in(articles, TYPES, [*FIELDS, "dateline_place"], _of_article)


def count_places(places: pd.DataFrame, by: str = "province") -> pd.DataFrame:
    """One row per province (or city, county, country): mentions, articles; the most first.

    Mentions that are not resolved so far are left out.

    >>> table = find_places(pd.DataFrame([{"article": "p#01", "text": "杭州和宁波"}]))
    >>> count_places(table).values.tolist()
    [['浙江', 2, 1]]
    """
    above = {"city": ["province"], "county": ["province", "city"]}.get(by, [])
    known = places[places[by].notna()]
    groups = known.groupby([*above, by], dropna=False, sort=True)["article"]
    table = groups.agg(mentions="size", articles="nunique").reset_index()
    order = ["mentions", "articles", by]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _of_article(article: dict) -> list[list]:
    """The rows of one article."""
    printed = {field: _text(article.get(field)) for field in FIELDS}
    texts = {field: in_known_letters(text) for field, text in printed.items()}
    found = {field: _scan(text) for field, text in texts.items() if text}
    sure = [hit for hits in found.values() for hit in hits if not hit.weak]
    told = _told_by(sure + _scan(in_known_letters(_text(article.get("dateline_place")))))
    rows, towns = [], {}
    for field, hits in found.items():
        end = 0
        for hit in _chains(_meant(hits, told, texts[field])):
            if hit.start < end:  # 清镇 in 路桥区金清镇
                continue
            place = _resolve(hit.places, told)
            end = _tail(texts[field], hit.end, place)
            text = texts[field][hit.start : end]
            towns |= dict.fromkeys(PART_RE.findall(texts[field][hit.end : end]), place)
            rows.append([field, text, *_cells(place), hit.start])
    rows += _towns(texts, rows, towns)
    for row in rows:
        row[1] = printed[row[0]][row[-1] : row[-1] + len(row[1])]
    return sorted(rows, key=lambda row: (FIELDS.index(row[0]), row[-1]))


def _text(value) -> str:
    """A field as one string: a list joined by line breaks, nothing for a missing one."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return value if isinstance(value, str) else ""


def _cells(place: Place) -> list:
    return [cell or None for cell in place[1:]]


def _told_by(hits: list[Hit]) -> dict[str, set]:
    """The cities, provinces and countries that an article names surely, by the name of the part."""
    known = {hit.places[0] for hit in hits if len(hit.places) == 1 and not hit.weak}
    parts = ("city", "province", "country")
    return {part: {getattr(p, part) for p in known} - {""} for part in parts}


def _scan(text: str) -> list[Hit]:
    """The names in a text from left to right, the longest at each place; none overlap.

    A weak name gives way to a sure one that overlaps it: 于都 in 位于都江堰.
    """
    forms, lengths = load_gazetteer()
    sure, weak, free = [], [], 0
    for i, pair in enumerate(map(str.__add__, text, text[1:])):
        if i < free or pair not in lengths:
            continue
        for size in lengths[pair]:
            form = text[i : i + size]
            if form in forms and (end := _end(text, i, form)):
                places, is_weak, full = forms[form]
                (weak if is_weak else sure).append(Hit(i, end, places, is_weak, full))
                free = free if is_weak else end
                break
    taken = bytearray(len(text) + 1)
    for hit in sure:
        taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    for hit in weak:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            sure.append(hit)
    return sorted(hit for hit in sure if hit.places[0].kind != "word")


def _end(text: str, start: int, form: str) -> int:
    """Where a name ends, 0 if it is part of another name or crosses a word."""
    end = start + len(form)
    places = load_gazetteer()[0][form][0]
    if places[0].kind == "word":
        return end
    if form[-1] in "市区" and WORD_RE.match(text, end - 1):  # the shorter name stands there too
        return 0
    bare = form[-1] not in "省市县区州盟旗"
    if bare and OTHER_RE.match(text, end) or form[-1] in "南北西东" and SIDE_RE.match(text, end):
        return 0
    if (
        bare
        and places[0].kind == "county"
        and (LOCAL_RE.match(text, end) or _signs(text, start, end))
    ):
        return 0
    foreign = places[0].country != "中国" and places[0].kind != "region"
    return 0 if foreign and "·" in text[max(0, start - 1) : start] + text[end : end + 1] else end


def _signs(text: str, start: int, end: int) -> bool:
    """Whether a name is a reporter's: 本报记者白杨, but not 记者广州报道."""
    return bool(BY_RE.search(text, max(0, start - 4), start)) and not REPORT_RE.match(text, end)


def _meant(hits: list[Hit], told: dict, text: str) -> list[Hit]:
    """The hits without those weak ones of which the article does not show that they are meant."""
    kept = []
    for hit in hits:
        before = kept[-1].places if kept and kept[-1].end == hit.start else ()
        places = [p for p in hit.places if any(_above(q, p) for q in before)]
        if not places and not hit.weak:
            places = hit.places
        elif not places and hit.places[0].kind == "country":
            listed = "、" in text[max(0, hit.start - 1) : hit.start] + text[hit.end : hit.end + 1]
            places = hit.places if listed else ()
        elif not places and not hit.full:
            places = [p for p in hit.places if _near(p, told)]
        if places:
            kept.append(hit._replace(places=tuple(places)))
    return kept


def _above(p: Place, q: Place) -> bool:
    """Whether q lies in p: 浙江省 and 杭州市, 中国 and 浙江."""
    same = all(a in ("", b) for a, b in zip(p[1:], q[1:], strict=True)) and p.country
    return bool(same) and sum(map(bool, p)) < sum(map(bool, q))


def _near(p: Place, told: dict) -> bool:
    """Whether a place's province, of a foreign one its country, is named in the article."""
    return p.province in told["province"] or not p.province and p.country in told["country"]


def _chains(hits: list[Hit]) -> list[Hit]:
    """The hits with 浙江省 + 杭州市 + 西湖区 made one, read as the last within the others."""
    chains = []
    for hit in hits:
        last = chains[-1] if chains and chains[-1].end == hit.start else None
        inner = [q for q in hit.places if last and any(_above(p, q) for p in last.places)]
        if inner:
            chains[-1] = last._replace(end=hit.end, places=tuple(inner))
        else:
            chains.append(hit)
    return chains


def _resolve(places: tuple, told: dict) -> Place:
    """The place that the rest of the article points to, else what all of them share."""
    for part, names in told.items():
        fits = [p for p in places if getattr(p, part) in names]
        if len(fits) == 1:
            return fits[0]
    shared = [cells[0] if len(set(cells)) == 1 else "" for cells in zip(*places, strict=True)]
    return Place(*shared)


def _tail(text: str, end: int, place: Place) -> int:
    """Where a mention ends with the town and village that follow it."""
    tail = TAIL_RE.match(text, end) if place.county or place.kind == "city" else None
    return tail.end() if tail and not COMMON_RE.search(tail[0]) else end


def _towns(texts: dict, rows: list, towns: dict) -> list[list]:
    """Rows of the towns and villages that stand without their county.

    Those told with it elsewhere in the article are its; others, of the only county there is.
    """
    counties = {tuple(row[2:6]) for row in rows if row[4]}
    only = Place("county", *counties.pop()) if len(counties) == 1 else NOWHERE
    for text in texts.values():
        for m in BARE_RE.finditer(text):
            for name in [] if COMMON_RE.search(m[0]) else PART_RE.findall(m[0]):
                towns.setdefault(name, only)
    taken = {(row[0], i) for row in rows for i in range(row[-1], row[-1] + len(row[1]))}
    return [
        [field, text[start:end], *_cells(towns[name]), start]
        for field, text in texts.items()
        for start, end, name in _told(text, towns)
        if (field, start) not in taken and (field, end - 1) not in taken
    ]


def _told(text: str, towns: dict) -> list[tuple]:
    """Start, end and last name of each place in a text where towns of the article are named."""
    spans = []
    for suffix in SUFFIX_RE.finditer(text) if towns else ():
        end = suffix.end()
        for start in range(max(0, end - 9), end - 1):
            if text[start:end] in towns:
                name = text[start:end]
                start = spans.pop()[0] if spans and spans[-1][1] == start else start
                spans.append((start, end, name))
                break
    return spans
