"""collocations: which words stand near a word, and how strongly. See `collocates`."""

import numpy as np
import pandas as pd

from helpers.contingency import MEASURES, cells
from helpers.tables import choose, coded, need, noted, numbered, size, strings, tally, whole

TOGETHER = 3  # times: of fewer, a link of a network is chance
SIDES = {"both": "{0} words on either side", "left": "{0} to the left", "right": "{0} to the right"}


def collocates(tokens, node, span=5, side="both") -> pd.DataFrame:
    """One row per word near the node, the strongest first: how often it is there, how strongly.

    node: a word, or a list of words. span: words on either side in the same article; one between
    two nodes counts once. side: both, left or right of the node. together: uses near the node;
    left, right: of these, to its left and right; count: all uses; articles: those where they are
    together; expected: as many as chance would put there. log_dice: Rychlý (2008).
    log_likelihood, mi, mi3, t: near nodes against elsewhere. delta_p: how much likelier the word
    is near the node than elsewhere; delta_p_back: how much likelier the node is near the word.

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全", "重于", "泰山"]})
    >>> tokens["position"] = range(4)
    >>> collocates(tokens, "网络", span=1)[["word", "together", "log_dice"]].values.tolist()
    [['安全', 1, 14.0]]
    """
    need(tokens, "article", "position", "word")
    tokens, span = numbered(tokens), whole("span", span, 1, "words")
    window = SIDES[choose("side", side, SIDES)].format(span)
    nodes, (code, names) = strings(node), coded(tokens["word"])
    is_node = names.isin(nodes)[code] if len(names) else np.zeros(0, bool)
    left, right = _near(tokens, is_node, span)
    near = {"both": left | right, "left": left, "right": right}[side]
    table = _counted(tokens, near, (left, right, code))
    table["word"] = names[table["word"]]
    inside, outside = int(near.sum()), int((~near & ~is_node).sum())
    o = cells(table["together"], table["count"] - table["together"], inside, outside)
    table["expected"] = table["count"] * inside / max(1, inside + outside)
    table["log_dice"] = 14 + np.log2(2 * table["together"] / (is_node.sum() + table["count"]))
    for name in ("log_likelihood", "mi", "mi3", "t", "delta_p", "delta_p_back"):
        table[name] = MEASURES[name](o)
    note = (
        f"{is_node.sum():,} uses of {' '.join(nodes)}; window: {window}, in the same article; "
        f"{inside:,} words in it, of {size(tokens)}. log_dice: Rychlý (2008). log_likelihood: G² "
        "over four cells (Dunning 1993), no correction, negative where fewer than expected. mi, "
        "mi3: log₂; t: over √together; delta_p: Gries (2013)."
    )
    table = noted(table.assign(window=window), note, "-log_dice", "-together", "word")
    table.attrs["sizes"] = [inside, outside]
    return table


def _counted(tokens, near, places) -> pd.DataFrame:
    """For each word near a node: uses there, on either side, everywhere; articles with both."""
    left, right, code = places
    (word, _), uses, _ = tally(tokens[near], "word", "article")
    most = max(code.max(initial=-1), word.max(initial=-1)) + 1
    table = pd.DataFrame({
        "word": np.arange(most),
        "together": np.bincount(word, uses, most).astype("i8"),
        "left": np.bincount(code[left], minlength=most),
        "right": np.bincount(code[right], minlength=most),
        "count": np.bincount(code, minlength=most),
        "articles": np.bincount(word, minlength=most),
    })  # fmt: skip
    return table[table["together"] > 0]


def _near(tokens, is_node, span):
    """Which words stand within span to the left of a node in its article, and which to its right.

    Nodes themselves do not.
    """
    position = tokens["position"].to_numpy("i8")
    # All articles on one line of places, too far apart for a span to reach from one to the next.
    apart = position.max(initial=0) + span + 1
    place = coded(tokens["article"])[0] * apart + position
    nodes = np.concatenate([[-span - 1], np.sort(place[is_node]), [np.iinfo("i8").max]])
    after = np.searchsorted(nodes, place)
    return (
        ~is_node & (nodes[after] - place <= span),
        ~is_node & (place - nodes[after - 1] <= span),
    )


def collocation_network(tokens, node, span=5, top=12) -> pd.DataFrame:
    """One row per pair of words that stand together: word, collocate, together, log_dice.

    The strongest collocates of the node, `top` of them, with their links to the node and to each
    other; pairs that are together three times or more. Hide stop words from the tokens first.

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全", "人民"] * 4})
    >>> tokens["position"] = range(12)
    >>> collocation_network(tokens, "网络", span=1)[["word", "collocate", "together"]].values.tolist()
    [['网络', '安全', 4], ['网络', '人民', 3], ['安全', '人民', 4]]
    """
    whole("top", top, 1, "words")
    around = collocates(tokens, node, span)
    near = around[around["together"] >= TOGETHER].head(top)
    name, found = strings(node)[0], [near.assign(with_=strings(node)[0])]
    for k, word in enumerate(near["word"]):
        mine = collocates(tokens, word, span)
        later = mine["word"].isin(near["word"].iloc[k + 1 :]) & (mine["together"] >= TOGETHER)
        found.append(mine[later].assign(with_=word))
    table = pd.concat(found).rename(columns={"word": "collocate", "with_": "word"})
    table = table[["word", "collocate", "together", "log_dice"]].reset_index(drop=True)
    note = (
        f"{name} and its {len(near)} strongest collocates, {TOGETHER} times together or more, of "
        f"{size(tokens)}; window: {span} words on either side. log_dice: Rychlý (2008), between "
        "these words alone; which other words they stand with is not drawn."
    )
    return noted(table, note)
