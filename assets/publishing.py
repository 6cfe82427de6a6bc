"""The checked tables become what people read, where that is not done already."""

from pathlib import Path

from assets.apart import apart
from assets.assemble import table_digests
from assets.settings import Settings
from assets.vouching import vouch
from warehouse import duckdb, parquet
from warehouse.made import CHECKOUT, Made, code_version, digest
from warehouse.release.facts import about
from warehouse.tables import TABLES

STEP = "publish"
_CODE = code_version(Path(duckdb.__file__).parent, CHECKOUT / "requirements.lock")


def publish(settings: Settings) -> bool:
    """Put the tables of the build under way in the place of the published ones, and vouch for them.

    Returns:
        Whether they were others.
    """
    is_new = not is_current(settings)
    if is_new:
        parquet.publish(settings.staging, settings.tables)
        said = about(settings.tables, settings.model)
        apart(settings, duckdb.publish, settings.tables, target(settings), said)
        tables = [p for table in TABLES for p in parquet.files(settings.tables, table.name)]
        files = [target(settings), *tables]
        Made(settings.made).put(STEP, _key(settings), files, is_last=True)
    vouch(settings)
    return is_new


def is_current(settings: Settings) -> bool:
    """Whether the tables of the build under way are those that are published."""
    return Made(settings.made).is_current(STEP, _key(settings))


def target(settings: Settings) -> Path:
    """The DuckDB file."""
    return settings.warehouse_folder / duckdb.FILE_NAME


def _key(settings: Settings) -> str:
    """The digest of all that the published files depend on."""
    return digest(_CODE, table_digests(settings), settings.model)
