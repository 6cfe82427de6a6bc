"""How sure a row is."""

import re
from pathlib import Path

import pytest

from pipelines.dates import confidence as module
from pipelines.dates.confidence import confidence
from pipelines.dates.meaning import Comparable, Fixed, Reading, Shifted, Weekday, Within, Yearless
from pipelines.dates.words import confidences


def of(
    meaning: object, kind: str = "DATE", *, is_ahead: bool = False, disagrees: bool = False
) -> float:
    reading = Reading(1, 2, kind, meaning)  # type: ignore[arg-type]
    return confidence(reading, is_ahead=is_ahead, disagrees=disagrees)


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (Fixed("2018-05-03"), Fixed("2018")),
        (Fixed("2018"), Fixed("PAST_REF")),
        (Yearless("05-03"), Yearless("SU")),
        (Shifted("day", -1), Shifted("week", -1)),
        (Weekday(1), Comparable()),
        (Shifted("day", 0), Shifted("day", 0, "told")),
        (Within(Fixed("2018"), "Q3"), Within(Weekday(1), "TNI")),
    ],
)
def test_what_is_told_outright_is_surer(surer: object, less_sure: object) -> None:
    assert of(surer) > of(less_sure)


def test_a_weekday_that_may_be_to_come_is_less_sure() -> None:
    assert of(Weekday(1), is_ahead=True) < of(Weekday(1))


def test_a_date_whose_weekday_disagrees_is_half_as_sure() -> None:
    assert of(Fixed("2018-05-03"), disagrees=True) < 0.5 < of(Fixed("2018-05-03"))


def test_a_vague_length_is_less_sure_than_a_counted_one() -> None:
    assert of(Fixed("PXM"), "DURATION") < of(Fixed("P3M"), "DURATION")


def test_an_ambiguous_order_of_day_and_month_bounds_the_confidence() -> None:
    reading = Reading(1, 2, "DATE", Fixed("2018-05-03"), confidence=0.7)
    assert confidence(reading, is_ahead=False, disagrees=False) == 0.7


def test_every_construction_told_in_full_is_in_the_list() -> None:
    told = set(re.findall(r'return "([a-z ]+)"', Path(module.__file__).read_text(encoding="utf-8")))
    assert told - {"from the story's date"} <= set(confidences())
