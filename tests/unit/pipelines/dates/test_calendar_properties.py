"""What holds of every value of the calendar, from the year 1 to 9999 and beyond."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates.calendar import place, value_of
from pipelines.dates.time_expression import Granularity

YEARS = st.integers(1, 9999)
DAYS = st.dates(min_value=date(1, 3, 1), max_value=date(9998, 12, 31))
#: The fewest and the most days that each granularity holds.
LENGTHS: dict[Granularity, tuple[int, int]] = {
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (90, 92),
    "season": (90, 92),
    "half": (181, 184),
    "year": (365, 366),
    "decade": (3652, 3653),
    "century": (36524, 36525),
}
FIRST_CENTURY = date(100, 1, 1)
GRANULARITIES = st.sampled_from(list(LENGTHS))


@given(DAYS.filter(lambda day: day >= FIRST_CENTURY), GRANULARITIES)
def test_granularity_and_interval_agree(day: date, granularity: Granularity) -> None:
    placed = place(value_of(day, granularity))
    assert placed.granularity == granularity
    assert placed.earliest is not None
    assert placed.latest is not None
    fewest, most = LENGTHS[granularity]
    assert fewest <= (placed.latest - placed.earliest).days + 1 <= most


@given(DAYS, GRANULARITIES)
def test_a_coarser_period_holds_the_finer_ones_that_tile_it(
    day: date, granularity: Granularity
) -> None:
    tiles: dict[Granularity, Granularity] = {
        "month": "quarter",
        "quarter": "half",
        "half": "year",
        "year": "decade",
        "decade": "century",
        "day": "week",
    }
    if granularity not in tiles:
        return
    fine, coarse = place(value_of(day, granularity)), place(value_of(day, tiles[granularity]))
    if fine.earliest and fine.latest and coarse.earliest and coarse.latest:
        assert coarse.earliest <= fine.earliest <= fine.latest <= coarse.latest


@given(YEARS)
def test_a_leap_day_is_one_in_leap_years_only(year: int) -> None:
    placed = place(f"{year:04d}-02-29")
    assert (placed.earliest is not None) == calendar.isleap(year)
    assert placed.granularity == "day"
    february = place(f"{year:04d}-02")
    assert february.latest == date(year, 2, 29 if calendar.isleap(year) else 28)


@given(YEARS)
def test_a_week_53_is_one_in_long_years_only(year: int) -> None:
    has_53 = date(year, 12, 28).isocalendar().week == 53
    placed = place(f"{year:04d}-W53")
    is_within = year < 9999 or not has_53  # the last week of 9999 ends after the calendar
    assert (placed.earliest is not None) == (has_53 and is_within)


@given(DAYS)
def test_a_day_and_its_edtf_are_read_back_alike(day: date) -> None:
    edtf = place(value_of(day, "day")).edtf
    assert edtf is not None
    assert date.fromisoformat(edtf) == day


@given(DAYS)
def test_a_weeks_edtf_is_its_interval(day: date) -> None:
    placed = place(value_of(day, "week"))
    if placed.edtf is not None:
        first, last = placed.edtf.split("/")
        assert (date.fromisoformat(first), date.fromisoformat(last)) == (
            placed.earliest,
            placed.latest,
        )


@given(DAYS, st.sampled_from(["MO", "AF", "EV", "NI", "09:30", "23:59Z", "10:20+02:00"]))
def test_a_time_lies_in_its_day(day: date, part: str) -> None:
    placed = place(f"{day.isoformat()}T{part}")
    assert (placed.earliest, placed.latest, placed.granularity) == (day, day, "time")


@given(DAYS, st.sampled_from([(8, 10), (5, 10), (3, 10), (0, 10), (0, 4)]))
def test_the_interval_of_a_partial_date_holds_every_day_it_may_be(
    day: date, masked: tuple[int, int]
) -> None:
    first, last = masked
    value = day.isoformat()
    partial = value[:first] + "".join("X" if c.isdigit() else c for c in value[first:last])
    placed = place(partial + value[last:])
    if placed.earliest is not None and placed.latest is not None:
        assert placed.earliest <= day <= placed.latest
    assert (placed.earliest is None) == (placed.latest is None)


@given(YEARS)
def test_a_year_before_christ_keeps_its_edtf_alone(year: int) -> None:
    placed = place(f"BC{year:04d}")
    astronomical = 1 - year  # 1 BC is the year 0
    assert placed.edtf is not None
    assert int(placed.edtf) == astronomical
    assert (placed.earliest, placed.latest, placed.granularity) == (None, None, "year")


@pytest.mark.parametrize("value", ["0000", "BC0001"])
def test_the_year_0_is_no_date_but_has_its_edtf(value: str) -> None:
    placed = place(value)
    assert (placed.edtf, placed.earliest, placed.latest) == ("0000", None, None)


@given(YEARS)
def test_every_year_of_the_calendar_is_whole(year: int) -> None:
    placed = place(f"{year:04d}")
    assert (placed.earliest, placed.latest) == (date(year, 1, 1), date(year, 12, 31))


VALUES = st.from_regex(
    r"[0-9X]{4}(-([01X][0-9X](-[0-3X][0-9X])?|W[0-5X][0-9X](-([1-7]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
    r"(T([0-2X][0-9X](:[0-5X][0-9X])?|MO|AF|EV|NI))?",
    fullmatch=True,
)


@given(VALUES | st.text(max_size=12), st.sampled_from([None, "APPROX", "START"]))
def test_no_value_breaks_and_every_interval_is_whole(value: str, mod: str | None) -> None:
    placed = place(value, mod)
    assert (placed.earliest is None) == (placed.latest is None)
    if placed.earliest is not None and placed.latest is not None:
        assert placed.earliest <= placed.latest
