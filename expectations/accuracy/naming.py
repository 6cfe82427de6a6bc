"""Whether a mention leads to the right full name, wherever it stands in its article.

This asks more than finding a name and more than putting mentions together: a surname, a role or a
pronoun has to lead to the fullest name that the text gives.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldEntity
from expectations.accuracy.names import is_right_name
from expectations.accuracy.predictions import PredictedMention, Predictions
from expectations.accuracy.ratios import Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import is_same_mention


@dataclass(frozen=True, slots=True)
class NamingFigures:
    """Of the gold's mentions, those given the right full name (names; roles and pronouns).

    `misnamed`: of all of them, given another name.
    """

    names: Ratio
    others: Ratio
    misnamed: Ratio


def score_naming(gold: Iterable[Gold], predictions: Predictions) -> NamingFigures | None:
    """Score the mentions of documents that say who is who in them; None where none does."""
    judged = list(_judge(gold, predictions))
    if not judged:
        return None
    verdicts = [(entity.is_name, _is_right(document, entity, m)) for document, entity, m in judged]
    return NamingFigures(
        names=Ratio.count(is_right is True for is_name, is_right in verdicts if is_name),
        others=Ratio.count(is_right is True for is_name, is_right in verdicts if not is_name),
        misnamed=Ratio.count(is_right is False for _, is_right in verdicts),
    )


def naming_verdicts(gold: Iterable[Gold], predictions: Predictions) -> Iterator[Verdict]:
    """Whether each mention that stands where the gold has one leads to its full name."""
    for document, entity, mention in _judge(gold, predictions):
        is_right = _is_right(document, entity, mention)
        if mention is not None and is_right is not None:
            yield Verdict(mention.confidence, is_right)


def _is_right(document: Gold, entity: GoldEntity, mention: PredictedMention | None) -> bool | None:
    if mention is None or mention.name is None:
        return None
    return is_right_name(mention.name, entity.group or "", document.names)


def _judge(
    gold: Iterable[Gold], predictions: Predictions
) -> Iterator[tuple[Gold, GoldEntity, PredictedMention | None]]:
    """Each mention in the gold, with the predicted one that stands there."""
    for document in gold:
        if not document.names:
            continue
        mentions = predictions[document.doc_id].mentions
        for entity in document.entities or ():
            here = [m for m in mentions if is_same_mention(m.span, [entity.span])]
            exact = [m for m in here if m.span == entity.span]
            yield document, entity, next(iter(exact or here), None)
