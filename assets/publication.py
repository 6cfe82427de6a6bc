"""The tables, once checked, become what people read."""

from pathlib import Path

from dagster import MaterializeResult, asset

from assets.apart import apart
from assets.assemble import table_digests
from assets.remote import finish
from assets.settings import Settings
from assets.vouching import vouch
from warehouse import duckdb, parquet
from warehouse.made import CHECKOUT, Made, code_version, digest
from warehouse.release.facts import about
from warehouse.tables import TABLES

STEP = "publish"


@asset(group_name="published", deps=[table.name for table in TABLES])
def on_the_record(settings: Settings) -> MaterializeResult[None]:
    """The DuckDB file, with its views, and the Parquet tables beside it.

    Runs only when no blocking check failed; readers see the old files until the new are whole. Of a
    warehouse in a bucket they see the old build until all of the new one is there.
    """
    target = settings.warehouse_folder / duckdb.FILE_NAME
    files = [target, *(settings.tables / f"{table.name}.parquet" for table in TABLES)]
    made, key = Made(settings.made), _key(settings)
    if is_new := not made.is_current(STEP, key):
        parquet.link_tables(settings.staging, settings.tables)
        said = about(settings.tables, settings.model)
        apart(settings, duckdb.publish, settings.tables, target, said)
        made.put(STEP, key, files, is_last=True)
    vouch(settings)
    finish(settings)
    size = target.stat().st_size
    return MaterializeResult(metadata={"path": str(target), "bytes": size, "unchanged": not is_new})


def _key(settings: Settings) -> str:
    """The digest of all that the published files depend on."""
    code = code_version(Path(duckdb.__file__).parent, CHECKOUT / "requirements.lock")
    return digest(code, table_digests(settings), settings.model)
