"""What people say of entities, and which ids were published: read and checked before any work."""

import pyarrow as pa

from assets.settings import Settings
from pipelines.entities import told
from warehouse import registry
from warehouse.made import digest
from warehouse.storage import SeedsError, sha256


def load_entities(settings: Settings) -> list[told.ToldEntity]:
    """Read what a person says about entities.

    Raises:
        pipelines.entities.told.EntitiesError: it cannot be used.
        warehouse.storage.SeedsError: it cannot be read.
    """
    path = settings.seeds_folder / told.FILE_NAME
    if not path.exists():
        return []
    try:
        return told.read_entities(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SeedsError(f"{path} cannot be read: {error}.") from error


def load_registry(settings: Settings) -> pa.Table:
    """Read every entity id published so far.

    Raises:
        warehouse.registry.RegistryError: it cannot be used.
    """
    return registry.read_registry(settings.seeds_folder / registry.FILE_NAME)


def told_digest(settings: Settings) -> str:
    """The digest of what both functions above read."""
    paths = (settings.seeds_folder / name for name in (told.FILE_NAME, registry.FILE_NAME))
    return digest([sha256(path) if path.exists() else None for path in paths])
