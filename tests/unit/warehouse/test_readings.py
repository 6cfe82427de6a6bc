"""What was read in each input is known again as long as the input and the versions are the same."""

from pathlib import Path

import pytest

from warehouse.readings import NewReadings, OldReadings
from warehouse.storage import Identity, Input

KEY = bytes(range(16))
FIRST, SECOND = b"\x01" * 32, b"\x02" * 32


def of(name: str, identity: Identity) -> Input:
    return Input(f"/seeds/{name}", name, "main", identity=identity)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "readings.jsonl"
    with NewReadings(path, "r", "e") as new:
        new.begin("a.txt", FIRST)
        new.add(["a.txt", "Nørre"], KEY)
        new.begin("b.txt", SECOND)
        new.add(["b.txt#1", None], None)
        new.add(["b.txt#2", None], KEY)
    return path


def test_a_file_that_did_not_change_is_known(kept: Path) -> None:
    old = OldReadings(kept, "r", "e")
    lines = old.of(of("b.txt", SECOND))
    assert lines
    assert [(line, written.key) for line, written in lines] == [
        (["b.txt#1", None], None),
        (["b.txt#2", None], KEY),
    ]


@pytest.mark.parametrize("identity", [SECOND, None])
def test_a_file_that_changed_is_not(kept: Path, identity: Identity | None) -> None:
    old = OldReadings(kept, "r", "e")
    assert old.of(Input("/seeds/a.txt", "a.txt", "main", identity=identity)) is None


def test_other_extractors_read_the_same_but_store_rows_by_another_digest(kept: Path) -> None:
    lines = OldReadings(kept, "r", "f").of(of("a.txt", FIRST))
    assert lines
    assert [(line, written.key) for line, written in lines] == [(["a.txt", "Nørre"], None)]


def test_another_reader_knows_nothing(kept: Path) -> None:
    assert OldReadings(kept, "s", "e").of(of("a.txt", FIRST)) is None


def test_what_is_written_down_again_is_the_same(kept: Path) -> None:
    old, again = OldReadings(kept, "r", "e"), kept.with_name("again.jsonl")
    with NewReadings(again, "r", "e") as new:
        for item in (of("a.txt", FIRST), of("b.txt", SECOND)):
            new.begin(item.source_id, item.identity or FIRST)
            for _, written in old.of(item) or ():
                new.add_again(written)
    assert again.read_bytes() == kept.read_bytes()


def test_a_file_that_is_forgotten_leaves_nothing(kept: Path) -> None:
    path = kept.with_name("other.jsonl")
    with NewReadings(path, "r", "e") as new:
        new.begin("a.txt", FIRST)
        new.add(["a.txt", "Nørre"], KEY)
        new.begin("aa.txt", FIRST)
        new.add(["aa.txt", "half"], KEY)
        new.forget()
        new.begin("b.txt", SECOND)
        new.add(["b.txt#1", None], None)
        new.add(["b.txt#2", None], KEY)
    assert path.read_bytes() == kept.read_bytes()
