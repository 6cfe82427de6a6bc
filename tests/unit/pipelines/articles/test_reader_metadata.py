"""What an article says of itself: title, authors, days, and the witnesses that tell more."""

from datetime import UTC, date, datetime

import pytest

from pipelines.articles.reader import read_article
from pipelines.documents.record import Metadata
from tests.unit.pipelines.articles.ferry import FERRY, page


@pytest.mark.parametrize(
    ("before", "authors"),
    [
        ("By Ida Holm and Tom Okoro\nMarch 9, 2021", ("Ida Holm", "Tom Okoro")),
        ("Ida Holm and AP\n\nMarch 9, 2021 - 4.34pm", ("Ida Holm", "AP")),
        ("Ida HolmPublished Mar 9, 2021, 11:21am", ("Ida Holm",)),
        ("March 9, 2021 • words by Ida Holm", ("Ida Holm",)),
        ("March 9, 2021 • words written by Ida Holm • Art by Tom Okoro", ("Ida Holm",)),
        ("Ida Holm, Associated Press\nMarch 9, 2021", ("Ida Holm",)),
        ("March 9, 2021", ()),
    ],
)
def test_the_byline_below_the_title(before: str, authors: tuple[str, ...]) -> None:
    article = read_article(page(before=before))
    assert article.authors == authors
    assert article.published.day == date(2021, 3, 9)
    assert article.published.basis == "text"


def test_an_author_line_and_a_note_below_the_text() -> None:
    text = "\n\n".join(
        [*FERRY, "Author: Ida Holm", "Ida Holm has been a reporter in Vessby for forty years."]
    )
    article = read_article(text)
    assert article.authors == ("Ida Holm",)
    assert [b.kind for b in article.blocks[-2:]] == ["byline", "author_note"]


def test_the_first_publication_counts_and_the_update_is_kept() -> None:
    article = read_article(page(before="Updated March 11, 2021\nPublished March 9, 2021"))
    assert article.published.edtf == "2021-03-09"
    assert article.updated_edtf == "2021-03-11"


def test_a_date_line_below_the_text_counts_where_it_says_what_it_is() -> None:
    assert read_article(page(after="Published: 9 March 2021")).published.edtf == "2021-03-09"
    assert read_article(page(after="9 March 2021")).published.edtf is None


def test_the_last_lines_of_an_article_alone_may_say_when_it_came_out() -> None:
    text = "\n\n".join(["Fog closes harbour", *FERRY, "Published: 9 March 2021", "Vessby"])
    assert read_article(text).published.edtf == "2021-03-09"
    assert read_article(text.replace("Published: ", "")).published.edtf is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Two ferries collide in fog | Vessby Post", "Two ferries collide in fog"),
        ("Two ferries collide in fog – The Vessby Times", "Two ferries collide in fog"),
        ("Two ferries collide in fog :: Vessby News", "Two ferries collide in fog"),
        ("Two ferries collide in fog - again", "Two ferries collide in fog - again"),
        ("Two ferries collide – Holm Blames Fog", "Two ferries collide – Holm Blames Fog"),
    ],
)
def test_a_site_s_name_is_no_part_of_a_title(line: str, title: str) -> None:
    assert read_article(f"{line}\n\n" + "\n\n".join(FERRY)).title == title


def test_an_update_alone_is_no_publication() -> None:
    article = read_article(page(before="Updated March 11, 2021"))
    assert article.published.basis == "none"
    assert article.updated_edtf == "2021-03-11"


@pytest.mark.parametrize(
    ("text", "edtf", "basis"),
    [
        (f"Tuesday, March 9, 2021\n\nFog closes harbour\n\n{FERRY[0]}", "2021-03-09", "text"),
        (f"Fog closes harbour Tuesday, March 9, 2021\n\n{FERRY[0]}", "2021-03-09", "text"),
        (f"VESSBY, March 9 (Reuters) - {FERRY[0]}", None, "none"),
        (
            f"{FERRY[0]}\n\nPublished today, March 9th, it says so.",
            "XXXX-03-09",
            "text",
        ),
        (f"{FERRY[0]}\n\nMarch 10, 202104:15\n\n{FERRY[1]}", "2021-03-09", "inferred"),
        # Stamps of two days, or of a day that does not fit, tell nothing.
        (f"{FERRY[0]}\n\nMarch 10, 202104:15\n\n{FERRY[1]}\n\nMarch 9, 202101:10", None, "none"),
        (f"{FERRY[0]}\n\nMarch 12, 202104:15\n\n{FERRY[1]}", None, "none"),
        (f"{FERRY[0]}\n\n{FERRY[1]}", None, "none"),
        (f"Yesterday\n\n{FERRY[0]}", None, "none"),
    ],
)
def test_the_day_of_publication(text: str, edtf: str | None, basis: str) -> None:
    published = read_article(text).published
    assert (published.edtf, published.basis) == (edtf, basis)


def test_the_more_trusted_witness_wins_field_by_field() -> None:
    known = (
        Metadata("person", title="Fog at sea"),
        Metadata("record", published="2021-03-09T10:00:00Z", publisher="Vessby Post"),
        Metadata(
            "page",
            title="Other",
            published="2020-01-01",
            authors=("Ida Holm",),
            url="https://v.example",
        ),
    )
    article = read_article(page(before="By Tom Okoro\nMarch 11, 2021"), known)
    assert article.title == "Fog at sea"
    assert article.publisher == "Vessby Post"
    assert article.authors == ("Ida Holm",)
    assert article.url == "https://v.example"
    assert article.published.basis == "record"
    assert article.published.at == datetime(2021, 3, 9, 10, tzinfo=UTC)


def test_a_witness_may_tell_the_language_with_its_region() -> None:
    assert read_article("Fog.", [Metadata("page", language="en-GB")]).language == "en"


def test_a_witness_whose_date_cannot_be_read_is_passed_over() -> None:
    known = (Metadata("record", published="soon"), Metadata("page", published="9 March 2021"))
    assert read_article(page(), known).published.basis == "page"


@pytest.mark.parametrize(
    ("front", "title", "authors"),
    [
        # What a byline or a date follows is a title, short as it is.
        ("Fog is here\n\nBy Ida Holm\n\nMarch 1, 2021", "Fog is here", ("Ida Holm",)),
        ("Fog is here\n\nTuesday, March 9", "Fog is here", ()),
        # A headline ends with somebody's words, a sentence and a quotation with a stop.
        ("Harbour master “won’t resign”", "Harbour master “won’t resign”", ()),
        ("“We will not resign.”", None, ()),
        ("Ida Holm called it “a shame.”", None, ()),
        (
            "Ferries collide in fog\nIda Holm, Tom Okoro",
            "Ferries collide in fog",
            ("Ida Holm", "Tom Okoro"),
        ),
        ("Ida Holm\n\nMarch 3, 2021", None, ("Ida Holm",)),
    ],
)
def test_the_first_line_is_a_title_by_what_follows(
    front: str, title: str | None, authors: tuple[str, ...]
) -> None:
    article = read_article("\n\n".join([front, *FERRY]))
    assert (article.title, article.authors) == (title, authors)
    assert article.body.endswith("\n\n".join(FERRY))
