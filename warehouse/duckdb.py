"""The DuckDB file for analysts: built from the Parquet tables, swapped in when it is whole."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.storage import atomic_path
from warehouse.tables import TABLES, Column, Table

FILE_NAME = "on_the_record.duckdb"
VIEWS = Path(__file__).with_name("views")
#: The oldest DuckDB that opens our file.
STORAGE_VERSION = "v1.4.0"


def type_name(data_type: pa.DataType) -> str:
    """The DuckDB type of a column.

    Raises:
        KeyError: no contract uses that Arrow type yet; add it here.
    """
    if pa.types.is_list(data_type):
        return f"{type_name(data_type.value_type)}[]"
    return {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        pa.timestamp("us"): "TIMESTAMP",
    }[data_type]


def ddl(table: Table) -> str:
    """The statements that make an empty table: columns, nullability, key, comments."""
    columns = [_column(c) for c in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    body = ",\n  ".join(columns)
    comments = [f"COMMENT ON TABLE {table.name} IS {_literal(table.doc)};"]
    comments += [
        f"COMMENT ON COLUMN {table.name}.{c.name} IS {_literal(c.doc)};" for c in table.columns
    ]
    return f"CREATE TABLE {table.name} (\n  {body}\n);\n" + "\n".join(comments)


def publish(tables: Path, target: Path, release: Mapping[str, str | None]) -> None:
    """Build the DuckDB file from a folder of Parquet tables and swap it in.

    `release` is what the table `_release` says, by column. Readers see the old file until the new
    one is whole.
    """
    with atomic_path(target) as temporary, duckdb.connect() as connection:
        connection.execute(
            f"ATTACH {_literal(str(temporary))} AS db (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE db")
        for table in TABLES:
            connection.execute(ddl(table))
            source = _literal(str(tables / f"{table.name}.parquet"))
            order = ", ".join(table.primary_key)
            connection.execute(
                f"INSERT INTO {table.name} BY NAME FROM read_parquet({source}) ORDER BY {order}"
            )
        _add_dictionary(connection)
        _add_release(connection, release)
        for view in sorted(VIEWS.glob("*.sql")):
            connection.execute(view.read_text(encoding="utf-8"))
        connection.execute("USE memory")
        connection.execute("DETACH db")


def set_version(database: Path, version: str) -> None:
    """Say in a copy of the file which release it belongs to."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE _release SET version = ?", [version])


def read_release(database: Path) -> dict[str, str | None]:
    """What the file says about itself in `_release`, by column."""
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute("FROM _release")
        names = [column[0] for column in result.description]
        values = result.fetchone()
    return dict(zip(names, values or (), strict=True))


def _column(column: Column) -> str:
    return f"{column.name} {type_name(column.type)}{'' if column.nullable else ' NOT NULL'}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _add_dictionary(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE _dictionary (table_name VARCHAR, column_name VARCHAR, type VARCHAR, "
        "nullable BOOLEAN, description VARCHAR)"
    )
    connection.execute(
        "COMMENT ON TABLE _dictionary IS 'What every table and column means; a row without a "
        "column is about the table.'"
    )
    rows: list[tuple[str, str | None, str | None, bool | None, str]] = []
    for table in TABLES:
        rows.append((table.name, None, None, None, table.doc))
        rows += [(table.name, c.name, type_name(c.type), c.nullable, c.doc) for c in table.columns]
    connection.executemany("INSERT INTO _dictionary VALUES (?, ?, ?, ?, ?)", rows)


def _add_release(connection: duckdb.DuckDBPyConnection, release: Mapping[str, str | None]) -> None:
    columns = ", ".join(f"{name} VARCHAR" for name in release)
    connection.execute(f"CREATE TABLE _release ({columns})")
    connection.execute(
        "COMMENT ON TABLE _release IS 'Which release this file is, and what made it; one row.'"
    )
    marks = ", ".join("?" for _ in release)
    connection.execute(f"INSERT INTO _release VALUES ({marks})", list(release.values()))
