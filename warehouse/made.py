"""What each step of a build made, and from what, so that it is not made again from the same.

A step's key is the digest of all it depends on. What it made counts as long as its files are those
that were written then. Deleting the record costs only time.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from warehouse.storage import atomic_path, identity, sha256

CHECKOUT = Path(__file__).parents[1]
#: Where what is built lies by default: no code.
_BUILT = CHECKOUT / "warehouse" / "data"


class Made:
    """The record of the steps of a warehouse, kept in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps = _read(path)

    def is_current(self, step: str, key: str) -> bool:
        """Whether the step was done with this key and its files are still there, untouched."""
        known = self._steps.get(step)
        if known is None or known["key"] != key:
            return False
        return all(self._is_same(name, facts) for name, facts in known["files"].items())

    def is_sound(self, step: str, path: Path) -> bool:
        """Whether the step made this file, whatever of, and it is still there, untouched."""
        files = self._steps[step]["files"] if step in self._steps else {}
        facts = files.get(self._name(path))
        return facts is not None and self._is_same(self._name(path), facts)

    def key(self, step: str) -> str | None:
        """What the step was done with; None where it never was."""
        known = self._steps.get(step)
        return None if known is None else str(known["key"])

    def files(self, step: str) -> dict[Path, str | None] | None:
        """The files that the step made, with their SHA-256; None where one is not as it was."""
        files = self._steps[step]["files"] if step in self._steps else {}
        if not files or not all(self._is_same(name, facts) for name, facts in files.items()):
            return None
        return {self._path.parent / name: facts["sha256"] for name, facts in files.items()}

    def digest(self, step: str, path: Path) -> str:
        """The SHA-256 of a file that the step made.

        Raises:
            KeyError: the step made no such file.
        """
        return str(self._steps[step]["files"][self._name(path)]["sha256"])

    def put(self, step: str, key: str, files: Iterable[Path], *, is_last: bool = False) -> None:
        """Record that a step was done.

        Args:
            step: its name.
            key: the digest of all it depends on.
            files: what it made.
            is_last: whether nothing is made of its files, so that none need be read for a digest.
        """
        known = {tuple(f["identity"]): f["sha256"] for f in self._facts()}
        facts = {}
        for path in files:
            # A second name of a file that a step made is the same file.
            found = known.get(tuple(_identity(path)))
            said = found or (None if is_last else sha256(path))
            facts[self._name(path)] = {"identity": _identity(path), "sha256": said}
        self._steps[step] = {"key": key, "files": facts}
        with atomic_path(self._path) as temporary:
            temporary.write_text(json.dumps(self._steps, indent=1), encoding="utf-8")

    def _facts(self) -> Iterator[dict[str, Any]]:
        for step in self._steps.values():
            yield from step["files"].values()

    def _name(self, path: Path) -> str:
        """A file as seen from the record, so that a copied warehouse does not mean the first."""
        return os.path.relpath(path, self._path.parent)

    def _is_same(self, name: str, facts: Mapping[str, Any]) -> bool:
        try:
            if Path(name).is_absolute():  # of a record of an earlier version
                return False
            return bool(_identity(self._path.parent / name) == facts["identity"])
        except OSError:
            return False


def digest(*parts: object) -> str:
    """The SHA-256 of some values, in hex; each must print alike whenever it is alike."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def code_version(*paths: Path) -> str:
    """The digest of some source files of this checkout, and of those below folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and _BUILT not in file.parents:
                digest.update(file.relative_to(CHECKOUT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _identity(path: Path) -> list[int]:
    """Inode, size and time of the last write.

    That of the last change says nothing here: a file changes when it gets a second name, and those
    that a build made are replaced, never written to.
    """
    return list(identity(path)[:3])
