"""Columns of strings by number: which are alike, and where they lie among others."""

from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Codes = NDArray[np.int32]
#: A column, in one piece or several.
Strings = Any


def in_one(strings: Strings) -> pa.StringArray:
    """A column in one piece."""
    found: pa.StringArray = strings
    if isinstance(strings, pa.ChunkedArray):
        found = cast(pa.StringArray, strings.combine_chunks())
    return found


def listed(strings: Strings) -> list[str]:
    """The strings of a column without nulls."""
    found: list[str] = strings.to_pylist()
    return found


def encoded(strings: Strings) -> tuple[pa.StringArray, Codes]:
    """The strings, each once, and of each row the number of its own."""
    found = strings.dictionary_encode()
    return found.dictionary, found.indices.to_numpy()


def places(strings: Strings, among: Strings) -> Numbers:
    """Where each string lies among others, or -1."""
    found: Any = pc.index_in(strings, in_one(among))
    numbers: Numbers = found.fill_null(-1).to_numpy().astype(np.int64)
    return numbers


def are_in(strings: Strings, among: Strings) -> NDArray[np.bool_]:
    """Whether each string is among others."""
    found: Any = pc.is_in(strings, in_one(among))
    flags: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return flags


def start_with(strings: Strings, *beginnings: str) -> NDArray[np.bool_]:
    """Whether each string begins in one of these ways."""
    found: list[Any] = [pc.starts_with(strings, one) for one in beginnings]
    flags: NDArray[np.bool_] = np.logical_or.reduce(
        [one.to_numpy(zero_copy_only=False) for one in found]
    )
    return flags
