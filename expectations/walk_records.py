"""The records of a file and the members of an archive, counted without reading what they say."""

import bz2
import codecs
import csv
import gzip
import io
import json
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
from backports import zstd

from warehouse.tables.inputs import (
    MAX_HEADER_BYTES,
    MAX_ID_CHARS,
    MAX_RECORD_BYTES,
    PARQUET_ROWS,
    RECORD_COLUMNS,
    allowed_expansion,
    is_known,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SOURCE_COLUMNS = (*RECORD_COLUMNS["text"], *RECORD_COLUMNS["html"])


class BrokenError(Exception):
    """A file or member cannot be read to its end."""


def inputs_in(name: str, stream: BinaryIO) -> Iterator[str]:
    """What follows the path of a file in the source_ids of its inputs; nothing for itself.

    Args:
        name: the file's name, whose suffix tells its format.
        stream: the file, which can be sought in.
    """
    if name.lower().endswith(".zip"):
        return _or_itself(_members(stream))
    return _or_itself(_packed_records(name.lower(), stream))


def _or_itself(inputs: Iterable[str]) -> Iterator[str]:
    is_whole = False
    try:
        for found in inputs:
            is_whole = True
            yield found
    except BrokenError:
        is_whole = False
    if not is_whole:
        yield ""


def _members(stream: BinaryIO) -> Iterator[str]:
    size = stream.seek(0, io.SEEK_END)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BrokenError from error
    total = 0
    for member in archive.infolist():
        steps = member.filename.replace("\\", "/").split("/")
        steps = [step for step in steps if step not in {"", ".", ".."}]
        name = "/".join(steps) or "_"
        if member.filename.endswith("/") or any(step.startswith(".") for step in steps):
            continue
        total += member.file_size
        is_read = total <= allowed_expansion(size) and not stat.S_ISLNK(member.external_attr >> 16)
        records = _member_records(archive, member, name.lower()) if is_read else ()
        yield from (f"!{name}{record}" for record in _or_itself(records))


def _member_records(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[str]:
    try:
        stream = archive.open(member)
    except (RuntimeError, zipfile.BadZipFile, OSError) as error:
        raise BrokenError from error
    yield from _records(name, _Unpacked.buffered(cast(BinaryIO, stream), member.file_size))


def _packed_records(name: str, stream: BinaryIO) -> Iterator[str]:
    openers: dict[str, Callable[[BinaryIO], object]] = {
        ".gz": lambda packed: gzip.GzipFile(fileobj=packed),
        ".bz2": bz2.BZ2File,
        ".zst": zstd.ZstdFile,
    }
    for suffix, open_ in openers.items():
        if name.endswith(suffix):
            limit = allowed_expansion(stream.seek(0, io.SEEK_END))
            stream.seek(0)
            unpacked = _Unpacked.buffered(cast(BinaryIO, open_(stream)), limit)
            return _records(name.removesuffix(suffix), unpacked)
    return _records(name, stream)


def _records(name: str, stream: BinaryIO) -> Iterator[str]:
    """`#` and the name of each record; none where the file is a text of its own."""
    counters: dict[str, Callable[[BinaryIO], Iterator[str]]] = {
        ".jsonl": _json_lines,
        ".ndjson": _json_lines,
        ".csv": _csv_rows,
        ".parquet": _parquet_rows,
        ".warc": _warc_records,
        ".wet": _warc_records,
    }
    count = next((c for suffix, c in counters.items() if name.endswith(suffix)), None)
    if count is not None:
        yield from (f"#{record}" for record in count(stream))


class _Unpacked(io.RawIOBase):
    """What comes out of packed data, up to a limit."""

    def __init__(self, packed: BinaryIO, limit: int) -> None:
        self._packed = cast(io.BufferedReader, packed)
        self._left = limit

    @classmethod
    def buffered(cls, packed: BinaryIO, limit: int) -> BinaryIO:
        return io.BufferedReader(cls(packed, limit))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        try:
            data = self._packed.read1(max(1, min(len(view), self._left)))
        except (EOFError, zlib.error, zstd.ZstdError, zipfile.BadZipFile, ValueError) as error:
            raise BrokenError from error
        except OSError as error:
            if error.errno is None:
                raise BrokenError from error
            raise
        self._left -= len(data)
        if self._left < 0:
            raise BrokenError
        view[: len(data)] = data
        return len(data)


class _Narrow(io.RawIOBase):
    """UTF-16 in UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = cast(io.BufferedReader, stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data: bytes | None = None
        while not self._ready and data != b"":
            data = self._stream.read1(2**14)
            self._ready += self._decoder.decode(data, final=not data).encode()
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        del self._ready[:size]
        return size


class _LongError(Exception):
    """A record is longer than what is read."""


class _Lines:
    """The lines of a stream, numbered from 1; the rest tells of the lines of one record."""

    def __init__(self, stream: BinaryIO) -> None:
        marks = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
        head = cast(io.BufferedReader, stream).peek(4)[:4]
        zeros = "".join("0" if byte == 0 else "x" for byte in head)
        unmarked = {"x0x0": "utf-16-le", "0x0x": "utf-16-be"}
        encoding = marks.get(head[:2])
        if encoding:
            stream.read(2)
        if encoding := encoding or unmarked.get(zeros):
            stream = io.BufferedReader(_Narrow(stream, encoding))
        self._stream = stream
        self.number = 0
        self.begin()

    def begin(self) -> None:
        """Count anew, for the next record."""
        self._size, self.are_utf8 = 0, True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> bytes:
        line = self._stream.readline(MAX_RECORD_BYTES - self._size + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size > MAX_RECORD_BYTES:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(2**16)
            raise _LongError
        if line.decode("utf-8", "ignore").encode() != line:
            self.are_utf8 = False
        return line


def _json_lines(stream: BinaryIO) -> Iterator[str]:
    lines = _Lines(stream)
    while True:
        lines.begin()
        try:
            line = next(lines, None)
        except _LongError:
            yield str(lines.number)
            continue
        if line is None:
            return
        if line.strip():
            yield _id_in_json(line) or str(lines.number)


def _id_in_json(line: bytes) -> str | None:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return _id(record.get("id")) if isinstance(record, dict) else None


def _id(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) if len(str(value)) <= MAX_ID_CHARS else None


def _csv_rows(stream: BinaryIO) -> Iterator[str]:
    csv.field_size_limit(MAX_RECORD_BYTES)
    lines = _Lines(stream)
    try:
        idle = re.compile(r"\s*(?:sep=.?\s*)?", re.IGNORECASE)
        head = (line for line in map(_text, lines) if not idle.fullmatch(line))
        columns, delimiter = _csv_header(next(head, ""))
    except (_LongError, csv.Error):
        return
    if not columns:
        return
    rows = csv.reader(map(_text, lines), delimiter=delimiter, strict=True)
    while True:
        first = lines.number + 1
        lines.begin()
        try:
            row = next(rows, None)
        except (_LongError, csv.Error):
            yield str(first)
            continue
        if row is None:
            return
        if row:
            is_named = len(row) == len(columns) and "id" in columns and lines.are_utf8
            yield (is_named and _id(row[columns.index("id")])) or str(first)


def _csv_header(line: str) -> tuple[list[str], str]:
    """The columns and their delimiter; none where no column holds the text."""
    for delimiter in ",;\t|":
        columns = next(csv.reader([line], delimiter=delimiter), [])
        if any(column.strip().lower() in _SOURCE_COLUMNS for column in columns):
            return columns, delimiter
    return [], ","


def _text(line: bytes) -> str:
    return line.decode("utf-8-sig", "replace")


def _parquet_rows(stream: BinaryIO) -> Iterator[str]:
    try:
        yield from _rows_of(pq.ParquetFile(_on_disk(stream), buffer_size=2**20, pre_buffer=False))
    except pa.ArrowException as error:
        raise BrokenError from error
    except OSError as error:
        if error.errno is None:
            raise BrokenError from error
        raise


def _on_disk(stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        return stream
    file = tempfile.TemporaryFile()  # noqa: SIM115  # it goes when nobody reads it any more
    shutil.copyfileobj(stream, file)
    file.seek(0)
    return cast(BinaryIO, file)


def _rows_of(file: pq.ParquetFile) -> Iterator[str]:
    schema, metadata = file.schema_arrow, file.metadata
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for chunk in map(group.column, range(metadata.num_columns)):
            if chunk.total_uncompressed_size > allowed_expansion(chunk.total_compressed_size):
                raise BrokenError
    read = [f for f in schema if schema.names.count(f.name) == 1 and is_known(f.name)]
    is_source = (_holds_text(f.type) and f.name.strip().lower() in _SOURCE_COLUMNS for f in read)
    if not any(is_source):
        return
    batches = (
        batch
        for group in range(metadata.num_row_groups)
        for batch in file.iter_batches(
            PARQUET_ROWS, row_groups=[group], columns=[field.name for field in read]
        )
    )
    number = 0
    for batch in batches:
        ids = batch.column("id") if "id" in batch.schema.names else None
        for index in range(batch.num_rows):
            number += 1
            yield _id_in_row(ids, index) or str(number)


def _holds_text(type_: pa.DataType) -> bool:
    if isinstance(type_, pa.DictionaryType):
        type_ = type_.value_type
    return str(type_) in ("string", "large_string", "string_view")


def _id_in_row(ids: "pa.Array[Any] | None", index: int) -> str | None:
    if ids is None or not (_holds_text(ids.type) or re.fullmatch(r"u?int\d+", str(ids.type))):
        return None
    try:
        return _id(ids[index].as_py())
    except ValueError:
        return None


def _warc_records(stream: BinaryIO) -> Iterator[str]:
    number = 0
    while (header := _warc_header(stream)) is not None:
        number += 1
        length = header.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,15}", length):
            raise BrokenError
        left = int(length)
        while left and (skipped := len(stream.read(min(left, 2**16)))):
            left -= skipped
        if left:
            raise BrokenError
        if header.get("warc-type") in ("response", "resource", "conversion"):
            yield _id(header.get("warc-record-id", "").strip("<>")) or str(number)


def _warc_header(stream: BinaryIO) -> dict[str, str] | None:
    version = stream.readline(MAX_HEADER_BYTES)
    while version in (b"\n", b"\r\n"):
        version = stream.readline(MAX_HEADER_BYTES)
    if not version:
        return None
    header: dict[str, str] = {}
    room = MAX_HEADER_BYTES
    line = version
    while line.rstrip(b"\r\n"):
        line = stream.readline(room)
        room -= len(line)
        name, _, value = line.decode("utf-8", "replace").partition(":")
        header.setdefault(name.strip().lower(), value.strip())
        if not line.endswith(b"\n"):
            raise BrokenError
    if not version.startswith(b"WARC/"):
        raise BrokenError
    return header
