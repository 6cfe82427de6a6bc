from pathlib import Path

import duckdb as driver
import pyarrow as pa
import pytest

from warehouse import duckdb, parquet
from warehouse.tables import TABLES
from warehouse.tables.spec import STRINGS

RELEASE: dict[str, str | None] = {
    "version": "unreleased",
    "schema_version": "1.0.0",
    "model": "a_model",
    "inputs_sha256": "0" * 64,
    "packages_sha256": None,
}


def write_empty_tables(folder: Path) -> None:
    for table in TABLES:
        parquet.write(table.schema.empty_table(), folder / f"{table.name}.parquet")


@pytest.mark.parametrize(
    ("arrow", "name"),
    [
        (pa.string(), "VARCHAR"),
        (pa.int32(), "INTEGER"),
        (pa.date32(), "DATE"),
        (pa.timestamp("us"), "TIMESTAMP"),
        (STRINGS, "VARCHAR[]"),
    ],
)
def test_every_arrow_type_of_ours_has_its_duckdb_type(arrow: pa.DataType, name: str) -> None:
    assert duckdb.type_name(arrow) == name


def test_an_empty_dataset_is_published_too(tmp_path: Path) -> None:
    write_empty_tables(tmp_path)
    target = tmp_path / duckdb.FILE_NAME
    duckdb.publish(tmp_path, target, RELEASE)
    said = duckdb.read_release(target)
    assert {name: said[name] for name in RELEASE} == RELEASE
    assert said["released_on"] is None


def test_a_publication_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    write_empty_tables(tables)
    target = tmp_path / "out" / duckdb.FILE_NAME
    duckdb.publish(tables, target, RELEASE)
    before = target.read_bytes()
    (tables / "quotes.parquet").write_bytes(b"no Parquet")
    with pytest.raises(driver.Error):
        duckdb.publish(tables, target, RELEASE)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
