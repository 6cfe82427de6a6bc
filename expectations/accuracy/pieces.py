"""Quoted pieces on whole web pages: what a reader of the page would ask first.

A piece is a stretch inside quotation marks that somebody said or wrote; scare quotes, titles and
the teasers of other articles are none. Grouping does not matter, the full name does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldPiece
from expectations.accuracy.names import is_right_name, words
from expectations.accuracy.predictions import PredictedQuote, Prediction, Predictions
from expectations.accuracy.ratios import ZERO, Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import Letters, is_same_mention, letters, overlap

#: So much of a piece's letters has to lie in one span …
_WHOLE = 0.9
#: … that is at most so many times longer: a span that takes in the whole page finds nothing.
_LONGEST = 20
#: Shorter spans are labels, which the readers did not all mark.
_MIN_WORDS = 4
_CONFIDENT = 0.9


@dataclass(frozen=True, slots=True)
class PieceFigures:
    """Pieces found, named and misnamed; spans that are pieces; what high confidence is worth.

    `named` and `misnamed` are out of the pieces whose speaker is known: those with the right full
    name and no other, and those with a wrong one. `precision` is out of the predicted spans of 4
    words or more. `confident` is out of the found pieces with a known speaker: those whose rows
    all have a confidence of .9 or more; `confident_right` tells how many of them are rightly named.
    `documents` has the rightly named pieces of each, out of all of its pieces.
    """

    recall: Ratio
    named: Ratio
    misnamed: Ratio
    precision: Ratio
    confident: Ratio
    confident_right: Ratio
    documents: dict[str, Ratio]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A piece of a document, the rows that hold it and what they make of its speaker."""

    doc_id: str
    piece: GoldPiece
    rows: tuple[PredictedQuote, ...]
    is_named: bool
    is_misnamed: bool

    @property
    def is_confident(self) -> bool:
        return all(row.confidence >= _CONFIDENT for row in self.rows)


def score_pieces(gold: Iterable[Gold], predictions: Predictions) -> PieceFigures | None:
    """Score the pieces of all documents; None where the gold has none."""
    documents = [document for document in gold if document.pieces is not None]
    judged = [piece for d in documents for piece in _judge(d, predictions[d.doc_id])]
    if not judged:
        return None
    known = [piece for piece in judged if piece.piece.speaker]
    found = [piece for piece in known if piece.rows]
    return PieceFigures(
        recall=Ratio.count(bool(piece.rows) for piece in judged),
        named=Ratio.count(piece.is_named for piece in known),
        misnamed=Ratio.count(piece.is_misnamed for piece in known),
        precision=sum(
            (_precision(document, predictions[document.doc_id]) for document in documents),
            start=ZERO,
        ),
        confident=Ratio.count(piece.is_confident for piece in found),
        confident_right=Ratio.count(piece.is_named for piece in found if piece.is_confident),
        documents={
            d.doc_id: Ratio.count(piece.is_named for piece in judged if piece.doc_id == d.doc_id)
            for d in documents
        },
    )


def speaker_verdicts(gold: Iterable[Gold], predictions: Predictions) -> Iterator[Verdict]:
    """Whether each row that holds pieces with a known speaker has that speaker for all of them.

    Documents whose quotes are marked whole are judged by these, each row once.
    """
    for document in gold:
        if document.quotes is not None:
            continue
        for row in predictions[document.doc_id].quotes:
            if not row.is_quoted:
                continue
            verdicts = [
                is_right
                for piece in document.pieces or ()
                if _holds(document.text, row, piece)
                and (is_right := _has_speaker(row, piece, document)) is not None
            ]
            if verdicts:
                yield Verdict(row.confidence, all(verdicts))


def _judge(document: Gold, prediction: Prediction) -> Iterator[_Judged]:
    for piece in document.pieces or ():
        rows = tuple(
            row for row in prediction.quotes if row.is_quoted and _holds(document.text, row, piece)
        )
        names = {row.speaker_name for row in rows if row.speaker_name}
        is_named = bool(piece.speaker and names) and all(
            is_right_name(name, piece.speaker or "", document.names) for name in names
        )
        yield _Judged(document.doc_id, piece, rows, is_named, bool(names) and not is_named)


def _holds(text: str, row: PredictedQuote, piece: GoldPiece) -> bool:
    near = [span for span in row.spans if overlap(span, piece.span) > 0]
    if not near:
        return False
    wanted = letters(text, [piece.span])
    return any(
        len(wanted & said) >= _WHOLE * len(wanted) and len(said) <= _LONGEST * len(wanted)
        for said in (letters(text, [span]) for span in near)
    )


def _has_speaker(row: PredictedQuote, piece: GoldPiece, document: Gold) -> bool | None:
    """By full name, else by mention; None where either side gives neither."""
    if piece.speaker and row.speaker_name:
        return is_right_name(row.speaker_name, piece.speaker, document.names)
    if piece.mention and row.mention:
        return is_same_mention(row.mention, piece.mention)
    return None


def _precision(document: Gold, prediction: Prediction) -> Ratio:
    """Spans called a quotation (of mixed quotes the verbatim ones) that lie mostly on pieces."""
    spans = [
        span
        for row in prediction.quotes
        if row.is_quoted
        for span in (row.spans if row.kind == "direct" else row.verbatim)
    ]
    gold: Letters = letters(document.text, [piece.span for piece in document.pieces or ()])
    covered = [
        letters(document.text, [span])
        for span in spans
        if len(words(document.text[slice(*span)])) >= _MIN_WORDS
    ]
    return Ratio.count(len(said & gold) >= len(said) / 2 for said in covered if said)
