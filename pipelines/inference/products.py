"""Products of matrices in which no row depends on the others, nor on how many there are."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: Rows multiplied at a time. A library may add up in another order where there are more or fewer,
#: so that there are always as many; these, and what is made of them, fit a core's own cache.
ROWS = 256


def product(rows: Floats, weights: Floats, at_once: int = ROWS) -> Floats:
    """`rows` times `weights`, so many rows at a time."""
    found = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    whole = len(rows) - len(rows) % at_once
    for start in range(0, whole, at_once):
        own = slice(start, start + at_once)
        np.matmul(rows[own], weights, out=found[own])
    if whole < len(rows):
        last = np.zeros((at_once, rows.shape[1]), dtype=np.float32)
        last[: len(rows) - whole] = rows[whole:]
        found[whole:] = (last @ weights)[: len(rows) - whole]
    return found
