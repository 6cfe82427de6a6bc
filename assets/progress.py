"""Progress of long work, for people who wait: a bar in a terminal, else a plain line at times."""

import sys
import time

#: Seconds between two lines.
_EVERY = 5.0


class Progress:
    """Counts what was done and says so on standard error."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = self._said = time.monotonic()
        self._done = self._failed = 0

    def add(self, done: int, failed: int) -> None:
        """Count some more, and say how far it is when it is time to."""
        self._done += done
        self._failed += failed
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            self._say(now)

    def _say(self, now: float) -> None:
        rate = self._done / max(now - self._began, 1e-9)
        failed = f", {self._failed} failed" if self._failed else ""
        print(f"{self._what}: {self._done} documents, {rate:.1f} a second{failed}", file=sys.stderr)
