"""Whether a release is whole and says the same everywhere, checked from its files alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.release import (
    verify_content,
    verify_files,
    verify_metadata,
    verify_profile,
    verify_standing,
)
from warehouse.release.errors import ReleaseError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of failure: what is checked, and the code that `otr verify` then exits with."""

    name: str
    exit: int
    check: Callable[[Path, Path | None], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found wrong of a kind: nothing, where `faults` is empty."""

    kind: Kind
    faults: tuple[str, ...]


#: In the order in which they are checked; the first that fails gives the exit code.
KINDS = (
    Kind("files", 10, verify_files.missing_and_unknown),
    Kind("checksums", 11, verify_files.checksums),
    Kind("signature", 12, verify_files.signature_holds),
    Kind("index", 13, verify_files.listed),
    Kind("manifest", 14, verify_files.manifest_agrees),
    Kind("schema", 15, verify_content.schema),
    Kind("rows", 16, verify_content.logical_hashes),
    Kind("keys", 17, verify_content.keys),
    Kind("metadata", 18, verify_metadata.agrees),
    Kind("profile", 19, verify_profile.holds),
    Kind("standing", 20, verify_standing.agrees),
)
#: Where a file cannot be read, the checks that need it say so.
_UNREADABLE = (ReleaseError, OSError, duckdb.Error, pa.ArrowException)
#: What a file may lack, or hold in place of what we wrote.
_NOT_OURS = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def verify(release: Path, key: Path | None = None) -> list[Result]:
    """Check a release folder; `key` is the public key that it must be signed with.

    Raises:
        ReleaseError: there is no such folder.
    """
    if not release.is_dir():
        raise ReleaseError(f"{release} is no folder.")
    return [Result(kind, tuple(_faults(kind, release, key))) for kind in KINDS]


def _faults(kind: Kind, release: Path, key: Path | None) -> Iterator[str]:
    try:
        yield from kind.check(release, key)
    except _UNREADABLE as error:
        yield " ".join(str(error).split())
    except _NOT_OURS as error:
        yield f"a file does not hold what a release holds: {type(error).__name__} {error}"
