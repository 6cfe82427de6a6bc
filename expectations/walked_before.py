"""What the walk found in each file, kept so that a file that did not change is not read again.

It is the walk's own record, apart from that of what reads the inputs for the tables. Deleting it
costs only time.
"""

import contextlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from warehouse.made import CHECKOUT, code_version
from warehouse.storage import atomic_path

#: A file this young may be written to again with the same times.
_YOUNG_NS = 2 * 10**9
_Facts = list[int]


class Before:
    """The record of the last walk, read along in the order of files, while the next is written."""

    def __init__(self, old: Iterator[str], new: IO[str]) -> None:
        self._old, self._new = old, new
        self._line, self._source, self._facts, self._names = "", "", [0], [""]

    def inputs(self, source: str, path: str, read: Callable[[], Iterable[str]]) -> list[str]:
        """The names of the inputs in a file, from the record where the file is the same.

        Args:
            source: the file's source_id; files are asked for in the order of these.
            path: the file.
            read: finds the names in the file itself.
        """
        facts = _facts(path)
        known = None if facts is None else self._known(source, facts)
        if known is not None:
            self._new.write(self._line)
            return known
        names = list(read())
        if facts is not None and facts == _facts(path):
            self._new.write(json.dumps([source, facts, names]) + "\n")
        return names

    def _known(self, source: str, facts: _Facts) -> list[str] | None:
        while self._source < source:
            try:
                self._line = next(self._old)
                self._source, self._facts, self._names = json.loads(self._line)
            except (StopIteration, ValueError):
                self._old = iter(())
                return None
        return self._names if (self._source, self._facts) == (source, facts) else None


@contextlib.contextmanager
def walked_before(path: Path) -> Iterator[Before]:
    """Open the record, and replace it when the walk is done; one of other code is not used."""
    version = code_version(Path(__file__).parent, CHECKOUT / "warehouse" / "tables")
    with contextlib.ExitStack() as stack:
        new = stack.enter_context(atomic_path(path)).open("w", encoding="utf-8")
        stack.enter_context(new)
        new.write(version + "\n")
        old: Iterator[str] = iter(())
        with contextlib.suppress(OSError):
            old = stack.enter_context(path.open(encoding="utf-8"))
        is_ours = next(old, "") == version + "\n"
        yield Before(old if is_ours else iter(()), new)


def _facts(path: str) -> _Facts | None:
    """What changes when a file is written to; None where that may not show."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    old = time.time_ns() - _YOUNG_NS
    if not stat.S_ISREG(status.st_mode) or max(status.st_mtime_ns, status.st_ctime_ns) >= old:
        return None
    return [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
