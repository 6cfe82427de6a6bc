"""Publication lines, update stamps and glued video stamps."""

from datetime import UTC, date, datetime

import pytest

from pipelines.articles.stamps import (
    find_glued_stamps,
    find_stamps,
    find_today,
    infer_from_weekday,
    is_publication_line,
    parse_published,
)


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2021-03-09", "2021-03-09"),
        ("20210309", "2021-03-09"),
        ("2021-03-09T23:30:00Z", "2021-03-09"),
        ("2021-03-09 23:30:00.123456+02:00", "2021-03-09"),
        ("XXXX-03-09", "XXXX-03-09"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ("2021-03-XX", "2021-03-XX"),
        ("Tuesday, March 9, 2021", "2021-03-09"),
        ("9 March 2021", "2021-03-09"),
        ("Mar. 9th 2021", "2021-03-09"),
        ("Tue, 09 Mar 2021 10:00:00 GMT", "2021-03-09"),
        ("3/25/2021", "2021-03-25"),
        ("25/3/2021", "2021-03-25"),
        ("9.3.2021", "2021-03-09"),
        ("2021/03/09", "2021-03-09"),
        ("2021.03.09", "2021-03-09"),
        ("9-Mar-2021", "2021-03-09"),
        ("MARCH 9 2021", "2021-03-09"),
        ("9th of March 2021", "2021-03-09"),
        ("4:15 p.m. EST March 9, 2021", "2021-03-09"),
        ("March 9", "XXXX-03-09"),
    ],
)
def test_a_witness_may_write_the_day_in_many_ways(value: str, edtf: str) -> None:
    published = parse_published(value, "record")
    assert published is not None
    assert published.edtf == edtf
    assert published.basis == "record"
    assert published.day == (
        date.fromisoformat(edtf) if len(edtf) == 10 and "X" not in edtf else None
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "Tuesday",
        "yesterday",
        "2021-02-30",
        "31 February 2021",
        "3/9/2021",
        "1615248000",
    ],
)
def test_what_is_no_certain_day_is_ignored(value: str) -> None:
    assert parse_published(value) is None


def test_a_moment_needs_its_offset() -> None:
    with_offset = parse_published("2021-03-09T10:00:00Z")
    without = parse_published("2021-03-09T10:00:00")
    assert with_offset is not None
    assert with_offset.at == datetime(2021, 3, 9, 10, tzinfo=UTC)
    assert without is not None
    assert without.at is None
    assert without.day == date(2021, 3, 9)


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Published March 9, 2021 | Updated March 11, 2021", ["published", "updated"]),
        ("Last modified on 9 March 2021 at 10.15am", ["updated"]),
        ("Updated: Mar 11, 9:41 AM; Posted: Mar 9, 8:19 PM", ["updated", "published"]),
        ("Ida HolmPublished Mar 9, 2021, 11:21am", ["published"]),
        ("March 9, 2021", ["plain"]),
        (
            "Published 12:00 EDT, 9 March 2021 | Updated 13:10 EDT, 9 March 2021",
            ["published", "updated"],
        ),
        ("Published March 09, 2021 • Last updated 1 day ago • 3 minute read", ["published"]),
        (
            "Ida Holm · Valley News · Posted: Mar 9, 2021 4:00 AM EST | Last Updated: 2 hours ago",
            ["published"],
        ),
    ],
)
def test_a_label_tells_a_first_publication_from_an_update(line: str, roles: list[str]) -> None:
    assert is_publication_line(line)
    assert [stamp.role for stamp in find_stamps(line)] == roles


@pytest.mark.parametrize(
    "line",
    [
        "The council voted on March 9, 2021, to close both of the bridges until the spring.",
        "Monday",
        "3 hours ago",
        "yesterday",
        "Version 1.2.3",
        "The old quay before the storm of March 9, 2021, in a file photo",
    ],
)
def test_running_text_and_weekdays_are_no_publication_lines(line: str) -> None:
    assert not is_publication_line(line)


def test_a_glued_stamp_is_a_date_and_a_clock() -> None:
    text = "Before.\n\nFeb. 3, 202104:15\n\nAfter."
    (stamp,) = find_glued_stamps(text, 0, len(text))
    assert text[stamp.start : stamp.clock] == "Feb. 3, 2021"
    assert text[stamp.clock : stamp.end] == "04:15"


def test_the_text_may_name_its_own_day() -> None:
    found = find_today("In a letter published today, May 4th, the mayor resigned.")
    assert found is not None
    assert found.edtf == "XXXX-05-04"
    assert find_today("The mayor resigned on May 4th.") is None


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("The minister resigned Tuesday after a vote.", date(2021, 2, 2)),
        ("The minister resigned Wednesday after a vote.", date(2021, 2, 3)),
        ("The minister resigned Friday after a vote.", None),
        ("After Monday's vote the minister resigned Tuesday.", None),
        ("The minister resigned yesterday.", None),
    ],
)
def test_a_stamp_and_one_fitting_weekday_tell_the_day(lead: str, day: date | None) -> None:
    wednesday = date(2021, 2, 3)
    assert infer_from_weekday(wednesday, lead) == day
