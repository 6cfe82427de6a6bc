"""Parquet: a row a record."""

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.documents.fields import meanings, no_text_column, record_id, with_fields
from pipelines.documents.record import BrokenOffError, Origin, Record, RefusedError
from pipelines.documents.texts import decoded
from warehouse.tables.inputs import PARQUET_ROWS, allowed_expansion, is_known


def read_parquet(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    """Yield a record for each row, a few in memory at a time.

    Raises:
        RefusedError: none of the columns holds the text.
        BrokenOffError: the file is no Parquet, is damaged, or swells beyond what is read.
    """
    try:
        with _seekable(stream) as file:
            yield from _read_rows(origin, file)
    except pa.ArrowException as error:
        raise BrokenOffError("damaged", f"The Parquet file is damaged: {error}") from error
    except OSError as error:
        if error.errno is not None:  # the disk, not the data
            raise
        raise BrokenOffError("damaged", f"The Parquet file is damaged: {error}") from error


def _read_rows(origin: Origin, stream: BinaryIO) -> Iterator[Record]:
    file = pq.ParquetFile(stream, buffer_size=2**20, pre_buffer=False)
    _check_expansion(file.metadata)
    names = _columns(file.schema_arrow)
    number = 0
    # A batch across groups would be lost with the damaged one of them.
    for group in range(file.num_row_groups):
        for batch in file.iter_batches(PARQUET_ROWS, row_groups=[group], columns=names):
            columns = {
                field.name: _in_bytes(column)
                for field, column in zip(batch.schema, batch.columns, strict=True)
                if _is_usable(field.name, field.type)
            }
            for index in range(batch.num_rows):
                number += 1
                yield _read(origin, number, columns, index)


@contextlib.contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or its bytes in a nameless file: Parquet is read from its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file)
        file.seek(0)
        yield file


def _check_expansion(metadata: pq.FileMetaData) -> None:
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            if chunk.total_uncompressed_size > allowed_expansion(chunk.total_compressed_size):
                raise BrokenOffError(
                    "too_large",
                    f"Column “{chunk.path_in_schema}” swells far beyond its size when it is "
                    "unpacked; write the file anew without that column.",
                )


def _columns(schema: pa.Schema) -> list[str]:
    """The columns that are read.

    Raises:
        RefusedError: none of them holds the text.
    """
    known = [n for n in schema.names if is_known(n) and schema.names.count(n) == 1]
    of = meanings(known)
    if not any(_is_text(schema.field(name).type) for name in (*of["text"], *of["html"])):
        raise no_text_column(f"“{field.name}” ({field.type})" for field in schema)
    return known


def _is_text(type_: pa.DataType) -> bool:
    types = pa.types
    if types.is_dictionary(type_):
        return _is_text(type_.value_type)
    return types.is_string(type_) or types.is_large_string(type_) or types.is_string_view(type_)


def _is_usable(name: str, type_: pa.DataType) -> bool:
    """Whether the values of a column can be what its name says."""
    types = pa.types
    if _is_text(type_):
        return True
    if name == "id":
        return bool(types.is_integer(type_))
    if types.is_list(type_) or types.is_large_list(type_):
        return _is_text(type_.value_type)
    is_source = any(meanings([name])[source] for source in ("text", "html"))
    return not is_source and (types.is_timestamp(type_) or types.is_date(type_))


def _in_bytes(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """The column, strings as bytes: no reader has checked that they are UTF-8."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    return column.cast(pa.large_binary()) if _is_text(column.type) else column


def _read(origin: Origin, number: int, columns: dict[str, "pa.Array[Any]"], index: int) -> Record:
    values = {name: _value(column, index) for name, column in columns.items()}
    key = record_id(_id(values.get("id")))
    source_id = f"{origin.path}#{number if key is None else key}"
    record = Record(source_id, origin.batch, origin.media_type, 0, None)
    try:
        fields = {n: decoded(v)[0] if isinstance(v, bytes) else v for n, v in values.items()}
        record = with_fields(record, fields, f"Row {number}")
    except RefusedError as error:
        return replace(record, reason=error.reason, detail=error.detail)
    data = (record.text or record.html or "").encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return replace(record, n_bytes=len(data), sha256=sha256, encoding="utf-8")


def _value(column: "pa.Array[Any]", index: int) -> object:
    try:
        return column[index].as_py()
    except (ValueError, OverflowError):  # a moment beyond the year 9999, a name that is no UTF-8
        return None


def _id(value: object) -> object:
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return None
