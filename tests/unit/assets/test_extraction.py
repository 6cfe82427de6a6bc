"""How files become records, whatever happens to them meanwhile."""

from pathlib import Path

from assets.extraction import read_inputs
from pipelines.documents.sources import read_sources
from warehouse.storage import list_inputs


def test_a_file_that_is_written_to_while_it_is_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n{"text": "Thr')
    records = read_inputs(list_inputs(tmp_path), [], tmp_path)
    first = next(records)
    with path.open("a") as file:
        file.write('ee."}\n{"text": "Four."}\n')
    second, third = records
    assert (first.text, second.text) == ("One.", "Two.")
    assert (third.source_id, third.reason) == ("feed.jsonl", "changed_while_read")


def test_a_text_that_is_replaced_while_it_waits_is_not_read_by_half(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_text("Two.")
    records = read_inputs(list_inputs(tmp_path), [], tmp_path)
    assert next(records).text == "One."
    (tmp_path / "b.txt").unlink()
    (last,) = records
    assert (last.source_id, last.reason) == ("b.txt", "unreadable")


def test_a_person_can_speak_of_a_member_or_of_all_that_an_archive_holds(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.jsonl", '{"text": "One."}\n{"text": "Two."}')
    for match in ("a.zip", "a.zip!b.jsonl", "a.zip!b.jsonl#*"):
        sources = read_sources(f'[[source]]\nmatch = "{match}"\npublisher = "The Example"')
        records = read_inputs(list_inputs(tmp_path), sources, tmp_path)
        assert [r.known[0].publisher for r in records] == ["The Example"] * 2
