"""Placing a meaning in time: against the day of publication, or the story's last date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.dates.calendar import place, shift, value_of, weekend_value
from pipelines.dates.holidays import holiday_in
from pipelines.dates.meaning import (
    Anchor,
    Beside,
    Comparable,
    Fixed,
    Holiday,
    Meaning,
    Shifted,
    Way,
    Weekday,
    Weekend,
    WeekOf,
    Within,
    Yearless,
)
from pipelines.dates.tense import Tense
from pipelines.dates.time_expression import Granularity

_UNKNOWN: dict[Granularity, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}
_FINENESS: tuple[Granularity, ...] = (
    "century", "decade", "year", "half", "season", "quarter", "month", "week", "day", "time"
)  # fmt: skip
#: By tense, what a day before the anchor and a day after it cost: the cheapest date is meant.
_DEARER = {-1: (1.0, 8.0), 0: (1.0, 1.6), 1: (1.6, 1.0), 2: (8.0, 1.0)}
#: How far back, in characters, “that day” may point.
_NEAR = 400
_RIGHT_BEFORE = 60


@dataclass(slots=True)
class Story:
    """What the text has spoken of so far: the last date, where, and the last period compared."""

    day: date | None = None
    granularity: Granularity = "none"
    period: str | None = None
    last: dict[Granularity, tuple[int, date]] = field(default_factory=dict)

    def month_near(self, position: int) -> str | None:
        """The month told right before a position, if no quarter was told since."""
        where, day = self.last.get("month", (-_NEAR, date.min))
        quarter, _ = self.last.get("quarter", (-_NEAR, date.min))
        is_near = position - where < _NEAR // 2 and where > quarter
        return value_of(day, "month") if is_near else None

    def recent(self, unit: Granularity, position: int, published: date) -> date | None:
        """The last date told as finely as the unit, or finer, not far before a position.

        A date to come is left out, unless it stands right before: stories tell of what has been.
        """
        told = [
            (where, day)
            for name, (where, day) in self.last.items()
            if not _is_finer(unit, name) and (day <= published or position - where < _RIGHT_BEFORE)
        ]
        where, day = max(told, default=(-_NEAR, date.min))
        return day if position - where < _NEAR else None


@dataclass(slots=True)
class Resolver:
    """Gives the TIMEX3 values of an article's meanings, in order, for one day of publication."""

    published: date
    story: Story = field(default_factory=Story)
    used: date | None = None

    def value(self, meaning: Meaning, tense: Tense, position: int) -> str:
        """The value of one meaning at a position of the text; `used` is then its anchor."""
        self.used = None
        value = self._value(meaning, tense, position)
        if not _is_compared(meaning) and not (_is_ended(meaning) and self.story.period):
            self._remember_period(value, tense)
        if not _is_shifted_time(meaning):
            self._remember(value, position)
        return value

    def _value(self, meaning: Meaning, tense: Tense, position: int) -> str:
        match meaning:
            case Fixed(value):
                return value
            case Shifted():
                return self._shifted(meaning, tense, position)
            case Comparable():
                return self._comparable(meaning, position)
            case Within(whole, part):
                return _within(self._value(whole, tense, position), part)
            case WeekOf(day):
                return self._week_of(self._value(day, tense, position))
            case Beside(day, unit, n):
                return self._beside(self._value(day, tense, position), unit, n)
        anchor = self._anchor(meaning.anchor)
        match meaning:
            case Weekday(number, way):
                return _weekday(anchor, number, way, tense).isoformat()
            case Weekend(way):
                return _weekend(anchor, way, tense)
            case Yearless(part, may_recur=True) if tense in (0, 1):
                return f"XXXX-{part}"
            case Yearless(part, way, _, weekday):
                return _nearest(anchor, _yearless_values(anchor, part), way, tense, weekday)
            case Holiday(rule, argument, way):
                days = (holiday_in(y, rule, argument) for y in _years_around(anchor))
                return _nearest(anchor, [d.isoformat() for d in days if d], way, tense, None)

    def _anchor(self, anchor: Anchor) -> date:
        self.used = self.published
        if anchor != "published" and self.story.day:
            self.used = self.story.day
        return self.used

    def _shifted(self, meaning: Shifted, tense: Tense, position: int) -> str:
        unit, n = meaning.unit, meaning.n
        if meaning.anchor != "published" and n == 0:
            return self._known_period(meaning, tense, position)
        is_story = meaning.anchor == "story" and self.story.day is not None
        anchor = self._anchor(meaning.anchor)
        day = shift(anchor, unit, n)
        grain = meaning.grain or unit
        if day is None or (is_story and _is_finer(unit, self.story.granularity)):
            return _UNKNOWN[grain]
        return value_of(day, grain)

    def _known_period(self, meaning: Shifted, tense: Tense, position: int) -> str:
        """“The quarter”, “the day”: the story's, else today's; “that day”: only the story's."""
        unit = meaning.unit
        if unit == "quarter":
            where, day = self.story.last.get("quarter", (-_NEAR, self.published))
            if meaning.anchor == "told" and position - where < _NEAR:
                self.used = day
                return value_of(day, "quarter")
            if self.story.period and "-Q" in self.story.period:
                return self.story.period
            self.used = self.published
            previous = shift(self.published, "quarter", -1)
            return value_of(previous, "quarter") if previous else _UNKNOWN[unit]
        told = self.story.recent(unit, position, self.published)
        _, day = self.story.last.get("day", (0, self.published))
        # Far back the story told of another day, of which it may still tell.
        is_elsewhere = unit == "day" and day != self.published and tense == -1
        if told is None and (meaning.anchor == "told" or is_elsewhere):
            return _UNKNOWN[unit]
        self.used = told or self.published
        return value_of(self.used, unit)

    def _comparable(self, meaning: Comparable, position: int) -> str:
        self.used = self.published
        year, period = meaning.year, self.story.period
        if meaning.is_same and not year:
            period = self.story.month_near(position) or period
        if period is None or not period[:4].isdigit():
            before = shift(self.published, "year", -1)
            return f"{year:04d}" if year else value_of(before, "year") if before else "XXXX"
        return f"{year or int(period[:4]) - 1:04d}{period[4:]}"

    def _week_of(self, day: str) -> str:
        first = place(day).earliest
        return value_of(first, "week") if first else "XXXX-WXX"

    def _beside(self, day: str, unit: Granularity, n: int) -> str:
        first = place(day).earliest
        other = shift(first, unit, n) if first else None
        return other.isoformat() if other else "XXXX-XX-XX"

    def _remember(self, value: str, position: int) -> None:
        placed = place(value)
        if placed.earliest is None:
            return
        granularity: Granularity = "day" if placed.granularity == "time" else placed.granularity
        self.story.day, self.story.granularity = placed.earliest, granularity
        self.story.last[granularity] = position, placed.earliest

    def _remember_period(self, value: str, tense: Tense) -> None:
        """Keep the period reported on: a quarter that is over, or that nothing puts ahead."""
        placed = place(value)
        if placed.granularity == "quarter" and placed.earliest and placed.latest:
            is_over = placed.latest < self.published
            is_later = self.story.period is None or value > self.story.period
            if is_later and (is_over or (placed.earliest < self.published and tense < 1)):
                self.story.period = value
        elif value.startswith("P") and value.endswith("M") and value[1:-1].isdigit():
            self.story.period = None


def _is_compared(meaning: Meaning) -> bool:
    """Whether the meaning is only what the story's period is compared with."""
    return isinstance(meaning, Comparable) or (
        isinstance(meaning, Within) and isinstance(meaning.whole, Shifted) and meaning.whole.n == -1
    )


def _is_shifted_time(meaning: Meaning) -> bool:
    """A time whose day is not named: overnight, this morning, at noon."""
    return (
        isinstance(meaning, Within)
        and isinstance(meaning.whole, Shifted)
        and isinstance(meaning.part, str)
        and meaning.part.startswith("T")
    )


def _is_ended(meaning: Meaning) -> bool:
    """“The quarter ended Sept. 29”, which may be the fiscal first quarter told before."""
    return isinstance(meaning, Yearless) and meaning.way == -1 and meaning.part.startswith("Q")


def _is_finer(unit: Granularity, other: Granularity) -> bool:
    return _FINENESS.index(unit) > _FINENESS.index(other) if other in _FINENESS else True


def _within(whole: str, part: str | Holiday) -> str:
    if isinstance(part, Holiday):
        day = holiday_in(int(whole), part.rule, part.argument) if whole.isdigit() else None
        return day.isoformat() if day else "XXXX-XX-XX"
    if part.startswith("T"):
        return whole.partition("T")[0] + part
    if "-W" in whole:
        first = place(f"{whole}-{part}").earliest
        return first.isoformat() if first else f"XXXX-WXX-{part}"
    return f"{whole}-{part}" if len(whole) == 4 else whole


def _weekday(anchor: date, number: int, way: Way, tense: Tense) -> date:
    ahead = (number - anchor.isoweekday()) % 7
    if way == 1:
        days = ahead or 7
    elif way == -1:
        days = ahead - 7
    elif ahead == 0:
        days = 0
    elif tense == 2 or (way == 0 and tense != -1):
        days = ahead
    else:
        days = ahead - 7
    return shift(anchor, "day", days) or anchor


def _weekend(anchor: date, way: Way, tense: Tense) -> str:
    weeks = way or 0
    is_weekday = anchor.isoweekday() < 6
    if way is None and is_weekday and tense != 2:
        weeks = -1
    if way == 0 and tense == -1 and anchor.isoweekday() < 3:
        weeks = -1
    return weekend_value(shift(anchor, "week", weeks) or anchor)


def _years_around(anchor: date) -> range:
    return range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)


def _yearless_values(anchor: date, part: str) -> list[str]:
    years = _years_around(anchor)
    if part == "02-29":
        years = range(max(1, anchor.year - 8), min(9999, anchor.year + 8) + 1)
    values = [f"{year:04d}-{part}" for year in years]
    return [value for value in values if place(value).earliest]


def _nearest(
    anchor: date, values: Sequence[str], way: Way, tense: Tense, weekday: int | None
) -> str:
    """The nearest of the values: strictly before or after with a way, else as the tense has it."""
    if not values:
        return "XXXX-XX-XX"
    spans = [(value, *_span(value)) for value in values]
    if way == -1:
        spans = [s for s in spans if s[2] < anchor] or spans
        return spans[-1][0]
    if way == 1:
        spans = [s for s in spans if s[1] > anchor] or spans
        return spans[0][0]
    if way == 0:
        around = [s for s in spans if s[1] <= anchor <= s[2]]
        spans = around or [s for s in spans if s[0][:4] == f"{anchor.year:04d}"] or spans
    before, after = _DEARER[tense]
    if values[0][4:6] in (
        "-Q",
        "-H",
    ):  # what is to come is often the report on a quarter that is over
        before, after = (1.6, 1.0) if tense == 2 else (1.0, 4.0)
    if tense == -1 and len(values[0]) == 7:
        after = 12.0

    def cost(span: tuple[str, date, date]) -> float:
        _, first, last = span
        wrong_weekday = weekday is not None and first.isoweekday() != weekday
        if last < anchor:
            days = (anchor - last).days * before
        else:
            days = max(0, (first - anchor).days) * after
        return days + 100_000 * wrong_weekday

    return min(spans, key=cost)[0]


def _span(value: str) -> tuple[date, date]:
    placed = place(value)
    first = placed.earliest or date.min
    return first, placed.latest or first
