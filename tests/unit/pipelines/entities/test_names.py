"""Names as strings."""

import pytest

from pipelines.entities.names import (
    PersonName,
    fold,
    is_acronym_of,
    is_misspelling,
    is_same_person,
    person_name,
    without_legal_form,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zoltán Møre", "zoltan more"),
        ("U.N.", "un"),
        ("O’Hanley-Pike", "ohanley pike"),
        ("  Berg & Dal ", "berg & dal"),
    ],
)
def test_fold_keeps_letters_and_digits_only(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ilse van der Moor", PersonName(("ilse",), "van der moor")),
        ("van der Moor", PersonName((), "van der moor")),
        ("Dr. Tomas K. Brandt Jr.", PersonName(("tomas", "k"), "brandt", "jr")),
        ("Brandt", PersonName((), "brandt")),
    ],
)
def test_person_name_splits_titles_particles_and_suffix(name: str, parts: PersonName) -> None:
    assert person_name(name) == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marit Stenholdt", "Marit Stenhaldt", True),
        ("Marit Stenholdt", "M. Stenholdt", True),
        ("Mohammad-Reza Stenholdt", "Mohammad Reza Stenholdt", True),
        ("Anna-Lena Stenholdt", "Anna Stenholdt", False),
        ("Marit A. Stenholdt", "Marit Stenholdt", True),
        ("Marit Stenholdt", "Karin Stenholdt", False),
        ("Marit A. Stenholdt", "Marit B. Stenholdt", False),
        ("Odd Stenholdt Jr.", "Odd Stenholdt Sr.", False),
    ],
)
def test_full_names_agree_unless_a_part_speaks_against(one: str, other: str, same: bool) -> None:
    assert is_same_person(person_name(one), person_name(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("stenholdt", "stenhaldt", True),
        ("stenholdt", "stenhodlt", True),
        ("stenholdt", "stenhold", True),
        ("moore", "moose", False),  # too short to tell
        ("stenholdt", "brenholdt", False),
    ],
)
def test_misspelling_is_one_letter_of_a_long_word(one: str, other: str, near: bool) -> None:
    assert is_misspelling(one, other) is near


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("FSC", "Fisheries Security Council", True),
        ("F.S.C.", "Fisheries Security Council", True),
        ("BNO", "Bureau of National Oceans", True),
        ("FSC", "Forestry Council", False),
    ],
)
def test_acronym_of_a_full_name(short: str, full: str, fits: bool) -> None:
    assert is_acronym_of(short, full) is fits


def test_legal_forms_are_left_out() -> None:
    assert without_legal_form("Nordvik Shipping Holdings Inc.") == "Nordvik Shipping"
