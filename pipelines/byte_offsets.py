"""Offsets in bytes of UTF-8, for readers in languages whose strings are bytes."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from warehouse.tables.spec import byte_column

#: The columns of offsets in code points that rows have, where they have them.
_OFFSETS = (
    "start_char",
    "end_char",
    "uncut_end_char",
    "speaker_start",
    "speaker_end",
    "cue_start",
    "cue_end",
)


def add_byte_offsets(tables: Iterable[list[dict[str, Any]]], text: str) -> None:
    """Put beside each offset in code points into the text the one in bytes of its UTF-8.

    Args:
        tables: rows of the same columns each.
        text: the article's text.
    """
    in_bytes = _bytes_before(text)
    for rows in tables:
        names = [(name, byte_column(name)) for name in _OFFSETS if rows and name in rows[0]]
        for row in rows:
            for name, column in names:
                row[column] = None if row[name] is None else in_bytes[row[name]]


def _bytes_before(text: str) -> Sequence[int]:
    """How many bytes stand before each place of a text, its end included."""
    if text.isascii():
        return range(len(text) + 1)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    lengths = 1 + (codes >= 0x80) + (codes >= 0x800) + (codes >= 0x10000)  # as UTF-8 has it
    return [0, *np.cumsum(lengths).tolist()]
