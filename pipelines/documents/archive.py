"""ZIP archives: their members, never written to disk, so no name can lead out of the seeds."""

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, cast

from pipelines.documents.compression import bounded
from pipelines.documents.record import BrokenOffError, RefusedError
from warehouse.tables.inputs import allowed_expansion

#: Opens a file or member at its start.
Opener = Callable[[], BinaryIO]


def members(path: str, stream: BinaryIO) -> Iterator[tuple[str, Opener]]:
    """Yield the source_id of each member, and what opens it.

    Folders and, as everywhere in the seeds, dot-files are none. Opening or reading a member raises
    `RefusedError`; one of them may not swell so far that all together swell too far.

    Raises:
        BrokenOffError: the file is no ZIP archive or is damaged.
    """
    n_bytes = stream.seek(0, io.SEEK_END)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BrokenOffError("damaged", f"The archive cannot be read: {error}.") from error
    left = allowed_expansion(n_bytes)
    for member in archive.infolist():
        name = _normalised(member.filename)
        if member.is_dir() or name.startswith(".") or "/." in name:
            continue
        left -= member.file_size
        yield f"{path}!{name}", partial(_opened, archive, member, left >= 0)


def _normalised(name: str) -> str:
    """The member's name as a path below the archive: `../../x` is `x`."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "_"


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, is_small: bool) -> BinaryIO:
    if not is_small:
        why = "The archive swells far beyond its size when it is unpacked; unpack it first."
        raise RefusedError("too_large", why)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RefusedError("unsupported_format", "A link in an archive leads nowhere.")
    try:
        return bounded(cast(BinaryIO, archive.open(member)), member.file_size)
    except RuntimeError as error:  # NotImplementedError, of a method that is not known, among them
        raise RefusedError("unreadable", f"The member cannot be opened: {error}.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BrokenOffError("damaged", f"The member is damaged: {error}.") from error
