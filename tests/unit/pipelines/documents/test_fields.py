from datetime import datetime

import pytest

from pipelines.documents.fields import with_fields
from pipelines.documents.record import Metadata, Record, RefusedError

BLANK = Record("feed.jsonl#1", "main", "application/x-ndjson", 1, None)


def said(**fields: object) -> tuple[Record, Metadata]:
    record = with_fields(BLANK, fields, "Line 1")
    return record, record.known[0]


def test_columns_as_news_please_and_cc_news_name_them() -> None:
    record, known = said(
        maintext="A text.",
        headline="A title",
        source_domain="example.org",
        date_publish="2021-03-04 05:06:07",
        date_download="2021-03-05T00:00:00+02:00",
        authors=["Ida Brandt"],
        language="en",
        filename="x.html",
    )
    assert record.text == "A text."
    assert (known.title, known.publisher, known.language) == ("A title", "example.org", "en")
    assert (known.published, known.authors) == ("2021-03-04 05:06:07", ("Ida Brandt",))
    assert record.retrieved_at == datetime(2021, 3, 4, 22)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"dump": "CC-MAIN-2021-10", "file_path": "s3://x", "date": 0}, id="FineWeb"),
        pytest.param({"url": "https://example.org/1", "timestamp": 0}, id="C4"),
        pytest.param({"added": 0, "created": None, "source": "common-crawl"}, id="Dolma"),
    ],
)
def test_where_a_date_is_the_crawlers_it_is_not_the_publishers(more: dict[str, object]) -> None:
    more = {k: "2021-03-04T05:06:07Z" if v == 0 else v for k, v in more.items()}
    record, known = said(text="A text.", **more)
    assert record.retrieved_at == datetime(2021, 3, 4, 5, 6, 7)
    assert (known.published, known.publisher) == (None, None)


def test_a_timestamp_beside_a_headline_is_the_publishers() -> None:
    _, known = said(content="A text.", headline="A title", timestamp="2021-03-04T05:06:07Z")
    assert known.published == "2021-03-04T05:06:07Z"


def test_the_preferred_column_that_is_not_empty_counts_whatever_its_case() -> None:
    record, known = said(TEXT=" ", Content="A text.", Body="Another.", Title="", headline="B")
    assert (record.text, known.title) == ("A text.", "B")


def test_a_page_counts_where_there_is_no_text() -> None:
    record, _ = said(html="<p>A text.", text="")
    assert (record.html, record.text, record.media_type) == ("<p>A text.", None, "text/html")


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (["Ida Brandt", " ", 7], ("Ida Brandt",)),
        ("Ida Brandt; Omar Diallo", ("Ida Brandt", "Omar Diallo")),
        ("['Ida Brandt', \"Pat O'Dea\"]", ("Ida Brandt", "Pat O'Dea")),
        ("Ida Brandt, The Example", ("Ida Brandt",)),
        ("Ida Brandt, Omar Diallo", ("Ida Brandt", "Omar Diallo")),
        ("By Ida Brandt and Omar Diallo", ("Ida Brandt", "Omar Diallo")),
        ("Brandt, Ida", ("Brandt, Ida",)),
        (["BY IDA BRANDT", "Omar Diallo, Health Editor"], ("Ida Brandt", "Omar Diallo")),
        ([{"@type": "Person", "name": "Ida Brandt"}, {"name": None}], ("Ida Brandt",)),
        ("[" * 5000, ("[" * 5000,)),
        ({"name": "Ida Brandt"}, ("Ida Brandt",)),
        ({"id": "x"}, ()),
    ],
)
def test_authors_in_the_forms_that_corpora_have(authors: object, names: tuple[str, ...]) -> None:
    assert said(text="A text.", author=authors)[1].authors == names


def test_a_publisher_may_be_an_object_with_a_name() -> None:
    assert said(text="A text.", source={"id": None, "name": "Elm Post"})[1].publisher == "Elm Post"


def test_a_date_that_is_none_gives_way_to_one_that_is_else_it_is_told() -> None:
    record, known = said(text="A text.", published="soon", date="2021-03-04")
    assert (known.published, record.detail) == ("2021-03-04", None)
    record, _ = said(text="A text.", published="soon")
    assert record.detail == "Line 1: “published” is no date and was left out: “soon”."


def test_a_record_without_a_text_is_refused() -> None:
    with pytest.raises(RefusedError, match="Line 1 has no “text”"):
        said(title="A title")
