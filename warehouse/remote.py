"""A warehouse in a bucket: what a build publishes there, and what it keeps for the next one.

    current.json                    the pointer: which objects are published, and those before them
    published/NAME-DIGEST.SUFFIX    tables, DuckDB file and build record; never written to again
    rows-FORM/SHARD/                the store of extracted rows, so that any machine goes on with it
    locks/FOLDER                    who is building

Everything is built in a folder of this machine. Publishing uploads what is new under new names,
then replaces the pointer, so that who follows it reads all of one build. The objects of the build
before stay, for those who are still reading them.
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import locations
from warehouse.locations import LocationError, Object, Prefix
from warehouse.storage import WarehouseError, atomic_path, sha256

POINTER = "current.json"
_FORM = 1
_PUBLISHED = "published"
#: What the folders of extracted rows are called, of each form of the tables.
_ROWS = "rows-"
#: The last file of a shard to arrive: with it a shard is whole.
_LAST_OF_SHARD = "keys"
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The pointer as it stood at some time; None before the first build."""

    said: Said | None

    def names(self) -> list[str]:
        """The names of the objects that it leads to."""
        if self.said is None:
            return []
        return [str(found["object"]) for found in self.said["files"].values()]


def read_pointer(place: Prefix) -> Seen:
    """Read which objects are published.

    Raises:
        WarehouseError: the pointer is none of ours.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    data = locations.get(place / POINTER)
    if data is None:
        return Seen(None)
    try:
        said = json.loads(data)
        if said["form"] != _FORM:
            raise WarehouseError(f"{place} was published by another version of On the Record.")
        seen = Seen(said)
        seen.names()
    except (ValueError, TypeError, KeyError) as error:
        raise WarehouseError(
            f"{place / POINTER} points nowhere ({error}); is this a warehouse?"
        ) from error
    return seen


def publish(place: Prefix, files: Mapping[str, Path], before: Seen) -> bool:
    """Upload what is new of some files, each under a new name, then turn the pointer to all.

    Args:
        place: the warehouse.
        files: what is published, by its name.
        before: the pointer as it stood when the build began.

    Returns:
        Whether anything was new.

    Raises:
        WarehouseError: another build published since.
        warehouse.locations.LocationError: the server does not answer, or refuses; what was
            published before still stands.
    """
    found = {name: _described(path) for name, path in files.items()}
    if before.said is not None and before.said["files"] == found:
        return False
    there = {name: size for name, (size, _) in locations.objects(place.below(_PUBLISHED))}
    for name, path in files.items():
        target = str(found[name]["object"])
        # What an upload that broke left has another size.
        if there.get(target.removeprefix(f"{_PUBLISHED}/")) != found[name]["bytes"]:
            locations.put(path, place / target)
    if read_pointer(place) != before:
        raise WarehouseError(f"Another build published in {place} meanwhile; build again.")
    said = {"form": _FORM, "files": found, "before": before.names()}
    text = json.dumps(said, indent=1) + "\n"
    locations.put_bytes(text.encode(), place / POINTER)
    _sweep(place, Seen(said), before)
    return True


def fetch(found: Object, path: Path) -> None:
    """Copy an object to a file, which is there whole or not at all.

    Raises:
        FileNotFoundError: there is no such object.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    with (
        atomic_path(path) as temporary,
        locations.open_object(found) as source,
        temporary.open("wb") as target,
    ):
        shutil.copyfileobj(source, target, 2**23)


def pull_rows(place: Prefix, folder: Path) -> int:
    """Bring the shards here that other machines stored; returns how many there were.

    Raises:
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    stored = place.below(folder.name)
    shards = _shards(name for name, _ in locations.objects(stored))
    missing = [
        s for s in sorted(shards) if _LAST_OF_SHARD in shards[s] and not (folder / s).exists()
    ]
    for shard in missing:
        half = folder / f".{shard}"
        for name in shards[shard]:
            fetch(stored / f"{shard}/{name}", half / name)
        half.rename(folder / shard)
    return len(missing)


def push_rows(place: Prefix, folder: Path) -> None:
    """Store the shards of this machine, and remove those that it has no more.

    Those of another form are removed too: their rows are of tables as they were before.

    Raises:
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    names = [name for name, _ in locations.objects(place) if name.startswith(_ROWS)]
    start = f"{folder.name}/"
    there = _shards(name.removeprefix(start) for name in names if name.startswith(start))
    here = {path.name: path for path in folder.glob("[!.]*") if path.is_dir()}
    for shard, path in here.items():
        if _LAST_OF_SHARD not in there.get(shard, ()):
            for file in sorted(path.iterdir(), key=lambda file: file.name == _LAST_OF_SHARD):
                locations.put(file, place / f"{start}{shard}/{file.name}")
    mine = {f"{start}{shard}" for shard in here}
    locations.remove((n for n in names if n.rpartition("/")[0] not in mine), place)


def _shards(names: Iterable[str]) -> dict[str, list[str]]:
    shards: dict[str, list[str]] = {}
    for name in names:
        shard, _, file = name.partition("/")
        if file and "/" not in file and not shard.startswith("."):  # nothing else is ours
            shards.setdefault(shard, []).append(file)
    return shards


#: What numbers the files of a table.
_PART = re.compile(r"-\d{5}-of-\d{5}$")


def _described(path: Path) -> Said:
    digest = sha256(path)
    # A part that only got another number is there already.
    name = f"{_PUBLISHED}/{_PART.sub('', path.stem)}-{digest[:16]}{path.suffix}"
    return {"object": name, "sha256": digest, "bytes": path.stat().st_size}


def _sweep(place: Prefix, *kept: Seen) -> None:
    """Remove what neither this build nor the one before published, halves of others among it."""
    names = {name for seen in kept for name in seen.names()}
    with suppress(LocationError):  # all is published; the next build sweeps again
        there = [f"{_PUBLISHED}/{name}" for name, _ in locations.objects(place.below(_PUBLISHED))]
        locations.remove((name for name in there if name not in names), place)
