"""heads: headings that stand under their text, after other texts or at the page's end. See `attach_heads`."""

from itertools import islice, takewhile

from helpers.marks import is_complete
from helpers.place import letter_pairs
from helpers.seams import FARTHEST, REACH, alike

UNDER = "headline after its text"
BESIDE = "heading beside another, over two texts"
HEADS = ("furniture", "kicker", "headline", "deck")
GUESSED = 0.55  # confidence of what words alone tell
TEXT = {"body", "open", "more"}
LONE = {*HEADS, "byline"}  # what an article without a text is of
KNOWN = 2  # pairs of a heading that its text holds, where others stand between them
APART = 0.6  # of what texts of one article share: two that share less may be two articles
NAMED = 0.05  # … less for each pair of the heading that only what follows holds
PARTED = 0.2  # … and less by this where blank lines stand between them as nowhere else
SEEN = 40  # paragraphs of a text whose words are looked at


def attach_heads(readings: list, places: dict) -> list:
    """The readings with heads that no text follows given to the text above that they name.

    places: article → the places of its units. A text without a heading is looked for first, the one
    right above or one that holds the heading's words; else the article above is parted where its
    words change, if what follows holds the heading's words.
    """
    found, have = list(readings), {n: {readings[i].label for i in own} for n, own in places.items()}
    lone = [n for n, own in have.items() if own <= LONE and own & {"kicker", "headline"}]
    lone = [n for n in lone if not _is_corrected(readings, places[n])]
    bare = [n for n, labels in have.items() if labels & TEXT and "headline" not in labels]
    words = {m: _pairs(readings, places[m]) for m in bare} if lone else {}
    for n in lone:
        above = [m for m in bare if places[m][0] < places[n][0]]
        for block in _blocks(readings, places[n], len(above)):
            own = _named(readings, words, block, above)
            if own:
                above.remove(own)
                bare.remove(own)
                _give(found, block, own)
            elif len(block) == len(places[n]):
                for host in _beside(readings, block):
                    if host and _part(found, readings, places[host], block):
                        break
    return found


def _beside(readings: list, block: list[int]) -> list[int | None]:
    """The articles right above and right below a heading, if there are."""
    around = (block[0] - 1, block[-1] + 1)
    return [readings[i].article if 0 <= i < len(readings) else None for i in around]


def turn_heads(readings: list, places: dict) -> list:
    """The readings with a crosshead that names the text above it, and not the one below, made a headline.

    Only in articles without one: what stands below it is another article then.
    """
    found, new = list(readings), max(places, default=0)
    for own in places.values():
        labels = [readings[i].label for i in own]
        if "headline" in labels or "crosshead" not in labels or _is_corrected(readings, own):
            continue
        k = labels.index("crosshead")
        if _turns(readings, own[:k], own[k], own[k + 1 :]):
            new += 1
            found[own[k]] = found[own[k]]._replace(label="headline", rule=UNDER, confidence=GUESSED)
            for i in own[k + 1 :]:
                found[i] = found[i]._replace(article=new)
            first = found[own[k + 1]]
            found[own[k + 1]] = first._replace(label="open", rule=UNDER, confidence=GUESSED)
    return found


def _turns(readings: list, above: list[int], i: int, below: list[int]) -> bool:
    """Whether a heading has words of the text above it, and texts of other words stand about it."""
    if not below or readings[below[0]].label != "body":
        return False
    over = letter_pairs(_text(readings, above[-SEEN:])[-REACH:])
    under = _begin(readings, below)
    head = _pairs(readings, [i])
    known = len(head & over) - len(head & under)
    return known > KNOWN and alike(over, under) - NAMED * known < APART


def part_heads(readings: list, places: dict) -> list:
    """The readings with headings that stand side by side over two texts given one to each.

    Where two articles begin beside each other, some tools print both headings, then both texts: the
    second has none, and what stands over the first holds the second's words.
    """
    found = list(readings)
    texts = {n for n, own in places.items() if any(readings[i].label in TEXT for i in own)}
    for n, own in places.items():
        before = readings[own[0] - 1].article if own[0] else None
        if n not in texts or before not in texts or any(found[i].label == "headline" for i in own):
            continue
        blocks = _over(found, places, texts, before)
        at, known = _border(readings, blocks, places[before], own)
        if known >= KNOWN and not any(_is_corrected(found, b) for b in blocks):
            _give(found, [i for b in blocks[:at] for i in b], before, BESIDE)
            _give(found, [i for b in blocks[at:] for i in b], n, BESIDE)
    return found


def _over(found: list, places: dict, texts: set, n: int) -> list[list[int]]:
    """The headings over the text of an article, box by box; with those of one above that has no text."""
    mine = [*takewhile(lambda i: found[i].label in HEADS and found[i].article == n, places[n])]
    above = found[mine[0] - 1].article if mine and mine[0] else None
    if above in places and above not in texts and {found[i].label for i in places[above]} <= LONE:
        mine = [i for i in places[above] if found[i].article == above] + mine
    boxes = []
    for i in mine:
        if not boxes or found[i].unit.gap >= 1:
            boxes.append([])
        boxes[-1].append(i)
    return boxes


def _border(readings: list, blocks: list, first: list[int], second: list[int]) -> tuple[int, int]:
    """Where headings part that two texts have the words of, and how many words speak for it."""
    if len(blocks) < 2:
        return 0, 0
    one, two = (_begin(readings, own) for own in (first, second))
    told = [len(h & two) - len(h & one) for h in (_pairs(readings, b) for b in blocks)]
    sums = [(min(sum(told[at:]), 1 - sum(told[:at])), at) for at in range(1, len(blocks))]
    best, at = max(sums, default=(0, 0))
    return at, sum(told[at:]) if best > 0 else 0


def _begin(readings: list, mine: list[int]) -> set:
    """The character pairs with which the text of an article begins."""
    prose = islice((i for i in mine if readings[i].label in TEXT), SEEN)
    return letter_pairs(_text(readings, [*prose])[: 2 * REACH])


def _blocks(readings: list, mine: list[int], texts: int) -> list[list[int]]:
    """The headings of an article without a text, one by one where there are as many texts."""
    found = []
    for i in mine:
        r = readings[i]
        begins = r.unit.gap >= 1 and r.label in ("kicker", "headline", "furniture")
        if not found or begins:
            found.append([])
        found[-1].append(i)
    return found if len(found) <= texts else [mine]


def _named(readings: list, words: dict, block: list[int], above: list[int]) -> int | None:
    """The text above whose words a heading has, or the one right above it."""
    upwards = (readings[i] for i in range(block[0] - 1, -1, -1))
    right = next((r.article for r in upwards if r.article and r.label in TEXT), None)
    head = _pairs(readings, block)
    shared = {m: len(head & words[m]) for m in above}
    best = max(above, key=lambda m: (shared[m], m), default=None)
    if best and shared[best] >= KNOWN:
        return best
    return right if right in above else None


def _give(found: list, block: list[int], article: int, rule: str = UNDER) -> None:
    """Give a heading to an article; its first line is the headline where none is."""
    labels = {found[i].label for i in block}
    for i in block:
        first = "headline" not in labels and i == block[0]
        label = "headline" if first else found[i].label
        found[i] = found[i]._replace(article=article, rule=rule, label=label)


def _part(found: list, readings: list, host: list[int], block: list[int]) -> bool:
    """Make the end of an article the text of a heading, from where its words change; whether it was so."""
    above = host[0] < block[0]
    mine = [i for i in host if i < block[0]][-FARTHEST:] if above else host[:FARTHEST]
    cuts = [k for k in range(2, len(mine)) if _begins(readings, mine, k)]
    head, gap = _pairs(readings, block), _usual_gap(readings, mine)
    wide = [PARTED * (readings[mine[k]].unit.gap > gap) for k in cuts]
    changes = [_change(readings, mine, k, head) for k in cuts]
    change, at = min(
        ((x - less, k) for x, less, k in zip(changes, wide, cuts, strict=True)), default=(APART, 0)
    )
    if change >= APART:
        return False
    for i in mine[at:] if above else host[at:]:
        found[i] = found[i]._replace(article=readings[block[0]].article)
    label = "open" if above else "body"
    found[mine[at]] = found[mine[at]]._replace(label=label, rule=UNDER, confidence=GUESSED)
    return True


def _usual_gap(readings: list, mine: list[int]) -> int:
    """The median of the blank lines above the paragraphs of an article."""
    gaps = sorted(readings[i].unit.gap for i in mine if readings[i].label in TEXT)
    return gaps[len(gaps) // 2] if gaps else 0


def _change(readings: list, mine: list[int], k: int, head: set) -> float:
    """How much the texts before and from a paragraph on are of one article, less for a heading's words."""
    above, rest = _text(readings, mine[:k])[-REACH:], _text(readings, mine[k:])[:REACH]
    more = len(head & _pairs(readings, mine[k:])) - len(head & _pairs(readings, mine[:k]))
    if more < 1:
        return 1.0
    return alike(letter_pairs(above), letter_pairs(rest)) - NAMED * more


def _begins(readings: list, mine: list[int], k: int) -> bool:
    """Whether a paragraph may begin a text: it is prose, and what stands above has ended."""
    before, r = readings[mine[k - 1]], readings[mine[k]]
    ended = before.label not in TEXT or is_complete(before.unit.text)
    over = any(readings[i].label in TEXT for i in mine[:k])
    plain = r.label in ("body", "open") and not _is_corrected(readings, mine[k:])
    return plain and ended and over and before.label != "crosshead"


def _is_corrected(readings: list, mine: list[int]) -> bool:
    """Whether a reader has said what some units are, which wins over words."""
    return any(readings[i].rule == "correction" for i in mine)


def _pairs(readings: list, mine: list[int]) -> set:
    return letter_pairs(_text(readings, mine))


def _text(readings: list, mine: list[int]) -> str:
    return "".join(readings[i].unit.text for i in mine)
