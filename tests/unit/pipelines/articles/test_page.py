"""Reading a page: invented look-alikes of how news sites set their articles."""

import pytest

from pipelines.articles.article import BlockKind
from pipelines.articles.page import Page, read_page

LEAD = (
    "The harbour of Vessby was closed on Tuesday after two ferries collided in thick fog, and "
    "thirty passengers were taken to the hospital in the town, the coast guard said."
)
WITNESS = (
    "“It was quiet for a second, and then everybody was shouting,” said Ida Holm, who had been on "
    "the upper deck of the smaller ferry with her two children."
)
HURT = (
    "Nobody was badly hurt, according to the hospital, though one woman was kept there overnight "
    "with a broken arm and will be sent home later in the week."
)
DIVERS = (
    "The port will open again when divers have looked at both hulls, which could take until the "
    "weekend, the harbour master told reporters at the quay."
)
MENU = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    "<aside class='trending'><h3>Trending</h3><a href='/x'>Baker wins the lottery</a></aside>"
)
TITLE = "Two ferries collide in fog off Vessby"


def _page(
    *,
    head: str = "",
    above: str = "",
    between: str = "",
    after: str = "",
    title: str = f"<h1>{TITLE}</h1>",
) -> Page:
    return read_page(
        f"<!doctype html><html lang='en'><head><title>{TITLE} | Vessby Post</title>{head}</head>"
        f"<body>{MENU}<article><header>{title}{above}</header><div class='story-body'>"
        f"<p>{LEAD}</p><p>{WITNESS}</p>{between}<p>{HURT}</p><p>{DIVERS}</p></div>{after}</article>"
        "<footer><p>© 2021 Vessby Post. All rights reserved</p></footer></body></html>"
    )


def _kind(page: Page, wanted: str) -> BlockKind | None:
    """The kind of the block that holds a piece of the text, None where the text lacks it."""
    start = page.text.find(wanted)
    return next((b.kind for b in page.blocks if b.start <= start < b.end), None)


def test_the_text_is_the_article_from_its_title_to_its_end() -> None:
    page = _page()
    assert page.text == "\n\n".join([TITLE, LEAD, WITNESS, HURT, DIVERS])
    assert [b.kind for b in page.blocks] == ["title", "body", "body", "body", "body"]


def test_every_character_lies_in_exactly_one_block() -> None:
    page = _page(above="<p class='byline'>By Ida Holm</p>", between="<h2>In the fog</h2>")
    assert "".join(page.text[b.start : b.end] for b in page.blocks) == page.text
    assert [b.start for b in page.blocks[1:]] == [b.end for b in page.blocks[:-1]]


@pytest.mark.parametrize(
    ("above", "wanted", "kind"),
    [
        ("<p class='byline'>By <a href='/ida'>Ida Holm</a></p>", "By Ida Holm", "byline"),
        ("<span class='author-name'>Ida Holm</span>", "Ida Holm", "byline"),
        ("<div>Published March 9, 2021</div>", "Published March 9", "date"),
        ("<time datetime='2021-03-09'>9 March 2021</time>", "9 March 2021", "date"),
        ("<div>World</div>", "World", "section"),
        (
            "<p class='standfirst'>Thirty passengers are in hospital and the harbour is shut.</p>",
            "Thirty passengers are in hospital",
            "summary",
        ),
        (
            "<figure><img src='a.jpg'><figcaption>The smaller ferry in Vessby on Tuesday."
            "</figcaption></figure>",
            "The smaller ferry in Vessby",
            "caption",
        ),
        ("<div class='share'><a href='#'>Share on Chirper</a></div>", "Share on", None),
    ],
)
def test_front_matter_stands_between_title_and_text(
    above: str, wanted: str, kind: BlockKind | None
) -> None:
    assert _kind(_page(above=above), wanted) == kind


@pytest.mark.parametrize(
    ("between", "wanted", "kind"),
    [
        ("<h2>What the coast guard knows</h2>", "What the coast guard knows", "heading"),
        ("<p>Advertisement</p>", "Advertisement", "boilerplate"),
        (
            "<p>Read more: <a href='/q'>Quay to be rebuilt by the summer</a></p>",
            "Read more",
            "related",
        ),
        (
            "<p><a href='/q'>Quay of Vessby to be rebuilt by the summer</a></p>",
            "Quay of Vessby",
            "related",
        ),
        (
            "<figure><figcaption>Divers at work. Photo: Per Lund</figcaption></figure>",
            "Divers at work",
            "caption",
        ),
        (
            "<blockquote class='chirper-tweet'><p>Stay away from the quay today, please, we need "
            "the room for ambulances.</p>— Coast Guard March 9, 2021</blockquote>",
            "Stay away from the quay",
            "caption",
        ),
        (
            "<ul><li>Both captains gave evidence to the coast guard on the same evening.</li></ul>",
            "Both captains gave evidence",
            "body",
        ),
        ("<p>With reporting by Per Lund in Oslo</p>", "With reporting", "author_note"),
        # A caption may say what it is where its markup does not.
        ("<p>(Photo: Vessby Coast Guard/Flickr)</p>", "(Photo", "caption"),
        # No heading ends with a stop, or holds no word.
        ("<p>Fog: dense.</p>", "Fog: dense.", "body"),
        ("<p>+46 555 0100</p>", "+46 555", "body"),
    ],
)
def test_what_stands_in_the_text_has_a_role_of_its_own(
    between: str, wanted: str, kind: BlockKind
) -> None:
    assert _kind(_page(between=between), wanted) == kind


def test_a_note_on_the_author_closes_the_article() -> None:
    head = '<meta name="author" content="Ida Holm">'
    page = _page(head=head, after="<p>Ida Holm is a reporter at the Vessby Post.</p>")
    assert page.blocks[-1].kind == "author_note"


def test_a_pull_quote_is_read_once() -> None:
    pulled = "It was quiet for a second, and then everybody was shouting"
    page = _page(between=f"<blockquote><p>{pulled}</p></blockquote>")
    read = [page.text[b.start : b.end] for b in page.blocks if b.kind == "body"]
    assert sum(pulled in text for text in read) == 1


def test_the_second_half_of_a_divided_article_is_part_of_it() -> None:
    half = "".join(f"<p>{text}</p>" for text in (HURT, DIVERS))
    more = (
        "Witness number {} told the inquiry that the fog had come in from the west without any "
        "warning, and that the lamps on the pier could not be seen from the boats."
    )
    rest = "".join(f"<p>{more.format(n)}</p>" for n in range(6))
    page = read_page(
        f"<html><body><main><h1>{TITLE}</h1><div class='grid'><div class='inner-text'><p>{LEAD}</p>"
        f"<p>{WITNESS}</p>{half}</div></div><div class='ad-slot'>Advertisement</div>"
        f"<div class='grid'><div class='inner-text'>{rest}</div></div></main></body></html>"
    )
    assert all(_kind(page, more.format(n)) == "body" for n in range(6))


def test_a_title_that_the_page_does_not_show_opens_the_text() -> None:
    page = _page(title="")
    assert page.text.startswith(f"{TITLE}\n\n")
    assert page.blocks[0].kind == "title"


def test_words_keep_their_places_in_inline_markup() -> None:
    page = _page(between="<p>The <b>M</b>/S <i>Vega</i> had sailed from <a href='/o'>Oslo</a>.</p>")
    assert "The M/S Vega had sailed from Oslo." in page.text


def test_hidden_text_is_no_text() -> None:
    page = _page(above="<p hidden>Secret one</p><p style='display: none'>Secret two</p>")
    assert "Secret" not in page.text


def test_an_article_that_only_linked_data_holds_is_read_from_it() -> None:
    told = "\\n".join([LEAD, WITNESS, HURT, DIVERS] * 3)
    page = read_page(
        f"<html><head><title>{TITLE}</title><script type='application/ld+json'>"
        f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{told}"}}</script>'
        f"</head><body><h1>{TITLE}</h1><p>{LEAD}</p><p>Subscribe to read on.</p></body></html>"
    )
    assert DIVERS in page.text
    assert {b.kind for b in page.blocks} == {"title", "body"}


def test_a_page_without_running_text_is_handed_on_unjudged() -> None:
    page = read_page("<html><body><ul><li>Home</li><li>Log in</li></ul></body></html>")
    assert page.text == "Home\n\nLog in"
    assert not page.has_main
    assert [b.kind for b in page.blocks] == ["boilerplate"]
