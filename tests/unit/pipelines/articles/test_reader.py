"""The role of each line of an article: invented look-alikes of what news texts bring with them."""

import pytest

from pipelines.articles.reader import read_article
from pipelines.documents.record import Metadata
from tests.unit.pipelines.articles.ferry import FERRY, page


def _kinds(text: str, wanted: str) -> str:
    """The kind of the block that holds a piece of the text."""
    start = text.index(wanted)
    return next(b.kind for b in read_article(text).blocks if b.start <= start < b.end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "One line",
        "\n\n  Leading space.\n\nAnd trailing.  \n\n",
        "\n\n".join(FERRY),
        page(before="By Ida Holm", between="Advertisement", after="Most read\n* A\n* B"),
        "Feb. 3, 202104:15",
        "“Only quotes.”\n\n“More of them.”",
        "مرحبا بالعالم\n\nשלום עולם",
        "x" * 5000,
    ],
)
def test_every_character_lies_in_exactly_one_block(text: str) -> None:
    blocks = read_article(text).blocks
    assert "".join(text[b.start : b.end] for b in blocks) == text
    assert [b.start for b in blocks[1:]] == [b.end for b in blocks[:-1]]


def test_a_page_keeps_its_article_and_nothing_else() -> None:
    article = read_article(page())
    assert article.title == "Two ferries collide in fog off Vessby, closing harbour"
    assert article.body == "\n\n".join(FERRY)
    assert article.language == "en"


@pytest.mark.parametrize(
    ("between", "line", "kind"),
    [
        ("- Advertisement -", "- Advertisement -", "boilerplate"),
        ("12 3,456", "12 3,456", "boilerplate"),
        ("Get real time updates directly on your phone.", "Get real", "boilerplate"),
        ("Let our newsletter meet your inbox.", "Let our", "boilerplate"),
        ("This website uses cookies to improve what you see.", "This website", "boilerplate"),
        ("Read more\nStorm closes three bridges in the north", "Storm closes", "related"),
        ("The quay at Vessby on Tuesday. Tom Okoro/AFP", "The quay", "caption"),
        ("(Photo: Vessby Coast Guard/Flickr/Creative Commons)", "(Photo", "caption"),
        (
            "Rescuers, left, and a diver wait at Vessby on Tuesday.",
            "Rescuers",
            "caption",
        ),
        ("Feb. 3, 202104:15", "Feb. 3", "date"),
        ("Feb. 3, 202104:15", "04:15", "boilerplate"),
        ("What happens next", "What happens", "heading"),
        ("She added:", "She added", "body"),
        ("45 shares\n1.2k shares", "1.2k shares", "boilerplate"),
        ("Sign up here for our newsletter", "Sign up", "boilerplate"),
        ("You have 2 free articles remaining this month.", "You have", "boilerplate"),
        ("We and our 40 partners access information on a device.", "We and", "boilerplate"),
        # A clock alone: an entry of a live report, a video's length.
        ("15:42", "15:42", "boilerplate"),
        ("6:05 p.m.", "6:05", "boilerplate"),
        ("ih/to (AFP, dpa)", "ih/to", "author_note"),
        ("READ MORE: Storm closes three bridges in the north", "READ MORE", "related"),
        # One phrase of a site's makes a short line its own; a long one needs two.
        (
            "Vessby Post uses cookies and counts its readers, and it is paid for by what it sells, "
            "by advertising and by affiliate links, of which it keeps no more than we say here.",
            "Vessby Post",
            "boilerplate",
        ),
        (
            "The coast guard asked for the name, the cabin and the email address of everybody who "
            "had been on board that morning, since some of them had left the quay before they "
            "could be counted.",
            "The coast guard asked",
            "body",
        ),
        # What the article shows as it is typed, and a sentence that lost its stop.
        ("$ ferry --list vessby", "$ ferry", "body"),
        (
            "The two ferries that ran into each other had left the same quay on the eastern side "
            "of the harbour only minutes apart that morning",
            "The two ferries",
            "body",
        ),
    ],
)
def test_lines_between_the_paragraphs_get_their_role(between: str, line: str, kind: str) -> None:
    text = page(between=between)
    assert _kinds(text, line) == kind
    assert all(_kinds(text, paragraph) == "body" for paragraph in FERRY)


@pytest.mark.parametrize(
    ("after", "line", "kind"),
    [
        ("Associated Press contributed.", "Associated", "author_note"),
        ("(Reporting by Ida Holm; Editing by Tom Okoro)", "(Reporting", "author_note"),
        ("3 Comments\n\nI never liked those ferries, to be honest with you.", "I never", "related"),
        ("Most read\n\nCat elected mayor of small island town", "Cat elected", "related"),
        ("No comments:", "No comments", "boilerplate"),
        ("Want more of our stories?\nClick here", "Click here", "boilerplate"),
    ],
)
def test_lines_below_the_text_get_their_role(after: str, line: str, kind: str) -> None:
    text = page(after=after)
    assert _kinds(text, line) == kind
    assert read_article(text).body == "\n\n".join(FERRY)


def test_a_teaser_with_its_picture_and_text_is_another_articles() -> None:
    teaser = (
        "Mayor of Vessby opens the longest bridge in the county\n"
        "Top image credit: the bridge at dusk (Tom Okoro via shutterstock.com)\n\n"
        "Mayor of Vessby opens the longest bridge in the county\n\n"
        "The mayor of Vessby cut a ribbon on Monday and said, “This bridge will outlive us all,” "
        "before a crowd of several thousand people.\n\n"
        "It took nine years and two governments to build the bridge, which was first proposed by "
        "a group of fishermen in the winter of 1998.\n\nkeep readingShow less"
    )
    text = page(after=f"{teaser}\n\nmore ads\n\n{teaser.replace('Mayor', 'Bishop')}")
    article = read_article(text)
    assert article.body == "\n\n".join(FERRY)
    assert _kinds(text, "This bridge will outlive us all") == "related"


def test_a_teaser_s_byline_and_quotation_are_not_the_article_s() -> None:
    teaser = (
        "keep reading\n\nMore stories\nBishop of Vessby forgives the fishermen\n"
        "By Wu Lan\nMarch 2, 2020\n"
        "“I was never angry with anyone,” said the bishop, who lives above the old quay."
    )
    text = page(before="By Ida Holm\nMarch 9, 2021", after=teaser)
    article = read_article(text)
    assert article.authors == ("Ida Holm",)
    assert article.published.edtf == "2021-03-09"
    assert article.body == "\n\n".join(FERRY)
    assert _kinds(text, "I was never angry") == "related"


def test_a_comment_button_above_the_text_opens_no_list() -> None:
    text = page(before="By Ida Holm\nComments\n\nThe crash was the third in the bay this winter.")
    assert _kinds(text, "The crash was the third") == "body"


def test_a_sentence_that_returns_far_below_is_no_caption() -> None:
    text = page(after=f"Most read\n\n{FERRY[0]}\n\nCat elected mayor of small island town")
    assert _kinds(text, FERRY[0]) == "body"
    text = page(between=f"{FERRY[0][:-1]} at dawn.\n\n{FERRY[0][:-1]} at dawn.")
    assert _kinds(text, f"{FERRY[0][:-1]} at dawn.") == "caption"


@pytest.mark.parametrize(
    "rows",
    [
        "The harbour asks all of its passengers to:\n* stay off the quay\n* keep their tickets",
        "Sailings that were called off\nMarch 9 – the morning boat to Oslo\n"
        "March 10 – both boats to Oslo\nMarch 12 – the night boat to Lagos",
    ],
)
def test_a_list_that_follows_the_last_paragraph_is_the_article_s(rows: str) -> None:
    text = page(after=f"{rows}\n\nMost read\n* Cat elected mayor of small island town")
    assert _kinds(text, rows.split("\n")[-1]) == "body"
    assert _kinds(text, "Cat elected") == "related"


def test_a_gallery_between_the_paragraphs_does_not_end_the_article() -> None:
    picture = (
        "The county in pictures\n\n{day} March 2021\n\nA fisherman mends his nets at the old quay "
        "of Vessby on day {day} of the strike, before the sun has risen.\n\nPA"
    )
    gallery = "\n\n".join(picture.format(day=day) for day in range(1, 25))
    article = read_article(page(between=gallery))
    assert article.title == "Two ferries collide in fog off Vessby, closing harbour"
    assert article.body == "\n\n".join(FERRY)


def test_a_title_that_a_witness_tells_is_found_in_the_text() -> None:
    text = f"Menu\n\nHarbour shut\n\n{FERRY[0]}\n\n{FERRY[1]}"
    assert _kinds_with(text, "Harbour shut", Metadata("person", title="Harbour Shut")) == "title"


def _kinds_with(text: str, wanted: str, known: Metadata) -> str:
    start = text.index(wanted)
    blocks = read_article(text, [known]).blocks
    return next(b.kind for b in blocks if b.start <= start < b.end)


def test_a_first_paragraph_that_returns_below_the_dateline_is_the_summary() -> None:
    text = f"{FERRY[0]}\n\n8 4,857\n\nVESSBY – {FERRY[0]}\n\n{FERRY[1]}\n\n{FERRY[2]}"
    article = read_article(text)
    assert [b.kind for b in article.blocks] == ["summary", "boilerplate", "body", "body", "body"]
    assert article.summary == FERRY[0]
    assert article.place == "Vessby"


def test_an_article_alone_keeps_all_it_says() -> None:
    text = "\n".join(
        ["Fog closes harbour", *FERRY, "Injured: 30", "Dead: none", "Kept overnight: 1"]
    )
    kinds = {b.kind for b in read_article(text).blocks}
    assert not kinds & {"boilerplate", "related"}


def test_a_standfirst_and_a_section_below_the_title() -> None:
    standfirst = "A spokesman called the crash ‘a warning to all of us’"
    article = read_article(page(before=f"{standfirst}\n\nAnalysis | World\nshare widget"))
    assert article.summary == standfirst
    assert article.section == "Analysis | World"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("\n\n".join(FERRY), "en"),
        ("Der Hafen wurde am Dienstag geschlossen, nachdem zwei Fähren im dichten Nebel "
         "zusammengestoßen waren und dreißig Fahrgäste ins Krankenhaus kamen.", "de"),
        ("Le port a été fermé mardi après une collision entre deux navires dans un épais "
         "brouillard, et trente passagers ont été conduits à l’hôpital.", "fr"),
        ("Fog.", None),
    ],
)  # fmt: skip
def test_the_language_is_told_where_there_is_enough_text(text: str, language: str | None) -> None:
    assert read_article(text).language == language


def test_an_article_in_another_language_keeps_its_body() -> None:
    text = (
        "Hafen geschlossen\n\nDer Hafen von Vessby wurde am Dienstag geschlossen, nachdem zwei "
        "Fähren im dichten Nebel zusammengestoßen waren und dreißig Fahrgäste ins Krankenhaus der "
        "Stadt gebracht werden mussten."
    )
    article = read_article(text)
    assert article.title == "Hafen geschlossen"
    assert article.body.startswith("Der Hafen von Vessby")


@pytest.mark.parametrize(
    "line",
    [
        "By " + "A, " * 50_000,
        "Jan. 1, " * 20_000,
        " \t" * 50_000 + "x",
        "1" * 100_000,
        "A. " * 50_000,
        "PARIS " * 20_000 + "-",
        "(" * 50_000,
    ],
)
def test_a_hostile_line_takes_linear_time(line: str) -> None:
    text = f"Fog closes harbour\n\n{line}\n\n{FERRY[0]}"
    assert read_article(text).blocks[-1].end == len(text)
