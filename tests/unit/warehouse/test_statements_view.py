"""A statement counts once, however many articles print it again."""

from pathlib import Path

import duckdb

VIEW = Path(__file__).parents[3] / "warehouse" / "views" / "1_statements.sql"
_QUOTE = "speaker_name speaker_role speaker_text speaker_form speaker_entity_id kind cue date_id"
_ARTICLE = "title publisher published_on published_edtf url"


def statements(articles: dict[str, str | None], quotes: list[tuple[str, str, str]]) -> list[str]:
    """The ids of the statements.

    Args:
        articles: each article, and the one that it is a near-duplicate of.
        quotes: id, article and text of each quote.
    """
    with duckdb.connect() as connection:
        for table, keys, more in (
            ("articles", "article_id near_duplicate_of", _ARTICLE),
            ("quotes", "quote_id article_id text repeats_quote_id", _QUOTE),
            ("dates", "date_id edtf earliest latest text", ""),
        ):
            columns = ", ".join(f"{name} VARCHAR" for name in f"{keys} {more}".split())
            numbers = ", start_char INT, end_char INT, confidence DOUBLE"
            connection.execute(f"CREATE TABLE {table} ({columns}{numbers})")
        for row in articles.items():
            connection.execute(
                "INSERT INTO articles (article_id, near_duplicate_of) VALUES (?, ?)", row
            )
        for quote in quotes:
            connection.execute(
                "INSERT INTO quotes (quote_id, article_id, text) VALUES (?, ?, ?)", quote
            )
        connection.execute(VIEW.read_text(encoding="utf-8"))
        query = "SELECT quote_id FROM statements ORDER BY quote_id"
        return [row[0] for row in connection.execute(query).fetchall()]


def test_what_a_near_duplicate_repeats_counts_once_and_what_it_adds_counts() -> None:
    articles = {"first": None, "again": "first", "other": None}
    quotes = [
        ("1", "first", "The bridge must close"),
        ("2", "again", "the bridge must close,"),
        ("3", "again", "It opens on Friday"),
        ("4", "other", "The bridge must close"),
    ]
    # Another article, which is no near-duplicate, is another occasion.
    assert statements(articles, quotes) == ["1", "3", "4"]


def test_what_two_near_duplicates_add_to_the_first_counts_once() -> None:
    articles = {"first": None, "second": "first", "third": "first"}
    quotes = [("1", "second", "It opens on Friday"), ("2", "third", "It opens on Friday")]
    assert statements(articles, quotes) == ["1"]
