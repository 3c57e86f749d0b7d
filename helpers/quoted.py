"""quoted: a text → what of it stands in quotation marks, and what of that can be speech."""

import re

TERM, ASIDE = "\ue001\ue002"  # what covers a “term”, and an （aside）
SPEECH = "\ue003"  # covers “what is said。”
FINAL = set("。！？…")
MARK_RE = re.compile("[“”\n]")
BRACKET_RE = re.compile(r"（[^（）\n]{0,60}）|\([^()\n]{0,60}\)|《[^《》\n]{0,80}(》)")


def find_marked(plain: str) -> list[tuple]:
    """From where to where each quotation stands that is in no other, its marks with it.

    One may run over paragraphs, if each begins with “ (so print has it) or the next mark closes it.
    An opening mark that nothing closes is left out, and what it covers is looked at by itself.
    """
    marks = [(m.start(), m[0]) for m in MARK_RE.finditer(plain)]
    found, opened, inner = [], [], []
    for k, (at, mark) in enumerate(marks):
        if mark == "“" and not (opened and at and plain[at - 1] == "\n"):
            opened.append(at)
        elif mark == "”" and opened:
            (found if len(opened) == 1 else inner).append((opened.pop(), at + 1))
            inner = inner if opened else []
        elif mark == "\n" and opened:
            following = marks[k + 1] if k + 1 < len(marks) else (0, "\n")
            if len(opened) > 1 or not (following[1] == "”" or following == (at + 1, "“")):
                found += inner
                opened, inner = [], []
    return sorted(found + (inner if opened else []))


def is_said(plain: str, start: int, end: int) -> bool:
    """Whether a quotation can be what somebody said: a sentence, or framed by marks as one."""
    inside = plain[start + 1 : end - 1].rstrip("’")
    before, after = plain[max(0, start - 1) : start], plain[end : end + 1]
    if inside[-1:] and inside[-1] in "。！？…，；—!?":
        return True
    if before and before in "：，—":
        return len(inside) >= 6 and after in "，。；！？\n“"
    return before in "\n。！？”" and len(inside) >= (6 if after == "，" or before == "”" else 8)


def cover_marked(plain: str, quotations: list, said: list) -> str:
    """The text with what stands in marks covered; “ and ” stay where somebody can have said it."""
    pieces, done, spoken = [], 0, set(said)
    for start, end in quotations:
        inside = f"“{SPEECH * (end - start - 2)}”"
        pieces += [plain[done:start], inside if (start, end) in spoken else TERM * (end - start)]
        done = end
    cover = "".join([*pieces, plain[done:]])
    return BRACKET_RE.sub(lambda m: ASIDE * (len(m[0]) - 1) + (m[1] or ASIDE), cover)
