"""contingency: four counts → how strongly two things go together. See `MEASURES`.

The four cells of a two-by-two table, as corpus linguists number them:

    o11  the word here           o12  the word elsewhere
    o21  the other words here    o22  the other words elsewhere

Here is the target set in keyness, and the windows around the node in collocates. Every measure
takes an array of four rows, one of each cell, and gives one number a column. 0 ln 0 is 0; where a
cell of 0 would divide or stand under a logarithm, it counts as 0.5 (Hardie 2014).
"""

import math

import numpy as np


def cells(here, elsewhere, size_here, size_elsewhere) -> np.ndarray:
    """The four cells of words used so often here and elsewhere, in sets of those sizes.

    >>> cells([10], [0], 13, 31764).ravel().tolist()
    [10.0, 0.0, 3.0, 31764.0]
    """
    a, b = np.asarray(here, float), np.asarray(elsewhere, float)
    return np.array([a, b, size_here - a, size_elsewhere - b])


def expected(o) -> np.ndarray:
    """As many as chance would put into each cell: row sum × column sum / total."""
    rows, columns = (o[0] + o[1], o[2] + o[3]), (o[0] + o[2], o[1] + o[3])
    return np.array([r * c for r in rows for c in columns]) / np.maximum(o.sum(0), 1)


def half(o) -> np.ndarray:
    """The cells, with 0.5 for 0."""
    return np.where(o == 0, 0.5, o)


def g2(o) -> np.ndarray:
    """G² over all four cells (Dunning 1993), without correction, without sign."""
    e = expected(o)
    ratio = np.divide(o, e, out=np.ones_like(o), where=(o > 0) & (e > 0))
    return (2 * (o * np.log(ratio)).sum(0)).clip(0)


def signed_g2(o) -> np.ndarray:
    """G², negative where the word is rarer here than chance would have it."""
    return np.sign(o[0] - expected(o)[0]) * g2(o)


def two_cells(o) -> np.ndarray:
    """Signed G² over the two cells of the word (Rayson and Garside 2000)."""
    e = expected(o)
    ratio = np.divide(o, e, out=np.ones_like(o), where=(o > 0) & (e > 0))
    return np.sign(o[0] - e[0]) * 2 * (o * np.log(ratio))[:2].sum(0)


def chi_squared(o, correction=0.0) -> np.ndarray:
    """Pearson's χ²; a correction of 0.5 makes it Yates's."""
    e = expected(o)
    off = np.maximum(np.abs(o - e) - correction, 0) ** 2
    return np.divide(off, e, out=np.zeros_like(o), where=e > 0).sum(0)


def williams(o) -> np.ndarray:
    """Williams's q, by which G² or χ² is divided where counts are small."""
    n = np.maximum(o.sum(0), 1)
    sums = [n / half(o[i] + o[j]) for i, j in ((0, 1), (2, 3), (0, 2), (1, 3))]
    return 1 + (sums[0] + sums[1] - 1) * (sums[2] + sums[3] - 1) / (6 * n)


def log_ratio(o) -> np.ndarray:
    """log₂ of the word's rate here over its rate elsewhere (Hardie 2014)."""
    uses = half(o)
    return np.log2(uses[0] * (o[1] + o[3]) / (uses[1] * (o[0] + o[2])))


def log_ratio_error(o) -> np.ndarray:
    """The standard error of the log ratio: that of a relative risk, in units of log₂."""
    uses, sizes = half(o)[:2], np.array([o[0] + o[2], o[1] + o[3]])
    return np.sqrt((1 / uses - 1 / sizes).clip(0).sum(0)) / math.log(2)


def rates(o) -> tuple[np.ndarray, np.ndarray]:
    """The word's share of the words here, and of those elsewhere; no use elsewhere is 0.5."""
    return o[0] / (o[0] + o[2]), half(o)[1] / (o[1] + o[3])


def percent_diff(o) -> np.ndarray:
    """%DIFF: by how many per cent the rate here is above that elsewhere."""
    here, there = rates(o)
    return 100 * (here / there - 1)


def odds_ratio(o) -> np.ndarray:
    """o11 o22 / (o12 o21)."""
    o = half(o)
    return o[0] * o[3] / (o[1] * o[2])


def simple_maths(o, added=1) -> np.ndarray:
    """Kilgarriff's keyness score: the rates per million, each with 1 added, one over the other."""
    here, there = o[0] / (o[0] + o[2]), o[1] / (o[1] + o[3])
    return (here * 1e6 + added) / (there * 1e6 + added)


def difference(o) -> np.ndarray:
    """The difference coefficient: the rates' difference over their sum, from -1 to 1."""
    here, there = o[0] / (o[0] + o[2]), o[1] / (o[1] + o[3])
    return (here - there) / (here + there)


def dice(o) -> np.ndarray:
    """2 o11 over the sum of the two margins that hold it."""
    return 2 * o[0] / (2 * o[0] + o[1] + o[2])


def mutual_information(o, power=1) -> np.ndarray:
    """log₂(o11 / e11); with power 3 it is MI³, which leans less on rare words."""
    return np.log2(half(o)[0] ** power / expected(o)[0])


def t_score(o) -> np.ndarray:
    """(o11 - e11) / √o11."""
    return (o[0] - expected(o)[0]) / np.sqrt(half(o)[0])


def z_score(o) -> np.ndarray:
    """(o11 - e11) / √e11."""
    e = expected(o)[0]
    return (o[0] - e) / np.sqrt(e)


def delta_p(o, given) -> np.ndarray:
    """How much likelier the word is here than elsewhere, or here is with the word than without."""
    a, b, c, d = o if given == "here" else o[[0, 2, 1, 3]]
    return a / np.maximum(a + c, 1) - b / np.maximum(b + d, 1)


def phi_squared(o) -> np.ndarray:
    """χ² over the total."""
    return chi_squared(o) / o.sum(0)


def minimum_sensitivity(o) -> np.ndarray:
    """The smaller of the two conditional shares."""
    return o[0] / np.maximum(o[0] + o[1], o[0] + o[2])


def log_odds_ratio(o) -> np.ndarray:
    """ln of the odds ratio with 0.5 added to each cell: Blaheta and Johnson's λ for two words."""
    return np.log((o[0] + 0.5) * (o[3] + 0.5) / ((o[1] + 0.5) * (o[2] + 0.5)))


def fisher(o) -> np.ndarray:
    """The two-sided p of Fisher's exact test: of all tables no likelier than this one."""
    return np.array([_fisher(*map(int, column)) for column in o.T], float)


def _fisher(a, b, c, d) -> float:
    row, column, total = a + b, a + c, a + b + c + d
    k = np.arange(max(0, row + column - total), min(row, column) + 1)
    # The ratio of one table's chance to that of the table before it; the sum makes them chances.
    steps = (row - k[:-1]) * (column - k[:-1]) / (k[1:] * (total - row - column + k[1:]))
    logs = np.append(0, np.cumsum(np.log(steps)))
    chance = np.exp(logs - logs.max())
    return float(chance[logs <= logs[a - k[0]] + 1e-7].sum() / chance.sum())


# Name: measure. A corrected form has the correction in its name, and no form corrects in silence.
MEASURES = {
    "log_likelihood": signed_g2,
    "log_likelihood_two_cells": two_cells,
    "log_likelihood_williams": lambda o: g2(o) / williams(o),
    "chi_squared": chi_squared,
    "chi_squared_yates": lambda o: chi_squared(o, 0.5),
    "chi_squared_williams": lambda o: chi_squared(o) / williams(o),
    "fisher_p": fisher,
    "bayes_factor": lambda o: g2(o) - np.log(np.maximum(o.sum(0), 1)),
    "log_ratio": log_ratio,
    "percent_diff": percent_diff,
    "odds_ratio": odds_ratio,
    "simple_maths": simple_maths,
    "difference_coefficient": difference,
    "mi": mutual_information,
    "mi3": lambda o: mutual_information(o, 3),
    "t": t_score,
    "z": z_score,
    "dice": dice,
    "phi_squared": phi_squared,
    "minimum_sensitivity": minimum_sensitivity,
    "delta_p": lambda o: delta_p(o, "here"),
    "delta_p_back": lambda o: delta_p(o, "word"),
    "log_odds_ratio": log_odds_ratio,
    "log_odds_ratio_z": lambda o: log_odds_ratio(o) / np.sqrt((1 / (o + 0.5)).sum(0)),
}
