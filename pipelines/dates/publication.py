"""The days on which an article may have been published, and what they all agree upon."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from pipelines.articles.article import Published

_PARTIAL = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
#: Years of every length and first weekday, over several centuries: what holds on the given day
#: of all of them holds whatever the year.
_SAMPLE_YEARS = (1887, 1912, 1945, 1968, 1976, 1989, 1999, 2000, 2013, 2021, 2024, 2107)
_SAMPLE_DAYS = ((1, 4), (2, 28), (4, 17), (6, 30), (8, 9), (10, 1), (12, 30))
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
    if all(value == first for value in values):
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
    year, month, day = match.groups() if match else (None, None, None)
    years = _SAMPLE_YEARS if year in (None, "XXXX") else (int(year or 0),)
    if month in (None, "XX"):
        days = [(m, d) for m in range(1, 13) for d in (1, 28)] if year else list(_SAMPLE_DAYS)
    elif day in (None, "XX"):
        days = [(int(month or 0), d) for d in range(1, 32)]
    else:
        days = [(int(month or 0), int(day or 0))]
    found = [date(y, m, d) for y in years for m, d in days if _exists(y, m, d)]
    return tuple(found) or _possible_days("")


def _exists(year: int, month: int, day: int) -> bool:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]
