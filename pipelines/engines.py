"""Many records on many workers; which worker does what never changes a row."""

import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa

from pipelines.documents.record import Record
from pipelines.ids import article_id
from pipelines.parsing import load_model
from pipelines.process import Rows, process_record
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


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some records, by table, and why others of them failed, by article_id."""

    tables: dict[str, pa.Table]
    n_records: int
    failures: dict[str, str] = field(default_factory=dict)


def process_batch(records: list[Record], model: str) -> Batch:
    """Process records one by one; one on which the program fails costs itself only."""
    nlp = load_model(model)
    rows: Rows = {table.name: [] for table in EXTRACTED}
    failures: dict[str, str] = {}
    for record in records:
        try:
            extracted = process_record(record, nlp)
        except Exception as error:  # whatever it was, the rest goes on
            why = f"The program failed on this text ({type(error).__name__}: {error}); report it."
            failures[article_id(record.url, record.source_id)] = why
            continue
        for name, some in extracted.items():
            rows[name] += some
    tables = {table.name: table.from_rows(rows[table.name]) for table in EXTRACTED}
    return Batch(tables, len(records), failures)


def process_all(records: Iterable[Record], model: str, workers: int) -> Iterator[Batch]:
    """Process records on this machine, with `workers` processes; 1 stays in this one.

    Batches come in the order of the records.

    Raises:
        pipelines.parsing.UnknownModelError: no such model is installed.
    """
    load_model(model)  # here, so that a wrong name stops before anything is read
    source = iter(records)
    batches = iter(lambda: list(itertools.islice(source, RECORDS_A_BATCH)), [])
    work = partial(process_batch, model=model)
    return map(work, batches) if workers == 1 else _in_pool(work, batches, workers)


def _in_pool(
    work: Callable[[list[Record]], Batch], batches: Iterator[list[Record]], workers: int
) -> Iterator[Batch]:
    """Keep every worker fed, but read no further ahead than it needs."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; threads would fight
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: list[Future[Batch]] = []
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) >= 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
