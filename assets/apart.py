"""Work on a large corpus in a process of its own, which gives its memory back when it ends."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from assets.settings import Settings
from warehouse.shards import KEY_BYTES
from warehouse.storage import list_inputs

#: To start a process costs a second or two; of fewer documents nothing grows large.
_LARGE, _LARGE_BYTES = 2_000, 20 * 2**20
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def apart(
    settings: Settings,
    work: Callable[_Arguments, _Result],
    *args: _Arguments.args,
    **kwargs: _Arguments.kwargs,
) -> _Result:
    """Do some work of the build, in a process of its own where there are many documents.

    Raises:
        RuntimeError: the process was killed.
        Exception: what the work raises.
    """
    if not _are_many(settings):
        return work(*args, **kwargs)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(theirs, work, args, kwargs))
    process.start()
    theirs.close()
    try:
        is_good, result = ours.recv()
    except EOFError:
        process.join()
        raise RuntimeError(
            f"The process that did {work.__name__} ended with {process.exitcode}; below 0 it was "
            "killed, as happens where memory is short."
        ) from None
    except BaseException:  # a person's, or Dagster's, wish to stop
        process.terminate()
        raise
    finally:
        process.join()
    if is_good:
        done: _Result = result
        return done
    raise result


def _are_many(settings: Settings) -> bool:
    """Whether the build before had many documents; before the first one, as the inputs look."""
    if settings.live.exists():
        return settings.live.stat().st_size // KEY_BYTES >= _LARGE
    inputs = list_inputs(settings.seeds_place)
    return len(inputs) >= _LARGE or sum(item.n_bytes for item in inputs) >= _LARGE_BYTES


def _do(line: Connection, work: Callable[..., object], args: Any, kwargs: Any) -> None:  # noqa: ANN401
    """Do the work and send what came of it, in the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's Ctrl-C is the parent's affair
    parent = multiprocessing.parent_process()
    if parent is not None:
        # No work goes on for a build that was killed: the next one may have begun.
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    try:
        line.send((True, work(*args, **kwargs)))
    except Exception as error:
        error.add_note(traceback.format_exc())
        line.send((False, error))


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
