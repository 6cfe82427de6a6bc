"""Who was withdrawn is known again by digests of names, and stays out under any of them."""

from typing import Any

import pyarrow as pa
import pytest

from pipelines.entities.across.published import entity_id
from pipelines.entities.across.withdrawn import LeftOut, leave_out, tombstones
from pipelines.ids import digest_id
from warehouse.tables import ENTITIES, REGISTRY
from warehouse.tables.registry import NO_NAME

MIRA, OLD, MOE = digest_id("e", "mira"), digest_id("e", "old"), digest_id("e", "moe")


def published(key: str, name: str, *aliases: str, **more: object) -> dict[str, Any]:
    return {
        "entity_id": key,
        "name": name,
        "type": "PERSON",
        "aliases": list(aliases),
        "roles": ["harbour master"],
        "country": "NO",
        "status": "active",
        "lives_on_as": None,
        "first_release": "2021.3.0",
        "last_release": "2021.3.0",
        "name_digests": None,
    } | more


def entities(*rows: tuple[str, str, list[str], list[str]], kind: str = "PERSON") -> pa.Table:
    """Entities by id, name, aliases and roles."""
    return ENTITIES.from_rows(
        [
            {
                "entity_id": key,
                "name": name,
                "type": kind,
                "aliases": aliases,
                "roles": roles,
                "n_mentions": 1,
                "n_articles": 1,
                "extractor": "entities",
                "extractor_version": "0" * 12,
            }
            for key, name, aliases, roles in rows
        ]
    )


@pytest.fixture
def buried() -> pa.Table:
    """The registry after Mira Solvang was withdrawn, as whom Mira Solwang lives on."""
    rows = [
        published(MIRA, "Mira Solvang", "Solvang", "M. Solvang"),
        published(OLD, "Mira Solwang", status="merged", lives_on_as=MIRA),
        published(MOE, "Ida Moe", "Moe"),
    ]
    return tombstones(REGISTRY.from_rows(rows), {MIRA})


def test_a_tombstone_keeps_no_name(buried: pa.Table) -> None:
    mira, old, moe = (
        {row["entity_id"]: row for row in buried.to_pylist()}[key] for key in (MIRA, OLD, MOE)
    )
    for row in (mira, old):
        assert (row["name"], row["aliases"], row["roles"]) == (NO_NAME, [], [])
        assert row["country"] is None
    assert (mira["status"], old["status"], old["lives_on_as"]) == ("withdrawn", "merged", MIRA)
    assert len(mira["name_digests"]) == 3
    assert moe["name"] == "Ida Moe"


def test_a_tombstone_stays_as_it_is(buried: pa.Table) -> None:
    assert tombstones(buried, {MIRA}).equals(buried)


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Mira Solvang", []),
        ("Mira Solwang", []),
        ("Solvang", []),
        ("Mira Agnete Solvang", ["Mira Solvang"]),
    ],
)
def test_it_is_known_by_any_name(buried: pa.Table, name: str, aliases: list[str]) -> None:
    new = digest_id("e", "new")
    left, out = leave_out(entities((new, name, aliases, [])), buried, {MIRA})
    assert left.num_rows == 0
    assert out.ids == {new}


@pytest.mark.parametrize("name", ["Jon Solvang", "Ida Moe", "Moe"])
def test_others_stay(buried: pa.Table, name: str) -> None:
    left, out = leave_out(entities((digest_id("e", "new"), name, ["Solvang"], [])), buried, {MIRA})
    assert left.num_rows == 1
    assert out.ids == frozenset()


def test_a_living_one_of_the_same_name_stays(buried: pa.Table) -> None:
    left, _ = leave_out(entities((MOE, "Mira Solvang", [], [])), buried, {MIRA})
    assert left["entity_id"].to_pylist() == [MOE]


def test_what_was_never_published_is_known_by_its_id() -> None:
    key = entity_id("PERSON", "Mira Solvang")
    never = REGISTRY.schema.empty_table()
    for rows in (
        entities((key, "Mira Solvang", [], [])),
        entities((digest_id("e", "new"), "Mira Agnete Solvang", ["Mira Solvang"], [])),
    ):
        assert leave_out(rows, never, {key})[0].num_rows == 0


def test_its_name_goes_from_what_others_are_called(buried: pa.Table) -> None:
    rows = entities(
        (digest_id("e", "new"), "Mira Solvang", ["Solvang"], []),
        (MOE, "Ida Moe", ["Mira Solvang", "Moe"], ["Solvang’s deputy", "deputy"]),
    )
    left, out = leave_out(rows, buried, {MIRA})
    (moe,) = left.to_pylist()
    assert (moe["aliases"], moe["roles"]) == (["Moe"], ["deputy"])
    assert out.named_in("the aide of Mira Solvang")
    assert not out.named_in("the Solvangs of Tellwick")


def test_without_withdrawals_nothing_is_looked_at(buried: pa.Table) -> None:
    rows = entities((MOE, "Mira Solvang", [], []))
    assert leave_out(rows, buried, ()) == (rows, LeftOut())
    assert tombstones(buried, ()) is buried
