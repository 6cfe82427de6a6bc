"""Records without their texts: what a build needs to know to see that it has nothing to do.

A `Reading` is a record as a file gave it, with a digest in place of its text. It can be written
down and read again, so that a file which did not change is not decoded again.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any

from pipelines.documents.record import Metadata, Record
from pipelines.ids import article_id
from pipelines.versions import page_version, rows_version

#: Bytes of a digest that tells documents apart.
KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class PageRead:
    """What reading a page came to: of its text a digest, of its article the address.

    `key` is the digest of all that it depends on, the page's source included.
    """

    key: str
    text: str | None
    url: str | None = None
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as its file gave it, and a SHA-256 in place of its text or of its page's source.

    `again` gives the record with its text, None where it cannot be read once more. `page` is what
    its page was read as, once it was.
    """

    record: Record
    digest: str | None
    is_page: bool
    again: Callable[[], Record | None]
    page: PageRead | None = None

    @property
    def content(self) -> str | None:
        """The digest of the readable text; None where there is none."""
        return self.page.text if self.page else self.digest


def reading_of(record: Record) -> Reading:
    """The reading of a record at hand."""
    source = record.html if record.text is None else record.text
    digest = None if source is None else hashlib.sha256(source.encode()).hexdigest()
    return Reading(record, digest, record.html is not None, lambda: record)


def page_key(reading: Reading) -> str:
    """The digest of all that reading the page depends on."""
    record = reading.record
    known = [_values(m) for m in record.known]
    return _digest([page_version(), reading.digest, record.text_basis, known]).hexdigest()


def page_read(key: str, record: Record) -> PageRead:
    """What reading a page came to, as the record of the page says."""
    if record.text is None:
        return PageRead(key, None, reason=record.reason, detail=record.detail)
    digest = hashlib.sha256(record.text.encode()).hexdigest()
    return PageRead(key, digest, record.article.url if record.article else None)


def with_page_read(reading: Reading, read: PageRead) -> Reading:
    """The reading of a page that was read, as `read_page_record` leaves it, but for its text."""
    record = reading.record
    if read.text is None:
        record = replace(record, reason=read.reason, detail=read.detail)  # type: ignore[arg-type]
    else:
        record = replace(record, known=(*record.known, Metadata(basis="page", url=read.url)))
    return replace(reading, record=record, page=read)


def read_pages(records: Sequence[Record]) -> list[Record]:
    """Read the pages of some records; the work of one call of a worker."""
    from pipelines.articles.page_reader import read_page_record

    return [read_page_record(record) for record in records]


def rows_key(reading: Reading, model: str) -> bytes:
    """The digest of all that a document's extracted rows depend on."""
    record = reading.record
    known = [_values(m) for m in record.known]
    parts = [
        rows_version(model),
        article_id(record.url, record.source_id),
        record.source_id,
        record.text_basis,
        reading.digest,
        reading.content,
        known,
    ]
    return _digest(parts).digest()[:KEY_BYTES]


def _digest(parts: list[Any]) -> "hashlib._Hash":
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode())


def to_line(reading: Reading, page: PageRead | None) -> list[Any]:
    """A reading as its file gave it, and what its page was read as, as JSON values.

    Its batch is its file's.
    """
    r = reading.record
    return [
        r.source_id,
        r.media_type,
        r.n_bytes,
        r.sha256,
        r.encoding,
        None if r.retrieved_at is None else r.retrieved_at.isoformat(),
        r.text_basis,
        [_values(m) for m in r.known],
        r.reason,
        r.detail,
        reading.digest,
        reading.is_page,
        None if page is None else astuple(page),
    ]


def from_line(line: list[Any], batch: str, again: Callable[[], Record | None]) -> Reading:
    """The reading that `to_line` wrote down."""
    source_id, media_type, n_bytes, sha256, encoding, retrieved, basis, known, *rest = line
    reason, detail, digest, is_page, page = rest
    record = Record(
        source_id,
        batch,
        media_type,
        n_bytes,
        sha256,
        encoding,
        datetime.fromisoformat(retrieved) if retrieved else None,
        text_basis=basis,
        known=tuple(_metadata(m) for m in known),
        reason=reason,
        detail=detail,
    )
    return Reading(record, digest, is_page, again, PageRead(*page) if page else None)


def _values(m: Metadata) -> tuple[object, ...]:
    return (
        m.basis,
        m.url,
        m.title,
        m.authors,
        m.publisher,
        m.published,
        m.language,
        m.rights,
        m.rights_code,
    )


def _metadata(values: list[Any]) -> Metadata:
    basis, url, title, authors, *rest = values
    return Metadata(basis, url, title, tuple(authors), *rest)
