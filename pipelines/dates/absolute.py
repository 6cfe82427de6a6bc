"""Calendar dates: days, months, quarters, seasons, years, decades, centuries by their names.

Each rule takes the tokens and the index at which it must start, and returns its readings (one, or
the two ends of a range) or none. A rule reads a bounded number of tokens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.dates import numbers
from pipelines.dates.meaning import Fixed, Meaning, Reading, Yearless
from pipelines.dates.tokens import Token
from pipelines.dates.words import dated_events, word_list
from pipelines.dates.years import YEAR_RANGE, is_year, year

Readings = tuple[Reading, ...]
#: The longest that each month, counted from 1, can be.
_LAST_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_RANGE_MARKS = frozenset({"-", "to", "through", "until", "and", "or"})
_LIST_MARKS = frozenset({"and", "or"})
#: More days of one month than these are no list.
_MOST_LISTED = 6


def calendar_day(tokens: Sequence[Token], i: int) -> Readings:
    """A day of a month in either order, with its weekday and year where told.

    Jan. 7, 2020 · Tuesday, September 1, 2015 · 23 December · the 1st of May · May 3 to 7.
    """
    j, weekday = _weekday_before(tokens, i)
    if tokens[j].word == "the" and (j == i or not tokens[j].is_capital):
        j += 1
        if tokens[i].word == "the" and "of" not in (tokens[j + 1].word, tokens[j + 2].word):
            return ()
    found = _month_first(tokens, j, weekday) or _day_first(tokens, j, weekday)
    return _every_year(tokens, _from(found, i))


def _every_year(tokens: Sequence[Token], readings: Readings) -> Readings:
    """“January 1 of every year” is no one day."""
    if len(readings) != 1 or not isinstance(readings[0].meaning, Yearless):
        return readings
    last = readings[0].last
    words = [token.word for token in tokens[last : last + 3]]
    if words not in (["of", "each", "year"], ["of", "every", "year"]):
        return readings
    value = Fixed(f"XXXX-{readings[0].meaning.part}")
    return (replace(readings[0], last=last + 3, timex_type="SET", meaning=value),)


def month_of_year(tokens: Sequence[Token], i: int) -> Readings:
    """A month with its year: May 2021 · December of 1999 · July, 1997."""
    month = month_at(tokens, i)
    if month is None:
        return ()
    number, j = month
    k = j + 1 if tokens[j].word in (",", "of") else j
    told = year(tokens, k)
    if told is None or (tokens[told[1]].word == "-" and tokens[told[1] + 1].classes):
        return ()
    return (Reading(i, told[1], "DATE", Fixed(f"{told[0]:04d}-{number:02d}")),)


def numeric_date(tokens: Sequence[Token], i: int) -> Readings:
    """A date in figures: 2020-01-07 · 1/7/2020 (month first unless it cannot be) · 07.01.2020."""
    one, mark, two, again, three = tokens[i : i + 5]
    if mark.word not in ("-", "/", ".") or again.word != mark.word or one.number < 0:
        return ()
    if any(t.is_apart for t in (mark, two, again, three)) or two.number < 0 or three.number < 0:
        return ()
    after = tokens[i + 5]
    if after.word in ("-", "/") and not after.is_apart:
        return ()
    order = _order(tokens[i], two, three, mark.word)
    if order is None:
        return ()
    number, month, day, confidence = order
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return ()
    value = f"{number:04d}-{month:02d}-{day:02d}"
    return (Reading(i, i + 5, "DATE", Fixed(value), confidence=confidence),)


def part_of_year(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """A quarter, half or season as a part of a year, and the index after it.

    third quarter · fourth-quarter · Q3 · second half · summer. No article before it.
    """
    token, after = tokens[i], tokens[i + 1]
    if token.word == "q" and 1 <= after.number <= 4 and not after.is_apart:
        return f"Q{after.number}", i + 2
    if 1 <= token.number <= 4 and after.word == "q" and not after.is_apart:
        return f"Q{token.number}", i + 2
    if token.word == "h" and after.number in (1, 2) and not after.is_apart:
        return f"H{after.number}", i + 2
    if token.number in (1, 2) and after.word == "h" and not after.is_apart:
        return f"H{token.number}", i + 2
    if season := token.classes.get("season"):
        return None if token.is_capital and after.is_capital else (season, i + 1)
    place = numbers.ordinal(tokens, i)
    if place is None:
        return None
    n, j = place
    if tokens[j].word == "fiscal":
        j += 1
    if tokens[j].word == "-":
        j += 1
    if tokens[j].word == "quarter" and n in (-1, 1, 2, 3, 4):
        return f"Q{4 if n < 0 else n}", j + 1
    if tokens[j].word == "half" and n in (-1, 1, 2):
        return f"H{2 if n < 0 else n}", j + 1
    return None


def month_at(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The number of a month's name, its stop taken along where it is abbreviated."""
    token = tokens[i]
    number = token.value("month")
    if number is None or not token.is_capital:
        return None
    stop = tokens[i + 1]
    is_short = "abbreviated" in token.classes and stop.word == "." and not stop.is_apart
    return number, i + 2 if is_short else i + 1


def _weekday_before(tokens: Sequence[Token], i: int) -> tuple[int, int | None]:
    weekday = tokens[i].value("weekday")
    if weekday is None:
        return i, None
    j = i + 1
    if "ambiguous" in tokens[i].classes and tokens[j].word != "." and tokens[i - 1].is_capital:
        return i, None
    if tokens[j].word == "." and "abbreviated" in tokens[i].classes:
        j += 1
    return (j + 1 if tokens[j].word == "," else j), weekday


def _month_first(tokens: Sequence[Token], i: int, weekday: int | None) -> Readings:
    month = month_at(tokens, i)
    if month is None:
        return ()
    number, j = month
    if tokens[j].word == "the":
        j += 1
    day = _day_of_month(tokens, j)
    if day is None or day[0] > _LAST_DAYS[number]:
        return ()
    others = _other_days(tokens, day[1], number)
    last = others[-1].end if others else day[1]
    told, end = _year_after(tokens, last)
    if end == last and _counts_something(tokens, last):
        return ()
    if not others and told is None and (known := _year_of_event(tokens, end, number, day[0])):
        return (_day_reading(i, end, known, number, day[0], weekday),)
    if not others:
        return (_day_reading(i, end, told, number, day[0], weekday),)
    joins = len(others) == 1
    first = _day_reading(i, day[1], told, number, day[0], weekday, joins=joins)
    return first, *_day_readings(others, end, told, number)


def _day_first(tokens: Sequence[Token], i: int, weekday: int | None) -> Readings:
    day = _day_of_month(tokens, i)
    if day is None:
        return ()
    others = _other_days(tokens, day[1])
    j = others[-1].end if others else day[1]
    is_hyphened = tokens[j].word == "-"
    if is_hyphened or tokens[j].word == "of":
        j += 1
    month = month_at(tokens, j)
    if month is None or max(day[0], *(o.day for o in others), 0) > _LAST_DAYS[month[0]]:
        return ()
    k = month[1] + 1 if is_hyphened and tokens[month[1]].word == "-" else month[1]
    told, end = _year_after(tokens, k)
    end = end if told is not None else month[1]
    if not others:
        return (_day_reading(i, end, told, month[0], day[0], weekday),)
    joins = len(others) == 1
    first = _day_reading(i, day[1], told, month[0], day[0], weekday, joins=joins)
    return first, *_day_readings(others, end, told, month[0])


def _day_of_month(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    token = tokens[i]
    if 1 <= token.number <= 31 and token.end - token.start <= 2:
        n, j = numbers.ordinal(tokens, i) or (token.number, i + 1)
    elif (named := numbers.ordinal(tokens, i)) and 1 <= named[0] <= 31 and token.number < 0:
        n, j = named
    else:
        return None
    after = tokens[j]
    is_decimal = after.word in (".", ",", ":", "%", "/") and not after.is_apart
    if is_decimal and tokens[j + 1].number >= 0 and not tokens[j + 1].is_apart:
        return None
    return n, j


class _Other(NamedTuple):
    """A day of the same month after the first: its number, and where it stands."""

    day: int
    first: int
    end: int


def _other_days(tokens: Sequence[Token], i: int, month: int | None = None) -> list[_Other]:
    """The days after the first: “to 7”, “and 7”, “, 5 and 7”; none where a number counts."""
    days: list[_Other] = []
    while tokens[i].word == "," and len(days) < _MOST_LISTED:
        other = _other_day(tokens, i + 1, month)
        if other is None:
            break
        days.append(other)
        i = other.end
    if days and tokens[i].word == "," and tokens[i + 1].word in ("and", "or"):
        i += 1
    if tokens[i].word not in (_LIST_MARKS if days else _RANGE_MARKS):
        return []
    last = _other_day(tokens, i + 1, month)
    if last is None or (tokens[i].word in _LIST_MARKS and _counts_things(tokens, last.end)):
        return []
    return [*days, last]


def _other_day(tokens: Sequence[Token], i: int, month: int | None) -> _Other | None:
    day = _day_of_month(tokens, i)
    if day is None or tokens[i].number < 0 or (month and day[0] > _LAST_DAYS[month]):
        return None
    if month and month_at(tokens, day[1]):
        return None  # “28 April to 3 May” the other way round: “April 28 to 3 May”
    return _Other(day[0], i, day[1])


def _counts_things(tokens: Sequence[Token], i: int) -> bool:
    """“On May 3 and 12 people”, “on May 3 and 12 ships”: the number belongs to what follows."""
    after = tokens[i]
    is_plural = after.word.endswith("s") and after.word.isalpha() and not after.is_capital
    return is_plural or after.word in word_list("after_numbers")


def _year_after(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    j = i
    while tokens[j].word in (",", "of") and j < i + 2:
        j += 1
    token = tokens[j]
    if token.number in YEAR_RANGE and token.end - token.start == 4:
        return token.number, j + 1
    told = year(tokens, j) if j == i or tokens[i].word == "," else None
    return told or (None, i)


def _year_of_event(tokens: Sequence[Token], i: int, month: int, day: int) -> int | None:
    """The year of a day known by what happened on it: the Sept. 11 attacks."""
    nouns = {tokens[i].word, tokens[i + 1].word}
    for name, noun, year_of_it in dated_events():
        if name == f"{month:02d}-{day:02d}" and noun in nouns:
            return int(year_of_it)
    return None


def _counts_something(tokens: Sequence[Token], i: int) -> bool:
    """“May 5-year notes”: the number belongs to what follows."""
    return (tokens[i].word == "-" and "unit" in tokens[i + 1].classes) or tokens[i].word == "%"


def _day_readings(
    others: Sequence[_Other], end: int, told: int | None, month: int
) -> Iterator[Reading]:
    """The days after the first, the last of them with the month and year that end the list."""
    for n, other in enumerate(others, start=1):
        last = end if n == len(others) else other.end
        yield _day_reading(other.first, last, told, month, other.day, None)


def _day_reading(
    first: int,
    last: int,
    told: int | None,
    month: int,
    day: int,
    weekday: int | None,
    joins: bool = False,
) -> Reading:
    part = f"{month:02d}-{day:02d}"
    meaning: Meaning = Yearless(part, weekday=weekday)
    if told is not None:
        meaning = Fixed(f"{told:04d}-{part}", weekday)
    return Reading(first, last, "DATE", meaning, confidence=0.98, joins=joins)


def _order(one: Token, two: Token, three: Token, mark: str) -> tuple[int, int, int, float] | None:
    """Year, month, day and confidence of three figures."""
    if is_year(one) and mark != ".":
        return one.number, two.number, three.number, 0.98
    if not is_year(three) and (mark == "." or three.end - three.start != 2):
        return None
    number = three.number
    if not is_year(three):
        number += 1900 if number > 40 else 2000
    if mark == "." or one.number > 12:
        return number, two.number, one.number, 0.9
    return number, one.number, two.number, 0.95 if two.number > 12 else 0.7


def _from(readings: Readings, first: int) -> Readings:
    """The readings, the first of them starting at `first`."""
    if not readings or readings[0].first == first:
        return readings
    return (replace(readings[0], first=first), *readings[1:])
