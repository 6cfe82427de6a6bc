"""The store of extracted rows is a matter of what is in it, not of who put it there when."""

from pathlib import Path

import pyarrow as pa
import pytest

from warehouse.shards import KEY_BYTES, SLOT, Shards
from warehouse.tables import DATES

KEYS = [bytes([n]) * KEY_BYTES for n in (1, 2)]
NOTHING = {"dates": DATES.schema.append(pa.field(SLOT, pa.int32())).empty_table()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_same_documents_twice_are_one_shard_of_the_same_name_everywhere(tmp_path: Path) -> None:
    for folder in (tmp_path / "here", tmp_path / "there"):
        shards = Shards(folder, [DATES])
        shards.append("wire", KEYS, NOTHING)
        shards.append("wire", KEYS, NOTHING)
        (name,) = names(folder)
        assert name.startswith("wire-")
    assert names(tmp_path / "here") == names(tmp_path / "there")
    shards.append("wire", KEYS[:1], NOTHING)
    assert len(names(folder)) == 2


@pytest.mark.parametrize("left", [".wire", "wire"])
def test_the_half_of_a_shard_that_a_killed_build_left_is_replaced(
    tmp_path: Path, left: str
) -> None:
    Shards(tmp_path, [DATES]).append("wire", KEYS, NOTHING)
    (name,) = names(tmp_path)
    (tmp_path / name).rename(tmp_path / name.replace("wire", left))
    (tmp_path / name.replace("wire", left) / "keys").unlink()
    shards = Shards(tmp_path, [DATES])
    assert KEYS[0] not in shards
    shards.append("wire", KEYS, NOTHING)
    assert names(tmp_path) == [name]
    assert all(key in Shards(tmp_path, [DATES]) for key in KEYS)


def test_documents_are_found_by_the_whole_of_their_digests(tmp_path: Path) -> None:
    ends_in_zeros, shorter = b"\x07" * 12 + bytes(4), b"\x07" * 11 + bytes(5)
    shards = Shards(tmp_path, [DATES])
    assert shards.live(b"") == []
    assert KEYS[0] not in shards
    shards.append("wire", [KEYS[1], ends_in_zeros], NOTHING)
    assert ends_in_zeros in shards
    assert shorter not in shards
    assert shards.hold_all(KEYS[1] + ends_in_zeros)
    assert not shards.hold_all(KEYS[1] + shorter)
    assert shards.held_of(shorter + KEYS[1] + KEYS[0]) == KEYS[1]
    with pytest.raises(KeyError):
        shards.live(KEYS[1] + shorter)


def test_of_a_document_that_is_there_twice_the_first_place_counts(tmp_path: Path) -> None:
    shards = Shards(tmp_path, [DATES])
    shards.append("b", KEYS, NOTHING)
    shards.append("a", [b"\x03" * KEY_BYTES, KEYS[1]], NOTHING)
    for found in (shards, Shards(tmp_path, [DATES])):
        live = {s.folder.name[0]: s.live.tolist() for s in found.live(b"".join(KEYS))}
        assert sum(sum(marks) for marks in live.values()) == len(KEYS)
    assert live == {"a": [False, True], "b": [True, False]}
