"""The list of all releases: `index.json` and `latest.json`, beside the release folders.

A release is listed last of all, in one step. What is listed is whole; a whole folder that is not,
because something stopped the program between the two, is listed by the next release.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warehouse.release import manifest
from warehouse.release.errors import ReleaseError
from warehouse.release.facts import NAME
from warehouse.release.versions import parsed
from warehouse.storage import atomic_path, sha256

FILE = "index.json"
LATEST = "latest.json"
Entry = dict[str, Any]


def read(releases: Path) -> list[Entry]:
    """The releases that the index lists, oldest first; none where there is no index yet.

    Raises:
        ReleaseError: the index cannot be read, or is none.
    """
    path = releases / FILE
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["releases"]
        versions = {parsed(entry["version"]): entry for entry in entries}
        if None in versions or not all(isinstance(e["manifest_sha256"], str) for e in entries):
            raise ValueError("an entry has no version or no manifest_sha256")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReleaseError(f"{path} cannot be read ({error}); restore it from a copy.") from error
    return [versions[version] for version in sorted(v for v in versions if v)]


def with_unlisted(entries: list[Entry], releases: Path) -> list[Entry]:
    """The index, and the whole releases beside it that it does not list yet, oldest first.

    Raises:
        ReleaseError: a folder that has the name of a release is none.
    """
    listed = {entry["version"] for entry in entries}
    found = sorted(p.name for p in releases.iterdir()) if releases.is_dir() else []
    missing = [name for name in found if parsed(name) and name not in listed]
    added = [entry(releases / name) for name in missing]
    return sorted([*entries, *added], key=lambda e: parsed(e["version"]) or (0, 0, 0))


def listed(entries: list[Entry], version: str, releases: Path) -> Entry:
    """The entry of a version.

    Raises:
        ReleaseError: there is none; the message names those there are.
    """
    for found in entries:
        if found["version"] == version:
            return found
    there = ", ".join(e["version"] for e in entries) or "none"
    raise ReleaseError(f"There is no release “{version}” in {releases}; there are: {there}.")


def entry(release: Path) -> Entry:
    """What the index says of a release.

    Raises:
        ReleaseError: its manifest cannot be read.
    """
    said = manifest.read(release)
    if said.get("version") != release.name:
        raise ReleaseError(f"{release} is no release: its manifest names another version.")
    return {
        "version": said["version"],
        "released_on": said["released_on"],
        "schema_version": said["schema_version"],
        "status": "ok",
        "path": f"{release.name}/",
        "manifest_sha256": sha256(release / manifest.FILE),
        "rows": {name: table["rows"] for name, table in said["tables"].items()},
        "bytes": sum(file["bytes"] for file in said["files"].values()),
        "citation": said["citation"],
    }


def write(entries: list[Entry], releases: Path) -> None:
    """Write the index and what it says of the last release that was not yanked, if there is one."""
    _write({"name": NAME, "releases": entries}, releases / FILE)
    _write(good(entries), releases / LATEST)


def good(entries: list[Entry]) -> Entry:
    """The last release that was not yanked; the last of all where every one was."""
    return ([entry for entry in entries if "yanked" not in entry] or entries)[-1]


def check_listed(entry: Entry, releases: Path) -> Path:
    """The folder of a listed release, which is still what was listed.

    Raises:
        ReleaseError: the folder is missing, or its manifest is another than the one listed.
    """
    folder = releases / str(entry["version"])
    if not (folder / manifest.FILE).exists():
        raise ReleaseError(
            f"Release {folder.name} is listed in {releases / FILE}, but its folder is not there; "
            "fetch it, for the next one is compared with it."
        )
    if sha256(folder / manifest.FILE) != entry["manifest_sha256"]:
        raise ReleaseError(
            f"{folder / manifest.FILE} is not the one that was listed; restore it from a copy."
        )
    return folder


@contextmanager
def one_at_a_time(releases: Path) -> Iterator[None]:
    """Hold the releases for one writer.

    Raises:
        ReleaseError: another process is writing a release there, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        releases.mkdir(parents=True, exist_ok=True)
        guard = FileLock(releases / ".lock", timeout=0)
        guard.acquire()
    except Timeout:
        raise ReleaseError(
            f"Another release is being written to {releases}; wait for it to end."
        ) from None
    except OSError as error:
        raise ReleaseError(
            f"The folder {releases} cannot be written: {error.strerror}. Name one that can be with "
            "OTR_RELEASES."
        ) from error
    try:
        yield
    finally:
        guard.release()


def _write(said: Mapping[str, Any], path: Path) -> None:
    with atomic_path(path) as temporary:
        text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
        temporary.write_text(text, encoding="utf-8")
