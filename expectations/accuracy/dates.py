"""Time expressions, as TempEval-3 scores them (UzZaman et al. 2013, Task A).

A predicted expression finds a gold one that it overlaps; the strict figure asks for the same span.
`values` are the found expressions, of those whose gold has a value, with that TIMEX3 value, and
`value_f1` is their share of the relaxed F1. As there, each expression counts once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldDate
from expectations.accuracy.predictions import PredictedDate, Prediction, Predictions
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import overlap

_CALENDAR_VALUE = re.compile(r"[\dX]{4}")
_SHORT_WEEK = re.compile(r"(\d{4})-W(\d)")


@dataclass(frozen=True, slots=True)
class DateFigures:
    """How many expressions were found, by overlap and by exact span, and rightly placed."""

    relaxed: PrecisionRecall = NOTHING
    strict: PrecisionRecall = NOTHING
    values: Ratio = ZERO

    @property
    def value_f1(self) -> float:
        """Relaxed F1 times the share of right values."""
        return self.relaxed.f1 * self.values.share

    def __add__(self, other: "DateFigures") -> "DateFigures":
        return DateFigures(
            self.relaxed + other.relaxed, self.strict + other.strict, self.values + other.values
        )


def score_dates(gold: Iterable[Gold], predictions: Predictions) -> DateFigures | None:
    """Score the dates of all documents that have some annotated; None where none has."""
    total = sum(
        (
            _document(*_asked(document.dates, _comparable(document, predictions[document.doc_id])))
            for document in gold
            if document.dates is not None
        ),
        start=DateFigures(),
    )
    return total if total.relaxed.recall.of else None


def value_verdicts(gold: Iterable[Gold], predictions: Predictions) -> Iterator[Verdict]:
    """Whether each predicted expression has the right value; one that found none is wrong.

    Those whose gold expression has no value say nothing.
    """
    for document in gold:
        if document.dates is None:
            continue
        found = _comparable(document, predictions[document.doc_id])
        wanted = {id(date): wanted for wanted, date in _pair(document.dates, found)}
        for date in found:
            marked = wanted.get(id(date))
            if marked is None or marked.value:
                is_right = marked is not None and _normal(marked.value or "") == _normal(date.value)
                yield Verdict(date.confidence, is_right)


def _asked(
    marked: tuple[GoldDate, ...], found: list[PredictedDate]
) -> tuple[tuple[GoldDate, ...], list[PredictedDate]]:
    """Without the optional expressions and what found them."""
    optional = [id(date) for gold, date in _pair(marked, found) if gold.is_optional]
    return (
        tuple(date for date in marked if not date.is_optional),
        [date for date in found if id(date) not in optional],
    )


def _comparable(document: Gold, prediction: Prediction) -> list[PredictedDate]:
    """What the annotators of this document would have marked."""
    if not document.has_calendar_dates_only:
        return list(prediction.dates)
    return [d for d in prediction.dates if d.type == "DATE" and _CALENDAR_VALUE.match(d.value)]


def _document(wanted: tuple[GoldDate, ...], found: list[PredictedDate]) -> DateFigures:
    pairs = _pair(wanted, found)
    n_exact = sum(gold.span == date.span for gold, date in pairs)
    return DateFigures(
        relaxed=PrecisionRecall(Ratio(len(pairs), len(found)), Ratio(len(pairs), len(wanted))),
        strict=PrecisionRecall(Ratio(n_exact, len(found)), Ratio(n_exact, len(wanted))),
        values=Ratio.count(
            _normal(gold.value) == _normal(date.value) for gold, date in pairs if gold.value
        ),
    )


def _pair(
    wanted: tuple[GoldDate, ...], found: list[PredictedDate]
) -> list[tuple[GoldDate, PredictedDate]]:
    """Give each gold expression, in order, the free predicted one that overlaps it most."""
    free = list(found)
    pairs = []
    for gold in wanted:
        best = max(free, key=lambda date: overlap(date.span, gold.span), default=None)
        if best is not None and overlap(best.span, gold.span) > 0:
            free.remove(best)
            pairs.append((gold, best))
    return pairs


def _normal(value: str) -> str:
    """Older corpora write the weeks before the tenth with one digit."""
    return _SHORT_WEEK.sub(r"\1-W0\2", value) if _SHORT_WEEK.fullmatch(value) else value
