"""A release: what is in its folder, and that it never changes."""

import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Built, otr
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def warehouse(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built warehouse, with a first release."""
    folder = tmp_path_factory.mktemp("released") / "warehouse"
    shutil.copytree(built.folder, folder)
    run = otr("release", "--warehouse", folder)
    assert run.exit == 0, run.err
    return folder


@pytest.fixture(scope="module")
def release(warehouse: Path) -> Path:
    (folder,) = (warehouse / "releases").iterdir()
    return folder


def test_every_file_is_in_the_checksums_and_they_hold(release: Path) -> None:
    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=release, check=False).returncode == 0
    listed = {line.split(maxsplit=1)[1] for line in (release / "SHA256SUMS").open()}
    files = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert {name.strip() for name in listed} == files - {"SHA256SUMS"}


def test_the_manifest_the_database_and_the_tables_agree(release: Path, built: Built) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == release.name
    with duckdb.connect(str(release / "on_the_record.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT version FROM _release").fetchone() == (release.name,)
        for table in TABLES:
            count = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
            assert count == (manifest["tables"][table.name]["rows"],)
            name = f"tables/{table.name}.parquet"
            assert (release / name).read_bytes() == (built.folder / name).read_bytes()


def test_with_nothing_changed_no_release_is_made(warehouse: Path, release: Path) -> None:
    run = otr("release", "--warehouse", warehouse)
    assert run.exit == 0
    assert "Nothing changed" in run.out
    assert list((warehouse / "releases").iterdir()) == [release]


def test_a_changed_dataset_gets_the_next_version(warehouse: Path, release: Path) -> None:
    changed = warehouse.parent / "changed"
    shutil.copytree(warehouse, changed)
    shutil.copy(changed / "tables" / "dates.parquet", changed / "tables" / "blocks.parquet")
    assert otr("release", "--warehouse", changed).exit == 0
    year, month, patch = release.name.split(".")
    versions = {p.name for p in (changed / "releases").iterdir()}
    assert versions == {release.name, f"{year}.{month}.{int(patch) + 1}"}


def test_without_a_build_there_is_nothing_to_release(tmp_path: Path) -> None:
    run = otr("release", "--warehouse", tmp_path)
    assert run.exit == 2
    assert "run `otr build` first" in run.err
