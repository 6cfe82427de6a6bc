"""Every time expression of an article, found and placed."""

from datetime import date

import pytest

from pipelines.articles.article import Block, BlockKind, Published
from pipelines.dates.finder import find_dates
from pipelines.dates.time_expression import TimeExpression

#: A Wednesday.
WEDNESDAY = Published(edtf="2019-10-16", day=date(2019, 10, 16))


def find(text: str, published: Published = WEDNESDAY) -> list[TimeExpression]:
    return find_dates(text, [Block("body", 0, len(text))], published)


def told(text: str, published: Published = WEDNESDAY) -> list[tuple[str, str]]:
    return [(text[x.start : x.end], x.timex_value) for x in find(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed on 23 December in Varnholm.", [("23 December", "2018-12-23")]),
        ("It opened on March 4, 1987.", [("March 4, 1987", "1987-03-04")]),
        (
            "Published Jan. 7, 202005:00",
            [("Jan. 7, 2020", "2020-01-07"), ("05:00", "2020-01-07T05:00")],
        ),
        ("Saturday, October 12, 2019", [("Saturday, October 12, 2019", "2019-10-12")]),
        ("He left Tuesday. The May 2 vote", [("Tuesday", "2019-10-15"), ("May 2", "2019-05-02")]),
        ("The fire of the 1st of May 2014", [("the 1st of May 2014", "2014-05-01")]),
        ("Filed 2018-06-30 in Ostrand.", [("2018-06-30", "2018-06-30")]),
        ("Due by 31.12.2020, he wrote.", [("31.12.2020", "2020-12-31")]),
        ("She left in May 2011.", [("May 2011", "2011-05")]),
        ("He stated in 2014 that", [("2014", "2014")]),
        ("the third quarter of 2018", [("the third quarter of 2018", "2018-Q3")]),
        ("the second half of 2017", [("the second half of 2017", "2017-H2")]),
        ("in the summer of 2012", [("the summer of 2012", "2012-SU")]),
        ("in the late 1980s", [("the late 1980s", "198")]),
        ("a 19th-century mill", [("19th-century", "18")]),
        ("Caesar fell in 44 BC.", [("44 BC", "BC0044")]),
        ("on Christmas Eve 2015", [("Christmas Eve 2015", "2015-12-24")]),
        ("at 9:30 a.m. EST Tuesday", [("9:30 a.m. EST Tuesday", "2019-10-15T09:30")]),
        ("At 16:08 UTC the index fell", [("16:08 UTC", "2019-10-16T16:08Z")]),
        ("Vesuvius erupted in AD 79.", [("AD 79", "0079")]),
        ("in the 18th and 19th centuries", [("18th", "17"), ("19th centuries", "18")]),
        ("the week of March 6", [("week of March 6", "2019-W10")]),
        ("in fiscal 2017", [("fiscal 2017", "2017")]),
        ("since the Sept. 11 attacks", [("Sept. 11", "2001-09-11")]),
        (
            "At 3:45 pm on 5 June 2018",
            [("3:45 pm", "2018-06-05T15:45"), ("5 June 2018", "2018-06-05")],
        ),
    ],
)
def test_dates_by_the_calendar(text: str, expected: list[tuple[str, str]]) -> None:
    found = told(text)
    assert [(surface.removeprefix("the "), value) for surface, value in found] == [
        (surface.removeprefix("the "), value) for surface, value in expected
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor said on Monday that", "2019-10-14"),
        ("The mayor said on Wednesday that", "2019-10-16"),
        ("The talks will resume on Monday", "2019-10-21"),
        ("Rates rose yesterday.", "2019-10-15"),
        ("It rained last week.", "2019-W41"),
        ("It rained last month.", "2019-09"),
        ("Sales rose last quarter.", "2019-Q3"),
        ("She won last May.", "2019-05"),
        ("He will retire next year.", "2020"),
        ("He resigned two years ago.", "2017"),
        ("She left ten days ago.", "2019-10-06"),
        ("Since last fall they have met.", "2018-FA"),
        ("The vote is due by Jan. 14.", "2020-01-14"),
        ("He died on Sept. 25.", "2019-09-25"),
        ("last night the bridge closed", "2019-10-15TNI"),
        ("They met on Thursday last week.", "2019-10-10"),
        ("They met the day after Christmas.", "2018-12-26"),
        ("It sank the week before Christmas.", "2019-W51"),
        ("It sank the week before last.", "2019-W40"),
        ("Profit doubled from a year earlier.", "2018"),
        ("He now lives in Ostrand.", "PRESENT_REF"),
    ],
)
def test_relative_dates_count_from_publication(text: str, value: str) -> None:
    assert [x.timex_value for x in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He joined in 2015 and four years later led it.", ["2015", "2019"]),
        ("He spoke in August 2002. War came the following March.", ["2002-08", "2003-03"]),
        ("It sank on April 3, 2001. A week later divers came.", ["2001-04-03", "2001-W15"]),
        ("It sank on April 3, 2001. The same day divers came.", ["2001-04-03", "2001-04-03"]),
        ("Third-quarter profit beat that of a year earlier.", ["2019-Q3", "2018-Q3"]),
    ],
)
def test_a_storys_dates_count_from_its_last(text: str, values: list[str]) -> None:
    assert [x.timex_value for x in find(text)] == values


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for the past three weeks", "DURATION", "P3W"),
        ("a two-day visit", "DURATION", "P2D"),
        ("for five and a half hours", "DURATION", "PT5H30M"),
        ("for decades", "DURATION", "PXDE"),
        ("every Monday", "SET", "XXXX-WXX-1"),
        ("They meet annually.", "SET", "P1Y"),
        ("every two weeks", "SET", "P2W"),
    ],
)
def test_lengths_and_repetitions(text: str, kind: str, value: str) -> None:
    found = find(text)
    assert [(x.timex_type, x.timex_value) for x in found] == [(kind, value)]
    assert found[0].earliest is None


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("in early 2018", "START"),
        ("in mid-2018", "MID"),
        ("at the end of 2018", "END"),
        ("nearly forty years", "LESS_THAN"),
        ("more than two weeks", "MORE_THAN"),
        ("more than two weeks ago", "BEFORE"),
        ("about 1913", "APPROX"),
        ("last week", None),
    ],
)
def test_modifiers(text: str, mod: str | None) -> None:
    assert [x.mod for x in find(text)] == [mod]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 497 and Resolution 1973 were passed.",
        "the Harbour 2030 agenda",
        "a 52-year-old fisherman and a woman, 48 years old",
        "more than 2000 people marched",
        "It cost $1999.",
        "since the attacks of 9/11",
        "Flight 1984 to Ostrand",
        "8 4,857",
        "They may march to the second bridge.",
        "about three-quarters of the fleet",
        "a gift to the March of Dimes",
        "the third quarter of the field",
        "He was fined on June 31.",
        "At the end of the day it is his choice.",
        "two-thirds of a century",
    ],
)
def test_numbers_and_names_that_are_no_dates(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from May 3 to 7, 2018", ["2018-05-03", "2018-05-07"]),
        ("the years 2014–2016", ["2014", "2016"]),
        ("between July and December 2004", ["2004-07", "2004-12"]),
        ("Monday through Friday", None),
    ],
)
def test_the_two_ends_of_a_range_share_a_number(text: str, ends: list[str] | None) -> None:
    one, two = find(text)
    assert one.range_no == two.range_no == 1
    assert ends is None or [one.timex_value, two.timex_value] == ends


@pytest.mark.parametrize(
    ("text", "value", "edtf"),
    [
        ("The mayor said on Monday that", "XXXX-WXX-1", None),
        ("The summit of June 14 failed", "XXXX-06-14", "XXXX-06-14"),
        ("He leaves in October.", "XXXX-10", "XXXX-10"),
        ("It rained last week.", "XXXX-WXX", None),
        ("It rained yesterday.", "XXXX-XX-XX", None),
        ("He won last year.", "XXXX", None),
        ("in the third quarter", "XXXX-Q3", None),
        ("the highest this century", "XX", None),
        ("The mayor fell on Monday night", "XXXX-WXX-1TNI", None),
        ("It sank two years ago.", "XXXX", None),
    ],
)
def test_without_a_publication_date_no_year_is_invented(
    text: str, value: str, edtf: str | None
) -> None:
    (found,) = find(text, Published())
    assert (found.timex_value, found.edtf) == (value, edtf)
    assert (found.earliest, found.latest, found.anchor_date) == (None, None, None)


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("XXXX-06-02", "Published today", "XXXX-06-02"),
        ("XXXX-06-02", "It left last month", "XXXX-05"),
        ("XXXX-06-02", "It left on Monday", "XXXX-WXX-1"),
        ("2018", "It left last year", "2017"),
        ("2018-07", "It left last month", "2018-06"),
    ],
)
def test_a_partly_known_publication_date_tells_its_part(
    published: str, text: str, value: str
) -> None:
    (found,) = find(text, Published(edtf=published))
    assert found.timex_value == value


def test_this_winter_may_have_begun_last_year() -> None:
    (found,) = find("This winter is mild.", Published(edtf="2020-01-20", day=date(2020, 1, 20)))
    assert (found.timex_value, found.earliest) == ("2019-WI", date(2019, 12, 1))


def test_a_weekday_that_disagrees_with_its_date_is_noted() -> None:
    (found,) = find("It opened on Monday, October 15, 2019.")
    assert found.timex_value == "2019-10-15"
    assert found.note is not None
    assert found.confidence < 0.6


@pytest.mark.parametrize(("kind", "n"), [("body", 1), ("date", 1), ("related", 0)])
def test_teasers_and_boilerplate_are_not_read(kind: BlockKind, n: int) -> None:
    text = "Jan. 7, 2020\n"
    assert len(find_dates(text, [Block(kind, 0, len(text))], Published())) == n


def test_no_expression_crosses_a_block() -> None:
    text = "Closed in May\n\n2019 was better"
    blocks = [Block("body", 0, 15), Block("body", 15, len(text))]
    found = [text[x.start : x.end] for x in find_dates(text, blocks, WEDNESDAY)]
    assert found == ["May", "2019"]
