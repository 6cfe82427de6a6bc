"""Places in an S3 bucket, `s3://BUCKET/PREFIX`, where seeds and warehouse may lie.

Keys, region and server come from the variables and files that all programs for S3 read:
`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_PROFILE`, `AWS_REGION`, and `AWS_ENDPOINT_URL`
for a server that is not Amazon's. Objects are read as streams.
"""

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from pyarrow import NativeFile, fs

_SCHEME = "s3://"
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
#: Seconds to reach the server, and to wait for its next byte; how often a request is tried.
_CONNECT, _REQUEST, _TRIES = 5.0, 30.0, 4
#: What is asked for at a time: a request costs as much as this many bytes or more.
_BUFFER = 2**20

#: Size, and second of the last write (Unix time): what changes when an object is replaced, but for
#: two writes of as many bytes in one second.
Facts = tuple[int, int]


class LocationError(Exception):
    """A place in a bucket cannot be used now; the message says why, and what to look at.

    Neither an `OSError` nor a `ValueError`: no input is at fault, and none may be refused for it.
    """


@dataclass(frozen=True, slots=True)
class Prefix:
    """All objects whose names begin with a bucket and a path, as `news/seeds`."""

    root: str

    def __str__(self) -> str:
        return f"{_SCHEME}{self.root}"

    def __truediv__(self, name: str) -> "Object":
        return Object(f"{self.root}/{name}")

    def below(self, name: str) -> "Prefix":
        """The objects whose names go on with a folder's."""
        return Prefix(f"{self.root}/{name}")


@dataclass(frozen=True, slots=True)
class Object:
    """One object, by its bucket and name.

    `listed` is what a listing told of it; `data` its bytes then, where they were fetched.
    """

    path: str
    listed: Facts | None = None
    data: bytes | None = None

    def __str__(self) -> str:
        return f"{_SCHEME}{self.path}"


def is_url(place: str) -> bool:
    """Whether a place is no folder."""
    return "://" in place


def prefix(url: str) -> Prefix:
    """The place that a URL names.

    Raises:
        LocationError: it is no `s3://BUCKET/PREFIX`.
    """
    root = url.removeprefix(_SCHEME).strip("/")
    if not url.startswith(_SCHEME) or not root or "//" in root:
        raise LocationError(
            f"“{url}” is no place to read or write; name a folder, or s3://BUCKET/PREFIX."
        )
    return Prefix(root)


def objects(place: Prefix) -> Iterator[tuple[str, Facts]]:
    """The name of every object below a prefix, and what is to be told of it.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    from pyarrow import fs  # here, for what it takes to import

    # Not told to allow for a missing prefix, for it would allow for a missing bucket, too.
    selector = fs.FileSelector(place.root, recursive=True)
    try:
        with explained(place):
            found = filesystem().get_file_info(selector)
    except FileNotFoundError:
        return
    for info in found:
        if info.is_file:
            yield info.path.removeprefix(f"{place.root}/"), _facts(info)


def facts(found: Object) -> Facts:
    """What is to be told of an object now.

    Raises:
        FileNotFoundError: there is no such object.
        LocationError: the server does not answer, or refuses.
    """
    if found.data is not None and found.listed is not None:
        return found.listed
    with explained(found):
        info = filesystem().get_file_info(found.path)
    if not info.is_file:
        raise FileNotFoundError(errno.ENOENT, "It was removed", str(found))
    return _facts(info)


def open_object(found: Object) -> BinaryIO:
    """Open an object for reading and seeking.

    Raises:
        FileNotFoundError: there is no such object.
        LocationError: the server does not answer, or refuses; reading may raise it too.
    """
    if found.data is not None:
        return io.BytesIO(found.data)
    return io.BufferedReader(_Reading(found), _BUFFER)


def fetched(found: Object) -> Object:
    """An object that was listed, with its bytes; without, where it is no more what it was then.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    try:
        with explained(found), filesystem().open_input_file(found.path) as stream:
            data = stream.read()
        is_same = (len(data), facts(found)) == (found.listed and found.listed[0], found.listed)
    except FileNotFoundError:
        is_same = False
    return replace(found, data=data) if is_same else found


def get(found: Object) -> bytes | None:
    """A small object whole; None where there is none.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    try:
        with open_object(found) as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def put(path: Path, target: Object) -> None:
    """Store a file as an object; readers see all of it or nothing.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    with path.open("rb") as source, _written(target) as stream:
        shutil.copyfileobj(source, stream, 8 * _BUFFER)


def put_bytes(data: bytes, target: Object) -> None:
    """Store some bytes as an object, by one request.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    with _written(target) as stream:
        stream.write(data)


def remove(names: Iterable[str], place: Prefix) -> None:
    """Remove objects by their names below a prefix; one that is gone already is no error.

    Raises:
        LocationError: the server does not answer, or refuses.
    """
    for name in names:
        with explained(place), suppress(FileNotFoundError):
            filesystem().delete_file((place / name).path)


@contextmanager
def _written(target: Object) -> Iterator[BinaryIO]:
    with explained(target), filesystem().open_output_stream(target.path) as stream:
        yield cast(BinaryIO, stream)


@lru_cache(maxsize=1)
def filesystem() -> "fs.S3FileSystem":
    """The client, which gives up after a while; made once in each process."""
    from pyarrow import fs

    environment = os.environ
    server = next((environment[name] for name in _ENDPOINTS if environment.get(name)), None)
    # The stubs do not know all options.
    client: Callable[..., fs.S3FileSystem] = fs.S3FileSystem
    return client(
        endpoint_override=server,
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"),
        connect_timeout=_CONNECT,
        request_timeout=_REQUEST,
        allow_delayed_open=True,  # a small object is one request
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_TRIES),
    )


#: What the server or the client says, in its own words, and what it means.
_CAUSES = {
    "NO_SUCH_BUCKET": "there is no such bucket",
    "ACCESS_DENIED": "access is denied; check the keys (AWS_ACCESS_KEY_ID …) and what they may do",
    "INVALID_ACCESS_KEY_ID": "the server does not know the key; check AWS_ACCESS_KEY_ID",
    "SIGNATURE_DOES_NOT_MATCH": "the server does not take the keys; check AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY",
    "NETWORK_CONNECTION": "the server cannot be reached; check AWS_ENDPOINT_URL and the network",
    "REQUEST_TIMEOUT": "the server does not answer in time",
    "HTTP status 301": "the bucket lies in another region; check AWS_REGION",
}


@contextmanager
def explained(what: Prefix | Object) -> Iterator[None]:
    """Tell what a server's error means.

    Raises:
        FileNotFoundError: there is no such object.
        LocationError: anything else that the server or the network did.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, "There is no such object", str(what)) from error
    except OSError as error:
        said = str(error)
        # Denied access to one object stops the build too: keys that ran out would refuse them all.
        cause = next((means for code, means in _CAUSES.items() if code in said), said)
        raise LocationError(f"{what} cannot be used: {cause}.") from error


def _facts(info: "fs.FileInfo") -> Facts:
    # Some servers tell fractions of the second in listings only.
    return info.size, (info.mtime_ns or 0) // 10**9


class _Reading(io.RawIOBase):
    """An object that is asked for only when the first byte of it is."""

    def __init__(self, found: Object) -> None:
        self._object = found

    @cached_property
    def _file(self) -> "NativeFile":
        with explained(self._object):
            return filesystem().open_input_file(self._object.path)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        with explained(self._object):
            data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed and "_file" in self.__dict__:
            self._file.close()
        super().close()
