"""Assets between steps: Parquet files of their contract, in the staging folder."""

import pyarrow as pa
from dagster import (
    ConfigurableIOManager,
    InputContext,
    MetadataValue,
    OutputContext,
    TableColumn,
    TableColumnConstraints,
    TableSchema,
)

from assets.settings import Settings
from warehouse import parquet
from warehouse.duckdb import type_name
from warehouse.tables import TABLES, Table
from warehouse.tables.extracted import (
    EXTRACTED_ARTICLES,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    EXTRACTED_QUOTES,
)

CONTRACTS: dict[str, Table] = {
    table.name: table
    for table in (
        *TABLES,
        EXTRACTED_ARTICLES,
        EXTRACTED_ENTITIES,
        EXTRACTED_MENTIONS,
        EXTRACTED_QUOTES,
    )
}
_ROWS_PREVIEWED = 5
_CHARS_PREVIEWED = 60


class ParquetIOManager(ConfigurableIOManager):
    """Keeps each asset's Arrow table as one Parquet file, named after the asset."""

    settings: Settings

    def handle_output(self, context: OutputContext, obj: pa.Table) -> None:
        """Bring the table to its contract, write it, and say what was written."""
        table = CONTRACTS[context.asset_key.path[-1]]
        data = parquet.conform(table, obj)
        path = self.settings.staging / f"{table.name}.parquet"
        parquet.write(data, path)
        context.add_output_metadata(
            {
                "dagster/row_count": data.num_rows,
                "path": MetadataValue.path(str(path)),
                "bytes": path.stat().st_size,
                "preview": MetadataValue.md(preview(data)),
            }
        )

    def load_input(self, context: InputContext) -> pa.Table:
        """Read the table that an asset upstream left."""
        return parquet.read(self.settings.staging / f"{context.asset_key.path[-1]}.parquet")


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


def preview(data: pa.Table) -> str:
    """The first rows of a table, as Markdown, long values cut."""
    rows = data.slice(0, _ROWS_PREVIEWED).to_pylist()
    lines = [_line(data.column_names), _line(["---"] * data.num_columns)]
    return "\n".join(lines + [_line([_cell(v) for v in row.values()]) for row in rows])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = " ".join(str("" if value is None else value).split()).replace("|", "\\|")
    return text if len(text) <= _CHARS_PREVIEWED else text[: _CHARS_PREVIEWED - 1] + "…"
