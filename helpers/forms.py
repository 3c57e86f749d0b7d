"""forms: what a line's own words prove it to be. See `parts_of`.

A lead, a dateline, a jump line, a credit, a column code: the press has set forms for them, which
no neighbour can gainsay. Forms in traditional letters stand beside the simplified ones.
"""

import re

from helpers.folio import is_folio

# The single-character names of 百家姓 that people bear, and a few that it lacks (with 肖, 闫, 覃).
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马"
    "苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪"
    "祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田"
    "樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封"
    "芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶"
    "郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈"
    "燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越"
    "夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫覃付代佟么楚漆兰"
    "芦佘仝邸迟初苑昂但侍练展谌粟涂揭芶勇瓦岳帅缑亢况郈有琴商牟佴伯赏南墨哈谯笪年爱阳佟言福"
    "麥鍾鐘譚顧賴顏關鄺區歐駱齊龐連華陸單齊鄔喬"
    "陳張劉黃吳楊趙許鄭謝蘇盧蔣韓馮鄧蕭葉呂魏羅賈鄒龔嚴萬錢湯龍孫馬"
)
NAME = (
    rf"(?:[{SURNAMES}][一-鿿]{{1,3}}|[{SURNAMES}][ \u3000][一-鿿]|[一-鿿]{{1,5}}·[一-鿿·]{{1,12}})"
)
NAMES = rf"{NAME}(?:[\s、，,]+{NAME}){{0,9}}"
OUTLET = r"[一-鿿]{2,8}(?:[报報网網台]|新闻|客户端)"  # 望川日报, 望川日报·望川网
ROLE = (
    rf"(?:(?:{OUTLET}(?:[·・、/]{OUTLET})?)?"
    r"(?:本报|本報|本刊|新华社|新華社|见习|實習|实习|特约|特約|首席|特派|全媒体|融媒体?|驻站)*"
    r"(?:[记記]者|通[讯訊][员員]|撰稿人?|[实實][习習]生))"
)
LABEL = r"(?:(?:文|图|圖|图文|文图|文字|撰文|采写|采访|口述|整理|作者|执笔|编译|撰稿)\s*[:：/／])"
NOTE = (  # what may follow the names: where from, or what they did
    r"(?:[／/]?\s*(?!摄影|攝影)[一-鿿]{2,6}(?:报道|報導|报导)|发自\s*[一-鿿]{2,8}"
    r"|文\s*(?:[并/／]\s*)?[图摄圖攝]|采写|整理)"
)
PAGE_NO = r"第?\s*+[A-Z]?\s*[一二三四五六七八九十\d]{1,3}\s*版"
AGENCY = r"(?:新华社|新華社|中新社|中新网|本报|本報|本刊|本台)"
JUMP_RE = re.compile(
    rf"""[（(]\s*(?:上接|紧接|緊接|接|下转|下轉|转|轉)\s*{PAGE_NO}[^（）()]{{0,12}}[）)]
       | (?:[（(▶►→◆●]\s*)?(?:上接|紧接|緊接|下转|下轉)\s*{PAGE_NO}(?:[）)]|(?=\s|$))""",
    re.VERBOSE,
)
LEAD_RE = re.compile(
    rf"""(?:本[报報网網刊]|{OUTLET})[讯訊]\s*[（(][^（）()]{{2,60}}[）)]
       | 本[报報网網刊][讯訊]\s*(?=[^\w（(])
       | [【〔［\[]\s*(?:(?:本[报報]|{OUTLET})?(?:[讯訊]|(?:综合|綜合)(?:报道|報導|[讯訊]))
           |{ROLE}[^】〕］\]]{{2,40}})\s*[】〕］\]]\s*(?:[（(][^（）()]{{2,60}}[）)])?
       | (?:本[报報]|综合)(?:综合)?(?:消息|报道)(?=\s)
       | [据據]?(?:新华社|新華社)(?:[一-鿿]{{2,4}})?[电電](?=[\s（(])\s*(?:[（(][^（）()]{{2,60}}[）)])?
       | 据?\s*{AGENCY}(?:[记記]者\s*)?[一-鿿·]{{2,12}}\s*\d+\s*月\s*\d+\s*日\s*专?[电電讯訊]
         \s*(?:[（(][^（）()]{{2,60}}[）)])?""",
    re.VERBOSE,
)
WHO_RE = re.compile(rf"[（(]\s*{ROLE}")  # who wrote, on a line under 新华社某地某日电
NUMERAL = "[0-9〇零一二三四五六七八九十]"
DAY_RE = re.compile(rf"{NUMERAL}{{4}}\s*年\s*{NUMERAL}{{1,3}}\s*月\s*{NUMERAL}{{1,3}}\s*日")
HALF_LEAD_RE = re.compile(rf"(?:本[报報网網刊]|{OUTLET})[讯訊]\s*[（(](?:{ROLE})")  # a line cuts it
# of editors, over a text
NOTE_RE = re.compile(r"[【\[]?(?:编\s*者\s*按|编者的话|开栏的话|编前语?)[】\]]?\s*[:：\s].{9}")
SHOT = r"(?:摄影报道|攝影報道|摄|攝|供图)"
TAIL_RE = re.compile(
    rf"""[（(](?![^（）()]*{SHOT}\s*[）)])\s*(?:新华社|新華社|中新社|据|據|本报|本報|本网|{ROLE}|作者|摘自|原载|来源|本版|文\s*/|图\s*/)
         [^（）()。]{{1,80}}[）)]$
       | [（(]\s*{NAMES}\s*[）)]$""",
    re.VERBOSE,
)
CREDIT_RE = re.compile(
    rf"""(?:图\s*[/／]|[（(])?\s*(?:新华社发\s*)?[（(]?\s*{ROLE}?\s*
         (?:[一-鿿]{{1,4}}[\s、]+){{0,3}}[一-鿿]{{1,4}}?\s*{SHOT}[）)]?$""",
    re.VERBOSE,
)
SIGNED_RE = re.compile(  # a name set wide behind the last sentence, or the source
    rf"""\s+[{SURNAMES}][ \u3000][一-鿿]$ | (?:\u3000|\s\s)[{SURNAMES}][一-鿿]{{1,2}}$
       | (?<!\S)(?:文章)?(?:来源|稿源)\s*[:：]\s*\S{{2,16}}$""",
    re.VERBOSE,
)
CREDIT_OF_RE = re.compile(rf"(?:图|圖|摄影|攝影|供图)\s*[/／:：]\s*{ROLE}?\s*{NAMES}$")
PICTURES_RE = re.compile(
    r"(?:图片|摄影|影像|新华|本报)*(?:新闻|报道|图片|摄影|影像)|图说.{0,4}|图片(?:故事|简讯)|看图说话"
)
COLUMN_RE = re.compile(  # titles of standing columns
    r"""工作进行时|进行时$|^学习贯彻|精神$|新时代|新征程|新篇章$|^聚焦|在(?:行动|基层|一线)$|走基层|(?:一线|基层|调研|采风|万里)行$
      |系列报道|专题|专栏|专版|集[纳锦萃]$|荟萃$|拾零$|(?:掠|剪)影$|巡礼$|留痕$|图景$|看变化$
      |观察$|视点$|话题$|看台$|关注$|简讯$|要闻$|风采录?$|群英谱$|广角$|播报$|速[递览读]$|见闻$|故事$|解读$|观点$|一线$
      |论坛$|纵横谈?$|(?:漫|杂|笔|夜|今日|大家|百家)谈$|[时快锐短]评$|评论$|评弹$|论语$|(?:随|漫)笔$|[手札]记$|随感$|短论$|思考$
      |热线$|访谈$|视窗$|之[声窗]$|问答$|(?:课|讲)堂$|讲坛$|直通车$|圆桌$|园地$|茶座$|沙龙$|驿站$|信箱$|会客厅$|回音壁$
      |小[辞词]典$|小百科$|以案说法$|诵读$""",
    re.VERBOSE,
)
SLOGAN_RE = re.compile(
    r"标语|公益广告|口号$|^(?:讲文明|节约|珍惜|爱护).{2,14}(?:新风|用水|粮食|家园)|^人人.{2,10}处处.{2,10}$|^绿水青山就是金山银山$"
)
CODE_RE = re.compile(r"[①-⑳㉑-㉟]\s*\d*$")
BYLINE_RE = re.compile(
    rf"""(?:[□■◎●◆]\s*)?(?:{ROLE}|□|文\s*[/／]图|(?![图圖]\s*[:：/／]){LABEL})[\s:：/]*{NAMES}
         (?:[\s、]*(?:{ROLE}|{LABEL})[\s:：]*{NAMES}){{0,4}}(?:\s*{NOTE})?
       | 口述\s*[:：][^:：。，]{{2,16}}\s整理\s*[:：/／]\s*{NAMES}
       | {ROLE}(?:\s+(?:{ROLE}\s+)?[一-鿿]{{2,3}}){{1,9}}(?:\s*{NOTE})?  # families we do not know
       | □\s*(?!链接|相关|背景|资料|新闻|短评|点评|编后|编者)[一-鿿]{{2,4}}  # nor pen names""",
    re.VERBOSE,
)
AUTHOR_RE = re.compile(  # a name alone: an author where a heading stands above it
    rf"[■◎●◆]\s*{NAMES}|[一-鿿][ \u3000]{{1,2}}[一-鿿]|[{SURNAMES}][一-鿿]{{1,2}}|本[报報刊]评论员"
)
SHOT_RE = re.compile(r"(?<![并/／])\s*[摄攝]$")  # a name and what he did: a credit
BLANKS_RE = re.compile(r"\s*")
HALF_BYLINE_RE = re.compile(rf"(?:{ROLE}|□).{{2,60}}[\s、][一-鿿]{{1,2}}$")  # the rest below
TAILS = (  # with what each must end in, which spares us most of the looking
    (CODE_RE, "code", re.compile(r"[①-⑳㉑-㉟\d]")),
    (TAIL_RE, "tail", re.compile("[）)]")),
    (SIGNED_RE, "tail", re.compile("[一-鿿]")),
    (JUMP_RE, "jump", re.compile("[）)版]")),
    (CREDIT_RE, "credit", re.compile("[）)摄攝道图]")),
    (CREDIT_OF_RE, "credit", re.compile("[一-鿿]")),
)
TAIL_END_RE = re.compile(r"[①-⑳㉑-㉟\d）)一-鿿]")  # any of them


def is_jump_out(text: str) -> bool:
    """Whether a jump line leads to another page, rather than from one.

    >>> is_jump_out("（下转第二版）"), is_jump_out("（上接第一版）")
    (True, False)
    """
    return "转" in text or "轉" in text


def parts_of(raw: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the parts of a text, in order; kind is "" for what no form proves.

    >>> [k for *_, k in parts_of("本报讯（记者 王一）今日开工。②7")]
    ['lead', '', 'code']
    """
    if is_folio(raw):
        return [(0, len(raw), "folio")]
    if NOTE_RE.match(raw):
        return [(0, len(raw), "note")]
    start, end, head, tail = 0, len(raw), [], []
    for pattern, kind in ((JUMP_RE, "jump"), (LEAD_RE, "lead")):
        m = pattern.match(raw, start)
        if m:
            head.append((start, m.end(), kind))
            start = BLANKS_RE.match(raw, m.end()).end()
    if BYLINE_RE.fullmatch(raw, start) and not SHOT_RE.search(raw):
        return [*head, (start, end, "byline")]
    while start < end and (found := _tail_of(raw, start, end)):
        tail.append(found)
        end = _text_end(raw, found[0])
    if start < end:
        head.append((start, end, ""))
    return head + tail[::-1]


def _text_end(raw: str, end: int) -> int:
    """Where the text of raw[:end] ends, blanks at its end left out."""
    while end and raw[end - 1].isspace():
        end -= 1
    return end


def _tail_of(raw: str, start: int, end: int):
    """(start, end, kind) of what closes raw[start:end] and is no text, or None."""
    if not TAIL_END_RE.match(raw, end - 1):
        return None
    for pattern, kind, last in TAILS:
        if not last.match(raw, end - 1):
            continue
        at = _closing(pattern, raw, start, end)
        if at is not None and (kind not in ("credit", "tail") or _stands_alone(raw, start, at)):
            return at, end, kind
    return None


def _stands_alone(raw: str, start: int, at: int) -> bool:
    """Whether nothing, or a finished sentence, stands before a place."""
    end = _text_end(raw, at)
    return at == start or not end or raw[end - 1] in "。”！？）"


def _closing(pattern, raw: str, start: int, end: int):
    """Where a pattern begins that closes raw[start:end], or None."""
    for m in pattern.finditer(raw, max(start, end - 120), end):
        if m.end() == end:
            return m.start()
    return None
