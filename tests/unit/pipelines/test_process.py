"""One record, all its rows: what the contract promises of offsets and ids."""

import pytest
from spacy.language import Language

from pipelines.documents.record import Metadata, Record
from pipelines.process import Rows, process_record

TEXT = """Harbour bridge stays shut, says mayor

By Nadia Osei

The bridge will stay closed until April, Mayor Ingrid Halvorsen said on Tuesday.

“We are not going to gamble with people’s lives,” Halvorsen said. 🎻 She spoke at the town hall.

“The bridge,” she added, “stays shut.”

Once more: “We are not going to gamble with people’s lives,” Halvorsen said.
"""


@pytest.fixture(scope="module")
def rows(nlp: Language) -> Rows:
    known = (Metadata(basis="record", published="2023-01-11", publisher="The Larkmoor Post"),)
    return process_record(
        Record("a.txt", "main", "text/plain", len(TEXT), None, text=TEXT, known=known), nlp
    )


def test_the_text_at_the_offsets_is_the_rows_text(rows: Rows) -> None:
    for name in ("extracted_mentions", "dates", "quote_spans"):
        assert rows[name]
        for row in rows[name]:
            assert TEXT[row["start_char"] : row["end_char"]] == row["text"]


def test_offsets_in_bytes_lead_to_the_same_text(rows: Rows) -> None:
    in_bytes = TEXT.encode()
    for name in ("extracted_mentions", "dates", "quote_spans"):
        for row in rows[name]:
            assert in_bytes[row["start_byte"] : row["end_byte"]].decode() == row["text"]
    for row in rows["extracted_quotes"]:
        if row["cue"] is not None:
            assert in_bytes[row["cue_start_byte"] : row["cue_end_byte"]].decode() == row["cue"]
    assert rows["blocks"][-1]["end_byte"] == len(in_bytes) > len(TEXT)


def test_the_blocks_hold_every_character_once(rows: Rows) -> None:
    joined = "".join(TEXT[b["start_char"] : b["end_char"]] for b in rows["blocks"])
    assert joined == TEXT


def test_a_quote_is_its_spans_joined(rows: Rows) -> None:
    assert "The bridge, … stays shut." in [q["text"] for q in rows["extracted_quotes"]]


def test_a_repeat_points_at_the_first_and_has_an_id_of_its_own(rows: Rows) -> None:
    words = "We are not going to gamble with people’s lives,"
    first, again = (q for q in rows["extracted_quotes"] if q["text"] == words)
    assert first["repeats_quote_id"] is None
    assert again["repeats_quote_id"] == first["quote_id"] != again["quote_id"]


def test_every_row_says_which_code_made_it(rows: Rows) -> None:
    versions = {(r["extractor"], r["extractor_version"]) for table in rows.values() for r in table}
    assert {extractor for extractor, _ in versions} == {"articles", "dates", "entities", "quotes"}
    assert len(versions) == 4


def test_what_the_record_says_is_kept(rows: Rows) -> None:
    (article,) = rows["extracted_articles"]
    assert (article["publisher"], article["published_edtf"]) == ("The Larkmoor Post", "2023-01-11")
    assert article["published_basis"] == "record"
    assert article["authors"] == ["Nadia Osei"]


def test_an_article_in_another_language_is_kept_and_not_extracted(nlp: Language) -> None:
    text = (
        "Die Brücke bleibt bis zum Frühjahr gesperrt, sagte die Bürgermeisterin am Dienstag. "
        "„Wir spielen nicht mit Menschenleben“, sagte sie vor dem Rathaus der Stadt. "
        "Die Reederei nannte die Entscheidung einen schweren Schlag für den Hafen.\n"
    )
    rows = process_record(Record("b.txt", "main", "text/plain", 1, None, text=text), nlp)
    assert rows["extracted_articles"][0]["language"] == "de"
    assert rows["blocks"]
    assert not rows["extracted_quotes"]


def test_a_version_follows_from_code_and_model() -> None:
    from pipelines.versions import extractor_version

    version = extractor_version("dates", "model-1")
    assert version == extractor_version("dates", "model-1") != extractor_version("dates", "model-2")
