"""A release's Parquet files: sorted, in fixed row groups, saying what they are."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import parquet
from warehouse.tables import Table

FOLDER = "data"
#: A table with more rows is cut into several files. A constant of the format, as is the row group.
ROWS_PER_FILE = 64 * parquet.ROWS_PER_GROUP


def order(table: Table) -> tuple[str, ...]:
    """What the rows are sorted by: an article's rows lie together, in the order of its text."""
    reading = [name for name in ("article_id", "start_char") if name in table.column_names]
    return (*reading, *(name for name in table.primary_key if name not in reading))


def file_names(table: str, n_rows: int) -> list[str]:
    """The files of a table below the release, with forward slashes."""
    n_files = max(1, -(-n_rows // ROWS_PER_FILE))
    return [f"{FOLDER}/{name}" for name in parquet.file_names(table, n_files)]


def write(
    table: Table, sources: Sequence[Path], release: Path, said: Mapping[str, str]
) -> list[str]:
    """Write a table from its published files into a release, and return its files' names.

    `said` goes into each file's key-value metadata, beside the table's own description and key.
    The same rows and metadata give the same bytes.
    """
    names = file_names(table.name, parquet.count_rows(*sources))
    own = {"table": table.name, "primary_key": ", ".join(table.primary_key)}
    metadata = {**(table.schema.metadata or {}), **_encoded({**said, **own})}
    schema = table.schema.with_metadata(metadata)
    sorting = pq.SortingColumn.from_ordering(schema, [(n, "ascending") for n in order(table)])
    groups = _sorted_groups(table, sources, schema)
    (release / FOLDER).mkdir(parents=True, exist_ok=True)
    for name in names:
        with _writer(release / name, schema, sorting) as writer:
            for _ in range(ROWS_PER_FILE // parquet.ROWS_PER_GROUP):
                if (group := next(groups, None)) is None:
                    break
                writer.write_table(group, row_group_size=parquet.ROWS_PER_GROUP)
    return names


def write_rows(table: Table, rows: pa.Table, schema: pa.Schema, path: Path) -> None:
    """Write some rows, in order already, as a file of a release, with all that its schema says."""
    sorting = pq.SortingColumn.from_ordering(schema, [(n, "ascending") for n in order(table)])
    with _writer(path, schema, sorting) as writer:
        writer.write_table(rows.cast(schema), row_group_size=parquet.ROWS_PER_GROUP)


def _writer(path: Path, schema: pa.Schema, sorting: Sequence[pq.SortingColumn]) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        write_page_index=True,
        write_page_checksum=True,
        sorting_columns=sorting,
    )


def _sorted_groups(table: Table, sources: Sequence[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in order, a full row group at a time; DuckDB sorts what memory does not hold."""
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    keys = ", ".join(f'"{name}"' for name in order(table))
    with duckdb.connect() as connection:
        query = f"SELECT {columns} FROM read_parquet(?) ORDER BY {keys}"
        rows_of = connection.sql(query, params=[list(map(str, sources))])
        reader = rows_of.to_arrow_reader(parquet.ROWS_PER_GROUP)
        waiting: list[pa.Table] = []
        n_waiting = 0
        for batch in reader:
            waiting.append(pa.Table.from_batches([batch]).cast(schema))
            n_waiting += batch.num_rows
            while n_waiting >= parquet.ROWS_PER_GROUP:
                rows = pa.concat_tables(waiting)
                yield rows.slice(0, parquet.ROWS_PER_GROUP).combine_chunks()
                waiting = [rows.slice(parquet.ROWS_PER_GROUP)]
                n_waiting -= parquet.ROWS_PER_GROUP
        if n_waiting:
            yield pa.concat_tables(waiting).combine_chunks()


def _encoded(said: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in said.items()}
