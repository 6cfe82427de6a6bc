"""Names and other short texts, compared as a reader would."""

import re
import unicodedata
from collections.abc import Iterable

from expectations.accuracy.gold import GoldName

#: A title or role may stand before a full name (“Foreign Minister Ines Caron”), in so many words.
_ADDED_WORDS = 3


def words(text: str | None) -> list[str]:
    """The words of a text in Unicode's NFKC form, case folded, without punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


def is_same_name(predicted: str | None, gold: str | None) -> bool:
    """Whether `predicted` is the full name `gold`.

    It has every word of it, ends with the same word, and adds three words at most. A bare surname
    is no full name.
    """
    mine, theirs = words(predicted), words(gold)
    if not mine or not theirs:
        return False
    return mine == theirs or (
        mine[-1] == theirs[-1]
        and set(theirs) <= set(mine)
        and len(mine) <= len(theirs) + _ADDED_WORDS
    )


def is_right_name(predicted: str | None, gold: str, known: Iterable[GoldName]) -> bool:
    """As `is_same_name`; what is no person may also go by one of its other known names."""
    if is_same_name(predicted, gold):
        return True
    named = next(
        (n for n in known if is_same_name(n.name, gold) or is_same_name(gold, n.name)), None
    )
    if named is None or named.type == "PERSON":
        return False
    return any(words(predicted) == words(alias) for alias in named.aliases)
