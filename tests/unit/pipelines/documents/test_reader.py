import io
import json

import pytest

from pipelines.documents.numbering import numbered
from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record


def read(source_id: str, data: bytes) -> list[Record]:
    return list(numbered(read_stream(source_id, "wire", io.BytesIO(data))))


def lines(*records: object) -> bytes:
    return "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records).encode()


def test_a_text_file_is_one_record() -> None:
    (record,) = read("wire/a.TXT", b"Mayor Ida Brandt said no.\r\n")
    assert (record.source_id, record.batch, record.media_type) == (
        "wire/a.TXT",
        "wire",
        "text/plain",
    )
    assert record.text == "Mayor Ida Brandt said no.\n"
    assert (record.n_bytes, record.encoding, record.reason) == (27, "utf-8", None)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\x00\x01\x02\x03", "not_text"),
        ("a.docx", b"PK\x03\x04", "unsupported_format"),
        ("a", b"no suffix", "unsupported_format"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
    ],
)
def test_a_bad_file_is_one_record_with_its_reason(name: str, data: bytes, reason: str) -> None:
    (record,) = read(name, data)
    assert record.reason == reason
    assert record.text is None
    assert record.detail


def test_records_carry_what_they_say_about_themselves() -> None:
    fields = {
        "id": "x-1",
        "text": "A text.",
        "url": "https://example.org/1",
        "title": "A title",
        "authors": ["Ida Brandt", " Omar Diallo "],
        "publisher": "The Example",
        "published": "2021-03-04",
        "score": 7,
    }
    (record,) = read("r.jsonl", lines(fields))
    assert record.source_id == "r.jsonl#x-1"
    (said,) = record.known
    assert said.basis == "record"
    assert said.authors == ("Ida Brandt", "Omar Diallo")
    assert (said.url, said.title, said.published) == (record.url, "A title", "2021-03-04")


def test_ids_are_the_records_own_else_the_line_and_repeats_are_numbered() -> None:
    data = lines({"text": "one"}, "", {"id": 3, "text": "two"}, {"id": 3, "text": "three"})
    assert [r.source_id for r in read("r.jsonl", data)] == ["r.jsonl#1", "r.jsonl#3", "r.jsonl#3~2"]


@pytest.mark.parametrize(
    ("bad", "reason", "says"),
    [
        ("{broken", "malformed_record", "Line 2"),
        ("[1, 2]", "malformed_record", "one object a line"),
        ({"text": 5}, "malformed_record", "“text” must be a string"),
        ({"text": "x", "authors": [1]}, "malformed_record", "“authors”"),
        ({"title": "no text"}, "missing_text", "no “text”"),
        ({"text": " \n"}, "missing_text", "no “text”"),
    ],
)
def test_one_bad_line_costs_itself_only(bad: object, reason: str, says: str) -> None:
    first, second, third = read("r.jsonl", lines({"text": "one"}, bad, {"text": "three"}))
    assert (first.text, third.text) == ("one", "three")
    assert second.reason == reason
    assert second.detail
    assert says in second.detail
