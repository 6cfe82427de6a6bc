import gzip
import io
import zlib
from datetime import datetime

import pytest

from pipelines.documents.http import read_answer
from pipelines.documents.reader import read_stream
from pipelines.documents.record import Record


def read(source_id: str, data: bytes) -> list[Record]:
    return list(read_stream(source_id, "crawl", io.BytesIO(data)))


def warc(kind: str, payload: bytes, content_type: str, **fields: str) -> bytes:
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{kind}>",
        "WARC-Date": "2021-03-04T05:06:07Z",
        "WARC-Target-URI": "https://example.org/1",
        "Content-Type": content_type,
        "Content-Length": str(len(payload)),
        **fields,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + payload + b"\r\n\r\n"


def answer(body: bytes, content_type: str = "text/html", *more: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in ("HTTP/1.1 200 OK", f"Content-Type: {content_type}"))
    return (head + "".join(f"{line}\r\n" for line in more)).encode() + b"\r\n" + body


HTTP = "application/http; msgtype=response"


def test_a_response_is_a_page_with_its_address_and_the_time_of_its_fetching() -> None:
    page = "<p>Żółw.".encode("iso-8859-2")
    about = warc("warcinfo", b"software: x", "application/warc-fields")
    response = warc("response", answer(page, "text/html; charset=iso-8859-2"), HTTP)
    for name, data in (
        ("a.warc", about + response),
        ("a.warc.gz", gzip.compress(about) + gzip.compress(response)),
    ):
        (record,) = read(name, data)
        assert record.source_id == f"{name}#urn:uuid:response"
        assert (record.html, record.encoding) == ("<p>Żółw.", "iso-8859-2")
        assert (record.url, record.media_type) == ("https://example.org/1", "text/html")
        assert record.retrieved_at == datetime(2021, 3, 4, 5, 6, 7)


def test_a_conversion_is_a_text() -> None:
    (record,) = read("a.wet", warc("conversion", "“No.”".encode(), "text/plain"))
    assert (record.text, record.media_type, record.n_bytes) == ("“No.”", "text/plain", 9)


def test_a_record_without_an_id_is_named_by_its_number() -> None:
    data = warc("warcinfo", b"", "x") + warc("conversion", b"No.", "text/plain")
    data = data.replace(b"WARC-Record-ID", b"X")
    (record,) = read("a.wet", data)
    assert record.source_id == "a.wet#2"


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (answer(b"a"), b"a"),
        (answer(b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "x/y", "Transfer-Encoding: chunked"), b"abc"),
        (answer(b"<p>joined before", "x/y", "Transfer-Encoding: chunked"), b"<p>joined before"),
        (answer(gzip.compress(b"a", mtime=0), "x/y", "Content-Encoding: gzip"), b"a"),
        (answer(zlib.compress(b"<p>a"), "x/y", "Content-Encoding: deflate"), b"<p>a"),
        (answer(zlib.compress(b"<p>a", wbits=-15), "x/y", "Content-Encoding: deflate"), b"<p>a"),
        (answer(b"<p>unpacked", "x/y", "Content-Encoding: deflate"), b"<p>unpacked"),
        (answer(b"unpacked before", "x/y", "Content-Encoding: gzip"), b"unpacked before"),
        (answer("<p>“No.”".encode(), "x/y", "Content-Encoding: br"), "<p>“No.”".encode()),
        (answer("<p>Né".encode("cp1252"), "x/y", "Content-Encoding: br"), b"<p>N\xe9"),
        (b"HTTP/2 200\r\n\r\na", b"a"),
        (b"HTTP/1.0 200 OK\n\na", b"a"),
    ],
)
def test_the_body_of_an_answer_is_unpacked(data: bytes, body: bytes) -> None:
    assert read_answer(data).body == body


def test_a_page_packed_in_an_unknown_way_is_refused_by_its_name() -> None:
    packed = answer(bytes(range(255, 0, -1)), "text/html", "Content-Encoding: br")
    (record,) = read("a.warc", warc("response", packed, HTTP))
    assert record.reason == "unsupported_format"
    assert "packed as “br”" in str(record.detail)
