"""CSV: a row a record, its columns named by the first line."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipelines.documents.decoding import decode_line
from pipelines.documents.fields import meanings, no_text_column, record_id, with_fields
from pipelines.documents.lines import Lines
from pipelines.documents.record import BrokenOffError, Origin, Record, RefusedError
from warehouse.tables.inputs import MAX_RECORD_BYTES

_DELIMITERS = (",", ";", "\t", "|")
#: A line by which spreadsheets tell the delimiter; it is told by the header anyway.
_TOLD = re.compile(r"\s*sep=.?\s*", re.IGNORECASE)


class _Decoded:
    """Lines as text, and how those of the present record were decoded."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.encoding, self.is_sure = "utf-8", True

    def begin(self) -> None:
        """Start a record with the next line."""
        self._lines.begin()
        self.is_sure = True

    def __iter__(self) -> "_Decoded":
        return self

    def __next__(self) -> str:
        text, encoding, is_sure = decode_line(next(self._lines))
        self.encoding = self._lines.encoding or encoding
        self.is_sure = self.is_sure and is_sure
        return text


def read_csv(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield a record for each row below the header that is not blank; lines above it may be.

    Raises:
        RefusedError: there is no header, or none of its columns holds the text.
        BrokenOffError: the stream cannot be read to its end.
    """
    csv.field_size_limit(MAX_RECORD_BYTES)
    lines = Lines(stream)
    text = _Decoded(lines)
    text.begin()
    header = next((line for line in text if not _is_idle(line)), None)
    if header is None:
        return
    columns, delimiter = _read_header(header)
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        text.begin()
        try:
            row = next(rows, None)
        except BrokenOffError:
            raise
        except (csv.Error, RefusedError) as error:
            yield _refused(_blank(origin, lines), error, lines.first)
            continue
        if row is None:
            return
        if row:
            record = replace(_blank(origin, lines), encoding=text.encoding, sha256=lines.sha256)
            yield _read(record, columns, row, lines.first, is_sure=text.is_sure)


def _is_idle(line: str) -> bool:
    """Whether a line above the header says nothing."""
    return not line.strip() or bool(_TOLD.fullmatch(line))


def _read_header(line: str) -> tuple[list[str], str]:
    """The columns' names, and the delimiter that parts them: the first with which one holds text.

    Raises:
        RefusedError: none does.
    """
    for delimiter in _DELIMITERS:
        columns = _columns(line, delimiter)
        of = meanings(columns)
        if of["text"] or of["html"]:
            return columns, delimiter
    raise no_text_column(f"“{name}”" for name in _columns(line, _DELIMITERS[0]))


def _columns(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise RefusedError("malformed_record", f"Line 1 is no header: {error}.") from error


def _read(
    record: Record, columns: list[str], row: list[str], number: int, *, is_sure: bool
) -> Record:
    where = f"The row of line {number}"
    try:
        if len(row) != len(columns):
            why = f"{where} has {len(row)} fields, the header {len(columns)}; mend that row."
            raise RefusedError("malformed_record", why)
        fields: dict[str, object] = dict(reversed(list(zip(columns, row, strict=True))))
        if is_sure and (key := record_id(fields.get("id"))) is not None:
            record = replace(record, source_id=f"{record.source_id.rpartition('#')[0]}#{key}")
        return with_fields(record, fields, where)
    except RefusedError as error:
        return _refused(record, error, number)


def _blank(origin: Origin, lines: Lines) -> Record:
    source_id = f"{origin.path}#{lines.first}"
    return Record(source_id, origin.batch, origin.media_type, lines.n_bytes, None)


def _refused(record: Record, error: RefusedError | csv.Error, number: int) -> Record:
    if isinstance(error, RefusedError):
        return replace(record, reason=error.reason, detail=error.detail)
    why = f"The row that starts on line {number} is no CSV ({error}); mend that row."
    return replace(record, reason="malformed_record", detail=why)
