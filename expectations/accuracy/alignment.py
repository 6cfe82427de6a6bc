"""Which predicted quote is which gold one.

As in the overlap measures for PARC and PolNeAR (Pareti 2015; Newell et al. 2018), a predicted quote
need not have the gold span to the letter: a pair shares at least half of its letters (intersection
over union). Pairs are taken greedily, best first, each quote once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldName, GoldNoQuote, GoldQuote
from expectations.accuracy.predictions import PredictedQuote, Prediction, Predictions
from expectations.accuracy.spans import Letters, jaccard, letters, quotations

#: So much of the letters of either has to be in both.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Target:
    """A gold quote, its letters, and the index of the predicted quote that found it."""

    quote: GoldQuote
    letters: Letters
    found_by: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicted quote and its letters."""

    quote: PredictedQuote
    letters: Letters


@dataclass(frozen=True, slots=True)
class Alignment:
    """The quotes of one document, gold beside predicted.

    `quoted` are the letters of each quotation in the text, `gold_letters` those of any gold quote,
    `ignored` those that the readers discarded; `names` tell what the document names, `not_quotes`
    what looks like a quote and is none.
    """

    text: str
    targets: tuple[Target, ...]
    candidates: tuple[Candidate, ...]
    quoted: tuple[Letters, ...]
    gold_letters: Letters
    ignored: Letters
    names: tuple[GoldName, ...] = ()
    not_quotes: tuple[GoldNoQuote, ...] = ()

    def found(self, target: Target) -> PredictedQuote | None:
        """The predicted quote that found `target`."""
        return None if target.found_by is None else self.candidates[target.found_by].quote


def align(gold: Iterable[Gold], predictions: Predictions) -> list[Alignment]:
    """Align every document whose quotes are annotated by what was said.

    Documents that mark whole sourced statements have their own measure, in `statements`.
    """
    return [
        _align(document, document.quotes, predictions[document.doc_id])
        for document in gold
        if document.quotes is not None and not document.has_statements
    ]


def _align(document: Gold, quotes: tuple[GoldQuote, ...], prediction: Prediction) -> Alignment:
    """Quotes inside quotes are not asked for, nor is what lies mostly in ignored text."""
    ignored = letters(document.text, document.ignored)
    wanted = [
        (quote, letters(document.text, quote.spans)) for quote in quotes if not quote.is_nested
    ]
    candidates = []
    for quote in prediction.quotes:
        covered = letters(document.text, quote.spans)
        if covered and len(covered & ignored) <= len(covered) / 2:
            candidates.append(Candidate(quote, covered))
    found_by = _pair([covered for _, covered in wanted], [c.letters for c in candidates])
    return Alignment(
        text=document.text,
        targets=tuple(
            Target(quote, covered, found_by.get(i)) for i, (quote, covered) in enumerate(wanted)
        ),
        candidates=tuple(candidates),
        quoted=tuple(letters(document.text, [span]) for span in quotations(document.text)),
        gold_letters=frozenset().union(*(covered for _, covered in wanted)),
        ignored=ignored,
        names=document.names,
        not_quotes=document.not_quotes,
    )


def _pair(wanted: list[Letters], found: list[Letters]) -> dict[int, int]:
    """The index of the predicted quote, by that of the gold quote."""
    likeness = (
        (jaccard(predicted, gold), i, j)
        for i, predicted in enumerate(found)
        for j, gold in enumerate(wanted)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((pair for pair in likeness if pair[0] >= SAME), reverse=True):
        if i not in taken and j not in pairs:
            pairs[j] = i
            taken.add(i)
    return pairs
