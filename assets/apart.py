"""Work on a large corpus in a process of its own, which gives its memory back when it ends."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

from assets.settings import Settings
from warehouse.shards import KEY_BYTES

#: To start a process costs a second or two; of fewer documents nothing grows large.
_LARGE = 2_000
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def apart(
    settings: Settings,
    work: Callable[_Arguments, _Result],
    *args: _Arguments.args,
    **kwargs: _Arguments.kwargs,
) -> _Result:
    """Do some work of the build, in a process of its own where there are many documents."""
    if settings.live.stat().st_size // KEY_BYTES < _LARGE:
        return work(*args, **kwargs)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *args, **kwargs).result()
