"""The language of a text, by a small offline detector."""

from functools import cache
from typing import Protocol

#: The detector takes names for a language in short texts; below so many letters it is not asked.
_FEWEST_LETTERS = 80
_LEAST_PROBABILITY = 0.8
#: Enough of a text to tell its language.
_MOST_CHARACTERS = 2000


class _Detector(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, None where the text is too short to tell."""
    sample = text[:_MOST_CHARACTERS]
    if sum(c.isalpha() for c in sample) < _FEWEST_LETTERS:
        return None
    language, probability = _detector().classify(sample)
    return language if probability >= _LEAST_PROBABILITY else None


@cache
def _detector() -> _Detector:
    from py3langid.langid import (  # type: ignore[import-untyped]  # it ships without types
        MODEL_FILE,
        LanguageIdentifier,
    )

    detector: _Detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return detector
