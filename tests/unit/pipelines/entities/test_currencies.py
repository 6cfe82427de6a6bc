"""Currencies: what is one, which one it is, and that it is one row across articles."""

import pytest

from pipelines.entities.currencies import currency_named
from tests.unit.pipelines.entities.conftest import Find, Found
from tests.unit.pipelines.entities.linking import Thing, link_entities


def _money(found: Found) -> list[tuple[str, str | None, str | None]]:
    return [
        (words, name, found.thing(name).country if name else None)
        for words, kind, name in found.called()
        if kind == "PRODUCT"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The loan is worth US$5 m.", [("US$", "US Dollar", "US")]),
        ("The ferry cost 20 Canadian dollars.", [("Canadian dollars", "Canadian Dollar", "CA")]),
        ("The rouble fell on Monday.", [("rouble", "Russian Ruble", "RU")]),
        ("The harbour fund spent 3 million euros.", [("euros", "Euro", None)]),
        (
            "Savers swapped the yen for sterling.",
            [("yen", "Yen", "JP"), ("sterling", "Pound Sterling", "GB")],
        ),
        ("Rents rose to 400 Egyptian pounds.", [("Egyptian pounds", "Egyptian Pound", "EG")]),
        ("They paid 900 Czech crowns.", [("Czech crowns", "Czech Koruna", "CZ")]),
        ("The ticket cost 5,000 won.", [("won", "Won", "KR")]),
    ],
)
def test_a_currency_is_named_as_in_iso_4217(
    find: Find, sentence: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert _money(find(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The dollar fell against the pound.",  # whose?
        "The baker used two pounds of flour.",
        "It was a sterling season, and she won the cup.",
        "He had a yen for the sea and a real talent.",
        "Euro 2024 opened in Munich.",
        "The parade went down Dollar Street.",
        "Traders quoted the Russian franc as a joke.",  # Russia has none
    ],
)
def test_what_may_be_no_currency_or_that_of_several_is_left_alone(
    find: Find, sentence: str
) -> None:
    assert _money(find(sentence)) == []


def test_a_word_alone_means_the_currency_that_the_text_tells(find: Find) -> None:
    one = find("The fund holds U.S. dollars.", "The dollar rose.")
    assert _money(one) == [
        ("U.S. dollars", "US Dollar", "US"),
        ("dollar", "US Dollar", "US"),
    ]
    several = find("The fund swapped U.S. dollars for Canadian dollars.", "The dollar rose.")
    assert [words for words, _, _ in _money(several)] == ["U.S. dollars", "Canadian dollars"]
    neighbour = find("Minsk set the rate of the Belarusian ruble.", "The ruble fell.")
    assert {name for _, name, _ in _money(neighbour)} == {"Belarusian Ruble"}


def test_the_country_in_a_currencys_name_stays_a_mention(find: Find) -> None:
    assert find("The fund holds U.S. dollars.").names() == [
        ("U.S. dollars", "PRODUCT"),
        ("U.S.", "GPE"),
    ]


def test_a_currency_is_one_row_with_its_code_and_takes_no_namesake_in() -> None:
    rows = [
        Thing("a1", 0, "Brazilian Real", "PRODUCT", ("real",), (), "BR", 2),
        Thing("a2", 0, "Brazilian Real", "PRODUCT", ("reais",), (), "BR", 1),
        Thing("a3", 0, "Real", "ORG", (), (), None, 1),
    ]
    linked = link_entities(rows)
    assert [(e.name, e.ids, e.n_articles) for e in linked.entities if e.type == "PRODUCT"] == [
        ("Brazilian Real", ("iso4217:BRL",), 2)
    ]
    assert len(linked.entities) == 2


def test_a_currency_of_several_countries_has_none() -> None:
    euro = currency_named("Euro")
    assert euro is not None
    assert (euro.id, euro.country) == ("iso4217:EUR", None)
