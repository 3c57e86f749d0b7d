"""byline: who wrote it, for which agency, where and when. See `credits_of`."""

import re

from helpers.clean import drop_invisible
from helpers.forms import AGENCY, LABEL, NAMES, NOTE, ROLE, SHOT

ROLE_RE = re.compile(rf"{ROLE}|□|文[/／]图|{LABEL}|摄影[/／:：]")
NOTE_RE = re.compile(rf"{NOTE}(?=[\s）)】〕］\]]*$)")
ALONE_RE = re.compile(rf"[（(■◎●◆\s]*({NAMES})[\s）)]*")
DATELINE_RE = re.compile(
    rf"({AGENCY})(?:[记記]者)?\s*([一-鿿·]{{2,12}}?)\s*(\d+)\s*月\s*(\d+)\s*日\s*专?[电電讯訊]"
)
PARTNER_RE = re.compile(r"共享联盟[·・]?[一-鿿]*")
NAME_RE = re.compile(r"[一-鿿]{2,4}|[一-鿿]+·[一-鿿·]+")
CREDIT_END_RE = re.compile(rf"(?:\s*文并)?\s*{SHOT}[）)]*$")
AGENCIES = {"新華社": "新华社", "中新网": "中新社", "本報": "本报"}


def credits_of(notes: list[tuple[str, str]]) -> dict:
    """Reporters, correspondents, photographers, agency and dateline of an article's bylines.

    notes: (label, text) pairs, label one of lead, byline, tail, credit.

    >>> credits_of([("lead", "本报讯（记者 王一 通讯员 李二）")])["correspondents"]
    ['李二']
    """
    found = {"reporters": [], "correspondents": [], "photographers": []}
    agencies, place, date = [], None, None
    for label, raw in notes:
        text = drop_invisible(raw)
        m = DATELINE_RE.search(text)
        if m:
            place, date = re.sub(r"\s", "", m[2]), f"--{int(m[3]):02}-{int(m[4]):02}"
        agencies += _agency(label, text)
        alone = ALONE_RE.fullmatch(text) if label in ("tail", "byline") else None
        text = f"□{alone[1]}" if alone else DATELINE_RE.sub(" ", text)
        for kind, names in names_of(text).items():
            found[kind] += [n for n in names if n not in found[kind]]
    agency = next((a for a in ("新华社", "中新社", "本报") if a in agencies), None)
    return found | {"agency": agency, "dateline_place": place, "dateline_date": date}


def _agency(label: str, text: str) -> list[str]:
    """The agencies that a byline names; a picture's credit says nothing of the article's."""
    found = [AGENCIES.get(name, name) for name in re.findall(AGENCY, text)]
    return [name for name in found if label not in ("credit", "signed") or name == "本报"]


def names_of(text: str) -> dict:
    """The names of one byline by the label before them.

    >>> names_of("本报记者 韩 硕")["reporters"]
    ['韩硕']
    """
    shot = bool(CREDIT_END_RE.search(text))
    text = CREDIT_END_RE.sub("", text)
    partner = PARTNER_RE.search(text)
    text = PARTNER_RE.sub("通讯员", text) if partner else text
    text = NOTE_RE.sub(" ", text)
    text = re.sub(r"[（()）、，,【】〔〕［］]|本[报報网刊][讯訊]|新华社发|据《.*》", " ", text)
    found = {"reporters": [], "correspondents": [], "photographers": []}
    roles, parts = ROLE_RE.findall(text), ROLE_RE.split(text)
    for role, part in zip(["", *roles], parts, strict=True):
        names = _names(part)
        if shot or role.startswith(("图", "圖", "摄影")):
            found["photographers"] += names
        if role.endswith(("通讯员", "通訊員")):
            found["correspondents"] += names
        elif role and not role.startswith(("图/", "图／", "图:", "图：", "圖", "摄影", "口述")):
            found["reporters"] += names
    return found


def _names(text: str) -> list[str]:
    """The names in a run of names; two lone characters are one name set wide (韩 硕)."""
    names, lone = [], ""
    for word in text.split():
        if len(word) == 1 and re.match("[一-鿿]", word):
            lone += word
            if len(lone) < 2:
                continue
            word, lone = lone, ""
        if NAME_RE.fullmatch(word):
            names.append(word)
    return names
