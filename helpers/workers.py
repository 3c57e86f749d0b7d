"""workers: the cores of this machine, or those of a Dask cluster, at work on many things. See `team`."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import get_context

RETRIES = 3  # times that Dask gives a thing to another worker when one is lost


@contextmanager
def team(dask: str | None = None) -> Iterator[Callable]:
    """`run(do, things, *rest, pays=True)`: what a function gives of each of some things and the rest.

    They come as they are ready. The function stands at the head of a module and may be run twice on
    a thing. dask: the address of a scheduler; None: the cores of this machine, of which one is used
    where it does not pay to start others.
    """
    if dask:
        with import_module("distributed").Client(dask) as client:
            yield lambda do, things, *rest, pays=True: _on_dask(client, do, things, rest)
        return
    pools = []
    try:
        yield lambda do, things, *rest, pays=True: _on_cores(pools, do, things, rest, pays)
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _on_cores(pools: list, do, things: list, rest: tuple, pays: bool) -> Iterator:
    if not pays or len(things) < 2 or (os.cpu_count() or 1) < 2:
        yield from (do(thing, *rest) for thing in things)
        return
    if not pools:
        pools.append(ProcessPoolExecutor(os.cpu_count(), get_context("spawn")))
    for future in as_completed([pools[0].submit(do, thing, *rest) for thing in things]):
        yield future.result()


def _on_dask(client, do, things: list, rest: tuple) -> Iterator:
    futures = client.map(partial(_with, do, rest), things, pure=False, retries=RETRIES)
    for future in import_module("distributed").as_completed(futures):
        yield future.result()
        future.release()


def _with(do, rest: tuple, thing):
    return do(thing, *rest)
