"""Hostile files of records: JSON Lines, CSV, Parquet, WARC."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.counterexamples.documents.case import Rows, article, hostile
from warehouse.tables.inputs import MAX_RECORD_BYTES

GIGABYTES_2 = 2**31


def line(number: int, **more: object) -> bytes:
    return json.dumps({"text": article(number), **more}).encode() + b"\n"


@hostile
def one_bad_line_in_the_middle(folder: Path) -> Rows:
    (folder / "a.jsonl").write_bytes(line(200) + b"{broken\n" + line(201))
    return {"a.jsonl#1": None, "a.jsonl#2": "malformed_record", "a.jsonl#3": None}


@hostile
def a_line_of_2_gigabytes(folder: Path) -> Rows:
    with (folder / "a.jsonl").open("wb") as file:
        file.write(line(202))
        file.seek(GIGABYTES_2, 1)
        file.write(b"\n" + line(203))
    return {"a.jsonl#1": None, "a.jsonl#2": "too_large", "a.jsonl#3": None}


@hostile
def brackets_100000_deep(folder: Path) -> Rows:
    (folder / "a.jsonl").write_bytes(b"[" * 100_000 + b"\n" + b'{"text":' * 100_000)
    return {"a.jsonl#1": "malformed_record", "a.jsonl#2": "malformed_record"}


@hostile
def a_number_of_a_million_digits(folder: Path) -> Rows:
    (folder / "a.jsonl").write_bytes(b'{"id": ' + b"9" * 1_000_000 + b"}\n" + line(204))
    return {"a.jsonl#1": "malformed_record", "a.jsonl#2": None}


@hostile
def ids_that_repeat_and_foresee_it(folder: Path) -> Rows:
    ids = ("a", "a", "a~2", "a~2", "", None, True, "x" * 10_000, "2")
    (folder / "a.jsonl").write_bytes(b"".join(line(210 + n, id=i) for n, i in enumerate(ids)))
    names = ("a", "a~2", "a~2~2", "a~2~3", "5", "6", "7", "8", "2")
    return {f"a.jsonl#{name}": None for name in names}


@hostile
def ids_that_no_table_can_hold(folder: Path) -> Rows:
    (folder / "a.jsonl").write_bytes(line(220, id="\u0000\ud800\r\n") + line(221, id="/../..\\"))
    return {"a.jsonl# \ufffd\n": None, "a.jsonl#/../..\\": None}


@hostile
def a_field_of_a_wrong_type(folder: Path) -> Rows:
    rows = [b'{"text": 5}\n', b'{"text": "x", "authors": [1]}\n', b"[1, 2]\n", b'"text"\n']
    (folder / "a.jsonl").write_bytes(b"".join(rows) + line(222, date=7, source={"name": "x"}))
    bad: Rows = {f"a.jsonl#{n}": "malformed_record" for n in (1, 2, 3, 4)}
    return bad | {"a.jsonl#5": None}


@hostile
def metadata_that_mean_nothing(folder: Path) -> Rows:
    said = {
        "published": "some day",
        "url": "\u0000",
        "authors": ["", "\ud800"],
        "title": "x" * 9999,
    }
    (folder / "a.jsonl").write_bytes(line(223, **said))
    return {"a.jsonl#1": None}


@hostile
def records_without_text(folder: Path) -> Rows:
    rows = (b"{}\n", b'{"text": null}\n', b'{"text": " "}\n', b'{"text": "\\u0000"}\n')
    (folder / "a.jsonl").write_bytes(b"".join(rows))
    missing: Rows = {f"a.jsonl#{n}": "missing_text" for n in (1, 2, 3)}
    return missing | {"a.jsonl#4": "empty"}


@hostile
def lines_in_several_encodings(folder: Path) -> Rows:
    data = line(224, id="marked") + b'{"id": "caf\xe9", "text": "One caf\xe9 \x93closed\x94."}\n'
    (folder / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + data + b"\xff\xfe\n")
    (folder / "b.jsonl").write_bytes(line(225, id="é").decode().encode("utf-16"))
    return {
        "a.jsonl#marked": None,
        "a.jsonl#2": None,
        "a.jsonl#3": "malformed_record",
        "b.jsonl#é": None,
    }


@hostile
def csv_with_rows_of_other_lengths(folder: Path) -> Rows:
    rows = f'id,text\nx,"{article(230)}"\ny\nz,a,b\n\nw,{article(231)}'
    (folder / "a.csv").write_text(rows)
    return {
        "a.csv#x": None,
        "a.csv#4": "malformed_record",
        "a.csv#5": "malformed_record",
        "a.csv#w": None,
    }


@hostile
def csv_with_an_open_quotation_mark(folder: Path) -> Rows:
    (folder / "a.csv").write_text(f'text\n{article(232)}"open\nand open\n')
    return {"a.csv#2": None, "a.csv#3": "malformed_record"}


@hostile
def csv_with_a_huge_field(folder: Path) -> Rows:
    huge = "x" * (MAX_RECORD_BYTES + 1)
    (folder / "a.csv").write_text(f"text;id\n{huge};1\n{article(233)[:-1]};2\n")
    return {"a.csv#2": "too_large", "a.csv#2~2": None}


@hostile
def csv_without_a_text_column(folder: Path) -> Rows:
    (folder / "a.csv").write_text(f"id,words\n1,{article(234)}")
    (folder / "b.csv").write_text("id,text\n")
    (folder / "c.csv").touch()
    return {"a.csv": "no_text_column", "b.csv": "empty", "c.csv": "empty"}


@hostile
def csv_in_utf16_with_zeros(folder: Path) -> Rows:
    (folder / "a.csv").write_text(f"id\ttext\n7\ta\x00b {article(235)}", encoding="utf-16")
    return {"a.csv#7": None}


@hostile
def utf16_without_a_mark(folder: Path) -> Rows:
    (folder / "a.jsonl").write_bytes((line(236, id="é") * 2).decode().encode("utf-16-le"))
    (folder / "b.csv").write_bytes(f"id,text\nk,{article(237)}".encode("utf-16-be"))
    return {"a.jsonl#é": None, "a.jsonl#é~2": "same_content", "b.csv#k": None}


def parquet(path: Path, **columns: object) -> None:
    pq.write_table(pa.table(columns), path)


@hostile
def parquet_with_a_wrong_type(folder: Path) -> Rows:
    parquet(folder / "a.parquet", text=pa.array([1, 2]), id=pa.array(["a", "b"]))
    parquet(folder / "b.parquet", words=pa.array(["a"]))
    return dict.fromkeys(("a.parquet", "b.parquet"), "no_text_column")


@hostile
def parquet_that_is_none(folder: Path) -> Rows:
    (folder / "a.parquet").write_text(article(240))
    parquet(folder / "b.parquet", text=pa.array([article(241)] * 1000))
    (folder / "b.parquet").write_bytes((folder / "b.parquet").read_bytes()[:-9])
    (folder / "c.parquet").touch()
    return dict.fromkeys(("a.parquet", "b.parquet", "c.parquet"), "damaged")


@hostile
def parquet_with_a_damaged_page(folder: Path) -> Rows:
    path = folder / "a.parquet"
    texts = pa.table({"text": pa.array([article(242), article(243)])})
    pq.write_table(texts, path, row_group_size=1, use_dictionary=False, compression="gzip")
    data = bytearray(path.read_bytes())
    second = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[second : second + 60] = bytes(60)
    path.write_bytes(data)
    return {"a.parquet#1": None, "a.parquet": "damaged"}


@hostile
def parquet_with_values_that_are_none(folder: Path) -> Rows:
    texts = pa.array([article(244).encode(), b"stray \x92 byte", None, b""], pa.binary())
    parquet(
        folder / "a.parquet",
        text=pa.Array.from_buffers(pa.string(), 4, texts.buffers()),
        id=pa.array([5, None, 5, 2**62]),
        date=pa.array([10**13, 0, 0, None], pa.timestamp("s")),
    )
    parquet(folder / "b.parquet", text=pa.array([], pa.string()))
    return {
        "a.parquet#5": None,
        "a.parquet#2": None,
        "a.parquet#5~2": "missing_text",
        f"a.parquet#{2**62}": "missing_text",
        "b.parquet": "empty",
    }


@hostile
def a_parquet_bomb(folder: Path) -> Rows:
    texts = pa.array(["x" * 2**20] * 100)
    path = folder / "a.parquet"
    pq.write_table(pa.table({"text": texts}), path, use_dictionary=False, compression="zstd")
    return {"a.parquet": "too_large"}


def warc(payload: bytes, length: int | None = None, **fields: str) -> bytes:
    named = {"WARC_Type": "response", "Content_Type": "application/http", **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    size = len(payload) if length is None else length
    return f"WARC/1.0\r\n{head}Content-Length: {size}\r\n\r\n".encode() + payload + b"\r\n\r\n"


def http(body: str, status: str = "200 OK", kind: str = "text/html", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n{body}".encode()


@hostile
def answers_that_are_no_pages(folder: Path) -> Rows:
    answers = (
        http("gone", "404 Not Found"),
        http("GIF89a", kind="image/gif"),
        b"no HTTP at all",
        http("", kind="text/html"),
        http(f"ZZ\r\n<p>{article(250)}", more="Transfer-Encoding: chunked\r\n"),
        http(f"<p>{article(251)}", more="Content-Encoding: gzip\r\n"),
        http("x" * (MAX_RECORD_BYTES + 1)),
    )
    (folder / "a.warc").write_bytes(b"".join(map(warc, answers)))
    reasons = ("not_fetched", "unsupported_format", "malformed_record", "empty", None, None)
    rows: Rows = {f"a.warc#{n}": reason for n, reason in enumerate(reasons, 1)}
    return rows | {"a.warc#7": "too_large"}


@hostile
def warc_that_breaks_its_rules(folder: Path) -> Rows:
    good = warc(http(f"<p>{article(252)}</p>"), WARC_Record_ID="<urn:uuid:1>")
    (folder / "a.warc").write_bytes(good + warc(b"short", length=10**9))
    (folder / "b.warc").write_bytes(good.replace(b"252", b"253") + b"garbage")
    (folder / "c.warc").write_bytes(b"WARC/1.0\r\nX: " + b"x" * 2**20)
    (folder / "d.wet").write_bytes(b"WARC/1.0\r\nContent-Length: -5\r\n\r\n")
    (folder / "e.warc").write_bytes(warc(b"", WARC_Type="warcinfo"))
    return {
        "a.warc#urn:uuid:1": None,
        "a.warc": "damaged",
        "b.warc#urn:uuid:1": None,
        "b.warc": "damaged",
        "c.warc": "damaged",
        "d.wet": "damaged",
        "e.warc": "empty",
    }
