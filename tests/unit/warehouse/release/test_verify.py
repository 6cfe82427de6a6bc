"""Verifying a release: each kind of failure is named plainly and has an exit code of its own."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.warehouse.release.published import folder_of, publish, release
from warehouse.release import index, manifest
from warehouse.release.errors import ReleaseError
from warehouse.release.verify import KINDS, verify
from warehouse.storage import sha256

pytestmark = pytest.mark.slow

DATABASE = "on_the_record.duckdb"
Tamper = Callable[[Path], None]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of two releases; only the second is tampered with."""
    warehouse = tmp_path_factory.mktemp("warehouse")
    publish(warehouse, "one")
    release(warehouse)
    publish(warehouse, "one", "two")
    release(warehouse)
    return warehouse / "releases"


@pytest.fixture
def cut(two: Path, tmp_path: Path) -> Path:
    shutil.copytree(two, tmp_path / "releases")
    return tmp_path / "releases" / "2026.11.1"


def failures(folder: Path, key: Path | None = None) -> dict[str, str]:
    """What failed, by kind, the faults of each joined."""
    return {r.kind.name: "; ".join(r.faults) for r in verify(folder, key) if r.faults}


def forge(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest, and write the checksums that fit it."""
    said = manifest.read(folder)
    change(said)
    manifest.write(said, folder)


def recount(folder: Path) -> None:
    """Let manifest and checksums say of each file what it is now, as a careful forger would."""

    def count(said: dict[str, Any]) -> None:
        for name, file in said["files"].items():
            path = folder / name
            file |= {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for table in said["tables"].values():
            table["files"] = {name: said["files"][name]["sha256"] for name in table["files"]}
            table["bytes"] = sum(said["files"][name]["bytes"] for name in table["files"])

    forge(folder, count)


def flip_a_byte(folder: Path) -> None:
    path = folder / "data" / "quotes.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def swap_two_tables(folder: Path) -> None:
    one, other = (folder / "data" / f"{name}.parquet" for name in ("quotes", "mentions"))
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def swap_in_an_older_table(folder: Path) -> None:
    older = folder.parent / "2026.11.0" / "data" / "quotes.parquet"
    shutil.copyfile(older, folder / "data" / "quotes.parquet")


def remove_a_row_from_duckdb(folder: Path) -> None:
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("DELETE FROM dates WHERE date_id = (SELECT min(date_id) FROM dates)")


def change_a_value_in_duckdb(folder: Path) -> None:
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("UPDATE quotes SET confidence = 0.99")


def break_a_key(folder: Path) -> None:
    path = folder / "data" / "entities.parquet"
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)


def edit(name: str, old: str, new: str) -> Tamper:
    def tamper(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return tamper


def said(**more: object) -> Tamper:
    return lambda folder: forge(folder, lambda manifest: manifest.update(more))


def forged_rows(folder: Path) -> None:
    forge(folder, lambda manifest: manifest["tables"]["quotes"].update(rows=7))


def forged_input(folder: Path) -> None:
    forge(folder, lambda manifest: manifest["inputs"].update({"one/bridge.txt": "0" * 64}))


def and_then(*steps: Tamper) -> Tamper:
    def tamper(folder: Path) -> None:
        for step in steps:
            step(folder)

    return tamper


def unlisted(folder: Path) -> None:
    """Take the release out of the index, which would know a forged manifest."""
    entries = [e for e in index.read(folder.parent) if e["version"] != folder.name]
    index.write(entries, folder.parent)


def test_a_release_that_is_whole(cut: Path) -> None:
    assert failures(cut) == {}


def test_it_is_whole_wherever_it_lies(cut: Path, tmp_path: Path) -> None:
    assert failures(Path(shutil.copytree(cut, tmp_path / "download"))) == {}


def test_every_kind_has_a_code_of_its_own() -> None:
    codes = [kind.exit for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("tamper", "kind", "words"),
    [
        (flip_a_byte, "checksums", "data/quotes.parquet is not the file that was released"),
        (
            lambda f: (f / "data" / "dates.parquet").unlink(),
            "files",
            "data/dates.parquet is missing",
        ),
        (lambda f: (f / "extra.txt").write_text("x"), "files", "extra.txt is not in SHA256SUMS"),
        (lambda f: (f / "SHA256SUMS").unlink(), "files", "it has no SHA256SUMS"),
        (lambda f: (f / "SHA256SUMS").write_text("x\n"), "files", "a line that is no checksum"),
        (
            lambda f: (f / "SHA256SUMS").write_text(f"{'0' * 64}  ../../secret\n"),
            "files",
            "a line that is no checksum",
        ),
        (lambda f: (f / "manifest.json").unlink(), "manifest", "it has no manifest.json"),
        (lambda f: (f / "manifest.json").write_text("{"), "manifest", "cannot be read"),
        (lambda f: (f / "manifest.json").write_text("[]"), "manifest", "no JSON object"),
        (lambda f: (f / "manifest.json").write_text("{}"), "manifest", "KeyError"),
        (remove_a_row_from_duckdb, "rows", "dates: 7 rows in DuckDB, 8 in Parquet"),
        (swap_two_tables, "schema", "data/quotes.parquet has not the columns of quotes"),
        (said(version="2026.11.9"), "index", "not the one that index.json lists"),
        # A forger who leaves no index to compare with, and mends the checksums:
        (and_then(said(version="2026.11.9"), unlisted), "rows", "version: 2026.11.1 in DuckDB"),
        (and_then(said(schema_version="9.0.0"), unlisted), "schema", "the manifest of 9.0.0"),
        (and_then(said(citation="Mine."), unlisted), "metadata", "gives another citation"),
        (
            and_then(
                lambda f: forge(f, lambda m: m["code"].update(commit="d" * 40)),
                unlisted,
            ),
            "rows",
            "code_commit: cccccc",
        ),
        (and_then(forged_rows, unlisted), "rows", "quotes: 12 rows in Parquet, 7 in the manifest"),
        (and_then(forged_input, unlisted), "rows", "inputs: the manifest's are not those"),
        (
            and_then(lambda f: forge(f, lambda m: m["files"].pop("README.md")), unlisted),
            "manifest",
            "it does not list README.md",
        ),
        # … and who lets it count the files anew:
        (
            and_then(swap_in_an_older_table, recount),
            "schema",
            "data/quotes.parquet says version 2026.11.0, the manifest 2026.11.1",
        ),
        (and_then(remove_a_row_from_duckdb, recount), "rows", "dates: 7 rows in DuckDB, 8"),
        (
            and_then(change_a_value_in_duckdb, recount),
            "rows",
            "quotes: the rows in DuckDB are not those in Parquet",
        ),
        (
            and_then(break_a_key, recount),
            "keys",
            "mentions.entity_id: 4 lead to no row of entities",
        ),
        (
            and_then(edit("schema.json", '"quote_no"', '"quote_number"'), recount),
            "schema",
            "schema.json is not version",
        ),
        (
            and_then(edit("CITATION.cff", "version: 2026.11.1", "version: 2020.1.1"), recount),
            "metadata",
            "CITATION.cff is of another version",
        ),
        (and_then(edit("CITATION.cff", "title:", "title: ["), recount), "metadata", "is no YAML"),
        (
            and_then(edit("datapackage.json", '"quote_no"', '"quote_number"'), recount),
            "metadata",
            "datapackage.json has other columns of quotes",
        ),
        (
            and_then(edit("croissant.json", "2026.11.1", "2020.1.1"), recount),
            "metadata",
            "croissant.json is of version 2020.1.1",
        ),
        (
            and_then(edit("README.md", "data/quotes.parquet\n", "data/x.parquet\n"), recount),
            "metadata",
            "README.md does not name the files",
        ),
        (
            and_then(edit("schema_diff.json", '"2026.11.0"', '"2026.10.0"'), recount),
            "metadata",
            "schema_diff.json compares with another release",
        ),
    ],
)
def test_a_failure_is_named(cut: Path, tamper: Tamper, kind: str, words: str) -> None:
    tamper(cut)
    found = failures(cut)
    assert words in found.get(kind, ""), found


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is no folder"):
        verify(tmp_path / "nowhere")
    assert set(failures(tmp_path)) >= {"files", "manifest"}


def keys(folder: Path, name: str) -> tuple[Path, Path]:
    """A new private key and its public half, as files."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return private, public


def test_a_signed_release(tmp_path: Path) -> None:
    ours, theirs = keys(tmp_path / "keys", "ours"), keys(tmp_path / "keys", "theirs")
    publish(tmp_path, "one")
    folder = folder_of(release(tmp_path, key=ours[0]))
    assert failures(folder) == {}
    assert failures(folder, ours[1]) == {}
    assert "signature" in failures(folder, theirs[1])
    forge(folder, lambda manifest: manifest["code"].update(commit="d" * 40))
    assert "manifest.json" in failures(folder)["signature"]
    (folder / "release.sig").unlink()
    assert "release.sig is missing" in failures(folder)["signature"]


def test_an_unsigned_release_does_not_pass_for_a_signed_one(cut: Path, tmp_path: Path) -> None:
    _, public = keys(tmp_path / "keys", "ours")
    assert "the key cannot vouch for it" in failures(cut, public)["signature"]


def test_what_is_no_signing_key_is_named(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("none")
    publish(tmp_path, "one")
    with pytest.raises(ReleaseError, match=r"key\.pem cannot be read"):
        release(tmp_path, key=key)
    assert not index.read(tmp_path / "releases")


def test_the_index_names_the_manifest_it_lists(cut: Path) -> None:
    entry = json.loads((cut.parent / index.LATEST).read_text())
    assert entry["manifest_sha256"] == sha256(cut / manifest.FILE)
