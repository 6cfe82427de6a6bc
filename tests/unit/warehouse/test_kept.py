"""What is kept from one build to the next is whole and of the same code, or not there."""

from pathlib import Path

import pyarrow as pa
import pytest

from warehouse.kept import KeptTables

ROWS = pa.table({"name": ["Larkmoor", "Oslo"], "n": [1, 2]})
OTHER = pa.table({"name": ["Larkmoor", "Larkmoor"]})


@pytest.fixture
def kept(tmp_path: Path) -> KeptTables:
    return KeptTables(tmp_path / "kept", "1")


def test_tables_come_back_as_they_were_written(kept: KeptTables) -> None:
    encoded = pa.table([OTHER["name"].combine_chunks().dictionary_encode()], names=["name"])
    kept.write("some", [ROWS, encoded.replace_schema_metadata({"told": "x"})])
    rows, other = kept.read("some")
    assert rows.equals(ROWS)
    assert other.equals(encoded)
    assert other.schema.metadata[b"told"] == b"x"


def test_what_other_code_made_is_not_there(kept: KeptTables) -> None:
    kept.write("some", [ROWS])
    assert KeptTables(kept.folder, "2").read("some") == []
    assert kept.read("other") == []


@pytest.mark.parametrize("size", [0, 1, 100, -1, -5, -9, -100])
def test_what_is_torn_is_not_there(kept: KeptTables, size: int) -> None:
    kept.write("some", [ROWS, OTHER])
    (file,) = kept.folder.iterdir()
    file.write_bytes(file.read_bytes()[:size])
    assert kept.read("some") == []


def test_what_is_not_wanted_any_more_goes(kept: KeptTables) -> None:
    kept.write("some", [ROWS])
    kept.write("other", [OTHER])
    (kept.folder / ".some.arrow.0.tmp").write_bytes(b"half")
    kept.keep_only(["other", "none"])
    assert [path.name for path in kept.folder.iterdir()] == ["other.arrow"]
