"""`otr rehydrate`: somebody's own copies, read as a build reads them, and a public release."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from pipelines.articles.page_reader import read_page_record
from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record
from warehouse.release.copies import Copy
from warehouse.release.rehydrate import Rehydrated
from warehouse.storage import Input, list_inputs, open_as_it_is

#: Lines shown of a list that may be long; the file holds all.
_SHOWN = 20


def read_copies(folder: Path) -> Iterator[Copy]:
    """The texts in the files of a folder, in whatever format `otr build` reads; bad ones too.

    Raises:
        warehouse.storage.SeedsError: the folder is missing, unreadable or empty.
    """
    for item in list_inputs(folder):
        try:
            yield from map(_copy, _records(item))
        except OSError as error:
            yield Copy(item.source_id, None, detail=f"it cannot be read: {error.strerror}")


def _records(item: Input) -> Iterator[Record]:
    with open_as_it_is(item.path) as stream:
        for record in read_stream(item.source_id, item.batch, stream):
            yield read_page_record(record)


def _copy(record: Record) -> Copy:
    return Copy(record.source_id, record.text, record.url, record.detail)


def print_rehydrated(made: Rehydrated) -> None:
    """Say what was joined, what is missing or changed, and where the file is."""
    console = Console(highlight=False)
    n_whole = len(made.findings) - len(made.lacking)
    console.print(f"Articles     {n_whole:,} of {len(made.findings):,} have their text")
    console.print(f"Offsets      {made.n_proven:,} hold")
    for finding in made.lacking[:_SHOWN]:
        copy = f" ({finding.copy}: {finding.detail})" if finding.copy else ""
        console.print(
            f"{finding.state:<12} {finding.source_id}{copy}", markup=False, soft_wrap=True
        )
    _print_rest(console, len(made.lacking), "articles without their text")
    for stray in made.strays[:_SHOWN]:
        console.print(f"{'not used':<12} {stray.copy}: {stray.why}", markup=False, soft_wrap=True)
    _print_rest(console, len(made.strays), "texts that were not used")
    console.print(f"DuckDB       {made.database}", soft_wrap=True)


def _print_rest(console: Console, number: int, what: str) -> None:
    if number > _SHOWN:
        console.print(f"… and {number - _SHOWN:,} more {what}")
