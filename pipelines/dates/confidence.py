"""How sure a row is: how often its construction was right where people annotated it."""

from pipelines.dates.calendar import place
from pipelines.dates.meaning import (
    Comparable,
    Fixed,
    Holiday,
    Reading,
    Shifted,
    Weekday,
    Weekend,
    Within,
    Yearless,
)
from pipelines.dates.words import confidences

_FIXED = {"DURATION": "length", "SET": "set"}
_DAYS = {0: "today", 1: "yesterday or tomorrow"}
_OF_TWO_DAYS = 0.5
_RARE = 0.9


def confidence(reading: Reading, *, is_ahead: bool, disagrees: bool) -> float:
    """The share of such rows that are right, rounded to .01.

    Args:
        reading: the expression; its own confidence is an upper bound.
        is_ahead: whether its clause may speak of what is to come, which weekdays hide.
        disagrees: whether its weekday is not that of its date.
    """
    name = _construction(reading, is_ahead=is_ahead)
    measured = confidences().get(name, _RARE)
    return round(min(reading.confidence, measured) * (_OF_TWO_DAYS if disagrees else 1.0), 2)


def _construction(reading: Reading, *, is_ahead: bool) -> str:
    match reading.meaning:
        case Fixed(value):
            return _fixed(reading, value)
        case Yearless(part):
            return f"yearless {place(f'2000-{part}').granularity}"
        case Weekday(way=None) if is_ahead:
            return "weekday to come"
        case Weekday():
            return "weekday"
        case Weekend():
            return "weekend"
        case Holiday():
            return "named day"
        case Comparable():
            return "a year before"
        case Within(whole, str(part)) if part.startswith("T"):
            return "time of the day" if isinstance(whole, Shifted) else "time of a named day"
        case Within(_, Holiday()):
            return "named day"
        case Within():
            return "part of a year"
        case Shifted():
            return _shifted(reading.meaning)
    return "from the story's date"


def _fixed(reading: Reading, value: str) -> str:
    if value.endswith("_REF"):
        return "reference"
    if reading.timex_type == "DURATION" and "X" in value:
        return "vague length"
    return _FIXED.get(reading.timex_type) or place(value).granularity


def _shifted(meaning: Shifted) -> str:
    if meaning.anchor != "published":
        return f"the story's {meaning.unit}" if meaning.n == 0 else "from the story's date"
    if meaning.unit == "day" and abs(meaning.n) in _DAYS:
        return _DAYS[abs(meaning.n)]
    if abs(meaning.n) > 1:
        return f"{meaning.unit}s off"
    return f"this {meaning.unit}" if meaning.n == 0 else f"last or next {meaning.unit}"
