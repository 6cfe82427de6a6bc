"""A stream becomes records: the format is told by the name, one that fails costs itself only."""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from pipelines.documents.archive import Opener, members
from pipelines.documents.compression import COMPRESSED, decompress
from pipelines.documents.csvrows import read_csv
from pipelines.documents.jsonlines import read_json_lines
from pipelines.documents.parquet import read_parquet
from pipelines.documents.record import Origin, Record, RefusedError
from pipelines.documents.texts import PAGE, read_page, read_text
from pipelines.documents.warc import read_warc
from warehouse.tables.inputs import allowed_expansion

_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class _Format:
    """What files of a suffix are, and what reads them."""

    media_type: str
    read: Callable[[Origin, BinaryIO], Iterator[Record]]


_PLAIN = _Format("text/plain", read_text)
_PAGE = _Format(PAGE, read_page)
_LINES = _Format("application/x-ndjson", read_json_lines)
_WARC = _Format("application/warc", read_warc)
_FORMATS: Mapping[str, _Format] = {
    ".csv": _Format("text/csv", read_csv),
    ".htm": _PAGE,
    ".html": _PAGE,
    ".jsonl": _LINES,
    ".md": _Format("text/markdown", read_text),
    ".ndjson": _LINES,
    ".parquet": _Format("application/vnd.apache.parquet", read_parquet),
    ".txt": _PLAIN,
    ".warc": _WARC,
    ".wet": _WARC,
}
_ARCHIVE = ".zip"
_PACKED = (*COMPRESSED, _ARCHIVE)
_UNKNOWN = "application/octet-stream"


def read_stream(source_id: str, batch: str, stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of an open file, in order; a bad one carries its reason.

    A file of records that cannot be read to its end yields one for itself after those before. A
    source_id may come twice (see `numbered`).

    Args:
        source_id: the file's path below the seeds folder, whose suffix names the format.
        batch: what the file was ingested with.
        stream: the file, in which can be sought.

    Raises:
        OSError: the disk failed. Nothing is raised for what the bytes hold.
    """

    def opened() -> BinaryIO:
        stream.seek(0)
        return stream

    if _suffix(source_id) == _ARCHIVE:
        origin = Origin(source_id, batch, "application/zip")
        yield from _accounted_for(origin, opened, _read_archive)
    else:
        origin = Origin(source_id, batch, _media_type(source_id.removesuffix(_packed(source_id))))
        yield from _accounted_for(origin, opened, _read_file)


def _accounted_for(
    origin: Origin, opened: Opener, read: Callable[[Origin, BinaryIO], Iterator[Record]]
) -> Iterator[Record]:
    """The records of a file or member; one for itself where it holds none or breaks off."""
    has_records = False
    try:
        for record in read(origin, opened()):
            has_records = True
            yield record
        if not has_records:
            raise RefusedError("empty", "The file holds no records.")
    except RefusedError as error:
        yield origin.refused(error.reason, error.detail, *_digest(opened))


def _read_archive(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    for path, opened in members(origin.path, stream):
        member = Origin(path, origin.batch, _media_type(path))
        yield from _accounted_for(member, opened, _read_member)


def _read_member(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    if _suffix(origin.path) in _PACKED:
        raise RefusedError("nested_archive", "A packed file in an archive; unpack the archive.")
    return _format(origin.path).read(origin, stream)


def _read_file(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    packed = _packed(origin.path)
    if not packed:
        return _format(origin.path).read(origin, stream)
    inner = origin.path.removesuffix(packed)
    if _suffix(inner) in _PACKED:
        raise RefusedError("nested_archive", "The file is packed twice; unpack it once.")
    format_ = _format(inner)
    n_bytes = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    unpacked = decompress(stream, packed.lower(), allowed_expansion(n_bytes))
    return format_.read(origin, unpacked)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _packed(path: str) -> str:
    """The suffix of a compressed file as it is written, or nothing."""
    suffix = PurePosixPath(path).suffix
    return suffix if suffix.lower() in COMPRESSED else ""


def _media_type(path: str) -> str:
    known = _FORMATS.get(_suffix(path))
    return known.media_type if known else _UNKNOWN


def _format(path: str) -> _Format:
    if (known := _FORMATS.get(_suffix(path))) is not None:
        return known
    suffixes = ", ".join(sorted({*_FORMATS, *_PACKED}))
    raise RefusedError(
        "unsupported_format", f"No reader for this kind of file; use one of {suffixes}."
    )


def _digest(opened: Opener) -> tuple[int, str | None]:
    """The size and SHA-256 of all bytes, as far as they can be read."""
    digest, n_bytes = hashlib.sha256(), 0
    try:
        stream = opened()
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            n_bytes += len(chunk)
    except RefusedError:
        return n_bytes, None
    return n_bytes, digest.hexdigest()
