"""Days, months and seasons by their bare names, where those stand for a date."""

from collections.abc import Sequence

from pipelines.dates.absolute import Readings, month_at
from pipelines.dates.direction import Found, direction_at, holiday_at, year_phrase
from pipelines.dates.meaning import (
    Fixed,
    Holiday,
    Meaning,
    Reading,
    Shifted,
    Weekday,
    WeekOf,
    Within,
    Yearless,
)
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list


def named_day(tokens: Sequence[Token], i: int) -> Readings:
    """A day with a name and a fixed rule: Christmas Day 2014 · Easter · Easter week."""
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
    day = Holiday(phrase.kind, phrase.value)
    if after.word == "week":
        return (Reading(i, j + 1, "DATE", WeekOf(day), confidence=0.9),)
    return (Reading(i, j, "DATE", day, confidence=0.9),)


def weekday_alone(tokens: Sequence[Token], i: int) -> Readings:
    """A weekday by its name, with the week it lies in where told: Monday · Thursday last week."""
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
    told = direction_at(tokens, j)
    if told is None or tokens[told[2]].word != "week":
        return None
    way, anchor, j = told
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
    if 0 < after.number < 100:
        return ()  # June 31
    if after.word == "of" and tokens[month[1] + 1].is_capital:
        return ()  # the March of Dimes
    if "ambiguous" in token.classes and not is_known:
        return ()
    if "abbreviated" in token.classes and tokens[month[1] - 1].word != ".":
        return ()
    return (Reading(i, month[1], "DATE", Yearless(f"{month[0]:02d}"), confidence=0.94),)


def season_alone(tokens: Sequence[Token], i: int) -> Readings:
    """A season by its name after a preposition or article: in the fall · over the summer."""
    j = i + 1 if tokens[i].word == "the" else i
    season = tokens[j].classes.get("season")
    before = tokens[i - 2 if tokens[i - 1].word == "-" and i > 1 else i - 1].word
    is_edge = before in word_list("edges")
    if season is None or not (is_edge or tokens[i - 1].word in word_list("before_periods")):
        return ()
    if tokens[j + 1].is_capital or (tokens[j].is_capital and j == i):
        return ()
    if j == i and not (is_edge or tokens[i - 1].word in word_list("before_seasons")):
        return ()
    may_recur = j == i and not is_edge
    return (Reading(i, j + 1, "DATE", Yearless(season, may_recur=may_recur), confidence=0.8),)
