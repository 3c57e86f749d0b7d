"""slogans: articles → the fixed formulas (提法) in them, as exact strings. See `find_slogans`.

Known formulas stand in corpus/slogans.toml with the document they come from. Others are told by
their form: a number in quotation marks, or that several articles print the very same string.
"""

import re
import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.letters import in_known_letters

FILE = Path(__file__).resolve().parent.parent / "corpus" / "slogans.toml"
COLUMNS = ["article", "text", "start", "form"]
RECURS = 2  # articles, copies left out, that must print a coinage or a series for it to count
# The two hottest of six tiers (沸烫热暖温冷) that the China Media Project, founded by Qian Gang, made in
# 2016 for a year of the People's Daily, as shares of its articles; 沸 in numbers: 2,000 articles.
TIERS = (("沸", 0.0518), ("烫", 0.0129))
ENOUGH = 78  # articles a year from which one more article cannot make a tier: 1 / 0.0129

HAN = "[一-鿿]"
# “三服务”, ‘四个意识’, “六强”: what stands between quotation marks, no sentence, 2-24 characters.
QUOTED_RE = re.compile(r"(?<=[“‘])[^“”‘’。！？…\n]{2,24}(?=[”’])")
# 三服务, 四个意识, 八八战略: a number from two on and what it counts, 3-9 characters, or 六强, 三为.
NUMBERED_RE = re.compile(rf"[二两双三四五六七八九十]{{1,2}}(?:{HAN}{{1,7}}|、{HAN}{{2,4}})")
# 三年, 五月, 两会, 双十一, 二维码: dates, quantities and words that begin so.
NO_FORMULA_RE = re.compile(
    r"[二两三四五六七八九十]+(?:[年月日天时分秒岁元人次名家里斤亩吨米层楼届批路川亚峡手孩胎维轮国]|点钟|周年|星级|星红旗)"
    r"|第|两会|两岸|两委$|双[十休语人方边]|三[伏餐甲角星]|四[季叶合大发]|五[金谷一]|七[夕一]|八[卦一]|九[州寨]|十[一佳四三二五六]"
)
HEAD_NOUN = r"工作法|工作机制|工作模式|治理模式|机制|模式|体系|工程|行动|战略|计划|格局|党支部|支部|党员|清单|制度|招商|布局"
# “1234”工作法, “2+20+N”招商: figures in quotation marks and the noun after them; not “12345”热线.
FIGURES_RE = re.compile(
    rf"“(?!1[12]\d”|12[3-9]\d\d”)\d[\d+＋NnXx-]{{1,12}}”{HAN}{{0,4}}?(?:{HEAD_NOUN}){{1,2}}"
)
# “六强”先锋党支部, “五优”党员: a numbered formula and the noun after it, which belongs to it.
NOUN_RE = re.compile(rf"{HAN}{{0,2}}?(?:{HEAD_NOUN}){{1,2}}")
# 平等尊重、创新发展、开放共享: four characters and four characters, between marks.
SERIES_RE = re.compile(rf"(?<![一-鿿、]){HAN}{{4}}(?:、{HAN}{{4}})+(?![一-鿿、])")
WORDS_RE = re.compile(rf"{HAN}{{3}}")  # what a coinage has: not “安全”, “AI”, “12345”
# Names of services, bodies, events and schemes: no formulas.
SERVICE_RE = re.compile(
    "^中国[+＋—-]|^十[一二三四五六]五|(?:(?:故事|交流|推介|博览|展销|洽谈|音乐|展览|运动|演唱|座谈|研讨|发布|分享|联欢|文艺晚)会|[^发进开]展|[节赛周]|驿站|工作[站室]|服务站|[馆院]|热线|平台|客户端|小程序|系统|频道|栏目|小组|论坛|大会|峰会|会议|联盟|协会|中心|基地|计划|公司|学校|榜|奖)$"
)
# 打开“好办事”: what is opened is a service, wherever it stands.
OPENED_RE = re.compile(
    rf"(?:打开|点开|登[录陆]|下载|关注|注册|安装)了?{HAN}{{0,4}}[“‘]([^“”‘’。！？…\n]{{2,24}})[”’]"
)
NAME_AFTER_RE = re.compile(
    r"[”’](?:[号轮舰杯奖]|案例|列车|卫星|火箭|品牌|公司|小程序|客户端|微信|一级学科|学科|专业)"
)


def find_slogans(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per fixed formula (提法) in a text, the longest string where several begin together.

    Columns: article, text, start (in the article's text), form: numbered (四个意识, “1234”工作法),
    four-character (守正创新), curated (others of slogans.toml), quoted (what two articles or more
    put between quotation marks). 正能量 inside 传播正能量 is no row of its own.

    >>> table = find_slogans(pd.DataFrame([{"article": "p#01", "text": "推进“三服务”，传播正能量。"}]))
    >>> table[["text", "start", "form"]].values.tolist()
    [['三服务', 3, 'numbered'], ['传播正能量', 8, 'curated']]
    """
    texts = [t if isinstance(t, str) else "" for t in articles["text"]]
    known = [in_known_letters(t) for t in texts]
    recurring = _recurring(articles, known)
    rows = [
        [article, text[start:end], start, form]
        for article, text, plain in zip(articles["article"], texts, known, strict=True)
        for start, end, form in _of_text(plain, recurring)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"start": int})


def count_slogans(slogans: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per slogan: text, form, count, articles, share, first and last day, tier, source.

    Copies (duplicate_of) are left out. source: the document that slogans.toml gives, empty where
    none is known or the form alone tells the slogan. tier: the hottest that its share of a year's articles
    reached on the China Media Project's scale for a year of the People's Daily (沸 from 0.0518,
    烫 from 0.0129); empty below, and where the year has fewer than 78 articles: there one would do.

    >>> articles = pd.DataFrame([{"article": "p#01", "text": "传播正能量，要有正能量。"}])
    >>> count_slogans(find_slogans(articles), articles)[["text", "count"]].values.tolist()
    [['传播正能量', 1], ['正能量', 1]]
    """
    counted = articles[articles["duplicate_of"].isna()] if "duplicate_of" in articles else articles
    dates = counted["date"] if "date" in counted else pd.Series(pd.NaT, counted.index)
    days = pd.DataFrame({"article": counted["article"], "date": pd.to_datetime(dates)})
    found = slogans.merge(days, on="article")
    table = found.groupby("text", sort=True).agg(
        form=("form", "first"),
        count=("start", "size"),
        articles=("article", "nunique"),
        first=("date", "min"),
        last=("date", "max"),
    )
    table.insert(3, "share", table["articles"] / max(1, len(counted)))
    table["tier"] = _tiers(found, days["date"]).reindex(table.index)
    table["source"] = [_source(text) for text in table.index]
    order = ["articles", "count"]
    return table.sort_values(order, ascending=False, kind="stable").reset_index()


def _source(text: str) -> str:
    """The document of a curated slogan, nothing where there is none."""
    return load_slogans().get(in_known_letters(text), {"source": ""})["source"]


def _tiers(found: pd.DataFrame, days: pd.Series) -> pd.Series:
    """The hottest tier of each slogan over the years that have articles enough."""
    per_year = days.dt.year.value_counts()
    years = per_year[per_year >= ENOUGH]
    known = found[found["date"].dt.year.isin(years.index)]
    groups = known.groupby(["text", known["date"].dt.year])["article"].nunique()
    shares = groups / groups.index.get_level_values(1).map(years)
    best = shares.groupby("text").max()
    tiers = [next((tier for tier, least in TIERS if share >= least), None) for share in best]
    return pd.Series(tiers, best.index, dtype=object)


@lru_cache(maxsize=2)
def load_slogans(path: Path = FILE) -> dict[str, dict]:
    """The curated strings, each with its source and year; "" and None where not ascertained.

    >>> load_slogans()["四个意识"]
    {'source': '中央政治局会议（2016年1月29日）', 'year': 2016}
    """
    try:
        sources = tomllib.loads(path.read_text("utf-8-sig"))["sources"]
        return {
            text: {"source": entry["source"], "year": entry["year"] if entry["source"] else None}
            for entry in sources
            for text in entry["slogans"]
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as e:
        raise ValueError(
            f'{path}: {e}. Each [[sources]] needs source = "…", year = 2024, slogans = ["…"].'
        ) from e


@lru_cache(maxsize=1)
def _curated() -> tuple[re.Pattern, dict[str, list[str]]]:
    """Where a curated string may begin; those strings by their first two characters, the longest first."""
    index = defaultdict(list)
    for text in sorted(load_slogans(), key=len, reverse=True):
        index[text[:2]].append(text)
    return re.compile("|".join(f"{re.escape(a)}(?={re.escape(b)})" for a, b in index)), dict(index)


def _of_text(text: str, recurring: set) -> list[tuple]:
    """Start, end and form of each slogan in a text; where they overlap, of the longest."""
    series = [(*m.span(), "four-character") for m in SERIES_RE.finditer(text) if m[0] in recurring]
    found = [*_find_curated(text), *_find_figures(text), *series, *_find_quoted(text, recurring)]
    kept, taken = [], bytearray(len(text))
    for start, end, form in sorted(found, key=lambda x: (x[0] - x[1], x[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, form))
    return sorted(kept)


def _find_curated(text: str):
    begins, index = _curated()
    for i in map(re.Match.start, begins.finditer(text)):
        for slogan in index[text[i : i + 2]]:
            if text.startswith(slogan, i):
                end = i + len(slogan)
                if len(slogan) > 2 or text[i - 1 : i] in "“‘" and text[end : end + 1] in "”’":
                    yield i, end, _form(slogan)
                break


def _form(slogan: str) -> str:
    """numbered, four-character or curated, by what a curated string looks like."""
    inner = slogan.strip("“”")
    if NUMBERED_RE.fullmatch(inner):
        return "numbered"
    return "four-character" if re.fullmatch(f"{HAN}{{4}}", inner) else "curated"


def _find_figures(text: str):
    """“1234”工作法 with its marks: they are part of the string."""
    for m in FIGURES_RE.finditer(text):
        yield m.start(), m.end(), "numbered"


def _find_quoted(text: str, recurring: set):
    """What stands between quotation marks: numbered formulas, and what other articles print too."""
    for m in QUOTED_RE.finditer(text):
        if NAME_AFTER_RE.match(text, m.end()):
            continue
        if NUMBERED_RE.fullmatch(m[0]) and not NO_FORMULA_RE.match(m[0]):
            noun = NOUN_RE.match(text, m.end() + 1)
            marked = noun and text[m.end()] == "”"
            yield (m.start() - 1, noun.end(), "numbered") if marked else (*m.span(), "numbered")
        elif m[0] in recurring:
            yield *m.span(), "quoted"


def _recurring(articles: pd.DataFrame, texts: list[str]) -> set:
    """What two articles or more print: between quotation marks, or as four and four characters."""
    copies = (
        articles["duplicate_of"].notna() if "duplicate_of" in articles else [False] * len(texts)
    )
    opened = {m for text in texts for m in OPENED_RE.findall(text)}
    seen = defaultdict(int)
    for text, copy in zip(texts, copies, strict=True):
        for string in set() if copy else {*QUOTED_RE.findall(text), *SERIES_RE.findall(text)}:
            seen[string] += 1
    return {
        string
        for string, times in seen.items()
        if times >= RECURS
        and string not in opened
        and WORDS_RE.search(string)
        and not SERVICE_RE.search(string)
    }
