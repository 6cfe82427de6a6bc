"""The data files of the grammar hold together."""

import pytest

from pipelines.dates.calendar import place
from pipelines.dates.holidays import holiday_in
from pipelines.dates.words import Phrase, holidays, phrases, word_classes

NAMED_DAYS = [(first, phrase) for first, found in holidays().items() for phrase in found]


@pytest.mark.parametrize(
    ("first", "phrase"), NAMED_DAYS, ids=[" ".join((f, *p.rest)) for f, p in NAMED_DAYS]
)
def test_every_named_day_has_a_date_in_every_year(first: str, phrase: Phrase) -> None:
    assert all(holiday_in(year, phrase.kind, phrase.value) for year in range(1900, 2101))


def test_every_phrase_has_a_type_and_a_value() -> None:
    for found in phrases().values():
        for phrase in found:
            assert phrase.kind in ("DATE", "DURATION", "SET")
            assert phrase.value.endswith("_REF") or phrase.value.startswith("P")


def test_words_are_in_lower_case_and_known_to_the_calendar() -> None:
    for word, classes in word_classes().items():
        assert word == word.lower()
        if season := classes.get("season"):
            assert place(f"2019-{season}").earliest
        if month := classes.get("month"):
            assert 1 <= int(month) <= 12
