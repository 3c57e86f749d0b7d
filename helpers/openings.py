"""openings: what speaks for and against an article that begins at a unit. See OPENS.

Rules as those of `rules`; they count only where an article would begin.
"""

from helpers.place import (
    ALIKE,
    FRESH,
    after_whole,
    is_first,
    likeness,
    loses_indent,
    new_width,
    no_sign,
    width_changes_under,
)
from helpers.rules import lends

OPENING = ("headline", "kicker", "furniture", "open", "story", "slogan")

OPENS = [
    ("the article before has ended", is_first,
     dict.fromkeys(OPENING, 2.5) | lends(crosshead=-3, body=-3, more=-6)),
    ("no sign of a new article", no_sign, lends(open=-4.5, headline=-2, kicker=-2.5, furniture=-2)),
    ("no gap where gaps part articles", lambda p: p.usual["gap"] == 0 and p.u.gap == 0
     and p.before, lends(headline=-2, kicker=-2, furniture=-2, open=-2)),
    ("wide gap", lambda p: p.u.gap > p.usual["gap"] and p.before and p.before.kind != "credit",
     dict.fromkeys(OPENING, 1.5) | lends(caption=1.5, more=-1)),
    ("a gap as where columns end", lambda p: p.usual["gaps in columns"] and p.u.gap > p.usual["gap"],
     lends(open=-4)),
    ("nearer than paragraphs stand", lambda p: 0 <= p.u.gap < p.usual["gap"], lends(open=-5)),
    ("very wide gap", lambda p: p.u.gap > p.usual["gap"] + 1 and p.before,
     dict.fromkeys(OPENING, 0.5) | lends(caption=1)),
    ("new column width", new_width, lends(open=7, body=-2)),
    ("new column width, the words go on", lambda p: new_width(p) and likeness(p) > ALIKE,
     lends(open=-3)),
    ("back to the width above a picture", lambda p: p.u.pieces[0] in p.usual["back"] and new_width(p),
     lends(open=-5)),
    ("slightly new column width", lambda p: p.u.pieces[0] in p.usual["measures"]
     and not new_width(p) and after_whole(p), lends(open=6.5, body=-2)),
    ("first line without the indent", lambda p: loses_indent(p) and not p.head
     and after_whole(p),
     lends(open=8, body=-4, headline=3)),
    ("no indent where paragraphs have one", lambda p: p.u.wide and p.u.indent < 1.5 and not p.head
     and p.usual["indent"] >= 1.5, lends(open=-4)),
    ("heading without the indent", lambda p: loses_indent(p) and p.head and p.u.gap > 0
     and p.usual["indented heads"], lends(headline=3, kicker=2, furniture=2, crosshead=-3, body=-2)),
    ("another column width under it", width_changes_under,
     lends(headline=2.5, kicker=2.5, furniture=2.5)),
    ("the words change here", lambda p: p.head and likeness(p) < FRESH,
     lends(headline=1.5, kicker=1.5, furniture=1.5, crosshead=-0.5)),
    ("the words go on", lambda p: p.head and likeness(p) > ALIKE,
     lends(headline=-1.5, kicker=-1.5, furniture=-1.5)),
]  # fmt: skip
