"""From the seeds to the extracted rows of each document, where they are not known already."""

import shutil
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from assets.progress import Progress
from assets.reading import File, Told, read_inputs
from assets.settings import Settings
from assets.told import load_withdrawals
from pipelines.documents.intake import FAILED, Intake, Row, failed
from pipelines.documents.record import Record
from pipelines.documents.sources import Source, check_matches, read_sources
from pipelines.engines import EXTRACTED, Batch, joined, open_workers, process_all
from pipelines.reuse import rows_key, to_line
from pipelines.versions import page_version, reading_version, require_as_loaded, rows_version
from warehouse import parquet
from warehouse.made import Made, digest
from warehouse.readings import NewReadings, OldReadings
from warehouse.shards import DOCUMENTS_A_SHARD, KEY_BYTES, Shards
from warehouse.storage import Input, SeedsError, atomic_path, list_inputs, sweep
from warehouse.tables import DOCUMENTS
from warehouse.tables.extracted import EXTRACTED_ARTICLES
from warehouse.tables.withdrawals import Withdrawals

SOURCES_FILE = "sources.toml"
#: Of what is extracted, no more than so many seconds are lost when a build is killed.
_SECONDS_A_SHARD = 60.0
_ROWS_A_CHUNK = 4096
STEP = "extract"
#: Stands in a shard for a document on which the program failed, so that it is tried again.
_FAILED = bytes(KEY_BYTES)


def bring_up_to_date(settings: Settings) -> bool:
    """Read what changed among the inputs, and extract what was not extracted before.

    Leaves the table `documents`, and the digests of the documents that became articles: their rows
    are in the store. A bad input costs itself only.

    Returns:
        Whether there was anything to look at.
    """
    settings.staging.mkdir(parents=True, exist_ok=True)
    settings.listed.touch()
    inputs = list_inputs(settings.seeds_place)
    sources, gone = load_sources(settings, inputs), load_withdrawals(settings)
    for folder in (settings.warehouse_folder, settings.staging, settings.tables, settings.cache):
        sweep(folder)
    if is_current(settings, inputs, sources):
        return False
    shards = open_shards(settings)
    documents, live, is_sound = _extract(inputs, sources, gone, settings, shards)
    parquet.write_table(DOCUMENTS, [parquet.conform(DOCUMENTS, documents)], settings.documents)
    with atomic_path(settings.live) as temporary:
        temporary.write_bytes(live)
    shards.tidy(live)
    if gone.sources:
        _shed(shards, live, gone)
    for folder in settings.cache.glob("rows-*"):  # of tables of another form
        if folder != shards.folder:
            shutil.rmtree(folder)
    key = _inputs_key(inputs, sources, gone, settings.model)
    # What failed is tried again by the next build.
    made_of = key if key and is_sound else ""
    Made(settings.made).put(STEP, made_of, [settings.documents, settings.live])
    return True


def _shed(shards: Shards, live: bytes, gone: Withdrawals) -> None:
    """Leave no rows of a withdrawn source, or of a copy of it, in the store."""
    copies = gone.copies()

    def is_withdrawn(article: dict[str, str]) -> bool:
        if gone.source_of(article["source_id"]) is not None:
            return True
        return article["article_id"] in copies or article["content_sha256"] in copies

    shards.shed(live, EXTRACTED_ARTICLES, is_withdrawn)


def is_current(settings: Settings, inputs: Sequence[Input], sources: Sequence[Source]) -> bool:
    """Whether these inputs are those of the build before, and its rows are still in the store."""
    key = _inputs_key(inputs, sources, load_withdrawals(settings), settings.model)
    return (
        key is not None
        and Made(settings.made).is_current(STEP, key)
        and open_shards(settings).hold_all(settings.live.read_bytes())
    )


def extract_batches(settings: Settings, batches: Collection[str] | None) -> int:
    """Extract what was not extracted before of some batches, or of all; make no table.

    Returns:
        How many documents were extracted.
    """
    inputs = list_inputs(settings.seeds_place)
    chosen = [item for item in inputs if batches is None or item.batch in batches]
    shards, n_new = open_shards(settings), 0
    sorting = _Sorting(shards, settings.model, [], load_withdrawals(settings))
    extracted = _Extracted(shards, sorting)
    with open_workers(settings.engine, settings.workers, settings.model) as workers:
        old = OldReadings(settings.readings, _readings_version())
        sources = load_sources(settings, inputs)
        told = read_inputs(chosen, sources, settings.seeds_folder, old, workers)
        for batch in process_all(sorting.missing(told), settings.model, workers):
            extracted.add(batch)
            n_new += batch.n_records
    extracted.flush()
    return n_new


def open_shards(settings: Settings) -> Shards:
    """The store of extracted rows, of the present form of the tables."""
    form = digest(*(str(t.schema.remove_metadata()) for t in EXTRACTED))[:12]
    return Shards(settings.cache / f"rows-{form}", EXTRACTED)


def load_sources(settings: Settings, inputs: list[Input]) -> list[Source]:
    """Read what a person says about the sources, and check it before any work is done.

    Raises:
        pipelines.documents.sources.SourcesError: it cannot be used.
        warehouse.storage.SeedsError: it cannot be read.
    """
    path = settings.seeds_folder / SOURCES_FILE
    if not path.exists():
        return []
    try:
        sources = read_sources(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SeedsError(f"{path} cannot be read: {error}.") from error
    # Whether a record or member of a file matches is known only when the file has been read.
    files = [source for source in sources if not _is_about_records(source)]
    check_matches(files, [i.source_id for i in inputs])
    return sources


def _is_about_records(source: Source) -> bool:
    return bool({"#", "!"} & set(source.match))


def _inputs_key(
    inputs: Sequence[Input], sources: Sequence[Source], gone: Withdrawals, model: str
) -> str | None:
    """The digest of all that extraction depends on; None where a file may change unseen."""
    if any(item.identity is None for item in inputs):
        return None
    files = [(item.source_id, item.identity) for item in inputs]
    versions = (reading_version(), page_version(), rows_version(model))
    return digest(versions, [repr(source) for source in sources], files, repr(gone.sources))


def _extract(
    inputs: Sequence[Input],
    sources: Sequence[Source],
    gone: Withdrawals,
    settings: Settings,
    shards: Shards,
) -> tuple[pa.Table, bytes, bool]:
    """The table `documents`, the digests of those with rows in the store, and if none failed."""
    version = _readings_version()
    old = OldReadings(settings.readings, version)
    with (
        open_workers(settings.engine, settings.workers, settings.model) as workers,
        NewReadings(settings.readings, version) as new,
    ):
        told = read_inputs(inputs, sources, settings.seeds_folder, old, workers)
        sorting = _Sorting(shards, settings.model, sources, gone)
        missing = sorting.missing(_written_down(told, new))
        progress, extracted = Progress("extracted"), _Extracted(shards, sorting)
        n_bytes = max(1, sum(item.identity[1] for item in inputs if item.identity))
        for batch in process_all(missing, settings.model, workers):
            extracted.add(batch)
            rejected = sorting.n_rejected + len(extracted.failures)
            progress.add(batch.n_records, rejected, sorting.n_bytes / n_bytes)
        progress.end()
        extracted.flush()
    check_matches(sorting.unmatched, [])
    failures = sorting.failures | extracted.failures
    documents = _with_failures(sorting.documents, failures)
    live = shards.held_of(bytes(sorting.live))
    return documents, live, not failures and sorting.is_sound


def _readings_version() -> str:
    return f"1 {reading_version()}"


def _written_down(told: Iterable[Told], new: NewReadings) -> Iterator[Told]:
    """The readings, each written down when it was used; those of a file that is not sure are not.

    What a file was read as is known to be sure only when the next one comes.
    """
    file: File | None = None
    for one in told:
        if one.file is not file:
            if file is not None and not file.is_sure:
                new.forget()
            file = one.file
            new.begin(file.item.source_id, file.item.identity or (0, 0, 0, 0))
        yield one
        page = one.reading.page
        if one.written is not None and page is one.raw.page:
            new.add_again(one.written)
        else:
            new.add(to_line(one.raw, None if page and page.reason == FAILED else page))
    if file is not None and not file.is_sure:
        new.forget()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that is being extracted."""

    key: bytes
    batch: str
    article_id: str


class _Sorting:
    """Sorts readings into accepted ones and others, and looks up which of them are extracted."""

    def __init__(
        self, shards: Shards, model: str, sources: Sequence[Source], gone: Withdrawals
    ) -> None:
        self._shards, self._model = shards, model
        self._intake = Intake(gone)
        self._rows: list[Row] = []
        self.documents: list[pa.Table] = []
        self.live = bytearray()
        self.waiting: deque[_Waiting] = deque()
        self.failures: dict[str, str] = {}
        #: Of the inputs, how many bytes went by, and how many were refused.
        self.n_bytes = self.n_rejected = 0
        #: Whether no page made the program fail.
        self.is_sound = True
        #: What a person says of records or members of files that has matched none so far.
        self.unmatched = [s for s in sources if _is_about_records(s)]

    def missing(self, told: Iterable[Told]) -> Iterator[Record]:
        """Yield the accepted documents whose rows are not in the store, in order."""
        for one in told:
            reading = one.reading
            if self.unmatched:
                name = reading.record.source_id
                self.unmatched = [s for s in self.unmatched if not s.matches(name)]
            content = reading.content
            row = self._intake.judge(reading.record, bytes.fromhex(content) if content else None)
            self._keep(row)
            self.n_bytes += row["n_bytes"]
            self.n_rejected += row["status"] == "rejected"
            self.is_sound &= row["reason"] != FAILED
            if row["status"] == "accepted":
                yield from self._missing(one, row)
        self._flush()

    def _missing(self, one: Told, row: Row) -> Iterator[Record]:
        key = rows_key(one.reading, self._model)
        self.live += key
        if key in self._shards:
            return
        record = one.full()
        if record.reason is not None:
            self.failures[row["article_id"]] = record.detail or record.reason
            return
        self.waiting.append(_Waiting(key, row["batch"], row["article_id"]))
        yield record

    def _keep(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS_A_CHUNK:
            self._flush()

    def _flush(self) -> None:
        self.documents.append(DOCUMENTS.from_rows(self._rows))
        self._rows = []


class _Extracted:
    """Collects extracted rows until they fill a shard of their batch."""

    def __init__(self, shards: Shards, sorting: _Sorting) -> None:
        self._shards, self._sorting = shards, sorting
        self._keys: list[bytes] = []
        self._batch = ""
        self._parts: list[Batch] = []
        self._since = time.monotonic()
        self.failures: dict[str, str] = {}

    def add(self, batch: Batch) -> None:
        """Keep the rows of the documents that have waited longest."""
        documents = [self._sorting.waiting.popleft() for _ in range(batch.n_records)]
        is_late = time.monotonic() - self._since > _SECONDS_A_SHARD
        is_full = len(self._keys) + len(documents) > DOCUMENTS_A_SHARD
        if is_late or is_full or documents[0].batch != self._batch:
            self.flush()
            self._batch = documents[0].batch
        self._keys += [_FAILED if d.article_id in batch.failures else d.key for d in documents]
        self._parts.append(batch)
        self.failures |= batch.failures

    def flush(self) -> None:
        """Put what was collected into the store."""
        if self._keys:
            require_as_loaded()
            self._shards.append(self._batch, self._keys, joined(self._parts).tables)
        self._keys, self._parts = [], []
        self._since = time.monotonic()


def _with_failures(documents: Sequence[pa.Table], failures: dict[str, str]) -> pa.Table:
    """All rows of `documents`; records that could not be processed are rejected after all."""

    def settled(rows: pa.Table) -> pa.Table:
        found = rows.to_pylist()
        return DOCUMENTS.from_rows(
            [
                failed(r, failures[r["article_id"]]) if r["article_id"] in failures else r
                for r in found
            ]
        )

    return pa.concat_tables(settled(rows) if failures else rows for rows in documents)
