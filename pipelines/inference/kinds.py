"""What is known of kinds of token: a row of some tables each, made once."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipelines.inference.forms import Integers, Numbers

Scalar = TypeVar("Scalar", bound=np.generic)
#: Odd numbers that keep the hashes of a kind apart when they are added up.
_FACTORS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


class Kinds(Generic[Scalar]):
    """Tables of rows by kind of token, which is three of spaCy's hashes of 64 bits.

    A kind is known by one such hash made of the three, and has a number from 1; row 0 of the
    tables is of no token, and all 0.
    """

    def __init__(self, make: Callable[[Numbers], Sequence[NDArray[Scalar]]], most: int) -> None:
        """Start with nothing.

        Args:
            make: makes the rows of some kinds, in each table.
            most: how many kinds are kept; beyond it one starts anew.
        """
        self._make, self._most = make, most
        self._numbers: dict[int, int] = {}
        self.tables: list[NDArray[Scalar]] = []

    def numbers(self, columns: Numbers) -> Integers:
        """The number of each token, given its kind; the tables have their rows until the next."""
        keys: list[int] = (columns * _FACTORS).sum(axis=1, dtype=np.uint64).tolist()
        known = list(map(self._numbers.get, keys))
        if None in known:
            self._learn(keys, columns)
            known = list(map(self._numbers.get, keys))
        return np.array(known, dtype=np.int64)

    def _learn(self, keys: Sequence[int], columns: Numbers) -> None:
        missing = set(keys) - self._numbers.keys()
        if len(self._numbers) + len(missing) > self._most:
            self._numbers, missing = {}, set(keys)
        at = {key: i for i, key in enumerate(keys)}
        new = sorted(missing)
        known = len(self._numbers) + 1
        made = self._make(columns[[at[key] for key in new]])
        if not self.tables:
            self.tables = [np.zeros((1, *rows.shape[1:]), dtype=rows.dtype) for rows in made]
        for number, rows in enumerate(made):
            self.tables[number] = _with_rows(self.tables[number], known, rows)
        self._numbers.update(zip(new, range(known, known + len(new)), strict=True))


def _with_rows(table: NDArray[Scalar], known: int, rows: NDArray[Scalar]) -> NDArray[Scalar]:
    """The table with rows put in behind the `known` first."""
    needed = known + len(rows)
    if needed > len(table):
        # Twice as long as need be: a table that grows with each text is copied with each.
        grown = np.empty((2 * needed, *table.shape[1:]), dtype=table.dtype)
        grown[:known] = table[:known]
        table = grown
    table[known:needed] = rows
    return table
