"""A release's Parquet files: the same rows in the same order, however many files they fill."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.unit.warehouse.release.published import publish
from warehouse import parquet
from warehouse.release import data
from warehouse.release.hashes import logical_hash, parquet_relation
from warehouse.tables import MENTIONS


@pytest.fixture
def published(tmp_path: Path) -> Path:
    publish(tmp_path / "warehouse", *(f"case {n}" for n in range(5)))
    return tmp_path / "warehouse" / "tables" / "mentions.parquet"


def test_a_large_table_is_cut_into_files(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 4)
    monkeypatch.setattr(data, "ROWS_PER_FILE", 8)
    names = data.write(MENTIONS, [published], tmp_path, {"version": "2026.11.0"})
    assert len(names) > 1
    assert names[0] == f"data/mentions-00000-of-{len(names):05}.parquet"
    files = parquet.files(tmp_path / "data", "mentions")
    assert [path.relative_to(tmp_path).as_posix() for path in files] == names
    sizes = [pq.ParquetFile(path).metadata for path in files]
    groups = [m.row_group(n).num_rows for m in sizes for n in range(m.num_row_groups)]
    assert set(groups[:-1]) == {4}
    assert sum(groups) == parquet.count_rows(published)
    with duckdb.connect() as connection:
        assert logical_hash(connection, MENTIONS, parquet_relation(files)) == logical_hash(
            connection, MENTIONS, parquet_relation([published])
        )


def test_an_empty_table_has_a_file(tmp_path: Path) -> None:
    source = tmp_path / "mentions.parquet"
    parquet.write(MENTIONS.schema.empty_table(), source)
    assert data.write(MENTIONS, [source], tmp_path, {}) == ["data/mentions.parquet"]
    assert pq.read_table(tmp_path / "data" / "mentions.parquet").num_rows == 0


def test_a_value_that_changes_changes_the_logical_hash(published: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE mentions AS FROM read_parquet(?)", [str(published)])
        before = logical_hash(connection, MENTIONS, "mentions")
        connection.execute("UPDATE mentions SET confidence = 0.91 WHERE form = 'role'")
        assert logical_hash(connection, MENTIONS, "mentions") != before
        connection.execute("UPDATE mentions SET confidence = 0.9 WHERE form = 'role'")
        assert logical_hash(connection, MENTIONS, "mentions") == before
