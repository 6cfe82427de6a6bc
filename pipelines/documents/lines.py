"""The lines of a stream, none of them longer than memory bears."""

import codecs
import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO, cast

from pipelines.documents.record import RefusedError
from warehouse.tables.inputs import MAX_RECORD_BYTES

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 2**16
#: The marks of encodings that cannot be cut at the byte of a newline.
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Lines:
    """An iterator over lines, which remembers the record that the last ones belong to.

    A record starts with `begin` and grows by each line taken. The record that would grow beyond
    what is read is refused as `too_large`; iteration may go on after it. Lines of a file in UTF-16
    come in UTF-8, and `encoding` names it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.encoding: str | None = None
        #: The number, from 1, of the last line taken, and of the record's first.
        self.number = self.first = 0
        self.n_bytes = 0
        self._digest = hashlib.sha256()

    def begin(self) -> None:
        """Start a record with the next line."""
        self.first = self.number + 1
        self.n_bytes = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of the record's lines."""
        return self._digest.hexdigest()

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> bytes:
        room = MAX_RECORD_BYTES - self.n_bytes
        line = self._stream.readline(room + 1)
        if not self.number and (wide := _wide(line)):
            self.encoding = wide[1]
            self._stream = io.BufferedReader(_Utf8(self._stream, *wide, line))
            line = self._stream.readline(room + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.n_bytes += len(line)
        if len(line) > room:
            self._skip(line)
            why = f"Line {self.first} is longer than {MAX_RECORD_BYTES:,} bytes; split the record."
            raise RefusedError("too_large", why)
        self._digest.update(line)
        return line

    def _skip(self, start: bytes) -> None:
        """Go to the next line."""
        while start and not start.endswith(b"\n"):
            start = self._stream.readline(_CHUNK)
            self.n_bytes += len(start)


def _wide(line: bytes) -> tuple[bytes, str] | None:
    """The mark and encoding of a file that is in UTF-16; without a mark its zeros tell."""
    if marked := next((wide for wide in _WIDE if line.startswith(wide[0])), None):
        return marked
    # The first character of a header or of an object is one of ASCII.
    is_zero = [byte == 0 for byte in line[:4]]
    if is_zero in ([False, True, False, True], [True, False, True, False]):
        return b"", "utf-16-be" if is_zero[0] else "utf-16-le"
    return None


class _Utf8(io.RawIOBase):
    """A stream of another encoding in UTF-8, its mark left out; `head` was read from it."""

    def __init__(self, stream: BinaryIO, mark: bytes, encoding: str, head: bytes) -> None:
        self._stream = cast(io.BufferedReader, stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._waiting = self._decoder.decode(head[len(mark) :]).encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        while not self._waiting:
            data = self._stream.read1(_CHUNK)
            self._waiting = self._decoder.decode(data, final=not data).encode()
            if not data:
                break
        n = min(len(view), len(self._waiting))
        view[:n], self._waiting = self._waiting[:n], self._waiting[n:]
        return n
