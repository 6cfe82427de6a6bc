"""Compressed streams, read as they come and no further than a bomb's fuse."""

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

from backports import zstd

from pipelines.documents.record import BrokenOffError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: The suffixes of compressed files, and what opens them.
_OPENERS: Mapping[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)),
    ".bz2": lambda stream: cast(BinaryIO, bz2.BZ2File(stream)),
    ".zst": lambda stream: cast(BinaryIO, zstd.ZstdFile(stream)),
}
COMPRESSED = tuple(_OPENERS)


def decompress(stream: BinaryIO, suffix: str, limit: int) -> BinaryIO:
    """Open a compressed stream.

    Reading raises `BrokenOffError` where the data are damaged or end early, and beyond `limit`.
    """
    return bounded(_OPENERS[suffix](stream), limit)


def bounded(stream: BinaryIO, limit: int) -> BinaryIO:
    """A stream whose errors are those of its data, and which refuses to go beyond `limit` bytes."""
    return io.BufferedReader(_Bounded(stream, limit))


class _Bounded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = cast(io.BufferedReader, stream)
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        try:
            # `read1` loses nothing that came before an error. At the limit one more byte tells a
            # bomb from a stream that ends there.
            data = self._stream.read1(min(len(view), self._left) or 1)
        except (EOFError, zlib.error, zstd.ZstdError, zipfile.BadZipFile, ValueError) as error:
            raise _damaged(error) from error
        except OSError as error:
            if error.errno is not None:  # the disk, not the data
                raise
            raise _damaged(error) from error
        if data and not self._left:
            why = "The data swell far beyond their size when they are unpacked; unpack them first."
            raise BrokenOffError("too_large", why)
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)


def _damaged(error: Exception) -> BrokenOffError:
    return BrokenOffError("damaged", f"The compressed data are damaged or break off: {error}.")
