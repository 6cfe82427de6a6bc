"""The tables of a build, made anew when the extracted rows are others."""

from pathlib import Path

from assets.apart import apart
from assets.extraction import STEP as EXTRACT
from assets.extraction import open_shards
from assets.settings import Settings
from assets.told import load_entities, load_registry, load_withdrawals, told_digest
from warehouse.made import CHECKOUT, Made, code_version, digest
from warehouse.tables import DOCUMENTS, TABLES

STEP = "tables"


def make_tables(settings: Settings) -> bool:
    """Write every table but `documents`, unless they are there, made of the same rows.

    Returns:
        Whether they were written.
    """
    made = Made(settings.made)
    key = digest(made.digest(EXTRACT, settings.live), told_digest(settings), _version())
    if made.is_current(STEP, key):
        return False
    from assets.merging import write_tables  # what it imports takes seconds

    shards = open_shards(settings).live(settings.live.read_bytes())
    registry, told = load_registry(settings), load_entities(settings)
    gone = load_withdrawals(settings)
    paths = apart(settings, write_tables, shards, settings.staging, registry, told, gone)
    made.put(STEP, key, paths)
    return True


def table_digests(settings: Settings) -> dict[str, str]:
    """The digest of each table's file, by the table's name."""
    made = Made(settings.made)
    steps = {table.name: EXTRACT if table is DOCUMENTS else STEP for table in TABLES}
    return {name: made.digest(step, settings.staged(name)) for name, step in steps.items()}


def _version() -> str:
    """The version of all that makes tables of extracted rows."""
    here = Path(__file__)
    own = (here, here.with_name("merging.py"), CHECKOUT / "pipelines/withdrawn.py")
    names = ("pipelines/articles", "pipelines/entities", "pipelines/resolve.py", "warehouse")
    return code_version(*own, *(CHECKOUT / name for name in names))
