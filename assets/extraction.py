"""From the seeds to the rows of each document."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from dagster import AssetExecutionContext, AssetOut, Output, multi_asset

from assets.io_manager import table_schema
from assets.progress import Progress
from assets.settings import Settings
from pipelines.articles.page_reader import read_page_record
from pipelines.documents.intake import Intake
from pipelines.documents.numbering import numbered
from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record
from pipelines.documents.sources import Source, check_matches, read_sources, with_person
from pipelines.engines import EXTRACTED, process_all
from warehouse.storage import Input, SeedsError, identity, leads_outside, list_inputs, open_as_it_is
from warehouse.tables import DOCUMENTS
from warehouse.tables.documents import Reason

SOURCES_FILE = "sources.toml"
#: A file of the staging area as old as the listing of the inputs.
LISTED = "listed"
_TABLES = (DOCUMENTS, *EXTRACTED)


@multi_asset(
    name="extract",
    group_name="extracted",
    outs={
        table.name: AssetOut(
            description=table.doc, metadata={"dagster/column_schema": table_schema(table)}
        )
        for table in _TABLES
    },
)
def extract(context: AssetExecutionContext, settings: Settings) -> Iterator[Output[pa.Table]]:
    """Read every input and extract all its rows; a bad input costs itself only."""
    settings.staging.mkdir(parents=True, exist_ok=True)
    (settings.staging / LISTED).touch()
    inputs = list_inputs(settings.seeds_folder)
    sources = load_sources(settings, inputs)
    intake, progress, parts = Intake(), Progress("extracted"), []
    accepted = intake.accepted(read_inputs(inputs, sources, settings.seeds_folder))
    for batch in process_all(accepted, settings.model, settings.workers):
        progress.add(batch.n_records, len(batch.failures))
        intake.reject(batch.failures)
        parts.append(batch.tables)
    check_matches(sources, [row["source_id"] for row in intake.rows])
    yield Output(DOCUMENTS.from_rows(intake.rows), DOCUMENTS.name)
    for table in EXTRACTED:
        empty = table.schema.empty_table()
        yield Output(pa.concat_tables([empty, *(p[table.name] for p in parts)]), table.name)


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
    files = [source for source in sources if not {"#", "!"} & set(source.match)]
    check_matches(files, [i.source_id for i in inputs])
    return sources


def read_inputs(
    inputs: Iterable[Input], sources: Sequence[Source], seeds: Path
) -> Iterator[Record]:
    """Yield the records of all inputs below the seeds folder, with what a person says of them."""
    read = (record for item in inputs for record in _read(item, seeds))
    return (read_page_record(with_person(record, sources)) for record in numbered(read))


def _read(item: Input, seeds: Path) -> Iterator[Record]:
    if leads_outside(item.path, seeds):
        why = "The link leads out of the seeds folder; copy the file there."
        yield _refused(item, "outside_seeds", why)
    elif item.path.exists() and not item.path.is_file():
        yield _refused(item, "unreadable", "This is no regular file; put texts in files.")
    else:
        try:
            yield from _read_unchanged(item)
        except OSError as error:
            yield _refused(item, "unreadable", f"The file cannot be read: {error.strerror}.")


def _read_unchanged(item: Input) -> Iterator[Record]:
    """The records of a file; where it was written to meanwhile, one for itself in the end.

    The last record waits for that: it may have been cut off.
    """
    before = identity(item.path)
    last: Record | None = None
    with open_as_it_is(item.path) as stream:
        for record in read_stream(item.source_id, item.batch, stream):
            if last is not None:
                yield last
            last = record
    if identity(item.path) != before:
        why = "The file was written to while it was read; build again when it is done."
        yield _refused(item, "changed_while_read", why)
    elif last is not None:
        yield last


def _refused(item: Input, reason: Reason, detail: str) -> Record:
    """The record of an input whose bytes were not read."""
    return Record(
        source_id=item.source_id,
        batch=item.batch,
        media_type="application/octet-stream",
        n_bytes=0,
        sha256=None,
        reason=reason,
        detail=detail,
    )
