"""How files become records, whatever happens to them meanwhile."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.documents.record import Record
from pipelines.documents.sources import Source, read_sources
from tests.seeds import read_seeds


def read(seeds: Path, sources: Sequence[Source] = ()) -> Iterator[Record]:
    return (told.full() for told in read_seeds(seeds, sources))


def test_a_file_that_is_written_to_while_it_is_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text("".join(f'{{"text": "{n}."}}\n' for n in range(50)) + '{"text": "Half')
    records = read(tmp_path)
    first = next(records)
    with path.open("a") as file:
        file.write('."}\n{"text": "More."}\n')
    *others, last = records
    assert [r.text for r in (first, *others)] == [f"{n}." for n in range(50)]
    assert (last.source_id, last.reason) == ("feed.jsonl", "changed_while_read")


def test_a_text_that_is_replaced_while_it_waits_is_not_read_by_half(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Two.")
    (tmp_path / "a.txt").write_text("Long. " * 2**18)
    records = read(tmp_path)
    assert next(records).source_id == "a.txt"
    (tmp_path / "b.txt").unlink()
    (last,) = records
    assert (last.source_id, last.reason) == ("b.txt", "unreadable")


def test_a_person_can_speak_of_a_member_or_of_all_that_an_archive_holds(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.jsonl", '{"text": "One."}\n{"text": "Two."}')
    for match in ("a.zip", "a.zip!b.jsonl", "a.zip!b.jsonl#*"):
        sources = read_sources(f'[[source]]\nmatch = "{match}"\npublisher = "The Example"')
        records = read(tmp_path, sources)
        assert [r.known[0].publisher for r in records] == ["The Example"] * 2
