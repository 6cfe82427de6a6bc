"""Datelines: place, agency and day at the head of a report."""

import pytest

from pipelines.articles.datelines import is_dateline, read_dateline


@pytest.mark.parametrize(
    ("line", "place", "edtf"),
    [
        ("VESSBY – The harbour was closed.", "Vessby", None),
        ("NEW VESSBY, Sweden (AP) — The harbour was closed.", "New Vessby", None),
        ("VESSBY, March 9 (Reuters) - The harbour was closed.", "Vessby", "XXXX-03-09"),
        ("VESSBY, 9 March 2021 (Xinhua) -- The harbour was closed.", "Vessby", "2021-03-09"),
        ("VESSBY/OSLO (Reuters) - The harbour was closed.", "Vessby", None),
        ("Vessby (AFP) – The harbour was closed.", "Vessby", None),
        ("ST. OLAV, Minn. -- The harbour was closed.", "St. Olav", None),
    ],
)
def test_a_dateline_tells_place_and_day(line: str, place: str, edtf: str | None) -> None:
    dateline = read_dateline(line)
    assert dateline is not None
    assert dateline.place == place
    assert (dateline.day and dateline.day.edtf) == edtf


@pytest.mark.parametrize(
    "line",
    [
        "The harbour was closed – for days.",
        "NATO – the alliance – met in Vessby.",
        "UPDATE - The harbour was closed.",
        "Vessby – The harbour was closed.",
        "VESSBY:",
        "",
    ],
)
def test_other_dashes_make_no_dateline(line: str) -> None:
    assert read_dateline(line) is None


def test_a_dateline_may_stand_alone() -> None:
    assert is_dateline("VESSBY, Sweden (AP) _")
    assert not is_dateline("VESSBY (AP) _ The harbour was closed.")
