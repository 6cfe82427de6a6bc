import bz2
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from backports import zstd

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
        ("a.html", b"\n", "empty"),
        ("a.csv", b"words\nx\n", "no_text_column"),
        ("a.parquet", b"PAR1", "damaged"),
        ("a.zip", b"PK\x03\x04", "damaged"),
        ("a.txt.gz", b"\x1f\x8b\x08", "damaged"),
        ("a.gz", b"\x1f\x8b\x08", "unsupported_format"),
        ("a.txt.gz.bz2", b"", "nested_archive"),
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


def test_a_page_is_carried_as_its_source() -> None:
    source = '<meta charset="windows-1252"><title>Br\xfccke</title><p>Nein.'
    (record,) = read("a.HTM", source.encode("windows-1252"))
    assert (record.media_type, record.encoding) == ("text/html", "windows-1252")
    assert (record.html, record.text, record.text_basis) == (source, None, "page")


def test_a_text_that_was_decoded_wrongly_is_repaired_and_says_so() -> None:
    right = "“Don’t,” said Zoë Müller.\n"
    wrong = right.encode().decode("sloppy-windows-1252")
    (record,) = read("a.txt", wrong.encode())
    assert (record.text, record.text_basis) == (right, "repaired")
    (line,) = read("a.jsonl", lines({"text": wrong}))
    assert (line.text, line.text_basis) == (right, "repaired")


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": zstd.compress,
}


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_file_reads_as_if_it_were_not(suffix: str) -> None:
    data = lines({"id": "x", "text": "Mayor Ida Brandt said no."})
    packed = PACKERS[suffix](data)
    (plain,) = read("a.jsonl", data)
    (record,) = read(f"a.jsonl{suffix}", packed)
    assert record == replace(plain, source_id=f"a.jsonl{suffix}#x")
    (text,) = read(f"a.txt{suffix.upper()}", PACKERS[suffix](b"No."))
    assert (text.text, text.media_type) == ("No.", "text/plain")


def test_members_of_an_archive_are_inputs_of_their_own() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("2021/../../a b.txt", "No.")
        archive.writestr("feed.jsonl", lines({"id": 1, "text": "Yes."}))
        archive.writestr("__MACOSX/._feed.jsonl", b"\x00")
        archive.writestr("pictures/", b"")
        archive.writestr("pictures/b.png", b"\x89PNG")
    records = read("wire/a.zip", buffer.getvalue())
    assert [(r.source_id, r.media_type, r.text) for r in records] == [
        ("wire/a.zip!2021/a b.txt", "text/plain", "No."),
        ("wire/a.zip!feed.jsonl#1", "application/x-ndjson", "Yes."),
        ("wire/a.zip!pictures/b.png", "application/octet-stream", None),
    ]
    assert [r.n_bytes for r in records] == [3, 25, 4]


def test_a_file_of_its_own_and_a_member_give_the_digest_of_their_bytes() -> None:
    (broken,) = read("a.docx", b"PK")
    assert broken.sha256 == hashlib.sha256(b"PK").hexdigest()
    packed = gzip.compress(b"x")[:-1]
    (broken,) = read("a.txt.gz", packed)
    assert (broken.n_bytes, broken.sha256) == (len(packed), hashlib.sha256(packed).hexdigest())
