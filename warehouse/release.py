"""A release: an immutable, versioned copy of the published tables for the public."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warehouse import duckdb, parquet
from warehouse.tables import DOCUMENTS, TABLES

#: SemVer of the contracts: removed, renamed or retyped columns raise the first number.
SCHEMA_VERSION = "1.0.0"
MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
_CHECKOUT = Path(__file__).parents[1]
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d+)")


class ReleaseError(ValueError):
    """There is nothing to release, or it cannot be written."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that lies in `folder`; `is_new` is False where nothing had changed."""

    version: str
    folder: Path
    is_new: bool


def about(tables: Path, model: str, version: str = "unreleased") -> dict[str, str | None]:
    """What the table `_release` says of the tables in a folder."""
    return {
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "model": model,
        "inputs_sha256": _inputs_digest(tables),
        "packages_sha256": sha256(_CHECKOUT / "requirements.lock"),
    }


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def cut(warehouse: Path, releases: Path, today: date) -> Release:
    """Copy the published DuckDB file and tables into a new release folder.

    The version is `YYYY.M.PATCH`, the next free one of this month. Where the tables are those of
    the last release, that one is returned and nothing is written.

    Raises:
        ReleaseError: nothing has been published yet.
    """
    tables, database = warehouse / "tables", warehouse / duckdb.FILE_NAME
    if not database.exists():
        raise ReleaseError(f"Nothing is published in {warehouse} yet; run `otr build` first.")
    last = _last(releases)
    if last is not None and _same(tables, last):
        return Release(last.name, last, is_new=False)
    version = _next_version(releases, today)
    releases.mkdir(parents=True, exist_ok=True)
    half = releases / f".{version}.half"
    shutil.rmtree(half, ignore_errors=True)
    parquet.copy_tables(tables, half / "tables")
    shutil.copyfile(database, half / database.name)
    duckdb.set_version(half / database.name, version)
    _describe(half, version)
    half.rename(releases / version)
    return Release(version, releases / version, is_new=True)


def _describe(folder: Path, version: str) -> None:
    """Write the manifest and, last, the checksums of everything."""
    manifest = {
        "name": "On the Record",
        "version": version,
        "schema_version": SCHEMA_VERSION,
        "commit": _commit(),
        "release": duckdb.read_release(folder / duckdb.FILE_NAME),
        "tables": {t.name: _table_facts(folder / "tables" / f"{t.name}.parquet") for t in TABLES},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    lines = (f"{sha256(p)}  {p.relative_to(folder).as_posix()}\n" for p in files)
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _table_facts(path: Path) -> dict[str, Any]:
    return {
        "rows": parquet.count_rows(path),
        "bytes": path.stat().st_size,
        "sha256": sha256(path),
    }


def _inputs_digest(tables: Path) -> str:
    documents = parquet.read(tables / f"{DOCUMENTS.name}.parquet")
    pairs = zip(documents["source_id"].to_pylist(), documents["sha256"].to_pylist(), strict=True)
    lines = "".join(f"{source}\t{digest}\n" for source, digest in sorted(pairs))
    return hashlib.sha256(lines.encode()).hexdigest()


def _commit() -> str | None:
    """The commit of this checkout, with `-dirty` after it where files differ; None without git."""
    command = ["git", "-C", str(_CHECKOUT), "describe", "--always", "--dirty", "--abbrev=40"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _versions(releases: Path) -> dict[tuple[int, ...], Path]:
    folders = releases.iterdir() if releases.is_dir() else ()
    return {
        tuple(map(int, match.groups())): folder
        for folder in folders
        if (match := _VERSION.fullmatch(folder.name))
    }


def _last(releases: Path) -> Path | None:
    versions = _versions(releases)
    return versions[max(versions)] if versions else None


def _next_version(releases: Path, today: date) -> str:
    patches = [v[2] for v in _versions(releases) if v[:2] == (today.year, today.month)]
    return f"{today.year}.{today.month}.{max(patches, default=-1) + 1}"


def _same(tables: Path, release: Path) -> bool:
    manifest: Mapping[str, Any] = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
    facts = manifest["tables"]
    return manifest["schema_version"] == SCHEMA_VERSION and all(
        facts.get(t.name, {}).get("sha256") == sha256(tables / f"{t.name}.parquet") for t in TABLES
    )
