"""WARC and WET: what a crawler fetched, a response or its text a record.

The frame is read here, by ISO 28500: one record that breaks the rules of HTTP costs itself only,
and no header can fill the memory, neither of which readers in Python promise.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from typing import BinaryIO

from pipelines.documents.decoding import clean
from pipelines.documents.http import Answer, NotHttpError, read_answer
from pipelines.documents.record import BrokenOffError, Metadata, Origin, Record, RefusedError
from pipelines.documents.texts import decoded, with_page, with_text
from warehouse.tables.inputs import MAX_HEADER_BYTES, MAX_ID_CHARS, MAX_RECORD_BYTES

#: The types of WARC records that hold what a page said; the others are about them.
_CONTENT = ("response", "resource", "conversion")
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class _Header:
    """The named fields of a WARC record, names in lower case; and its place in the file, from 1."""

    fields: Mapping[str, str]
    n_bytes: int
    number: int

    @property
    def key(self) -> str:
        """The record's own id, else its number."""
        key = self.fields.get("warc-record-id", "").strip("<>")
        return key if 0 < len(key) <= MAX_ID_CHARS else str(self.number)


def read_warc(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield a record for each response, resource and conversion.

    Raises:
        BrokenOffError: the file is no WARC or breaks off.
    """
    number = 0
    while (header := _read_header(stream, number + 1)) is not None:
        number += 1
        is_content = header.fields.get("warc-type") in _CONTENT
        kept = MAX_RECORD_BYTES if is_content else 0
        payload = _read_payload(stream, header, kept)
        if is_content:
            yield _read(origin, header, payload)


def _read_header(stream: BinaryIO, number: int) -> _Header | None:
    """The header of the next record, None at the end."""
    line = b"\r\n"
    while line in (b"\r\n", b"\n"):
        line = stream.readline(MAX_HEADER_BYTES)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise BrokenOffError("damaged", f"Record {number} does not start with “WARC/”.")
    fields: dict[str, str] = {}
    left = MAX_HEADER_BYTES
    while line.rstrip(b"\r\n"):
        line = stream.readline(left)
        left -= len(line)
        if not line.endswith(b"\n"):
            raise BrokenOffError("damaged", f"The header of record {number} breaks off.")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise BrokenOffError("damaged", f"Record {number} does not give its length.")
    return _Header(fields, int(length), number)


def _read_payload(stream: BinaryIO, header: _Header, kept: int) -> bytes:
    """The first bytes of the payload, the stream moved behind all of it."""
    payload = stream.read(min(header.n_bytes, kept))
    left = header.n_bytes - len(payload)
    while left and (chunk := stream.read(min(left, _CHUNK))):
        left -= len(chunk)
    if left:
        raise BrokenOffError("damaged", f"The file breaks off in record {header.number}.")
    return payload


def _read(origin: Origin, header: _Header, payload: bytes) -> Record:
    fields = header.fields
    url = clean(fields.get("warc-target-uri", "")).strip("<> ") or None
    is_whole = len(payload) == header.n_bytes
    record = Record(
        f"{origin.path}#{header.key}",
        origin.batch,
        origin.media_type,
        header.n_bytes,
        hashlib.sha256(payload).hexdigest() if is_whole else None,
        retrieved_at=_moment(fields.get("warc-date", "")),
        known=(Metadata(basis="record", url=url),),
    )
    try:
        if not is_whole:
            why = (
                f"The payload has {header.n_bytes:,} bytes; at most {MAX_RECORD_BYTES:,} are read."
            )
            raise RefusedError("too_large", why)
        return _with_content(record, _answer(fields, payload))
    except RefusedError as error:
        return replace(record, reason=error.reason, detail=error.detail)


def _answer(fields: Mapping[str, str], payload: bytes) -> Answer:
    """What the server said; a conversion and a resource without HTTP are it themselves."""
    about = Message()
    about["Content-Type"] = fields.get("content-type", "")
    if about.get_content_type() != "application/http":
        return Answer(200, about.get_content_type(), about.get_content_charset(), payload)
    try:
        return read_answer(payload)
    except NotHttpError as error:
        raise RefusedError("malformed_record", f"The answer is no HTTP: {error}.") from error


def _with_content(record: Record, answer: Answer) -> Record:
    if answer.status != 200:
        raise RefusedError("not_fetched", f"The server answered with status {answer.status}.")
    is_page = answer.media_type in ("text/html", "application/xhtml+xml")
    if not is_page and answer.media_type != "text/plain":
        why = f"A payload of type {answer.media_type[:100]}; pages and plain texts are read."
        raise RefusedError("unsupported_format", why)
    source, encoding = decoded(answer.body, is_page=is_page, declared=answer.charset)
    record = replace(record, encoding=encoding, media_type=answer.media_type)
    return with_page(record, source) if is_page else with_text(record, source)


def _moment(value: str) -> datetime | None:
    """A WARC-Date, in UTC."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
