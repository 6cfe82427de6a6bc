"""From the seeds to readings: files that did not change are not read again."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, tee
from pathlib import Path

from pipelines.documents.numbering import numbered
from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record
from pipelines.documents.sources import Source, with_person
from pipelines.engines import READ_PAGES
from pipelines.reuse import (
    Reading,
    from_line,
    page_key,
    page_read,
    reading_of,
    with_page_read,
)
from pipelines.workers.work import Workers
from warehouse.ahead import fetched_ahead
from warehouse.locations import Object
from warehouse.readings import OldReadings
from warehouse.storage import Input, identity, leads_outside, open_as_it_is
from warehouse.tables.documents import Reason

#: Readings, and bytes of them, among which those pages are looked for that have to be read.
_READINGS_A_BATCH, _BYTES_A_BATCH = 16, 2**20


@dataclass(slots=True)
class File:
    """A file that is being read; `is_sure` says in the end whether it can be known again."""

    item: Input
    is_sure: bool = False


#: A reading, and how it was written down, where its file did not change since.
_Read = tuple[File, Reading, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as its file gave it, and with its number, what a person says, and its page read.

    `full` gives the record with its text or page, or with the reason why it is no more. `written`
    is how the reading was written down, where its file did not change since.
    """

    file: File
    raw: Reading
    reading: Reading
    full: Callable[[], Record]
    written: str | None = None


def read_inputs(
    inputs: Iterable[Input],
    sources: Sequence[Source],
    seeds: Path,
    old: OldReadings,
    workers: Workers,
) -> Iterator[Told]:
    """Yield the readings of all inputs below the seeds folder, in order."""
    return _with_pages(_with_names(_read_all(inputs, seeds, old), sources), workers)


def _with_names(readings: Iterable[_Read], sources: Sequence[Source]) -> Iterator[Told]:
    raw, same = tee(readings)
    records = numbered(reading.record for _, reading, _ in same)
    for (file, reading, written), record in zip(raw, records, strict=True):
        told = with_person(record, sources)
        # Of a reading that was written down there is no text; to copy its record takes time.
        bare = replace(told, text=None, html=None) if written is None else told
        named = Reading(bare, reading.digest, reading.is_page, reading.again)
        yield Told(file, reading, named, partial(_full, file, reading, bare), written)


def _full(file: File, raw: Reading, told: Record) -> Record:
    """The record with its text, and with the name and metadata that it was given since."""
    record = raw.again()
    if record is None or reading_of(record).digest != raw.digest:
        file.is_sure = False
        why = "The file was written to while it was read; build again when it is done."
        return replace(told, reason="changed_while_read", detail=why)
    return replace(told, text=record.text, html=record.html)


def _with_pages(told: Iterable[Told], workers: Workers) -> Iterator[Told]:
    """The readings with what their pages were read as, now or before."""
    waiting: deque[list[Told]] = deque()

    def unread() -> Iterator[list[Record]]:
        for batch in _batches(told):
            waiting.append(batch)
            yield [t.full() for t in batch if _is_unread(t)]

    for records in workers.map(READ_PAGES, unread()):
        read = iter(records)
        for one in waiting.popleft():
            if _is_unread(one):
                yield _with_page(one, next(read))
            elif one.raw.page is not None:
                yield replace(one, reading=with_page_read(one.reading, one.raw.page))
            else:
                yield one


def _batches(told: Iterable[Told]) -> Iterator[list[Told]]:
    batch: list[Told] = []
    n_bytes = 0
    for one in told:
        batch.append(one)
        n_bytes += one.reading.record.n_bytes
        if len(batch) >= _READINGS_A_BATCH or n_bytes >= _BYTES_A_BATCH:
            yield batch
            batch, n_bytes = [], 0
    if batch:
        yield batch


def _is_unread(told: Told) -> bool:
    """Whether there is a page of which nobody knows what it is read as."""
    known = told.raw.page
    return told.raw.is_page and (known is None or known.key != page_key(told.reading))


def _with_page(told: Told, record: Record) -> Told:
    page = page_read(page_key(told.reading), record)
    return replace(told, reading=with_page_read(told.reading, page), full=lambda: record)


def _read_all(inputs: Iterable[Input], seeds: Path, old: OldReadings) -> Iterator[_Read]:
    for item in fetched_ahead(inputs, old.knows):
        file = File(item)
        if (lines := old.of(item)) is None:
            for record in _read(file, seeds):
                yield file, reading_of(record), None
            continue
        file.is_sure = True
        again = _Again(item)
        for number, (line, written) in enumerate(lines):
            yield file, from_line(line, item.batch, partial(again.record, number)), written


class _Again:
    """A file that was read before, read once more as far as its texts are asked for."""

    def __init__(self, item: Input) -> None:
        self._item = item
        self._records: Iterator[Record] = iter(())
        self._next = -1

    def record(self, number: int) -> Record | None:
        """The file's record of this number; None where the file holds other records by now."""
        if not 0 <= self._next <= number:
            self._records, self._next = self._read(), 0
        try:
            skipped = number - self._next
            self._next = number + 1
            return next(islice(self._records, skipped, None), None)
        except OSError:
            return None

    def _read(self) -> Iterator[Record]:
        with open_as_it_is(self._item.path) as stream:
            yield from read_stream(self._item.source_id, self._item.batch, stream)


def _read(file: File, seeds: Path) -> Iterator[Record]:
    item = file.item
    if item.is_link and isinstance(item.path, Path) and leads_outside(item.path, seeds):
        why = "The link leads out of the seeds folder; copy the file there."
        yield _refused(item, "outside_seeds", why)
    elif _is_irregular(item.path):
        yield _refused(item, "unreadable", "This is no regular file; put texts in files.")
    else:
        try:
            yield from _read_unchanged(file)
        except OSError as error:
            yield _refused(item, "unreadable", f"The file cannot be read: {error.strerror}.")


def _is_irregular(path: Path | Object) -> bool:
    return isinstance(path, Path) and path.exists() and not path.is_file()


def _read_unchanged(file: File) -> Iterator[Record]:
    """The records of a file; where it was written to meanwhile, one for itself in the end.

    The last record waits for that: it may have been cut off.
    """
    item = file.item
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
        file.is_sure = item.identity == before
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
