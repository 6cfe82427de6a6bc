"""How a command ends: with its own last line."""

import atexit
import os
import sys


def end_quietly() -> None:
    """Let nothing follow what the command says.

    DuckDB's binding lists on stderr, when the process ends, what it did not free of itself.
    """
    atexit.register(_close)


def _close() -> None:
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
