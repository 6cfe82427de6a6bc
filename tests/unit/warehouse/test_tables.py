from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from warehouse import dictionary, parquet
from warehouse.tables import TABLES, Column, Table


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_the_schema_carries_types_nullability_and_descriptions(table: Table) -> None:
    for column, field in zip(table.columns, table.schema, strict=True):
        assert (field.name, field.type, field.nullable) == (
            column.name,
            column.type,
            column.nullable,
        )
        assert field.metadata == {b"description": column.doc.encode()}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_reference_leads_to_a_column(table: Table) -> None:
    known = {f"{t.name}.{name}" for t in TABLES for name in t.column_names}
    assert {c.references for c in table.columns if c.references} <= known


@pytest.mark.parametrize("doc", ["", "  "])
def test_a_column_without_a_description_does_not_construct(doc: str) -> None:
    with pytest.raises(ValueError, match="no description"):
        Column("name", pa.string(), doc)


def test_a_table_must_hold_its_key() -> None:
    with pytest.raises(ValueError, match="not among its columns"):
        Table("things", "Things.", ("id",), (Column("name", pa.string(), "Its name."),))


def test_the_committed_dictionary_is_the_contracts() -> None:
    assert dictionary.FILE.read_text(encoding="utf-8") == dictionary.render(), (
        "run `make dictionary`"
    )


THINGS = Table(
    "things",
    "Things.",
    ("id",),
    (
        Column("id", pa.string(), "Its id."),
        Column("count", pa.int32(), "How many.", nullable=True),
    ),
)


def test_the_same_rows_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = [{"id": f"{n:04}", "count": n} for n in range(1000)]
    for name, some in (("a", rows), ("b", rows[::-1])):
        parquet.write(parquet.conform(THINGS, THINGS.from_rows(some)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    schema = pq.read_schema(tmp_path / "a")
    assert schema.equals(THINGS.schema, check_metadata=True)


def test_a_null_where_none_may_be_does_not_fit() -> None:
    wide = pa.table({"count": [1], "id": pa.array([None], pa.string())})
    with pytest.raises(ValueError, match="null"):
        parquet.conform(THINGS, wide)
