"""Dates that say when an article came out: publication lines, update stamps, glued video stamps.

Dates inside running text are not read here (see `pipelines.dates`).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Literal

from pipelines.articles.article import Published, PublishedBasis

StampRole = Literal["published", "updated", "plain"]

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
#: A page may glue a counter of one digit to the year.
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d\d)"
#: Where a page glued a capital to the word before (“Ann LeeMarch 9, 2021”).
_GLUED_START = r"(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?\s{0,2}\(?(?P<zone>z\b|[+-]\d\d:?\d\d\b|[a-z]{3,4}\b)?\)?"
)
_DATE = re.compile(
    rf"(?:(?<![\w./-])|{_GLUED_START}){_WEEKDAY}(?:"
    rf"(?P<m1>{_MONTHS})\b\.?(?:\s{{1,3}}|-)(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d)"
    rf"(?:(?:,?\s{{1,3}}|-){_YEAR.format('y1')})?"
    rf"|(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?:\s{{1,3}}|-)(?:of\s)?(?P<m2>{_MONTHS})\b\.?"
    rf"(?:(?:,?\s{{1,3}}|-){_YEAR.format('y2')})?"
    rf"|{_YEAR.format('y3')}(?P<sep3>[-/.])(?P<m3>[01]?\d)(?P=sep3)(?P<d3>[0-3]?\d)(?!\d)"
    rf"|(?P<a4>[0-3]?\d)(?P<sep>[/.-])(?P<b4>[0-3]?\d)(?P=sep){_YEAR.format('y4')}"
    rf")",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(rf"(?:\s*(?:t|at|,|-|–|\||•|·|/|\()?\s*){_CLOCK}", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"{_CLOCK}\s*(?:,|-|–|\||•|·|on)?\s*{_WEEKDAY}$", re.IGNORECASE)
_GLUED = re.compile(
    rf"(?P<date>(?:(?:{_MONTHS})\b\.?\s{{1,3}}[0-3]?\d,?\s{{1,3}}"
    rf"|[0-3]?\d\s{{1,3}}(?:{_MONTHS})\b\.?,?\s{{1,3}})(?:19|20)\d\d)"
    r"(?P<clock>[0-5]?\d:[0-5]\d(?::[0-5]\d)?)(?!\d)",
    re.IGNORECASE,
)
#: What every glued stamp holds, found without trying each month at each place.
_GLUED_YEAR = re.compile(r"(?:19|20)\d\d[0-5]?\d:")
#: A label may be glued to the name before it (“Ann LeePublished Jul 17, 2024”).
_LABEL_START = rf"(?:\b|{_GLUED_START})"
_UPDATE = re.compile(
    _LABEL_START
    + r"(?:(?:last|date)\s)?(?:updated?|modified|edited|revised|changed)\b(?:\s(?:at|on))?:?",
    re.IGNORECASE,
)
_PUBLISH = re.compile(
    _LABEL_START
    + r"(?:first\s|originally\s|date\s)?(?:published|posted|created|issued|filed|released"
    r"|publication date|date)\b(?:\s(?:at|on))?:?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b\d{1,3}[\s-]?(?:min(?:ute)?|hour|hr|day|week|month)s?\s(?:ago|read)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
#: How a month, a weekday or a number begins.
_FIRST_LETTERS = re.compile(r"[jfmasondtw\d]", re.IGNORECASE)
_TODAY = re.compile(r"\btoday,?\s(?:on\s)?(?:the\s)?", re.IGNORECASE)
#: What else a short line with a date may be about.
_OTHER_DAY = re.compile(
    r"\b(?:pictures?|photos?|images?|taken|file|until|expires?|deadline|due|born|died|through)\b",
    re.IGNORECASE,
)
#: A publication line holds little beside its dates and names.
_FEW_LETTERS, _FEW_WORDS = 60, 6


@dataclass(frozen=True, slots=True)
class GluedStamp:
    """A video's date with its running time glued on; offsets are into the text."""

    start: int
    clock: int
    end: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date on a publication line; `start` and `end` are offsets into it, its clock included."""

    start: int
    end: int
    role: StampRole
    published: Published


def find_glued_stamps(text: str, start: int, end: int) -> Iterator[GluedStamp]:
    """The glued stamps (`Jan. 7, 202005:00`) between two offsets of a text, in order."""
    if not _GLUED_YEAR.search(text, start, end):
        return
    for match in _GLUED.finditer(text, start, end):
        yield GluedStamp(match.start(), match.start("clock"), match.end())


def find_stamps(line: str) -> list[Stamp]:
    """The dates on a line that could be a publication line, each with what it is a date of."""
    stamps: list[Stamp] = []
    position = 0
    if not _DIGIT.search(line):
        return stamps
    for match in _DATE.finditer(line):
        known = _read_date(match)
        if known is None:
            continue
        before = line[position : match.start()]
        role = _role(before)
        start, end, at = _clock_around(line, position, match, known[1])
        stamps.append(Stamp(start, end, role, Published(known[0], known[1], at, "text")))
        position = end
    return stamps


def rest_of(line: str, stamps: list[Stamp]) -> str:
    """What a publication line says beside its dates and their labels."""
    pieces, position = [], 0
    for stamp in stamps:
        pieces.append(line[position : stamp.start])
        position = stamp.end
    rest = " | ".join([*pieces, line[position:]])
    rest = _RELATIVE.sub(" ", _PUBLISH.sub(" ", _UPDATE.sub(" ", rest)))
    return rest.strip(" \t|•·,-–—:;/()*")


def is_publication_line(line: str) -> bool:
    """Whether a line holds a date and little else."""
    stamps = find_stamps(line) if len(line) <= 160 else []
    is_dated = bool(stamps) and not _OTHER_DAY.search(line)
    return is_dated and _is_little(rest_of(line, stamps))


def begins_with_day(line: str) -> bool:
    """Whether a line begins with a day without its year, or with the clock time before one."""
    if not _FIRST_LETTERS.match(line):
        return False
    stamp = next(iter(find_stamps(line)), None)
    return stamp is not None and stamp.start == 0 and stamp.published.day is None


def parse_published(value: str, basis: PublishedBasis = "text") -> Published | None:
    """Read a date as a witness wrote it: ISO date or time stamp, EDTF, or an English date line.

    Args:
        value: `2020-01-07`, `2020-01-07T09:30:00Z`, `XXXX-06-02`, `2020-01`, `Jan. 7, 2020` …
        basis: the witness, kept in the result.

    Returns:
        What is known, None where the value is no date or names none that exists.
    """
    value = value.strip()
    if _is_partial(value):
        return Published(value, None, None, basis)
    if moment := _read_iso(value):
        at = moment if moment.tzinfo else None
        return Published(moment.date().isoformat(), moment.date(), at, basis)
    stamps = find_stamps(value)
    if not stamps or not _is_little(rest_of(value, stamps)):
        return None
    first = next((s for s in stamps if s.role != "updated"), stamps[0]).published
    return Published(first.edtf, first.day, first.at, basis)


def find_today(body: str) -> Published | None:
    """The day that the text itself calls today: “published today, June 2nd”."""
    if "today" not in body.casefold():
        return None
    for match in _TODAY.finditer(body):
        found = _DATE.match(body, match.end())
        if found and (known := _read_date(found)):
            return Published(known[0], known[1], None, "text")
    return None


def infer_from_weekday(stamp: date, lead: str) -> date | None:
    """The publication day that follows from a video's stamp and the weekday that the lead names.

    Agency style names the day of the event by its weekday, on that day or the next, and a video
    about it is stamped in the same span. So a lead with one weekday, which is the stamp's own or
    the day before it, fits one day only.
    """
    named = {w for w in re.findall(r"[a-z]+", lead.casefold()) if w in WEEKDAYS}
    if len(named) != 1:
        return None
    days_back = (stamp.weekday() - WEEKDAYS.index(named.pop())) % 7
    return stamp - timedelta(days=days_back) if days_back <= 1 else None


def _is_little(rest: str) -> bool:
    return len(rest) <= _FEW_LETTERS and len(rest.split()) <= _FEW_WORDS


def _read_iso(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _is_partial(value: str) -> bool:
    """Whether a value is an EDTF date with something unknown, or a bare year or month."""
    match = re.fullmatch(r"([\dX]{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?", value)
    if not match or re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    month, day = (int(x) if x and x.isdigit() else 1 for x in match.groups()[1:])
    return 1 <= month <= 12 and 1 <= day <= 31 and value != "XXXX"


def _read_date(match: re.Match[str]) -> tuple[str, date | None] | None:
    """EDTF and, where the year is told, the day; None where no such day exists."""
    group = match.groupdict()
    year = next((group[k] for k in ("y1", "y2", "y3", "y4") if group[k]), None)
    if group["a4"]:
        month_day = _order(int(group["a4"]), int(group["b4"]), group["sep"])
        if month_day is None:
            return None
        month, day = month_day
    else:
        name = group["m1"] or group["m2"]
        month = _MONTH_NUMBERS[name[:3].casefold()] if name else int(group["m3"])
        day = int(group["d1"] or group["d2"] or group["d3"])
    try:
        known = date(int(year or 2000), month, day)
    except ValueError:
        return None
    return (known.isoformat(), known) if year else (f"XXXX-{month:02}-{day:02}", None)


def _order(first: int, second: int, separator: str) -> tuple[int, int] | None:
    """Month and day of `1/13/2020` or `13.1.2020`; None where either could be the month."""
    if separator == "." or first > 12 or first == second:
        return second, first
    return (first, second) if second > 12 else None


def _role(before: str) -> StampRole:
    """What the words before a date say that it is; the nearest label decides."""
    labels: list[tuple[int, StampRole]] = [(m.end(), "updated") for m in _UPDATE.finditer(before)]
    labels += [(m.end(), "published") for m in _PUBLISH.finditer(before)]
    return max(labels)[1] if labels else "plain"


def _clock_around(
    line: str, position: int, match: re.Match[str], day: date | None
) -> tuple[int, int, datetime | None]:
    """The stamp's extent with its clock time, and the moment where an offset was given."""
    after = _TIME_AFTER.match(line, match.end())
    if after and (after["minute"] or after["half"]):
        end = after.end() if not after["zone"] or _is_zone(after["zone"]) else after.start("zone")
        return match.start(), end, _moment(day, after)
    before = _TIME_BEFORE.search(line[max(position, match.start() - 40) : match.start()])
    if before and (before["minute"] or before["half"]):
        start = max(position, match.start() - 40) + before.start()
        return start, match.end(), _moment(day, before)
    return match.start(), match.end(), None


def _moment(day: date | None, clock: re.Match[str]) -> datetime | None:
    zone = (clock["zone"] or "").casefold()
    if day is None or not _is_zone(zone):
        return None
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * clock["half"].casefold().startswith("p")
    if zone[0] in "+-":
        minutes = int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[-2:]))
    else:
        minutes = _zones()[zone]
    if abs(minutes) >= 24 * 60:
        return None
    offset = timezone(timedelta(minutes=minutes))
    return datetime(
        day.year,
        day.month,
        day.day,
        hour,
        int(clock["minute"] or 0),
        int(clock["second"] or 0),
        tzinfo=offset,
    )


def _is_zone(zone: str) -> bool:
    return zone[:1] in ("+", "-") or zone.casefold() in _zones()


@cache
def _zones() -> dict[str, int]:
    path = Path(__file__).with_name("data") / "timezones.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["abbreviation"]: int(row["minutes"]) for row in rows}
