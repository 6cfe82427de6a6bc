import gzip
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations import walk_records
from expectations.walk import walk, walked_table


def seed(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_every_file_is_an_input_in_the_order_of_paths(tmp_path: Path) -> None:
    files = {"texts/b.txt": "B", "texts/a.html": "A", "loose.txt": "", "2021/06/c.pdf": "C"}
    assert list(walk(seed(tmp_path, files))) == [
        "2021/06/c.pdf",
        "loose.txt",
        "texts/a.html",
        "texts/b.txt",
    ]


def test_what_tells_about_the_seeds_is_no_input_at_the_top_alone(tmp_path: Path) -> None:
    names = ("README.md", "sources.toml", "registry.parquet", ".DS_Store")
    below = {f"texts/{name}": "" for name in names}
    seeds = seed(tmp_path, dict.fromkeys(names, "") | below | {".git/config.txt": ""})
    assert list(walk(seeds)) == [
        "texts/README.md",
        "texts/registry.parquet",
        "texts/sources.toml",
    ]


@pytest.mark.parametrize(
    ("lines", "records"),
    [
        ('{"id": "x1", "text": "Rain."}\n', ["#x1"]),
        ('{"text": "Rain."}\n\n  \n{"text": "Snow."}', ["#1", "#4"]),
        ('{"id": "a"}\n{"id": "b"}\n{"id": "a"}\n{"id": "a"}\n', ["#a", "#b", "#a~2", "#a~3"]),
        ('{"id": 7}\n{"id": 0}\n', ["#7", "#0"]),
        ('{"id": "2"}\n{"text": "no id, second line"}\n', ["#2", "#2~2"]),
        ('{"id": ""}\n{"id": null}\n{"id": true}\n{"id": 1.5}\n', ["#1", "#2", "#3", "#4"]),
        ('{"id": "broken"\n[1, 2]\n', ["#1", "#2"]),
        ("[" * 100_000, ["#1"]),
        ('\ufeff{"id": "marked"}\n', ["#marked"]),
        (r'{"id": "line\r\nbreak\u0000"}', ["#line\nbreak "]),
        ("", [""]),
        ("\n \n", [""]),
    ],
)
def test_each_line_of_a_file_of_records_counts(
    tmp_path: Path, lines: str, records: list[str]
) -> None:
    seeds = seed(tmp_path, {"feeds/week.jsonl": lines})
    assert list(walk(seeds)) == [f"feeds/week.jsonl{record}" for record in records]


def test_links_are_one_input_and_not_followed(tmp_path: Path) -> None:
    outside = seed(tmp_path / "outside", {"feed.jsonl": '{"id": "x"}', "more/far.txt": ""})
    seeds = seed(tmp_path / "seeds", {"near.txt": ""})
    (seeds / "feed.jsonl").symlink_to(outside / "feed.jsonl")
    (seeds / "more").symlink_to(outside / "more")
    (seeds / "lost.ndjson").symlink_to(outside / "nowhere")
    assert list(walk(seeds)) == ["feed.jsonl", "lost.ndjson", "more", "near.txt"]


def test_members_of_archives_and_rows_of_tables_count(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../x.txt", "X")
        archive.writestr("feed.csv", "id,content\n7,A\n,B\n")
        archive.writestr(".hidden", "")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "y"}\n'))
    (tmp_path / "c.txt.gz").write_bytes(b"")
    pq.write_table(pa.table({"body": ["A", "B"], "id": ["z", None]}), tmp_path / "d.parquet")
    (tmp_path / "e.zip").write_bytes(b"PK")
    assert list(walk(tmp_path)) == [
        "a.zip!x.txt",
        "a.zip!feed.csv#7",
        "a.zip!feed.csv#3",
        "b.jsonl.gz#y",
        "c.txt.gz",
        "d.parquet#z",
        "d.parquet#2",
        "e.zip",
    ]


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seeds folder; files in it count as old at once."""
    monkeypatch.setattr("expectations.walked_before._YOUNG_NS", -(10**12))
    files = {"a.jsonl": '{"id": "x"}\n{"id": "x"}\n', "b.txt": "B", "sub/c.csv": "id,text\n7,A\n"}
    return seed(tmp_path / "seeds", files)


def test_a_file_that_did_not_change_is_not_read_again(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "walk.jsonl"
    first = list(walk(settled, record))
    assert first == list(walk(settled)) == ["a.jsonl#x", "a.jsonl#x~2", "b.txt", "sub/c.csv#7"]
    seed(settled, {"sub/c.csv": "id,text\n7,A\n8,B\n", "aa.jsonl": '{"id": "new"}\n'})
    (settled / "b.txt").unlink()
    read: list[str] = []
    real = walk_records.inputs_in

    def inputs_in(name: str, stream: BinaryIO) -> Iterator[str]:
        read.append(name)
        return real(name, stream)

    monkeypatch.setattr("expectations.walk.inputs_in", inputs_in)
    again = list(walk(settled, record))
    assert read == ["aa.jsonl", "sub/c.csv"]
    assert again == ["a.jsonl#x", "a.jsonl#x~2", "aa.jsonl#new", "sub/c.csv#7", "sub/c.csv#8"]
    assert again == list(walk(settled))
    read.clear()
    assert list(walk(settled, record)) == again
    assert read == []


@pytest.mark.parametrize("damage", ["", "another version\n", "half"])
def test_a_record_that_is_damaged_or_of_other_code_costs_only_time(
    damage: str, settled: Path, tmp_path: Path
) -> None:
    record = tmp_path / "walk.jsonl"
    found = list(walk(settled, record))
    whole = record.read_text(encoding="utf-8")
    record.write_text(whole[: len(whole) // 2] if damage == "half" else damage, encoding="utf-8")
    assert list(walk(settled, record)) == found
    assert record.read_text(encoding="utf-8") == whole


def test_a_young_file_is_read_again(tmp_path: Path) -> None:
    """It may be written to once more with the same times."""
    seeds, record = seed(tmp_path / "seeds", {"a.jsonl": '{"id": "x"}\n'}), tmp_path / "walk.jsonl"
    assert list(walk(seeds, record)) == ["a.jsonl#x"]
    assert "a.jsonl" not in record.read_text(encoding="utf-8")


def test_files_that_came_and_folders_in_which_names_went_are_told(tmp_path: Path) -> None:
    files = dict.fromkeys(("README.md", "old.txt", "still/b.txt", "wire/a.txt", "wire/b.txt"), "")
    seeds = seed(tmp_path, files)
    since = (seeds / "wire" / "b.txt").stat().st_ctime_ns
    time.sleep(0.02)  # the file system's clock ticks every few milliseconds
    (seeds / "wire" / "a.txt").unlink()
    seed(tmp_path, {"new/a.txt": ""})
    found = {
        (r["kind"], r["source_id"]): r["is_changed"] for r in walked_table(seeds, since).to_pylist()
    }
    assert found == {
        ("input", "new/a.txt"): False,
        ("input", "old.txt"): False,
        ("input", "still/b.txt"): False,
        ("input", "wire/b.txt"): False,
        ("folder", "/"): True,
        ("file", "README.md"): False,
        ("file", "old.txt"): False,
        ("folder", "new/"): True,
        ("file", "new/a.txt"): True,
        ("folder", "still/"): False,
        ("file", "still/b.txt"): False,
        ("folder", "wire/"): True,
        ("file", "wire/b.txt"): False,
    }
