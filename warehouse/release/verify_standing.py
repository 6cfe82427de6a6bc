"""What became of a release after it was made: purged, yanked, or nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from warehouse.release import index, manifest, purged
from warehouse.release.errors import ReleaseError
from warehouse.release.profile import Profile, folder_name
from warehouse.storage import sha256


def agrees(release: Path, _: Path | None) -> Iterator[str]:
    """Whether the folder was purged of what the index beside it and its own file say it was."""
    here = release.resolve()
    said = purged.read(release)
    digests = ((_entry(here) or {}).get("purged") or {}).get("sha256", {})
    listed = digests.get(here.name)
    if listed is not None and said is None:
        yield (
            f"{index.FILE} says that it was purged, and this copy was not: it still holds what "
            "was withdrawn; fetch it again"
        )
    elif said is not None and listed is not None and sha256(release / purged.FILE) != listed:
        yield f"{purged.FILE} is not the one that {index.FILE} lists: it is forged or damaged"
    if said is not None:
        yield from _own_faults(release, said)


def _own_faults(release: Path, said: dict[str, Any]) -> Iterator[str]:
    """Whether what the file says was released is what the manifest says."""
    released = manifest.read_json(release, manifest.FILE)
    if said["version"] != released["version"]:
        yield f"{purged.FILE} is of version {said['version']}"
    for name, file in said["files"].items():
        if file["released_sha256"] != released["files"].get(name, {}).get("sha256"):
            yield f"{purged.FILE} says that another {name} was released than {manifest.FILE} does"


def notes(release: Path) -> list[str]:
    """What a reader has to know of a release that is whole: sentences; none where there is nothing.

    What cannot be read is left to the checks.
    """
    try:
        said, entry = purged.read(release), _entry(release.resolve())
    except ReleaseError:
        return []
    found = []
    for purge in said["purges"] if said else ():
        kinds = [row["kind"] for row in purge["removed"]]
        counts = ", ".join(f"{kind} {kinds.count(kind):,}" for kind in dict.fromkeys(kinds))
        found.append(
            f"purged on {purge['on']}: what was withdrawn is removed ({counts}). That is no "
            f"damage; {purged.FILE} says which, why, and what the files were."
        )
    if entry is not None and "yanked" in entry:
        yanked = entry["yanked"]
        found.append(f"yanked on {yanked['on']}, use another release: {yanked['reason']}")
    return found


def _entry(release: Path) -> index.Entry | None:
    """What the index beside a release says of it, or of its other profile."""
    for entry in index.read(release.parent):
        if release.name in [folder_name(entry["version"], name) for name in get_args(Profile)]:
            return entry
    return None
