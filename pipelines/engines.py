"""Many records on many workers; which worker does what never changes a row."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate

import pyarrow as pa

from pipelines.documents.intake import FAILED
from pipelines.documents.record import Record
from pipelines.ids import article_id
from pipelines.reuse import read_pages
from pipelines.versions import rows_version
from pipelines.workers.pool import Pool
from pipelines.workers.work import Work, Workers
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
#: Records, and characters of them, that a worker takes at a time: enough to keep it busy, few
#: enough to show progress, and to be done again where a worker dies.
RECORDS_A_BATCH, CHARS_A_BATCH = 8, 100_000
#: The column that says of which of a batch's records a row is, from 0.
SLOT = "slot"


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some records, by table, and why others of them failed, by article_id."""

    tables: dict[str, pa.Table]
    n_records: int
    failures: dict[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Between processes tables go as Arrow's own bytes, which need not be taken apart."""
        packed = {name: _packed(table) for name, table in self.tables.items()}
        return _unpacked, (packed, self.n_records, self.failures)


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def _unpacked(packed: Mapping[str, bytes], n_records: int, failures: dict[str, str]) -> Batch:
    tables = {name: pa.ipc.open_stream(data).read_all() for name, data in packed.items()}
    return Batch(tables, n_records, failures)


def process_batch(records: list[Record], model: str) -> Batch:
    """Process records; one on which the program fails costs itself only."""
    from pipelines.articles.page_reader import read_page_record
    from pipelines.parsing import load_model
    from pipelines.process import Rows, process_records

    nlp = load_model(model)
    rows: Rows = {table.name: [] for table in EXTRACTED}
    slots: dict[str, list[int]] = {table.name: [] for table in EXTRACTED}
    failures: dict[str, str] = {}
    read = [read_page_record(record) for record in records]
    for slot, extracted in enumerate(process_records(read, nlp)):
        if isinstance(extracted, Exception):
            failures[article_id(records[slot].url, records[slot].source_id)] = (
                "The program failed on this text "
                f"({type(extracted).__name__}: {extracted}); report it."
            )
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


def open_workers(engine: str, number: int, model: str) -> Workers:
    """The workers of the engine `local` or `ray`; a cluster that is there has its own number.

    Raises:
        pipelines.workers.work.WorkersError: the engine is not installed.
    """
    if engine == "ray":
        from pipelines.workers.cluster import Cluster

        return Cluster(number, partial(rows_version, model))
    return Pool(number, partial(warm, model))


def warm(model: str) -> None:
    """Load all that processing a record needs."""
    sys.meta_path.insert(0, _NoPandas)
    texts = (
        "The mayor, Ida Brandt, said on Monday that “it is enough”.",
        # Which language this is, is asked of what is loaded for that.
        "Das Wehr an der Brücke von Ostfelden, sagte Bürgermeisterin Ida Brandt am Montag, hält "
        "noch lange, und mehr Geld gibt es dafür nicht.",
    )
    process_batch(
        [Record("warm.txt", "main", "text/plain", len(t), None, text=t) for t in texts], model
    )


class _NoPandas:
    """Hides pandas, which Arrow loads, where it finds it, to know its missing values by."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Find nothing, and let nobody else find pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def process_all(records: Iterable[Record], model: str, workers: Workers) -> Iterator[Batch]:
    """Process records on the workers; batches come in the order of the records."""
    return workers.map(process_work(model), batches(records))


def process_work(model: str) -> Work[Record, Batch]:
    """Processing some records, as workers do it."""
    return Work(partial(process_batch, model=model), joined, _lost)


def _flat(parts: Sequence[list[Record]]) -> list[Record]:
    return [record for part in parts for record in part]


def _lost_page(record: Record, why: str) -> list[Record]:
    return [replace(record, html=None, reason=FAILED, detail=why)]


#: Reading the pages of some records.
READ_PAGES = Work(read_pages, _flat, _lost_page)


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records in lists that take about the same time; a long text is alone."""
    batch: list[Record] = []
    n_chars = 0
    for record in records:
        size = len(record.text or record.html or "")
        if batch and (len(batch) == RECORDS_A_BATCH or n_chars + size > CHARS_A_BATCH):
            yield batch
            batch, n_chars = [], 0
        batch.append(record)
        n_chars += size
    if batch:
        yield batch


def joined(parts: Sequence[Batch]) -> Batch:
    """The batch of all the records of some batches, in order."""
    starts = list(accumulate((part.n_records for part in parts), initial=0))
    tables = {
        table.name: pa.concat_tables(
            [
                _empty(table),
                *(
                    from_slot(part.tables[table.name], start)
                    for part, start in zip(parts, starts, strict=False)
                ),
            ]
        )
        for table in EXTRACTED
    }
    failures = {key: why for part in parts for key, why in part.failures.items()}
    return Batch(tables, starts[-1], failures)


def from_slot(rows: pa.Table, start: int) -> pa.Table:
    """The rows with their slots counted from `start`."""
    slots = pa.compute.add(rows[SLOT], pa.scalar(start, pa.int32()))
    return rows.set_column(rows.schema.get_field_index(SLOT), SLOT, slots)


def _lost(record: Record, why: str) -> Batch:
    """The batch of a record that no worker survives."""
    nothing = {table.name: _empty(table) for table in EXTRACTED}
    return Batch(nothing, 1, {article_id(record.url, record.source_id): why})


def _empty(table: Table) -> pa.Table:
    return table.schema.append(pa.field(SLOT, pa.int32())).empty_table()
