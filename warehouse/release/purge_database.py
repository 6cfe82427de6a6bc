"""A DuckDB file made anew with other rows in some of its tables, and no trace of the old ones."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse import parquet
from warehouse.duckdb import STORAGE_VERSION
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import parquet_relation
from warehouse.storage import atomic_path
from warehouse.tables import Table

#: The tables in which a file speaks of itself.
_OWN = frozenset({"_dictionary", "_release"})


def rewrite(database: Path, changed: Iterable[Table], folder: Path, known: Iterable[Table]) -> None:
    """Replace the rows of some tables by those of the Parquet files in a folder.

    Everything else stays: the other tables, views, comments, keys. `known` are all tables of the
    release.

    Raises:
        ReleaseError: the file holds a table of which it is not known what stands in it.
    """
    with atomic_path(database) as new, duckdb.connect() as connection:
        connection.execute(f"ATTACH '{_escaped(database)}' AS before (READ_ONLY)")
        names = {name for (name,) in connection.execute(_TABLES).fetchall()}
        if strange := names - _OWN - {table.name for table in known}:
            raise ReleaseError(
                f"{database.name} holds the table {min(strange)}, of which nobody knows whether it "
                "repeats what was withdrawn; purge the release with the program that made it."
            )
        # First into memory: in a file the place of deleted rows still holds them.
        connection.execute("ATTACH ':memory:' AS scratch")
        connection.execute("COPY FROM DATABASE before TO scratch")
        for table in changed:
            rows = parquet_relation(parquet.files(folder, table.name))
            connection.execute(f"DELETE FROM scratch.{table.name}")
            connection.execute(f"INSERT INTO scratch.{table.name} BY NAME FROM {rows}")
        connection.execute(
            f"ATTACH '{_escaped(new)}' AS purged (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("COPY FROM DATABASE scratch TO purged")
        connection.execute("DETACH purged")


_TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'before'"


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
