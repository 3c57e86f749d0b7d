"""marks: what the marks of a text leave open. See `is_complete` and `unmatched`."""

import re
from functools import lru_cache

ENDS = "。！？…—”’」』）)》"
END_RE = re.compile(rf"[{ENDS}](?:[①-⑳]\d*)?$")
PAIR_RE = re.compile("[“”（）《》()]")


@lru_cache(maxsize=1024)  # asked of a unit and of its neighbours
def unmatched(text: str) -> tuple[int, int]:
    """How many quotation marks, brackets and title marks a text closes, and opens, alone.

    >>> unmatched("海”，领着企业出门。他说：“好")
    (1, 1)
    """
    closed, depth = 0, 0
    for mark in PAIR_RE.findall(text):
        if mark in "“（《(":
            depth += 1
        elif depth:
            depth -= 1
        else:
            closed += 1
    return closed, depth


def unmatched_brackets(text: str) -> bool:
    """Whether a text opens a round bracket that it does not close."""
    opened = text.count("（") + text.count("(")
    return opened > 0 and opened > text.count("）") + text.count(")")


def is_complete(text: str) -> bool:
    """Whether a text ends as a paragraph does.

    >>> is_complete("谈不足、"), is_complete("他说。”")
    (False, True)
    """
    last = text[-1:]
    if last in ENDS:
        return bool(last)
    return ("①" <= last <= "⑳" or last.isdecimal()) and bool(END_RE.search(text))
