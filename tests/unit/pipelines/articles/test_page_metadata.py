"""What a page's witnesses say of its article, and how their word is reconciled."""

import json

import pytest

from pipelines.articles.page import read_page
from pipelines.documents.record import Metadata

TITLE = "Two ferries collide in fog off Vessby"
TEXT = (
    "<p>The harbour of Vessby was closed on Tuesday after two ferries collided in thick fog, and "
    "thirty passengers were taken to the hospital in the town, the coast guard said.</p>"
    "<p>Nobody was badly hurt, according to the hospital, though one woman was kept there "
    "overnight with a broken arm and will be sent home later in the week.</p>"
)


def _read(head: str = "", *, body: str = "") -> Metadata:
    return read_page(f"<html><head>{head}</head><body>{body}{TEXT}</body></html>").metadata


def _linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def _meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE} | Vessby Post</title>", "", TITLE),
        (f"<title>World | {TITLE} | Vessby Post</title>", f"<h2>{TITLE}</h2>", TITLE),
        (
            f"<title>{TITLE} – Vessby Post</title>{_meta('og:site_name', 'Vessby Post')}",
            "",
            TITLE,
        ),
        # A dash inside a title is no divider.
        (
            "<title>Fog on the water – and in the mind</title>",
            "",
            "Fog on the water – and in the mind",
        ),
        # What a reader sees wins over what a search engine is shown.
        (
            f"<title>Vessby ferry crash</title>{_meta('og:title', TITLE)}",
            f"<h1>{TITLE}</h1>",
            TITLE,
        ),
        # The site's name is the first heading of many a page.
        (_meta("og:title", TITLE), f"<h1>Vessby Post</h1><h1>{TITLE}</h1>", TITLE),
        # A label before the title stands in its heading.
        (_meta("og:title", TITLE), f"<h1><span>Shipping</span> {TITLE}</h1>", TITLE),
        (
            _linked(**{"@type": "NewsArticle", "headline": TITLE.replace("in", "&#105;n")}),
            "",
            TITLE,
        ),
        ("", f"<h1>{TITLE}</h1>", TITLE),
        # Of two headlines the page's own title tells which is meant.
        (
            _linked(**{"@type": "NewsArticle", "headline": TITLE})
            + f"<title>{TITLE} | Vessby Post</title>{_meta('og:title', 'Fog: what we know')}",
            "<h1>Fog: what we know</h1>",
            TITLE,
        ),
        # Linked data may contradict itself.
        (
            _linked(**{"@type": "NewsArticle", "headline": "Vessby ferry crash", "name": TITLE})
            + f"<title>Vessby Ferry Crash</title>{_meta('og:title', TITLE)}",
            f"<h1>{TITLE}</h1>",
            TITLE,
        ),
        # One field fills heading, headline and title; the wording for sharing is another.
        (
            _linked(**{"@type": "NewsArticle", "headline": f"{TITLE} in Tuesday's thick haze"})
            + f"<title>{TITLE} in Tuesday's thick haze</title>{_meta('og:title', TITLE)}",
            f"<h1>{TITLE} in Tuesday's thick haze</h1>",
            TITLE,
        ),
        # A site's name is no wording of it.
        (
            _linked(**{"@type": "NewsArticle", "headline": TITLE})
            + f"<title>{TITLE}</title>{_meta('og:title', 'News from the Vessby Post every day')}",
            f"<h1>{TITLE}</h1>",
            TITLE,
        ),
        # A title cut off is the whole one.
        (
            _meta("og:title", "Two ferries collide in…") + f"<title>{TITLE} – Post</title>",
            f"<h1>{TITLE}</h1>",
            TITLE,
        ),
    ],
)
def test_the_title_is_what_the_witnesses_agree_on(head: str, body: str, title: str) -> None:
    assert _read(head, body=body).title == title


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (
            _linked(
                **{
                    "@type": "NewsArticle",
                    "headline": TITLE,
                    "author": [{"@type": "Person", "name": "Ida Holm"}, {"name": "Per Lund"}],
                }
            ),
            "",
            ("Ida Holm", "Per Lund"),
        ),
        # A graph names its people elsewhere.
        (
            _linked(
                **{
                    "@graph": [
                        {"@type": "Article", "headline": TITLE, "author": {"@id": "#ida"}},
                        {"@type": "Person", "@id": "#ida", "name": "Ida Holm"},
                    ]
                }
            ),
            "",
            ("Ida Holm",),
        ),
        (_meta("author", "By Ida Holm and Per Lund"), "", ("Ida Holm", "Per Lund")),
        (_meta("article:author", "https://example.org/people/ida"), "", ()),
        (_meta("author", "admin"), "", ()),
        # A site is no author where the page shows one.
        (
            _meta("author", "Vessby Post") + _meta("og:site_name", "Vessby Post"),
            f"<h1>{TITLE}</h1><p class='byline'>By Ida Holm</p>",
            ("Ida Holm",),
        ),
    ],
)
def test_authors_are_people_whom_a_witness_names(
    head: str, body: str, authors: tuple[str, ...]
) -> None:
    assert _read(head, body=body).authors == authors


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            _linked(**{"@type": "Article", "headline": TITLE, "datePublished": "2021-03-09T08:00Z"})
            + _meta("article:published_time", "2021-03-10"),
            "",
            "2021-03-09T08:00Z",
        ),
        (
            _meta("article:published_time", "2021-03-09T08:00:00+01:00"),
            "",
            "2021-03-09T08:00:00+01:00",
        ),
        # A witness that cannot be read is passed over.
        (_meta("article:published_time", "soon") + _meta("date", "2021-03-09"), "", "2021-03-09"),
        ("", f"<h1>{TITLE}</h1><time datetime='2021-03-09'>yesterday</time>", "2021-03-09"),
        (
            "",
            f"<h1>{TITLE}</h1><p>Published March 9, 2021 | Updated March 11, 2021</p>",
            "2021-03-09",
        ),
        # A day in the article is not the day of the article.
        ("", f"<h1>{TITLE}</h1>", None),
    ],
)
def test_the_date_is_that_of_the_first_publication(
    head: str, body: str, published: str | None
) -> None:
    assert _read(head, body=body).published == published


def test_the_rest_is_taken_from_where_it_stands() -> None:
    told = _read(
        '<link rel="canonical" href="https://example.org/ferries">'
        + _linked(
            **{
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "publisher": {"@type": "Organization", "name": "Vessby Post"},
            }
        )
        + '<meta name="copyright" content="Vessby Post 2021">'
    )
    assert told.basis == "page"
    assert told.url == "https://example.org/ferries"
    assert told.publisher == "Vessby Post"
    assert told.rights == "Vessby Post 2021"


@pytest.mark.parametrize(
    "script",
    [
        '//<![CDATA[\n{"@type": "Article", "headline": "%s"}\n//]]>',
        '{"@type": "Article", "headline": "%s",}',
        '[{"@type": "WebSite"}, {"@type": "BlogPosting", "headline": "%s"}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "Report", "headline": "%s"}};',
    ],
)
def test_linked_data_is_read_with_its_small_mistakes(script: str) -> None:
    head = f"<script type='application/ld+json'>{script % TITLE}</script>"
    assert _read(head).title == TITLE
