import hashlib

from pipelines.ids import Numbering, SentenceFinder, article_id, normalised


def test_an_id_is_a_letter_and_16_hex_digits() -> None:
    assert article_id(None, "texts/a.txt") == "a" + hashlib.sha256(b"texts/a.txt").hexdigest()[:16]


def test_the_address_names_an_article_wherever_its_file_lies() -> None:
    url = "https://example.org/1"
    assert article_id(url, "a.txt") == article_id(url, "b.txt") != article_id(None, "a.txt")


def test_the_same_words_in_other_marks_are_the_same_text() -> None:
    assert normalised("“It’s  OVER,” he") == normalised('"It\'s over" he')


def test_the_nth_of_the_same_content_has_its_own_id_that_stays() -> None:
    once, again = Numbering("q", "a1"), Numbering("q", "a1")
    first, second = once.next("no"), once.next("no")
    assert first != second
    again.next("something before")
    assert (again.next("no"), again.next("no")) == (first, second)


def test_a_place_is_found_in_its_sentence() -> None:
    text = "One here.\nTwo\nthere."
    finder = SentenceFinder(text, [(0, 9), (10, 20)])
    assert finder.at(4) == "One here."
    assert finder.at(15) == "Two there."
