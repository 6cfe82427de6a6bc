"""Cutting a release: when there is one, what is in it, and that nothing half made is listed."""

import errno
import json
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import (
    CLEAN,
    COMMIT,
    FAILED,
    folder_of,
    publish,
    release,
)
from warehouse import parquet
from warehouse.registry import read_registry
from warehouse.release import accuracy, checkout, contents, index, manifest
from warehouse.release.checkout import Checkout
from warehouse.release.errors import ReleaseError
from warehouse.storage import WarehouseError
from warehouse.tables import QUOTES, TABLES

pytestmark = pytest.mark.slow


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    publish(tmp_path, "one")
    return tmp_path


def listed(warehouse: Path) -> list[str]:
    return [entry["version"] for entry in index.read(warehouse / "releases")]


def add_a_dot(dataset: Dataset) -> None:
    dataset["quotes", "boat"]["speaker_role"] = "the harbour master"


def test_the_first_release(warehouse: Path) -> None:
    made = release(warehouse)
    assert made.version == "2026.11.0"
    assert listed(warehouse) == ["2026.11.0"]
    latest = json.loads((warehouse / "releases" / index.LATEST).read_text())
    assert latest["version"] == "2026.11.0"
    assert latest["path"] == "2026.11.0/"
    assert latest["rows"]["quotes"] == 6
    assert "version 2026.11.0" in made.citation
    said = manifest.read(folder_of(made))
    assert said["code"] == {
        "commit": COMMIT,
        "changed_since_commit": [],
        "packages_sha256": CLEAN.packages_sha256,
    }
    assert said["model"] == {"name": "a_model-1.0", "sha256": "8" * 64}
    assert said["previous"] is None
    assert said["inputs"]["one/bridge.txt"]
    assert len(said["inputs"]) == 4


def test_every_file_of_a_release_is_in_its_checksums(warehouse: Path) -> None:
    folder = folder_of(release(warehouse))
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    names = {line.split(maxsplit=1)[1].strip() for line in (folder / "SHA256SUMS").open()}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert names == there - {"SHA256SUMS"}
    assert {
        *("README.md", "DICTIONARY.md", "CHANGELOG.md", "LICENSE", "RIGHTS.md"),
        *("CITATION.cff", "citation.bib", "manifest.json", "schema.json", "schema_diff.json"),
        *("datapackage.json", "croissant.json", "on_the_record.duckdb", "quality/checks.json"),
        *(f"data/{t.name}.parquet" for t in TABLES),
        *(f"changes/{t.name}.parquet" for t in TABLES),
    } <= names
    assert any(name.startswith("queries/") for name in names)


def test_a_parquet_file_says_what_it_is(warehouse: Path) -> None:
    file = pq.ParquetFile(folder_of(release(warehouse)) / "data" / "quotes.parquet")
    said = {k.decode(): v.decode() for k, v in (file.schema_arrow.metadata or {}).items()}
    assert said["version"] == "2026.11.0"
    assert said["licence"] == "CC-BY-4.0"
    assert said["schema_version"]
    assert "version 2026.11.0" in said["citation"]
    assert said["description"] == QUOTES.doc
    group = file.metadata.row_group(0)
    assert {group.column(n).compression for n in range(group.num_columns)} == {"ZSTD"}
    assert group.column(0).has_column_index
    names = [file.schema_arrow.names[c.column_index] for c in group.sorting_columns]
    assert names == ["article_id", "start_char", "quote_id"]
    rows = file.read().select(names[:2]).to_pylist()
    assert rows == sorted(rows, key=lambda row: (row["article_id"], row["start_char"]))


def test_with_nothing_changed_none_is_made(warehouse: Path) -> None:
    first = release(warehouse)
    again = release(warehouse)
    assert (again.version, again.folder) == (first.version, first.folder)
    assert again.differences is None
    assert listed(warehouse) == ["2026.11.0"]
    publish(warehouse, "one")  # a build that reads the registry the release wrote
    assert release(warehouse).differences is None


def test_a_change_makes_the_next_version_and_says_why(warehouse: Path) -> None:
    first = folder_of(release(warehouse))
    before = {p: p.read_bytes() for p in first.rglob("*") if p.is_file()}
    publish(warehouse, "one", "two")
    made = release(warehouse)
    assert made.version == "2026.11.1"
    assert listed(warehouse) == ["2026.11.0", "2026.11.1"]
    said = manifest.read(folder_of(made))
    assert said["previous"]["version"] == "2026.11.0"
    rows = parquet.read(folder_of(made) / "changes" / "quotes.parquet").to_pylist()
    assert len(rows) == 6
    assert {(r["change"], r["reason"]) for r in rows} == {("added", "new_document")}
    told = (folder_of(made) / "CHANGELOG.md").read_text()
    assert told.index("## 2026.11.1") < told.index("## 2026.11.0")
    assert told.count("Five news texts") == 1, "a lead is told once"
    assert before == {p: p.read_bytes() for p in first.rglob("*") if p.is_file()}


def test_a_withdrawal_is_built_before_it_is_released(warehouse: Path) -> None:
    release(warehouse)
    told = warehouse / "seeds" / "withdrawn.toml"
    told.write_text('source."one/bridge.txt" = { reason = "harm" }\n')
    with pytest.raises(ReleaseError, match=r"withdrawn\.toml changed after the build"):
        release(warehouse)


def test_a_dry_run_says_what_would_change_and_leaves_nothing(warehouse: Path) -> None:
    made = release(warehouse, dry_run=True)
    assert made.folder is None
    assert made.differences is not None
    assert made.differences.rows["quotes"] == 6
    assert listed(warehouse) == []
    assert [p.name for p in (warehouse / "releases").iterdir()] == [".lock"]
    assert not (warehouse / "seeds" / "registry.parquet").exists()


def test_it_extends_the_registry(warehouse: Path) -> None:
    release(warehouse)
    rows = read_registry(warehouse / "seeds" / "registry.parquet").to_pylist()
    by_name = {row["name"]: row for row in rows}
    assert by_name["Mira Solvang"]["last_release"] == "2026.11.0"
    assert by_name["Odd Berg"]["status"] == "absent"


def test_it_ships_the_table_of_accuracy_of_its_own_code(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = warehouse / accuracy.FOLDER
    folder.mkdir()
    for name in accuracy.FILES:
        (folder / name).write_text('{"measured": true}')
    monkeypatch.setattr(checkout, "read", lambda: Checkout("d" * 40, (), "9" * 64))
    accuracy.stamp(folder)
    assert not release(warehouse, dry_run=True).is_measured, "it is of another commit"
    monkeypatch.setattr(checkout, "read", lambda: CLEAN)
    accuracy.stamp(folder)
    assert accuracy.is_current(folder)
    made = release(warehouse)
    assert made.is_measured
    assert (folder_of(made) / "quality" / "accuracy.md").read_text() == '{"measured": true}'


def test_without_a_build_there_is_nothing_to_release(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="run `otr build` first"):
        release(tmp_path)


def test_a_blocking_check_that_failed_is_named(tmp_path: Path) -> None:
    publish(tmp_path, "one", checks=[FAILED])
    with pytest.raises(ReleaseError, match=r"broke blocking checks: quotes\.text\.not_null"):
        release(tmp_path)


def test_tables_that_were_never_checked_are_not_released(warehouse: Path) -> None:
    record = warehouse / "tables" / "build.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"checks": []}))
    with pytest.raises(ReleaseError, match="were never checked"):
        release(warehouse)


def test_tables_that_are_not_those_checked_are_not_released(warehouse: Path) -> None:
    table = warehouse / "tables" / "quotes.parquet"
    parquet.write(parquet.read(table).slice(1), table)
    with pytest.raises(ReleaseError, match="are not those it published"):
        release(warehouse)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"checks": 1}'])
def test_a_damaged_build_record_is_named(warehouse: Path, damage: bytes) -> None:
    (warehouse / "tables" / "build.json").write_bytes(damage)
    with pytest.raises(ReleaseError, match=r"build\.json cannot be read"):
        release(warehouse)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (
            Checkout(COMMIT, ("pipelines/a.py", "b"), "9"),
            r"not clean \(pipelines/a\.py and 1 more\)",
        ),
        (Checkout("d" * 40, (), "9"), "built from another commit"),
        (Checkout(None, (), "9"), "no git checkout"),
    ],
)
def test_only_a_clean_checkout_releases(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, now: Checkout, says: str
) -> None:
    monkeypatch.setattr(checkout, "read", lambda: now)
    with pytest.raises(ReleaseError, match=says):
        release(warehouse, allow_dirty=False)
    assert release(warehouse).version == "2026.11.0"


def test_what_was_not_committed_is_recorded(tmp_path: Path) -> None:
    publish(tmp_path, "one", checkout=Checkout(COMMIT, ("pipelines/a.py",), "9" * 64))
    said = manifest.read(folder_of(release(tmp_path)))
    assert said["code"]["changed_since_commit"] == ["pipelines/a.py"]


@pytest.mark.parametrize(
    ("version", "says"), [("2026.10.0", "goes backwards"), ("2026.11.0", "exists")]
)
def test_no_version_is_written_again_or_before(warehouse: Path, version: str, says: str) -> None:
    release(warehouse)
    publish(warehouse, "one", "two")
    with pytest.raises(ReleaseError, match=says):
        release(warehouse, version=version)


def test_two_releases_at_once(warehouse: Path) -> None:
    with (
        index.one_at_a_time(warehouse / "releases"),
        pytest.raises(ReleaseError, match="Another release is being written"),
    ):
        release(warehouse)
    holding = "import sys; from pathlib import Path; from warehouse.storage import lock\n"
    holding += "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", holding, str(warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(WarehouseError, match="in use"):
            release(warehouse)
        other.communicate()


def test_of_many_at_once_one_is_made(warehouse: Path) -> None:
    done: list[str] = []

    def run() -> None:
        try:
            done.append(release(warehouse).version)
        except (ReleaseError, WarehouseError) as error:
            done.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "2026.11.0" in done
    assert listed(warehouse) == ["2026.11.0"]


@pytest.mark.parametrize("step", ["_write_tables", "_write_differences", "_write_texts"])
def test_a_full_disk_lists_nothing(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = release(warehouse)
    publish(warehouse, "one", edit=add_a_dot)
    real = getattr(contents, step)

    def full(*arguments: object) -> None:
        real(*arguments)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(contents, step, full)
        with pytest.raises(ReleaseError, match=r"2026\.11\.1 could not be written.*No space left"):
            release(warehouse)
    assert listed(warehouse) == [first.version]
    assert not list((warehouse / "releases").glob(".*half*"))
    assert release(warehouse).version == "2026.11.1"


def test_what_a_crash_left_unlisted_is_listed_by_the_next(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(index, "write", crash)
        with pytest.raises(KeyboardInterrupt):
            release(warehouse)
    assert listed(warehouse) == []
    assert release(warehouse).differences is None
    assert listed(warehouse) == ["2026.11.0"]


@pytest.mark.parametrize(
    ("damage", "says"), [("{", "cannot be read"), ('{"releases": [{}]}', "cannot be read")]
)
def test_a_damaged_index_stops_the_release(warehouse: Path, damage: str, says: str) -> None:
    release(warehouse)
    (warehouse / "releases" / index.FILE).write_text(damage)
    with pytest.raises(ReleaseError, match=says):
        release(warehouse)


def test_the_last_release_must_be_there_as_it_was_listed(warehouse: Path) -> None:
    folder = folder_of(release(warehouse))
    said = manifest.read(folder)
    (folder / manifest.FILE).write_text(json.dumps(said | {"licence": "mine"}))
    with pytest.raises(ReleaseError, match="not the one that was listed"):
        release(warehouse)
    folder.rename(warehouse / "elsewhere")
    with pytest.raises(ReleaseError, match="its folder is not there"):
        release(warehouse)


def test_the_same_again_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b"):
        publish(tmp_path / name, "one", "two")
        folders.append(folder_of(release(tmp_path / name)))
    names = {p.relative_to(folders[0]).as_posix() for p in folders[0].rglob("*") if p.is_file()}
    # DuckDB's bytes differ by construction, and with them what counts them.
    for name in names - {"on_the_record.duckdb", "manifest.json", "SHA256SUMS"}:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
    hashes = [
        {n: t["logical_hash"] for n, t in manifest.read(folder)["tables"].items()}
        for folder in folders
    ]
    assert hashes[0] == hashes[1]


def test_the_day_of_the_release_is_the_day_it_is_cut(warehouse: Path) -> None:
    made = release(warehouse, today=date(2027, 2, 3))
    assert made.version == "2027.2.0"
    assert "2027-02-03" in (folder_of(made) / "CITATION.cff").read_text()
