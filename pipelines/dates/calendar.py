"""What a TIMEX3 value says of the calendar: its EDTF, its interval and its granularity.

Values are those of TimeML's TIMEX3 (ISO 8601 with its extensions): `1998-02-06`, `1998-W06`,
`1998-W06-WE`, `1998-02`, `1998-Q1`, `1998-H1`, `1998-SP`, `1998`, `199` (a decade), `19` (a
century), `XXXX-07-14`, `XXXX-WXX-1`, `1998-02-06T22:00`, `1998-02-06TMO`, `PAST_REF`, `P3D`.
Seasons are meteorological and northern; a winter bears the year of its December.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from pipelines.dates.time_expression import Granularity

SEASON_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_MONTHS_LONG = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12}

_FORM = re.compile(
    r"""(?P<year>[\dX]{4})
        (?:-(?:(?P<month>[01X][\dX])(?:-(?P<day>[0-3X][\dX]))?
             |W(?P<week>[0-5X][\dX])(?:-(?P<weekday>[1-7]|WE))?
             |Q(?P<quarter>[1-4X])|H(?P<half>[12X])|(?P<season>SP|SU|FA|WI)))?
        (?:T(?P<clock>[0-2X][\dX](?::[0-5X][\dX])?(?::[0-5]\d)?)(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?
          |T(?P<part>MO|MI|AF|EV|NI|DT))?""",
    re.VERBOSE,
)
_SHORT = re.compile(r"(?P<decade>[\dX]{3})|(?P<century>[\dX]{2})")
_BEFORE_CHRIST = re.compile(r"BC(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a value lies: its EDTF, its inclusive interval (None if unplaced), its granularity."""

    edtf: str | None
    earliest: date | None
    latest: date | None
    granularity: Granularity


NOWHERE = Placement(None, None, None, "none")


@lru_cache(maxsize=8192)
def place(value: str, mod: str | None = None) -> Placement:
    """Place a TIMEX3 value of a DATE or TIME; durations, sets and references lie nowhere.

    A value with an unknown year keeps its granularity but has no interval. Years outside 1–9999
    and days that do not exist (February 30, a week 53 that the year lacks) have none either. What
    EDTF cannot say, or what says nothing (`XXXX-XX-XX`), has no EDTF. The modifier `APPROX` is
    EDTF's `~`.
    """
    if match := _BEFORE_CHRIST.fullmatch(value):
        return Placement(_before_christ(int(match["year"])), None, None, "year")
    match = _FORM.fullmatch(value)
    if match is None:
        return _place_short(value)
    granularity = _granularity(match)
    interval = _interval(match)
    edtf = _edtf(value, match, interval)
    if edtf and mod == "APPROX" and "/" not in edtf and "T" not in edtf:
        edtf += "~"
    earliest, latest = interval or (None, None)
    return Placement(edtf, earliest, latest, granularity)


def value_of(day: date, granularity: Granularity) -> str:
    """The TIMEX3 value of the period of that granularity in which a day lies.

    Raises:
        ValueError: the granularity is `time` or `none`, of which a day alone has no value.
    """
    year = f"{day.year:04d}"
    match granularity:
        case "day":
            return day.isoformat()
        case "week":
            iso = day.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}"
        case "month":
            return f"{year}-{day.month:02d}"
        case "quarter":
            return f"{year}-Q{(day.month + 2) // 3}"
        case "half":
            return f"{year}-H{1 if day.month < 7 else 2}"
        case "season":
            return _season_value(day)
        case "year":
            return year
        case "decade":
            return year[:3]
        case "century":
            return year[:2]
    raise ValueError(f"A day has no value of granularity “{granularity}”.")


def shift(day: date, unit: Granularity, n: int) -> date | None:
    """The day `n` units later (earlier if negative), None outside the years 1–9999.

    A month too short for the day of the month ends the day: January 31 plus a month is February
    28 or 29.
    """
    if unit in ("day", "week"):
        try:
            return day + timedelta(days=n * (7 if unit == "week" else 1))
        except OverflowError:
            return None
    months = {**_MONTHS_LONG, "decade": 120, "century": 1200}[unit]
    year, month0 = divmod(day.year * 12 + day.month - 1 + n * months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def weekend_value(day: date) -> str:
    """The TIMEX3 value of the weekend of the ISO week in which a day lies."""
    return value_of(day, "week") + "-WE"


def _granularity(match: re.Match[str]) -> Granularity:
    if match["clock"] or match["part"]:
        return "time"
    if match["day"] or (match["weekday"] and match["weekday"] != "WE"):
        return "day"
    named: tuple[Granularity, ...] = ("month", "week", "quarter", "half", "season")
    return next((name for name in named if match[name]), "year")


def _interval(match: re.Match[str]) -> tuple[date, date] | None:
    """The inclusive interval of a full form, None where the year is unknown or does not exist."""
    low, high = match["year"].replace("X", "0"), match["year"].replace("X", "9")
    if match["year"].startswith("XX"):
        return None
    try:
        return _interval_of(match, int(low))[0], _interval_of(match, int(high))[1]
    except (ValueError, OverflowError):
        return None


def _interval_of(match: re.Match[str], year: int) -> tuple[date, date]:
    """The interval within one year.

    Raises:
        ValueError: no such day, week or year.
        OverflowError: the interval ends after the year 9999.
    """
    whole = date(year, 1, 1), date(year, 12, 31)
    if (week := match["week"]) and "X" not in week:
        monday = date.fromisocalendar(year, int(week), 1)
        return _days_of_week(monday, match["weekday"])
    if (month := match["month"]) and "X" not in month:
        day = match["day"]
        if day and "X" not in day:
            exact = date(year, int(month), int(day))
            return exact, exact
        return _months(year, int(month), 1)
    if (quarter := match["quarter"]) and quarter != "X":
        return _months(year, 3 * int(quarter) - 2, 3)
    if (half := match["half"]) and half != "X":
        return _months(year, 6 * int(half) - 5, 6)
    if season := match["season"]:
        return _months(year, SEASON_FIRST_MONTH[season], 3)
    return whole


def _days_of_week(monday: date, weekday: str | None) -> tuple[date, date]:
    if weekday == "WE":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if weekday:
        day = monday + timedelta(days=int(weekday) - 1)
        return day, day
    return monday, monday + timedelta(days=6)


def _months(year: int, month: int, n: int) -> tuple[date, date]:
    first = date(year, month, 1)
    end_year, end_month0 = divmod(year * 12 + month - 1 + n - 1, 12)
    last_day = calendar.monthrange(end_year, end_month0 + 1)[1]
    return first, date(end_year, end_month0 + 1, last_day)


def _edtf(value: str, match: re.Match[str], interval: tuple[date, date] | None) -> str | None:
    """EDTF (ISO 8601-2:2019, level 2) of a full form."""
    if match["week"]:
        if interval is None or "X" in match["week"]:
            return None
        first, last = interval
        return first.isoformat() if first == last else f"{first}/{last}"
    if match["clock"] and interval and "X" not in value and not match["clock"].startswith("24"):
        return _edtf_time(match)
    calendar_part = value.partition("T")[0]
    if not re.search(r"\d", calendar_part):
        return None
    if match["quarter"] or match["half"] or match["season"]:
        return None if "X" in calendar_part else f"{match['year']}-{_sub_year_code(match)}"
    return calendar_part if interval or "X" in calendar_part or len(calendar_part) == 4 else None


def _edtf_time(match: re.Match[str]) -> str:
    clock = match["clock"] + ":00" * (2 - match["clock"].count(":"))
    zone = match["zone"] or ""
    return f"{match['year']}-{match['month']}-{match['day']}T{clock}{zone}"


def _sub_year_code(match: re.Match[str]) -> int:
    if match["quarter"]:
        return 32 + int(match["quarter"])
    if match["half"]:
        return 39 + int(match["half"])
    return _SEASON_EDTF[match["season"]]


def _place_short(value: str) -> Placement:
    match = _SHORT.fullmatch(value)
    if match is None:
        return NOWHERE
    granularity: Granularity = "decade" if match["decade"] else "century"
    if "X" in value:
        return Placement(None, None, None, granularity)
    padding = 4 - len(value)
    first = max(MINYEAR, int(value + "0" * padding))
    last = int(value + "9" * padding)
    return Placement(value + "X" * padding, date(first, 1, 1), date(last, 12, 31), granularity)


def _before_christ(year: int) -> str:
    """EDTF counts a year 0, which is 1 BC."""
    return f"-{year - 1:04d}" if year > 1 else "0000"


def _season_value(day: date) -> str:
    for name, first in SEASON_FIRST_MONTH.items():
        if first <= day.month < first + 3:
            return f"{day.year:04d}-{name}"
    return f"{day.year - 1:04d}-WI"
