from pathlib import Path

import pytest

from warehouse.sealed import read_sealed, write_sealed


def test_what_was_kept_is_read_under_its_key_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    assert read_sealed(path, "first") == b""
    write_sealed(path, "first", b"some bytes")
    assert read_sealed(path, "first") == b"some bytes"
    assert read_sealed(path, "second") == b""
    write_sealed(path, "second", b"")
    assert read_sealed(path, "second") == read_sealed(path, "first") == b""


@pytest.mark.parametrize("n_bytes", [0, 5, 32, 41])
def test_what_is_torn_counts_for_nothing(tmp_path: Path, n_bytes: int) -> None:
    path = tmp_path / "kept"
    write_sealed(path, "key", b"some bytes")
    path.write_bytes(path.read_bytes()[:n_bytes])
    assert read_sealed(path, "key") == b""


def test_so_does_what_was_written_to(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_sealed(path, "key", b"some bytes")
    path.write_bytes(path.read_bytes().replace(b"some", b"same"))
    assert read_sealed(path, "key") == b""
