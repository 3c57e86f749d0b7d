"""copies: the parts of a build → which of its articles are copies, by many workers. See `find_all`.

    copies/ID/texts.parquet          which texts there are (see `prints`)
    copies/ID/met-V-N.parquet        who meets the texts of one group, and how often
    copies/ID/compared-V-N.parquet   what those of them have in common that are worth a comparison

While it is being found, and by what is in force (LAST), as two builds at once may have two of them:

    copies/ID/order-LAST.parquet     where each article stands, and stood
    copies/ID/flags-LAST.parquet     which keys are of texts that have come or gone
    copies/ID/turns-LAST-N.parquet   who meets oftener or more seldom, under one share of the keys

A worker holds one share of the keys, or the texts of one group and of those it is compared with,
whatever the number of articles. What the build in force has added up and compared is taken over, so
that a few new articles cost a look at the keys of all, and little more. All this comes to what
`duplicates.find_copies` finds, and to the same bytes, whatever was in force.
"""

from bisect import bisect_left
from typing import NamedTuple

import numpy as np
from fsspec.core import url_to_fs

from helpers import arrow
from helpers.builds import folder_of, put
from helpers.duplicates import Compared, as_problem, compare_all, counted, named, settle
from helpers.fingerprints import COPY, added, later_and_earlier, near, pair_of
from helpers.prints import (
    HEADS,
    Order,
    Texts,
    in_order,
    keys_of,
    numbers,
    order_of,
    put_numbers,
    put_texts,
    read,
    slices,
)
from helpers.sums import SHUFFLE, TEXTS, flagged, flags_of, moved, turns, ways

MET = {"pair": "u8", "rare": "i4", "usual": "i4"}
COMPARED = {"pair": "u8", "found": "u1", "shares": "f8"}
KEYS = 4_000_000  # that a worker holds
LED = 1000  # texts that a key of a new text leads to, on average, at most
PAYS = 1000  # new texts for whose sake it pays to start other processes


class Work(NamedTuple):
    """What workers are told of a build.

    parts: (name, its places, how many articles) each; gone: so, those in force that are none of it;
    compared: the file for each group of texts; last: those of the build in force; shares: into how
    many the keys go; pays: whether it does to give the work to several.
    """

    out: str
    parts: list
    gone: list
    compared: list[str]
    last: list[str]
    shares: int = 0
    pays: bool = True


class Places(NamedTuple):
    """Of each place that a text had: its place now (way); before which place none has gone or come
    from elsewhere (still); of each place now: the row of its text part by part, how many keys it
    has, a number for it."""

    way: np.ndarray
    still: int
    rows: np.ndarray
    sizes: np.ndarray
    names: np.ndarray


def files_of(compared: list[str]) -> list[str]:
    """The files that are kept for the next build."""
    texts = [_beside(compared, "texts")] if compared else []
    return [*(x for path in compared for x in _paths(path)), *texts]


def _paths(compared: str) -> tuple[str, str]:
    """The files of a group: of MET, of COMPARED."""
    return compared.replace("/compared-", "/met-"), compared


def _beside(compared: list[str], name: str) -> str:
    return f"{compared[0].rpartition('/')[0]}/{name}.parquet"


def _passing(work: Work, name: str) -> str:
    """A file that is there while copies are looked for; what is in it rests on the build in force."""
    return _beside(work.compared, f"{name}-{work.last[0].split('/')[-2] if work.last else 'none'}")


def find_all(work: Work, run) -> tuple[list, list]:
    """The rows of COPIES of a build's articles, and its copies as problems; run: see `workers`."""
    texts = in_order(work.out, work.parts)
    if work.compared:
        work = _begun(work, texts)
        groups = range(len(work.compared))
        groups = [[group] for group in groups] if work.pays else [[*groups]]
        for do, things in ((meet, [*range(work.shares)]), (match, groups)):
            for _ in run(do, things, work, pays=work.pays):
                pass
    letters = arrow.numbers_of(texts.heads, "letters")
    return _told(texts.heads, *settle(letters, texts.copies, _compared(work)))


def _begun(work: Work, texts: Texts) -> Work:
    """Write down what there is, and whose keys are to be looked at; the work, and how to share it."""
    fs, root = url_to_fs(work.out)
    files = [*files_of(work.last), *(f"prints/{name}.parquet" for name, *_ in work.gone)]
    if not work.last or not all(fs.exists(f"{root}/{path}") for path in files):
        work = work._replace(last=[], gone=[])
    put_texts(work.out, _beside(work.compared, "texts"), texts)
    before = _beside(work.last, "texts") if work.last else None
    order = order_of(work.out, texts, work.gone, before)
    put_numbers(work.out, _passing(work, "order"), order._asdict())
    turned = (order.now >= 0) != (order.then >= 0)
    if work.last:
        flags = _flags(work, turned)
        put_numbers(work.out, _passing(work, "flags"), {"flag": flags})
    keys = min(int(order.size.sum()), int(order.size[turned].sum()) * LED)
    return work._replace(shares=-(-keys // KEYS), pays=bool(turned.sum() >= PAYS))


def _flags(work: Work, turned: np.ndarray) -> np.ndarray:
    """The flags of the keys of those articles that have come or gone."""
    flags = flags_of(np.empty(0, "u8"))
    for name, _, own in slices([*work.parts, *work.gone]):
        if turned[own].any():
            keys, rows = keys_of(work.out, name)
            flags |= flags_of(keys[turned[own][rows]])
    return flags


# Who meets whom


def meet(share: int, work: Work) -> None:
    """Write down who meets oftener now, or more seldom, under one share of the keys."""
    fs, root = url_to_fs(work.out)
    order = Order(*numbers(work.out, _passing(work, "order"), Order._fields))
    flags = numbers(work.out, _passing(work, "flags"), ["flag"])[0] if work.last else None
    found = []
    for name, _, own in slices([*work.parts, *work.gone]):
        keys, rows = keys_of(work.out, name)
        mine = ((keys * SHUFFLE) >> np.uint64(40)) % np.uint64(work.shares) == share
        mine = np.flatnonzero(mine & flagged(keys, flags) if work.last else mine)
        found.append((keys[mine], rows[mine] + own.start))
    keys, rows = map(np.concatenate, zip(*found, strict=True))
    pairs, times = turns(keys, order.now[rows], order.then[rows])
    table = arrow.of_numbers({"pair": pairs, "rare": times[:, 0], "usual": times[:, 1]})
    ends = np.searchsorted(pairs, pair_of(np.arange(1, len(work.compared) + 1) * TEXTS, 0))
    data = arrow.to_bytes_in_groups(table, ends)
    put(fs, f"{root}/{_passing(work, f'turns-{share}')}", data)


def match(groups: list[int], work: Work) -> None:
    """Write down who meets the texts of some groups, and what they have in common."""
    fs, root = url_to_fs(work.out)
    places = _places(work)
    for group in groups:
        paths, turned = _paths(work.compared[group]), _turned(work, group)
        as_it_was = (group + 1) * TEXTS <= places.still and group < len(work.last)
        if as_it_was and not len(turned[0]):
            for old, new in zip(_paths(work.last[group]), paths, strict=True):
                put(fs, f"{root}/{new}", fs.cat_file(f"{root}/{old}"))
            continue
        pairs, times = _met(work, group, places, turned)
        put_numbers(work.out, paths[0], dict(zip(MET, (pairs, *times.T), strict=True)))
        put_numbers(work.out, paths[1], _matched(work, group, places, (pairs, times)))


def _places(work: Work) -> Places:
    """Of the texts that count, what is asked of each place."""
    order = Order(*numbers(work.out, _passing(work, "order"), Order._fields))
    rows = ways(np.arange(len(order.now)), order.now)
    went = (order.then >= 0) & (order.now != order.then)
    ends = np.r_[order.then[went], order.now[went & (order.now >= 0)]]
    still = int(ends.min(initial=2**32))
    return Places(ways(order.now, order.then), still, rows, order.size[rows], order.name[rows])


def _turned(work: Work, group: int) -> list[np.ndarray]:
    """Who meets the texts of a group oftener now, or more seldom."""
    fs, root = url_to_fs(work.out)
    found = []
    for share in range(work.shares):
        with fs.open(f"{root}/{_passing(work, f'turns-{share}')}", "rb") as file:
            table = arrow.group_of(file, group)
        found.append([arrow.numbers_of(table, c) for c in MET])
    return _together(MET, found)


def _together(kinds: dict, tables: list) -> list[np.ndarray]:
    """The columns of some tables, one table after the other."""
    return [np.concatenate([np.empty(0, kind), *cells])
            for kind, *cells in zip(kinds.values(), *tables, strict=True)]  # fmt: skip


def _met(work: Work, group: int, places: Places, turned: list) -> tuple[np.ndarray, np.ndarray]:
    """Who meets the texts of a group, and how often: what was known, and what has turned."""
    pairs, *times = _together(MET, [_last(work, group, places, MET), turned])
    pairs, times = added(pairs, np.stack(times, axis=1))
    some = times.any(axis=1)
    return pairs[some], times[some]


def _last(work: Work, group: int, places: Places, kinds: dict) -> list[np.ndarray]:
    """The pairs of a group in a table of the build in force, by their numbers now; its cells."""
    own = np.flatnonzero(places.way // TEXTS == group) // TEXTS
    files = work.last[own[0] : own[-1] + 1] if len(own) else []
    paths = (_paths(path)[kinds is COMPARED] for path in files)
    pairs, *cells = _together(kinds, [numbers(work.out, path, kinds) for path in paths])
    pairs, still = moved(pairs, places.way)
    mine = later_and_earlier(pairs)[0] // TEXTS == group
    return [pairs[mine], *(x[still][mine] for x in cells)]


def _matched(work: Work, group: int, places: Places, met: tuple) -> dict:
    """What the pairs of a group have in common; met: who meets, and how often."""
    pairs, rare = near(*met, places.sizes)
    known, *found = _last(work, group, places, COMPARED)
    known = Compared(named(known, places.names)[0], *found)
    paired, *two = named(pairs, places.names)
    asked = np.unique([x[np.isin(paired, known.names, invert=True)] for x in two]).tolist()
    text_of = _texts(work, sorted((int(places.rows[i]), i) for i in asked))
    compared = compare_all(pairs, places.names, text_of.__getitem__, known)
    return {"pair": pairs, "found": compared.found, "shares": compared.shares,
            "counted": counted(compared.found, rare)}  # fmt: skip


def _texts(work: Work, wanted: list[tuple]) -> dict[int, str]:
    """Texts by their place; wanted: the row of each part by part, and that place."""
    found = {}
    for name, places, own in slices([*work.parts, *work.gone]):
        mine = wanted[bisect_left(wanted, (own.start,)) : bisect_left(wanted, (own.stop,))]
        if mine:
            paths = (f"{folder_of('articles', *place)}/{name}.parquet" for place in places)
            tables = (read(work.out, path, ["text"]) for path in paths)
            texts = [x for table in tables for x in arrow.cells_of(table, "text")]
            found |= {i: texts[row - own.start] or "" for row, i in mine}
    return found


# What comes of it


def _compared(work: Work) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs in order, what was found of each, and the share; of those in vain, what copies are in."""
    columns, chosen, of = ["pair", "counted", "shares"], [], np.empty(0, "i8")
    for path in work.compared:
        pairs, found = numbers(work.out, path, columns[:2])
        of = np.union1d(of, later_and_earlier(pairs[found == COPY]))
    for path in work.compared:
        table = numbers(work.out, path, columns)
        asked = np.isin(later_and_earlier(table[0]), of).all(axis=0) | (table[1] > 0)
        chosen.append([x[asked] for x in table])
    empty = np.empty(0, "u8"), np.empty(0, "u1"), np.empty(0)
    return tuple(map(np.concatenate, zip(empty, *chosen, strict=True)))


def _told(heads, copies: dict, alike: dict) -> tuple[list, list]:
    """Copies as rows of COPIES and as problems."""
    others = (j for own in alike.values() for j, _ in own)
    named = sorted({*copies, *copies.values(), *alike, *others})
    cells = (arrow.cells_of(arrow.taken(heads, np.array(named, "i8")), c) for c in HEADS)
    of, numbers, lines, *_ = (dict(zip(named, x, strict=True)) for x in cells)
    names = {i: f"{of[i]}#{numbers[i]:02}" for i in named}
    rows = [
        (names[i], names[copies[i]] if i in copies else None,
         [[names[j], share] for j, share in alike.get(i, ())])
        for i in sorted({*copies, *alike})
    ]  # fmt: skip
    return rows, [as_problem(of[i], lines[i], names[j]) for i, j in copies.items()]
