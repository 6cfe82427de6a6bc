"""Dates by their distance or direction: yesterday, last week, the following March, this summer."""

from collections.abc import Sequence
from typing import cast

from pipelines.dates.absolute import Readings, month_at
from pipelines.dates.direction import UNITS, Found, direction_at, holiday_at, is_compound
from pipelines.dates.meaning import (
    Anchor,
    Beside,
    Holiday,
    Meaning,
    Reading,
    Shifted,
    Way,
    Weekday,
    Weekend,
    WeekOf,
    Within,
    Yearless,
)
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list


def deictic(tokens: Sequence[Token], i: int) -> Readings:
    """Today, yesterday, tomorrow, tonight; the day before yesterday, the day after tomorrow."""
    token = tokens[i]
    if token.is_capital and tokens[i - 1].word in word_list("before_today_names"):
        return ()
    if "tonight" in token.classes:
        return (Reading(i, i + 1, "TIME", Within(Shifted("day", 0), "TNI")),)
    if (days := token.value("deictic")) is not None:
        return (Reading(i, i + 1, "DATE", Shifted("day", days), confidence=0.97),)
    words = [t.word for t in tokens[i : i + 4]]
    if words == ["the", "day", "before", "yesterday"]:
        return (Reading(i, i + 4, "DATE", Shifted("day", -2)),)
    if words == ["the", "day", "after", "tomorrow"]:
        return (Reading(i, i + 4, "DATE", Shifted("day", 2)),)
    return _twice_removed(tokens, i) or _day_beside_story(tokens, i)


def _twice_removed(tokens: Sequence[Token], i: int) -> Readings:
    """The week after next, the year before last."""
    ways = {("before", "last"): -2, ("after", "next"): 2}
    way = ways.get((tokens[i + 2].word, tokens[i + 3].word))
    granularity = UNITS.get(tokens[i + 1].classes.get("unit", ""))
    if way is None or granularity is None or tokens[i].word != "the":
        return ()
    return (Reading(i, i + 4, "DATE", Shifted(granularity, way)),)


def _day_beside_story(tokens: Sequence[Token], i: int) -> Readings:
    """The day before, the year after, at the end of a clause: counted from the story's last."""
    way = {"before": -1, "previous": -1, "after": 1}.get(tokens[i + 2].word)
    granularity = UNITS.get(tokens[i + 1].classes.get("unit", ""))
    if way is None or granularity is None or tokens[i].word != "the":
        return ()
    if tokens[i + 3].word and tokens[i + 3].word not in word_list("clause_ends"):
        return ()
    return (Reading(i, i + 3, "DATE", Shifted(granularity, way, "story"), confidence=0.85),)


def directed(tokens: Sequence[Token], i: int) -> Readings:
    """A period with its direction: last week · this fall · next May · the following March."""
    found = _directed(tokens, i)
    if found is None:
        return ()
    meaning, j = found
    is_time = isinstance(meaning, Within) and str(meaning.part).startswith("T")
    confidence = 0.95
    if isinstance(meaning, Shifted) and meaning.anchor != "published":
        confidence = 0.8
    return (Reading(i, j, "TIME" if is_time else "DATE", meaning, confidence=confidence),)


def beside(tokens: Sequence[Token], i: int) -> Readings:
    """A day counted from a named one: the day before Thanksgiving · a week from Friday."""
    words = [token.word for token in tokens[i : i + 3]]
    if words[0] not in ("the", "a") or words[1] not in ("day", "week"):
        return ()
    if words[2] not in ("before", "after", "from"):
        return ()
    day = _named(tokens, i + 3)
    if day is None:
        return ()
    n = -1 if words[2] == "before" else 1
    if words[1] == "day":
        return (Reading(i, day[1], "DATE", Beside(day[0], "day", n)),)
    meaning: Meaning = Beside(day[0], "week", n)
    if words[0] == "the":
        meaning = WeekOf(meaning)
    return (Reading(i, day[1], "DATE", meaning),)


def _directed(tokens: Sequence[Token], i: int) -> Found | None:
    has_article = tokens[i].word == "the"
    told = direction_at(tokens, i + 1 if has_article else i)
    if told is None:
        return None
    n, anchor, j = told
    way = cast(Way, n)
    if has_article and tokens[j - 1].word == "next":
        anchor = "story"
    token = tokens[j]
    if token.word == "fiscal" and tokens[j + 1].classes.get("unit") in ("Y", "Q"):
        j, token = j + 1, tokens[j + 1]
    unit = token.classes.get("unit")
    if unit == "WE":
        return Weekend(way, anchor), j + 1
    if has_article and tokens[j + 1].word == "of":
        return None  # “the last week of May” counts within May
    if unit in UNITS and not is_compound(tokens, j + 1) and not _is_title(tokens, i, j):
        if unit == "D" and way is not None and anchor == "published" and way < 1:
            return None
        return Shifted(UNITS[unit], n, anchor), j + 1
    part = token.classes.get("part")
    if part and not token.word.endswith("s") and token.word != "overnight":
        return Within(Shifted("day", n, anchor), f"T{part}"), j + 1
    if token.word == "that":
        return None
    return _named(tokens, j, way, anchor)


def _named(
    tokens: Sequence[Token], i: int, way: Way = None, anchor: Anchor = "published"
) -> Found | None:
    """A weekday, month, season or named day, with the way that the words before it tell."""
    if way is None and (told := direction_at(tokens, i)):
        found, anchor, i = told
        way = cast(Way, found)
    token = tokens[i]
    weekday = token.value("weekday")
    if weekday is not None and token.is_capital and "ambiguous" not in token.classes:
        return Weekday(weekday, way, anchor), i + 1
    if phrase := holiday_at(tokens, i):
        return Holiday(phrase.kind, phrase.value, way, anchor), i + 1 + len(phrase.rest)
    if (month := month_at(tokens, i)) and tokens[month[1]].number < 0:
        return Yearless(f"{month[0]:02d}", way, anchor), month[1]
    if (season := token.classes.get("season")) and way is not None:
        return Yearless(season, way, anchor), i + 1
    return None


def _is_title(tokens: Sequence[Token], i: int, j: int) -> bool:
    """“This Week” in quotation marks or before a capital: the name of a programme."""
    is_marked = tokens[i - 1].word in ('"', "“", "'")
    return is_marked and tokens[i].is_capital and tokens[j].is_capital
