"""The registry: read with care, extended by releases only."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ids import digest_id
from pipelines.resolve import resolve_registry
from warehouse.registry import RegistryError, extend_registry, read_registry
from warehouse.tables import ENTITIES, REGISTRY

MIRA, MOE, OLD = (digest_id("e", name) for name in ("mira", "moe", "old"))
NEVER = REGISTRY.schema.empty_table()


def published(entity_id: str, **more: object) -> dict[str, Any]:
    return {
        "entity_id": entity_id,
        "name": "Mira Solvang",
        "type": "PERSON",
        "aliases": [],
        "roles": [],
        "country": None,
        "status": "active",
        "lives_on_as": None,
        "first_release": "2021.3.0",
        "last_release": "2021.3.0",
    } | more


def registry(*rows: dict[str, Any]) -> pa.Table:
    return REGISTRY.from_rows(list(rows))


def entities(*rows: tuple[str, str]) -> pa.Table:
    """Entities by id and name."""
    return ENTITIES.from_rows(
        [
            {
                "entity_id": entity_id,
                "name": name,
                "type": "PERSON",
                "aliases": [],
                "roles": [],
                "n_mentions": 1,
                "n_articles": 1,
                "extractor": "entities",
                "extractor_version": "0" * 12,
            }
            for entity_id, name in rows
        ]
    )


def columns(table: pa.Table, *names: str) -> dict[str, tuple[object, ...]]:
    """By entity_id the values of some columns."""
    return {row["entity_id"]: tuple(row[n] for n in names) for row in table.to_pylist()}


def test_before_the_first_release_nothing_was_published(tmp_path: Path) -> None:
    assert read_registry(tmp_path / "registry.parquet").equals(NEVER)


def test_a_release_adds_what_is_new_and_keeps_what_was() -> None:
    first = extend_registry(NEVER, entities((MIRA, "Mira Solvang"), (OLD, "Odd Berg")), "2021.3.0")
    second = extend_registry(
        first, entities((MIRA, "Mira A. Solvang"), (MOE, "Ida Moe")), "2021.4.0"
    )
    shown = columns(second, "name", "status", "first_release", "last_release")
    assert shown == {
        MIRA: ("Mira A. Solvang", "active", "2021.3.0", "2021.4.0"),
        MOE: ("Ida Moe", "active", "2021.4.0", "2021.4.0"),
        OLD: ("Odd Berg", "absent", "2021.3.0", "2021.3.0"),
    }


def test_a_merged_id_stays_merged_in_the_next_release() -> None:
    old = registry(published(MIRA), published(MOE))
    now = entities((MIRA, "Mira Solvang"))
    built = resolve_registry(old, now, {MOE: MIRA})
    extended = extend_registry(built, now, "2021.4.0")
    assert columns(extended, "status", "lives_on_as", "last_release") == {
        MIRA: ("active", None, "2021.4.0"),
        MOE: ("merged", MIRA, "2021.3.0"),
    }


def test_one_step_leads_to_the_id_that_lives_on() -> None:
    old = registry(
        published(MIRA), published(MOE), published(OLD, status="merged", lives_on_as=MOE)
    )
    built = resolve_registry(old, entities((MIRA, "Mira Solvang")), {MOE: MIRA})
    assert columns(built, "lives_on_as") == {MIRA: (None,), MOE: (MIRA,), OLD: (MIRA,)}


def test_a_build_says_what_is_absent() -> None:
    built = resolve_registry(registry(published(MIRA)), entities(), {})
    assert columns(built, "status") == {MIRA: ("absent",)}


@pytest.mark.parametrize("version", ["", "1.0", "v2021.3.0", "2021.3.0-dirty"])
def test_a_release_has_a_version(version: str) -> None:
    with pytest.raises(ValueError, match=r"write YYYY\.M\.PATCH"):
        extend_registry(NEVER, entities(), version)


def test_a_merged_id_is_published_no_more() -> None:
    old = registry(published(MIRA), published(MOE, status="merged", lives_on_as=MIRA))
    with pytest.raises(ValueError, match="was merged into"):
        extend_registry(old, entities((MOE, "Ida Moe")), "2021.4.0")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    table = extend_registry(NEVER, entities((MIRA, "Mira Solvang")), "2021.3.0")
    pq.write_table(table, tmp_path / "registry.parquet")
    assert read_registry(tmp_path / "registry.parquet").equals(table)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (published("e12"), "“e12” is no entity_id"),
        (published(MIRA, type="WOMAN"), "“WOMAN” is no type"),
        (published(MIRA, first_release="one"), "“one” is no first_release"),
        (published(MIRA, status="merged"), "is merged, but lives_on_as is empty"),
        (published(MIRA, lives_on_as=MOE), f"is active, but lives_on_as is {MOE}"),
        (published(MIRA, status="merged", lives_on_as=OLD), "which is not there"),
        (published(MIRA, status="merged", lives_on_as=MIRA), "which lives on as another"),
        (published(MOE), f"the id {MOE} is there twice"),
    ],
)
def test_a_broken_registry_is_refused(tmp_path: Path, row: dict[str, Any], message: str) -> None:
    path = tmp_path / "registry.parquet"
    pq.write_table(registry(row, published(MOE)), path)
    with pytest.raises(RegistryError, match=message) as refused:
        read_registry(path)
    assert str(path) in str(refused.value)
    assert "restore it from the last release" in str(refused.value)


def test_a_registry_of_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.parquet"
    whole = registry(published(MIRA))
    pq.write_table(whole.drop_columns(["status"]), path)
    with pytest.raises(RegistryError, match="the column “status” is missing"):
        read_registry(path)
    pq.write_table(whole.append_column("shape", pa.array(["round"])), path)
    with pytest.raises(RegistryError, match="the column “shape” is unknown"):
        read_registry(path)
    nameless = whole.set_column(1, "name", pa.array([None], pa.string()))
    pq.write_table(nameless, path)
    with pytest.raises(RegistryError, match="a row has no name"):
        read_registry(path)
    pq.write_table(whole.set_column(1, "name", pa.array([[1]])), path)
    with pytest.raises(RegistryError, match="restore it"):
        read_registry(path)


@pytest.mark.parametrize("content", [b"", b"entity_id,name\n", b"PAR1 and no more PAR1"])
def test_what_is_no_parquet_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "registry.parquet"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match="is no Parquet file that can be read"):
        read_registry(path)
