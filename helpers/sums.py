"""sums: who meets whom, added up anew under the keys of texts that have come or gone. See `turns`.

Texts stand in an order, and a key leads to the first of those that have it: who meets under a key
depends on all texts that have the key, and on nothing else. So where some texts come or go, only
what is met under their keys is added up, as it is now and as it was; all other sums stay.

Each text has its place now and its place then; -1 where it was not there or is a copy of another
that is. Who stands before whom must be the same now and then.
"""

from bisect import bisect_left

import numpy as np

from helpers.fingerprints import added, later_and_earlier, meetings, pair_of

TEXTS = 10_000  # of a group, whose sums stand in one file
FLAGS = 20  # bits of a key that flags tell; who meets under a key too many is but added up in vain
SHUFFLE = np.uint64(0xD1B54A32D192ED03)  # any odd number: spreads keys over their flags, and shares


def flags_of(keys: np.ndarray) -> np.ndarray:
    """A flag for each number that `flagged` gives: whether one of some keys has it."""
    flags = np.zeros(2**FLAGS, bool)
    flags[_numbers(keys)] = True
    return flags


def flagged(keys: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """Of each key whether it is one of those that `flags_of` was told, or has the flag of one."""
    return flags[_numbers(keys)]


def _numbers(keys: np.ndarray) -> np.ndarray:
    return (keys * SHUFFLE) >> np.uint64(64 - FLAGS)


def turns(keys: np.ndarray, now: np.ndarray, then: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much oftener pairs meet now than then, under some keys, as `meetings` tells it.

    One row per key of a text, all texts that have the key: the key, and the text's two places.

    >>> keys, now, then = np.array([7, 7, 7], "u8"), np.array([0, 1, 2]), np.array([0, -1, 1])
    >>> pairs, times = turns(keys, now, then)
    >>> later_and_earlier(pairs), times.tolist()
    ((array([1, 2]), array([0, 1])), [[1, 0], [1, 0]])
    """
    pairs, times = _met(keys, now)
    before, less = _met(keys, then)
    before, still = moved(before, ways(now, then))
    pairs, times = added(np.r_[pairs, before], np.r_[times, -less[still]])
    return pairs[times.any(axis=1)], times[times.any(axis=1)]


def _met(keys: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who meets whom of the texts that have a place."""
    own = np.flatnonzero(places >= 0)
    own = own[np.argsort(places[own], kind="stable")]
    return meetings(keys[own], places[own])


def ways(now: np.ndarray, then: np.ndarray) -> np.ndarray:
    """The place now of the text at each place then; -1 where it has none."""
    way = np.full(then.max(initial=-1) + 1, -1)
    way[then[then >= 0]] = now[then >= 0]
    return way


def moved(pairs: np.ndarray, way: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What pairs of then are now, without those that are gone; and which are not gone."""
    later, earlier = (way[x] for x in later_and_earlier(pairs))
    still = (later >= 0) & (earlier >= 0)
    return pair_of(later[still], earlier[still]), still


def rising(places: list[int]) -> np.ndarray:
    """Places, of which as many as can rise from first to last; the others are nowhere (-1).

    >>> rising([2, 0, -1, 1, 5, 4]).tolist()
    [-1, 0, -1, 1, -1, 4]
    """
    ends, last, before = [], [], {}  # of rising runs of each length: the least end, and where it is
    for i, place in enumerate(places):
        if place >= 0:
            n = bisect_left(ends, place)
            before[i] = last[n - 1] if n else -1
            ends[n : n + 1], last[n : n + 1] = [place], [i]
    i, found = last[-1] if last else -1, np.full(len(places), -1)
    while i >= 0:
        found[i], i = places[i], before[i]
    return found
