"""What an expression means before it is placed: the grammar's output, the resolver's input."""

from dataclasses import dataclass
from typing import Literal

from pipelines.dates.time_expression import Granularity, TimexType

#: Against what a relative expression counts: the day of publication; the story's last date, or the
#: day of publication where it has none; what the story has told right before, and nothing else.
Anchor = Literal["published", "story", "told"]
#: -1 the last, 0 this, 1 the next one; None where tense and context must tell.
Way = Literal[-1, 0, 1] | None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no anchor: a full date, a duration, a set, a reference.

    `weekday` is the day of the week that the text gives a full date, rightly or wrongly.
    """

    value: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day, month, quarter, half or season of an untold year: `07-14`, `07`, `Q3`, `H1`, `SU`.

    `weekday`, where it is told too, helps to tell the year. `may_recur` where it may be that of
    every year: “in summer”.
    """

    part: str
    way: Way = None
    anchor: Anchor = "published"
    weekday: int | None = None
    may_recur: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day (rule and argument as in the list of holidays)."""

    rule: str
    argument: str
    way: Way = None
    anchor: Anchor = "published"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 1 Monday to 7 Sunday."""

    number: int
    way: Way = None
    anchor: Anchor = "published"


@dataclass(frozen=True, slots=True)
class Shifted:
    """The period of a granularity `n` units from the anchor: yesterday, last week, a year ago.

    `grain` is the granularity told, where it differs from the unit counted in.
    """

    unit: Granularity
    n: int
    anchor: Anchor = "published"
    grain: Granularity | None = None


@dataclass(frozen=True, slots=True)
class Comparable:
    """The story's last period in another year, or the year before: “a year earlier”.

    `is_same` where the text compares with it (“the same period last year”, “from a year earlier”),
    so that the period may be a month too.
    """

    year: int | None = None
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Weekend:
    """A weekend: of the week of the anchor, the one before, the one after."""

    way: Way = None
    anchor: Anchor = "published"


@dataclass(frozen=True, slots=True)
class Within:
    """A part of another period: `Q3`, `07-14`, `SU` of a year, `WXX` of a day, `TMO` of a day."""

    whole: "Meaning"
    part: "str | Holiday"


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week in which a day lies."""

    day: "Meaning"


@dataclass(frozen=True, slots=True)
class Beside:
    """The day `n` days from another: “the day before last Tuesday”, “a week from Friday”."""

    day: "Meaning"
    unit: Granularity
    n: int


Meaning = (
    Fixed | Yearless | Holiday | Weekday | Shifted | Comparable | Weekend | Within | WeekOf | Beside
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of tokens, `first` to `last` exclusive, read as a time expression.

    `confidence` is how often the construction means a time at all, apart from the anchor. `joins`
    marks the first end of a range, whose other end is the next reading.
    """

    first: int
    last: int
    timex_type: TimexType
    meaning: Meaning
    mod: str | None = None
    confidence: float = 0.95
    joins: bool = False
