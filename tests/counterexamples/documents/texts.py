"""Hostile texts and pages: one file, one record."""

from pathlib import Path

from tests.counterexamples.documents.case import Rows, article, hostile
from warehouse.tables.inputs import MAX_RECORD_BYTES, MAX_TEXT_CHARS

GIGABYTES_2 = 2**31


@hostile
def no_bytes(folder: Path) -> Rows:
    (folder / "a.txt").touch()
    return {"a.txt": "empty"}


@hostile
def blanks_only(folder: Path) -> Rows:
    (folder / "a.md").write_text(" \n\t\u2003\n")
    return {"a.md": "empty"}


@hostile
def a_mark_and_no_text(folder: Path) -> Rows:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf")
    return {"a.txt": "empty"}


@hostile
def zeros_only(folder: Path) -> Rows:
    (folder / "a.txt").write_bytes(bytes(5000))
    return {"a.txt": "not_text"}


@hostile
def a_picture_named_as_text(folder: Path) -> Rows:
    (folder / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00")
    return {"a.txt": "not_text"}


@hostile
def half_a_utf16_character(folder: Path) -> Rows:
    (folder / "a.txt").write_bytes("no".encode("utf-16") + b"x")
    return {"a.txt": "not_text"}


@hostile
def a_text_of_2_gigabytes(folder: Path) -> Rows:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(GIGABYTES_2)
    return {"a.txt": "too_large"}


@hostile
def a_text_of_too_many_characters(folder: Path) -> Rows:
    (folder / "a.txt").write_text("No. " * (MAX_TEXT_CHARS // 4) + "!")
    return {"a.txt": "too_large"}


@hostile
def a_page_of_too_many_bytes(folder: Path) -> Rows:
    (folder / "a.html").write_text("<p>" * (MAX_RECORD_BYTES // 3 + 1))
    return {"a.html": "too_large"}


@hostile
def only_quotes(folder: Path) -> Rows:
    (folder / "a.txt").write_text("“No.” “Yes.” “Who says so?” “" * 40)
    return {"a.txt": None}


@hostile
def from_right_to_left(folder: Path) -> Rows:
    (folder / "a.txt").write_text("אמר ראש העיר: „הגשר ייסגר” \u202eלא\u202c\n" * 5)
    return {"a.txt": None}


@hostile
def stacked_accents(folder: Path) -> Rows:
    (folder / "a.txt").write_text(article(1) + "Z" + "\u0301\u0327" * 3000)
    return {"a.txt": None}


@hostile
def one_character(folder: Path) -> Rows:
    (folder / "a.txt").write_text(".")
    return {"a.txt": None}


@hostile
def controls_and_zeros_between_words(folder: Path) -> Rows:
    (folder / "a.txt").write_text(article(2) * 9 + "a\x00b\x07c\u0085\u2028 end")
    return {"a.txt": None}


@hostile
def decoded_wrongly_twice(folder: Path) -> Rows:
    wrong = article(3).encode().decode("windows-1252", "replace")
    (folder / "a.txt").write_text(wrong.encode().decode("windows-1252", "replace"))
    return {"a.txt": None}


@hostile
def a_line_of_a_million_characters(folder: Path) -> Rows:
    (folder / "a.txt").write_text("blah" * 50_000 + " " + article(4))
    return {"a.txt": None}


@hostile
def tags_100000_deep(folder: Path) -> Rows:
    (folder / "a.html").write_text("<div>" * 100_000 + article(5) + "</div>" * 100_000)
    return {"a.html": None}


@hostile
def a_page_of_another_encoding_than_it_says(folder: Path) -> Rows:
    head = '<meta charset="utf-16"><title>Tellwick</title>'
    (folder / "a.html").write_bytes((head + f"<p>{article(6)}</p>").encode())
    (folder / "b.html").write_text(f'<meta charset="no-such-thing"><p>{article(7)}</p>')
    return {"a.html": None, "b.html": None}


@hostile
def no_known_format(folder: Path) -> Rows:
    (folder / "letter.docx").write_bytes(b"PK\x03\x04")
    (folder / "no suffix").write_text(article(8))
    (folder / "archive.tar.gz").write_bytes(b"\x1f\x8b")
    return {
        "letter.docx": "unsupported_format",
        "no suffix": "unsupported_format",
        "archive.tar.gz": "unsupported_format",
    }
