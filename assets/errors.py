"""Errors that a person can mend, as a plain sentence and the exit code that scripts read."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assets.exits import Exit

#: Named, not imported: a command that needs no Dagster must not pay for it to name its errors.
MENDABLE = frozenset(
    {
        "assets.settings.SettingsError",
        "assets.show.ShowError",
        "expectations.accuracy.gold_file.GoldError",
        "pipelines.documents.sources.SourcesError",
        "pipelines.entities.across.told.EntitiesError",
        "pipelines.versions.UnknownModelError",
        "pipelines.workers.work.WorkersError",
        "warehouse.export.ExportError",
        "warehouse.locations.LocationError",
        "warehouse.registry.RegistryError",
        "warehouse.release.errors.ReleaseError",
        "warehouse.storage.SeedsError",
        "warehouse.storage.WarehouseError",
        "warehouse.tables.withdrawals.WithdrawnError",
    }
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error that a person can mend into its sentence and exit code 2, any other into 3."""
    try:
        yield
    except Exception as error:
        if _is_mendable(error):
            click.echo(f"otr: {error}", err=True)
            sys.exit(Exit.BAD_CONFIGURATION)
        traceback.print_exc()
        click.echo(f"otr: internal error, please report it: {error}", err=True)
        sys.exit(Exit.INTERNAL_ERROR)


def _is_mendable(error: Exception) -> bool:
    return any(f"{kind.__module__}.{kind.__qualname__}" in MENDABLE for kind in type(error).mro())
