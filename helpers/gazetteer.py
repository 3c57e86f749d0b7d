"""gazetteer: corpus/places.csv → the forms of names and the places that they mean."""

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent / "corpus" / "places.csv"


class Place(NamedTuple):
    """What a name means."""

    kind: str
    province: str
    city: str
    county: str
    country: str


NOWHERE = Place("town", "", "", "", "")


@lru_cache(maxsize=2)
def load_gazetteer(path: Path = FILE) -> tuple[dict, dict]:
    """{form: (places, weak, full)} and {its first two characters: lengths, the longest first}.

    A form may mean several places; weak: it is a common word too (~ in the file); full: it is no
    short form, or that of a foreign place.

    >>> load_gazetteer()[0]["杭州"][0][0].province
    '浙江'
    """
    forms, lengths = {}, defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(line for line in f if not line.startswith("#")):
            place = Place(*(row[c] or "" for c in Place._fields))
            for k, given in enumerate([row["name"], *(row["short"] or "").split()]):
                form = given.removeprefix("~")
                places, weak, full = forms.get(form, ((), True, False))
                weak = weak and given.startswith("~")
                forms[form] = ((*places, place), weak, full or not k and place.kind != "foreign")
                lengths[form[:2]].add(len(form))
    return forms, {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}
