"""What of two bodies is the same: shingles of words (Broder, 1997), and the facts they give."""

import re
import unicodedata
import zlib
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash  # type: ignore[import-untyped]  # ships without types
from numpy.typing import NDArray

#: Words a shingle: a run of so many is rarely the same by chance.
SHINGLE = 4
#: Shorter bodies are alike by chance.
LEAST_WORDS = 30
#: Minima in a signature. The share of those that two signatures have in common estimates the
#: Jaccard similarity J of the shingles with a standard error of √(J (1 - J) / 128).
N_MINIMA = 128

#: A word, and what stands behind it.
_WORD = re.compile(r"([^\W_]+)([\W_]*)")
#: Where these stand before a capital, it tells a name; after a full stop it tells nothing.
_INSIDE_A_SENTENCE = frozenset({" ", ", ", "; "})
#: Multipliers that make of the hashes of a shingle's words its own, by their places.
_PLACES = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F], dtype=np.uint32)

#: More words than this between words that are the same were put in; fewer stand for others.
LONGEST_GAP = 8

Hashes = NDArray[np.uint32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wording:
    """A body as its words and their overlapping shingles, as 32-bit hashes; which are facts."""

    words: Hashes
    shingles: Hashes
    is_fact: Flags


def wording(body: str) -> Wording | None:
    """Cut a body into words and shingles; None where it is shorter than `LEAST_WORDS`.

    Case, punctuation, and forms of one character (NFKC) do not count.
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", body))
    if len(found) < LEAST_WORDS:
        return None
    known: dict[str, int] = {}
    words, is_fact, before = [], [], ""
    for word, behind in found:
        if (hashed := known.get(word)) is None:
            known[word] = hashed = zlib.crc32(word.casefold().encode())
        words.append(hashed)
        is_name = word[0].isupper() and before in _INSIDE_A_SENTENCE
        is_fact.append(is_name or not word.isalpha())
        before = behind
    hashes = np.array(words, dtype=np.uint32)
    return Wording(hashes, _shingles(hashes), np.array(is_fact))


def signature(body: str) -> bytes:
    """The MinHash of a body's shingles, as 128 little-endian 32-bit numbers; empty if it has none.

    Depends on the body alone, so that it can be kept with the article.
    """
    found = wording(body)
    if found is None:
        return b""
    sketch = _BLANK.copy()
    sketch.update_batch(found.shingles.tolist())
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def covered(part: Wording, whole: Wording) -> Flags:
    """Which words of `part` lie in a shingle that `whole` has too."""
    is_common = np.isin(part.shingles, whole.shingles)
    is_covered = np.zeros(len(part.words), dtype=bool)
    for place in range(SHINGLE):
        is_covered[place : place + len(is_common)] |= is_common
    return is_covered


def replaced(is_covered: Flags) -> Flags:
    """Which words stand for others: those in short gaps between words that are covered."""
    places = np.arange(len(is_covered))
    before = np.maximum.accumulate(np.where(is_covered, places, -LONGEST_GAP - 1))
    behind = np.where(is_covered, places, len(places) + LONGEST_GAP)
    behind = np.minimum.accumulate(behind[::-1])[::-1]
    return ~is_covered & (behind - before - 1 <= LONGEST_GAP)


def facts_exchanged(part: Wording, is_covered: Flags, is_replaced: Flags) -> float:
    """Of the facts of `part` that are told in common words, the share that was put in their place.

    0 where there are no facts.
    """
    n_kept, n_exchanged = (part.is_fact & is_covered).sum(), (part.is_fact & is_replaced).sum()
    return float(n_exchanged / max(1, n_kept + n_exchanged))


def _shingles(hashes: Hashes) -> Hashes:
    n_shingles = len(hashes) - SHINGLE + 1
    shingles = np.zeros(n_shingles, dtype=np.uint32)
    for place, multiplier in enumerate(_PLACES):
        shingles = (shingles ^ hashes[place : place + n_shingles]) * multiplier
        shingles ^= shingles >> np.uint32(15)
    return shingles


#: The shingles are hashes already. `affine32` is the library's way of permuting them.
_BLANK = MinHash(num_perm=N_MINIMA, scheme="affine32", hashfunc=int)
