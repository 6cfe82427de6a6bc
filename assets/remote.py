"""Seeds and warehouse in a bucket: what a build brings near first, and takes there last."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from assets.extraction import open_shards
from assets.settings import Settings
from warehouse import duckdb, locations, parquet, remote, remote_lock
from warehouse.locations import Prefix
from warehouse.release import build_record
from warehouse.storage import atomic_path, is_about_inputs, sha256, sweep
from warehouse.tables import TABLES

#: Stands among copies from a bucket, and says from where.
_OF = ".copied-from-bucket"


def held(settings: Settings) -> AbstractContextManager[None]:
    """Hold a warehouse in a bucket for one build; its working folder is held already."""
    if settings.bucket is None:
        return nullcontext()
    return remote_lock.held(settings.bucket, settings.warehouse_folder)


def bring_seeds(settings: Settings) -> None:
    """Copy the files of a bucket that tell of the inputs, as they are now."""
    if isinstance(settings.seeds_place, Prefix):
        _bring(settings.seeds_place, settings.seeds_folder)


def _bring(place: Prefix, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    top = (name for name, _ in locations.objects(place) if "/" not in name)
    names = {name for name in top if is_about_inputs(name) and not name.startswith("README")}
    for name in names:
        remote.fetch(place / name, folder / name)
    for path in folder.iterdir():
        if path.name not in {*names, _OF}:
            path.unlink()
    (folder / _OF).write_text(str(place))


@contextmanager
def seeds_near(folder: Path) -> Iterator[None]:
    """Let a command write into the files that tell of the inputs, also where these lie in a bucket.

    Args:
        folder: the seeds, or the copies of those in a bucket (`Settings.seeds_folder`).

    Raises:
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    if not (folder / _OF).exists():
        yield
        return
    place = locations.prefix((folder / _OF).read_text())
    _bring(place, folder)
    before = _digests(folder)
    yield
    for name, digest in _digests(folder).items():
        if before.get(name) != digest:
            locations.put(folder / name, place / name)


def seeds_of_build(settings: Settings) -> Path:
    """Where the files lie that told of the inputs of the published build.

    Raises:
        warehouse.release.errors.ReleaseError: nothing is published.
    """
    record = build_record.require(settings.warehouse_folder)
    return Path(json.loads(record.read_text(encoding="utf-8"))["seeds_folder"])


def begin(settings: Settings) -> None:
    """Bring near what a build goes on with, and note what was published when it began."""
    bring_seeds(settings)
    if settings.bucket is None:
        return
    settings.staging.mkdir(parents=True, exist_ok=True)
    with atomic_path(_noted(settings)) as temporary:
        temporary.write_text(json.dumps(remote.read_pointer(settings.bucket).said))
    shards = open_shards(settings).folder
    shards.mkdir(parents=True, exist_ok=True)
    remote.pull_rows(settings.bucket, shards)


def finish(settings: Settings) -> None:
    """Take what is published to the bucket, and the extracted rows for other machines."""
    if settings.bucket is None:
        return
    remote.push_rows(settings.bucket, open_shards(settings).folder)
    tables = [path for table in TABLES for path in parquet.files(settings.tables, table.name)]
    files = {path.name: path for path in (*tables, settings.tables / build_record.FILE)}
    files[duckdb.FILE_NAME] = settings.warehouse_folder / duckdb.FILE_NAME
    before = remote.Seen(json.loads(_noted(settings).read_text()))
    remote.publish(settings.bucket, files, before)


def _noted(settings: Settings) -> Path:
    return settings.staging / "pointer.json"


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path) for path in folder.iterdir() if not path.name.startswith(".")}
