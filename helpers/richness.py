"""richness: how varied the words of a text are, and how hard its sentences. See `diversity`."""

import re

import numpy as np
import pandas as pd

from helpers.tables import choose, coded, need, noted, originals, size

FLOOR = 100  # words, or characters: of a shorter text every such figure is chance
WINDOW = 50  # words of MATTR's moving window and of MSTTR's segments
FACTOR = 0.72  # the type-token ratio below which a factor of MTLD ends
SAMPLE = 42  # words that HD-D draws
NAMES = ["ttr", "mattr", "msttr", "mtld", "hdd", "yule_k", "entropy", "repeat_rate", "fisher_alpha"]
HAN_RE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LETTER_RE = re.compile(r"[^\W_]")
SENTENCE_RE = re.compile(r"[^。！？!?…\n]+")
CLAUSE_RE = re.compile(r"[^。！？!?…\n，；：,;:—]+")
# The 3,755 common characters of GB 2312: its rows 16 to 55.
COMMON = {ord(c): None for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
          for c in bytes([row, cell]).decode("gb2312", "ignore")}  # fmt: skip


def diversity(tokens, by=None) -> pd.DataFrame:
    """One row per value of `by`, or one for all: words, types, and measures of their variety.

    by: a column of tokens, as article or pos, or paper and month after `group_tokens`. ttr: types
    over tokens, which falls with length. mattr: over a moving window of 50 words (Covington and
    McFall 2010). msttr: over segments of 50. mtld: McCarthy and Jarvis (2010), forward and back, a
    factor ends where the ratio falls below .72, the rest counts in part. hdd: HD-D, of samples of
    42. yule_k, repeat_rate: higher is poorer. entropy: in bits. fisher_alpha: Fisher (1943).
    Under 100 words there is no figure, and remark says "too few".

    >>> tokens = pd.DataFrame({"article": "a", "word": ["网络", "安全"] * 60})
    >>> diversity(tokens)[["words", "types", "mattr", "yule_k"]].round(2).values.tolist()
    [[120.0, 2.0, 0.04, 4916.67]]
    """
    need(tokens, "article", "word")
    if by is not None:
        choose("by", by, set(tokens) - {"word", "position", "start"})
    code = coded(tokens["word"])[0]
    group, names = (np.zeros(len(code), int), [""]) if by is None else coded(tokens[by])
    order = np.argsort(group, kind="stable")
    parts = np.split(code[order], np.bincount(group, minlength=len(names)).cumsum())[: len(names)]
    rows = [[name, *_row(part)] for name, part in zip(names, parts, strict=True) if len(part)]
    table = pd.DataFrame(rows, columns=[by or "corpus", "words", "types", *NAMES, "remark"])
    note = (
        f"{size(tokens)}. Words in reading order. mattr, msttr: {WINDOW} words; mtld: both ways, a "
        f"factor ends below {FACTOR}; hdd: {SAMPLE} words; yule_k: × 10⁴; entropy: log₂. "
        f"Empty under {FLOOR} words; fisher_alpha also where no word comes twice."
    )
    return noted(table.astype({"words": "int64", "types": "int64"}) if rows else table, note)


def _row(code) -> list:
    """Words, types, the measures in the order of NAMES, and the remark of one text."""
    spectrum = np.bincount(code)
    spectrum = spectrum[spectrum > 0]
    n, types = len(code), len(spectrum)
    if n < FLOOR:
        return [n, types, *[np.nan] * len(NAMES), "too few"]
    p, previous = spectrum / n, _previous(code)
    return [
        n, types, types / n, mattr(previous), msttr(previous),
        (mtld(previous) + mtld(_previous(code[::-1]))) / 2, hdd(spectrum), yule_k(spectrum),
        -(p * np.log2(p)).sum(), (p**2).sum(), fisher_alpha(types, n), "",
    ]  # fmt: skip


def _previous(code) -> np.ndarray:
    """Where each word stood last before; -1 where it is new."""
    order = np.argsort(code, kind="stable")
    again = code[order][1:] == code[order][:-1]
    previous = np.full(len(code), -1)
    previous[order[1:][again]] = order[:-1][again]
    return previous


def mattr(previous, window=WINDOW) -> float:
    """The mean type-token ratio of all windows; of where each word stood before.

    A word is a new type in the windows that begin after its last use and hold this one.
    """
    at = np.arange(len(previous))
    first = np.maximum(previous + 1, at - window + 1).clip(0)
    last = np.minimum(at, len(previous) - window)
    return float((last - first + 1).clip(0).sum() / (len(previous) - window + 1) / window)


def msttr(previous, window=WINDOW) -> float:
    """The mean type-token ratio of segments, the rest left out."""
    whole = previous[: len(previous) // window * window].reshape(-1, window)
    return float((whole < np.arange(len(whole))[:, None] * window).mean())


def mtld(previous, factor=FACTOR) -> float:
    """Words per factor, read in one direction; one factor where the ratio never falls."""
    start, factors, n = 0, 0.0, len(previous)
    while start < n:
        ratio = _ratios(previous, start, factor)
        below = np.flatnonzero(ratio < factor)
        factors += 1 if len(below) else (1 - ratio[-1]) / (1 - factor)
        start += below[0] + 1 if len(below) else n
    return n / factors if factors else float(n)


def _ratios(previous, start, factor) -> np.ndarray:
    """The type-token ratio after each word from start, until it is low enough or the text ends."""
    length = 128
    while True:
        new = previous[start : start + length] < start
        ratio = new.cumsum() / np.arange(1, len(new) + 1)
        if (ratio < factor).any() or start + length >= len(previous):
            return ratio
        length *= 2


def hdd(spectrum, sample=SAMPLE) -> float:
    """How many types a sample of 42 words has, over 42 (McCarthy and Jarvis 2007)."""
    n, drawn = spectrum.sum(), np.arange(sample)
    uses, types = np.unique(spectrum, return_counts=True)
    absent = ((n - uses[:, None] - drawn).clip(0) / (n - drawn)).prod(1)
    return float((types * (1 - absent)).sum() / sample)


def yule_k(spectrum) -> float:
    """10⁴ (Σ i² V_i - N) / N²."""
    n = spectrum.sum()
    return float(1e4 * ((spectrum.astype(float) ** 2).sum() - n) / n**2)


def fisher_alpha(types, n) -> float:
    """The α for which types = α ln(1 + n / α), by halving."""
    if types >= n:
        return float("nan")
    low, high = 1e-6, 1e9
    for _ in range(200):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if middle * np.log1p(n / middle) < types else (low, middle)
    return float(low)


def difficulty(articles) -> pd.DataFrame:
    """One row per article: letters, and how long its sentences and clauses are.

    sentence_length, clause_length: letters, Han characters and digits in one, on average; a
    sentence ends with 。！？… or its paragraph, a clause with ，；：— too. rare: share of Han characters
    outside the 3,755 common ones of GB 2312. Under 100 letters there is no figure, and remark says
    "too few". Copies are left out.

    >>> articles = pd.DataFrame({"article": ["a"], "text": ["网络安全，人人有责。" * 20]})
    >>> difficulty(articles)[["sentences", "sentence_length", "clause_length"]].values.tolist()
    [[20.0, 8.0, 4.0]]
    """
    need(articles, "article", "text")
    kept = originals(articles)
    table = pd.DataFrame({"article": kept["article"], "letters": 0, "sentences": 0, "clauses": 0})
    texts = kept["text"].fillna("").tolist()
    table["letters"] = [len(LETTER_RE.findall(t)) for t in texts]
    for name, pattern in (("sentences", SENTENCE_RE), ("clauses", CLAUSE_RE)):
        table[name] = [sum(bool(LETTER_RE.search(x)) for x in pattern.findall(t)) for t in texts]
    han = ["".join(HAN_RE.findall(t)) for t in texts]
    enough = table["letters"] >= FLOOR
    for name in ("sentence", "clause"):
        table[f"{name}_length"] = (table["letters"] / table[f"{name}s"]).where(enough)
    rare = [len(t.translate(COMMON)) / max(1, len(t)) for t in han]
    table["rare"] = pd.Series(rare, table.index, dtype=float).where(enough)
    table["remark"] = np.where(enough, "", "too few")
    note = (
        f"{len(kept):,} articles; copies left out: {len(articles) - len(kept):,}. Lengths in "
        "letters, Han characters and digits. rare: Han characters outside GB 2312's first 3,755. "
        f"Empty under {FLOOR} letters."
    )
    return noted(table.reset_index(drop=True), note)
