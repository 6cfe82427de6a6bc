"""Versions of the data: `YYYY.M.PATCH`, after the month of the release."""

import re
from collections.abc import Collection
from datetime import date

from warehouse.release.errors import ReleaseError

Version = tuple[int, int, int]
_VERSION = re.compile(r"([1-9]\d{3})\.([1-9]|1[0-2])\.(0|[1-9]\d{0,8})")


def parsed(text: str) -> Version | None:
    """The three numbers of a version, which compare as versions do; None where it is none."""
    match = _VERSION.fullmatch(text)
    return None if match is None else (int(match[1]), int(match[2]), int(match[3]))


def next_version(taken: Collection[str], today: date, wanted: str | None = None) -> str:
    """The version of the next release: the one wanted, else the next free one of this month.

    Raises:
        ReleaseError: the version wanted is none, is taken, or goes backwards; or the last release
            is of a later month than this one.
    """
    versions = [version for text in taken if (version := parsed(text))]
    last = max(versions, default=(0, 0, 0))
    if wanted is None:
        patches = [v[2] for v in versions if v[:2] == (today.year, today.month)]
        version = (today.year, today.month, max(patches, default=-1) + 1)
    else:
        version = parsed(wanted) or _no_version(wanted)
    text = ".".join(map(str, version))
    if version in versions:
        raise ReleaseError(f"Release {text} exists; a release is never written again.")
    if version < last:
        raise ReleaseError(
            f"Version {text} goes backwards: the last release is {'.'.join(map(str, last))}."
        )
    return text


def _no_version(text: str) -> Version:
    raise ReleaseError(f"“{text}” is no version; write YYYY.M.PATCH, such as 2026.11.0.")
