"""Which rows differ between two releases, and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import publish
from warehouse.release.changes import Side, compare, counts
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

OTHER_CODE = "f" * 12


def side(folder: Path, *cases: str, edit: Callable[[Dataset], None] = lambda _: None) -> Side:
    publish(folder, *cases, edit=edit)
    tables = folder / "tables"
    return Side(TABLES, {t.name: [tables / f"{t.name}.parquet"] for t in TABLES})


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return side(tmp_path_factory.mktemp("before"), "one")


def found(old: Side, new: Side, table: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """The distinct changes of a table: what, why, in which columns."""
    rows = compare(old, new)[table].to_pylist()
    return {(r["change"], r["reason"], tuple(r["changed_columns"])) for r in rows}


def test_the_same_rows_show_no_change(before: Side, tmp_path: Path) -> None:
    changes = compare(before, side(tmp_path, "one"))
    assert {name: sum(counts(c).values()) for name, c in changes.items()} == dict.fromkeys(
        [t.name for t in TABLES], 0
    )


@pytest.mark.parametrize("table", sorted({t.name for t in TABLES} - {"registry", "withdrawn"}))
def test_a_document_that_comes_or_goes(before: Side, tmp_path: Path, table: str) -> None:
    both = side(tmp_path, "one", "two")
    assert found(before, both, table) == {("added", "new_document", ())}
    assert found(both, before, table) == {("removed", "removed_document", ())}


def test_a_document_whose_bytes_changed(before: Side, tmp_path: Path) -> None:
    def edit(dataset: Dataset) -> None:
        dataset["documents", "ferry.txt"]["sha256"] = "0" * 64
        dataset["quotes", "boat"]["cue"] = "says"

    new = side(tmp_path, "one", edit=edit)
    assert found(before, new, "quotes") == {("changed", "changed_document", ("cue",))}
    assert found(before, new, "documents") == {("changed", "changed_document", ("sha256",))}


def test_what_a_person_says_of_a_document_is_of_the_document(before: Side, tmp_path: Path) -> None:
    def edit(dataset: Dataset) -> None:
        dataset["articles", "ferry"]["publisher"] = "Tellwick Post"

    new = side(tmp_path, "one", edit=edit)
    assert found(before, new, "articles") == {("changed", "changed_document", ("publisher",))}


def test_other_code_reads_the_same_text_otherwise(before: Side, tmp_path: Path) -> None:
    def edit(dataset: Dataset) -> None:
        for row in (*dataset.tables["quotes"], *dataset.tables["quote_spans"]):
            row["extractor_version"] = OTHER_CODE
        dataset["quotes", "boat"]["cue"] = "says"

    new = side(tmp_path, "one", edit=edit)
    # The version alone is no change of a row.
    assert found(before, new, "quotes") == {("changed", "changed_extractor", ("cue",))}
    assert found(before, new, "quote_spans") == set()


def test_what_the_rest_of_the_corpus_says(before: Side, tmp_path: Path) -> None:
    def edit(dataset: Dataset) -> None:
        dataset["articles", "ferry"]["near_duplicate_of"] = None
        dataset["mentions", "surname"]["entity_id"] = None

    new = side(tmp_path, "one", edit=edit)
    assert found(before, new, "articles") == {
        ("changed", "other_documents", ("near_duplicate_of",))
    }
    assert found(before, new, "mentions") == {("changed", "other_documents", ("entity_id",))}


def test_what_was_withdrawn_took_its_rows_along(before: Side, tmp_path: Path) -> None:
    def edit(dataset: Dataset) -> None:
        """Solvang goes, with her mentions and what she said by her surname."""
        dataset["withdrawn", "taken back"]["id"] = dataset.id("e", "solvang")
        dataset["withdrawn", "taken back"]["kind"] = "entity"
        boat = {"id": dataset.id("q", "boat"), "with_id": dataset.id("e", "solvang")}
        dataset.copy("withdrawn", "taken back", "boat", kind="quote", **boat)
        solvang = dataset.id("e", "solvang")
        for table in ("entities", "mentions"):
            rows = dataset.tables[table]
            dataset.tables[table] = [row for row in rows if row["entity_id"] != solvang]
        for table in ("quotes", "quote_spans"):
            rows = dataset.tables[table]
            dataset.tables[table] = [row for row in rows if row["quote_id"] != boat["id"]]

    new = side(tmp_path, "one", edit=edit)
    for table in ("entities", "mentions", "quotes", "quote_spans"):
        assert found(before, new, table) == {("removed", "withdrawn", ())}
    assert ("added", "withdrawn", ()) in found(before, new, "withdrawn")


def test_a_release_of_an_older_schema_is_compared_in_what_both_have(
    before: Side, tmp_path: Path
) -> None:
    from dataclasses import replace

    older = tuple(
        replace(t, columns=tuple(c for c in t.columns if c.name != "ids")) for t in TABLES
    )
    new = side(tmp_path, "one")
    assert found(Side(older, before.files), new, "entities") == set()
    without = Side(tuple(t for t in TABLES if t.name != "dates"), before.files)
    changes = compare(without, new)["dates"].to_pylist()
    assert {row["change"] for row in changes} == {"added"}
