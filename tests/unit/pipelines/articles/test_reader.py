"""Reading an article: invented look-alikes of what news texts bring with them."""

from datetime import UTC, date, datetime

import pytest

from pipelines.articles.reader import read_article
from pipelines.documents.record import Metadata

FERRY = [
    "The harbour of Vessby was closed on Tuesday after two ferries collided in thick fog, and "
    "thirty passengers were taken to the hospital in the town, the coast guard said.",
    "“It was quiet for a second, and then everybody was shouting,” said Ida Holm, who had been on "
    "the upper deck of the smaller ferry with her two children.",
    "Nobody was badly hurt, according to the hospital, though one woman was kept there overnight "
    "with a broken arm and will be sent home later in the week.",
    "The port will open again when divers have looked at both hulls, which could take until the "
    "weekend, the harbour master told reporters at the quay.",
]


def _kinds(text: str, wanted: str) -> str:
    """The kind of the block that holds a piece of the text."""
    start = text.index(wanted)
    return next(b.kind for b in read_article(text).blocks if b.start <= start < b.end)


def _page(*, before: str = "", between: str = "", after: str = "") -> str:
    menu = "Skip to content\n* Home\n* News\n* Sport\n* Weather\nSubscribe\nLog in\nSearch\n\n"
    title = "Two ferries collide in fog off Vessby, closing harbour\n\n"
    foot = (
        "\n* Privacy Policy\n* Terms of Use\n* Contact us\n© 2021 Vessby Post. All rights reserved"
    )
    first, second = "\n\n".join(FERRY[:2]), "\n\n".join(FERRY[2:])
    return f"{menu}{title}{before}\n\n{first}\n\n{between}\n\n{second}\n\n{after}\n{foot}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "One line",
        "\n\n  Leading space.\n\nAnd trailing.  \n\n",
        "\n\n".join(FERRY),
        _page(before="By Ida Holm", between="Advertisement", after="Most read\n* A\n* B"),
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
    article = read_article(_page())
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
    text = _page(between=between)
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
    text = _page(after=after)
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
    text = _page(after=f"{teaser}\n\nmore ads\n\n{teaser.replace('Mayor', 'Bishop')}")
    article = read_article(text)
    assert article.body == "\n\n".join(FERRY)
    assert _kinds(text, "This bridge will outlive us all") == "related"


def test_a_teaser_s_byline_and_quotation_are_not_the_article_s() -> None:
    teaser = (
        "keep reading\n\nMore stories\nBishop of Vessby forgives the fishermen\n"
        "By Wu Lan\nMarch 2, 2020\n"
        "“I was never angry with anyone,” said the bishop, who lives above the old quay."
    )
    text = _page(before="By Ida Holm\nMarch 9, 2021", after=teaser)
    article = read_article(text)
    assert article.authors == ("Ida Holm",)
    assert article.published.edtf == "2021-03-09"
    assert article.body == "\n\n".join(FERRY)
    assert _kinds(text, "I was never angry") == "related"


def test_a_comment_button_above_the_text_opens_no_list() -> None:
    text = _page(before="By Ida Holm\nComments\n\nThe crash was the third in the bay this winter.")
    assert _kinds(text, "The crash was the third") == "body"


def test_a_sentence_that_returns_far_below_is_no_caption() -> None:
    text = _page(after=f"Most read\n\n{FERRY[0]}\n\nCat elected mayor of small island town")
    assert _kinds(text, FERRY[0]) == "body"
    text = _page(between=f"{FERRY[0][:-1]} at dawn.\n\n{FERRY[0][:-1]} at dawn.")
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
    text = _page(after=f"{rows}\n\nMost read\n* Cat elected mayor of small island town")
    assert _kinds(text, rows.split("\n")[-1]) == "body"
    assert _kinds(text, "Cat elected") == "related"


def test_a_gallery_between_the_paragraphs_does_not_end_the_article() -> None:
    picture = (
        "The county in pictures\n\n{day} March 2021\n\nA fisherman mends his nets at the old quay "
        "of Vessby on day {day} of the strike, before the sun has risen.\n\nPA"
    )
    gallery = "\n\n".join(picture.format(day=day) for day in range(1, 25))
    article = read_article(_page(between=gallery))
    assert article.title == "Two ferries collide in fog off Vessby, closing harbour"
    assert article.body == "\n\n".join(FERRY)


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
    article = read_article(_page(before=before))
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
    article = read_article(_page(before="Updated March 11, 2021\nPublished March 9, 2021"))
    assert article.published.edtf == "2021-03-09"
    assert article.updated_edtf == "2021-03-11"


def test_a_date_line_below_the_text_counts_where_it_says_what_it_is() -> None:
    assert read_article(_page(after="Published: 9 March 2021")).published.edtf == "2021-03-09"
    assert read_article(_page(after="9 March 2021")).published.edtf is None


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
    article = read_article(_page(before="Updated March 11, 2021"))
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
    article = read_article(_page(before="By Tom Okoro\nMarch 11, 2021"), known)
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
    assert read_article(_page(), known).published.basis == "page"


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
    article = read_article(_page(before=f"{standfirst}\n\nAnalysis | World\nshare widget"))
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
