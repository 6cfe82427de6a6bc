"""Work that is done some items at a time, and that an item which kills its worker does not stop."""

import faulthandler
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import IO, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: Who works: processes of this machine, or a Ray cluster.
ENGINES = ("local", "ray")
#: A worker has so many seconds for what it is sent, and more for its length: about fifty times
#: what articles take on a machine with nothing else to do.
_SECONDS, _BYTES_A_SECOND = 120.0, 500.0


class WorkersError(RuntimeError):
    """There are no workers that could do the work; the message says what to do."""


class DeathError(Exception):
    """A worker died over its work; the message says of what."""


class KilledError(DeathError):
    """A worker was killed from without, which may have nothing to do with its work."""


@dataclass(frozen=True, slots=True)
class Work(Generic[_Item, _Result]):
    """What workers do, and what becomes of an item that no worker survives.

    `do` is run by a worker and has to be known there by its name; `join` makes one result of those
    of several lists of items, of none at all too; `lost` makes the result of an item that was tried
    alone and killed its worker again, and is told what happened.
    """

    do: Callable[[list[_Item]], _Result]
    join: Callable[[list[_Result]], _Result]
    lost: Callable[[_Item, str], _Result]


@dataclass(frozen=True, slots=True)
class Request:
    """Pickled work and items, and the seconds after which its worker is caught in a loop."""

    data: bytes
    seconds: float


class Workers(AbstractContextManager["Workers"], Protocol):
    """Those who do work; leaving the block lets them go."""

    def map(self, work: Work[Item, Result], items: Iterable[list[Item]]) -> Iterator[Result]:
        """The results in the order of the items, which are read no further ahead than need be."""
        ...


def in_order(
    ask: Callable[[list[Item]], Callable[[], Result]],
    items: Iterable[list[Item]],
    ahead: Callable[[], int],
) -> Iterator[Result]:
    """The results in the order of the items, of which `ahead()` lists are asked for at a time."""
    waiting: deque[Callable[[], Result]] = deque()
    for some in items:
        waiting.append(ask(some))
        while len(waiting) >= ahead():
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def one_by_one(
    ask: Callable[[Request], Result], work: Work[Item, Result], items: list[Item]
) -> Result:
    """The result of items over which a worker died: each is tried alone, then given up."""

    def alone(item: Item) -> Result:
        try:
            return ask(request(work, [item]))
        except DeathError as death:
            why = (
                f"The program did not survive this text, not even when it had nothing else to do: "
                f"its process {death}. Build again with more free memory; if that does not help, "
                "take the text out of the seeds and report it."
            )
            return work.lost(item, why)

    return work.join([alone(item) for item in items])


def request(work: Work[Item, Result], items: list[Item]) -> Request:
    """What a worker is sent."""
    data = pickle.dumps((work.do, items), pickle.HIGHEST_PROTOCOL)
    return Request(data, _SECONDS + len(data) / _BYTES_A_SECOND)


def done(asked: Request) -> object:
    """Do what is asked, in this process; the process ends where that takes too long."""
    # The clock is C's own: a loop inside a library that lets no other thread run is ended, too.
    faulthandler.dump_traceback_later(asked.seconds, exit=True, file=_nowhere())
    try:
        do, items = pickle.loads(asked.data)
        return do(items)
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
