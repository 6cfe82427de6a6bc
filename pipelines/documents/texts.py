"""A text or a page becomes a record, whatever it came in; files that hold just one."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipelines.documents.decoding import NotTextError, decode, decode_page, readable
from pipelines.documents.record import Origin, Record, RefusedError
from warehouse.tables.articles import TextBasis
from warehouse.tables.inputs import MAX_RECORD_BYTES, MAX_TEXT_CHARS

PAGE = "text/html"


def read_text(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield the one record of a plain text.

    Raises:
        RefusedError: it is empty, too large or no text.
    """
    data = _whole(stream)
    text, encoding = decoded(data)
    blank = Record(
        origin.path,
        origin.batch,
        origin.media_type,
        len(data),
        hashlib.sha256(data).hexdigest(),
        encoding,
    )
    yield with_text(blank, text)


def read_page(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield the one record of a page, its source decoded.

    Raises:
        RefusedError: it is empty, too large or no text.
    """
    data = _whole(stream)
    html, encoding = decoded(data, is_page=True)
    sha256 = hashlib.sha256(data).hexdigest()
    blank = Record(origin.path, origin.batch, PAGE, len(data), sha256, encoding)
    yield with_page(blank, html)


def decoded(data: bytes, *, is_page: bool = False, declared: str | None = None) -> tuple[str, str]:
    """The text of the bytes, and its encoding.

    Raises:
        RefusedError: the bytes are no text.
    """
    try:
        return decode_page(data, declared) if is_page else decode(data, declared)
    except NotTextError as error:
        raise RefusedError("not_text", str(error)) from error


def with_text(record: Record, text: str) -> Record:
    """The record with its text made readable.

    Raises:
        RefusedError: the text is empty or too long.
    """
    if len(text) > MAX_TEXT_CHARS:
        why = f"The text has {len(text):,} characters; at most {MAX_TEXT_CHARS:,} are read."
        raise RefusedError("too_large", why)
    text, is_repaired = _readable(text)
    return replace(record, text=text, text_basis="repaired" if is_repaired else "source")


def with_page(record: Record, html: str) -> Record:
    """The record with the source of its page.

    Raises:
        RefusedError: the source is empty or too long.
    """
    if len(html) > MAX_RECORD_BYTES:
        why = f"The page has {len(html):,} characters; at most {MAX_RECORD_BYTES:,} are read."
        raise RefusedError("too_large", why)
    html, is_repaired = _readable(html)
    basis: TextBasis = "repaired" if is_repaired else "page"
    return replace(record, html=html, media_type=PAGE, text_basis=basis)


def _readable(source: str) -> tuple[str, bool]:
    source, is_repaired = readable(source)
    if not source.strip():
        raise RefusedError("empty", "There are no characters but white space.")
    return source, is_repaired


def _whole(stream: BinaryIO) -> bytes:
    data = stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        why = f"The text is larger than {MAX_RECORD_BYTES:,} bytes; split it."
        raise RefusedError("too_large", why)
    return data
