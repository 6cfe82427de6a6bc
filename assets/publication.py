"""The tables, once checked, become what people read."""

from dagster import MaterializeResult, ResourceParam, asset

from assets.publishing import publish, target
from assets.remote import finish
from assets.settings import Settings
from warehouse.tables import TABLES


@asset(group_name="published", deps=[table.name for table in TABLES])
def on_the_record(held: ResourceParam[Settings]) -> MaterializeResult[None]:
    """The DuckDB file, with its views, and the Parquet tables beside it.

    Runs only when no blocking check failed; readers see the old files until the new are whole. Of a
    warehouse in a bucket they see the old build until all of the new one is there.
    """
    is_new = publish(held)
    finish(held)
    path = target(held)
    size = path.stat().st_size
    return MaterializeResult(metadata={"path": str(path), "bytes": size, "unchanged": not is_new})
