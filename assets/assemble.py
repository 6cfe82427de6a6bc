"""The tables of a build, made anew when the extracted rows are others."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assets.apart import apart
from assets.extraction import STEP as EXTRACT
from assets.extraction import open_shards
from assets.settings import Settings
from assets.told import load_entities, load_registry, load_withdrawals, told_digest
from pipelines.versions import EditedError, rows_version
from warehouse import parquet
from warehouse.kept import KeptTables
from warehouse.made import CHECKOUT, Made, code_version, digest
from warehouse.tables import DOCUMENTS, TABLES

STEP = "tables"
_HERE = Path(__file__)
_NAMES = (
    "pipelines/articles",
    "pipelines/entities",
    "pipelines/resolve.py",
    "pipelines/withdrawn.py",
    "warehouse",
)
#: All that makes tables of extracted rows, and its version when it was loaded.
_FILES = (_HERE, _HERE.with_name("merging.py"), *(CHECKOUT / name for name in _NAMES))
_CODE = code_version(*_FILES)


def make_tables(settings: Settings) -> bool:
    """Write every table but `documents`, unless they are there, made of the same rows.

    Of the tables that are cut into parts, those parts are made whose rows are others.

    Returns:
        Whether they were written.
    """
    made, key = Made(settings.made), _key(settings)
    if made.is_current(STEP, key):
        return False
    from assets.merging import Store, write_tables  # what it imports takes seconds

    settings.parts.mkdir(parents=True, exist_ok=True)
    sound = {path.name for path in settings.parts.iterdir() if made.is_sound(STEP, path)}
    store = Store(settings.parts, _CODE, sound)
    shards = open_shards(settings).live(settings.live.read_bytes())
    registry, told = load_registry(settings), load_entities(settings)
    gone = load_withdrawals(settings)
    keeper = KeptTables(settings.entities, digest(_CODE, rows_version(settings.model)))
    told_of = (registry, told, gone)
    paths = apart(settings, write_tables, shards, settings.staging, store, *told_of, keeper)
    if code_version(*_FILES) != _CODE:
        raise EditedError("The code that makes the tables")
    made.put(STEP, key, paths)
    return True


#: The files of each table with their SHA-256, in order, by the table's name.
TableFiles = Mapping[str, Sequence[tuple[Path, str]]]


def table_files(settings: Settings) -> TableFiles:
    """The files of each table with their SHA-256, in order, by the table's name.

    Those of tables that are cut into parts go together: file by file they are of the same articles.
    """
    made = Made(settings.made)
    steps = {table.name: EXTRACT if table is DOCUMENTS else STEP for table in TABLES}
    return {
        name: [(path, made.digest(step, path)) for path in parquet.files(settings.staging, name)]
        for name, step in steps.items()
    }


def table_digests(settings: Settings) -> dict[str, str]:
    """The digest of each table, by its name."""
    found = table_files(settings)
    return {name: parquet.digest([sha for _, sha in files]) for name, files in found.items()}


def is_current(settings: Settings) -> bool:
    """Whether the tables are there, made of the rows of the build under way."""
    return Made(settings.made).is_current(STEP, _key(settings))


def _key(settings: Settings) -> str:
    """The digest of all that the tables depend on."""
    live = Made(settings.made).digest(EXTRACT, settings.live)
    return digest(live, told_digest(settings), _CODE)
