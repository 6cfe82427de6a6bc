"""What a place name leads to."""

import pytest

from pipelines.entities.bodies import government_of, is_short_form, split_country
from pipelines.entities.countries import country_in, country_of, place


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("U.S.", "GPE", "US"),
        ("America", "GPE", "US"),
        ("American", "NORP", "US"),
        ("Americans", "NORP", "US"),
        ("Russian Federation", "GPE", "RU"),
        ("SWITZERLAND", "GPE", "CH"),
        ("Viet Nam", "GPE", "VN"),
        ("Kosovo", "GPE", "XK"),
        ("Bavaria", "GPE", "DE"),
        ("Sahel", "LOC", None),
    ],
)
def test_place_leads_to_type_and_country(name: str, kind: str, country: str | None) -> None:
    found = place(name)
    assert found is not None
    assert (found.type, found.country) == (kind, country)


@pytest.mark.parametrize("name", ["us", "Nordvik", "it", "Polish-born"])
def test_other_words_are_no_places(name: str) -> None:
    assert place(name) is None


def test_a_country_has_one_name_whatever_its_spelling() -> None:
    assert place("USA") == place("United States of America") == country_of("US")


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("former Dutch prime minister", "NL"),
        ("Iraq’s ambassador", "IQ"),
        ("U.S. envoy to Syria", None),  # two countries
        ("chief negotiator", None),
    ],
)
def test_country_in_a_role(phrase: str, country: str | None) -> None:
    assert country_in(phrase) == country


def test_a_government_is_its_country() -> None:
    assert government_of("Norwegian Government") == country_of("NO")
    assert government_of("Government of Chad") == country_of("TD")
    assert government_of("Local Government") is None


def test_a_country_before_a_name_is_split_off() -> None:
    assert split_country("US Coast Patrol") == ("US", "Coast Patrol")
    assert split_country("Nordvik Coast Patrol") == (None, "Nordvik Coast Patrol")


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Nordvik", "Nordvik Shipping Company", True),
        ("Commission", "Fisheries Commission", True),
        ("Coast Patrol", "US Coast Patrol", True),
        ("Nordvik", "Nordvik Foundation", False),
        ("Nordvik", "Nordvik Europe", False),
        ("Otters", "Oslo Otters", False),
    ],
)
def test_short_form_of_a_body(short: str, full: str, fits: bool) -> None:
    assert is_short_form(short, full) is fits
