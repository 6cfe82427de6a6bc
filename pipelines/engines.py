"""Many records on many workers; which worker does what never changes a row."""

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import TypeVar

import pyarrow as pa

from pipelines.documents.record import Record
from pipelines.ids import article_id
from warehouse.tables import BLOCKS, DATES, QUOTE_SPANS, Table
from warehouse.tables.extracted import (
    EXTRACTED_ARTICLES,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    EXTRACTED_QUOTES,
)

#: What processing a record yields.
EXTRACTED: tuple[Table, ...] = (
    EXTRACTED_ARTICLES,
    BLOCKS,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    DATES,
    EXTRACTED_QUOTES,
    QUOTE_SPANS,
)
#: Records a worker takes at a time: enough to keep it busy, few enough to show progress.
RECORDS_A_BATCH = 8
#: The column that says of which of a batch's records a row is, from 0.
SLOT = "slot"
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some records, by table, and why others of them failed, by article_id."""

    tables: dict[str, pa.Table]
    n_records: int
    failures: dict[str, str] = field(default_factory=dict)


class Workers(AbstractContextManager["Workers"]):
    """Processes of this machine, started when the first work comes; one alone is this one."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """The results in the order of the items, which are read no further ahead than need be.

        Nothing is started for an item that is empty.
        """
        if self._number == 1:
            yield from map(work, items)
            return
        waiting: deque[Future[_Result]] = deque()
        for item in items:
            waiting.append(self._started().submit(work, item) if item else _done(work(item)))
            if len(waiting) >= 2 * self._number:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; threads would fight
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._number, mp_context=context)
        return self._pool

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the processes end; after an error, without what waits."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=error is not None)


def _done(result: _Result) -> "Future[_Result]":
    future: Future[_Result] = Future()
    future.set_result(result)
    return future


def process_batch(records: list[Record], model: str) -> Batch:
    """Process records one by one; one on which the program fails costs itself only."""
    from pipelines.articles.page_reader import read_page_record
    from pipelines.parsing import load_model
    from pipelines.process import Rows, process_record

    nlp = load_model(model)
    rows: Rows = {table.name: [] for table in EXTRACTED}
    slots: dict[str, list[int]] = {table.name: [] for table in EXTRACTED}
    failures: dict[str, str] = {}
    for slot, record in enumerate(records):
        try:
            extracted = process_record(read_page_record(record), nlp)
        except Exception as error:  # whatever it was, the rest goes on
            why = f"The program failed on this text ({type(error).__name__}: {error}); report it."
            failures[article_id(record.url, record.source_id)] = why
            continue
        for name, some in extracted.items():
            rows[name] += some
            slots[name] += [slot] * len(some)
    tables = {
        table.name: table.from_rows(rows[table.name]).append_column(
            SLOT, pa.array(slots[table.name], pa.int32())
        )
        for table in EXTRACTED
    }
    return Batch(tables, len(records), failures)


def process_all(records: Iterable[Record], model: str, workers: Workers) -> Iterator[Batch]:
    """Process records on the workers; batches come in the order of the records."""
    return workers.map(partial(process_batch, model=model), batched(records, RECORDS_A_BATCH))


def batched(items: Iterable[_Item], n: int) -> Iterator[list[_Item]]:
    """The items in lists of `n`, the last one shorter."""
    source = iter(items)
    return iter(lambda: list(itertools.islice(source, n)), [])
