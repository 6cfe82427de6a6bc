"""Small objects fetched some time before they are read: a request takes longer than to read it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from warehouse.locations import Object, fetched
from warehouse.storage import Input

#: Requests at a time, and how many inputs are looked ahead.
_REQUESTS, _AHEAD = 16, 64
#: Larger ones are streamed when their turn comes.
_SMALL = 2**20


def fetched_ahead(inputs: Iterable[Input], is_known: Callable[[Input], bool]) -> Iterator[Input]:
    """The inputs in their order, those objects that are small and not `is_known` with their bytes.

    Raises:
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    with ThreadPoolExecutor(_REQUESTS) as pool:
        waiting: deque[Input | Future[Input]] = deque()
        for item in inputs:
            is_wanted = _is_small_object(item) and not is_known(item)
            waiting.append(pool.submit(_fetched, item) if is_wanted else item)
            if len(waiting) >= _AHEAD:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


def _is_small_object(item: Input) -> bool:
    listed = item.place.listed if isinstance(item.place, Object) else None
    return listed is not None and listed[0] <= _SMALL


def _fetched(item: Input) -> Input:
    return replace(item, place=fetched(item.place)) if isinstance(item.place, Object) else item


def _done(item: Input | Future[Input]) -> Input:
    return item.result() if isinstance(item, Future) else item
