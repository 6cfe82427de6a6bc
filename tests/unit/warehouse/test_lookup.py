from pathlib import Path

import pyarrow as pa
import pytest

from warehouse.lookup import column_of, with_digests
from warehouse.shards import SLOT, Shard, Shards
from warehouse.tables import Table
from warehouse.tables.spec import Column

NAMES = Table(
    name="names",
    doc="Names by their letters.",
    primary_key=("letter",),
    columns=(
        Column("letter", pa.string(), "A letter."),
        Column("name", pa.string(), "A name that begins with it."),
    ),
)
ALL = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Finn")


@pytest.fixture
def shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Shard]:
    """Two shards in groups of two rows, of which one name does not count any more."""
    monkeypatch.setattr("warehouse.shards._LEAST_ROWS", 2)
    monkeypatch.setattr("warehouse.shards._GROUPS", 2)
    kept = Shards(tmp_path / "rows", [NAMES])
    keys = [bytes([n] * 16) for n in range(len(ALL))]
    for numbers in ((0, 1, 4, 5), (2, 3)):
        rows = {
            "letter": [ALL[n][0].lower() for n in numbers],
            "name": [ALL[n] for n in numbers],
            SLOT: pa.array(range(len(numbers)), pa.int32()),
        }
        kept.append("main", [keys[n] for n in numbers], {"names": pa.table(rows)})
    return kept.live(b"".join(keys[:5]))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("be", {"b": "Ben", "e": "Emil"}, id="of two groups"),
        pytest.param("cd", {"c": "Cleo", "d": "Dora"}, id="of another shard"),
        pytest.param("af", {"a": "Ada"}, id="what does not count is not found"),
        pytest.param("xyz", {}, id="what is not there neither"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_the_values_of_a_column_by_key(
    shards: list[Shard], wanted: str, found: dict[str, str]
) -> None:
    assert dict(column_of(NAMES, shards, "name", set(wanted))) == found


def test_all_rows_with_the_digests_of_their_documents(shards: list[Shard]) -> None:
    found = with_digests(NAMES, shards, ["name"], "document")
    assert found.column_names == ["name", "document"]
    wanted = {name: bytes([n] * 16) for n, name in enumerate(ALL[:5])}
    assert dict(zip(*(column.to_pylist() for column in found.columns), strict=True)) == wanted
    assert with_digests(NAMES, [], ["name"], "document").schema == found.schema
