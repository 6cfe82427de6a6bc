"""The text as the grammar reads it: words, numbers and marks, with their classes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipelines.dates.words import Classes, word_classes

# A year glued to the clock time after it (“202005:00”) is cut off first.
_TOKEN = re.compile(r"(?:19|20)\d\d(?=[0-2]\d:[0-5]\d)|[^\W\d_]+|\d+|[^\w\s]|_")
_QUOTES = str.maketrans("’‘‛ʼ–—−‑", "''''----")
_NO_CLASSES: Final[Classes] = {}
#: Numbers longer than this are never read as dates (nor converted, which costs quadratic time).
_MOST_DIGITS = 8


@dataclass(slots=True)
class Token:
    """A word, a run of digits or a mark, at half-open code-point offsets into the text.

    `word` is its lower case with typographic apostrophes and dashes made plain; `number` the value
    of a run of digits, -1 of anything else; `is_apart` that white space stands before it.
    """

    start: int
    end: int
    word: str
    classes: Classes
    number: int
    is_capital: bool
    is_all_capital: bool
    is_apart: bool

    def value(self, name: str) -> int | None:
        """The token's value in a class of whole numbers, None where it is not in the class."""
        value = self.classes.get(name)
        return None if value is None else int(value)


#: Stands before the first and after the last token.
NOTHING: Final = Token(-1, -1, "", _NO_CLASSES, -1, False, False, True)
#: No rule looks further than this past the last token it has read.
LOOKAHEAD: Final = 8


def tokenize(text: str, stretches: Iterable[tuple[int, int]]) -> list[Token]:
    """Cut stretches of the text into tokens, with `NOTHING` where an expression cannot go on.

    Such places are the ends of the stretches and blank lines. The list starts with one `NOTHING`
    and ends with enough of them that rules need not ask where the end is.
    """
    tokens = [NOTHING]
    for start, end in stretches:
        tokens += _tokens(text, start, end)
        tokens.append(NOTHING)
    return tokens + [NOTHING] * LOOKAHEAD


def _tokens(text: str, start: int, end: int) -> list[Token]:
    tokens, last = [], start
    for match in _TOKEN.finditer(text, start, end):
        at, upto = match.span()
        if at > last + 1 and text.count("\n", last, at) > 1:
            tokens.append(NOTHING)
        tokens.append(Token(at, upto, *_read(match[0]), at != last))
        last = upto
    return tokens


@lru_cache(maxsize=100_000)
def _read(surface: str) -> tuple[str, Classes, int, bool, bool]:
    """What a token tells by its letters alone, in the order of `Token`."""
    word, number = surface.lower(), -1
    if not surface.isascii():
        word = word.translate(_QUOTES)
    elif len(surface) <= _MOST_DIGITS and surface.isdecimal():
        number = int(surface)
    capital = surface[0].isupper()
    known = word_classes().get(word, _NO_CLASSES)
    return word, known, number, capital, capital and surface.isupper()
