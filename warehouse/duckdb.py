"""The DuckDB file for analysts: built from the Parquet tables, swapped in when it is whole."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.parquet import files
from warehouse.storage import atomic_path
from warehouse.tables import TABLES, Column, Table

FILE_NAME = "on_the_record.duckdb"
VIEWS = Path(__file__).with_name("views")
#: The oldest DuckDB that opens our file.
STORAGE_VERSION = "v1.4.0"
_SCRATCH_MEMORY = "1GB"


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


def ddl(table: Table, *, with_key: bool = True) -> str:
    """The statements that make an empty table: columns, nullability, key, comments."""
    columns = [_column(c) for c in table.columns]
    if with_key:
        columns.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    body = ",\n  ".join(columns)
    comments = [f"COMMENT ON TABLE {table.name} IS {literal(table.doc)};"]
    comments += [
        f"COMMENT ON COLUMN {table.name}.{c.name} IS {literal(c.doc)};" for c in table.columns
    ]
    return f"CREATE TABLE {table.name} (\n  {body}\n);\n" + "\n".join(comments)


def publish(
    tables: Path,
    target: Path,
    release: Mapping[str, str | None],
    contracts: Iterable[Table] = TABLES,
    *,
    with_keys: bool = True,
) -> None:
    """Build the DuckDB file from a folder of Parquet tables and swap it in.

    `release` is what the table `_release` says, by column; `contracts` are the tables'. Readers see
    the old file until the new one is whole. Rows stay in the order of the Parquet tables, which is
    that of their keys.
    """
    with atomic_path(target) as temporary, duckdb.connect() as connection:
        connection.execute(
            f"ATTACH {literal(str(temporary))} AS db (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE db")
        connection.execute("BEGIN")  # a commit a statement takes its time where rows are few
        contracts = tuple(contracts)
        for table in contracts:
            connection.execute(ddl(table, with_key=with_keys))
            add_rows(connection, table, tables)
        describe(connection, release, contracts)
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH db")


def add_rows(connection: duckdb.DuckDBPyConnection, table: Table, tables: Path) -> None:
    """Put the rows of all its files in a folder into a table that is there already."""
    source = ", ".join(literal(str(path)) for path in files(tables, table.name))
    connection.execute(f"INSERT INTO {table.name} BY NAME FROM read_parquet([{source}])")


def describe(
    connection: duckdb.DuckDBPyConnection,
    release: Mapping[str, str | None],
    contracts: Iterable[Table],
) -> None:
    """Add all that is made of no file: `_dictionary`, `_release` and the views."""
    _add_dictionary(connection, contracts)
    _add_release(connection, release)
    for view in sorted(VIEWS.glob("*.sql")):
        connection.execute(view.read_text(encoding="utf-8"))


def scratch(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database of its own for work on tables; what is too much for memory goes to the folder."""
    return duckdb.connect(config={"temp_directory": str(folder), "memory_limit": _SCRATCH_MEMORY})


def read_release(database: Path) -> dict[str, str | None]:
    """What the file says about itself in `_release`, by column."""
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute("FROM _release")
        names = [column[0] for column in result.description]
        values = result.fetchone()
    return dict(zip(names, values or (), strict=True))


def _column(column: Column) -> str:
    return f"{column.name} {type_name(column.type)}{'' if column.nullable else ' NOT NULL'}"


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


#: The columns of the two tables in which the file speaks of itself: type and meaning.
_DICTIONARY_COLUMNS = {
    "table_name": ("VARCHAR", "The table."),
    "column_name": ("VARCHAR", "The column; null where the row is about the table."),
    "type": ("VARCHAR", "The column's type in DuckDB."),
    "nullable": ("BOOLEAN", "Whether the column may be null."),
    "description": ("VARCHAR", "What the table or the column means."),
}
_RELEASE_COLUMNS = {
    "version": (
        "VARCHAR",
        "The release's version, YYYY.M.PATCH; `unreleased` before there is one.",
    ),
    "profile": ("VARCHAR", "`full`, or `public`: without the articles' texts, quotes capped."),
    "released_on": ("VARCHAR", "The day of the release, in ISO 8601; null before there is one."),
    "schema_version": ("VARCHAR", "The version of the contracts, as SemVer."),
    "model": ("VARCHAR", "The spaCy pipeline that analysed the texts, and its version."),
    "model_sha256": ("VARCHAR", "SHA-256 over the pipeline's files."),
    "code_commit": ("VARCHAR", "The commit of the code that built the tables; null without git."),
    "packages_sha256": ("VARCHAR", "SHA-256 of the file that pins the packages."),
    "inputs_sha256": ("VARCHAR", "SHA-256 over the inputs' source_id and sha256, in order."),
    "licence": ("VARCHAR", "What the annotations are under, by its SPDX name."),
    "citation": ("VARCHAR", "How to cite this version."),
}


def _add_dictionary(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Table]) -> None:
    doc = "What every table and column means; a row without a column is about the table."
    _create(connection, "_dictionary", doc, _DICTIONARY_COLUMNS)
    rows: list[tuple[str, str | None, str | None, bool | None, str]] = []
    for table in contracts:
        rows.append((table.name, None, None, None, table.doc))
        rows += [(table.name, c.name, type_name(c.type), c.nullable, c.doc) for c in table.columns]
    # One statement: a statement a row takes a second of every build.
    names = list(_DICTIONARY_COLUMNS)
    entries = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])
    connection.register("entries", entries)
    connection.execute("INSERT INTO _dictionary BY NAME FROM entries")
    connection.unregister("entries")


def _add_release(connection: duckdb.DuckDBPyConnection, release: Mapping[str, str | None]) -> None:
    doc = "Which release this file is, and what made it; one row."
    _create(connection, "_release", doc, _RELEASE_COLUMNS)
    values = [release.get(name) for name in _RELEASE_COLUMNS]
    places = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO _release VALUES ({places})", values)


def _create(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    doc: str,
    columns: Mapping[str, tuple[str, str]],
) -> None:
    """Make an empty table with its comments."""
    types = ", ".join(f"{column} {of_type}" for column, (of_type, _) in columns.items())
    connection.execute(f"CREATE TABLE {name} ({types})")
    connection.execute(f"COMMENT ON TABLE {name} IS {literal(doc)}")
    for column, (_, meaning) in columns.items():
        connection.execute(f"COMMENT ON COLUMN {name}.{column} IS {literal(meaning)}")
