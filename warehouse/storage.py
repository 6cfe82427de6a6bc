"""Where things lie: listing the inputs, atomic writes, one build at a time on one warehouse."""

import contextlib
import io
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Loose files at the top of the seeds folder belong to this batch.
MAIN_BATCH = "main"
_BUFFER = 2**20


class SeedsError(ValueError):
    """The seeds folder is missing, unreadable, or holds no inputs."""


class WarehouseError(ValueError):
    """The warehouse cannot be written, or another build is using it."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file below the seeds folder; `source_id` is its path there, with forward slashes."""

    path: Path
    source_id: str
    batch: str


def list_inputs(seeds: Path) -> list[Input]:
    """List the inputs of a seeds folder, sorted by source_id.

    `README*`, `*.toml` and `registry.*` at its top are no inputs, nor are dot-files anywhere.

    Raises:
        SeedsError: the folder is missing, is a file, or holds no inputs.
    """
    if not seeds.is_dir():
        raise SeedsError(
            f"The seeds folder {seeds} does not exist; make it and put texts there, or name "
            "another one with --seeds or OTR_SEEDS."
        )
    inputs = [_input(path, seeds) for path in _files(seeds)]
    if not inputs:
        raise SeedsError(f"The seeds folder {seeds} holds no inputs; put texts there.")
    return sorted(inputs, key=lambda i: i.source_id)


def leads_outside(path: Path, seeds: Path) -> bool:
    """Whether a path, its links followed, lies outside the seeds folder."""
    # Unlike Path.resolve, it bears links that run in a circle.
    real, inside = os.path.realpath(path), os.path.realpath(seeds)
    return os.path.commonpath((real, inside)) != inside


def identity(path: Path) -> tuple[int, int, int]:
    """What changes when a file is written to or replaced.

    Raises:
        OSError: there is no such file.
    """
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def open_as_it_is(path: Path) -> BinaryIO:
    """Open a file as far as it reaches now: one that grows faster than it is read would not end.

    Raises:
        OSError: it cannot be opened.
    """
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


def _files(seeds: Path) -> Iterator[Path]:
    folders = [seeds]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if folder == seeds:
                raise SeedsError(f"The folder {seeds} cannot be read: {error.strerror}.") from error
            yield folder  # it counts as one input, which cannot be read
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or (folder == seeds and _is_about_inputs(path)):
                continue
            # So does a link to a folder: following it could leave the seeds or never end.
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield path


def _is_about_inputs(path: Path) -> bool:
    name = path.name
    return name.startswith("README") or name.startswith("registry.") or path.suffix == ".toml"


def _input(path: Path, seeds: Path) -> Input:
    # Names that are no UTF-8 reach us with surrogates, which no table may hold.
    parts = [p.encode("utf-8", "replace").decode() for p in path.relative_to(seeds).parts]
    batch = parts[0] if len(parts) > 1 else MAIN_BATCH
    return Input(path, "/".join(parts), batch)


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


@contextlib.contextmanager
def lock(warehouse: Path) -> Iterator[None]:
    """Hold the warehouse for one build; a lock whose process died is free again.

    Raises:
        WarehouseError: the folder cannot be written, or another build holds the lock.
    """
    from filelock import FileLock, Timeout

    path = warehouse / ".lock"
    holder = warehouse / ".lock.holder"
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        guard = FileLock(path, timeout=0)
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
        with atomic_path(holder) as temporary:
            temporary.write_text(f"process {os.getpid()}")
        yield
    finally:
        holder.unlink(missing_ok=True)
        guard.release()
