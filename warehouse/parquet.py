"""Tables as Parquet files: the same rows give the same bytes."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.storage import atomic_path
from warehouse.tables import TABLES, Table

#: Fixed, so that the bytes do not depend on the machine.
ROWS_PER_GROUP = 65_536


def conform(table: Table, data: pa.Table) -> pa.Table:
    """Bring an Arrow table to a contract: its columns in its order and types, sorted by its key.

    Raises:
        KeyError: a column of the contract is missing.
        pyarrow.ArrowInvalid: a value does not fit its type.
    """
    cast = data.select(list(table.column_names)).cast(table.schema)
    return cast.sort_by([(name, "ascending") for name in table.primary_key])


def write(data: pa.Table, path: Path) -> None:
    """Write a table, atomically, with its descriptions and nullability."""
    with atomic_path(path) as temporary:
        pq.write_table(
            data,
            temporary,
            compression="zstd",
            row_group_size=ROWS_PER_GROUP,
            write_page_index=True,
        )


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


def copy_tables(source: Path, target: Path) -> None:
    """Copy the published tables from one folder to another, each file in one step."""
    for table in TABLES:
        name = f"{table.name}.parquet"
        with atomic_path(target / name) as temporary:
            shutil.copyfile(source / name, temporary)
