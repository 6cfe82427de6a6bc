"""What of two bodies is the same: shingles of words (Broder, 1997), and the facts they give."""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Words a shingle: a run of so many is rarely the same by chance.
SHINGLE = 4
#: Shorter bodies are alike by chance.
LEAST_WORDS = 30
#: Minima in a signature. The share of those that two signatures have in common estimates the
#: Jaccard similarity J of the shingles with a standard error of √(J (1 - J) / 128).
N_MINIMA = 128

#: A word, and what stands behind it.
_WORD_AND_BEHIND = re.compile(r"([^\W_]+)([\W_]*)")
_WORD = re.compile(r"[^\W_]+")
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
    """A body as its words and their overlapping shingles, as 32-bit hashes; which are facts.

    `sorted` are the shingles by value.
    """

    words: Hashes
    shingles: Hashes
    sorted: Hashes
    is_fact: Flags


def wording(body: str) -> Wording | None:
    """Cut a body into words and shingles; None where it is shorter than `LEAST_WORDS`.

    Case, punctuation, and forms of one character (NFKC) do not count.
    """
    found = _WORD_AND_BEHIND.findall(unicodedata.normalize("NFKC", body))
    if len(found) < LEAST_WORDS:
        return None
    is_fact, before = [], ""
    for word, behind in found:
        is_name = word[0].isupper() and before in _INSIDE_A_SENTENCE
        is_fact.append(is_name or not word.isalpha())
        before = behind
    return _wording(_hashes([word for word, _ in found]), np.array(is_fact))


def _hashes(words: Sequence[str]) -> Hashes:
    of_word = {word: zlib.crc32(word.casefold().encode()) for word in set(words)}
    return np.array([of_word[word] for word in words], dtype=np.uint32)


def _wording(words: Hashes, is_fact: Flags) -> Wording:
    shingles = _shingles(words)
    return Wording(words, shingles, np.sort(shingles), is_fact)


def packed(found: Wording) -> bytes:
    """A wording as bytes, to be kept outside of memory."""
    return found.words.tobytes() + found.is_fact.tobytes()


def unpacked(data: bytes) -> Wording:
    """The wording that `packed` made bytes of."""
    n_words = len(data) // (_WORD_BYTES + 1)
    words = np.frombuffer(data, np.uint32, n_words)
    is_fact = np.frombuffer(data, np.bool_, n_words, n_words * _WORD_BYTES)
    return _wording(words, is_fact)


def signature(body: str) -> bytes:
    """The MinHash of a body's shingles, as 128 little-endian 32-bit numbers; empty if it has none.

    Depends on the body alone, so that it can be kept with the article.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", body))
    if len(words) < LEAST_WORDS:
        return b""
    mixed, minima = (
        _mixed(_shingles(_hashes(words))),
        np.full(N_MINIMA, 0xFFFFFFFF, dtype=np.uint32),
    )
    for start in range(0, len(mixed), _AT_A_TIME):
        permuted = mixed[start : start + _AT_A_TIME, None] * _FACTORS + _SUMMANDS
        np.minimum(minima, permuted.min(axis=0), out=minima)
    return minima.astype("<u4").tobytes()


def covered(part: Wording, whole: Wording) -> Flags:
    """Which words of `part` lie in a shingle that `whole` has too."""
    places = np.searchsorted(whole.sorted[:-1], part.shingles)
    is_common = whole.sorted[places] == part.shingles
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


def _mixed(hashes: Hashes) -> Hashes:
    """The finalizer of MurmurHash3 (Appleby), which spreads what is alike."""
    mixed = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return mixed ^ (mixed >> np.uint32(16))


#: The permutations h → a h + b modulo 2³², a odd. NumPy draws the same numbers for ever, for
#: `RandomState` is frozen. datasketch makes the same signatures (scheme `affine32`), but to import
#: it, and SciPy with it, would cost every worker two seconds.
_DRAW = np.random.RandomState(1)
_FACTORS = _DRAW.randint(0, 2**31, N_MINIMA, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_SUMMANDS = _DRAW.randint(0, 2**32, N_MINIMA, dtype=np.uint32)
#: Shingles that are permuted at a time, which bounds the memory.
_AT_A_TIME = 4096
_WORD_BYTES = 4
