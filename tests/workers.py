"""Work done in the test's own process, where what a test has patched or loaded counts."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType

from pipelines.workers.work import Item, Result, Work


class Here(AbstractContextManager["Here"]):
    """This very process: nothing is sent anywhere."""

    def map(self, work: Work[Item, Result], items: Iterable[list[Item]]) -> Iterator[Result]:
        """The results in the order of the items."""
        return (work.do(some) for some in items)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """There is nothing to let go."""


def open_here(engine: str, number: int, model: str) -> Here:
    """In the place of `pipelines.engines.open_workers`."""
    del engine, number, model
    return Here()
