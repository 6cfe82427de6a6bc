"""What a TIMEX3 value says of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates.calendar import place, shift, value_of, weekend_value
from pipelines.dates.time_expression import Granularity

PERIODS: tuple[Granularity, ...] = (
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
)
DAYS = st.dates(min_value=date(1, 3, 1), max_value=date(9999, 11, 30))


@pytest.mark.parametrize(
    ("value", "edtf", "earliest", "latest", "granularity"),
    [
        ("2024-02-29", "2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("2020-W53", "2020-12-28/2021-01-03", date(2020, 12, 28), date(2021, 1, 3), "week"),
        ("2019-W41-WE", "2019-10-12/2019-10-13", date(2019, 10, 12), date(2019, 10, 13), "week"),
        ("2019-W41-3", "2019-10-09", date(2019, 10, 9), date(2019, 10, 9), "day"),
        ("2023-02", "2023-02", date(2023, 2, 1), date(2023, 2, 28), "month"),
        ("2023-Q3", "2023-35", date(2023, 7, 1), date(2023, 9, 30), "quarter"),
        ("2023-H2", "2023-41", date(2023, 7, 1), date(2023, 12, 31), "half"),
        ("2023-WI", "2023-24", date(2023, 12, 1), date(2024, 2, 29), "season"),
        ("2023", "2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ("198", "198X", date(1980, 1, 1), date(1989, 12, 31), "decade"),
        ("19", "19XX", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("00", "00XX", date(1, 1, 1), date(99, 12, 31), "century"),
        ("2023-05-XX", "2023-05-XX", date(2023, 5, 1), date(2023, 5, 31), "day"),
        ("2023-05-04T09:30", "2023-05-04T09:30:00", date(2023, 5, 4), date(2023, 5, 4), "time"),
        ("2023-05-04T09:30Z", "2023-05-04T09:30:00Z", date(2023, 5, 4), date(2023, 5, 4), "time"),
        ("2023-05-04TMO", "2023-05-04", date(2023, 5, 4), date(2023, 5, 4), "time"),
    ],
)
def test_a_known_period_has_its_edtf_and_interval(
    value: str, edtf: str, earliest: date, latest: date, granularity: Granularity
) -> None:
    placed = place(value)
    assert (placed.edtf, placed.earliest, placed.latest) == (edtf, earliest, latest)
    assert placed.granularity == granularity


@pytest.mark.parametrize(
    ("value", "edtf", "granularity"),
    [
        ("XXXX-07-14", "XXXX-07-14", "day"),
        ("XXXX-07", "XXXX-07", "month"),
        ("XXXX-WXX-1", None, "day"),
        ("XXXX-Q3", None, "quarter"),
        ("XXXX-XX-XX", None, "day"),
        ("XXX", None, "decade"),
        ("BC0044", "-0043", "year"),
        ("BC0001", "0000", "year"),
        ("0000", "0000", "year"),
        ("2023-02-29", None, "day"),
        ("2019-W53", None, "week"),
        ("9999-WI", "9999-24", "season"),
        ("PAST_REF", None, "none"),
        ("P3W", None, "none"),
    ],
)
def test_what_has_no_interval(value: str, edtf: str | None, granularity: Granularity) -> None:
    placed = place(value)
    assert (placed.earliest, placed.latest) == (None, None)
    assert (placed.edtf, placed.granularity) == (edtf, granularity)


def test_an_approximate_date_is_marked_in_edtf() -> None:
    assert place("1913", "APPROX").edtf == "1913~"


@given(DAYS, st.sampled_from(PERIODS))
def test_every_period_contains_the_days_it_is_told_of(day: date, granularity: Granularity) -> None:
    placed = place(value_of(day, granularity))
    if placed.earliest is None or placed.latest is None:
        assert day.year == 9999 or day.year == 1  # the period reaches out of the calendar
        return
    assert placed.earliest <= day <= placed.latest
    assert placed.granularity == granularity


@given(DAYS, st.sampled_from(PERIODS))
def test_a_period_is_told_alike_by_its_first_and_last_day(
    day: date, granularity: Granularity
) -> None:
    value = value_of(day, granularity)
    placed = place(value)
    for end in (placed.earliest, placed.latest):
        assert end is None or value_of(end, granularity) == value


@given(DAYS)
def test_periods_meet_without_gap_or_overlap(day: date) -> None:
    for granularity in PERIODS:
        latest = place(value_of(day, granularity)).latest
        if latest is not None and latest < date(9999, 1, 1):
            following = latest + timedelta(days=1)
            assert value_of(following, granularity) != value_of(day, granularity)
            assert place(value_of(following, granularity)).earliest == following


@given(DAYS)
def test_a_weekend_ends_its_week(day: date) -> None:
    week, weekend = place(value_of(day, "week")), place(weekend_value(day))
    assert weekend.latest == week.latest


@given(
    DAYS,
    st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century"]),
    st.integers(-3000, 3000),
)
def test_shifting_there_and_back_ends_in_the_same_month(
    day: date, unit: Granularity, n: int
) -> None:
    there = shift(day, unit, n)
    if there is not None:
        back = shift(there, unit, -n)
        assert back is not None
        assert value_of(back, "month") == value_of(day, "month")


def test_a_month_after_a_long_months_end_is_the_short_ones() -> None:
    assert shift(date(2024, 1, 31), "month", 1) == date(2024, 2, 29)


def test_no_shift_leaves_the_calendar() -> None:
    assert shift(date(9999, 12, 31), "day", 1) is None
    assert shift(date(1, 1, 1), "century", -1) is None
