"""Sourced statements: gold that marks whole sentences with the full name of their source.

Such spans take in the attribution and what is said without marks, so only this is asked: does
something quoted lie in the statement, and is its full name the source's?
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldQuote
from expectations.accuracy.names import is_same_name
from expectations.accuracy.predictions import PredictedQuote, Prediction, Predictions
from expectations.accuracy.ratios import Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import letters


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """Out of the statements with quotation marks and a named source.

    `found`: a direct or mixed quote lies mostly in it; `resolved`: the only name of those quotes is
    the source's; `misnamed`: one of them has another name.
    """

    found: Ratio
    resolved: Ratio
    misnamed: Ratio


def score_statements(gold: Iterable[Gold], predictions: Predictions) -> StatementFigures | None:
    """Score the statements of all documents; None where the gold has none."""
    judged = list(_statements(gold, predictions))
    if not judged:
        return None
    verdicts = [
        [is_same_name(row.speaker_name, quote.speaker_name) for row in rows if row.speaker_name]
        for quote, rows in judged
    ]
    return StatementFigures(
        found=Ratio.count(bool(rows) for _, rows in judged),
        resolved=Ratio.count(bool(named) and all(named) for named in verdicts),
        misnamed=Ratio.count(not all(named) for named in verdicts),
    )


def speaker_verdicts(gold: Iterable[Gold], predictions: Predictions) -> Iterator[Verdict]:
    """Whether each row with a name that lies in a statement has the name of its source."""
    for quote, rows in _statements(gold, predictions):
        for row in rows:
            if row.speaker_name:
                yield Verdict(row.confidence, is_same_name(row.speaker_name, quote.speaker_name))


def _statements(
    gold: Iterable[Gold], predictions: Predictions
) -> Iterator[tuple[GoldQuote, list[PredictedQuote]]]:
    """Each statement to score, with the direct and mixed quotes that lie mostly in it."""
    for document in gold:
        for quote in document.quotes or ():
            if quote.is_statement and quote.speaker_name and quote.kind != "indirect":
                yield quote, _inside(document, quote, predictions[document.doc_id])


def _inside(document: Gold, quote: GoldQuote, prediction: Prediction) -> list[PredictedQuote]:
    statement = letters(document.text, quote.spans)
    rows = []
    for row in prediction.quotes:
        said = letters(document.text, row.spans)
        if row.is_quoted and len(said & statement) > len(said) / 2:
            rows.append(row)
    return rows
