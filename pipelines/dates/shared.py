"""What expressions that belong together tell of each other: ranges and lists of days."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.dates.meaning import Beside, Fixed, Reading, Shifted, Weekday, Within, Yearless
from pipelines.dates.tense import Tense
from pipelines.dates.tokens import Token

_RANGE_MARKS = frozenset({"-", "to", "through", "until", "till", "and"})
_LIST_MARKS = frozenset({"and", "or", ",", "on"})
_WEEKDAY_SET = re.compile(r"XXXX-WXX-([1-7])(?:T[A-Z]{2})?")


def range_numbers(tokens: Sequence[Token], readings: Sequence[Reading]) -> list[int | None]:
    """The number of the range that each reading is an end of, from 1, None where of none."""
    numbers: list[int | None] = [None] * len(readings)
    count = 0
    for n in range(len(readings) - 1):
        if numbers[n] is None and _is_range(tokens, readings[n], readings[n + 1]):
            count += 1
            numbers[n] = numbers[n + 1] = count
    return numbers


def _is_range(tokens: Sequence[Token], one: Reading, two: Reading) -> bool:
    if one.joins:
        return tokens[two.first - 1].word not in ("and", "or") or _is_between(tokens, one)
    kinds = {one.timex_type, two.timex_type}
    if two.first - one.last != 1 or not kinds <= {"DATE", "TIME"}:
        return False
    mark = tokens[one.last].word
    return mark in _RANGE_MARKS and (mark != "and" or _is_between(tokens, one))


def _is_between(tokens: Sequence[Token], one: Reading) -> bool:
    return tokens[one.first - 1].word == "between"


def with_shared_parts(
    tokens: Sequence[Token],
    readings: Sequence[Reading],
    ranges: Sequence[int | None],
    tenses: Sequence[Tense],
) -> list[Reading]:
    """What one end of a range tells of the other, and what the days of a list tell of each other.

    “Between July and December 2004”: the year at the end is its start's too. “From 9 a.m. to 5
    p.m. on Friday”: so is the day. “Monday to Friday”, “Monday, Tuesday and Friday”: in this order.
    """
    shared = list(readings)
    for first, last in _lists_of_weekdays(tokens, readings, ranges):
        _put_in_order(shared, first, last, is_ahead=max(tenses[first:last]) > 0)
        _share_part_of_day(shared, first, last)
    for n in reversed(range(len(readings) - 1)):
        one, two = readings[n], shared[n + 1]
        is_range = ranges[n] is not None and ranges[n] == ranges[n + 1]
        if is_range or _are_listed(tokens, one, two):
            shared[n] = _with_year(shared[n], two)
        if not is_range:
            continue
        if isinstance(one.meaning, Within) and isinstance(two.meaning, Within):
            is_time = one.timex_type == two.timex_type == "TIME"
            if is_time and one.meaning.whole == Shifted("day", 0, "story"):
                shared[n] = replace(one, meaning=Within(two.meaning.whole, one.meaning.part))
    return shared


def _are_listed(tokens: Sequence[Token], one: Reading, two: Reading) -> bool:
    """“May and June 2018”, “on May 3, June 9 and July 1, 2018”."""
    between = [token.word for token in tokens[one.last : two.first]]
    return 0 < len(between) < 3 and set(between) <= _LIST_MARKS - {"on"}


def _with_year(one: Reading, two: Reading) -> Reading:
    """The first of two dates, in the year told with the second."""
    if not isinstance(one.meaning, Yearless) or not isinstance(two.meaning, Fixed):
        return one
    year, _, rest = two.meaning.value.partition("-")
    part = one.meaning.part
    if not (year.isdigit() and len(year) == 4 and one.meaning.way is None and part <= rest):
        return one
    return replace(one, meaning=Fixed(f"{year}-{part}"))


def _lists_of_weekdays(
    tokens: Sequence[Token], readings: Sequence[Reading], ranges: Sequence[int | None]
) -> Iterator[tuple[int, int]]:
    """Where weekdays are listed: the index of the first of them and that after the last."""
    first = 0
    for n in range(1, len(readings) + 1):
        is_listed = n < len(readings) and _weekday_of(readings[n]) is not None
        if is_listed and _weekday_of(readings[n - 1]) is not None:
            between = {token.word for token in tokens[readings[n - 1].last : readings[n].first]}
            is_range = ranges[n] is not None and ranges[n] == ranges[n - 1]
            is_listed = is_range or (bool(between & {"and", "or", ","}) and between <= _LIST_MARKS)
        else:
            is_listed = False
        if not is_listed:
            if n - first > 1:
                yield first, n
            first = n


def _weekday_of(reading: Reading) -> int | None:
    """The weekday of “Monday”, or of “Monday nights”."""
    meaning = reading.meaning
    if isinstance(meaning, Weekday) and meaning.way is None:
        return meaning.number
    if reading.timex_type != "SET" or not isinstance(meaning, Fixed):
        return None
    match = _WEEKDAY_SET.fullmatch(meaning.value)
    return int(match[1]) if match else None


def _put_in_order(readings: list[Reading], first: int, last: int, *, is_ahead: bool) -> None:
    """Days told in the order of the week follow each other: the next ones, or the last ones."""
    days = [_weekday_of(reading) or 0 for reading in readings[first:last]]
    is_sunday_first = days[0] == 7 and days[1] != 7
    order = [0, *days[1:]] if is_sunday_first else days
    if any(one >= two for one, two in pairwise(order)):
        return
    if not all(isinstance(reading.meaning, Weekday) for reading in readings[first:last]):
        return
    for n in range(first, last):
        if is_ahead and n > first:
            readings[n] = replace(readings[n], meaning=Weekday(days[n - first], 1, "story"))
        elif not is_ahead and n < last - 1:
            before = order[n - first] - order[-1]
            meaning = Beside(Weekday(days[-1]), "day", before)
            readings[n] = replace(readings[n], meaning=meaning)


def _share_part_of_day(readings: list[Reading], first: int, last: int) -> None:
    """“Monday and Tuesday nights”: both are nights, and come again."""
    end = readings[last - 1].meaning
    part = end.value.partition("T")[2] if isinstance(end, Fixed) else ""
    if not part:
        return
    for n in range(first, last - 1):
        number = _weekday_of(readings[n])
        value = Fixed(f"XXXX-WXX-{number}T{part}")
        readings[n] = replace(readings[n], timex_type="SET", meaning=value)
