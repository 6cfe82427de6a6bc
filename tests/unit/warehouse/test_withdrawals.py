"""`withdrawn.toml`: a line a withdrawal, written without touching what is there."""

import pytest

from warehouse.tables.withdrawals import (
    HEAD,
    Withdrawal,
    Withdrawals,
    WithdrawnError,
    document_id,
    read_withdrawals,
    wholes,
    with_lines,
)

MIRA, CLOSE = "e" + "1" * 16, "q" + "2" * 16
ARTICLE, CONTENT = "a" + "3" * 16, "4" * 64
SOURCE = Withdrawal("rights_holder", ARTICLE, CONTENT)


def test_what_is_written_is_read_again() -> None:
    told = Withdrawals(
        {"wire/harbour.txt": SOURCE, 'odd "name"\\.txt': Withdrawal("harm")},
        {MIRA: Withdrawal("person")},
        {CLOSE: Withdrawal("retracted")},
    )
    assert read_withdrawals(with_lines("", told)) == told


def test_a_line_follows_what_a_person_wrote() -> None:
    before = f'# Asked by letter.\nentity.{MIRA} = {{ reason = "person" }}  # 4 May'
    after = with_lines(before, Withdrawals(quotes={CLOSE: Withdrawal("harm")}))
    assert after == f'{before}\nquote.{CLOSE} = {{ reason = "harm" }}\n'


def test_a_new_file_begins_with_how_it_is_written() -> None:
    text = with_lines("", Withdrawals({"a.txt": Withdrawal("not_genuine")}))
    assert text == f'{HEAD}source."a.txt" = {{ reason = "not_genuine" }}\n'
    assert read_withdrawals(HEAD) == Withdrawals()


def test_no_line_is_written_where_it_would_mean_something_else() -> None:
    table = f'[entity]\n{MIRA} = {{ reason = "person" }}\n'
    assert read_withdrawals(table).entities == {MIRA: Withdrawal("person")}
    with pytest.raises(WithdrawnError, match="no line can be added"):
        with_lines(table, Withdrawals(quotes={CLOSE: Withdrawal("harm")}))


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("source =", "is not TOML"),
        (f'quote.{CLOSE} = {{ reason = "harm" }}\n' * 2, "names a thing twice"),
        ('author.x = { reason = "harm" }', "unknown key “author”"),
        ('source = "a.txt"', "write source"),
        ('source."a.txt" = "harm"', "write = { reason"),
        ('source."a.txt" = { reason = "harm", why = "so" }', "unknown key “why”"),
        (f'entity.{MIRA} = {{ reason = "harm", article = "{ARTICLE}" }}', "unknown key “article”"),
        ('entity.e12 = { reason = "harm" }', "“e12” is the id or digest of no entity"),
        (f'quote.{MIRA} = {{ reason = "harm" }}', "is the id or digest of no quote"),
        ('source."a.txt" = { reason = "harm", content = "12" }', "of no content"),
        (
            'source."a.txt" = { reason = "whim" }',
            "“whim” is no reason; give one of\n  rights_holder",
        ),
        ('source."a.txt" = { }', "“” is no reason"),
    ],
)
def test_what_cannot_be_used_is_named(toml: str, says: str) -> None:
    with pytest.raises(WithdrawnError, match=says):
        read_withdrawals(toml)


def test_a_file_covers_what_lies_in_it() -> None:
    told = Withdrawals({"wire.zip": SOURCE, "day.jsonl#7": SOURCE})
    assert told.source_of("wire.zip!a.jsonl#1") == "wire.zip"
    assert told.source_of("day.jsonl#7") == "day.jsonl#7"
    assert told.source_of("day.jsonl#71") is None
    assert told.source_of("wire.zip.txt") is None
    assert wholes("a.zip!b#c") == ("a.zip!b#c", "a.zip", "a.zip!b")


def test_copies_are_known_by_address_and_text() -> None:
    told = Withdrawals({"a.txt": SOURCE, "b.txt": Withdrawal("harm")})
    assert told.copies() == {ARTICLE: "a.txt", CONTENT: "a.txt"}


def test_the_id_is_that_of_the_table_documents() -> None:
    from pipelines.ids import digest_id

    assert document_id("wire/harbour.txt") == digest_id("d", "wire/harbour.txt")
