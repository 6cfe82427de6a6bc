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
from functools import partial
from pathlib import Path

import pyarrow as pa

from expectations.walk_objects import all_objects, input_names
from expectations.walk_records import inputs_in
from expectations.walked_before import walked_before
from warehouse.locations import Prefix, open_object

#: A bucket's clock may be this far from ours, in seconds, before its server refuses to answer.
_CLOCKS_APART_S = 15 * 60


def walk(seeds: Path | Prefix, record: Path | None = None) -> Iterator[str]:
    """The source_id of every file, member of an archive and record below the folder, in order.

    Of a place in a bucket it is the objects, their names cut at slashes.

    No inputs are `README*`, `*.toml` and `registry.*` at the top, and files and folders whose name
    begins with a dot anywhere. A link to a folder is one input and is not followed.

    A file of records gives one for each, `path#id`, or `path#line` where it has no id; a ZIP
    archive those of each member, `path!member`. One that holds no records, or cannot be read to its
    end, gives one for itself. `~2`, `~3` … stand after one that has come before.

    Args:
        seeds: the folder.
        record: where the walk keeps what it finds in each file, so that one that did not change is
            not read again.
    """
    seen: Counter[str] = Counter()
    for name in map(_storable, _all_inputs(seeds, record)):
        number = seen[name] + 1
        while number > 1 and f"{name}~{number}" in seen:
            number += 1
        unique = name if number == 1 else f"{name}~{number}"
        seen[name] = number
        seen[unique] = max(1, seen[unique])
        yield unique


def _inputs_of_object(source: str, seeds: Prefix) -> Iterator[str]:
    try:
        with open_object(seeds / source) as stream:
            yield from (f"{source}{name}" for name in inputs_in(source, stream))
    except FileNotFoundError:  # gone since it was listed
        yield source


def fingerprint(seeds: Path | Prefix, since_ns: int) -> str | None:
    """A digest of every file's name and what changes when it is written to.

    None where a file came or changed after a moment (nanoseconds, Unix time): what is in it may
    change again unseen.
    """
    digest = hashlib.sha256()
    if not isinstance(seeds, Path):
        objects = all_objects(seeds)
        is_young = any((second + _CLOCKS_APART_S) * 10**9 >= since_ns for _, _, second in objects)
        return None if is_young else hashlib.sha256(repr(objects).encode()).hexdigest()
    for source, path in _files(seeds):
        status = os.lstat(path)
        if status.st_ctime_ns >= since_ns or not stat.S_ISREG(status.st_mode):
            return None
        facts = (source, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        digest.update(repr(facts).encode())
    return digest.hexdigest()


def walked_table(seeds: Path | Prefix, since_ns: int, record: Path | None = None) -> pa.Table:
    """The inputs that are there now; and the files and folders, and which of them changed.

    `kind` is `input`, `file` or `folder`; a folder's `source_id` ends with a slash, and the one of
    the seeds is just that. `is_changed` says of a file whether it came or was written to since a
    moment (nanoseconds, Unix time), for what is in it now says nothing about what a build read
    before; of a folder, whether names came or went in it; of an input nothing. All files count,
    those that are no inputs too. `record` is as for `walk`.

    A bucket does not tell when a name went from it: an object that was removed while a build ran
    fails the check, and the next build is right again.
    """
    rows = [(source, "input", False) for source in walk(seeds, record)]
    rows += (
        _files_and_folders(seeds, since_ns)
        if isinstance(seeds, Path)
        else [
            ("/", "folder", False),
            *((name, "file", (s + 1) * 10**9 > since_ns) for name, _, s in all_objects(seeds)),
        ]
    )
    sources, kinds, changed = zip(*rows, strict=True)
    columns = {"source_id": pa.array(sources, pa.string()), "kind": pa.array(kinds, pa.string())}
    return pa.table(columns | {"is_changed": pa.array(changed, pa.bool_())})


def _files_and_folders(seeds: Path, since_ns: int) -> list[tuple[str, str, bool]]:
    rows = []
    for folder, _, names in os.walk(seeds):
        relative = Path(folder).relative_to(seeds).as_posix()
        path = "" if relative == "." else f"{_storable(_decodable(relative))}/"
        rows.append((path or "/", "folder", _is_changed(folder, since_ns)))
        for name in sorted(names):
            is_changed = _is_changed(f"{folder}{os.sep}{name}", since_ns)
            rows.append((f"{path}{_storable(_decodable(name))}", "file", is_changed))
    return rows


def _is_changed(path: str, since_ns: int) -> bool:
    try:
        return os.lstat(path).st_ctime_ns > since_ns
    except OSError:
        return True  # gone since its name was read


def _files(seeds: Path) -> list[tuple[str, str]]:
    """The source_id and the path of each input; strings, for a `Path` of each takes longer."""
    found, folders = [], [("", str(seeds))]
    for below, folder in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or (not below and _is_about_seeds(entry.name)):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((f"{below}{entry.name}/", entry.path))
                    else:
                        found.append((_decodable(below + entry.name), entry.path))
        except OSError:
            found.append((_decodable(below.removesuffix("/")) or ".", folder))
    return sorted(found)


def _is_about_seeds(name: str) -> bool:
    return name.startswith(("README", "registry.")) or name.endswith(".toml")


def _all_inputs(seeds: Path | Prefix, record: Path | None) -> Iterator[str]:
    if not isinstance(seeds, Path):
        for source in input_names(seeds):
            yield from _inputs_of_object(source, seeds)
        return
    if record is None:
        for source, path in _files(seeds):
            yield from _inputs(source, path, seeds)
        return
    with walked_before(record) as before:
        for source, path in _files(seeds):
            yield from before.inputs(source, path, partial(_inputs, source, path, seeds))


def _inputs(source: str, path: str, seeds: Path) -> Iterator[str]:
    """The inputs in a file, those of the same name not yet told apart."""
    real, inside = os.path.realpath(path), os.path.realpath(seeds)
    if not real.startswith(inside.rstrip(os.sep) + os.sep) or not Path(path).is_file():
        yield source
        return
    try:
        with Path(path).open("rb") as stream:
            yield from (f"{source}{name}" for name in inputs_in(source, stream))
    except OSError:
        yield source


def _decodable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _storable(name: str) -> str:
    """The name as a table can hold it: control characters blank, halves of surrogates U+FFFD."""
    if name.isprintable():
        return name
    name = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", re.sub(r"\r\n?", "\n", name))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", name)
