"""What Dagster's UI shows of a table."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
from dagster import MaterializeResult as Result
from dagster import MetadataValue, TableColumn, TableColumnConstraints, TableSchema

from warehouse import parquet
from warehouse.duckdb import type_name
from warehouse.tables import Table

_ROWS_PREVIEWED = 5
_CHARS_PREVIEWED = 60


def described(table: Table, paths: Sequence[Path], *, is_new: bool) -> Result[None]:
    """A table's files as the result of its asset; `is_new` says whether this run made it."""
    return Result(
        asset_key=table.name,
        metadata={
            "dagster/row_count": parquet.count_rows(*paths),
            "path": MetadataValue.path(str(paths[0])),
            "bytes": sum(path.stat().st_size for path in paths),
            "files": len(paths),
            "preview": MetadataValue.md(preview(paths[0])),
            "unchanged": not is_new,
        },
    )


def table_schema(table: Table) -> TableSchema:
    """A contract as the schema that Dagster's UI shows."""
    return TableSchema(
        columns=[
            TableColumn(
                name=column.name,
                type=type_name(column.type),
                description=column.doc,
                constraints=TableColumnConstraints(nullable=column.nullable, unique=column.unique),
            )
            for column in table.columns
        ]
    )


def preview(path: Path) -> str:
    """The first rows of a table, as Markdown, long values cut."""
    with pq.ParquetFile(path) as file:
        first = next(file.iter_batches(_ROWS_PREVIEWED), None)
        rows = [] if first is None else first.to_pylist()
        names = file.schema_arrow.names
    lines = [_line(names), _line(["---"] * len(names))]
    return "\n".join(lines + [_line([_cell(v) for v in row.values()]) for row in rows])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = " ".join(str("" if value is None else value).split()).replace("|", "\\|")
    return text if len(text) <= _CHARS_PREVIEWED else text[: _CHARS_PREVIEWED - 1] + "…"
