"""Removing what was withdrawn from a release that was made before.

The folder is written anew beside the old one, and takes its place when it is whole and proved. What
says what was released (manifest, index, changelog, changes) stays; `purged.json` tells the rest.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import duckdb as engine

from warehouse import parquet
from warehouse.duckdb import FILE_NAME as DATABASE
from warehouse.release import (
    card,
    contracts,
    croissant,
    data,
    datapackage,
    index,
    manifest,
    purge_database,
    purge_rows,
    purged,
    rights,
    signature,
)
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import logical_hash, parquet_relation
from warehouse.release.policy import Policy
from warehouse.release.profile import Profile, folder_name
from warehouse.release.verify import verify
from warehouse.storage import sha256
from warehouse.tables import ARTICLES, Table
from warehouse.tables.withdrawals import Withdrawals

_EXPLANATION = (
    "After this release was made, what `purges` lists was withdrawn and removed from its data. The "
    "ids stay, so that a citation of one still leads here. `files` and `tables` say what those "
    "that changed were and what they are since; all others are as they were released."
)


@dataclass(frozen=True, slots=True)
class Purge:
    """What is asked: the release, what is withdrawn, and what lives on as it.

    `merged` gives the published ids that turned out to be another one; `key` signs what is left of
    a signed release.
    """

    releases: Path
    version: str
    withdrawn: Withdrawals
    merged: Mapping[str, str]
    today: date
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Purged:
    """What came of it, for one folder: the rows of what was removed, and files still to look at.

    `naming` are files that people wrote and that hold words of what was removed.
    """

    folder: Path
    removed: tuple[dict[str, Any], ...]
    naming: tuple[str, ...]


def purge(order: Purge) -> list[Purged]:
    """Remove what was withdrawn from all profiles of a release, and mark it in the index.

    A folder that holds nothing of it is left as it is.

    Raises:
        ReleaseError: there is no such release, it is not the one that was listed, it is signed and
            no key is given, or it cannot be read or written.
    """
    with index.one_at_a_time(order.releases):
        entries = index.read(order.releases)
        entry = index.listed(entries, order.version, order.releases)
        _finish(order)
        index.check_listed(entry, order.releases)
        folders = _folders(order)
        done = [_purge(folder, order) for folder in folders if folder.is_dir()]
        if any(one.removed for one in done):
            digests = {
                folder.name: sha256(folder / purged.FILE)
                for folder in folders
                if (folder / purged.FILE).exists()
            }
            entry["purged"] = {"on": order.today.isoformat(), "sha256": digests}
            entry["status"] = "yanked" if "yanked" in entry else "purged"
            index.write(entries, order.releases)
    return done


def _folders(order: Purge) -> list[Path]:
    """The folders of all profiles of the release, which need not be there."""
    return [order.releases / folder_name(order.version, name) for name in get_args(Profile)]


def _purge(folder: Path, order: Purge) -> Purged:
    """Write a folder anew without what was withdrawn, and put it in the old one's place."""
    if (folder / manifest.SIGNATURE).exists() and order.key is None:
        raise ReleaseError(
            f"{folder.name} is signed, which no longer holds once a file changes; give the private "
            "key with --key, so that what is left is signed again."
        )
    tables = contracts.load(manifest.read_json(folder, contracts.FILE))
    files = {t.name: parquet.files(folder / data.FOLDER, t.name) for t in tables}
    with purge_rows.opened(tables, files) as connection:
        removed, words = purge_rows.find(connection, order.withdrawn, order.merged)
        if not removed:
            return Purged(folder, (), ())
        half = order.releases / f".{folder.name}.purging"
        shutil.rmtree(half, ignore_errors=True)
        try:
            shutil.copytree(folder, half, copy_function=_linked)
            _write(connection, tables, files, half, order, removed)
            if faults := [fault for result in verify(half) for fault in result.faults]:
                raise ReleaseError(f"What is left does not agree with itself: {'; '.join(faults)}.")
            naming = tuple(_naming(half, words))
            _replace(folder, half)
        except (OSError, engine.Error) as error:
            raise ReleaseError(f"{folder.name} could not be purged: {error}.") from error
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return Purged(folder, tuple(removed), naming)


def _linked(source: str, target: str) -> None:
    """A second place for a file that is replaced, never written to."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _write(
    connection: engine.DuckDBPyConnection,
    tables: tuple[Table, ...],
    files: Mapping[str, list[Path]],
    half: Path,
    order: Purge,
    removed: list[dict[str, Any]],
) -> None:
    """Everything of a purged release that differs from what it was."""
    before = manifest.read(half)
    changed = []
    for table in tables:
        paths = files[table.name]
        done = [
            purge_rows.rewrite(connection, table, p, half / data.FOLDER / p.name) for p in paths
        ]
        if any(done):
            changed.append(table)
    purge_database.rewrite(half / DATABASE, changed, half / data.FOLDER, tables)
    now = {table.name: _facts(half, table) for table in changed}
    _describe(half, before, now)
    _tell_rights(half, before, tables)
    _tell(half, before, now, {"on": order.today.isoformat(), "removed": removed})
    if order.key is not None:
        _fresh(half / manifest.SIGNATURE)
        _fresh(half / manifest.PUBLIC_KEY)
        signature.write_public_key(order.key, half)
    _fresh(half / manifest.CHECKSUMS)
    manifest.write_checksums(half)
    if order.key is not None:
        signature.sign(half, order.key)


def _facts(half: Path, table: Table) -> dict[str, Any]:
    """What a manifest says of a table."""
    paths = parquet.files(half / data.FOLDER, table.name)
    with engine.connect() as connection:
        digest = logical_hash(connection, table, parquet_relation(paths))
    return {
        "rows": sum(parquet.count_rows(path) for path in paths),
        "bytes": sum(path.stat().st_size for path in paths),
        "logical_hash": digest,
        "files": {path.relative_to(half).as_posix(): sha256(path) for path in paths},
    }


def _tell(
    half: Path, before: Mapping[str, Any], now: Mapping[str, Any], removed: dict[str, Any]
) -> None:
    """Write or extend `purged.json`."""
    released = manifest.read_json(half, manifest.FILE)
    said = purged.read(half) or {"purges": [], "files": {}, "tables": {}}
    names = [n for n in released["files"] if sha256(half / n) != before["files"][n]["sha256"]]
    files = {
        name: {
            **{f"released_{fact}": released["files"][name][fact] for fact in ("bytes", "sha256")},
            "bytes": (half / name).stat().st_size,
            "sha256": sha256(half / name),
        }
        for name in names
    }
    said = {
        "version": released["version"],
        "what": _EXPLANATION,
        "purges": [*said["purges"], removed],
        "files": {**said["files"], **files},
        "tables": {**said["tables"], **now},
    }
    _put(half / purged.FILE, said)


def _describe(half: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Let what describes the tables say how large they are, and that something was removed."""
    package = manifest.read_json(half, datapackage.FILE)
    for resource in package["resources"]:
        if (table := now.get(resource["name"])) is not None:
            resource["bytes"] = table["bytes"]
            if "hash" in resource:
                resource["hash"] = f"sha256:{next(iter(table['files'].values()))}"
    _put(half / datapackage.FILE, package)
    dataset = manifest.read_json(half, croissant.FILE)
    digests = {name: digest for table in now.values() for name, digest in table["files"].items()}
    for part in dataset["distribution"]:
        if (digest := digests.get(part.get("contentUrl", ""))) is not None:
            part |= {
                "sha256": digest,
                "contentSize": f"{(half / part['contentUrl']).stat().st_size} B",
            }
    _put(half / croissant.FILE, dataset)
    text = (half / card.FILE).read_text(encoding="utf-8")
    for name, table in now.items():
        rows = f"| `{name}` | {before['tables'][name]['rows']:,} |"
        text = text.replace(rows, f"| `{name}` | {table['rows']:,} |")
    if _NOTE not in text:
        head, title, rest = text.partition("\n# ")
        heading, line_end, body = rest.partition("\n")
        text = f"{head}{title}{heading}{line_end}\n{_NOTE}{body}"
    _fresh(half / card.FILE)
    (half / card.FILE).write_text(text, encoding="utf-8")


_RIGHTS = "RIGHTS.md"
#: What a card says of a purge.
_NOTE = "> Withdrawn rows were removed from this release; `purged.json` says which, and why.\n"


def _tell_rights(half: Path, said: Mapping[str, Any], tables: Iterable[Table]) -> None:
    """Count whose articles are left; in the first schema nobody had decided anything."""
    articles = next(table for table in tables if table.name == ARTICLES.name)
    if "rights_code" in articles.column_names:
        policy = None if said.get("policy") is None else Policy(**said["policy"])
        page = rights.render(parquet.files(half / data.FOLDER, articles.name), policy)
        _fresh(half / _RIGHTS)
        (half / _RIGHTS).write_text(page, encoding="utf-8")


def _put(path: Path, said: Mapping[str, Any]) -> None:
    _fresh(path)
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _fresh(path: Path) -> None:
    """Make room for a new file: the old one may be the same as one of the release."""
    path.unlink(missing_ok=True)


def _naming(half: Path, words: Iterable[str]) -> Iterator[str]:
    """The files, of those that can be read as text, in which words of what was removed stand."""
    sought = sorted({" ".join(text.split()) for text in words} - {""})
    for name in manifest.file_names(half):
        if not name.endswith((".parquet", ".duckdb")):
            text = " ".join((half / name).read_text(encoding="utf-8", errors="replace").split())
            if any(part in text for part in sought):
                yield name


def _replace(folder: Path, half: Path) -> None:
    """Put the new folder in the old one's place, and remove the old one."""
    before = folder.with_name(f".{folder.name}.before")
    folder.rename(before)
    half.rename(folder)
    shutil.rmtree(before)


def _finish(order: Purge) -> None:
    """Put back, or remove, what was left when a purge was killed between its two renames."""
    for folder in _folders(order):
        before = folder.with_name(f".{folder.name}.before")
        if before.is_dir() and not folder.exists():
            before.rename(folder)
        shutil.rmtree(before, ignore_errors=True)
