"""Offsets in code points get their twins in bytes of UTF-8."""

import pytest

from pipelines.byte_offsets import add_byte_offsets


@pytest.mark.parametrize(
    "text",
    [
        "Plain words only.",
        "“Zoë paid 3 € at Lund’s café,” she said.",
        "Tokyo 東京, a boat \U0001f6a2 and more.",
        "é",
        "",
    ],
)
def test_every_place_counts_the_bytes_before_it(text: str) -> None:
    rows = [{"start_char": place, "end_char": None} for place in range(len(text) + 1)]
    add_byte_offsets([rows, []], text)
    assert [row["start_byte"] for row in rows] == [
        len(text[:place].encode()) for place in range(len(text) + 1)
    ]
    assert all(row["end_byte"] is None for row in rows)
