import hashlib

import pytest

from warehouse.release.copies import Articles, Copy, Known, content_sha256
from warehouse.tables.articles import words_sha256

FERRY = "The ferry sails again.\n\n“We have waited for this day since the storm,” Ada Marsh said."
HARBOUR = "The harbour is closed.\n\nNobody knows for how long it will be."
#: The same words as HARBOUR, broken into lines in another way.
REBROKEN = "The harbour is closed.\nNobody knows for how long\nit will be."


def known(article_id: str, text: str, *quotes: str) -> Known:
    url = f"https://example.org/{article_id}"
    digests = content_sha256(text), words_sha256(text)
    return Known(article_id, f"{article_id}.txt", url, *digests, quotes)


ARTICLES = Articles(
    [
        known("ferry", FERRY, "We have waited for this day since the storm,"),
        known("harbour", HARBOUR),
        known("rebroken", REBROKEN),
    ]
)


def test_a_digest_is_that_of_the_text() -> None:
    assert content_sha256("“A”") == hashlib.sha256("“A”".encode()).hexdigest()


def test_a_very_copy_is_known_whatever_its_name() -> None:
    assert ARTICLES.same(FERRY) == "ferry"


@pytest.mark.parametrize(
    "text", [FERRY + " ", FERRY.replace("Marsh", "March"), FERRY.replace("\n", "\r\n"), ""]
)
def test_a_copy_that_differs_by_one_character_is_not_the_same(text: str) -> None:
    assert ARTICLES.same(text) is None


@pytest.mark.parametrize(
    ("copy", "article", "why"),
    [
        (Copy("a.txt", FERRY.replace("\n\n", "\n")), "ferry", "only white space differs"),
        (Copy("ferry.txt", "The ferry lies still."), "ferry", "the article's name"),
        (Copy("b.txt", "It lies still.", "https://example.org/ferry"), "ferry", "address"),
        (Copy("ferry.txt", None, detail="it is empty"), "ferry", "the article's name"),
        (Copy("c.txt", FERRY.replace("again", "now")), "ferry", "1 of the article's quotes"),
    ],
)
def test_a_changed_copy_is_known_by_what_stayed(copy: Copy, article: str, why: str) -> None:
    (near,) = ARTICLES.near(copy)
    assert near.article_id == article
    assert why in near.why


def test_a_copy_may_fit_two_articles() -> None:
    near = ARTICLES.near(
        Copy("d.txt", "The harbour is closed. Nobody knows for how long it will be.")
    )
    assert sorted(one.article_id for one in near) == ["harbour", "rebroken"]


@pytest.mark.parametrize("text", ["", "   ", "Nothing of all this."])
def test_other_texts_are_near_to_nothing(text: str) -> None:
    assert ARTICLES.near(Copy("e.txt", text)) == []
