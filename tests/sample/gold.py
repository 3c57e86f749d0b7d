"""The gold of a laid-out page: what a perfect reader would make of it, from what was printed."""

import re

from source import names

SPACE = re.compile(r"\s")
GOLD_END = re.compile(r"[。！？”…）：]$")


def bare(text):
    return SPACE.sub("", text)


def gold_page(name, rows, articles):
    """The gold of one page in the project's exchange format; `rows` is the printed sheet."""
    segments = find_segments(rows)
    found, first = [], {}
    for aid, a in articles:
        entry = gold_article(aid, a, rows, segments)
        if entry:
            source_id = aid.rstrip("x")
            entry["duplicate_of"] = first.get(source_id)
            first.setdefault(source_id, aid)
            found.append(entry)
    bodies = {e["id"]: e.pop("_paragraphs") for e in found}
    must, where = must_contain(bodies)
    return {
        "page": name, "publication": {"name": articles[0][1]["paper"],
                                      "date": articles[0][1]["date"]},
        "segments": segments, "articles": found, "faults": [],
        "must_contain": must, "must_contain_in": where,
        "must_not_contain": must_not_contain(found, bodies, segments), "must_not_contain_soft": [],
    }  # fmt: skip


def find_segments(rows):
    """Runs of one kind and article; a run with columns where a line holds more than one."""
    segments = []
    for n, row in enumerate(rows, 1):
        at = 0
        for text, kind, aid, _ in row:
            last = segments[-1] if segments else None
            whole = len(row) == 1
            same = last and (last["kind"], last["article"]) == (kind, aid)
            if same and whole and "start_col" not in last:
                last["end_line"] = n
            else:
                segment = {"id": f"s{len(segments) + 1}", "start_line": n, "end_line": n,
                           "kind": kind, "article": aid}  # fmt: skip
                if not whole:
                    segment |= {"start_col": at, "end_col": at + len(text)}
                segments.append(segment)
            at += len(text)
    return segments


def paragraphs_of(aid, rows):
    """[(paragraph number, [[first_line, last_line], …], [(line, text), …])] in order."""
    found = {}
    for line, row in enumerate(rows, 1):
        for text, _, owner, n in row:
            if owner == aid and n is not None:
                pieces, texts = found.setdefault(n, ([], []))
                if pieces and pieces[-1][1] == line - 1 and len(rows[line - 2]):
                    pieces[-1][1] = line
                elif not pieces or pieces[-1][1] != line:
                    pieces.append([line, line])
                texts.append((line, text))
    return [(n, *found[n]) for n in sorted(found)]


def gold_article(aid, a, rows, segments):
    """One article's gold, or None where nothing of it is on the page."""
    mine = [s for s in segments if s["article"] == aid]
    parts = [p for row in rows for p in row if p[2] == aid]
    if not parts:
        return None

    def of(kind):
        return [(t.lstrip("#　 "), s) for s in mine if s["kind"] == kind
                for t in ["".join(_piece(rows, s))]]  # fmt: skip

    paragraphs = paragraphs_of(aid, rows)
    texts = [bare(re.sub(r"^#+ ", "", "".join(t for _, t in lines))) for _, _, lines in paragraphs]
    texts = [restore(t) for t in texts]
    by = " ".join(t for t, _ in of("byline"))
    lead = next((t for t, _ in of("byline") if re.match(r"本报讯|新华社.*电", t)), None)
    reporters, correspondents = names(by.replace("图/", " "))
    dateline = re.search(r"新华社([一-鿿]+?)(\d+)月(\d+)日电", by)
    note = "".join(t for t, _ in of("continuation_note"))
    head = {k: " ".join(t for t, _ in of(kind)) or None
            for k, kind in (("kicker", "kicker"), ("headline", "headline"), ("deck", "subtitle"),
                            ("column", "furniture"))}  # fmt: skip
    body = "".join(texts)
    start = bool(note)
    ends = not GOLD_END.search(texts[-1]) if texts else False
    day = f"{int(dateline[2]):02}-{int(dateline[3]):02}" if dateline else None
    return {
        "id": aid, "headline": head["headline"],
        "headline_full": head["headline"] and " ".join(x for x in (head["kicker"], head["headline"]) if x),
        "kicker": head["kicker"], "subtitle": head["deck"] and head["deck"].lstrip("—"),
        "column_title": head["column"],
        "sections": [restore(t) for t, _ in joined_sections(rows, aid)],
        "first_words": body[:12], "last_words": body[-12:],
        "reporters": reporters, "correspondents": correspondents,
        "photographers": photographers(by),
        "agency": "新华社" if dateline else "本报" if "本报" in by else None,
        "agency_all": [x for x in ("新华社", "本报") if x in by],
        "lead": lead, "source_note": None,
        "dateline_place": dateline and dateline[1], "dateline_date": day and f"--{day}",
        "dateline_date_resolved": day and f"{a['date'][:4]}-{day}",
        "continued_from": (re.search("第?一版", note) or [None])[0], "continues_to": None,
        "is_fragment": start or ends,
        "cut": {(1, 1): "both", (1, 0): "start", (0, 1): "end", (0, 0): None}[start, ends],
        "duplicate_of": None, "n_paragraphs": len(paragraphs),
        "paragraphs": [pieces for _, pieces, _ in paragraphs],
        "segment_ids": reading_order(mine), "genre": a["genre"], "genre_alt": [],
        "themes": a["themes"], "themes_minor": a["minor"],
        "places": [p for p in a["places"] if p in body + (head["headline"] or "") + (head["kicker"] or "")],
        "places_minor": [],
        "quotes": quotes(a, paragraphs, texts), "figures": figures(a, texts),
        **({"column_code": "".join(t for t, _ in of("column_code"))} if of("column_code") else {}),
        "_paragraphs": texts,
    }  # fmt: skip


def _piece(rows, s):
    """The text of a segment, line by line."""
    for n in range(s["start_line"], s["end_line"] + 1):
        line = "".join(p[0] for p in rows[n - 1])
        yield line[s["start_col"] : s["end_col"]] if "start_col" in s else line


def joined_sections(rows, aid):
    """The crossheads of an article, those on two lines joined."""
    found, before = [], -9
    for n, row in enumerate(rows):
        for text, kind, owner, _ in row:
            if owner == aid and kind == "section":
                text = re.sub(r"^#+ ", "", text.strip())
                if n == before + 1:
                    found[-1] = (found[-1][0] + text, n)
                else:
                    found.append((text, n))
                before = n
    return found


def restore(text):
    """, : ; as full-width where the setting made them half-width between Chinese characters."""
    han = "[\u3400-\u9fff，。、；：？！“”‘’（）《》—…·]"
    wide = {",": "，", ":": "：", ";": "；"}
    return re.sub(rf"(?<={han})[,:;](?={han})", lambda m: wide[m[0]], text)


def photographers(by):
    return [w for part in re.findall(r"([一-鿿 ]+?)\s*(?:摄影报道|摄)", by)
            for w in re.sub(r"本报记者|通讯员|图/", " ", part).split()]  # fmt: skip


def reading_order(segments):
    """Segment ids with the heads first even where the page has them last."""
    top = ("furniture", "kicker", "headline", "subtitle")
    return [s["id"] for s in sorted(segments, key=lambda s: s["kind"] not in top)]


def quotes(a, paragraphs, texts):
    """The quotations that are on the page, with the line on which each opens."""
    found = []
    for speaker, words in a["quote"]:
        for (_, _, lines), text in zip(paragraphs, texts, strict=True):
            at = text.find("“" + words)
            if at >= 0 and speaker in "".join(texts):
                found.append({"speaker": speaker, "title": None, "text_first_10": words,
                              "line": line_at(lines, at)})  # fmt: skip
                break
    return found


def line_at(lines, at):
    """The line that holds the at-th character of a paragraph."""
    for line, text in lines:
        at -= len(bare(re.sub(r"^#+ ", "", text)))
        if at < 0:
            return line
    return lines[-1][0]


def figures(a, texts):
    """The figures that are on the page."""
    found = []
    for value, unit, metric, change, text in a["figure"]:
        if any(text in t for t in texts):
            only = unit == "%" and bool(change)
            found.append({"text": text, "value": number_of(value), "unit": unit, "metric": metric,
                          "change": number_of(change) if change else None}
                         | ({"change_only": True} if only else {}))  # fmt: skip
    return found


def number_of(text):
    return float(text) if "." in text else int(text)


def must_contain(bodies):
    """8 to 12 stretches of text and the articles that hold them."""
    spots = [(aid, t[i : i + 27]) for aid, texts in bodies.items() for t in texts
             for i in range(6, len(t) - 30, 31)]  # fmt: skip
    chosen = spots[:: max(1, len(spots) // 10)][:12]
    return [t for _, t in chosen], [aid for aid, _ in chosen]


def must_not_contain(articles, bodies, segments):
    """Heads, credits and jump lines, which no body may hold."""
    whole = ["\n".join(t) for t in bodies.values()]
    wanted = [bare(a["headline"]) for a in articles if a["headline"]]
    wanted += [b for a in articles if a["lead"] for b in [a["lead"][:6]]]
    wanted += ["上接第一版", "上接一版", "紧接第一版", "公益广告", "责任编辑"]
    return [w for w in wanted if len(w) >= 4 and not any(w in b for b in whole)]
