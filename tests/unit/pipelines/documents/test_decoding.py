from itertools import product

import pytest
from ftfy.badness import is_bad

from pipelines.documents.decoding import NotTextError, clean, decode, decode_page, readable


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("“Nein”, sagte sie.".encode(), "“Nein”, sagte sie.", "utf-8"),
        (b"\xef\xbb\xbfHello", "Hello", "utf-8"),
        ("He said “no”".encode("utf-16"), "He said “no”", "utf-16-le"),
        (b"\xfe\xff" + "no".encode("utf-16-be"), "no", "utf-16-be"),
        (b"It\x92s \x93over\x94", "It’s “over”", "windows-1252"),
        ("naïve “no”".encode("utf-16-be"), "naïve “no”", "utf-16-be"),
        ("“Nein”, “Ja” ".encode() + b"It\x92s", "“Nein”, “Ja” It’s", "utf-8"),
        ("“Nein”, “Ja”, café".encode()[:-1], "“Nein”, “Ja”, caf\u00c3", "utf-8"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n", "utf-8"),
        (b"nul\x00 and bell\x07 " + b"x" * 200, "nul  and bell  " + "x" * 200, "utf-8"),
    ],
)
def test_bytes_become_readable_text(data: bytes, text: str, encoding: str) -> None:
    decoded, told = decode(data)
    assert (readable(decoded)[0], told) == (text, encoding)


def test_the_marks_of_well_set_english_tell_of_no_wrong_decoding() -> None:
    """Lines without any other character beyond ASCII are not even looked at."""
    for marks in product("“”‘’–—… aZ1.$", repeat=4):
        assert not is_bad("".join(marks))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("“It isnâ€™t over”, he said", "“It isn’t over”, he said"),
        ("First – no\nThen â€“ yes", "First – no\nThen – yes"),
        ("Café “Zur Post”", "Café “Zur Post”"),
    ],
)
def test_a_wrong_decoding_of_the_past_is_undone(wrong: str, right: str) -> None:
    assert readable(wrong) == (right, wrong != right)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes(range(256)), id="every byte"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", id="a picture"),
        pytest.param(b"\xff\xfeabc", id="half a UTF-16 character"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


def test_cleaning_keeps_every_offset() -> None:
    text = "a\x00b\u0085c\ud800d\te\nf"
    assert len(clean(text)) == len(text)
    assert clean(text) == "a b c\ufffdd\te\nf"


@pytest.mark.parametrize(
    ("page", "declared", "encoding"),
    [
        ("<meta charset=koi8-r>Да".encode("koi8-r"), None, "koi8-r"),
        ('<meta content="text/html; charset=GB2312">是'.encode("gbk"), None, "gbk"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>Żó'.encode("iso-8859-2"), None, "iso-8859-2"),
        ("<meta charset=utf-8>Żó".encode("iso-8859-2"), "ISO-8859-2", "iso-8859-2"),
        ("<meta charset=iso-8859-1>“é”".encode(), None, "utf-8"),
        (b"<meta charset=iso-8859-1>\x93\xe9\x94", None, "windows-1252"),
        (b"<meta charset=utf-16>plain", None, "utf-8"),
        (b"<meta charset=klingon>plain", None, "utf-8"),
        ("<meta charset=koi8-r>“é”".encode("utf-8-sig"), None, "utf-8"),
    ],
)
def test_the_encoding_of_a_page_is_its_mark_or_what_is_declared_and_fits(
    page: bytes, declared: str | None, encoding: str
) -> None:
    assert decode_page(page, declared)[1] == encoding
