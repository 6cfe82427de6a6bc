"""The language of a text, by a small offline detector."""

from functools import cache
from typing import Protocol

from pipelines.articles.lexicon import entries

#: The detector takes names for a language in short texts; below so many letters it is not asked.
_FEWEST_LETTERS = 80
_LEAST_PROBABILITY = 0.8
#: A script of its own tells a language, or what it is not, by so few letters.
_FEWEST_OF_SCRIPT = 20
#: The first code point behind the letters of Latin script.
_LATIN_END = "\u0370"
#: A text of which so many words, and this share, are English function words is English. Others
#: share a few of them (“in”, “was”): no more than one word in six of a text is one.
_FEWEST_ENGLISH, _LEAST_ENGLISH = 20, 0.33
#: Enough of a text to tell its language.
_MOST_CHARACTERS = 2000


class _Detector(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, None where the text is too short to tell."""
    sample = text[:_MOST_CHARACTERS]
    if _is_plainly_english(sample):  # the detector says so too, at some cost
        return "en"
    letters = [c for c in sample if c.isalpha()]
    is_latin = 2 * sum(c < _LATIN_END for c in letters) >= len(letters)
    if len(letters) < (_FEWEST_LETTERS if is_latin else _FEWEST_OF_SCRIPT):
        return None
    language, probability = _detector().classify(sample)
    return language if probability >= _LEAST_PROBABILITY else None


def _is_plainly_english(sample: str) -> bool:
    words = sample.casefold().split()
    n = sum(map(entries("stopwords.txt").__contains__, words))
    return n >= max(_FEWEST_ENGLISH, _LEAST_ENGLISH * len(words))


@cache
def _detector() -> _Detector:
    from py3langid.langid import (  # type: ignore[import-untyped]  # it ships without types
        MODEL_FILE,
        LanguageIdentifier,
    )

    detector: _Detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return detector
