"""The grammar: at each place of the text, the longest reading that any rule gives.

Every rule reads a bounded number of tokens from where it starts, and every token starts each rule
at most a bounded number of times, so the time is linear in the length of the text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipelines.dates import (
    absolute,
    clock,
    durations,
    named,
    periods,
    references,
    relative,
    years,
)
from pipelines.dates.absolute import Readings
from pipelines.dates.direction import UNITS
from pipelines.dates.meaning import Fixed, Reading, Shifted, Within, Yearless
from pipelines.dates.tokens import LOOKAHEAD, Token
from pipelines.dates.words import holidays, idioms, phrases, word_classes, word_list

Rule = Callable[[Sequence[Token], int], Readings]

#: With the word classes at which each may start (`digits`, `mark`, `phrase` and `holiday` are not
#: classes of the list). In this order: of two readings equally long the first rule's wins.
_RULES: tuple[tuple[Rule, str], ...] = (
    (absolute.numeric_date, "digits"),
    (clock.stamp, "digits"),
    (absolute.calendar_day, "the digits month weekday ordinal tens"),
    (absolute.month_of_year, "month"),
    (clock.day_part, "digits month weekday deictic holiday way storyway"),
    (clock.clock_time, "digits number hour"),
    (periods.week_of, "the unit"),
    (relative.beside, "the article"),
    (periods.possessed, "the digits way storyway number opening"),
    (periods.comparable, "the article unit"),
    (periods.parts_with_year, "the digits ordinal"),
    (periods.part_with_year, "the digits ordinal season month opening holiday"),
    (named.named_day, "holiday"),
    (durations.recent_span, "the way storyway ordinal opening"),
    (relative.directed, "the way storyway"),
    (years.year_of_era, "digits era article"),
    (years.decade, "the digits mark number"),
    (years.century, "the digits ordinal tens"),
    (durations.rate, "article opening"),
    (durations.counted, "digits number tens article vague scale opening"),
    (years.bare_year, "the digits mark number tens unit opening"),
    (durations.the_length, "the"),
    (references.phrase, "phrase"),
    (relative.deictic, "the deictic tonight"),
    (clock.the_part, "the part"),
    (named.weekday_alone, "weekday"),
    (named.month_alone, "month"),
    (named.season_alone, "the season"),
    (periods.the_period, "the"),
    (durations.repeated, "each frequency weekdays"),
    (durations.bare_length, "units"),
    (durations.long_unit, "unit long"),
    (references.reference, "reference unit"),
)
#: TIMEX3's modifiers of a point in time for those of the length that leads back to it.
_AGO = {
    "MORE_THAN": "BEFORE",
    "LESS_THAN": "AFTER",
    "EQUAL_OR_MORE": "ON_OR_BEFORE",
    "EQUAL_OR_LESS": "ON_OR_AFTER",
}
_EARLIER = frozenset({"earlier", "later", "sometime"})


def read(tokens: Sequence[Token]) -> Iterator[Reading]:
    """Every reading in the text, in order, none overlapping another."""
    starters, behind = _starters() | idioms().keys() | {"'"}, 1
    for i in range(1, len(tokens) - LOOKAHEAD):
        if i < behind or (tokens[i].number < 0 and tokens[i].word not in starters):
            continue
        if end := references.idiom_end(tokens, i):
            behind = end
        elif _may_start(tokens, i):
            readings = _modified(tokens, i) or _longest(tokens, i)
            yield from readings
            behind = readings[-1].last if readings else 0


def _may_start(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.number >= 0 or token.word == "'":
        return True
    if "the" in token.classes or "article" in token.classes:
        after = tokens[i + 1]
        return after.number >= 0 or after.word in _after_articles()
    return token.word in _starters()


@cache
def _starters() -> frozenset[str]:
    return frozenset(word_classes()) | frozenset(phrases()) | frozenset(holidays())


@cache
def _after_articles() -> frozenset[str]:
    """What may follow an article within an expression."""
    seconds = {phrase.rest[0] for found in phrases().values() for phrase in found if phrase.rest}
    return _starters() | seconds | {"-", "'"}


@cache
def _rules_at(word: str) -> tuple[Rule, ...]:
    """The rules that may start at a word of the lists, at digits (“0”) or at an apostrophe."""
    classes = set(word_classes().get(word, ()))
    classes |= {"phrase"} if word in phrases() else set()
    classes |= {"holiday"} if word in holidays() else set()
    classes |= {"0": {"digits"}, "'": {"mark"}}.get(word, set())
    return tuple(rule for rule, starts in _RULES if classes & set(starts.split()))


def _longest(tokens: Sequence[Token], i: int) -> Readings:
    best: Readings = ()
    token = tokens[i]
    if token.number < 0 and not (token.word == "'" or token.word in _starters()):
        return best
    for rule in _rules_at("0" if token.number >= 0 else token.word):
        found = rule(tokens, i)
        if found and (not best or found[-1].last > best[-1].last):
            best = found
    return best


def _modified(tokens: Sequence[Token], i: int) -> Readings:
    """A reading with what modifies it: late last week · more than two years · the end of 1990."""
    return _edge(tokens, i) or _approximate(tokens, i) or _earlier(tokens, i)


def _edge(tokens: Sequence[Token], i: int) -> Readings:
    """Early, mid, late; the beginning, middle, end of a period."""
    j = i + 1 if tokens[i].word == "the" else i
    mod = tokens[j].classes.get("edge")
    if mod is None:
        return ()
    is_noun = tokens[j].word not in word_list("edges")
    j += 1
    if is_noun and tokens[j].word != "of":
        return ()
    while tokens[j].word in ("-", "of", "in", "on") and j < i + 4:
        j += 1
    found = _longest(tokens, j)
    if len(found) != 1 or found[0].timex_type not in ("DATE", "TIME"):
        return _end_of_unit(tokens, i, j, mod) if is_noun else ()
    if _is_reference(found[0]):
        return ()
    first = i + 1 if tokens[i].word == "the" and tokens[i + 2].word == "-" else i
    return (replace(found[0], first=first, mod=mod),)


def _is_reference(reading: Reading) -> bool:
    return isinstance(reading.meaning, Fixed) and reading.meaning.value.endswith("_REF")


def _end_of_unit(tokens: Sequence[Token], i: int, j: int, mod: str) -> Readings:
    """The end of the year, where “the year” by itself would not be read."""
    unit = tokens[j + 1].classes.get("unit") if tokens[j].word == "the" else None
    granularity = UNITS.get(unit or "")
    if granularity is None or granularity == "day":
        return ()
    return (Reading(i, j + 2, "DATE", Shifted(granularity, 0), mod, confidence=0.85),)


def _approximate(tokens: Sequence[Token], i: int) -> Readings:
    """About, nearly, more than, at least before a length or a date."""
    mod, j = references.approximation(tokens, i)
    if mod is None:
        return ()
    found = _longest(tokens, j)
    if len(found) != 1 or found[0].timex_type == "SET":
        return ()
    is_length = found[0].timex_type == "DURATION"
    is_ago = tokens[found[0].last - 1].word == "ago"
    is_dated = mod == "APPROX" and isinstance(found[0].meaning, Fixed | Yearless | Within)
    if not (is_length or is_ago or is_dated) or _is_reference(found[0]):
        return ()
    if tokens[i].word in ("over", "some") and not is_length:
        return ()
    if tokens[i].word == "over" and "article" not in tokens[j].classes:
        return ()
    return (replace(found[0], first=i, mod=_AGO.get(mod, mod) if is_ago else mod),)


def _earlier(tokens: Sequence[Token], i: int) -> Readings:
    """Earlier this year, later in the day, sometime next week."""
    if tokens[i].word not in _EARLIER:
        return ()
    j = i + 2 if tokens[i + 1].word == "in" and tokens[i + 2].word == "the" else i + 1
    if j == i + 2 and (granularity := UNITS.get(tokens[j + 1].classes.get("unit", ""))):
        meaning = Shifted(granularity, 0, "story" if granularity == "day" else "published")
        return (Reading(i, j + 2, "DATE", meaning),)
    if not tokens[j].classes.keys() & {"way", "storyway", "deictic"}:
        return ()
    found = _longest(tokens, j)
    if len(found) != 1 or found[0].timex_type not in ("DATE", "TIME"):
        return ()
    return (replace(found[0], first=i),)
