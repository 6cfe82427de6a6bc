"""The words of texts as numbers, so that those of one text are found in another."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: So many words in a row are looked for. Fewer are everybody's: “at the end of”.
SHINGLE = 5
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


def words(text: str) -> list[str]:
    """The words of a text: letters and digits, whatever stands between them."""
    return _WORD.findall(text)


def places(text: str) -> list[tuple[int, int]]:
    """Where each of the words begins and ends, in code points."""
    return [match.span() for match in _WORD.finditer(text)]


def shingles(of: Sequence[str]) -> Hashes:
    """A number for each run of `SHINGLE` words, in order; case does not count.

    Equal runs have equal numbers, in one process of Python: they differ from one to the next.
    """
    n = len(of) - SHINGLE + 1
    if n < 1:
        return np.empty(0, np.uint64)
    hashes = np.fromiter((hash(word.casefold()) for word in of), np.int64, len(of)).view(np.uint64)
    found = np.zeros(n, np.uint64)
    for place in range(SHINGLE):
        found = found * _FACTOR + hashes[place : place + n]
    return found
