"""JSON Lines: an object a line, its text in a field."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipelines.documents.decoding import decode_line
from pipelines.documents.fields import record_id, with_fields
from pipelines.documents.lines import Lines
from pipelines.documents.record import BrokenOffError, Origin, Record, RefusedError

#: Fields of our own, whose type is held to; those that others name are used where they fit.
_STRINGS = ("text", "html", "url", "title", "published", "language", "rights")


def read_json_lines(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield a record for each line that is not blank.

    Raises:
        BrokenOffError: the stream cannot be read to its end.
    """
    lines = Lines(stream)
    while True:
        lines.begin()
        try:
            line = next(lines, None)
        except BrokenOffError:
            raise
        except RefusedError as error:
            yield _refused(_blank(origin, lines, None), error)
            continue
        if line is None:
            return
        if line.strip():
            yield _read(origin, lines, line)


def _read(origin: Origin, lines: Lines, line: bytes) -> Record:
    record = _blank(origin, lines, lines.sha256)
    text, encoding, is_sure = decode_line(line)
    record = replace(record, encoding=lines.encoding or encoding)
    try:
        fields = _object(text, lines.number)
        if is_sure and (key := record_id(fields.get("id"))) is not None:
            record = replace(record, source_id=f"{origin.path}#{key}")
        if wrong := _wrong_field(fields):
            raise RefusedError("malformed_record", f"Line {lines.number}: {wrong}")
        return with_fields(record, fields, f"Line {lines.number}")
    except RefusedError as error:
        return _refused(record, error)


def _blank(origin: Origin, lines: Lines, sha256: str | None) -> Record:
    source_id = f"{origin.path}#{lines.number}"
    return Record(source_id, origin.batch, origin.media_type, lines.n_bytes, sha256)


def _refused(record: Record, error: RefusedError) -> Record:
    return replace(record, reason=error.reason, detail=error.detail)


def _object(text: str, number: int) -> dict[str, object]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = f"Line {number} is not JSON ({error}); mend or remove that line."
        raise RefusedError("malformed_record", why) from error
    if not isinstance(fields, dict):
        why = f"Line {number} holds no JSON object; write one object a line."
        raise RefusedError("malformed_record", why)
    return fields


def _wrong_field(fields: dict[str, object]) -> str | None:
    for name in _STRINGS:
        if not isinstance(fields.get(name), str | None):
            return f"“{name}” must be a string or null."
    if not isinstance(fields.get("publisher"), str | dict | None):
        return "“publisher” must be a string, an object with a “name”, or null."
    authors = fields.get("authors")
    listed = authors if isinstance(authors, list) else [authors or ""]
    if all(isinstance(author, str | dict) for author in listed):
        return None
    return "“authors” must be a string, a list of strings, or objects with a “name”."
