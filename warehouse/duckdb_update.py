"""The DuckDB file brought up to date by the rows that changed, where most did not."""

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.duckdb import STORAGE_VERSION, add_rows, ddl, describe, literal, publish
from warehouse.parquet import count_rows, files
from warehouse.storage import atomic_path
from warehouse.tables import TABLES, Table

Files = Mapping[str, Sequence[Path]]

#: Of the rows that a table of the file has room for, so many may be deleted ones; room is not used
#: again. Beyond that it is made anew, alone.
_MOST_DELETED = 0.2
#: Rows that come are stored in groups of so many. The last group is written anew whenever rows come
#: to it, and of DuckDB's own size it holds all texts of a hundred thousand articles.
_ROWS_PER_GROUP = 8_192


class _OtherFile(ValueError):
    """The published file is not what it is said to be."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A table, and the relation that holds its rows that differ.

    Of the rows that come all columns are there, null where a row only leaves; of those that leave
    the key, each column's name behind `gone_`.
    """

    table: Table
    name: str

    @property
    def goes(self) -> str:
        """The condition of a row that leaves."""
        return f"gone_{self.table.primary_key[0]} IS NOT NULL"

    @property
    def comes(self) -> str:
        """The condition of a row that comes."""
        return f'"{self.table.primary_key[0]}" IS NOT NULL'


def update(
    tables: Path,
    target: Path,
    release: Mapping[str, str | None],
    leaving: Files,
    coming: Files,
    contracts: Iterable[Table] = TABLES,
) -> bool:
    """Bring the DuckDB file from the tables it was built of to others, and swap it in.

    It holds then what `publish` would put there, though the rows may lie in another order and the
    file be larger. The caller knows that the file is the one that this version of the code built of
    the tables before. Where it turns out to be another, or to be damaged, it is built whole.

    Args:
        tables: the folder of the Parquet tables as they are now.
        target: the DuckDB file.
        release: what the table `_release` says, by column.
        leaving: by table, the files of the tables before that are none of them now.
        coming: by table, the files in `tables` that were none of them before.
        contracts: the tables'.

    Returns:
        Whether it was brought up to date; if not, it was built whole.
    """
    contracts = tuple(contracts)
    try:
        with atomic_path(target) as temporary:
            _copy(target, temporary)
            _bring_up_to_date(temporary, tables, release, leaving, coming, contracts)
    except (OSError, duckdb.Error, _OtherFile):
        publish(tables, target, release, contracts)
        return False
    return True


def _bring_up_to_date(
    database: Path,
    tables: Path,
    release: Mapping[str, str | None],
    leaving: Files,
    coming: Files,
    contracts: Sequence[Table],
) -> None:
    # Nobody sees the file before it is whole: it needs no log, and is written once, at its end.
    options = f"(RECOVERY_MODE 'NO_WAL_WRITES', ROW_GROUP_SIZE {_ROWS_PER_GROUP})"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {literal(str(database))} AS db {options}")
        _check_made(connection, contracts)
        connection.execute("USE db")
        found = [
            _find(connection, table, leaving.get(table.name, ()), coming.get(table.name, ()))
            for table in contracts
            if leaving.get(table.name) or coming.get(table.name)
        ]
        # Keys are free again only when the transaction that deletes has ended.
        connection.execute("BEGIN")
        by_row = [changed for changed in found if _delete(connection, changed)]
        connection.execute("COMMIT")
        connection.execute("BEGIN")
        for changed in found:
            if changed in by_row:
                _insert(connection, changed)
            else:
                connection.execute(ddl(changed.table))
                add_rows(connection, changed.table, tables)
        _describe_anew(connection, contracts, release)
        connection.execute("COMMIT")
        _check_counts(connection, contracts, tables)
        connection.execute("USE memory")
        connection.execute("DETACH db")


def _find(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    leaving: Sequence[Path],
    coming: Sequence[Path],
) -> _Changed:
    """Put the rows that differ between some files and others into a table for the time being."""
    changed = _Changed(table, f"changed_{table.name}")
    keys = table.primary_key
    others = [name for name in table.column_names if name not in keys]
    gone = ", ".join(f'gone."{key}" AS gone_{key}' for key in keys)
    come = ", ".join(f'come."{name}"' for name in table.column_names)
    is_one = " AND ".join(f'gone."{key}" = come."{key}"' for key in keys)
    is_other = [f'gone."{name}" IS DISTINCT FROM come."{name}"' for name in (keys[0], *others)]
    connection.execute(
        f"CREATE TEMP TABLE {changed.name} AS SELECT {gone}, {come} "
        f"FROM {_rows(table, leaving)} AS gone FULL JOIN {_rows(table, coming)} AS come "
        f"ON {is_one} WHERE {' OR '.join(is_other)}"
    )
    return changed


def _rows(table: Table, paths: Sequence[Path]) -> str:
    if not paths:
        return f"(FROM {table.name} LIMIT 0)"
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"


def _delete(connection: duckdb.DuckDBPyConnection, changed: _Changed) -> bool:
    """Delete the rows that leave; of too many the whole table, which is false."""
    name, keys = changed.table.name, changed.table.primary_key
    n_rows, n_places = _numbers(connection, f"count(*), coalesce(max(rowid) + 1, 0) FROM {name}")
    (n_gone,) = _numbers(connection, f"count(*) FROM {changed.name} WHERE {changed.goes}")
    if n_places - n_rows + n_gone > n_places * _MOST_DELETED:
        connection.execute(f"DROP TABLE {name}")
        return False
    is_one = " AND ".join(f'{name}."{key}" = gone_{key}' for key in keys)
    done = connection.execute(f"DELETE FROM {name} USING {changed.name} WHERE {is_one}").fetchall()
    if done[0][0] != n_gone:
        raise _OtherFile(f"{name} lacks rows that are to leave")
    return True


def _insert(connection: duckdb.DuckDBPyConnection, changed: _Changed) -> None:
    names = ", ".join(f'"{name}"' for name in changed.table.column_names)
    key = ", ".join(f'"{name}"' for name in changed.table.primary_key)
    connection.execute(
        f"INSERT INTO {changed.table.name} BY NAME "
        f"SELECT {names} FROM {changed.name} WHERE {changed.comes} ORDER BY {key}"
    )


def _describe_anew(
    connection: duckdb.DuckDBPyConnection,
    contracts: Sequence[Table],
    release: Mapping[str, str | None],
) -> None:
    """Put the views, `_dictionary` and `_release` of now in the place of those before."""
    views = "SELECT view_name FROM duckdb_views() WHERE database_name = 'db' AND NOT internal"
    for (name,) in connection.execute(views).fetchall():
        connection.execute(f'DROP VIEW "{name}"')
    connection.execute("DROP TABLE _dictionary")
    connection.execute("DROP TABLE _release")
    describe(connection, release, contracts)


def _check_made(connection: duckdb.DuckDBPyConnection, contracts: Sequence[Table]) -> None:
    """See that the file holds the tables of these contracts, in our version of the format."""
    told = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'db'"
    if connection.execute(told).fetchall() != [(f"{STORAGE_VERSION}+",)]:
        raise _OtherFile("the file is of another version")
    for table in contracts:
        connection.execute(ddl(table))
    made = {
        name: set(connection.execute(_DEFINITIONS, [name]).fetchall()) for name in ("memory", "db")
    }
    if made["memory"] != made["db"]:
        raise _OtherFile("the file holds other tables")


_DEFINITIONS = """
SELECT table_name, NULL, sql, comment FROM duckdb_tables()
WHERE database_name = $1 AND NOT starts_with(table_name, '_')
UNION ALL
SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
WHERE database_name = $1 AND NOT starts_with(table_name, '_') AND NOT internal
AND table_name IN (SELECT table_name FROM duckdb_tables())
"""


def _check_counts(
    connection: duckdb.DuckDBPyConnection, contracts: Sequence[Table], tables: Path
) -> None:
    """See that every table has as many rows as its files."""
    for table in contracts:
        wanted = sum(map(count_rows, files(tables, table.name)))
        if _numbers(connection, f"count(*) FROM {table.name}") != (wanted,):
            raise _OtherFile(f"{table.name} has other rows")


def _numbers(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    (found,) = connection.execute(f"SELECT {query}").fetchall()
    return tuple(map(int, found))


def _copy(source: Path, target: Path) -> None:
    """Copy a file in the kernel, which shares the blocks where the file system can.

    Raises:
        OSError: there is no such file, or no room.
    """
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as before, target.open("wb") as after:
        while os.copy_file_range(before.fileno(), after.fileno(), 2**30):
            pass
