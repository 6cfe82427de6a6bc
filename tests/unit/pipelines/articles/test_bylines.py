"""The forms that bylines take."""

import pytest

from pipelines.articles.bylines import read_bare_names, read_byline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Holm", ("Ida Holm",)),
        ("by Ida Holm and Tom Okoro", ("Ida Holm", "Tom Okoro")),
        ("By Ida Holm, Tom Okoro & Wu Lan", ("Ida Holm", "Tom Okoro", "Wu Lan")),
        ("Author: Ida Holm", ("Ida Holm",)),
        ("Words by Ida Holm", ("Ida Holm",)),
        ("Written by Ida Holm on", ("Ida Holm",)),
        ("By IDA HOLM | iholm@valleypost.example | Valley Post", ("Ida Holm",)),
        ("By IDA MCLEAN, Associated Press", ("Ida McLean",)),
        ("By Ida Holm, BBC News, Oslo", ("Ida Holm",)),
        ("By Ida Holm, Reuters and Tom Okoro, AP", ("Ida Holm", "Tom Okoro")),
        ("By Ida Holm; photographs by Tom Okoro", ("Ida Holm",)),
        ("By Ida Holm\tPublished 4 hours ago", ("Ida Holm",)),
        ("By Ida Holm @idaholm", ("Ida Holm",)),
        ("Ida Holm | Valley Media Group", ("Ida Holm",)),
        ("By Ida Holm, Science Reporter", ("Ida Holm",)),
        ("By Ida Holm for the Valley Post", ("Ida Holm",)),
        ("By Ida Holm in Oslo and Tom Okoro in Lagos", ("Ida Holm", "Tom Okoro")),
        ("By Seán O’Dowd-Lacey", ("Seán O’Dowd-Lacey",)),
        ("By Ana de la Cruz", ("Ana de la Cruz",)),
        ("By Associated Press", ("Associated Press",)),
        ("By Ida Holm Fox News", ("Ida Holm",)),
        ("Author of the article: Ida Holm", ("Ida Holm",)),
        ("Words: Ida Holm", ("Ida Holm",)),
        ("By Ida Holm, Vessby Post", ("Ida Holm",)),
    ],
)
def test_a_byline_gives_clean_names(line: str, names: tuple[str, ...]) -> None:
    assert read_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By signing up, I agree to the terms",
        "By the numbers",
        "By then the river had risen",
        "Stand by me",
        "By Staff Writer",
        "By admin",
        "Ida Holm",
    ],
)
def test_what_only_begins_like_a_byline_is_none(line: str) -> None:
    assert read_byline(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ida Holm and AP", ("Ida Holm", "AP")),
        ("Ida Holm/Tom Okoro", ("Ida Holm", "Tom Okoro")),
        ("Ida Holm News Reporter", ("Ida Holm",)),
        ("Ida Holm | Valley Post", ("Ida Holm",)),
        ("Ida Holm, Associated Press", ("Ida Holm",)),
        ("Ida Holm, Reuters", ("Ida Holm",)),
        ("Ida Holm, Valley Post", ("Ida Holm",)),
        ("Ida Holm and Tom Okoro, Associated Press", ("Ida Holm", "Tom Okoro")),
        ("From Ida Holm in Oslo", ()),
        ("Getty Images", ()),
        ("Share article", ()),
        ("World News", ()),
        ("The river rose again.", ()),
        ("Ida Holm is a reporter", ()),
    ],
)
def test_a_line_of_nothing_but_names(line: str, names: tuple[str, ...]) -> None:
    assert read_bare_names(line) == names
