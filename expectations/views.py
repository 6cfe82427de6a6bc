"""The files of the tables, whole or some parts of them, made readable by the tables' names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from expectations.rule import PARTED
from warehouse import parquet
from warehouse.tables import TABLES

#: The files of each table, by its name.
Files = Mapping[str, Sequence[Path]]


def table_files(folder: Path, parts: Collection[int] | None = None) -> Files:
    """The files of each table in a folder; of some parts those of the tables that have parts."""
    files = {table.name: parquet.files(folder, table.name) for table in TABLES}
    if parts is None:
        return files
    return {name: [files[name][part] for part in sorted(parts)] for name in sorted(PARTED)}


def by_part(files: Files) -> Iterator[Files]:
    """The files of each part; all files in one where the tables are not cut alike."""
    columns = [files[name] for name in sorted(PARTED)]
    if len({len(paths) for paths in columns}) > 1:
        yield {name: files[name] for name in PARTED}
        return
    for paths in zip(*columns, strict=True):
        yield {name: [path] for name, path in zip(sorted(PARTED), paths, strict=True)}


def make_views(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Let the tables be read by their names; one that has that name gives way.

    Raises:
        duckdb.Error: a file cannot be read.
    """
    for name, paths in files.items():
        quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet([{quoted}])")
