"""An independent count of the inputs, to hold the rows of `documents` against.

It reads the rules of the seeds folder anew, and shares no code with what reads the inputs, or both
could lose the same one. It shares with them the contract: the limits and the names of columns.
"""

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from expectations.walk_records import inputs_in


def walk(seeds: Path) -> Iterator[str]:
    """The source_id of every file, member of an archive and record below the folder, in order.

    No inputs are `README*`, `*.toml` and `registry.*` at the top, and files and folders whose name
    begins with a dot anywhere. A link to a folder is one input and is not followed.

    A file of records gives one for each, `path#id`, or `path#line` where it has no id; a ZIP
    archive those of each member, `path!member`. One that holds no records, or cannot be read to its
    end, gives one for itself. `~2`, `~3` … stand after one that has come before.
    """
    seen: Counter[str] = Counter()
    for source, path in _files(seeds):
        for name in map(_storable, _inputs(source, path, seeds)):
            number = seen[name] + 1
            while number > 1 and f"{name}~{number}" in seen:
                number += 1
            unique = name if number == 1 else f"{name}~{number}"
            seen[name] = number
            seen[unique] = max(1, seen[unique])
            yield unique


def changed_files(seeds: Path, since_ns: int) -> Iterator[str]:
    """The source_id of every file that came or changed after a moment (nanoseconds, Unix time).

    What is in them now says nothing about what a build read before.
    """
    for source, path in _files(seeds):
        if path.lstat().st_ctime_ns > since_ns:
            yield source


def changed_folders(seeds: Path, since_ns: int) -> Iterator[str]:
    """The path and a slash of every folder in which names came or went after a moment."""
    for folder, _, _ in os.walk(seeds):
        if Path(folder).lstat().st_ctime_ns > since_ns:
            path = Path(folder).relative_to(seeds).as_posix()
            yield "/" if path == "." else f"{_storable(path)}/"


def fingerprint(seeds: Path, since_ns: int) -> str | None:
    """A digest of every file's name and what changes when it is written to.

    None where a file came or changed after a moment (nanoseconds, Unix time): what is in it may
    change again unseen.
    """
    digest = hashlib.sha256()
    for source, path in _files(seeds):
        status = path.lstat()
        if status.st_ctime_ns >= since_ns or not stat.S_ISREG(status.st_mode):
            return None
        facts = (source, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        digest.update(repr(facts).encode())
    return digest.hexdigest()


def walked_table(seeds: Path, since_ns: int) -> pa.Table:
    """The inputs, and what changed since the build listed them (`is_changed`): files and folders.

    A folder ends with a slash, the one of the seeds is just that.
    """
    seen = list(walk(seeds))
    changed = [*changed_files(seeds, since_ns), *changed_folders(seeds, since_ns)]
    is_changed = [False] * len(seen) + [True] * len(changed)
    columns = {"source_id": pa.array([*seen, *changed], pa.string()), "is_changed": is_changed}
    return pa.table(columns)


def _files(seeds: Path) -> list[tuple[str, Path]]:
    found, folders = [], [seeds]
    for folder in folders:
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            found.append(folder)
            continue
        for entry in entries:
            if entry.name.startswith(".") or (folder == seeds and _is_about_seeds(entry.name)):
                continue
            (folders if entry.is_dir() and not entry.is_symlink() else found).append(entry)
    sources = (p.relative_to(seeds).as_posix().encode("utf-8", "replace").decode() for p in found)
    return sorted(zip(sources, found, strict=True))


def _is_about_seeds(name: str) -> bool:
    return name.startswith(("README", "registry.")) or name.endswith(".toml")


def _inputs(source: str, path: Path, seeds: Path) -> Iterator[str]:
    """The inputs in a file, those of the same name not yet told apart."""
    real, inside = os.path.realpath(path), os.path.realpath(seeds)
    if not real.startswith(inside.rstrip(os.sep) + os.sep) or not path.is_file():
        yield source
        return
    try:
        with path.open("rb") as stream:
            yield from (f"{source}{name}" for name in inputs_in(source, stream))
    except OSError:
        yield source


def _storable(name: str) -> str:
    """The name as a table can hold it: control characters blank, halves of surrogates U+FFFD."""
    name = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", re.sub(r"\r\n?", "\n", name))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", name)
