"""Seeds and warehouse in a bucket, on a real server that speaks S3."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.parquet as pq
import pytest

from assets.build import build
from assets.database import published_database
from assets.exits import Exit
from assets.settings import Settings, settings
from expectations.walk import walk
from pipelines.engines import process_all
from tests.integration.conftest import ROOT, otr
from warehouse import locations, remote, remote_lock, storage
from warehouse.ahead import fetched_ahead
from warehouse.duckdb import FILE_NAME
from warehouse.locations import LocationError, Object, prefix
from warehouse.storage import SeedsError, WarehouseError, list_inputs
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

RECORDS = (
    '{"id": "quay", "text": "“We will not wait,” the mayor, Ingrid Halvorsen, said on Tuesday."}',
    '{"id": "port", "text": "Finance minister Otto Kranz said the port would reopen in 2021."}',
)
SEEDS = {
    "bridge.txt": "Mayor Ida Brandt said on May 3 that “the bridge has seven piers”.",
    "wire/a b é.jsonl": "\n".join(RECORDS),
    "wire/.draft.txt": "not yet",
    "README.md": "about",
    "sources.toml": '[[source]]\nmatch = "bridge.txt"\npublisher = "The Larkmoor Post"\n',
}
CHANGED = "Mayor Ida Brandt said on May 3 that “the bridge has eight piers”."


def upload(place: str, name: str, text: str) -> None:
    locations.put_bytes(text.encode(), prefix(place) / name)


@dataclass(frozen=True, slots=True)
class House:
    """A warehouse in a bucket, the one that the same seeds gave in a folder, and their seeds."""

    seeds: str
    warehouse: str
    local: Path

    def settings(self, work: Path | None = None) -> Settings:
        """The settings of a build, on this machine or on one with another working folder."""
        chosen = settings(self.seeds, self.warehouse)
        return chosen if work is None else replace(chosen, work=str(work))


@pytest.fixture(scope="module")
def house(s3: str, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("local")
    for name, text in SEEDS.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        upload(f"{s3}/seeds", name, text)
    local = settings(str(folder / "seeds"), str(folder / "warehouse"), environment={})
    assert build(local).exit is Exit.PUBLISHED
    found = House(f"{s3}/seeds", f"{s3}/house", folder)
    assert build(found.settings()).exit is Exit.PUBLISHED
    return found


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are extracted from now on."""
    names: list[str] = []

    def noted(records: Iterator[Any], *rest: Any) -> Iterator[Any]:  # noqa: ANN401
        def seen() -> Iterator[Any]:
            for record in records:
                names.append(record.source_id)
                yield record

        return process_all(seen(), *rest)

    monkeypatch.setattr("assets.extraction.process_all", noted)
    return names


def pointer(url: str) -> dict[str, Any]:
    """As other people read it, with nothing of this project but the address."""
    client = locations.filesystem()
    with client.open_input_stream(f"{url.removeprefix('s3://')}/{remote.POINTER}") as stream:
        said: dict[str, Any] = json.loads(stream.read())
    return said


def published(url: str) -> dict[str, bytes]:
    """The bytes of each table that the pointer leads to."""
    files, root = pointer(url)["files"], url.removeprefix("s3://")
    client = locations.filesystem()
    names = [f"{table.name}.parquet" for table in TABLES]
    found = {}
    for name in names:
        with client.open_input_file(f"{root}/{files[name]['object']}") as stream:
            found[name] = stream.read()
    return found


def objects(url: str) -> set[str]:
    return {name for name, _ in locations.objects(prefix(url))}


def test_inputs_are_listed_and_counted_alike_in_a_bucket_and_in_a_folder(house: House) -> None:
    place, folder = prefix(house.seeds), house.local / "seeds"
    listed = [(i.source_id, i.batch) for i in list_inputs(place)]
    assert listed == [(i.source_id, i.batch) for i in list_inputs(folder)]
    assert listed == [("bridge.txt", "main"), ("wire/a b é.jsonl", "wire")]
    assert list(walk(place)) == list(walk(folder))


def test_an_object_is_known_again_once_it_is_old_enough(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = prefix(house.seeds)
    assert {item.identity for item in list_inputs(place)} == {None}
    monkeypatch.setattr(storage, "_YOUNG_OBJECT_NS", -(10**12))
    for item in list_inputs(place):
        assert item.identity == storage.identity(item.path)


def test_small_objects_are_fetched_ahead_unless_they_changed_since_they_were_listed(
    s3: str,
) -> None:
    place = prefix(f"{s3}/ahead")
    for number in range(100):
        upload(str(place), f"{number:03}.txt", f"text {number}")
    inputs = list_inputs(place)
    upload(str(place), "007.txt", "another text")
    near = list(fetched_ahead(inputs, lambda item: item.source_id == "003.txt"))
    assert [item.source_id for item in near] == [item.source_id for item in inputs]
    texts = {i.source_id: i.path.data for i in near if isinstance(i.path, Object)}
    far = {name for name, data in texts.items() if data is None}
    assert far == {"003.txt", "007.txt"}, "one is known, one is to be read as it is now"
    assert all(texts[f"{n:03}.txt"] == f"text {n}".encode() for n in (0, 42, 99))


def test_the_tables_are_byte_for_byte_those_of_a_build_in_a_folder(house: House) -> None:
    local = {
        path.name: path.read_bytes()
        for path in (house.local / "warehouse/tables").glob("*.parquet")
    }
    assert published(house.warehouse) == local


def test_the_tables_are_read_through_the_pointer_by_other_programs(house: House) -> None:
    said, client = pointer(house.warehouse), locations.filesystem()
    url = f"{house.warehouse}/{said['files']['quotes.parquet']['object']}"
    quotes = pq.read_table(url.removeprefix("s3://"), filesystem=client)
    with duckdb.connect() as connection:
        (count,) = connection.execute("SELECT count(*) FROM quotes").fetchall()[0]
    assert count == quotes.num_rows > 0
    options = {"aws_endpoint_url": os.environ["AWS_ENDPOINT_URL"], "aws_allow_http": "true"}
    frame = polars.scan_parquet(url, storage_options=options).collect()
    assert frame["text"].to_list() == quotes["text"].to_pylist()


def test_the_database_is_fetched_by_show_and_export(house: House, tmp_path: Path) -> None:
    run = otr("export", "articles", "--warehouse", house.warehouse, OTR_WORK=str(tmp_path))
    assert run.exit == 0, run.err
    assert "The Larkmoor Post" in run.out
    copy = published_database(house.settings())
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]


def test_one_changed_object_costs_only_itself_and_the_old_tables_stay_for_their_readers(
    house: House, extracted: list[str]
) -> None:
    first = pointer(house.warehouse)
    upload(house.seeds, "bridge.txt", CHANGED)
    assert build(house.settings()).exit is Exit.PUBLISHED
    assert extracted == ["bridge.txt"]
    second = pointer(house.warehouse)
    assert second["files"]["quotes.parquet"] != first["files"]["quotes.parquet"]
    assert second["files"]["registry.parquet"] == first["files"]["registry.parquet"]
    old = {file["object"] for file in first["files"].values()}
    assert old <= objects(house.warehouse)
    upload(house.seeds, "bridge.txt", SEEDS["bridge.txt"])
    assert build(house.settings()).exit is Exit.PUBLISHED
    third = {file["object"] for file in pointer(house.warehouse)["files"].values()}
    kept = {file["object"] for file in second["files"].values()}
    left = {name for name in objects(house.warehouse) if name.startswith("published/")}
    assert left == third | kept


def test_another_machine_goes_on_with_the_rows_of_the_first(
    house: House, extracted: list[str], tmp_path: Path
) -> None:
    before = published(house.warehouse)
    assert build(house.settings(tmp_path)).exit is Exit.PUBLISHED
    assert extracted == []
    assert published(house.warehouse) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from pipelines.engines import process_all
from warehouse import locations, remote

put = locations.put_bytes
def killed(data, target):
    os.kill(os.getpid(), signal.SIGKILL)
locations.put_bytes = killed
place = locations.prefix(sys.argv[1])
files = {path.name: path for path in Path(sys.argv[2]).iterdir()}
remote.publish(place, files, remote.read_pointer(place))
"""


def test_a_build_killed_before_the_pointer_leaves_the_published_tables(
    house: House, tmp_path: Path
) -> None:
    before, said, there = published(house.warehouse), pointer(house.warehouse), objects
    for table in TABLES:
        (tmp_path / f"{table.name}.parquet").write_bytes(b"of a build that was killed")
    known = there(house.warehouse)
    command = [sys.executable, "-c", KILLED, house.warehouse, str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert there(house.warehouse) > known, "something was uploaded"
    assert pointer(house.warehouse) == said
    assert published(house.warehouse) == before
    halves = there(house.warehouse) - known
    finish_another(house, tmp_path)
    assert not halves & there(house.warehouse)
    assert published(house.warehouse) == before


def finish_another(house: House, folder: Path) -> None:
    """Publish the same tables, with another record of who built them."""
    chosen = house.settings()
    record = folder / "build.json"
    record.write_text("{}")
    files = {path.name: path for path in chosen.tables.glob("*.parquet")}
    files |= {FILE_NAME: chosen.warehouse_folder / FILE_NAME, record.name: record}
    place = prefix(house.warehouse)
    assert remote.publish(place, files, remote.read_pointer(place))


def test_a_build_that_another_one_overtook_publishes_nothing(house: House, tmp_path: Path) -> None:
    path = tmp_path / "quotes.parquet"
    path.write_bytes(b"late")
    place = prefix(house.warehouse)
    with pytest.raises(WarehouseError, match="Another build published"):
        remote.publish(place, {path.name: path}, remote.Seen(None))


def test_one_build_at_a_time_even_from_two_machines(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, one, other = prefix(house.warehouse), tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with (
        remote_lock.held(place, one),
        pytest.raises(WarehouseError, match="in use by process"),
        remote_lock.held(place, other),
    ):
        pass
    with remote_lock.held(place, other):
        pass  # the first has ended
    assert not [name for name in objects(house.warehouse) if name.startswith("locks/")]
    upload(house.warehouse, "locks/dead", "process 7 on a machine that is off")
    monkeypatch.setattr(remote_lock, "_VOID", -1)
    with remote_lock.held(place, one):
        assert "locks/dead" not in objects(house.warehouse)


def test_a_build_that_finds_its_warehouse_held_elsewhere_says_by_whom(
    s3: str, tmp_path: Path
) -> None:
    upload(f"{s3}/few", "bridge.txt", CHANGED)
    chosen = settings(f"{s3}/few", f"{s3}/busy")
    with remote_lock.held(prefix(chosen.warehouse), tmp_path):
        outcome = build(chosen)
    assert outcome.exit is Exit.BAD_CONFIGURATION
    assert "in use by process" in (outcome.problem or "")


def test_a_withdrawal_reaches_the_bucket_of_the_seeds(house: House, tmp_path: Path) -> None:
    place = prefix(house.seeds)
    run = otr(
        *("withdraw", "bridge.txt", "--reason", "rights_holder", "--releases", tmp_path),
        *("--seeds", house.seeds, "--warehouse", house.warehouse),
        OTR_WORK=house.settings().work,
    )
    assert run.exit == 0, run.err
    try:
        assert b"bridge.txt" in (locations.get(place / "withdrawn.toml") or b"")
    finally:
        locations.remove(["withdrawn.toml"], place)


def test_a_release_is_cut_into_a_folder_and_its_ids_reach_the_bucket(
    house: House, tmp_path: Path
) -> None:
    refused = otr("release", "--warehouse", house.warehouse, OTR_WORK=house.settings().work)
    assert (refused.exit, "--releases" in refused.err) == (2, True)
    assert build(house.settings()).exit is Exit.PUBLISHED
    run = otr(
        *("release", "--warehouse", house.warehouse, "--allow-dirty", "--releases", tmp_path),
        OTR_WORK=house.settings().work,
    )
    assert run.exit == 0, run.err
    assert locations.get(prefix(house.seeds) / "registry.parquet") is not None
    locations.remove(["registry.parquet"], prefix(house.seeds))


@pytest.mark.parametrize(
    ("variable", "value", "place", "why"),
    [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "s3://news/seeds", "cannot be reached"),
        ("AWS_SECRET_ACCESS_KEY", "wrong", "s3://news/seeds", "does not take the keys"),
        ("AWS_REGION", "us-east-1", "s3://no-such-bucket/seeds", "no such bucket"),
    ],
)
def test_a_place_that_cannot_be_used_is_named_with_the_reason(
    s3: str,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    place: str,
    why: str,
) -> None:
    monkeypatch.setenv(variable, value)
    locations.filesystem.cache_clear()
    try:
        with pytest.raises(LocationError, match=why):
            list_inputs(prefix(place))
    finally:
        locations.filesystem.cache_clear()


def test_a_prefix_without_inputs_says_so(s3: str) -> None:
    with pytest.raises(SeedsError, match="s3://news/nothing holds no inputs"):
        list_inputs(prefix(f"{s3}/nothing"))


def test_a_server_that_is_down_ends_the_command_with_exit_2(s3: str, tmp_path: Path) -> None:
    run = otr("build", "--seeds", f"{s3}/seeds", AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert (run.exit, run.err) == (
        2,
        "otr: s3://news/seeds cannot be used: the server cannot be reached; "
        "check AWS_ENDPOINT_URL and the network.\n",
    )
