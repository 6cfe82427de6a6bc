"""The entry: every time expression of an article, found by the grammar and placed in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.articles.article import UNREAD_KINDS, Block, Published
from pipelines.dates import grammar
from pipelines.dates.calendar import place
from pipelines.dates.confidence import confidence
from pipelines.dates.habits import with_context
from pipelines.dates.meaning import Beside, Fixed, Meaning, Reading, Weekday, Within, Yearless
from pipelines.dates.publication import agreed, possible_days
from pipelines.dates.resolver import Resolver
from pipelines.dates.shared import range_numbers, with_shared_parts
from pipelines.dates.tense import Tense, Tenses
from pipelines.dates.time_expression import TimeExpression
from pipelines.dates.tokens import Token, tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DISAGREES = "The weekday and the date do not agree."


@dataclass(frozen=True, slots=True)
class _Placed:
    value: str
    anchor: date | None
    is_ahead: bool  # the clause may speak of what is to come


def find_dates(
    text: str, blocks: Sequence[Block], published: Published, doc: Doc | None = None
) -> list[TimeExpression]:
    """Find the time expressions of an article's readable blocks and place them.

    Args:
        text: the article's text; offsets are code points into it.
        blocks: its blocks; teasers and boilerplate are not read.
        published: against which day relative expressions count. Where the day is not known, only
            what every possible day of publication agrees upon is told.
        doc: the article's parse, if any; it tells the tense of the verbs.

    Returns:
        The expressions in order of their start, none overlapping another.
    """
    stretches = [(b.start, b.end) for b in blocks if b.kind not in UNREAD_KINDS]
    tokens = tokenize(text, stretches)
    readings = _without_names(tokens, list(with_context(tokens, list(grammar.read(tokens)))), doc)
    tenses = Tenses(tokens, doc)
    timed = [(reading, tenses.of(reading.first, reading.last)) for reading in readings]
    timed = [(reading, tense) for reading, tense in timed if not _is_soon_after(reading, tense)]
    readings, told = [reading for reading, _ in timed], [tense for _, tense in timed]
    ranges = range_numbers(tokens, readings)
    readings = with_shared_parts(tokens, readings, ranges, told)
    placed = _place_all(tokens, readings, told, published)
    return [
        _expression(tokens, reading, at, range_no)
        for reading, at, range_no in zip(readings, placed, ranges, strict=True)
    ]


def _is_soon_after(reading: Reading, tense: Tense) -> bool:
    """“They were soon released”: before the day of publication, so that nothing is to come."""
    is_soon = reading.meaning == Fixed("FUTURE_REF") and reading.last - reading.first == 1
    return is_soon and tense == -1


def _without_names(
    tokens: Sequence[Token], readings: list[Reading], doc: Doc | None
) -> list[Reading]:
    """Leave out months and weekdays that the parse takes for people: April Jones."""
    if doc is None:
        return readings
    doubtful = {
        tokens[reading.first].start
        for reading in readings
        if isinstance(reading.meaning, Yearless | Weekday) and reading.last - reading.first == 1
    }
    if not doubtful:
        return readings
    people = {token.idx for name in doc.ents if name.label_ == "PERSON" for token in name}
    names = doubtful & people
    return [reading for reading in readings if tokens[reading.first].start not in names]


def _place_all(
    tokens: Sequence[Token],
    readings: Sequence[Reading],
    tenses: Sequence[Tense],
    published: Published,
) -> list[_Placed]:
    """The value of each reading that holds for every day on which it may have been published."""
    resolvers = [Resolver(day) for day in possible_days(published)]
    placed = []
    for reading, tense in zip(readings, tenses, strict=True):
        at = tokens[reading.first].start
        values = [resolver.value(reading.meaning, tense, at) for resolver in resolvers]
        anchors = {resolver.used for resolver in resolvers}
        anchor = anchors.pop() if len(anchors) == 1 else None
        placed.append(_Placed(_known(reading.meaning, values), anchor, tense > 0))
    return placed


def _known(meaning: Meaning, values: Sequence[str]) -> str:
    value = agreed(values)
    if "X" not in value:
        return value
    match meaning:
        case Weekday(number):
            return f"XXXX-WXX-{number}"
        case Beside(Weekday(number), "day", days):
            return f"XXXX-WXX-{(number + days - 1) % 7 + 1}"
        case Within(Weekday(number), str(part)):
            return f"XXXX-WXX-{number}{part}"
    return value


def _expression(
    tokens: Sequence[Token], reading: Reading, placed: _Placed, range_no: int | None
) -> TimeExpression:
    where = place(placed.value, reading.mod)
    disagrees = _disagrees(reading.meaning, where.earliest)
    return TimeExpression(
        start=tokens[reading.first].start,
        end=tokens[reading.last - 1].end,
        timex_type=reading.timex_type,
        timex_value=placed.value,
        mod=reading.mod,
        edtf=where.edtf if reading.timex_type in ("DATE", "TIME") else None,
        earliest=where.earliest,
        latest=where.latest,
        granularity=where.granularity if reading.timex_type in ("DATE", "TIME") else "none",
        anchor_date=placed.anchor,
        range_no=range_no,
        confidence=confidence(reading, is_ahead=placed.is_ahead, disagrees=disagrees),
        note=_DISAGREES if disagrees else None,
    )


def _disagrees(meaning: Meaning, day: date | None) -> bool:
    if not isinstance(meaning, Fixed | Yearless) or meaning.weekday is None or day is None:
        return False
    return day.isoweekday() != meaning.weekday
