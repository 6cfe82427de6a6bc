"""What was read in each input, written down, so that a file which did not change is not read again.

A file of JSON lines in the order of the inputs: before the lines of each input one with its name
and identity. It is a cache: where it is missing, damaged or of another version, files are read.
"""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from warehouse.storage import Identity, Input, atomic_path

Line = list[Any]
_END = json.dumps({"input": "", "identity": None})
_BUFFER = 2**20


class OldReadings:
    """The readings of the build before; inputs must be asked for in their order."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._lines: Iterator[str] = _lines(path)
        self._written = ""
        self._is_current = self._next() == {"version": version}
        if not self._is_current:
            self._lines = iter(())
        self._ahead = self._next()

    def knows(self, item: Input) -> bool:
        """Whether `of` will give the lines of an input; this may be asked long before its turn."""
        return item.identity is not None and self._identities.get(item.source_id) == item.identity

    @cached_property
    def _identities(self) -> dict[str, Identity]:
        lines = _lines(self._path) if self._is_current else ()
        heads = (line for line in lines if line.startswith('{"input": '))
        try:
            known = [json.loads(line) for line in heads]
        except ValueError:
            return {}
        return {head["input"]: tuple(head["identity"]) for head in known if head["identity"]}

    def of(self, item: Input) -> Iterator[tuple[Line, str]] | None:
        """The lines of an input and how they are written; to be taken before the next's.

        None where the file is not known, or was touched since.
        """
        while self._ahead is not None and self._key() < item.source_id:
            self._ahead = self._next()
        known = self._ahead
        if known is None or self._key() != item.source_id or item.identity is None:
            return None
        return self._taken() if tuple(known["identity"]) == item.identity else None

    def _taken(self) -> Iterator[tuple[Line, str]]:
        while isinstance(line := self._next(), list):
            yield line, self._written
        self._ahead = line

    def _key(self) -> str:
        return self._ahead["input"] if isinstance(self._ahead, dict) else ""

    def _next(self) -> Any:  # noqa: ANN401 (what JSON holds)
        self._written = next(self._lines, "")
        try:
            return json.loads(self._written) if self._written else None
        except ValueError:
            self._lines = iter(())
            return None


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written to its end."""
    if path.exists():
        with path.open("rb") as stream:
            stream.seek(-min(len(_END) + 1, path.stat().st_size), 2)
            is_whole = stream.read() == f"{_END}\n".encode()
        if is_whole:
            with path.open(encoding="utf-8") as lines:
                yield from lines


class NewReadings:
    """The readings of the build under way, which take the old ones' place when it has ended."""

    def __init__(self, path: Path, version: str) -> None:
        self._atomic = atomic_path(path)
        self._stream = self._atomic.__enter__().open("wb", buffering=_BUFFER)
        #: Where the stream stands, and where it stood when the last input was begun.
        self._at = self._began = 0
        self._write({"version": version})

    def __enter__(self) -> "NewReadings":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._put(f"{_END}\n")
        self._stream.close()
        self._atomic.__exit__(kind, error, trace)

    def begin(self, source_id: str, identity: Identity) -> None:
        """Start the lines of the next input."""
        self._began = self._at
        self._write({"input": source_id, "identity": identity})

    def add(self, line: Line) -> None:
        """Write down the next reading of the input."""
        self._write(line)

    def add_again(self, written: str) -> None:
        """Write down the next reading of the input as it was written before."""
        self._put(written)

    def forget(self) -> None:
        """Forget the input whose lines were begun last: it cannot be known again."""
        self._at = self._stream.seek(self._began)
        self._stream.truncate()

    def _write(self, value: object) -> None:
        self._put(json.dumps(value, ensure_ascii=True) + "\n")

    def _put(self, written: str) -> None:
        self._at += self._stream.write(written.encode("ascii"))
