"""What a counterexample is: a rule, and how to break it and no other."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.counterexamples.dataset import Dataset

Break = Callable[[Dataset], object]


@dataclass(frozen=True)
class Case:
    """`break_` spoils a valid dataset so that the rule finds `n_failed` rows at fault."""

    rule: str
    break_: Break
    n_failed: int = 1


def setting(table: str, label: str, **changes: object) -> Break:
    """Change some values of one row."""
    return lambda ds: ds[table, label].update(changes)


def copying(table: str, label: str, **changes: object) -> Break:
    """Append a copy of a row with some values changed."""
    return lambda ds: ds.copy(table, label, "copy", **changes)
