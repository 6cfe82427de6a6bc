import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.storage import (
    SeedsError,
    WarehouseError,
    atomic_path,
    identity,
    leads_outside,
    list_inputs,
    lock,
    open_as_it_is,
)


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_inputs_are_listed_in_order_with_their_batch(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "wire/2/a b.txt", "wire/😀.txt", "a.txt", "wire/README.md")
    touch(tmp_path, "README.md", "sources.toml", "registry.parquet", ".hidden", "wire/.git/x")
    assert [(i.source_id, i.batch) for i in list_inputs(tmp_path)] == [
        ("a.txt", "main"),
        ("b.txt", "main"),
        ("wire/2/a b.txt", "wire"),
        ("wire/README.md", "wire"),
        ("wire/😀.txt", "wire"),
    ]


def test_a_missing_or_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(SeedsError, match="does not exist"):
        list_inputs(tmp_path / "nowhere")
    touch(tmp_path, "README.md")
    with pytest.raises(SeedsError, match="holds no inputs"):
        list_inputs(tmp_path)


def test_a_link_out_of_the_folder_is_seen(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    touch(tmp_path, "secret.txt", "seeds/a.txt")
    (seeds / "out.txt").symlink_to(tmp_path / "secret.txt")
    (seeds / "in.txt").symlink_to(seeds / "a.txt")
    assert leads_outside(seeds / "out.txt", seeds)
    assert not leads_outside(seeds / "in.txt", seeds)


def test_a_link_in_a_circle_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    assert not leads_outside(tmp_path / "a.txt", tmp_path)


def test_a_file_that_grows_ends_where_it_ended_when_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one two")
    before = identity(path)
    with open_as_it_is(path) as stream:
        assert stream.read(3) == b"one"
        path.write_text("one two three")
        assert stream.read() == b" two"
        assert stream.seek(-3, 2) == 4
        assert stream.read() == b"two"
    assert identity(path) != before


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def write_half() -> None:
        with atomic_path(path) as temporary:
            temporary.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


HOLD = """
import sys, pathlib
from warehouse.storage import lock
with lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_learns_who_holds_the_warehouse_and_a_dead_one_holds_nothing(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(WarehouseError, match=f"process {holder.pid}"), lock(tmp_path):
            pass
        holder.kill()
    with lock(tmp_path):
        pass


def test_a_warehouse_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    touch(tmp_path, "file")
    with pytest.raises(WarehouseError, match="cannot be written"), lock(tmp_path / "file" / "x"):
        pass
