"""folio: the lines in which a page speaks of itself and not of any news. See `is_folio`.

Paper, day, page number, section, editors, addresses, the buttons of a web copy: they stand at a
page's head and foot, and wherever a PDF tool met them. What proves itself is set aside before the
articles are cut; a lone name, day or number is, where it stands beside such a line or at the edge.
"""

import re
from dataclasses import replace
from functools import lru_cache

from helpers.marks import is_complete

NUMERAL = "[0-9０-９〇零○一二三四五六七八九十]"
PAPER_RE = re.compile("(?<![一-鿿])[一-鿿]{2,10}[报報](?=第|[^一-鿿]|$)")
NO_PAPER_RE = re.compile(  # reports, posters, notices: 情报 海报 简报 …, and daily reports of work
    "(?<!^文)(?:[情海简簡通预預公汇匯警捷喜月季电電战戰墙牆壁板剪填申举舉上见見回财財研书書播]|(?<![青少老])年|(?<!都市|现代|今日|城市)快)[报報]$"
    "|(?:工作|疫情|舆情|数据|监测)[日周][报報]$"
)
CONTACT = r"[一-鿿]{0,4}(?:电话|電話|热线|邮箱|信箱|[Ee]-?mail|地址|邮编|传真|网址)(?:\s*[:：]\s*\S|\s+[\w./@-]*[0-9@])"
CONTACT_RE = re.compile(CONTACT)
PART_RE = re.compile(
    rf"""(?P<contact>{CONTACT}\S*)
       | (?P<day>{NUMERAL}{{4}}\s*年\s*{NUMERAL}{{1,3}}\s*月\s*{NUMERAL}{{1,3}}\s*日
            | (?:中華)?民國\s*{NUMERAL}{{2,4}}\s*年\s*{NUMERAL}{{1,3}}\s*月\s*{NUMERAL}{{1,3}}\s*日
            | (?<![0-9])(?:19|20)\d\d(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?![0-9]))
       | (?P<weekday>(?:星期|[周週])[一二三四五六日天](?![一-鿿])
            | (?:农历|農曆|夏历)[一-鿿]{{4,12}})
       | (?P<issue>(?:国内统一|国际标准)?(?:连续出版物|刊)号 | CN\s*\d\d\s*-\s*\d{{4}}(?:/\w+)?
            | (?:邮发)?代号[:：]?\s*[\d-]+ | 总?第?\s*\d{{3,6}}\s*[期号] | [今本]日\s*{NUMERAL}{{1,3}}\s*版)
       | (?P<page>第\s*[A-Z]?{NUMERAL}{{1,3}}\s*版(?![一-鿿]) | (?<!\S)[A-Z]?\d{{1,3}}\s*版(?![一-鿿])
            | (?<!\S)第?[A-Z]?\d\d版(?=[一-鿿]{{2,4}}(?:\s|$))
            | (?<!\S)[-－—·]\s*\d{{1,3}}\s*[-－—·](?!\S))
       | (?P<number>(?<![^\s|｜])[A-Z]?\d{{1,2}}(?![^\s|｜]))
       | (?P<clock>(?<!\S)\d\d:\d\d(?!\S) | 发表于[一-鿿]{{2,4}} | (?<!\S)原创(?!\S))""",
    re.VERBOSE,
)
EDITOR_RE = re.compile(
    r"""(?:本版|今日|本期|[一二三四]版)?\s*
        (?: (?:责任|責任|值班|执行|版面|美术|美術)?(?:编辑|編輯)|[责責]任?[编編校]|[美组]编|版式(?:设计)?|校对|校對
          | (?:值班)?(?:编委|总编辑?)\s*(?=[:：/／]) | (?:主编|审核|审校|监制|统筹|终审)\s*(?=[:：/／]) )
        [:：/／|｜\s]\s*\S""",
    re.VERBOSE,
)
OWNER_RE = re.compile(
    r""".{0,12}版[权權](?:所有|声明)|未经[^，。]{0,10}(?:许可|授权)|本[报報站網网][^，。]{0,4}保留|转载请注明
      | !\[[^\]]*\]\([^()\s]*\)$ | [-*_=—─]{3,}$  # what a markdown page has for pictures and rules
      | .{2,20}(?:主管|主办)\s.{0,20}主办|内部资料\s*免费(?:交流|赠阅)
      | [（(]?本版(?:图片|照片|稿件|文图|图文|摄影|制图|文字) | 来稿请[寄发投][:：]""",
    re.VERBOSE,
)
BUTTON_RE = re.compile(  # what a web copy or a messenger's copy has round the text
    r"""上一[版篇期]|下一[版篇期]|返回(?:目录|首页|顶部)|版面(?:导航|目录)|本版(?:新闻|标题)|标题导航
      | (?:放大\+?|缩小-?|默认o?|朗读|字号|打印|收藏|分享)+(?![一-鿿])|下载\s*PDF|PDF版?|分享[到给](?:[:：]|微信|微博|朋友圈|更多人|\s*$)
      | (?:复制链接|(?:设为|返回)首页|加入收藏|关于我们|联系我们|网站地图|友情链接|广告服务|客户端下载|微信|微博)(?![一-鿿])
      | 点击[上下]?方?蓝字|关注我们|点个?[“”]?(?:在看|赞)[“”]?|往期(?:推荐|回顾|精选)|阅读原文|长按(?:识别)?二维码""",
    re.VERBOSE,
)
OF_THE_WEB_RE = re.compile(  # the line under a title, the way to a page, and to those beside it
    r"""(?:来源|稿源|作者|记者|编辑|发布|时间|日期)\S*?\s*[:：].{0,40}(?:时间|日期|\d{4}-\d\d?-\d\d?).{0,20}
        (?:\d\d?:\d\d|阅读|浏览|点击|访问)[^。]{0,30}$
      | (?:当前)?(?:位置\s*[:：]\s*)?首页\s*[>＞»›/].{1,40}$ | [上下]一[篇版期条]\s*[:：]""",
    re.VERBOSE,
)
# Without one of them a text is of no day, page, number or paper, as nearly all.
SIGN_RE = re.compile(r"[\d日号期版报報]")
GUIDE_RE = re.compile(  # what a page says of the others
    rf"(?:今日|本期|版面)?(?:导读|要目)|[^。]{{4,40}}(?:[\s（(▶►→]+(?:全文|详)?见|\s*[▶►→☞])\s*第?\s*[A-Z]?{NUMERAL}{{1,3}}\s*版[）)]?"
    rf"|[（(][^（）()。]{{0,10}}[见見刊]\s*(?:今日|本报)?\s*第?\s*[A-Z]?{NUMERAL}{{1,3}}\s*版[）)]"
)
CAPITALS_RE = re.compile("[A-Z ]*(?:BAO|DAILY|NEWS|TIMES|POST)")  # a paper's name in Latin letters
SECTION_RE = re.compile("[一-鿿·]{2,6}")
PAUSE_RE = re.compile("[。，；！？]")
JUMP_RE = re.compile("[转轉接见見]")
RUNNING_RE = re.compile(  # a section and the page's number, set wide or not
    r"(?:[一-鿿][ \u3000]?){2,6}[ \u3000]+[A-Z]?\d{1,3}|[A-Z]?\d{1,3}[ \u3000]+(?:[一-鿿][ \u3000]?){2,6}"
)
ASKS_RE = re.compile(
    r"(?:投稿|来稿|爆料|新闻|广告|征订|订阅|发行)(?:邮箱|信箱|热线|电话|须知|有奖)\S{0,4}(?:\s\S{1,8})?"
)
LONGEST = 90  # characters of a folio


def is_paper(text: str) -> bool:
    """Whether a text is a newspaper's name and no more, set wide or not (望 川 日 报)."""
    text = re.sub(r"\s", "", text) if re.fullmatch(r"(?:\S\s+)+\S", text) else text
    return bool(PAPER_RE.fullmatch(text)) and not NO_PAPER_RE.search(text)


@lru_cache(maxsize=4096)  # a line is asked for itself and for its neighbours
def is_folio(line: str) -> bool:
    """Whether a line's own words prove that it is the page's: two marks of a folio, or editors.

    >>> is_folio("05 要闻 望川日报 2023年7月18日"), is_folio("责编：王一 美编：李二")
    (True, True)
    >>> is_folio("望川日报"), is_folio("第3版新教材进课堂")
    (False, False)
    """
    text = line.strip().lstrip("# ")
    if len(text) > LONGEST:
        return False
    if OWNER_RE.match(text) or CAPITALS_RE.fullmatch(text) or GUIDE_RE.fullmatch(text):
        return True
    if OF_THE_WEB_RE.match(text):
        return True
    day = PART_RE.match(text)
    if _has_buttons(text) or (day and day["day"] and _has_buttons(text[day.end() :].lstrip())):
        return True
    if PAUSE_RE.search(text):
        return False
    if EDITOR_RE.match(text):
        return True
    if not SIGN_RE.search(text):
        return False
    found, rest = _parts(text)
    if "issue" in found or {"day", "weekday"} <= found or ("page" in found and len(found) > 1):
        return rest <= 14
    return rest <= 8 and (found == {"page"} or ("paper" in found and len(found) > 1))


def _has_buttons(text: str) -> bool:
    return bool(BUTTON_RE.match(text)) and len(BUTTON_RE.sub("", text)) <= 8


def _parts(text: str) -> tuple[set, int]:
    """The marks of a folio in a text, and how many characters are left beside them."""
    if JUMP_RE.search(text):
        return set(), len(text)
    found = set()

    def note(m):
        found.add(m.lastgroup)
        return " "

    text = PART_RE.sub(note, text)
    for paper in PAPER_RE.findall(text):
        if not NO_PAPER_RE.search(paper):
            text = text.replace(paper, " ")
            found.add("paper")
    return found, len(re.sub(r"[\W_]", "", text))


def may_be_folio(line: str, foot: bool) -> bool:
    """Whether a line is the page's where the line beside it is, or the edge of the page.

    foot: whether it stands at the end, where a lone day signs a notice, and a name an article.
    """
    text = line.strip().lstrip("# ")
    if len(text) > LONGEST:
        return False
    if ASKS_RE.fullmatch(text):
        return True
    if CONTACT_RE.match(text):
        return not re.search("[。；]", text)
    found, rest = _parts(text)
    if found == {"number"}:
        return rest <= 6
    return not foot and (
        is_paper(text) or (found <= {"day", "weekday"} and bool(found) and not rest)
    )


def mark_folios(units: list) -> list:
    """The units of a page, those that are the page's own of kind "folio"."""
    own = [u.kind == "folio" for u in units]
    last = len(units) - 1
    for i in range(len(units)):
        edge = i == 0 and not (last and units[1].kind)
        own[i] |= (edge or own[max(0, i - 1)]) and _lone(units[i], foot=False)
    for i in range(last, -1, -1):
        own[i] |= i < last and own[i + 1] and _lone(units[i], foot=False)
        own[i] |= i == last and _lone(units[i], foot=True)
    for i, u in enumerate(units):
        beside = [own[k] for k in (i - 1, i + 1) if 0 <= k <= last]
        section = not u.kind and SECTION_RE.fullmatch(u.text) and last > 0
        own[i] |= (bool(section) and all(beside)) or _runs_across(units, i)
    contents = _contents(units)
    own = [x or i in contents for i, x in enumerate(own)]
    return [replace(u, kind="folio") if x else u for u, x in zip(units, own, strict=True)]


def _contents(units: list) -> set[int]:
    """The places of a list of the page's articles: lines in a row that stand below as headings, apart."""
    last = {u.text: i for i, u in enumerate(units) if not u.kind and len(u.text) <= LONGEST / 2}
    found, run = set(), []
    for i, u in enumerate([*units, None]):
        again = last.get(u.text, i) if u else i
        if again > i and (not run or again > run[-1][1] + 1):
            run.append((i, again))
            continue
        if len(run) >= 3 and run[-1][0] < run[0][1]:
            found.update(k for k, _ in run)
        run = [(i, again)] if again > i else []
    return found


def _runs_across(units: list, i: int) -> bool:
    """Whether a section and a number interrupt a sentence, as the head of a page does."""
    above = units[i - 1] if 0 < i < len(units) - 1 else None
    if not above or above.kind or units[i].kind or not RUNNING_RE.fullmatch(units[i].raw.strip()):
        return False
    return len(above.text) > LONGEST / 3 and not is_complete(above.text)


def _lone(u, foot: bool) -> bool:
    return not u.kind and may_be_folio(u.raw, foot)
