"""What the words before expressions tell of them: habits, and the year of a comparison."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.dates.meaning import Comparable, Reading, Yearless
from pipelines.dates.tokens import Token
from pipelines.dates.words import word_list

_WINDOW = 8
_APPOSITION = frozenset({",", "the", "which", "ended"})


def with_context(tokens: Sequence[Token], readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings, those that recur or lie in another year's story marked as such.

    “Is usually held in May”: any May. “The year-earlier quarter, ended July 1”: July 1 of the year
    compared with.
    """
    is_compared, last = False, 0
    for reading in readings:
        meaning = reading.meaning
        if is_compared := is_compared and _stands_by(tokens, last, reading.first):
            is_compared = isinstance(meaning, Yearless) and meaning.way != 1
        if isinstance(meaning, Yearless):
            if is_compared:
                meaning = replace(meaning, way=0, anchor="story")
            elif meaning.way is None and _is_habit(tokens, reading.first):
                meaning = replace(meaning, may_recur=True)
        yield replace(reading, meaning=meaning)
        is_compared = is_compared or isinstance(meaning, Comparable)
        last = reading.last


def _stands_by(tokens: Sequence[Token], last: int, first: int) -> bool:
    between = [token.word for token in tokens[last:first]]
    return 0 < len(between) < 4 and set(between) <= _APPOSITION


def _is_habit(tokens: Sequence[Token], first: int) -> bool:
    """Whether the clause up to an expression tells what is usual."""
    for i in range(first - 1, max(0, first - _WINDOW), -1):
        word = tokens[i].word
        if word in ("", ".", ";"):
            return False
        if word in word_list("habits"):
            return True
    return False
