"""The checked tables become what people read, where that is not done already."""

from pathlib import Path

from assets.apart import apart
from assets.assemble import TableFiles, table_digests, table_files
from assets.settings import Settings
from assets.vouching import vouch
from warehouse import duckdb, parquet
from warehouse.duckdb_update import update
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
        said = about(settings.staging, settings.model)
        places = settings.staging, target(settings), said
        before = _published(settings)
        if before is None:
            apart(settings, duckdb.publish, *places)
        else:
            now = table_files(settings)
            apart(settings, update, *places, _without(before, now), _without(now, before))
        parquet.publish(settings.staging, settings.tables)
        tables = [p for table in TABLES for p in parquet.files(settings.tables, table.name)]
        files = [target(settings), *tables]
        Made(settings.made).put(STEP, _key(settings), files, is_last=True)
    vouch(settings)
    return is_new


def _published(settings: Settings) -> TableFiles | None:
    """The files that the DuckDB file holds the rows of; None where it has to be built whole."""
    made = Made(settings.made)
    files = made.files(STEP)
    if files is None or not str(made.key(STEP)).startswith(_version(settings)):
        return None
    sums = {path.name: sha for path, sha in files.items()}
    found = {t.name: parquet.files(settings.tables, t.name) for t in TABLES}
    return {name: [(path, sums.get(path.name) or "") for path in of] for name, of in found.items()}


def _without(some: TableFiles, others: TableFiles) -> dict[str, list[Path]]:
    """Of each table the files that the others have not."""
    known = {name: {sha for _, sha in others[name]} for name in some}
    return {name: [p for p, sha in of if sha not in known[name]] for name, of in some.items()}


def is_current(settings: Settings) -> bool:
    """Whether the tables of the build under way are those that are published."""
    return Made(settings.made).is_current(STEP, _key(settings))


def target(settings: Settings) -> Path:
    """The DuckDB file."""
    return settings.warehouse_folder / duckdb.FILE_NAME


def _key(settings: Settings) -> str:
    """The digest of all that the published files depend on: of what makes them, of the tables."""
    return f"{_version(settings)} {digest(table_digests(settings))}"


def _version(settings: Settings) -> str:
    return digest(_CODE, settings.model)
