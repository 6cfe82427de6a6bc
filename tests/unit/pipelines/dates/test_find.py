"""Every kind of time expression that news holds, and what only looks like one."""

from datetime import date

import pytest

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates
from pipelines.dates.time_expression import TimeExpression

#: A Wednesday.
WEDNESDAY = Published(edtf="2019-10-16", day=date(2019, 10, 16))
Told = list[tuple[str, str]]


def find(text: str) -> list[TimeExpression]:
    return find_dates(text, [Block("body", 0, len(text))], WEDNESDAY)


def told(text: str) -> Told:
    return [(text[x.start : x.end], x.timex_value) for x in find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Marlow Quay burned on March 4, 1987.", "1987-03-04"),
        ("Marlow Quay burned on 4 March 1987.", "1987-03-04"),
        ("Marlow Quay burned on March 4th 1987.", "1987-03-04"),
        ("Marlow Quay burned on the 4th of March, 1987.", "1987-03-04"),
        ("Marlow Quay burned on Wed., Mar. 4, 1987.", "1987-03-04"),
        ("Filed 1987-03-04 by the harbour master.", "1987-03-04"),
        ("Filed 1987/03/04 by the harbour master.", "1987-03-04"),
        ("Filed 3/14/1987 by the harbour master.", "1987-03-14"),
        ("Filed 14.3.1987 by the harbour master.", "1987-03-14"),
        ("Filed 4-Mar-1987 by the harbour master.", "1987-03-04"),
    ],
)
def test_absolute_dates_in_every_common_order_and_punctuation(text: str, value: str) -> None:
    assert [x.timex_value for x in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier opened in May 1931.", [("May 1931", "1931-05")]),
        ("It was sold in February of 1988.", [("February of 1988", "1988-02")]),
        ("The fair of May 2 drew crowds.", [("May 2", "2019-05-02")]),
        ("Voters chose him in September.", [("September", "2019-09")]),
        ("They spoke on Thursday.", [("Thursday", "2019-10-10")]),
        ("Weds. was calm.", [("Weds.", "2019-10-16")]),
    ],
)
def test_partial_dates_weekdays_and_months(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the third quarter of 2018", [("the third quarter of 2018", "2018-Q3")]),
        ("Q1 2017 was poor", [("Q1 2017", "2017-Q1")]),
        ("a loss for the second quarter of $3 million", [("the second quarter", "2019-Q2")]),
        ("this year's fourth quarter", [("this year's fourth quarter", "2019-Q4")]),
        ("in the spring of 1994", [("the spring of 1994", "1994-SP")]),
        ("late last fall", [("late last fall", "2018-FA")]),
        ("Demand fell in the early summer.", [("the early summer", "2019-SU")]),
        ("in the first half of 2016", [("the first half of 2016", "2016-H1")]),
        ("H2 2016 and 1H 2017", [("H2 2016", "2016-H2"), ("1H 2017", "2017-H1")]),
        ("the second half of the year", [("the second half of the year", "2019-H2")]),
        ("first-half profit fell", [("first-half", "2019-H1")]),
        (
            "the first two quarters of 2016",
            [("the first two quarters of 2016", "2016-H1")],
        ),
        ("a mill of the 1840s", [("the 1840s", "184")]),
        ("the music of the '90s", [("the '90s", "199")]),
        ("back in the early 2000s", [("the early 2000s", "200")]),
        ("since the nineteenth century", [("the nineteenth century", "18")]),
        ("early 20th-century brickwork", [("early 20th-century", "19")]),
    ],
)
def test_quarters_seasons_halves_decades_and_centuries(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2014 it employed 1950 people.", [("2014", "2014")]),
        ("Some 2016 ballots, fewer than 1984, were cast in 2018.", [("2018", "2018")]),
        ("In 1066, the duke landed.", [("1066", "1066")]),
        ("Its 1999 charter costs $2001.", [("1999", "1999")]),
        ("In 1200 homes the power failed.", []),
    ],
)
def test_years_beside_numbers_that_are_no_years(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Shops close on Christmas Day.", "2019-12-25"),
        ("They marched on Labor Day.", "2019-09-02"),
        ("Thanksgiving 2017 was cold.", "2017-11-23"),
        ("The truce of Good Friday 1998 held.", "1998-04-10"),
        ("Fireworks on the Fourth of July hurt two.", "2019-07-04"),
        ("Crowds came on New Year's Eve 2018.", "2018-12-31"),
        ("Schools close for Christmas week.", "2019-W52"),
    ],
)
def test_holidays_and_named_days(text: str, value: str) -> None:
    assert [x.timex_value for x in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It struck at 9:30 a.m. ET.", [("9:30 a.m. ET", "2019-10-16T09:30")]),
        ("It struck at 8 p.m. Eastern time.", [("8 p.m. Eastern time", "2019-10-16T20:00")]),
        ("It struck at 7 a.m. local time.", [("7 a.m. local time", "2019-10-16T07:00")]),
        ("It struck at 16:08 GMT.", [("16:08 GMT", "2019-10-16T16:08Z")]),
        ("It struck at 17:00 UTC+2.", [("17:00 UTC+2", "2019-10-16T17:00+02:00")]),
        ("Logged 10:00 +0530.", [("10:00 +0530", "2019-10-16T10:00+05:30")]),
        (
            "Logged 2018-05-06T10:20:30-04:00.",
            [("2018-05-06T10:20:30-04:00", "2018-05-06T10:20-04:00")],
        ),
        ("They dine at ten o'clock.", [("ten o'clock", "2019-10-16T10:00")]),
        ("It fell by mid-afternoon.", [("mid-afternoon", "2019-10-16TAF")]),
        ("It fell on Tuesday evening.", [("Tuesday evening", "2019-10-15TEV")]),
        ("It fell at noon.", [("noon", "2019-10-16T12:00")]),
    ],
)
def test_times_of_day_and_zones(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lasted three weeks.", [("three weeks", "P3W")]),
        ("It lasted an hour and a half.", [("an hour and a half", "PT1H30M")]),
        ("a six-month delay", [("six-month", "P6M")]),
        ("a day-long debate", [("day-long", "P1D")]),
        ("a weeklong strike", [("weeklong", "P1W")]),
        ("after eight trading days", [("eight trading days", "P8D")]),
        ("for an additional week", [("an additional week", "P1W")]),
        ("for several months", [("several months", "PXM")]),
        ("in recent weeks", [("recent weeks", "PXW")]),
        ("in the years that followed", [("years", "PXY")]),
        ("over the past three weeks", [("the past three weeks", "P3W")]),
    ],
)
def test_durations(text: str, expected: Told) -> None:
    found = find(text)
    assert [(text[x.start : x.end], x.timex_value) for x in found] == expected
    assert {x.timex_type for x in found} == {"DURATION"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They bowl every Monday.", [("every Monday", "XXXX-WXX-1")]),
        ("They meet annually.", [("annually", "P1Y")]),
        ("Paid twice a week.", [("a week", "P1W")]),
        ("Elected every four years.", [("every four years", "P4Y")]),
        ("Taxes rise each July.", [("each July", "XXXX-07")]),
        ("Pay resets on January 1 of each year.", [("January 1 of each year", "XXXX-01-01")]),
        (
            "Ferries sail Monday and Tuesday nights.",
            [("Monday", "XXXX-WXX-1TNI"), ("Tuesday nights", "XXXX-WXX-2TNI")],
        ),
    ],
)
def test_sets(text: str, expected: Told) -> None:
    found = find(text)
    assert [(text[x.start : x.end], x.timex_value) for x in found] == expected
    assert {x.timex_type for x in found} == {"SET"}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from May 3 to 7", ["2019-05-03", "2019-05-07"]),
        ("from 28 April until 3 May 2018", ["2018-04-28", "2018-05-03"]),
        ("the years 2014–2016", ["2014", "2016"]),
        ("the 2014/15 term", ["2014", "2015"]),
        ("between 1994 and 1997", ["1994", "1997"]),
        ("two to three weeks", ["P2W", "P3W"]),
        ("between two and four days", ["P2D", "P4D"]),
        ("a five- to seven-day delay", ["P5D", "P7D"]),
        ("from 9 to 11 a.m.", ["2019-10-16T09:00", "2019-10-16T11:00"]),
        ("10-2 p.m.", ["2019-10-16T10:00", "2019-10-16T14:00"]),
    ],
)
def test_a_range_is_two_rows_of_one_number(text: str, ends: list[str]) -> None:
    one, two = find(text)
    assert [one.timex_value, two.timex_value] == ends
    assert one.range_no == two.range_no == 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The hearings of May 3, 5 and 7 were shut.", ["2019-05-03", "2019-05-05", "2019-05-07"]),
        ("Rallies on 3, 5 and 7 May 2018", ["2018-05-03", "2018-05-05", "2018-05-07"]),
        ("Open May 3, 5, and 7, 2018", ["2018-05-03", "2018-05-05", "2018-05-07"]),
        ("They sat on May 3 and 12 people spoke.", ["2019-05-03"]),
        ("Sales fell in May and June 2018.", ["2018-05", "2018-06"]),
        ("On May 3, June 9 and July 1, 2018", ["2018-05-03", "2018-06-09", "2018-07-01"]),
        ("the second and third quarters of 2018", ["2018-Q2", "2018-Q3"]),
        ("The panel met on Monday and Tuesday.", ["2019-10-14", "2019-10-15"]),
        ("It met on Monday, Tuesday and Friday.", ["2019-10-07", "2019-10-08", "2019-10-11"]),
        ("It will sit on Monday, Tuesday and Friday.", ["2019-10-21", "2019-10-22", "2019-10-25"]),
    ],
)
def test_lists_of_days(text: str, values: list[str]) -> None:
    found = find(text)
    assert [x.timex_value for x in found] == values
    assert {x.range_no for x in found} == {None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was cut in the past.", "PAST_REF"),
        ("He recently retired.", "PAST_REF"),
        ("She is now mayor.", "PRESENT_REF"),
        ("These days he paints.", "PRESENT_REF"),
        ("A vote is due soon.", "FUTURE_REF"),
        ("It may open in the near future.", "FUTURE_REF"),
        ("It will one day be a park.", "FUTURE_REF"),
    ],
)
def test_vague_references(text: str, value: str) -> None:
    assert [x.timex_value for x in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("in early May 2018", "START"),
        ("in mid-June 2018", "MID"),
        ("late in 2018", "END"),
        ("around 1990", "APPROX"),
        ("about two weeks", "APPROX"),
        ("more than three years", "MORE_THAN"),
        ("less than a month", "LESS_THAN"),
        ("at least five days", "EQUAL_OR_MORE"),
        ("up to three years", "EQUAL_OR_LESS"),
    ],
)
def test_modifiers(text: str, mod: str) -> None:
    assert [x.mod for x in find(text)] == [mod]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jan. 7, 202005:00",
            [("Jan. 7, 2020", "2020-01-07"), ("05:00", "2020-01-07T05:00")],
        ),
        ("SeptemberOctober and Jun31 are no dates", []),
        (
            "3:45 PM EDT, Thu July 4, 2019Updated 5:00 PM",
            [
                ("3:45 PM EDT, Thu July 4, 2019", "2019-07-04T15:45"),
                ("5:00 PM", "2019-07-04T17:00"),
            ],
        ),
    ],
)
def test_dates_glued_to_other_text(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Olsen, 45, and a 12-year-old boy aged 12 years",
        "a man in his 70s, at the age of 33",
        "It cost $1999, €2018 or 2000 dollars.",
        "They won 2-1, 10-7 and 21-19.",
        "Flight 2019 left for Route 1990.",
        "Resolution 1973, Article 2018 and Section 1983",
        "the Harbour 2030 agenda and Vision 2040",
        "since 9/11 and 24/7",
        "Some 1,998 ships and 2012 votes, up 2019 percent",
        "Mr. March asked the Sun for two-thirds of a century.",
        "children aged five to ten years",
        "winds of 120 miles per hour, 40 million moves per second",
        "She hosted “48 Hours” and wrote “7 Days”.",
        "The quarter-to-quarter comparison is hard.",
        "He died soon afterwards.",
    ],
)
def test_ages_prices_scores_flights_laws_and_names_are_no_dates(text: str) -> None:
    assert told(text) == []
