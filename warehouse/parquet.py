"""Tables as Parquet files: the same rows give the same bytes."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.storage import atomic_path
from warehouse.tables import ARTICLES, TABLES, Table

#: Fixed, so that the bytes do not depend on the machine.
ROWS_PER_GROUP = 65_536
#: Of a table whose rows hold whole texts.
_ROWS_PER_GROUP = {ARTICLES.name: 4_096}


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


def count_rows(path: Path) -> int:
    """How many rows a file holds, from its footer alone."""
    return pq.read_metadata(path).num_rows


def link_tables(source: Path, target: Path) -> None:
    """Give the published tables a second place, each in one step; the bytes are shared if possible.

    Only for files that are never written to, but replaced, as all that this module writes.
    """
    for table in TABLES:
        name = f"{table.name}.parquet"
        with atomic_path(target / name) as temporary:
            try:
                os.link(source / name, temporary)
            except OSError:
                shutil.copyfile(source / name, temporary)
