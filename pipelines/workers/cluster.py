"""The processes of a Ray cluster: one that is there, or one that is started on this machine."""

import importlib.util
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from pipelines.workers.work import (
    DeathError,
    Item,
    Request,
    Result,
    Work,
    WorkersError,
    done,
    in_order,
    one_by_one,
    request,
)

#: Where a cluster is, as Ray itself reads it: `host:port`, or `auto` on one of its machines.
ADDRESS = "RAY_ADDRESS"
#: Lists of items that are on their way for each core of the cluster.
_AHEAD = 4
#: After so many seconds the cores are counted anew.
_COUNT_AFTER = 10.0
#: So often is work done anew whose worker or node was lost, before each item is tried alone; an
#: item alone has as many tries, for its node may be lost without its doing.
_RETRIES = 1
#: Memory of this machine for what waits between processes, in bytes; more goes to disk.
_STORE = 256 * 2**20
_ROOT = Path(__file__).parents[2]
#: What workers import of ours. Other machines get it from here, so that all run the same code.
_CODE = ("pipelines", "warehouse")


def require_ray() -> None:
    """Make sure that Ray can be used.

    Raises:
        WorkersError: it is not installed.
    """
    if importlib.util.find_spec("ray") is None:
        raise WorkersError(
            "The engine “ray” needs the package ray, which is not installed. Run `make setup`, "
            "or install this project with its extra `ray`; or build with `--engine local`."
        )


class Cluster(AbstractContextManager["Cluster"]):
    """Workers of a Ray cluster, reached when the first work comes."""

    def __init__(self, number: int, check: Callable[[], str]) -> None:
        """Take note of what is needed.

        Args:
            number: how many workers, where the cluster is started here; another has its own.
            check: gives what must be the same here and on every worker; known by its name.

        Raises:
            WorkersError: Ray is not installed.
        """
        require_ray()
        self._number, self._check = number, check
        self._expected = ""
        self._cores, self._counted = 1, -_COUNT_AFTER
        self._task: Any = None

    def map(self, work: Work[Item, Result], items: Iterable[list[Item]]) -> Iterator[Result]:
        """The results in the order of the items, which are read no further ahead than need be.

        Raises:
            WorkersError: the cluster cannot be reached, or its workers differ from this machine.
        """

        def ask(some: list[Item]) -> Callable[[], Result]:
            if not some:
                return lambda: work.join([])
            self._start()
            reference = self._submit(request(work, some))
            return lambda: self._result(reference, work, some)

        return in_order(ask, items, self._ahead)

    def _ahead(self) -> int:
        """How many lists of items may be on their way: clusters grow and shrink meanwhile."""
        now = time.monotonic()
        if self._task is not None and now - self._counted > _COUNT_AFTER:
            import ray  # not before it was started: it reads its settings when it is imported

            self._counted = now
            held: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
            self._cores = max(1, int(held.get("CPU", 0)))
        return _AHEAD * self._cores

    def _submit(self, asked: Request) -> Any:  # noqa: ANN401
        return self._task.remote(asked, self._check, self._expected)

    def _result(self, reference: Any, work: Work[Item, Result], items: list[Item]) -> Result:  # noqa: ANN401
        try:
            result: Result = self._got(reference)
        except DeathError:
            return one_by_one(lambda asked: self._got(self._submit(asked)), work, items)
        return result

    def _got(self, reference: Any) -> Any:  # noqa: ANN401
        import ray
        from ray import exceptions

        try:
            return ray.get(reference)
        except exceptions.RayTaskError as error:
            raise (error.cause if isinstance(error.cause, Exception) else error) from None
        except (
            exceptions.WorkerCrashedError,
            exceptions.OutOfMemoryError,
            exceptions.NodeDiedError,
            exceptions.ObjectLostError,
        ) as error:
            raise DeathError(
                f"on the Ray cluster died each time ({type(error).__name__})"
            ) from None

    def _start(self) -> None:
        if self._task is not None:
            return
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        # Ray prints each death of a worker among what the command prints; we say what came of it.
        os.environ["RAY_DEDUP_LOGS_SKIP_REGEX"] = "."
        address = os.environ.get(ADDRESS)
        if address is None:
            _start_here(self._number)
        else:
            _join(address)
        import ray

        task = ray.remote(num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD")
        self._task = task(_done)
        self._expected = self._check()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the cluster; one that was started here ends."""
        if self._task is not None:
            import ray

            ray.shutdown()
            self._task = None


def _done(asked: Request, check: Callable[[], str], expected: str) -> object:
    """The task: do the work, on a worker that is like the one who asks."""
    if check() != expected:
        raise WorkersError(
            f"The Ray node {os.uname().nodename} has other libraries, or another language model, "
            "than this machine: install the same requirements.lock there, with the same Python."
        )
    return done(asked)


@cache
def _token() -> str:
    """What lets a process into the clusters that are started here; Ray reads it but once."""
    return secrets.token_hex(32)


def _start_here(number: int) -> None:
    """Start a cluster that nobody outside this machine can reach."""
    os.environ |= {
        # Ray listens on the loopback interface alone where it is told that clusters are not for it.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": _token(),
    }
    import ray

    ray.init(
        address="local",
        num_cpus=number,
        include_dashboard=False,
        object_store_memory=_STORE,
        log_to_driver=False,
        logging_level=logging.ERROR,
        # Without a limit, an item that takes all memory is tried for ever.
        _system_config={"task_oom_retries": _RETRIES},
    )


def _join(address: str) -> None:
    """Connect to a cluster that is there, and send it our code.

    Raises:
        WorkersError: it cannot be reached.
    """
    import ray

    code = {
        "py_modules": [str(_ROOT / name) for name in _CODE],
        "excludes": ["data/", "__pycache__/"],
    }
    try:
        ray.init(
            address=address, runtime_env=code, log_to_driver=False, logging_level=logging.ERROR
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WorkersError(
            f"No Ray cluster answers at {ADDRESS}={address}: {error}. Start one there, or unset "
            f"{ADDRESS} to work on this machine."
        ) from error
