"""The days on which an article may have been published, and what they all agree upon."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from pipelines.articles.article import Published

_PARTIAL = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
#: Days of both lengths of year, every season and several centuries, no two alike in any part of
#: the calendar that all others share: what holds counted from each holds whatever the day.
_SAMPLE = tuple(
    date.fromisoformat(day)
    for day in (
        *("1887-01-04", "1912-02-28", "1945-04-17", "1968-06-30", "1976-08-09", "1989-10-01"),
        *("1999-12-30", "2000-03-05", "2013-05-24", "2021-07-14", "2024-09-19", "2107-11-11"),
    )
)
_PIECES = re.compile(r"[-T]|[^-T]+")


def possible_days(published: Published) -> tuple[date, ...]:
    """Days enough to tell what every possible day of publication agrees upon; one if it is known.

    The days are a sample where the year is not known: they are only compared, never told.
    """
    if published.day is not None:
        return (published.day,)
    return _possible_days(published.edtf or "")


def agreed(values: Sequence[str]) -> str:
    """What all values say, unknown digits as `X`: 2013-07-14 and 1999-07-14 give XXXX-07-14.

    Values of different form have only their being dates in common: `XXXX`.
    """
    first = values[0]
    if len(set(values)) == 1:
        return first
    pieces = [_PIECES.findall(value) for value in values]
    if len({tuple(map(len, row)) for row in pieces}) > 1:
        return "XXXX"
    merged = []
    for column in zip(*pieces, strict=True):
        piece = column[0]
        if any(other != piece for other in column):
            piece = re.sub(r"\d", "X", piece)
        merged.append(piece)
    return "".join(merged)


@cache
def _possible_days(edtf: str) -> tuple[date, ...]:
    match = _PARTIAL.fullmatch(edtf)
    year, month, day = (part if part and "X" not in part else None for part in _parts(match))
    if year is None and month is None:
        return _SAMPLE
    years = (int(year),) if year else tuple(sample.year for sample in _SAMPLE)
    months = (int(month),) if month else tuple(range(1, 13))
    days = (int(day),) if day and month else (1, 28) if not month else tuple(range(1, 32))
    found = [date(y, m, d) for y in years for m in months for d in days if _exists(y, m, d)]
    return tuple(found) or _SAMPLE


def _parts(match: re.Match[str] | None) -> tuple[str | None, str | None, str | None]:
    return (match[1], match[2], match[3]) if match else (None, None, None)


def _exists(year: int, month: int, day: int) -> bool:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]
