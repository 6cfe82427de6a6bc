"""Ids made of content: they stay when rows are added around them or offsets move."""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

#: What is neither letter nor digit.
_OTHER = re.compile(r"[\W_]+")


def digest_id(letter: str, *parts: str) -> str:
    """A letter and the first 16 hex digits of the SHA-256 of the parts, joined by newlines."""
    return letter + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def article_id(url: str | None, source_id: str) -> str:
    """The id of an article: of its address, where it has one, else of its input."""
    return digest_id("a", url or source_id)


def normalised(text: str) -> str:
    """A text for comparing words: NFKC, case folded, only letters and digits kept apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_OTHER.sub(" ", folded).split())


class Numbering:
    """Ids for things that may come several times: the n-th of the same content gets its own.

    One per article and kind of thing; ids must be asked for in the order of the text.
    """

    def __init__(self, letter: str, article: str) -> None:
        self._letter, self._article = letter, article
        self._seen: Counter[tuple[str, ...]] = Counter()

    def next(self, *content: str) -> str:
        """The id of the next thing with this content."""
        self._seen[content] += 1
        return digest_id(self._letter, self._article, *content, str(self._seen[content]))


class SentenceFinder:
    """Finds the sentence that a place of an article lies in; ids hang on a sentence's text."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self._text, self._sentences = text, sentences
        self._starts = [start for start, _ in sentences]

    def at(self, offset: int) -> str:
        """The text of the sentence around a code-point offset, its white space folded."""
        if not self._sentences:
            return ""
        start, end = self._sentences[max(0, bisect_right(self._starts, offset) - 1)]
        return " ".join(self._text[start:end].split())
