"""Names of persons, bodies and places: exact match of span and class, as in CoNLL-2003.

(Tjong Kim Sang and De Meulder 2003.) Our GPE, LOC and FAC are its LOC; its MISC is not scored.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.gold import Gold
from expectations.accuracy.labels import LABELS, ORGANISATION, PERSON, PLACE
from expectations.accuracy.predictions import Prediction, Predictions
from expectations.accuracy.ratios import NOTHING, PrecisionRecall, Ratio
from expectations.accuracy.spans import Span


@dataclass(frozen=True, slots=True)
class EntityFigures:
    """Names found, a class at a time."""

    persons: PrecisionRecall = NOTHING
    organisations: PrecisionRecall = NOTHING
    places: PrecisionRecall = NOTHING

    @property
    def all(self) -> PrecisionRecall:
        """The three classes together, each name counting alike (micro-average)."""
        return self.persons + self.organisations + self.places

    def __add__(self, other: "EntityFigures") -> "EntityFigures":
        return EntityFigures(
            self.persons + other.persons,
            self.organisations + other.organisations,
            self.places + other.places,
        )


def score_entities(gold: Iterable[Gold], predictions: Predictions) -> EntityFigures | None:
    """Score the names of all documents that have some annotated; None where none has.

    A document without a single name in the gold is left out: more likely unread than nameless.
    """
    figures = [
        _document(document, predictions[document.doc_id])
        for document in gold
        if any(entity.is_name for entity in document.entities or ())
    ]
    return sum(figures, start=EntityFigures()) if figures else None


def _document(document: Gold, prediction: Prediction) -> EntityFigures:
    wanted = {(e.span, e.label) for e in document.entities or () if e.is_name}
    found = {
        (mention.span, LABELS[mention.type])
        for mention in prediction.mentions
        if mention.form == "name" and mention.type in LABELS
    }
    return EntityFigures(
        persons=_exact(wanted, found, PERSON),
        organisations=_exact(wanted, found, ORGANISATION),
        places=_exact(wanted, found, PLACE),
    )


def _exact(
    wanted: set[tuple[Span, str]], found: set[tuple[Span, str]], label: str
) -> PrecisionRecall:
    gold = {name for name in wanted if name[1] == label}
    predicted = {name for name in found if name[1] == label}
    n_right = len(gold & predicted)
    return PrecisionRecall(Ratio(n_right, len(predicted)), Ratio(n_right, len(gold)))
