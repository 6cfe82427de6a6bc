"""The clean body of an article, against what readers kept of its page.

Whole bodies are compared by their 4-word shingles (Broder 1997), a document at a time, as the
article extraction benchmark of Zyte does; bodies of which only samples are known, by whether they
hold the texts that belong and none that does not, as trafilatura's evaluation does (Barbaresi
2021).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expectations.accuracy.gold import Gold
from expectations.accuracy.names import words
from expectations.accuracy.predictions import Predictions
from expectations.accuracy.ratios import ZERO, Ratio, harmonic_mean

_SHINGLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """Means over the `n_bodies` documents whose whole body is known, and sampled parts right."""

    precision: float
    recall: float
    f1: float
    n_bodies: int
    included: Ratio
    excluded: Ratio


def score_bodies(gold: Iterable[Gold], predictions: Predictions) -> BodyFigures | None:
    """Score the bodies of all documents; None where the gold knows of none."""
    compared = []
    included = excluded = ZERO
    for document in gold:
        if document.metadata is None:
            continue
        article = predictions[document.doc_id].article
        body = words(article.body if article else "")
        if document.metadata.body:
            compared.append(_compare(words(document.metadata.body), body))
        included += Ratio.count(_holds(body, document.metadata.body_includes))
        excluded += Ratio.count(not held for held in _holds(body, document.metadata.body_excludes))
    if not (compared or included.of or excluded.of):
        return None
    return BodyFigures(
        precision=_mean([precision for precision, _ in compared]),
        recall=_mean([recall for _, recall in compared]),
        f1=_mean([harmonic_mean(*both) for both in compared]),
        n_bodies=len(compared),
        included=included,
        excluded=excluded,
    )


def _holds(body: list[str], parts: Iterable[str]) -> list[bool]:
    text = " ".join(body)
    return [" ".join(words(part)) in text for part in parts]


def _compare(wanted: list[str], found: list[str]) -> tuple[float, float]:
    """Precision and recall of the shingles, each as often as it occurs."""
    gold, predicted = _shingles(wanted), _shingles(found)
    n_shared = (gold & predicted).total()
    return n_shared / max(1, predicted.total()), n_shared / max(1, gold.total())


def _shingles(text: list[str]) -> Counter[tuple[str, ...]]:
    """A text shorter than a shingle is one of its own; none has none."""
    if not text:
        return Counter()
    starts = range(max(1, len(text) - _SHINGLE_WORDS + 1))
    return Counter(tuple(text[start : start + _SHINGLE_WORDS]) for start in starts)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
