"""Where things lie: listing the inputs, atomic writes, one build at a time on one warehouse."""

import contextlib
import hashlib
import io
import os
import secrets
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warehouse import locations
from warehouse.locations import Object, Prefix

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Loose files at the top of the seeds folder belong to this batch.
MAIN_BATCH = "main"
_BUFFER = 2**20


class SeedsError(ValueError):
    """The seeds folder is missing, unreadable, or holds no inputs."""


class WarehouseError(ValueError):
    """The warehouse cannot be written, or another build is using it."""


#: Inode, size, times of the last write and of the last change, in nanoseconds; of an object, size
#: and time of the last write.
Identity = tuple[int, int, int, int]
#: A file this young may be written to again with the same times (git's “racy” files); the
#: coarsest clock of a file system in use ticks every two seconds.
_YOUNG_NS = 2 * 10**9
#: So is an object this young: a server's clock may be as far from ours before it refuses to answer.
_YOUNG_OBJECT_NS = 15 * 60 * 10**9


@dataclass(frozen=True, slots=True)
class Input:
    """A file below the seeds folder; `source_id` is its path there, with forward slashes.

    `identity` is that of a file whose bytes cannot change unless its identity does, else None.
    `place` is its path as the system is asked for it, or the object in a bucket.
    """

    place: str | Object
    source_id: str
    batch: str
    is_link: bool = False
    identity: Identity | None = None

    @property
    def path(self) -> Path | Object:
        """Where it lies; made when it is asked for, which takes longer than all the rest."""
        return Path(self.place) if isinstance(self.place, str) else self.place


def list_inputs(seeds: Path | Prefix) -> list[Input]:
    """List the inputs of a seeds folder, or of a place in a bucket, sorted by source_id.

    `README*`, `*.toml` and `registry.*` at its top are no inputs, nor are dot-files anywhere.

    Raises:
        SeedsError: the folder is missing, is a file, or holds no inputs.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    if isinstance(seeds, Path) and not seeds.is_dir():
        raise SeedsError(
            f"The seeds folder {seeds} does not exist; make it and put texts there, or name "
            "another one with --seeds or OTR_SEEDS."
        )
    inputs = list(_inputs(seeds) if isinstance(seeds, Path) else _objects(seeds))
    if not inputs:
        where = "The seeds folder " if isinstance(seeds, Path) else ""
        raise SeedsError(f"{where}{seeds} holds no inputs; put texts there.")
    return sorted(inputs, key=lambda i: i.source_id)


def leads_outside(path: Path, seeds: Path) -> bool:
    """Whether a path, its links followed, lies outside the seeds folder."""
    # Unlike Path.resolve, it bears links that run in a circle.
    real, inside = os.path.realpath(path), os.path.realpath(seeds)
    return os.path.commonpath((real, inside)) != inside


def identity(path: Path | Object) -> Identity:
    """What changes when a file is written to or replaced.

    Raises:
        OSError: there is no such file.
        warehouse.locations.LocationError: the server does not answer, or refuses.
    """
    if isinstance(path, Object):
        return _object_identity(locations.facts(path))
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_as_it_is(path: Path | Object) -> BinaryIO:
    """Open a file as far as it reaches now: one that grows faster than it is read would not end.

    Raises:
        OSError: it cannot be opened.
        warehouse.locations.LocationError: the server does not answer, or refuses; reading may raise
            it too.
    """
    if isinstance(path, Object):
        return locations.open_object(path)
    return io.BufferedReader(_AsItIs(path), _BUFFER)


class _AsItIs(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._end = os.fstat(self._file.fileno()).st_size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            return self._file.seek(self._end + offset)
        return self._file.seek(offset, whence)

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        left = max(0, self._end - self._file.tell())
        return self._file.readinto(view[:left]) or 0

    def close(self) -> None:
        self._file.close()
        super().close()


def _inputs(seeds: Path) -> Iterator[Input]:
    # Links may lead into another file system, and the clock tell another time than this one's.
    old = time.time_ns() - _YOUNG_NS
    folders = [(str(seeds), "")]
    while folders:
        folder, below = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if not below:
                raise SeedsError(f"The folder {seeds} cannot be read: {error.strerror}.") from error
            # It counts as one input, which cannot be read.
            yield _input(folder, below.removesuffix("/"), is_link=False, old=0)
            continue
        for entry in entries:
            if entry.name.startswith(".") or (not below and is_about_inputs(entry.name)):
                continue
            # So does a link to a folder: following it could leave the seeds or never end.
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{below}{entry.name}/"))
            else:
                yield _input(entry.path, below + entry.name, is_link=entry.is_symlink(), old=old)


def _objects(seeds: Prefix) -> Iterator[Input]:
    old = time.time_ns() - _YOUNG_OBJECT_NS
    for name, facts in locations.objects(seeds):
        is_hidden = any(step.startswith(".") for step in name.split("/"))
        if is_hidden or is_about_inputs(name.partition("/")[0]):
            continue
        listed = _object_identity(facts)
        sure = listed if listed[2] < old else None
        yield Input(Object((seeds / name).path, facts), name, batch_of(name), identity=sure)


def _object_identity(facts: locations.Facts) -> Identity:
    size, seconds = facts
    return 0, size, seconds * 10**9, 0


def batch_of(source_id: str) -> str:
    """The batch of an input: the first folder of its path, or that of loose files."""
    first, slash, _ = source_id.partition("/")
    return first if slash else MAIN_BATCH


def is_about_inputs(name: str) -> bool:
    """Whether what has this name at the top of the seeds tells of inputs, and is none."""
    return name.startswith(("README", "registry.")) or name.endswith(".toml")


def _input(path: str, below: str, *, is_link: bool, old: int) -> Input:
    # Names that are no UTF-8 reach us with surrogates, which no table may hold.
    source_id = below.encode("utf-8", "replace").decode()
    sure = None if is_link else _sure_identity(path, old)
    return Input(path, source_id, batch_of(source_id), is_link, sure)


def _sure_identity(path: str, old: int) -> Identity | None:
    try:
        status = os.stat(path)  # noqa: PTH116 (no Path of each of many files)
    except OSError:
        return None
    is_sure = stat.S_ISREG(status.st_mode) and max(status.st_mtime_ns, status.st_ctime_ns) < old
    if not is_sure:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`, which replaces it when the block ends without error.

    A reader sees the old file or the new one, never half of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the halves of files that builds left in a folder when they were killed."""
    for path in folder.glob(".*.tmp"):
        path.unlink()


@contextlib.contextmanager
def lock(warehouse: Path) -> Iterator[None]:
    """Hold the warehouse for one build; a lock whose process died is free again.

    A process that holds it may hold it again.

    Raises:
        WarehouseError: the folder cannot be written, or another build holds the lock.
    """
    from filelock import FileLock, Timeout

    path = warehouse / ".lock"
    holder = warehouse / ".lock.holder"
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        guard = FileLock(path.resolve(), timeout=0, is_singleton=True, thread_local=False)
        is_first = not guard.is_locked
        guard.acquire()
    except Timeout:
        who = holder.read_text() if holder.exists() else "another process"
        raise WarehouseError(
            f"The warehouse {warehouse} is in use by {who}; wait for it to end."
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"The warehouse {warehouse} cannot be written: {error.strerror}. Name a folder that "
            "can be with --warehouse or OTR_WAREHOUSE."
        ) from error
    try:
        if is_first:
            with atomic_path(holder) as temporary:
                temporary.write_text(f"process {os.getpid()}")
        yield
    finally:
        if is_first:
            holder.unlink(missing_ok=True)
        guard.release()
