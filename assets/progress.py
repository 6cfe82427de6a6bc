"""Progress of long work, for people who wait: a line kept new, or plain lines now and then."""

import sys
import time

#: Seconds between two lines, and between two looks of the line of a terminal.
_EVERY, _EVERY_IN_TERMINAL = 5.0, 0.5


class Progress:
    """Counts what was done and says so on standard error."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._said = time.monotonic()
        self._done = 0
        self._is_terminal = sys.stderr.isatty()

    def add(self, done: int, rejected: int, share: float) -> None:
        """Count some more, and say how far it is when it is time to.

        Args:
            done: how many more documents are done.
            rejected: how many were refused so far.
            share: how much of all there is to read was read, from 0 to 1.
        """
        self._done += done
        now = time.monotonic()
        if now - self._said >= (_EVERY_IN_TERMINAL if self._is_terminal else _EVERY):
            self._said = now
            self._say(line(self._what, self._done, rejected, share, now - self._began))

    def end(self) -> None:
        """Leave the terminal's line to others."""
        if self._is_terminal:
            self._say("")

    def _say(self, said: str) -> None:
        if self._is_terminal:
            print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)
        else:
            print(said, file=sys.stderr, flush=True)


def line(what: str, done: int, rejected: int, share: float, seconds: float) -> str:
    """What to say after so many seconds."""
    parts = [f"{what}: {done:,} documents, {done / max(seconds, 1e-9):.1f} a second"]
    if 0 < share <= 1:
        parts.append(f"about {_duration(seconds / share - seconds)} left")
    if rejected:
        parts.append(f"{rejected:,} rejected")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
