"""The outer checks of a release: which files there are, their bytes, whose they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from warehouse.release import index, manifest, signature
from warehouse.release.errors import ReleaseError
from warehouse.storage import sha256

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def missing_and_unknown(release: Path, _: Path | None) -> Iterator[str]:
    """Files that are listed and not there, and the other way round."""
    listed, there = set(_checksums(release)), set(manifest.file_names(release))
    yield from (f"{name} is missing" for name in sorted(listed - there))
    yield from (f"{name} is not in {manifest.CHECKSUMS}" for name in sorted(there - listed))


def checksums(release: Path, _: Path | None) -> Iterator[str]:
    """Files whose bytes are not those that were released."""
    for name, digest in _checksums(release).items():
        path = release / name
        if path.is_file() and sha256(path) != digest:
            yield f"{name} is not the file that was released"


def signature_holds(release: Path, key: Path | None) -> Iterator[str]:
    """What is wrong with the signature; a release needs none unless a key is given."""
    if not (release / manifest.SIGNATURE).exists():
        if key is not None:
            yield f"there is no {manifest.SIGNATURE}, so the key cannot vouch for it"
        elif (release / manifest.PUBLIC_KEY).exists():
            yield f"it was signed, and {manifest.SIGNATURE} is missing"
    elif fault := signature.fault(release, key):
        yield f"{manifest.SIGNATURE} does not hold: {fault}"


def listed(release: Path, _: Path | None) -> Iterator[str]:
    """Whether the index beside the release lists this very one; there may be no index."""
    for entry in index.read(release.resolve().parent):
        if entry["version"] != release.resolve().name:
            continue
        if sha256(release / manifest.FILE) != entry["manifest_sha256"]:
            yield f"{manifest.FILE} is not the one that {index.FILE} lists: it is forged or damaged"


def manifest_agrees(release: Path, _: Path | None) -> Iterator[str]:
    """Whether the manifest lists the files that are there, with their sizes and digests."""
    said = manifest.read(release)
    there = set(manifest.file_names(release)) - {manifest.FILE}
    yield from (f"it does not list {name}" for name in sorted(there - set(said["files"])))
    for name, file in said["files"].items():
        path = release / name
        if name not in there:
            yield f"it lists {name}, which is not there"
        elif file["bytes"] != path.stat().st_size or file["sha256"] != sha256(path):
            yield f"it lists another {name}"
    for table, of in said["tables"].items():
        for name, digest in of["files"].items():
            if said["files"].get(name, {}).get("sha256") != digest:
                yield f"it gives {name} of {table} two digests"
        if of["bytes"] != sum(said["files"][name]["bytes"] for name in of["files"]):
            yield f"its bytes of {table} are not those of its files"


def _checksums(release: Path) -> dict[str, str]:
    """The digests that `sha256sum -c` reads, by file.

    Raises:
        ReleaseError: there are none, or a line is none, or leads out of the folder.
    """
    path = release / manifest.CHECKSUMS
    if not path.is_file():
        raise ReleaseError(f"{release} is no release: it has no {manifest.CHECKSUMS}.")
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match[2].startswith("/") or ".." in Path(match[2]).parts:
            raise ReleaseError(
                f"{manifest.CHECKSUMS} holds a line that is no checksum: {line[:99]}"
            )
        found[match[2]] = match[1]
    return found
