"""What people say, and which ids were published: read and checked before any work."""

import pyarrow as pa

from assets.settings import Settings
from pipelines.entities.across import told
from warehouse import registry
from warehouse.made import digest
from warehouse.storage import SeedsError, sha256
from warehouse.tables import withdrawals
from warehouse.tables.withdrawals import Withdrawals


def load_entities(settings: Settings) -> list[told.ToldEntity]:
    """Read what a person says about entities.

    Raises:
        pipelines.entities.across.told.EntitiesError: it cannot be used.
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


def load_withdrawals(settings: Settings) -> Withdrawals:
    """Read what a person withdrew.

    Raises:
        warehouse.tables.withdrawals.WithdrawnError: it cannot be used.
        warehouse.storage.SeedsError: it cannot be read.
    """
    path = settings.seeds_folder / withdrawals.FILE_NAME
    if not path.exists():
        return withdrawals.NONE
    try:
        return withdrawals.read_withdrawals(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SeedsError(f"{path} cannot be read: {error}.") from error


def told_digest(settings: Settings) -> str:
    """The digest of what the functions above read."""
    names = (told.FILE_NAME, registry.FILE_NAME, withdrawals.FILE_NAME)
    paths = (settings.seeds_folder / name for name in names)
    return digest([sha256(path) if path.exists() else None for path in paths])
