"""Sums that are taken over are those that a first look adds up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import fingerprints, sums
from helpers.fingerprints import added, meetings

TEXTS = st.lists(st.sets(st.integers(0, 9), max_size=4), max_size=12)  # the keys of each


def met(texts, places):
    """Who meets whom of the texts that have a place."""
    own = sorted((place, key) for place, keys in zip(places, texts, strict=True) for key in keys)
    own = np.array([x for x in own if x[0] >= 0], "i8").reshape(-1, 2)
    return meetings(own[:, 1].astype("u8"), own[:, 0])


def places(there):
    """The place of each text that is there."""
    return np.where(there, np.cumsum(there) - 1, -1).astype("i8")


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.data())
def test_sums_of_then_and_what_has_turned_are_the_sums_of_now(texts, data):
    """Any texts, of which any are there then and any now; a key is usual from the third text on."""
    there = st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))
    now, then = (places(np.array(data.draw(there), bool)) for _ in "nt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprints, "USUAL", 3)
        patch.setattr(fingerprints, "FIRST", 2)
        turned = [k for k, a, b in zip(texts, now, then, strict=True) if (a < 0) != (b < 0)]
        flags = sums.flags_of(np.array(sorted(set().union(*turned)), "u8"))
        rows = [(key, i) for i, keys in enumerate(texts) for key in keys]
        keys, rows = (np.array(x) for x in (*zip(*rows, strict=True),)) if rows else ([], [])
        keys, rows = np.array(keys, "u8"), np.array(rows, "i8")
        mine = sums.flagged(keys, flags)
        more, times = sums.turns(keys[mine], now[rows[mine]], then[rows[mine]])
        before, known = met(texts, then)
        before, still = sums.moved(before, sums.ways(now, then))
        pairs, found = added(np.r_[before, more], np.r_[known[still], times])
        right, sure = met(texts, now)
    some = found.any(axis=1)
    assert pairs[some].tolist() == right.tolist() and found[some].tolist() == sure.tolist()
