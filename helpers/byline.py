"""byline: who wrote it, for which agency, where and when. See `credits_of`."""

import re

ROLE_RE = re.compile(
    r"(?:本报|新华社|见习|实习|特约|首席|特派|全媒体|融媒体?)*(?:记者|通讯员)|实习生|□|文[/／]图?|图[/／]"
)
DATELINE_RE = re.compile(
    r"(?:新华社|中新社|本报)(?:记者)?\s*([一-鿿·]{2,12}?)\s*(\d+)\s*月\s*(\d+)\s*日\s*专?[电讯]"
)
PARTNER_RE = re.compile(r"共享联盟[·・]?[一-鿿]*")
NAME_RE = re.compile(r"[一-鿿]{2,4}|[一-鿿]+·[一-鿿·]+")
CREDIT_END_RE = re.compile(r"\s*(?:摄影报道|摄影|供图|摄)[）)]?$")


def credits_of(notes: list[tuple[str, str]]) -> dict:
    """Reporters, correspondents, photographers, agency and dateline of an article's bylines.

    notes: (label, text) pairs, label one of lead, byline, tail, credit.

    >>> credits_of([("lead", "本报讯（记者 王一 通讯员 李二）")])["correspondents"]
    ['李二']
    """
    found = {"reporters": [], "correspondents": [], "photographers": []}
    agencies, place, date = [], None, None
    for label, text in notes:
        m = DATELINE_RE.search(text)
        if m:
            place, date = re.sub(r"\s", "", m[1]), f"--{int(m[2]):02}-{int(m[3]):02}"
        agencies += _agency(label, text)
        for kind, names in names_of(DATELINE_RE.sub(" ", text)).items():
            found[kind] += [n for n in names if n not in found[kind]]
    agency = next((a for a in ("新华社", "本报") if a in agencies), None)
    return found | {"agency": agency, "dateline_place": place, "dateline_date": date}


def _agency(label: str, text: str) -> list[str]:
    """The agencies that a byline names; a picture's credit says nothing of the article's."""
    if label == "credit" and "新华社" in text:
        return []
    return [name for name in ("新华社", "本报") if name in text]


def names_of(text: str) -> dict:
    """The names of one byline by the label before them.

    >>> names_of("本报记者 韩 硕")["reporters"]
    ['韩硕']
    """
    shot = bool(CREDIT_END_RE.search(text))
    text = CREDIT_END_RE.sub("", text)
    partner = PARTNER_RE.search(text)
    text = PARTNER_RE.sub("通讯员", text) if partner else text
    text = re.sub(r"[（()）、，,]|本报讯|本网讯|据《.*》", " ", text)
    found = {"reporters": [], "correspondents": [], "photographers": []}
    roles, parts = ROLE_RE.findall(text), ROLE_RE.split(text)
    for role, part in zip(["", *roles], parts, strict=True):
        names = _names(part)
        if shot:
            found["photographers"] += names
        if role.endswith(("通讯员",)):
            found["correspondents"] += names
        elif role and not role.startswith("图"):
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
