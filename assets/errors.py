"""Errors that a person can mend, as a plain sentence and the exit code that scripts read."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assets.build import Exit
from assets.settings import SettingsError
from assets.show import ShowError
from expectations.accuracy import GoldError
from pipelines.documents.sources import SourcesError
from pipelines.entities.told import EntitiesError
from pipelines.versions import UnknownModelError
from warehouse.export import ExportError
from warehouse.locations import LocationError
from warehouse.registry import RegistryError
from warehouse.release.errors import ReleaseError
from warehouse.storage import SeedsError, WarehouseError

_MENDABLE = (
    EntitiesError,
    ExportError,
    GoldError,
    LocationError,
    RegistryError,
    ReleaseError,
    SeedsError,
    SettingsError,
    ShowError,
    SourcesError,
    UnknownModelError,
    WarehouseError,
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error that a person can mend into its sentence and exit code 2, any other into 3."""
    try:
        yield
    except _MENDABLE as error:
        click.echo(f"otr: {error}", err=True)
        sys.exit(Exit.BAD_CONFIGURATION)
    except Exception as error:
        traceback.print_exc()
        click.echo(f"otr: internal error, please report it: {error}", err=True)
        sys.exit(Exit.INTERNAL_ERROR)
