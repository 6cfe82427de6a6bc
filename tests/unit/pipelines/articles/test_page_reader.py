"""From a page to an article: the page's word, and whose word goes before it."""

from datetime import UTC, date, datetime

from pipelines.articles.page_reader import read_page_article
from pipelines.documents.record import Metadata

PAGE = """<html lang="de"><head><title>Two ferries collide in fog | Vessby Post</title>
<meta property="og:title" content="Two ferries collide in fog">
<meta name="author" content="Ida Holm">
<meta property="article:published_time" content="2021-03-09T08:30:00Z">
<meta property="article:modified_time" content="2021-03-11T10:00:00Z">
<meta property="article:section" content="Shipping"></head><body>
<h1>Two ferries collide in fog</h1><p class="dek">Thirty people were hurt, and the harbour is
closed.</p>
<p>VESSBY, March 9 (NPA) - The harbour of Vessby was closed on Tuesday after two ferries collided in
thick fog, and thirty passengers were taken to the hospital in the town.</p>
<p>Nobody was badly hurt, according to the hospital, though one woman was kept there overnight with
a broken arm and will be sent home later in the week.</p></body></html>"""


def test_a_page_tells_of_its_article() -> None:
    article = read_page_article(PAGE)
    assert article.title == "Two ferries collide in fog"
    assert article.summary == "Thirty people were hurt, and the harbour is closed."
    assert article.authors == ("Ida Holm",)
    assert article.section == "Shipping"
    assert article.place == "Vessby"
    assert article.published.day == date(2021, 3, 9)
    assert article.published.at == datetime(2021, 3, 9, 8, 30, tzinfo=UTC)
    assert article.published.basis == "page"
    assert article.updated_edtf == "2021-03-11"


def test_a_person_s_word_goes_before_the_page_s() -> None:
    known = Metadata(
        "person", title="Ferries collide", authors=("Per Lund",), published="2021-03-08"
    )
    article = read_page_article(PAGE, [known])
    assert article.title == "Ferries collide"
    assert article.authors == ("Per Lund",)
    assert article.published.day == date(2021, 3, 8)
    assert article.published.basis == "person"
    assert article.section == "Shipping"


def test_the_language_is_that_of_the_text_not_of_the_template() -> None:
    assert read_page_article(PAGE).language == "en"


def test_a_page_that_cannot_be_parsed_is_read_as_its_text() -> None:
    story = PAGE.partition("<body>")[2]
    article = read_page_article("<div>" * 100_000 + story)
    assert "The harbour of Vessby was closed" in article.body
