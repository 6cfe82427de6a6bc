"""What a build is told: where to read and write, how many workers, which model."""

import os
from collections.abc import Mapping
from pathlib import Path

from dagster import ConfigurableResource

from pipelines.parsing import DEFAULT_MODEL


class SettingsError(ValueError):
    """A setting has a value that cannot be used."""


class Settings(ConfigurableResource):  # type: ignore[type-arg]
    """The settings of a build, as a Dagster resource. Folders are kept as strings for Dagster."""

    seeds: str
    warehouse: str
    workers: int
    model: str

    @property
    def seeds_folder(self) -> Path:
        """Where the inputs lie."""
        return Path(self.seeds)

    @property
    def warehouse_folder(self) -> Path:
        """Where everything built is kept."""
        return Path(self.warehouse)

    @property
    def staging(self) -> Path:
        """The tables of the build under way, before they are checked."""
        return self.warehouse_folder / "staging"

    @property
    def tables(self) -> Path:
        """The published tables."""
        return self.warehouse_folder / "tables"

    @property
    def releases(self) -> Path:
        """The releases."""
        return self.warehouse_folder / "releases"


def settings(
    seeds: str | None = None,
    warehouse: str | None = None,
    workers: int | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings given, the others from the environment, the rest by default.

    Raises:
        SettingsError: the number of workers is none.
    """
    said = environment.get("OTR_WORKERS", "1") if workers is None else str(workers)
    if not said.isdigit() or int(said) < 1:
        raise SettingsError(f"The number of workers must be 1 or more, not “{said}”.")
    return Settings(
        seeds=seeds or environment.get("OTR_SEEDS", "seeds"),
        warehouse=warehouse or environment.get("OTR_WAREHOUSE", "warehouse/data"),
        workers=int(said),
        model=environment.get("OTR_MODEL", DEFAULT_MODEL),
    )
