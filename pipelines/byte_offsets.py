"""Offsets in bytes of UTF-8, for readers in languages whose strings are bytes."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

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
#: A character of several bytes.
_WIDE = re.compile(r"[^\x00-\x7f]")


def add_byte_offsets(tables: Iterable[list[dict[str, Any]]], text: str) -> None:
    """Put beside each offset in code points into the text the one in bytes of its UTF-8.

    Args:
        tables: rows of the same columns each.
        text: the article's text.
    """
    in_bytes = _InBytes(text)
    for rows in tables:
        names = [(name, byte_column(name)) for name in _OFFSETS if rows and name in rows[0]]
        for row in rows:
            for name, column in names:
                row[column] = None if row[name] is None else in_bytes.at(row[name])


class _InBytes:
    """Tells how many bytes of UTF-8 stand before a place of a text."""

    def __init__(self, text: str) -> None:
        wide = [(found.end(), len(found[0].encode()) - 1) for found in _WIDE.finditer(text)]
        self._ends = [end for end, _ in wide]
        self._more = [0, *accumulate(more for _, more in wide)]

    def at(self, place: int) -> int:
        """The bytes before a place in code points: one for each, and what the wide ones add."""
        return place + self._more[bisect_right(self._ends, place)]
