"""Times of day, alone or with their day: 9 a.m. EST Tuesday · 16:08 UTC · noon · Friday night."""

from collections.abc import Sequence

from pipelines.dates import numbers
from pipelines.dates.absolute import Readings, calendar_day, month_of_year, numeric_date
from pipelines.dates.meaning import Fixed, Reading, Shifted, Within
from pipelines.dates.named import named_day, weekday_alone
from pipelines.dates.relative import deictic, directed
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list

#: No day is told in so many tokens.
_LONGEST_DAY = 24


def clock_time(tokens: Sequence[Token], i: int) -> Readings:
    """A time by the clock, with the day that stands beside it."""
    found = _hour(tokens, i)
    if found is None:
        return _hours(tokens, i)
    value, j = found
    k = j + 1 if tokens[j].word == "," else j
    if tokens[k].word == "on":
        k += 1
    day = a_day(tokens, k)
    if day is not None:
        end = j if tokens[k - 1].word == "on" else day.last
        return (Reading(i, end, "TIME", Within(day.meaning, f"T{value}"), day.mod),)
    return (Reading(i, j, "TIME", Within(Shifted("day", 0, "story"), f"T{value}"), confidence=0.9),)


def _hours(tokens: Sequence[Token], i: int) -> Readings:
    """Two times of which only the second tells its half of the day: 9 to 11 a.m. · 10-2 p.m."""
    mark = tokens[i + 1].word
    is_between = mark == "and" and tokens[i - 1].word == "between"
    if not 1 <= tokens[i].number <= 12 or not (mark in ("-", "to") or is_between):
        return ()
    if tokens[i - 1].word in word_list("glued_before_numbers") and not tokens[i].is_apart:
        return ()
    later = clock_time(tokens, i + 2) if tokens[i + 2].number >= 0 else ()
    if len(later) != 1 or not isinstance(later[0].meaning, Within):
        return ()
    whole, part = later[0].meaning.whole, str(later[0].meaning.part)
    if _half(tokens, _minutes(tokens, i + 3)[1])[0] == "":
        return ()
    end = int(part[1:3])
    hours = [hour for hour in (tokens[i].number % 12, tokens[i].number % 12 + 12) if hour < end]
    if not hours:
        return ()
    first = Within(whole, f"T{hours[-1]:02d}:00")
    return Reading(i, i + 1, "TIME", first, confidence=0.9, joins=True), later[0]


def stamp(tokens: Sequence[Token], i: int) -> Readings:
    """A date and time in figures, as machines write them: 2019-05-06T10:20:30+02:00."""
    day = numeric_date(tokens, i)
    if len(day) != 1 or tokens[day[0].last].word != "t" or tokens[day[0].last].is_apart:
        return ()
    found = _hour(tokens, day[0].last + 1)
    if found is None:
        return ()
    return (Reading(i, found[1], "TIME", Within(day[0].meaning, f"T{found[0]}")),)


def day_part(tokens: Sequence[Token], i: int) -> Readings:
    """A part of a named day: Friday night · yesterday afternoon · Jan. 5 morning."""
    is_near = any("part" in token.classes for token in tokens[i + 1 : i + _LONGEST_DAY])
    day = a_day(tokens, i) if is_near else None
    if day is None:
        return ()
    j = day.last
    is_early = tokens[j].word in ("early", "late")
    part = tokens[j + is_early].classes.get("part")
    if part is None:
        return ()
    word = tokens[j + is_early].word
    mod = {"early": "START", "late": "END"}.get(tokens[j].word)
    if word.endswith("s") and (weekday := tokens[i].value("weekday")):
        return (Reading(i, j + 1, "SET", Fixed(f"XXXX-WXX-{weekday}T{part}")),)
    return (Reading(i, j + is_early + 1, "TIME", Within(day.meaning, f"T{part}"), mod),)


def the_part(tokens: Sequence[Token], i: int) -> Readings:
    """A part of the day the story tells of: in the morning · overnight."""
    token = tokens[i]
    if token.word == "overnight":
        return (Reading(i, i + 1, "TIME", Within(Shifted("day", -1), "TNI"), confidence=0.8),)
    if (part := token.classes.get("part")) and not token.word.endswith("s"):
        day = a_day(tokens, i + 1)
        if day is None or tokens[i + 1].classes.keys() & {"way", "storyway"}:
            return _edge_of_day(tokens, i, part)
        return (Reading(i, day.last, "TIME", Within(day.meaning, f"T{part}")),)
    if token.word != "the" or tokens[i - 1].word not in ("in", "during", "by", "throughout"):
        return ()
    after = tokens[i + 1]
    j = i + 2 if after.word in ("early", "late") else i + 1
    part = tokens[j].classes.get("part")
    if part is None or tokens[j].word.endswith("s"):
        return ()
    mod = {"early": "START", "late": "END"}.get(after.word)
    day = a_day(tokens, j + 2) if tokens[j + 1].word == "of" else None
    if day is not None:
        return (Reading(i, day.last, "TIME", Within(day.meaning, f"T{part}"), mod),)
    meaning = Within(Shifted("day", 0, "story"), f"T{part}")
    return (Reading(i, j + 1, "TIME", meaning, mod, confidence=0.8),)


def _edge_of_day(tokens: Sequence[Token], i: int, part: str) -> Readings:
    """“(By mid) afternoon”, “(in late) evening”: of the day the story tells of."""
    j = i - 1 if tokens[i - 1].word == "-" else i
    is_edge = j > 1 and tokens[j - 1].word in word_list("edges")
    if not is_edge or tokens[j - 2].word not in word_list("before_edges"):
        return ()
    meaning = Within(Shifted("day", 0, "story"), f"T{part}")
    return (Reading(i, i + 1, "TIME", meaning, confidence=0.8),)


def a_day(tokens: Sequence[Token], i: int) -> Reading | None:
    """One day, however told, for a time to stand beside."""
    for rule in (calendar_day, deictic, named_day, weekday_alone, directed, month_of_year):
        if tokens[i].word == "the" and rule is directed:
            continue
        readings = rule(tokens, i)
        if len(readings) == 1 and readings[0].timex_type == "DATE":
            return readings[0]
    return None


def _hour(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """A time of day as `HH:MM` with `Z` where it is universal time, and the index after it."""
    token = tokens[i]
    if value := token.classes.get("hour"):
        return value, i + 1
    if token.number < 0:
        return _spoken_hour(tokens, i)
    before = tokens[i - 1].word
    if not token.is_apart and (
        before in word_list("glued_before_numbers") or (before.isalpha() and before != "t")
    ):
        return None
    minutes, j = _minutes(tokens, i + 1)
    half, after_half = _half(tokens, j)
    if half:
        return _in_zone(tokens, after_half, token.number, minutes or 0, half)
    if minutes is not None:
        return _in_zone(tokens, j, token.number, minutes, "")
    is_military = tokens[j].word == "hours" and token.number <= 2400
    if is_military and token.end - token.start == 4:
        return _in_zone(tokens, j + 1, token.number // 100, token.number % 100, "")
    if token.end - token.start == 4 and "zone" in tokens[j].classes:
        return _in_zone(tokens, j, token.number // 100, token.number % 100, "")
    if [t.word for t in tokens[j : j + 3]] == ["o", "'", "clock"]:
        return _spoken_half(tokens, j + 3, token.number)
    if [t.word for t in tokens[j : j + 3]] == ["in", "the", "morning"]:
        return _spoken_half(tokens, j, token.number)
    return None


def _spoken_hour(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    found = numbers.cardinal(tokens, i)
    if found is None or not 1 <= found[0] <= 12:
        return None
    j = found[1]
    if [t.word for t in tokens[j : j + 3]] == ["o", "'", "clock"]:
        return _spoken_half(tokens, j + 3, int(found[0]))
    half, end = _half(tokens, j)
    return _in_zone(tokens, end, int(found[0]), 0, half) if half else None


def _spoken_half(tokens: Sequence[Token], i: int, hour: int) -> tuple[str, int] | None:
    words = tuple(t.word for t in tokens[i : i + 3])
    part = tokens[i + 2].classes.get("part") if words[:2] == ("in", "the") else None
    if part:
        return _in_zone(tokens, i + 3, hour, 0, "a" if part == "MO" else "p")
    half, end = _half(tokens, i)
    return _in_zone(tokens, end if half else i, hour, 0, half)


def _minutes(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """Minutes after the hour, None where not told, and the index after them and the seconds."""
    told: list[int] = []
    while len(told) < 2:
        mark, figures = tokens[i], tokens[i + 1]
        is_glued = not mark.is_apart and not figures.is_apart
        is_dotted = "zone" in tokens[i + 2].classes or _half(tokens, i + 2)[0] != ""
        is_mark = mark.word == ":" or (mark.word == "." and is_dotted)
        if not is_glued or not is_mark or figures.end - figures.start != 2:
            break
        if not 0 <= figures.number < 60:
            break
        told.append(figures.number)
        i += 2
    return (told[0] if told else None), i


def _half(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """`a` or `p` and the index after “a.m.”, “pm”; an empty string where none stands."""
    word = tokens[i].word
    if word in ("am", "pm"):
        return word[0], i + 1
    letters = [t.word for t in tokens[i : i + 4]]
    if letters in (["a", ".", "m", "."], ["p", ".", "m", "."]):
        return word, i + 4
    return "", i


def _in_zone(
    tokens: Sequence[Token], i: int, hour: int, minutes: int, half: str
) -> tuple[str, int] | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if not 0 <= hour <= 24 or not 0 <= minutes < 60:
        return None
    zone, end = _zone(tokens, i, is_told=bool(half))
    return f"{hour:02d}:{minutes:02d}{zone}", end


def _zone(tokens: Sequence[Token], i: int, *, is_told: bool) -> tuple[str, int]:
    """The zone as TIMEX3 has it, where it is told by its distance from UTC, and the index after it.

    A zone told by its name goes with the time but is not in its value.
    """
    zone = tokens[i].classes.get("zone")
    if zone is None:
        if offset := _offset(tokens, i):
            return offset
        return "", (_named_zone(tokens, i) if is_told else i)
    return (zone and _offset(tokens, i + 1)) or (zone, i + 1)


def _offset(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """A distance from UTC: UTC+2 · 10:00 +0200 · 10:20+02:00."""
    sign, hours = tokens[i], tokens[i + 1]
    n_digits = hours.end - hours.start
    if sign.word not in ("+", "-") or hours.number < 0 or hours.is_apart:
        return None
    if n_digits == 4 and hours.number <= 1400:
        return f"{sign.word}{hours.number // 100:02d}:{hours.number % 100:02d}", i + 2
    has_seconds = i > 4 and tokens[i - 2].word == ":" == tokens[i - 4].word
    is_distance = sign.word == "+" or has_seconds  # “10:00-11:00” are two times
    if is_distance and tokens[i + 2].word == ":" and tokens[i + 3].number >= 0:
        return f"{sign.word}{hours.number:02d}:{tokens[i + 3].number:02d}", i + 4
    is_utc = tokens[i - 1].classes.get("zone") == "Z"
    return (f"{sign.word}{hours.number:02d}:00", i + 2) if is_utc and hours.number <= 14 else None


def _named_zone(tokens: Sequence[Token], i: int) -> int:
    """The index after “Eastern time”, “Pacific”, “local time”."""
    words = [token.word for token in tokens[i : i + 3]]
    if words[0] == "local" and words[1] == "time":
        return i + 2
    if words[0] not in word_list("zones") or not tokens[i].is_capital:
        return i
    end = i + 2 if words[1] in ("standard", "daylight") else i + 1
    return end + 1 if tokens[end].word == "time" else end
