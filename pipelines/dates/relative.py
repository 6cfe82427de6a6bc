"""Dates by their distance or direction: yesterday, last week, the following March, this summer."""

from collections.abc import Sequence
from typing import cast

from pipelines.dates.absolute import Readings, month_at, part_of_year
from pipelines.dates.meaning import (
    Anchor,
    Beside,
    Comparable,
    Fixed,
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
from pipelines.dates.time_expression import Granularity
from pipelines.dates.tokens import Token
from pipelines.dates.words import Phrase, holidays, word_list
from pipelines.dates.years import decade, year

UNITS: dict[str, Granularity] = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
#: A meaning and the index of the token after it.
Found = tuple[Meaning, int]


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
    way = {"before": -1, "after": 1}.get(tokens[i + 2].word)
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
    return (Reading(i, j, "TIME" if is_time else "DATE", meaning),)


def possessed(tokens: Sequence[Token], i: int) -> Readings:
    """A part of a year named before it: this year's third quarter · the 1988 third quarter."""
    whole = year_phrase(tokens, i)
    if whole is None:
        return ()
    meaning, j = whole
    if tokens[j].word == "'" and tokens[j + 1].word == "s":
        j += 2
    elif not isinstance(meaning, Fixed):
        return ()
    if tokens[j].word == "fiscal":
        j += 1
    if tokens[j].word in ("period", "quarter"):
        told = int(meaning.value) if isinstance(meaning, Fixed) else None
        return (Reading(i, j + 1, "DATE", Comparable(told)),)
    part = part_of_year(tokens, j) or _month_part(tokens, j)
    if part is None or (isinstance(meaning, Fixed) and len(part[0]) == 2 and part[0].isdigit()):
        return ()
    return (Reading(i, part[1], "DATE", Within(meaning, part[0])),)


def part_with_year(tokens: Sequence[Token], i: int) -> Readings:
    """A part of a year with its year, if any: the third quarter of 1989 · June last year."""
    j = i + 1 if tokens[i].word == "the" else i
    if tokens[j].word == "fiscal":
        j += 2 if tokens[j + 1].word == "-" else 1
    part = part_of_year(tokens, j) or _month_part(tokens, j) or _holiday_part(tokens, j)
    if part is None:
        return ()
    name, j = part
    k = j + 1 if tokens[j].word in ("of", ",", "in") else j
    whole = year_phrase(tokens, k)
    if whole and not (isinstance(name, str) and name.isdigit() and isinstance(whole[0], Fixed)):
        return (Reading(i, whole[1], "DATE", Within(whole[0], name)),)
    if not isinstance(name, str):
        return ()
    if name.startswith("H") and (found := decade(tokens, k)):
        mod = "START" if name == "H1" else "END"
        return (Reading(i, found[0].last, "DATE", found[0].meaning, mod),)
    if not name.startswith("Q") or (tokens[j].word == "of" and not _is_of_year(tokens, j + 1)):
        return ()
    first = i + 1 if tokens[i].word == "the" and tokens[j - 2].word == "-" else i
    return (Reading(first, j, "DATE", Yearless(name), confidence=0.9),)


def _is_of_year(tokens: Sequence[Token], i: int) -> bool:
    return [t.word for t in tokens[i : i + 2]] == ["the", "year"] or tokens[i].word == "fiscal"


def comparable(tokens: Sequence[Token], i: int) -> Readings:
    """The same period a year before: a year ago · a year earlier · the year-ago quarter."""
    if "article" in tokens[i].classes and tokens[i + 1].word == "year":
        j = i + 2
        if tokens[j].word in ("ago", "earlier"):
            return (Reading(i, j + 1, "DATE", Comparable(), confidence=0.75),)
        return ()
    j = i + 1 if tokens[i].word == "the" else i
    if [t.word for t in tokens[j : j + 2]] != ["year", "-"]:
        return ()
    if tokens[j + 2].word not in ("ago", "earlier"):
        return ()
    j += 3
    if part := part_of_year(tokens, j):
        return (Reading(i, part[1], "DATE", Within(Shifted("year", -1), part[0])),)
    if tokens[j].word in ("quarter", "period", "month", "week"):
        return (Reading(i, j + 1, "DATE", Comparable(), confidence=0.75),)
    return (Reading(j - 3, j, "DATE", Comparable(), confidence=0.75),)


def named_day(tokens: Sequence[Token], i: int) -> Readings:
    """A day with a name and a fixed rule, with its year where told: Christmas Day 2014."""
    phrase = holiday_at(tokens, i)
    if phrase is None:
        return ()
    j = i + 1 + len(phrase.rest)
    after = tokens[j]
    is_name = after.is_capital and not after.classes
    if is_name and tokens[i - 1].word not in word_list("before_named_days"):
        return ()
    k = j + 1 if tokens[j].word in (",", "of") else j
    whole = year_phrase(tokens, k)
    if whole:
        meaning: Meaning = Within(whole[0], Holiday(phrase.kind, phrase.value))
        return (Reading(i, whole[1], "DATE", meaning),)
    return (Reading(i, j, "DATE", Holiday(phrase.kind, phrase.value), confidence=0.9),)


def weekday_alone(tokens: Sequence[Token], i: int) -> Readings:
    """A weekday by its name, or one counted from: Monday · Tuesday week · a week from Friday."""
    token = tokens[i]
    number = token.value("weekday")
    if number is None or not token.is_capital:
        return ()
    is_short = "abbreviated" in token.classes
    stop = tokens[i + 1]
    if is_short and (stop.word != "." or stop.is_apart) and "ambiguous" in token.classes:
        return ()
    j = i + 2 if is_short and stop.word == "." and not stop.is_apart else i + 1
    if tokens[i - 1].is_capital and tokens[i - 1].word in word_list("before_weekday_names"):
        return ()
    if tokens[i - 1].word == "the" and tokens[j].word in ("after", "before", "following"):
        return (Reading(i, j, "DATE", Fixed(f"XXXX-WXX-{number}"), confidence=0.8),)
    if week := _week_after(tokens, j):
        return (Reading(i, week[1], "DATE", Within(week[0], str(number))),)
    return (Reading(i, j, "DATE", Weekday(number), confidence=0.95),)


def _week_after(tokens: Sequence[Token], i: int) -> Found | None:
    """“(Thursday) last week”, “(Tuesday) of next week”."""
    j = i + 1 if tokens[i].word == "of" else i
    direction = _direction(tokens, j)
    if direction is None or tokens[direction[2]].word != "week":
        return None
    way, anchor, j = direction
    return Shifted("week", way, anchor), j + 1


def month_alone(tokens: Sequence[Token], i: int) -> Readings:
    """A month by its name, where it stands as one."""
    month = month_at(tokens, i)
    if month is None:
        return ()
    token, before = tokens[i], tokens[i - 1]
    after = tokens[month[1]]
    is_known = before.word in word_list("before_months")
    if after.is_capital and not after.classes and not is_known:
        return ()
    if "ambiguous" in token.classes and not is_known:
        return ()
    if "abbreviated" in token.classes and tokens[month[1] - 1].word != ".":
        return ()
    return (Reading(i, month[1], "DATE", Yearless(f"{month[0]:02d}"), confidence=0.94),)


def season_alone(tokens: Sequence[Token], i: int) -> Readings:
    """A season by its name after a preposition or article: in the fall · over the summer."""
    j = i + 1 if tokens[i].word == "the" else i
    season = tokens[j].classes.get("season")
    if season is None or tokens[i - 1].word not in word_list("before_periods"):
        return ()
    if tokens[j + 1].is_capital or (tokens[j].is_capital and j == i):
        return ()
    if j == i and tokens[i - 1].word not in word_list("before_seasons"):
        return ()
    return (Reading(i, j + 1, "DATE", Yearless(season), confidence=0.8),)


def the_period(tokens: Sequence[Token], i: int) -> Readings:
    """A period known from the story: the quarter · the weekend · for the day · over the year."""
    if tokens[i].word != "the":
        return ()
    token = tokens[i + 1]
    j = i + 1
    is_told = token.word in ("latest", "full", "entire", "whole")
    j += is_told
    if tokens[j].word == "fiscal":
        j += 1
    unit = tokens[j].classes.get("unit")
    if unit == "WE":
        return (Reading(i, j + 1, "DATE", Weekend(), confidence=0.85),)
    if tokens[j + 1].word in ("ended", "ending") and (ended := _ended(tokens, i, j)):
        return ended
    if unit == "Q" or (is_told and tokens[j].word == "period"):
        return (Reading(i, j + 1, "DATE", Shifted("quarter", 0, "story"), confidence=0.8),)
    granularity = UNITS.get(unit or "") if not tokens[j].is_capital else None
    if granularity in ("decade", "century"):
        return ()
    if granularity is None or tokens[j + 1].word in ("-", "of", "after", "before", "when", "that"):
        return ()
    if not is_told and tokens[i - 1].word not in word_list("before_periods"):
        return ()
    anchor: Anchor = "story" if granularity == "day" or is_told else "published"
    return (Reading(i, j + 1, "DATE", Shifted(granularity, 0, anchor), confidence=0.75),)


def _ended(tokens: Sequence[Token], i: int, j: int) -> Readings:
    """“The year ended June 30” is a length; “the quarter ended Sept. 30” lies around that day."""
    unit = tokens[j].classes.get("unit")
    if unit == "Y":
        return (Reading(i, j + 1, "DURATION", Fixed("P1Y"), confidence=0.8),)
    month = month_at(tokens, j + 2)
    if unit != "Q" or month is None:
        return ()
    quarter = f"Q{(month[0] + 2) // 3}"
    return (Reading(i, j + 1, "DATE", Yearless(quarter, -1), confidence=0.7),)


def week_of(tokens: Sequence[Token], i: int) -> Readings:
    """The week of March 6."""
    words = [token.word for token in tokens[i : i + 3]]
    if words[:2] != ["week", "of"] and words != ["the", "week", "of"]:
        return ()
    j = i + 3 if words[0] == "the" else i + 2
    month = month_at(tokens, j)
    if month is None or not 1 <= tokens[month[1]].number <= 31:
        return ()
    day = Yearless(f"{month[0]:02d}-{tokens[month[1]].number:02d}")
    return (Reading(i, month[1] + 1, "DATE", WeekOf(day)),)


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
    unit: Granularity = "day" if words[1] == "day" else "week"
    return (Reading(i, day[1], "DATE", Beside(day[0], unit, n)),)


def year_phrase(tokens: Sequence[Token], i: int) -> Found | None:
    """A year told in any way: 1989 · last year · the following year · fiscal 1990."""
    j = i + 1 if tokens[i].word == "the" else i
    k = j
    while tokens[k].word in ("fiscal", "year") and k < j + 2:
        k += 1
    told = year(tokens, k)
    if told:
        return Fixed(f"{told[0]:04d}"), told[1]
    direction = _direction(tokens, j)
    if direction is None:
        return None
    way, anchor, k = direction
    if tokens[k].word == "fiscal":
        k += 1
    return (Shifted("year", way, anchor), k + 1) if tokens[k].word == "year" else None


def holiday_at(tokens: Sequence[Token], i: int) -> Phrase | None:
    """The longest named day that starts here; its words begin with capitals."""
    before = tokens[i - 1]
    if not tokens[i].is_capital or (before.is_capital and _is_name(before)):
        return None
    for phrase in holidays().get(tokens[i].word, ()):
        if all(tokens[i + 1 + k].word == word for k, word in enumerate(phrase.rest)):
            return phrase
    return None


def _is_name(token: Token) -> bool:
    """Whether a capitalised word makes what follows part of a name: Johnny Christmas."""
    return not token.classes and token.word not in word_list("before_periods")


def _direction(tokens: Sequence[Token], i: int) -> tuple[int, Anchor, int] | None:
    """The way, its anchor and the index after it: last · this past · the following."""
    token = tokens[i]
    if token.word == "that" and tokens[i + 1].word == "same":
        return 0, "story", i + 2
    if token.word == "this" and tokens[i + 1].word in ("past", "coming"):
        return cast(int, tokens[i + 1].value("way")), "published", i + 2
    if (way := token.value("way")) is not None:
        return way, "published", i + 1
    if (way := token.value("storyway")) is not None:
        return way, "story", i + 1
    return None


def _directed(tokens: Sequence[Token], i: int) -> Found | None:
    has_article = tokens[i].word == "the"
    direction = _direction(tokens, i + 1 if has_article else i)
    if direction is None:
        return None
    n, anchor, j = direction
    way = cast(Way, n)
    if has_article and tokens[j - 1].word == "next":
        anchor = "story"
    token = tokens[j]
    if token.word == "fiscal" and tokens[j + 1].classes.get("unit") in ("Y", "Q"):
        j, token = j + 1, tokens[j + 1]
    unit = token.classes.get("unit")
    if unit == "WE":
        return Weekend(way, anchor), j + 1
    if unit in UNITS and not _is_compound(tokens, j + 1) and not _is_title(tokens, i, j):
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
    if way is None and (direction := _direction(tokens, i)):
        found, anchor, i = direction
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
    return tokens[i - 1].word in ('"', "“", "‘") and tokens[i].is_capital and tokens[j].is_capital


def _month_part(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    month = month_at(tokens, i)
    return (f"{month[0]:02d}", month[1]) if month else None


def _holiday_part(tokens: Sequence[Token], i: int) -> tuple[Holiday, int] | None:
    phrase = holiday_at(tokens, i)
    return (Holiday(phrase.kind, phrase.value), i + 1 + len(phrase.rest)) if phrase else None


def _is_compound(tokens: Sequence[Token], i: int) -> bool:
    """“this week-long session”, “last year-end”: the unit belongs to another word."""
    return tokens[i].word == "-" and not tokens[i].is_apart and tokens[i + 1].word != "to"
