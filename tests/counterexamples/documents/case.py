"""What a hostile input is: a function that writes it, and what must become of it."""

from collections.abc import Callable
from pathlib import Path

#: The source_id of each row below the case's own folder → its reason, None where it is accepted.
Rows = dict[str, str | None]
#: Writes the inputs into a folder, and tells the rows that they must become.
Write = Callable[[Path], Rows]

CASES: dict[str, Write] = {}


def hostile(write: Write) -> Write:
    """Register a case under its function's name."""
    CASES[write.__name__] = write
    return write


def article(number: int = 0) -> str:
    """A text that no other case has."""
    return f"Mayor Ida Brandt of Tellwick said bridge number {number} “must close” in May.\n"
