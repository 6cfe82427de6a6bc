"""A stream becomes records, one format a function."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from pipelines.articles.stamps import parse_published
from pipelines.documents.decoding import NotTextError, clean, decode
from pipelines.documents.record import Metadata, Record
from warehouse.tables.documents import Reason

Reader = Callable[[str, str, BinaryIO], Iterator[Record]]


def read_stream(source_id: str, batch: str, stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of an open file, in order; a bad one carries its reason.

    `source_id` is the file's path below the seeds folder, whose suffix names the format. Nothing
    is raised for what the bytes hold; errors of reading (`OSError`) pass through.
    """
    suffix = PurePosixPath(source_id).suffix.lower()
    return _READERS.get(suffix, _read_unsupported)(source_id, batch, stream)


def _read_unsupported(source_id: str, batch: str, stream: BinaryIO) -> Iterator[Record]:
    digest, n_bytes = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        n_bytes += len(chunk)
    yield Record(
        source_id=source_id,
        batch=batch,
        media_type="application/octet-stream",
        n_bytes=n_bytes,
        sha256=digest.hexdigest(),
        reason="unsupported_format",
        detail=f"No reader for this kind of file; use one of {', '.join(sorted(_READERS))}.",
    )


def _read_plain_text(source_id: str, batch: str, stream: BinaryIO) -> Iterator[Record]:
    yield _from_bytes(stream.read(), source_id, batch, "text/plain")


def _from_bytes(data: bytes, source_id: str, batch: str, media_type: str) -> Record:
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        text, encoding = decode(data)
    except NotTextError as error:
        return Record(
            source_id, batch, media_type, len(data), sha256, reason="not_text", detail=str(error)
        )
    if not text.strip():
        return Record(
            source_id,
            batch,
            media_type,
            len(data),
            sha256,
            encoding,
            reason="empty",
            detail="The file holds no characters but white space.",
        )
    return Record(source_id, batch, media_type, len(data), sha256, encoding, text=text)


_JSON_LINES = "application/x-ndjson"


def _read_json_lines(source_id: str, batch: str, stream: BinaryIO) -> Iterator[Record]:
    seen: dict[str, int] = {}
    number = 0
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield _from_line(line, number, source_id, batch, seen)
    if not seen:
        yield Record(
            source_id,
            batch,
            _JSON_LINES,
            n_bytes=0,
            sha256=hashlib.sha256().hexdigest(),
            reason="empty",
            detail="The file holds no records.",
        )


def _from_line(line: bytes, number: int, path: str, batch: str, seen: dict[str, int]) -> Record:
    sha256 = hashlib.sha256(line).hexdigest()

    def record(
        key: object,
        text: str | None = None,
        known: Metadata | None = None,
        reason: Reason | None = None,
        detail: str | None = None,
    ) -> Record:
        return Record(
            source_id=_numbered(f"{path}#{key}", seen),
            batch=batch,
            media_type=_JSON_LINES,
            n_bytes=len(line),
            sha256=sha256,
            encoding="utf-8",
            text=text,
            known=() if known is None else (known,),
            reason=reason,
            detail=detail,
        )

    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        why = f"Line {number} is not JSON ({error}); mend or remove that line."
        return record(number, reason="malformed_record", detail=why)
    if not isinstance(fields, dict):
        why = f"Line {number} holds no JSON object; write one object a line."
        return record(number, reason="malformed_record", detail=why)
    key = fields.get("id")
    key = number if not isinstance(key, str | int) or isinstance(key, bool) or key == "" else key
    if wrong := _wrong_field(fields):
        return record(key, reason="malformed_record", detail=f"Line {number}: {wrong}")
    text = clean(fields.get("text") or "")
    if not text.strip():
        why = f"Line {number} has no “text”; put the article's text in that field."
        return record(key, reason="missing_text", detail=why)
    known = _metadata(fields)
    return record(key, text, known, detail=_left_out(known, number))


def _left_out(known: Metadata, number: int) -> str | None:
    """What was said but cannot be used."""
    if known.published is None or parse_published(known.published) is not None:
        return None
    return f"Line {number}: “published” is no date and was left out: “{known.published}”."


def _numbered(source_id: str, seen: dict[str, int]) -> str:
    """Append `~2`, `~3` … to a source_id that came before in this file."""
    source_id = clean(source_id)
    seen[source_id] = seen.get(source_id, 0) + 1
    n = seen[source_id]
    return source_id if n == 1 else f"{source_id}~{n}"


_STRINGS = ("text", "url", "title", "publisher", "published", "language", "rights")


def _wrong_field(fields: dict[str, object]) -> str | None:
    for name in _STRINGS:
        if not isinstance(fields.get(name), str | None):
            return f"“{name}” must be a string or null."
    authors = fields.get("authors")
    if authors is None or isinstance(authors, str):
        return None
    if isinstance(authors, list) and all(isinstance(a, str) for a in authors):
        return None
    return "“authors” must be a string or a list of strings."


def _metadata(fields: dict[str, object]) -> Metadata:
    def string(name: str) -> str | None:
        value = fields.get(name)
        return clean(value).strip() or None if isinstance(value, str) else None

    authors = fields.get("authors") or []
    names = [authors] if isinstance(authors, str) else authors
    assert isinstance(names, list)
    return Metadata(
        basis="record",
        url=string("url"),
        title=string("title"),
        authors=tuple(clean(name).strip() for name in names if name.strip()),
        publisher=string("publisher"),
        published=string("published"),
        language=string("language"),
        rights=string("rights"),
    )


_READERS: dict[str, Reader] = {
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".txt": _read_plain_text,
}
