"""The published DuckDB file, wherever the warehouse is."""

from pathlib import Path

from assets.settings import Settings
from assets.show import ShowError
from warehouse import duckdb, remote


def published_database(settings: Settings) -> Path:
    """The published DuckDB file: of a warehouse in a bucket a copy, fetched where it is not here.

    Raises:
        ShowError: nothing is published in the bucket.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    if settings.bucket is None:
        return settings.warehouse_folder / duckdb.FILE_NAME
    said = remote.read_pointer(settings.bucket).said
    if said is None:
        raise ShowError(f"Nothing is published at {settings.bucket} yet; run `otr build` first.")
    wanted = said["files"][duckdb.FILE_NAME]["object"]
    copy = settings.cache / "fetched" / Path(wanted).name
    if not copy.exists():
        remote.fetch(settings.bucket / wanted, copy)
        for other in copy.parent.iterdir():
            if other != copy:
                other.unlink()
    return copy
