"""Writing a withdrawal down: what goes with it, and what is refused by name."""

from pathlib import Path

import pytest

from tests.counterexamples.dataset import Dataset, valid
from tests.unit.warehouse.release.published import publish
from warehouse.registry import extend_registry
from warehouse.release.withdrawing import Kind, Places, withdraw
from warehouse.storage import SeedsError
from warehouse.tables import ENTITIES, REGISTRY
from warehouse.tables.withdrawals import FILE_NAME, Withdrawal, WithdrawnError, read_withdrawals

pytestmark = pytest.mark.slow

ONE = valid("one")
SOLVANG, SOLWANG = ONE.id("e", "solvang"), ONE.id("e", "solwang")
GAP, AGAIN, BOAT = (ONE.id("q", label) for label in ("gap", "again", "boat"))
BRIDGE, FERRY = ONE.id("a", "bridge"), ONE.id("a", "ferry")


def say_it_again(dataset: Dataset) -> None:
    """The near-duplicate repeats a quote of the article that it repeats, in other type."""
    dataset["quotes", "boat"]["text"] = "Mind the GAP!"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("warehouse")
    publish(warehouse, "one", edit=say_it_again)
    return warehouse


@pytest.fixture
def places(published: Path, tmp_path: Path) -> Places:
    """The published tables, and seeds of their own for each test."""
    seeds = tmp_path / "seeds"
    (seeds / "new").mkdir(parents=True)
    (seeds / "new" / "text.txt").write_text("Rain is late.")
    return Places(seeds, published / "tables", published / "releases")


def lines(places: Places) -> str:
    return (places.seeds / FILE_NAME).read_text()


@pytest.mark.parametrize("key", ["one/bridge.txt", BRIDGE, ONE.id("d", "bridge.txt")])
def test_a_source_by_any_of_its_names(places: Places, key: str) -> None:
    written = withdraw(places, "source", key, "retracted")
    content = ONE["articles", "bridge"]["content_sha256"]
    line = Withdrawal("retracted", BRIDGE, content)
    assert read_withdrawals(lines(places)).sources == {"one/bridge.txt": line}
    assert written.alike == (FERRY,), "a near-duplicate is named, and stays"


def test_nothing_of_a_text_or_name_is_written(places: Places) -> None:
    withdraw(places, "source", "one/bridge.txt", "retracted")
    withdraw(places, "entity", SOLVANG, "person")
    withdraw(places, "quote", BOAT, "harm")
    assert "Solvang" not in lines(places)
    assert "Mind" not in lines(places)


def test_a_source_that_was_never_built(places: Places) -> None:
    withdraw(places, "source", "new/text.txt", "not_genuine")
    assert read_withdrawals(lines(places)).sources == {"new/text.txt": Withdrawal("not_genuine")}


def test_an_entity(places: Places) -> None:
    withdraw(places, "entity", SOLVANG, "person")
    assert read_withdrawals(lines(places)).entities == {SOLVANG: Withdrawal("person")}


@pytest.mark.parametrize("key", [GAP, AGAIN, BOAT])
def test_with_a_quote_goes_where_it_is_repeated(places: Places, key: str) -> None:
    withdraw(places, "quote", key, "harm")
    assert read_withdrawals(lines(places)).quotes.keys() == {GAP, AGAIN, BOAT}


@pytest.mark.parametrize(
    ("kind", "key", "says"),
    [
        ("source", "one/bridge.txt", "“one/bridge.txt” is withdrawn already, as retracted"),
        ("source", FERRY, "“one/ferry.txt” is withdrawn already"),
        ("entity", SOLVANG, "is withdrawn already, as person"),
        ("quote", GAP, "is withdrawn already, as harm"),
        ("source", ONE.id("a", "paper"), "it went with d"),
    ],
)
def test_what_is_withdrawn_is_not_withdrawn_again(
    places: Places, kind: Kind, key: str, says: str
) -> None:
    (places.seeds / FILE_NAME).write_text(
        'source."one/bridge.txt" = { reason = "retracted" }\n'
        'source."one/ferry.txt" = { reason = "retracted" }\n'
        f'entity.{SOLVANG} = {{ reason = "person" }}\n'
        f'quote.{GAP} = {{ reason = "harm" }}\n'
    )
    before = lines(places)
    with pytest.raises(WithdrawnError, match=says):
        withdraw(places, kind, key, "harm")
    assert lines(places) == before


@pytest.mark.parametrize(
    ("kind", "key", "reason", "says"),
    [
        ("source", "one/none.txt", "harm", "There is no source “one/none.txt”"),
        ("source", "a" + "0" * 16, "harm", "There is no source “a0000000000000000”"),
        ("entity", "e" + "0" * 16, "harm", "There is no entity “e0000000000000000”"),
        ("entity", "Mira Solvang", "harm", "give an entity_id"),
        ("entity", SOLWANG, "harm", f"turned out to be {SOLVANG}; withdraw that one"),
        ("quote", "q" + "0" * 16, "harm", "There is no quote “q0000000000000000”"),
        ("quote", GAP, "whim", "“whim” is no reason; give one of\n  rights_holder"),
    ],
)
def test_what_is_not_known_is_named(
    places: Places, kind: Kind, key: str, reason: str, says: str
) -> None:
    import pyarrow.parquet as pq

    rows = [ONE["registry", "solvang"], ONE["registry", "solwang"]]
    pq.write_table(REGISTRY.from_rows(rows), places.seeds / "registry.parquet")
    with pytest.raises(WithdrawnError, match=says):
        withdraw(places, kind, key, reason)
    assert not (places.seeds / FILE_NAME).exists()


def test_without_seeds_nothing_is_withdrawn(places: Places) -> None:
    nowhere = Places(places.seeds / "none", places.tables, places.releases)
    with pytest.raises(SeedsError, match="is not there"):
        withdraw(nowhere, "quote", GAP, "harm")


def test_a_withdrawn_id_is_never_published_again() -> None:
    row = ONE["registry", "solvang"] | {"status": "withdrawn"}
    entities = ENTITIES.from_rows([ONE["entities", "solvang"]])
    with pytest.raises(ValueError, match=f"{SOLVANG} was withdrawn"):
        extend_registry(REGISTRY.from_rows([row]), entities, "2026.11.1")
