"""The tables, once checked, become what people read."""

from dagster import MaterializeResult, asset

from assets.settings import Settings
from assets.vouching import vouch
from warehouse import duckdb, parquet
from warehouse.release.facts import about
from warehouse.tables import TABLES


@asset(group_name="published", deps=[table.name for table in TABLES])
def on_the_record(settings: Settings) -> MaterializeResult[None]:
    """The DuckDB file, with its views, and the Parquet tables beside it.

    Runs only when no blocking check failed; readers see the old files until the new are whole.
    """
    target = settings.warehouse_folder / duckdb.FILE_NAME
    parquet.copy_tables(settings.staging, settings.tables)
    duckdb.publish(settings.tables, target, about(settings.tables, settings.model))
    vouch(settings)
    return MaterializeResult(metadata={"path": str(target), "bytes": target.stat().st_size})
