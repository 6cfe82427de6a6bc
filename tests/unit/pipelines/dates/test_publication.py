"""The days on which an article may have been published, and what they agree upon."""

from datetime import date

import pytest

from pipelines.articles.article import Published
from pipelines.dates.publication import agreed, possible_days


@pytest.mark.parametrize(
    ("values", "value"),
    [
        (["2019-10-16", "2019-10-16"], "2019-10-16"),
        (["2019-10-16", "2018-10-16"], "XXXX-10-16"),
        (["2019-W41", "2018-W07"], "XXXX-WXX"),
        (["2019-Q3", "2018-Q3"], "XXXX-Q3"),
        (["201", "198"], "XXX"),
        (["2019-10-16TNI", "2018-01-02TNI"], "XXXX-XX-XXTNI"),
    ],
)
def test_what_values_agree_upon(values: list[str], value: str) -> None:
    assert agreed(values) == value


def test_a_known_day_is_the_only_one() -> None:
    day = date(2019, 10, 16)
    assert possible_days(Published(edtf="2019-10-16", day=day)) == (day,)


@pytest.mark.parametrize(
    ("edtf", "month", "day"), [("XXXX-06-02", 6, 2), ("XXXX-02-29", 2, 29), ("2020-02-29", 2, 29)]
)
def test_a_known_day_of_the_year_is_kept(edtf: str, month: int, day: int) -> None:
    assert {(d.month, d.day) for d in possible_days(Published(edtf=edtf))} == {(month, day)}


@pytest.mark.parametrize("edtf", [None, "XXXX", "2018~", "2019-02-30"])
def test_nothing_known_leaves_every_year_open(edtf: str | None) -> None:
    assert len({d.year for d in possible_days(Published(edtf=edtf))}) > 5
