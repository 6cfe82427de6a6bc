"""Shares with what they are shares of, and precision and recall made of two of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Ratio:
    """`hits` out of `of` things counted."""

    hits: int = 0
    of: int = 0

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.hits + other.hits, self.of + other.of)

    @classmethod
    def count(cls, outcomes: Iterable[bool]) -> Self:
        """Count how many of the outcomes are true."""
        judged = list(outcomes)
        return cls(sum(judged), len(judged))

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there was nothing to count."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """`precision` is over what was predicted, `recall` over what the gold holds."""

    precision: Ratio = Ratio()
    recall: Ratio = Ratio()

    def __add__(self, other: "PrecisionRecall") -> "PrecisionRecall":
        return PrecisionRecall(self.precision + other.precision, self.recall + other.recall)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic_mean(self.precision.share, self.recall.share)


def harmonic_mean(precision: float, recall: float) -> float:
    """F1 (van Rijsbergen 1979); 0 where both are 0."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


#: Nothing counted yet: where sums start.
ZERO: Final = Ratio()
NOTHING: Final = PrecisionRecall()
