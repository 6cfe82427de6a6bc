"""purged.json: what was removed from a release after it was made, and what its files are since.

The manifest stays as it was released; what this file says of the files that changed goes before it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warehouse.release.errors import ReleaseError
from warehouse.storage import sha256

FILE = "purged.json"
Row = dict[str, Any]


def read(release: Path) -> dict[str, Any] | None:
    """What a release's file says; None where nothing was ever removed.

    Raises:
        ReleaseError: it cannot be read.
    """
    path = release / FILE
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        parts = said["purges"], said["files"], said["tables"], said["version"]
        if not isinstance(parts[0], list) or not all(isinstance(p, dict) for p in parts[1:3]):
            raise ValueError("it holds something else")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReleaseError(f"{path} cannot be read: {error!r}.") from error
    return dict(said)


def removed(release: Path) -> list[Row]:
    """Everything that was removed from a release: `id`, `kind`, `reason` and `with_id`."""
    said = read(release)
    return [] if said is None else [row for purge in said["purges"] for row in purge["removed"]]


def overlaid(said: dict[str, Any], release: Path) -> dict[str, Any]:
    """A manifest, with what a purge changed as it is since."""
    since = read(release)
    if since is None:
        return said
    path = release / FILE
    own = {FILE: {"bytes": path.stat().st_size, "sha256": sha256(path)}}
    now = {name: {k: file[k] for k in ("bytes", "sha256")} for name, file in since["files"].items()}
    tables = {name: {**table, **since["tables"].get(name, {})} for name, table in _tables(said)}
    return {**said, "files": {**said["files"], **now, **own}, "tables": tables}


def _tables(said: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(said["tables"].items())
