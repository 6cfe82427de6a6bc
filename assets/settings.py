"""What a build is told: where to read and write, how many workers, which model."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.versions import DEFAULT_MODEL
from pipelines.workers.work import ENGINES
from warehouse.locations import Prefix, is_url, prefix
from warehouse.made import digest

#: Where work on a warehouse in a bucket is kept by default.
_WORK = Path("~/.cache/on-the-record")


class SettingsError(ValueError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a build. Folders are kept as strings, as Dagster keeps them.

    Seeds and warehouse may lie in a bucket; `work` is then the folder of this machine for what is
    built and kept of them.
    """

    seeds: str
    warehouse: str
    work: str
    workers: int
    model: str
    engine: str = "local"

    @property
    def seeds_place(self) -> Path | Prefix:
        """Where the inputs lie."""
        return prefix(self.seeds) if is_url(self.seeds) else Path(self.seeds)

    @property
    def seeds_folder(self) -> Path:
        """Where the files lie that tell of the inputs; copies of those in a bucket."""
        return self.cache / "seeds" if is_url(self.seeds) else Path(self.seeds)

    @property
    def bucket(self) -> Prefix | None:
        """Where what is built is published, if not in the folder that it is built in."""
        return prefix(self.warehouse) if is_url(self.warehouse) else None

    @property
    def warehouse_folder(self) -> Path:
        """Where everything built is kept."""
        if self.bucket is None:
            return Path(self.warehouse)
        named = f"{self.bucket.root.replace('/', '-')}-{digest(self.bucket.root)[:8]}"
        return Path(self.work) / named

    @property
    def staging(self) -> Path:
        """The tables of the build under way, before they are checked."""
        return self.warehouse_folder / "staging"

    @property
    def documents(self) -> Path:
        """The table `documents` of the build under way."""
        return self.staged("documents")

    def staged(self, table: str) -> Path:
        """A table of the build under way, before it is checked."""
        return self.staging / f"{table}.parquet"

    @property
    def parts(self) -> Path:
        """The files of the parts of tables, by what they are made of."""
        return self.cache / "parts"

    @property
    def live(self) -> Path:
        """The digests of the documents of the build under way that became articles."""
        return self.staging / "live"

    @property
    def listed(self) -> Path:
        """A file as old as the listing of the inputs."""
        return self.staging / "listed"

    @property
    def cache(self) -> Path:
        """What costs only time when it is deleted."""
        return self.warehouse_folder / "cache"

    @property
    def readings(self) -> Path:
        """What was read in each input."""
        return self.cache / "readings.jsonl"

    @property
    def entities(self) -> Path:
        """What the build before found of the entities."""
        return self.cache / "entities"

    @property
    def made(self) -> Path:
        """What each step made, and from what."""
        return self.cache / "made.json"

    @property
    def checked(self) -> Path:
        """What each check found, and on what."""
        return self.cache / "checks.json"

    @property
    def tables(self) -> Path:
        """The published tables."""
        return self.warehouse_folder / "tables"

    @property
    def releases(self) -> Path:
        """The releases.

        Raises:
            SettingsError: the warehouse lies in a bucket, where releases cannot be written.
        """
        if self.bucket is not None:
            raise SettingsError(
                f"The warehouse {self.bucket} lies in a bucket; name a folder for the releases "
                "with --releases or OTR_RELEASES."
            )
        return self.warehouse_folder / "releases"


def settings(
    seeds: str | None = None,
    warehouse: str | None = None,
    workers: int | None = None,
    engine: str | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings given, the others from the environment, the rest by default.

    Raises:
        SettingsError: the number of workers is none, or there is no such engine.
        warehouse.locations.LocationError: seeds or warehouse are a URL that cannot be used.
    """
    said = environment.get("OTR_WORKERS", "1") if workers is None else str(workers)
    if not said.isdigit() or int(said) < 1:
        raise SettingsError(f"The number of workers must be 1 or more, not “{said}”.")
    engine_name = engine or environment.get("OTR_ENGINE", "local")
    if engine_name not in ENGINES:
        raise SettingsError(f"The engine is “local” or “ray”, not “{engine_name}”.")
    chosen = Settings(
        seeds=seeds or environment.get("OTR_SEEDS", "seeds"),
        warehouse=warehouse or environment.get("OTR_WAREHOUSE", "warehouse/data"),
        work=environment.get("OTR_WORK") or str(_WORK.expanduser()),
        workers=int(said),
        model=environment.get("OTR_MODEL", DEFAULT_MODEL),
        engine=engine_name,
    )
    for place in (chosen.seeds, chosen.warehouse):
        if is_url(place):
            prefix(place)
    return chosen


def absolute(place: str) -> str:
    """A folder's whole path; a URL as it is."""
    return place if is_url(place) else str(Path(place).resolve())
