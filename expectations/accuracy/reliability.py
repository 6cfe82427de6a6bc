"""Reliability of `confidence`: of rows at 0.9, are nine in ten right?

The table behind a reliability diagram (Murphy and Winkler 1977): rows in ten bins of confidence,
with the share that is right.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.ratios import Ratio

_N_BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row's confidence (0 to 1) and whether what it says of the speaker is right."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows with `lower` <= confidence < `upper`; the last bin has those at 1 too."""

    lower: float
    upper: float
    right: Ratio


def bins(verdicts: Iterable[Verdict]) -> tuple[Bin, ...]:
    """All ten bins in order, empty ones included."""
    outcomes: list[list[bool]] = [[] for _ in range(_N_BINS)]
    for verdict in verdicts:
        # In whole hundredths, as confidence is given: 0.7 * 10 may fall short of 7.
        number = round(verdict.confidence * 100) * _N_BINS // 100
        outcomes[min(number, _N_BINS - 1)].append(verdict.is_right)
    return tuple(
        Bin(i / _N_BINS, (i + 1) / _N_BINS, Ratio.count(outcome))
        for i, outcome in enumerate(outcomes)
    )
