"""The table `withdrawn` of a release: since when, and what went along."""

from pathlib import Path

import pytest

from tests.counterexamples.dataset import Dataset, valid
from tests.unit.warehouse.release.published import folder_of, publish, release
from warehouse import parquet
from warehouse.release.purge import Purge, purge
from warehouse.tables.withdrawals import Withdrawal, Withdrawals

pytestmark = pytest.mark.slow

ONE = valid("one")
BRIDGE, SOLVANG = ONE.id("a", "bridge"), ONE.id("e", "solvang")
SOURCE = ONE.id("d", "bridge.txt")


def nothing(dataset: Dataset) -> None:
    """Nothing was withdrawn yet."""
    dataset.tables["withdrawn"] = []


def without_the_bridge(dataset: Dataset) -> None:
    """As a build leaves the tables when the article on the bridge is withdrawn."""
    for table in ("articles", "blocks", "dates", "mentions", "quotes"):
        rows = dataset.tables[table]
        dataset.tables[table] = [row for row in rows if row["article_id"] != BRIDGE]
    quotes = {row["quote_id"] for row in dataset.tables["quotes"]}
    spans = dataset.tables["quote_spans"]
    dataset.tables["quote_spans"] = [row for row in spans if row["quote_id"] in quotes]
    dataset["articles", "ferry"]["near_duplicate_of"] = None
    dataset["entities", "solvang"].update(n_mentions=1, n_articles=1)
    for name in ("bridge.txt", "copy.txt"):
        gone = {"status": "rejected", "reason": "withdrawn", "article_id": None}
        dataset["documents", name].update(gone)
    dataset["documents", "bridge.txt"]["document_id"] = SOURCE
    own = {"reason": "retracted", "release": None}
    dataset.tables["withdrawn"] = [
        {"id": SOURCE, "kind": "document", "with_id": None, **own},
        {"id": BRIDGE, "kind": "article", "with_id": SOURCE, **own},
    ]


def told(folder: Path) -> dict[object, tuple[object, ...]]:
    rows = parquet.read(folder / "data/withdrawn.parquet").to_pylist()
    return {r["id"]: (r["kind"], r["release"], r["reason"], r["with_id"]) for r in rows}


ALONG = {
    SOURCE: ("document", "2026.11.1", "retracted", None),
    BRIDGE: ("article", "2026.11.1", "retracted", SOURCE),
    ONE.id("d", "copy.txt"): ("document", "2026.11.1", "retracted", BRIDGE),
    **{
        ONE.id("q", label): ("quote", "2026.11.1", "retracted", BRIDGE)
        for label in ("close", "ready", "gap", "ferries", "again")
    },
}


@pytest.mark.parametrize("is_purged_first", [False, True])
def test_every_id_that_went_along_is_told_of(tmp_path: Path, is_purged_first: bool) -> None:
    publish(tmp_path, "one", edit=nothing)
    release(tmp_path)
    if is_purged_first:
        asked = Withdrawals({"one/bridge.txt": Withdrawal("retracted", BRIDGE)})
        from datetime import date

        purge(Purge(tmp_path / "releases", "2026.11.0", asked, {}, date(2026, 12, 1)))
    publish(tmp_path, "one", edit=without_the_bridge)
    second = folder_of(release(tmp_path))
    if is_purged_first:
        assert told(second).keys() == ALONG.keys()
    else:
        assert told(second) == ALONG
    assert release(tmp_path).differences is None, "the same withdrawals again are no change"
    publish(
        tmp_path,
        "one",
        "two",
        edit=lambda ds: (without_the_bridge if ds.case == "one" else nothing)(ds),
    )
    third = folder_of(release(tmp_path))
    assert told(third) == told(second), "it is told since which release"


def test_what_was_taken_back_is_told_of_no_more(tmp_path: Path) -> None:
    publish(tmp_path, "one", edit=nothing)
    release(tmp_path)
    publish(tmp_path, "one", edit=without_the_bridge)
    release(tmp_path)
    publish(tmp_path, "one", edit=nothing)
    assert told(folder_of(release(tmp_path))) == {}
