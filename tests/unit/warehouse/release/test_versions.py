"""Versions of the data: the next free one of the month, never backwards, never twice."""

from datetime import date

import pytest

from warehouse.release.errors import ReleaseError
from warehouse.release.versions import next_version, parsed

NOVEMBER = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "2026.11.0"),
        (["2026.10.7"], "2026.11.0"),
        (["2026.11.0", "2026.11.9", "2026.11.10"], "2026.11.11"),
        (["2025.11.3", "not a version"], "2026.11.0"),
    ],
)
def test_the_next_free_version_of_the_month(taken: list[str], expected: str) -> None:
    assert next_version(taken, NOVEMBER) == expected


def test_a_version_may_be_chosen() -> None:
    assert next_version(["2026.11.0"], NOVEMBER, "2026.12.4") == "2026.12.4"


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("2026.11.1", "Release 2026.11.1 exists; a release is never written again"),
        ("2026.10.9", "goes backwards: the last release is 2026.11.1"),
        ("2026.11", "is no version; write YYYY.M.PATCH"),
        ("2026.011.0", "is no version"),
        ("2026.13.0", "is no version"),
        ("../2026.11.2", "is no version"),
    ],
)
def test_a_version_that_cannot_be_used(wanted: str, says: str) -> None:
    with pytest.raises(ReleaseError, match=says):
        next_version(["2026.11.0", "2026.11.1"], NOVEMBER, wanted)


def test_a_clock_that_is_wrong_makes_no_version_go_backwards() -> None:
    with pytest.raises(ReleaseError, match=r"2026\.11\.0 goes backwards"):
        next_version(["2026.12.0"], NOVEMBER)


def test_versions_compare_as_numbers() -> None:
    assert (parsed("2026.11.10") or ()) > (parsed("2026.11.9") or ())
