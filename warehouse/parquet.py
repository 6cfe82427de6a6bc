"""Tables as Parquet files: the same rows give the same bytes."""

import hashlib
import heapq
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.storage import atomic_path
from warehouse.tables import ARTICLES, TABLES, Table

#: Fixed, so that the bytes do not depend on the machine.
ROWS_PER_GROUP = 65_536
#: Of a table whose rows hold whole texts.
_ROWS_PER_GROUP = {ARTICLES.name: 4_096}
#: Rows of whole texts that are held of each file.
_ROWS_AT_ONCE = 64


def conform(table: Table, data: pa.Table) -> pa.Table:
    """Bring an Arrow table to a contract: its columns in its order and types, sorted by its key.

    Raises:
        KeyError: a column of the contract is missing.
        pyarrow.ArrowInvalid: a value does not fit its type.
    """
    cast = data.select(list(table.column_names)).cast(table.schema)
    return cast.sort_by(table.order)


def write(data: pa.Table, path: Path) -> None:
    """Write a table, atomically, with its descriptions and nullability."""
    write_pieces([data], data.schema, path, ROWS_PER_GROUP)


def write_table(table: Table, pieces: Iterable[pa.Table], path: Path) -> None:
    """Write the rows of a contract, atomically; how they are cut into pieces changes no byte."""
    write_pieces(pieces, table.schema, path, _ROWS_PER_GROUP.get(table.name, ROWS_PER_GROUP))


def write_pieces(pieces: Iterable[pa.Table], schema: pa.Schema, path: Path, n_rows: int) -> None:
    """Write rows in groups of `n_rows`, however they come; they are in order already."""
    with (
        atomic_path(path) as temporary,
        pq.ParquetWriter(temporary, schema, compression="zstd", write_page_index=True) as writer,
    ):
        for group in _groups(pieces, n_rows):
            writer.write_table(group, row_group_size=n_rows)


def _groups(pieces: Iterable[pa.Table], n_rows: int) -> Iterator[pa.Table]:
    """The rows in tables of `n_rows`, each in one chunk: pages begin anew where a chunk does."""
    left: pa.Table | None = None
    for piece in pieces:
        rows = piece if left is None else pa.concat_tables([left, piece])
        whole = rows.num_rows // n_rows * n_rows
        for start in range(0, whole, n_rows):
            yield rows.slice(start, n_rows).combine_chunks()
        left = rows.slice(whole)
    if left is not None and left.num_rows:
        yield left.combine_chunks()


def read(path: Path) -> pa.Table:
    """Read a table whole."""
    return pq.read_table(path)


def files(folder: Path, table: str) -> list[Path]:
    """The files of a table in a folder: one, or its parts in order (`TABLE-00000-of-00002`)."""
    whole = folder / f"{table}.parquet"
    return [whole] if whole.exists() else sorted(folder.glob(f"{table}-?????-of-?????.parquet"))


def file_names(table: str, n_files: int) -> list[str]:
    """The names that `files` finds so many files of a table by, in order."""
    if n_files == 1:
        return [f"{table}.parquet"]
    return [f"{table}-{number:05}-of-{n_files:05}.parquet" for number in range(n_files)]


def digest(digests: Sequence[str]) -> str:
    """The digest of a table by the SHA-256 of its files, in order: of one its own."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def count_rows(*paths: Path) -> int:
    """How many rows files hold, from their footers alone."""
    return sum(pq.read_metadata(path).num_rows for path in paths)


def rows_in_order(
    paths: Sequence[Path], key: str, names: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Some columns of a table, row by row in the order of the key; each file is in order itself."""
    return heapq.merge(*(_rows(path, names) for path in paths), key=lambda row: row[key])


def _rows(path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=list(names)):
            yield from batch.to_pylist()


def link(source: Path, target: Path) -> None:
    """Give a file a second place, in one step; the bytes are shared if possible.

    Only for files that are never written to, but replaced, as all that this module writes.
    """
    with atomic_path(target) as temporary:
        try:
            os.link(source, temporary)
        except OSError:
            shutil.copyfile(source, temporary)


def publish(source: Path, target: Path) -> None:
    """Put the tables of a folder in the place of the published ones, all in one step.

    `target` becomes a link to a folder that is new each time: a reader finds the files of one build
    or those of another one there, never some of both.
    """
    new = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    for table in TABLES:
        for path in files(source, table.name):
            link(path, new / path.name)
    if target.is_dir() and not target.is_symlink():  # of an earlier version
        target.rename(target.with_name(f".{target.name}-before"))
    with atomic_path(target) as temporary:
        temporary.symlink_to(new.name)
    for folder in target.parent.glob(f".{target.name}-*"):
        if folder != new and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
