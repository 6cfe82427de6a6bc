"""Places in a text, compared.

A span is a pair of half-open offsets in code points. Quotes are compared by the letters and digits
that they cover, so that a mark, a blank or a full stop at an edge makes no difference.
"""

import re
from collections.abc import Iterable
from itertools import chain, compress

Span = tuple[int, int]
Letters = frozenset[int]

# A mark opened and closed alike, with at least two characters and no other mark of its kind
# between; a single mark before a letter is an apostrophe. Possessive and bounded, so that a text
# of opening marks costs no more than its length times the bound.
_QUOTATION = re.compile(
    r"“[^”]{2,2000}+” | \"[^\"“”]{2,2000}+\" | ‘[^‘’]{2,400}+’(?!\w)", re.VERBOSE
)


def letters(text: str, spans: Iterable[Span]) -> Letters:
    """Offsets of the letters and digits that the spans cover."""
    return frozenset(
        chain.from_iterable(
            compress(range(start, end), map(str.isalnum, text[start:end])) for start, end in spans
        )
    )


def quotations(text: str) -> list[Span]:
    """What stands inside quotation marks in `text`, without the marks, in order."""
    return [(found.start() + 1, found.end() - 1) for found in _QUOTATION.finditer(text)]


def jaccard(a: Letters, b: Letters) -> float:
    """Letters in both over letters in either (intersection over union); 0 where neither has any."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share, 0 or less where they are apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def is_same_mention(predicted: Span | None, gold: Iterable[Span]) -> bool:
    """Whether at least half of the predicted mention lies inside one span of the gold mention.

    So “Ines Caron” is found by “Caron”, and “Caron” by a mention that is at most twice as long.
    """
    if predicted is None:
        return False
    shared = max((overlap(predicted, span) for span in gold), default=0)
    return shared > 0 and 2 * shared >= predicted[1] - predicted[0]
