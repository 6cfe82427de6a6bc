"""CSV and Parquet: a row a record."""

import hashlib
import io
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record


def read(source_id: str, data: bytes) -> list[Record]:
    return list(read_stream(source_id, "wire", io.BytesIO(data)))


def parquet(**columns: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_of_csv_is_a_record_named_by_its_id_else_its_line(delimiter: str) -> None:
    rows = ["id,headline,content", 'x,A title,"One line,', 'and another."', "", ",B,Two."]
    csv = "\r\n".join(row.replace(",", delimiter) for row in rows)
    first, second = read("a.csv", csv.encode())
    assert (first.source_id, second.source_id) == ("a.csv#x", "a.csv#5")
    assert first.text == f"One line{delimiter}\nand another."
    assert (first.known[0].title, second.known[0].title) == ("A title", "B")


@pytest.mark.parametrize("above", ["", "\n\n", "sep=;\r\n", "\nSEP=,\n"])
def test_idle_lines_above_the_header_of_csv_are_passed_over(above: str) -> None:
    (record,) = read("a.csv", f"{above}id;text\n1;A text.\n".encode())
    assert (record.source_id, record.text) == ("a.csv#1", "A text.")


def test_a_row_of_csv_gives_the_digest_of_its_lines() -> None:
    (record,) = read("a.csv", b'text\n"a\nb"\n')
    assert (record.n_bytes, record.sha256) == (6, hashlib.sha256(b'"a\nb"\n').hexdigest())


def test_csv_in_utf16_and_with_stray_bytes() -> None:
    (wide,) = read("a.csv", "text\n“No”\n".encode("utf-16"))
    assert (wide.text, wide.encoding) == ("“No”", "utf-16-le")
    first, second = read("a.csv", b"text\nCaf\xe9\n" + "Café\n".encode())
    assert (first.text, first.encoding) == ("Café", "windows-1252")
    assert (second.text, second.encoding) == ("Café", "utf-8")


def test_a_bad_row_of_csv_costs_itself_only() -> None:
    first, second, third = read("a.csv", b"id,text\n1,One.\n2,Two.,more\n3,Three.\n")
    assert (first.text, third.text) == ("One.", "Three.")
    assert (second.source_id, second.reason) == ("a.csv#3", "malformed_record")
    assert second.detail == "The row of line 3 has 3 fields, the header 2; mend that row."


def test_a_row_of_parquet_is_a_record_named_by_its_id_else_its_number() -> None:
    data = parquet(
        id=["x", None],
        text=pa.array(["One.", "Two."]).dictionary_encode(),
        date=[datetime(2021, 3, 4, 5), None],
        retrieved_at=[datetime(2021, 3, 5), None],
        authors=[["Ida Brandt"], []],
        score=[0.5, None],
    )
    first, second = read("a.parquet", data)
    assert (first.source_id, second.source_id) == ("a.parquet#x", "a.parquet#2")
    assert (first.text, second.text) == ("One.", "Two.")
    assert first.retrieved_at == datetime(2021, 3, 5)
    (said,) = first.known
    assert (said.published, said.authors) == ("2021-03-04T05:00:00", ("Ida Brandt",))
    assert (first.n_bytes, first.sha256) == (4, hashlib.sha256(b"One.").hexdigest())


def test_a_table_without_a_text_column_is_refused_with_the_columns_that_it_has() -> None:
    (record,) = read("a.parquet", parquet(words=["One."], text=[1], day=[date(2021, 3, 4)]))
    assert record.reason == "no_text_column"
    assert record.detail
    assert "“words” (string), “text” (int64), “day” (date32[day])" in record.detail
    (record,) = read("a.csv", b"id,words\n")
    assert record.detail
    assert "“id”, “words”" in record.detail
