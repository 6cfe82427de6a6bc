"""The dates of named days."""

from datetime import date

import pytest

from pipelines.dates.holidays import easter, holiday_in


@pytest.mark.parametrize(
    ("year", "rule", "argument", "day"),
    [
        (2019, "fixed", "12-25", date(2019, 12, 25)),
        (2019, "nth", "11-4-4", date(2019, 11, 28)),
        (2019, "nth", "05--1-1", date(2019, 5, 27)),
        (2016, "after", "11-02-2", date(2016, 11, 8)),
        (2019, "easter", "-2", date(2019, 4, 19)),
        (1500, "easter", "0", None),
        (0, "fixed", "12-25", None),
    ],
)
def test_a_rule_gives_the_day_of_a_year(
    year: int, rule: str, argument: str, day: date | None
) -> None:
    assert holiday_in(year, rule, argument) == day


@pytest.mark.parametrize(
    "sunday", [date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2024, 3, 31)]
)
def test_easter_is_where_the_tables_have_it(sunday: date) -> None:
    assert easter(sunday.year) == sunday
