"""manifest.json: everything that made a release and everything that is in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from warehouse import parquet
from warehouse.duckdb import FILE_NAME
from warehouse.release import purged
from warehouse.release.contracts import SCHEMA_VERSION
from warehouse.release.errors import ReleaseError
from warehouse.release.facts import LICENCE, NAME, TITLE, Facts
from warehouse.release.hashes import LOGICAL_HASH
from warehouse.storage import sha256

FILE = "manifest.json"
CHECKSUMS = "SHA256SUMS"
SIGNATURE = "release.sig"
PUBLIC_KEY = "release.pub"
#: What no list of files can hold, for it is written after the list; `SIGNATURE` covers the first.
UNLISTED = frozenset({CHECKSUMS, SIGNATURE})


def describe(
    facts: Facts,
    release: Path,
    hashes: Mapping[str, str],
    files: Mapping[str, list[str]],
    digests: Mapping[str, str | None],
    previous: Mapping[str, Any] | None,
    built: Mapping[str, str] | None,
) -> dict[str, Any]:
    """The manifest of a release whose other files are written.

    Args:
        facts: what the release says of itself.
        release: its folder.
        hashes: each table's logical hash.
        files: each table's files.
        digests: of every input, by its source_id.
        previous: the index's entry of the release before; None for the first.
        built: each table's logical hash in the full release; None where this is it.
    """
    build = facts.build
    checks = build.checks
    return {
        "name": NAME,
        "title": TITLE,
        "version": facts.version,
        "profile": facts.profile,
        "policy": facts.policy and asdict(facts.policy),
        "released_on": facts.released_on.isoformat(),
        "schema_version": SCHEMA_VERSION,
        "licence": LICENCE,
        "citation": facts.citation,
        "previous": previous and {k: previous[k] for k in ("version", "manifest_sha256")},
        "code": {
            "commit": build.commit,
            "changed_since_commit": list(build.changed),
            "packages_sha256": build.packages_sha256,
        },
        "model": {"name": build.model.name, "sha256": build.model.sha256},
        "checks": {
            "passed": sum(c.passed for c in checks),
            "warned": sum(not c.passed for c in checks),
        },
        "logical_hash": LOGICAL_HASH,
        "tables": {
            name: {
                "rows": sum(parquet.count_rows(release / file) for file in files[name]),
                "bytes": sum((release / file).stat().st_size for file in files[name]),
                "logical_hash": logical_hash,
                "built_logical_hash": (built or hashes)[name],
                "files": {file: sha256(release / file) for file in files[name]},
            }
            for name, logical_hash in hashes.items()
        },
        "database": FILE_NAME,
        "files": {
            name: {"bytes": (release / name).stat().st_size, "sha256": sha256(release / name)}
            for name in file_names(release)
            if name != FILE
        },
        "seeds": dict(build.seeds),
        "inputs_sha256": facts.inputs_sha256,
        "inputs": dict(digests),
    }


def file_names(release: Path) -> list[str]:
    """Every file of a release but those that are written after the checksums, sorted."""
    files = (p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file())
    return sorted(name for name in files if name not in UNLISTED)


def write(manifest: Mapping[str, Any], release: Path) -> None:
    """Write the manifest and, last, the checksums of every file."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (release / FILE).write_text(text, encoding="utf-8")
    write_checksums(release)


def write_checksums(release: Path) -> None:
    """Write the checksums of every file of a release."""
    lines = (f"{sha256(release / name)}  {name}\n" for name in file_names(release))
    (release / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def read(release: Path) -> dict[str, Any]:
    """Read the manifest of a release, what a purge changed in it as it is since.

    Raises:
        ReleaseError: there is none, or it is no JSON object.
    """
    return purged.overlaid(read_json(release, FILE), release)


def read_json(release: Path, name: str) -> dict[str, Any]:
    """Read one of a release's JSON files.

    Raises:
        ReleaseError: there is none, or it is no JSON object.
    """
    try:
        said = json.loads((release / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ReleaseError(f"{release} is no release: it has no {name}.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ReleaseError(f"{release / name} cannot be read: {error}.") from error
    if not isinstance(said, dict):
        raise ReleaseError(f"{release / name} holds no JSON object.")
    return said
