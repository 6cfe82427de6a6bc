"""Quarters, halves and other parts of a year or of the story, told beside their year or alone."""

from collections.abc import Sequence

from pipelines.dates.absolute import Readings, month_at, part_of_year
from pipelines.dates.direction import UNITS, holiday_at, year_phrase
from pipelines.dates.meaning import (
    Anchor,
    Comparable,
    Fixed,
    Holiday,
    Reading,
    Shifted,
    Weekend,
    WeekOf,
    Within,
    Yearless,
)
from pipelines.dates.numbers import ordinal
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list
from pipelines.dates.years import decade


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


def parts_with_year(tokens: Sequence[Token], i: int) -> Readings:
    """Two parts of a year: the second and fourth quarters, of 2018 where told."""
    j = i + 1 if tokens[i].word == "the" else i
    one = ordinal(tokens, j)
    if one is None:
        return ()
    if tokens[one[1]].word not in ("and", "or"):
        return _two_quarters(tokens, i, one)
    two = ordinal(tokens, one[1] + 1)
    if two is None or not 1 <= one[0] < two[0] <= 4 or tokens[two[1]].word != "quarters":
        return ()
    end = two[1] + 1
    whole = year_phrase(tokens, end + 1) if tokens[end].word == "of" else year_phrase(tokens, end)
    if whole is None and tokens[end].word == "of":
        return ()
    parts = [f"Q{one[0]}", f"Q{two[0]}"]
    first, second = (Within(whole[0], part) if whole else Yearless(part) for part in parts)
    last = whole[1] if whole else end
    return (Reading(i, one[1], "DATE", first), Reading(one[1] + 1, last, "DATE", second))


def _two_quarters(tokens: Sequence[Token], i: int, side: tuple[int, int]) -> Readings:
    """“The first two quarters of 2018” are its first half."""
    number, j = side
    if [token.word for token in tokens[j : j + 3]] != ["two", "quarters", "of"]:
        return ()
    whole = year_phrase(tokens, j + 3)
    if whole is None or number not in (1, -1):
        return ()
    return (Reading(i, whole[1], "DATE", Within(whole[0], "H1" if number == 1 else "H2")),)


def part_with_year(tokens: Sequence[Token], i: int) -> Readings:
    """A part of a year with its year, if any: the third quarter of 1989 · June last year."""
    j = i + 1 if tokens[i].word == "the" else i
    if tokens[j].word == "fiscal":
        j += 2 if tokens[j + 1].word == "-" else 1
    part = part_of_year(tokens, j) or _month_part(tokens, j) or _holiday_part(tokens, j)
    if part is None:
        return ()
    is_last = tokens[j].value("ordinal") == -1
    name, j = part
    k = j + 1 if tokens[j].word in ("of", ",", "in") else j
    whole = year_phrase(tokens, k)
    if whole and not (isinstance(name, str) and name.isdigit() and isinstance(whole[0], Fixed)):
        return (Reading(i, whole[1], "DATE", Within(whole[0], name)),)
    if not isinstance(name, str):
        return ()
    if name.startswith("H") and (half := _half(tokens, i, j, name)):
        return half
    if name.startswith("H") and (found := decade(tokens, k)):
        mod = "START" if name == "H1" else "END"
        return (Reading(i, found[0].last, "DATE", found[0].meaning, mod),)
    if (
        is_last
        or not name.startswith("Q")
        or (
            tokens[j].word == "of" and not _is_of_year(tokens, j + 1) and not _is_sum(tokens, j + 1)
        )
    ):
        return ()
    first = i + 1 if tokens[i].word == "the" and tokens[j - 2].word == "-" else i
    return (Reading(first, j, "DATE", Yearless(name)),)


def _half(tokens: Sequence[Token], i: int, j: int, name: str) -> Readings:
    """The second half of the year · first-half profit; not that of a match."""
    if [t.word for t in tokens[j : j + 3]] == ["of", "the", "year"]:
        return (Reading(i, j + 3, "DATE", Within(Shifted("year", 0), name), confidence=0.85),)
    if tokens[j - 2].word == "-" and tokens[j].word in word_list("after_halves"):
        return (Reading(j - 3, j, "DATE", Yearless(name), confidence=0.85),)
    return ()


def _is_of_year(tokens: Sequence[Token], i: int) -> bool:
    return [t.word for t in tokens[i : i + 2]] == ["the", "year"] or tokens[i].word == "fiscal"


def _is_sum(tokens: Sequence[Token], i: int) -> bool:
    """“A loss for the third quarter of $3 million”."""
    return tokens[i].word in ("$", "€", "£", "¥") or tokens[i].number >= 0


def comparable(tokens: Sequence[Token], i: int) -> Readings:
    """The same period a year before: a year ago · a year earlier · the year-ago quarter.

    The same period last year · the quarter a year ago.
    """
    if end := _a_year_before(tokens, i):
        is_same = tokens[i - 1].word in word_list("before_comparable")
        return (Reading(i, end, "DATE", Comparable(is_same=is_same), confidence=0.75),)
    j = i + 1 if tokens[i].word == "the" else i
    is_same = tokens[j].word in word_list("comparable")
    j += is_same
    if tokens[j].word in ("period", "quarter", "month", "week") and (is_same or j > i):
        k = j + 2 if tokens[j + 1].word in ("of", "in") else j + 1
        end = _last_year(tokens, k) if is_same else _a_year_before(tokens, k)
        if end is None or tokens[j].word == "week":
            return ()
        return (Reading(i, end, "DATE", Comparable(is_same=True), confidence=0.75),)
    if [t.word for t in tokens[j : j + 2]] != ["year", "-"]:
        return ()
    if tokens[j + 2].word not in ("ago", "earlier"):
        return ()
    j += 3
    if part := part_of_year(tokens, j):
        return (Reading(i, part[1], "DATE", Within(Shifted("year", -1), part[0])),)
    if tokens[j].word in ("quarter", "period", "month", "week"):
        return (Reading(i, j + 1, "DATE", Comparable(), confidence=0.75),)
    if tokens[j].number >= 0 or tokens[j].classes.keys() & {"number", "tens"}:
        return ()  # “the year-earlier nine months” are a length
    return (Reading(j - 3, j, "DATE", Comparable(), confidence=0.75),)


def _a_year_before(tokens: Sequence[Token], i: int) -> int | None:
    """The index after “a year ago”, “one year earlier”."""
    words = [token.word for token in tokens[i + 1 : i + 3]]
    is_told = "article" in tokens[i].classes and words[0] == "year"
    return i + 3 if is_told and words[1] in ("ago", "earlier") else None


def _last_year(tokens: Sequence[Token], i: int) -> int | None:
    """The index after “last year”, “the previous year”, “a year ago”, “the year before”."""
    if end := _a_year_before(tokens, i):
        return end
    j = i + 1 if tokens[i].word == "the" else i
    told = tokens[j].classes
    if (told.get("way") == "-1" or told.get("storyway") == "-1") and tokens[j + 1].word == "year":
        return j + 2
    is_before = j > i and tokens[j].word == "year" and tokens[j + 1].word in ("before", "earlier")
    return j + 2 if is_before else None


def the_period(tokens: Sequence[Token], i: int) -> Readings:
    """A period known from the story: the quarter · the weekend · for the day · over the year."""
    if tokens[i].word != "the":
        return ()
    token = tokens[i + 1]
    j = i + 1
    is_told = "told" in token.classes
    j += is_told
    if tokens[j].word == "fiscal":
        j += 1
    unit = tokens[j].classes.get("unit")
    if unit == "WE":
        return (Reading(i, j + 1, "DATE", Weekend(), confidence=0.75),)
    if unit and tokens[j + 1].word == "-" and not tokens[j + 1].is_apart:
        return ()  # “the quarter-to-quarter comparison”
    if tokens[j + 1].word in ("ended", "ending") and (ended := _ended(tokens, i, j)):
        return ended
    if unit == "Q" or (is_told and tokens[j].word == "period"):
        return (Reading(i, j + 1, "DATE", Shifted("quarter", 0, "story"), confidence=0.8),)
    granularity = UNITS.get(unit or "") if not tokens[j].is_capital else None
    if granularity in ("decade", "century"):
        return ()
    is_sum = tokens[j + 1].word == "of" and _is_sum(tokens, j + 2)
    is_none = tokens[j + 1].word in word_list("after_no_period") and not is_sum
    if granularity is None or is_none:
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
    middle = (month[0] - 2) % 12 + 1  # “ended July 31”: May to July, mostly in the second quarter
    quarter = f"Q{(middle + 2) // 3}"
    return (Reading(i, j + 1, "DATE", Yearless(quarter, -1), confidence=0.6),)


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


def _month_part(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    month = month_at(tokens, i)
    return (f"{month[0]:02d}", month[1]) if month else None


def _holiday_part(tokens: Sequence[Token], i: int) -> tuple[Holiday, int] | None:
    phrase = holiday_at(tokens, i)
    return (Holiday(phrase.kind, phrase.value), i + 1 + len(phrase.rest)) if phrase else None
