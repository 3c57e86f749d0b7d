"""clean mends what it should, leaves alone what it should, and loses no character."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.clean import INVISIBLE_RE, LOOKALIKES, REPAIRS, WIDE, bare, clean, list_changes

FILE = Path(__file__).parent / "cases" / "clean.json"
CASES = json.loads(FILE.read_text("utf-8"))

# Text as clippings have it, rather than letters of all the world: marks, blanks, what to mend.
PRESS = st.text(
    st.sampled_from(
        "网络安全渡口〇⻋⼯\uf9d1㐀,:;，：；“”（）()《》—…·% \u00a0\u3000\t\u200b\x001８Aé"
    )
)
ANY = st.text() | PRESS


def cases(group):
    return [pytest.param(c["original"], c["fixed"], id=c["label"]) for c in CASES[group]]


@pytest.mark.parametrize("original, fixed", cases("change"))
def test_must_change(original, fixed):
    assert original != fixed
    assert clean(original) == fixed


@pytest.mark.parametrize("original, fixed", cases("same"))
def test_must_not_change(original, fixed):
    assert original == fixed
    assert clean(original) == fixed


@pytest.mark.xfail(strict=True, reason="known failure: see its comment in clean.json")
@pytest.mark.parametrize("original, fixed", cases("fails"))
def test_known_failures(original, fixed):
    assert clean(original) == fixed == clean(fixed)


def test_every_case_has_a_label_of_its_own():
    labels = [c["label"] for group in CASES.values() for c in group]
    assert len(labels) == len(set(labels))
    assert all(c["comment"] for c in CASES["fails"])


def test_fixed_text_stays_as_it_is():
    """What has been mended once is right: clean has nothing more to do to it."""
    assert [c["label"] for c in CASES["change"] if clean(c["fixed"]) != c["fixed"]] == []


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once


@given(ANY)
def test_every_visible_character_stays_in_its_place(text):
    before, after = bare(text), bare(clean(text))
    assert len(after) == len(before)
    repaired = {c: WIDE.get(c, c.translate(LOOKALIKES)) for c in set(before)}
    assert all(b in (a, repaired[a]) for a, b in zip(before, after, strict=True))


@given(ANY)
def test_no_blank_at_an_end_and_nothing_invisible_is_left(text):
    found = clean(text)
    assert found == found.strip()
    assert not INVISIBLE_RE.search(found)


@pytest.mark.parametrize("name", REPAIRS)
@given(text=ANY)
def test_each_repair_alone_keeps_the_characters(name, text):
    assert len(bare(clean(text, [name]))) == len(bare(text))


@given(ANY)
def test_without_repairs_only_the_ends_are_bared(text):
    assert clean(text, []) == text.strip()


@pytest.mark.parametrize("name", REPAIRS)
@given(text=ANY)
def test_what_a_repair_changes_is_listed_at_its_place(name, text):
    """The visible characters, changed where the list says, are those of the cleaned text."""
    solid, changes = list(bare(text)), list_changes(text, [name])
    for _, at, before, after, *_ in changes:
        if bare(after):
            assert solid[at : at + len(after)] == list(bare(before))
            solid[at : at + len(after)] = after
    assert "".join(solid) == bare(clean(text, [name]))
    assert bool(changes) == (clean(text, [name]) != text.strip())
