"""Offsets in bytes of UTF-8, for readers in languages whose strings are bytes."""

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


def add_byte_offsets(rows: list[dict[str, Any]], text: str) -> None:
    """Put beside each offset in code points into the text the one in bytes of its UTF-8."""
    if not rows:
        return
    names = [(name, byte_column(name)) for name in _OFFSETS if name in rows[0]]
    if text.isascii():
        for row in rows:
            row.update({in_bytes: row[name] for name, in_bytes in names})
        return
    places = list(accumulate((len(c.encode()) for c in text), initial=0))
    for row in rows:
        for name, in_bytes in names:
            row[in_bytes] = None if row[name] is None else places[row[name]]
