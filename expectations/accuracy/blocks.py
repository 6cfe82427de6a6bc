"""The role of each stretch of text, by the letters that it covers.

Blocks are compared letter by letter, so that where exactly one ends makes no difference.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.gold import Gold
from expectations.accuracy.predictions import Prediction, Predictions
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio
from expectations.accuracy.spans import letters


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """Letters whose block has the right kind, of all; and by kind."""

    right: Ratio
    kinds: dict[str, PrecisionRecall]


def score_blocks(gold: Iterable[Gold], predictions: Predictions) -> BlockFigures | None:
    """Score the blocks of all documents whose text is the gold's; None where none has any."""
    right = ZERO
    kinds: dict[str, PrecisionRecall] = {}
    for document in gold:
        prediction = predictions[document.doc_id]
        article = prediction.article
        if document.blocks is None or (article is not None and article.text != document.text):
            continue
        pairs = _pairs(document, prediction)
        wanted, found = Counter(kind for kind, _ in pairs), Counter(kind for _, kind in pairs)
        both = Counter(kind for kind, given in pairs if kind == given)
        right += Ratio(both.total(), wanted.total())
        for kind in wanted | found:
            if kind is not None:
                kinds[kind] = kinds.get(kind, NOTHING) + PrecisionRecall(
                    Ratio(both[kind], found[kind]), Ratio(both[kind], wanted[kind])
                )
    return BlockFigures(right, dict(sorted(kinds.items()))) if right.of else None


def _pairs(document: Gold, prediction: Prediction) -> list[tuple[str, str | None]]:
    """The kind that each marked letter should have, and that it has."""
    given = {
        letter: block.kind
        for block in prediction.blocks
        for letter in letters(document.text, [block.span])
    }
    return [
        (block.kind, given.get(letter))
        for block in document.blocks or ()
        for letter in letters(document.text, [block.span])
    ]
