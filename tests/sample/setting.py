"""Six ways to set a page, each with the faults that its kind of copy has. See LAYOUTS.

A sheet is a list of rows; a row is a list of parts (text, kind, article id, paragraph number);
an empty row is a blank line. What stands in a row is what stands on the page, to the character.
"""

import re

import source

NO_START = "，。、；：？！”’）》…—"
NO_END = "“‘（《"
FILLERS = [
    "讲文明 树新风 公益广告", "节约用水 从我做起（公益广告）", "——“全民阅读”活动宣传标语",
    "——“安全生产月”活动宣传标语", "珍惜每一粒粮食（公益广告）",
]  # fmt: skip


def wrap(text, width, first, held=0):
    """The lines of a paragraph set to a column of which the first line has `first` cells.

    The first `held` characters (a lead with names) are broken at blanks only.
    """
    lines, line, used, limit = [], "", 0.0, first
    for i, c in enumerate(text):
        size = 0.5 if ord(c) < 128 else 1.0
        if (
            used + size > limit
            and c not in NO_START
            and not _inside_word(text, i)
            and (i >= held or text[i - 1] == " ")
        ):
            over = ""
            while line and line[-1] in NO_END:
                over, line = line[-1] + over, line[:-1]
            lines.append(line)
            line, used, limit = over, float(len(over)), width
        line, used = line + c, used + size
    return [*lines, line] if line else lines


def _inside_word(text, i):
    """Numbers and Latin words are not broken."""
    return bool(re.match(r"[0-9A-Za-z.%]", text[i]) and re.match(r"[0-9A-Za-z.]", text[i - 1]))


def break_point(text, rng):
    """Where a column break may part a paragraph: not before a closing mark, not in a number."""
    spots = [i for i in range(8, len(text) - 8) if text[i] not in NO_START
             and text[i - 1] not in NO_END and not _inside_word(text, i)
             and text[i - 1] not in "。！？”…—："]  # fmt: skip
    return rng.choice(spots) if spots else None


def heads(article, aid):
    """The rows above the text of an article: column title, kicker, headline, deck, byline."""
    order = (("column", "furniture"), ("kicker", "kicker"), ("headline", "headline"),
             ("deck", "subtitle"), ("byline", "byline"))  # fmt: skip
    return [[(article[f], kind, aid, None)] for f, kind in order if article[f]]


def flow(article, aid):
    """The parts of an article's text in order; the lead stands before its first paragraph."""
    kind = "caption" if article["genre"] == "photo_caption" else "body"
    names = {"body": kind, "crosshead": "section", "caption": "caption", "credit": "byline"}
    return [(labelled(text, article) if k == "credit" else text, names[k], aid, n if k == "body" else None)
            for n, (k, text) in enumerate(article["body"])]  # fmt: skip


def picture_gap(article):
    """The blank lines where the picture of a story without a headline stood."""
    return [[], []] if article["genre"] == "photo_caption" and not article["headline"] else []


def labelled(credit, article):
    """The credit of a picture inside an article, with the label that the name has there."""
    if re.search("记者|通讯员", credit):
        return credit
    by = " ".join(article[f] or "" for f in ("lead", "byline", "tail"))
    reporters = source.names(by)[0]
    return ("本报记者 " if credit.split()[0] in reporters else "通讯员 ") + credit


def closing(article, aid):
    """What stands after the text: the credit of a picture, the names or the dateline in brackets."""
    return [(article[f], "byline", aid, None) for f in ("credit", "tail") if article[f]]


def lead_of(article, aid, half=False):
    text = article["lead"]
    if half and text:
        text = text.replace("（", "(").replace("）", ")")
    return [(text, "byline", aid, None)] if text else []


# --- 1 wrapped columns with stray blanks: local party papers turned to text by PDF tools


def columns(articles, rng):
    """Columns of 14 to 26 cells, stray blanks, breaks inside paragraphs, a head at the page's end."""
    rows, late, narrow = [], [], rng.choice([15, 16, 17])
    widths = [
        narrow if i % 2 else rng.choice([narrow + 6, narrow + 9]) for i in range(len(articles))
    ]
    for n, (aid, a) in enumerate(articles):
        width, loses = widths[n], n == 0 and rng.random() < 0.5
        if loses and a["genre"] != "photo_caption":
            rows += [[(" (上接一版）", "continuation_note", aid, None)], []]
            a = cut_start(a, rng)
        elif n == len(articles) - 1 and a["tail"] and rng.random() < 0.6:
            late = [r for r in heads(a, aid) if r[0][1] in ("headline", "subtitle")]
            rows += spaced_rows([r for r in heads(a, aid) if r not in late])
        else:
            rows += spaced_rows(heads(a, aid))
        rows += column_text(a, aid, width, rng)
        for part in closing(a, aid):
            rows += [[part], []]
    rows += late
    if rng.random() < 0.3:
        rows += [[(rng.choice(FILLERS[2:4]), "slogan", None, None)]]
    return [stray(r, rng) for r in rows]


def column_text(a, aid, width, rng):
    """The rows of an article's text in one column; the column ends now and then."""
    rows, left = picture_gap(a), rng.randint(25, 60)
    lead = a["lead"]
    for text, kind, _, n in flow(a, aid):
        if kind == "section":
            rows += [[(x, kind, aid, None)] for x in wrap(text, width - 3, width - 3)] + [[]]
            continue
        whole = (lead or "") + text if n is not None else text
        done = 0
        for line in wrap(whole, width, width - 2, len(lead or "") if n is not None else 0):
            if (
                left == 0
                and line is not None
                and rows
                and rows[-1]
                and rows[-1][-1][0][-1] not in "。！？”…"
            ):
                rows.append([])
                left = rng.randint(25, 60)
            rows.append(parts_of(line, done, lead if n is not None else None, (kind, aid, n)))
            done += len(line)
            left = max(0, left - 1)
        lead = None if n is not None else lead
        rows.append([])
    return rows


def parts_of(line, done, lead, owner):
    """A row of text whose first characters may still belong to the lead."""
    kind, aid, n = owner
    split = max(0, min(len(line), len(lead or "") - done))
    parts = [(line[:split], "byline", aid, None), (line[split:], kind, aid, n)]
    return [p for p in parts if p[0]]


def stray(row, rng):
    """A row with the blanks that PDF tools leave: after marks, round numbers."""

    def put(text):
        text = re.sub(
            r"([，。、；])(?=.)", lambda m: m[1] + (" " if rng.random() < 0.35 else ""), text
        )
        text = re.sub(r"(?<=[一-鿿])(?=\d)", " ", text)
        return re.sub(r"(?<=\d)(?=[一-鿿])", " ", text)

    return [(put(t) if k in ("body", "caption") else t, k, a, n) for t, k, a, n in row]


def spaced_rows(rows):
    return [x for r in rows for x in (r, [])]


def cut_start(a, rng):
    """The article without its head and first paragraph: the front page has them."""
    body = a["body"]
    first = [i for i, (k, _) in enumerate(body) if k == "body"]
    if len(first) < 3:
        return a | {"cut": "start", "lead": None}
    keep = first[1] if rng.random() < 0.6 else first[2]
    return a | {"body": body[keep:], "lead": None, "cut": "start"}


# --- 2 copies from a web edition: full-width indents, heads lost, one article twice


def web(articles, rng):
    """One line a paragraph behind two full-width blanks; the first line of an article lacks them."""
    rows = []
    twice = rng.randrange(len(articles)) if rng.random() < 0.45 else None
    for n, (aid, a) in enumerate(articles):
        headless = rng.random() < 0.4
        for copy in (aid, aid + "x") if n == twice else (aid,):
            rows += web_article(a, copy, headless)
    return rows


def web_article(a, aid, headless):
    rows, first = picture_gap(a), True
    if not headless:
        rows += spaced_rows([r for r in heads(a, aid) if r[0][1] != "byline"])
    if a["byline"]:
        rows += [[("　　" + a["byline"], "byline", aid, None)], []]
    for text, kind, _, n in flow(a, aid):
        if kind == "caption" and n is None:
            rows += [[], [], [(text, kind, aid, n)]]
            continue
        if kind == "byline":
            rows[-1].append((" 图/" + text, kind, aid, n))
            rows += [[], []]
            continue
        indent = ("　" if headless else "") if first and not a["byline"] else "　　"
        lead = lead_of(a, aid) if first else []
        row = [*lead, (text, kind, aid, n)]
        rows += [[(indent + row[0][0], *row[0][1:]), *row[1:]], []]
        first = False
    for part in closing(a, aid):
        rows += [[("　　" + part[0], *part[1:])], []]
    return rows


# --- 3 markdown from an OCR model: ranks of heads confused, articles interrupted


def markdown(articles, rng):
    """Heads behind #, paragraphs cut at columns, one article interrupted by others."""
    blocks = [markdown_article(a, aid, rng, n == 0) for n, (aid, a) in enumerate(articles)]
    long = [i for i, b in enumerate(blocks[:-1]) if sum(len(r) > 0 for r in b) >= 9]
    rest = []
    if long and rng.random() < 0.7:
        i = rng.choice(long)
        blocks[i], rest = interrupt(blocks[i], rng)
    return [[], []] + [r for b in blocks for r in b] + rest


def markdown_article(a, aid, rng, first):
    rank, rows = rng.choice(["# ", "## "]), []
    marks = {"headline": rank, "kicker": "## ", "subtitle": "## ", "furniture": "", "byline": ""}
    if first and a["genre"] == "feature" and rng.random() < 0.5:
        a = cut_start(a, rng)
        note = [("（紧接第一版）", "continuation_note", aid, None)]
    else:
        note = []
        for ((text, kind, _, _),) in heads(a, aid):
            rows += [[(marks[kind] + text, kind, aid, None)], []]
    if a["genre"] == "photo_caption":
        rows += [[], []]
    for text, kind, _, n in flow(a, aid):
        head = [*note, *(lead_of(a, aid) if n is not None else [])]
        if n is not None:
            note, a = [], a | {"lead": None}
        rows += broken([*head, ("### " + text if kind == "section" else text, kind, aid, n)], rng)
    for part in closing(a, aid):
        rows += [[part], []]
    return rows


def broken(row, rng, share=0.2):
    """A paragraph's row, or two where a column break parts it."""
    text, kind, aid, n = row[-1]
    spot = (
        break_point(text, rng)
        if n is not None and len(text) > 60 and rng.random() < share
        else None
    )
    if spot is None:
        return [row, []]
    return [[*row[:-1], (text[:spot], kind, aid, n)], [], [(text[spot:], kind, aid, n)], []]


def interrupt(block, rng):
    """A block broken off inside one of its later paragraphs, and the rest of it."""
    spots = [
        i for i, r in enumerate(block) if len(r) == 1 and r[0][1] == "body" and len(r[0][0]) > 50
    ]
    i = spots[len(spots) // 2 :][0] if len(spots) > 1 else None
    spot = break_point(block[i][0][0], rng) if i else None
    if spot is None:
        return block, []
    text, *owner = block[i][0]
    return block[:i] + [[(text[:spot], *owner)], []], [[(text[spot:], *owner)], *block[i + 1 :]]


# --- 4 half-width marks, column codes, loops: another OCR model on a prefecture's daily


def halfwidth(articles, rng):
    """Half-width commas and brackets, codes like ②7 at the end, wide gaps between articles."""
    rows = [[], []]
    for n, (aid, a) in enumerate(articles):
        note = None
        if n and a["genre"] == "feature" and rng.random() < 0.35:
            a, note = cut_start(a, rng), [("(上接第一版)", "continuation_note", aid, None)]
        block = [note, []] if note else spaced_rows(heads(a, aid))
        code = f"{rng.choice('①②③④⑥')}{rng.randint(1, 9)}" if rng.random() < 0.7 else None
        block += halfwidth_text(a, aid, code, rng)
        rows += [half(r) for r in block] + [[], []]
    return rows


def halfwidth_text(a, aid, code, rng):
    rows, parts = [], flow(a, aid)
    last = max(i for i, p in enumerate(parts) if p[3] is not None)
    tail = [(a["tail"], "byline", aid, None)] if a["tail"] else []
    for i, (text, kind, _, n) in enumerate(parts):
        if n is not None and kind == "body" and rng.random() < 0.06:
            text = looped(text)
        head = (
            lead_of(a, aid, half=True) if n == min(p[3] for p in parts if p[3] is not None) else []
        )
        new = broken([*head, (text, kind, aid, n)], rng)
        if i == last:
            new[-2] = new[-2] + tail + ([(code, "column_code", aid, None)] if code else [])
        rows += new
    if a["credit"]:
        rows += [[(a["credit"], "byline", aid, None)], []]
    return rows


def looped(text):
    """A paragraph in which the OCR model said its last sentence again."""
    sentence = re.search(r"[^。！？“”]{14,80}。$", text)
    return text + sentence[0] if sentence else text


def half(row):
    """A row with , ; : half-width between Chinese characters, brackets of names half-width."""
    line = "".join(p[0] for p in row)
    out, at = [], 0
    for text, kind, aid, n in row:
        new = ""
        for i, c in enumerate(text):
            k = at + i
            near = line[max(0, k - 1) : k] + line[k + 1 : k + 2]
            both = len(near) == 2 and all(ord(x) > 0x2000 and x not in "，；：" for x in near)
            new += dict(zip("，；：", ",;:", strict=True)).get(c, c) if both else c
        if kind == "byline":
            new = new.replace("（", "(").replace("）", ")")
        out.append((new, kind, aid, n))
        at += len(text)
    return out


# --- 5 small papers: pictures with credits, fillers, columns that break anywhere


def small(articles, rng):
    """One line a paragraph, credits right under captions, slogans as fillers."""
    rows = [[], []]
    for aid, a in articles:
        if a["genre"] == "photo_caption":
            rows += [[], []]
            if not a["column"] and not a["headline"]:
                a = a | {"column": "图片新闻"}
        rows += spaced_rows(heads(a, aid))
        for text, kind, _, n in flow(a, aid):
            head = lead_of(a, aid) if n is not None else []
            a = a | {"lead": None} if n is not None else a
            rows += broken([*head, (text, kind, aid, n)], rng, 0.3)
            if kind == "byline" and len(rows) > 3 and not rows[-3]:
                rows[-3:-2] = []
        for part in closing(a, aid):
            if part[0] == a["credit"] and rows and not rows[-1]:
                rows.pop()
            rows += [[part], []]
        if rng.random() < 0.2:
            rows += [[], [(rng.choice(FILLERS[:2] + FILLERS[4:]), "slogan", None, None)], [], []]
    return rows


# --- 6 whole print pages: folio, editors, indents kept, no blank line between paragraphs


def print_page(articles, rng):
    """Columns of 18 to 24 cells with the printed indent; folio above, editors below."""
    width = rng.choice([18, 20, 22, 24])
    rows = [[(f"第{articles[0][1]['page_no']:02}版 {rng.choice(['要闻', '综合', '深度'])}", "furniture", None, None)],
            [(articles[0][1]["dateline"], "furniture", None, None)], []]  # fmt: skip
    for aid, a in articles:
        rows += picture_gap(a) + heads(a, aid)
        for text, kind, _, n in flow(a, aid):
            if kind == "section":
                rows += [[(x, kind, aid, None)] for x in wrap(text, width - 2, width - 2)]
                continue
            lead = a["lead"] if n is not None else None
            a = a | {"lead": None} if n is not None else a
            done = 0
            for line in wrap((lead or "") + text, width, width - 2, len(lead or "")):
                indent = "　　" if done == 0 and kind == "body" else ""
                row = parts_of(line, done, lead, (kind, aid, n))
                rows.append([(indent + row[0][0], *row[0][1:]), *row[1:]])
                done += len(line)
        rows += [[p] for p in closing(a, aid)] + [[]]
    editors = rng.choice(["责任编辑 江一苇 版式 顾小满", "责编：江一苇 校对：顾小满"])
    return [*rows, [(editors, "furniture", None, None)]]


LAYOUTS = {"columns": columns, "web": web, "markdown": markdown, "halfwidth": halfwidth,
           "small": small, "print": print_page}  # fmt: skip
OWN = {"望川日报": "columns", "开埠时报": "web", "东屿新报": "markdown", "中垣日报": "halfwidth",
       "岚桥周报": "small", "澄湖早报": "print"}  # fmt: skip
