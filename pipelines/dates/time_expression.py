"""The shape that finding dates in an article yields."""

from dataclasses import dataclass
from datetime import date

from warehouse.tables.dates import Granularity as Granularity
from warehouse.tables.dates import TimexType as TimexType


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and where it lies in time.

    Offsets are half-open code points into the article's text. `timex_value` is a TIMEX3 value
    (ISO 8601 with TIMEX3's extensions; partial where the year is unknown: `XXXX-07-14`), `mod` its
    modifier (`START`, `MID`, `END`, `APPROX`, `MORE_THAN` …), `edtf` the same in EDTF where it can
    be said there. `earliest` and `latest` are the inclusive interval, None when it cannot be
    placed. `anchor_date` is the date that a relative expression was resolved against. `range_no`
    is shared by the two ends of a range.
    """

    start: int
    end: int
    timex_type: TimexType
    timex_value: str
    mod: str | None
    edtf: str | None
    earliest: date | None
    latest: date | None
    granularity: Granularity
    anchor_date: date | None
    range_no: int | None
    confidence: float
    note: str | None = None
