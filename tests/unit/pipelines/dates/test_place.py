"""Where an expression lies in time: its anchor, its interval, and what is left unknown."""

from datetime import date

import pytest
from spacy.language import Language

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates
from pipelines.dates.time_expression import TimeExpression
from pipelines.parsing import parse

#: A Wednesday.
WEDNESDAY = Published(edtf="2019-10-16", day=date(2019, 10, 16))


def find(text: str, published: Published = WEDNESDAY) -> list[TimeExpression]:
    return find_dates(text, [Block("body", 0, len(text))], published)


def values(text: str, published: Published = WEDNESDAY) -> list[str]:
    return [x.timex_value for x in find(text, published)]


def test_each_row_has_its_value_type_edtf_interval_granularity_and_anchor() -> None:
    (found,) = find("The yard closed last month.")
    assert (found.timex_type, found.timex_value, found.edtf) == ("DATE", "2019-09", "2019-09")
    assert (found.earliest, found.latest) == (date(2019, 9, 1), date(2019, 9, 30))
    assert (found.granularity, found.anchor_date) == ("month", date(2019, 10, 16))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mayor Ostrom said on Monday that the quay is safe.", "2019-10-14"),
        ("Mayor Ostrom will speak on Monday in Varnholm.", "2019-10-21"),
        ("The council plans to meet on Monday.", "2019-10-21"),
        ("The rules take effect by Friday.", "2019-10-18"),
        ("Rallies will be held ahead of November's vote.", "2019-11"),
        ("The bridge was closed in December.", "2018-12"),
    ],
)
def test_news_speech_counts_from_publication_by_tense(nlp: Language, text: str, value: str) -> None:
    blocks = [Block("body", 0, len(text))]
    found = find_dates(text, blocks, WEDNESDAY, parse(nlp, text, blocks))
    assert [x.timex_value for x in found] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He joined in 2015 and four years later led it.", ["2015", "2019"]),
        ("He spoke in August 2002. War came the following March.", ["2002-08", "2003-03"]),
        ("Sales fell in 2011 after a poor year previous.", ["2011"]),
        ("Sales fell in 2011, after rising the year previous.", ["2011", "2010"]),
        ("It sank on April 3, 2001. That night divers came.", ["2001-04-03", "2001-04-03TNI"]),
        ("It sank on April 3, 2001. The next day it rained.", ["2001-04-03", "2001-04-04"]),
        ("It sank on April 3, 2001 at 10 p.m. near Ostrand.", ["2001-04-03", "2001-04-03T22:00"]),
    ],
)
def test_narrative_counts_from_the_storys_last_date(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Third-quarter profit beat that of a year earlier.", ["2019-Q3", "2018-Q3"]),
        ("In the third quarter it won; in the year-ago quarter, it lost.", ["2019-Q3", "2018-Q3"]),
        ("Exports rose in August from a year earlier.", ["2019-08", "2018-08"]),
        ("Rents rose in June over the same month last year.", ["2019-06", "2018-06"]),
        (
            "Third-quarter profit rose. After a poor second quarter, sales beat a year ago.",
            ["2019-Q3", "2019-Q2", "2018-Q3"],
        ),
        ("Sales rose in the quarter ended July 31.", ["2019-Q2", "2019-07-31"]),
        ("She left a year ago.", ["2018"]),
        (
            "Second-quarter sales rose. In the year-ago quarter, ended July 1, they fell.",
            ["2019-Q2", "2018-Q2", "2018-07-01"],
        ),
        (
            "Third-quarter sales rose. The second quarter was poor. That quarter had snow.",
            ["2019-Q3", "2019-Q2", "2019-Q2"],
        ),
    ],
)
def test_a_year_ago_is_the_period_compared(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ferry must be repaired by year-end.", "2019-12-31"),
        ("The ferry must be repaired by year end.", "2019-12-31"),
        ("Shares have doubled since year-end.", "2018-12-31"),
        ("The ferry must be repaired by year's end.", "2019"),
        ("Workers hope for year-end bonuses.", "2019"),
    ],
)
def test_year_end_is_a_day_and_the_end_of_the_year_a_part_of_it(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regatta is usually held in May.", ["XXXX-05"]),
        ("Sales are typically made in the second and fourth quarters.", ["XXXX-Q2", "XXXX-Q4"]),
        ("Fishing is usually poor. The fleet sailed in May.", ["2019-05"]),
    ],
)
def test_what_is_usual_is_of_every_year(nlp: Language, text: str, expected: list[str]) -> None:
    blocks = [Block("body", 0, len(text))]
    found = find_dates(text, blocks, WEDNESDAY, parse(nlp, text, blocks))
    assert [x.timex_value for x in found] == expected


def test_soon_after_in_a_story_is_nothing_to_come(nlp: Language) -> None:
    text = "The keeper was soon released. The bridge will soon open."
    blocks = [Block("body", 0, len(text))]
    (found,) = find_dates(text, blocks, WEDNESDAY, parse(nlp, text, blocks))
    assert (found.timex_value, found.start) == ("FUTURE_REF", text.rindex("soon"))


def test_that_night_with_no_day_told_is_no_known_day() -> None:
    assert values("The guards slept that night.") == ["XXXX-XX-XXTNI"]


def test_a_time_far_from_a_story_of_another_day_is_not_put_on_the_day_of_publication() -> None:
    text = "The depot burned on April 3, 2001. " + "Nobody knew why it burned. " * 20
    assert values(text + "A watchman left at 10 p.m.") == ["2001-04-03", "XXXX-XX-XXT22:00"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor said on Monday that", "XXXX-WXX-1"),
        ("The summit of July 14 failed", "XXXX-07-14"),
        ("It met on Monday, Tuesday and Friday.", "XXXX-WXX-1"),
        ("It rained yesterday.", "XXXX-XX-XX"),
        ("Sales rose last quarter.", "XXXX-QX"),
    ],
)
def test_without_a_day_of_publication_no_year_is_invented(text: str, value: str) -> None:
    found = find(text, Published())[0]
    assert found.timex_value == value
    assert (found.earliest, found.latest, found.anchor_date) == (None, None, None)


def test_a_date_told_in_full_needs_no_day_of_publication() -> None:
    (found,) = find("It opened on March 4, 1987.", Published())
    assert (found.timex_value, found.earliest) == ("1987-03-04", date(1987, 3, 4))


def test_a_weekday_that_disagrees_is_kept_doubted_and_noted() -> None:
    (wrong,) = find("It opened on Monday, October 15, 2019.")
    (right,) = find("It opened on Tuesday, October 15, 2019.")
    assert wrong.timex_value == right.timex_value == "2019-10-15"
    assert wrong.confidence < right.confidence
    assert (wrong.note is None, right.note) == (False, None)
