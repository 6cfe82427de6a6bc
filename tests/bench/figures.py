"""What the benches say: a grid to look at, and the figures that something is asked of."""

from dataclasses import dataclass

from rich.table import Table as Grid


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the whole, and what it is to be at most, or at least."""

    what: str
    figure: float
    limit: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What one bench measured."""

    grid: Grid
    lines: tuple[Line, ...]
