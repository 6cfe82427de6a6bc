"""What is known of kinds of token: a row of a table each, made once."""

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipelines.inference.forms import Numbers

Scalar = TypeVar("Scalar", bound=np.generic)
#: Odd numbers that keep the hashes of a kind apart when they are added up.
_FACTORS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


class Kinds(Generic[Scalar]):
    """A table of rows by kind of token, which is three of spaCy's hashes of 64 bits.

    A kind is known by one such hash made of the three.
    """

    def __init__(
        self, make: Callable[[Numbers], NDArray[Scalar]], none: NDArray[Scalar], most: int
    ) -> None:
        """Start with nothing.

        Args:
            make: makes the rows of some kinds.
            none: a table of such rows without a row.
            most: how many are kept; beyond it one starts anew.
        """
        self._make, self._most = make, most
        self._numbers: dict[int, int] = {}
        self._table = none

    def rows(self, columns: Numbers) -> NDArray[Scalar]:
        """The row of each token, given its kind."""
        keys: list[int] = (columns * _FACTORS).sum(axis=1, dtype=np.uint64).tolist()
        missing = set(keys) - self._numbers.keys()
        if len(self._numbers) + len(missing) > self._most:
            self._numbers, missing = {}, set(keys)
        if missing:
            at = {key: i for i, key in enumerate(keys)}
            self._add(sorted(missing), columns[[at[key] for key in sorted(missing)]])
        return self._table[list(map(self._numbers.__getitem__, keys))]

    def _add(self, keys: list[int], columns: Numbers) -> None:
        rows, known = self._make(columns), len(self._numbers)
        needed = known + len(rows)
        if needed > len(self._table):
            # Twice as long as need be: a table that grows with each text is copied with each.
            grown = np.empty((2 * needed, rows.shape[1]), dtype=rows.dtype)
            grown[:known] = self._table[:known]
            self._table = grown
        self._table[known:needed] = rows
        self._numbers.update(zip(keys, range(known, needed), strict=True))
