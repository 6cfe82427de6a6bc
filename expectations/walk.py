"""An independent count of the inputs, to hold the rows of `documents` against.

It reads the rules of the seeds folder anew, and shares no code with what reads the inputs, or both
could lose the same one.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_RECORD_SUFFIXES = (".jsonl", ".ndjson")


def walk(seeds: Path) -> Iterator[str]:
    """The source_id of every file and record below the folder, sorted by the files' paths.

    No inputs are `README*`, `*.toml` and `registry.*` at the top, and files and folders whose name
    begins with a dot anywhere. A link to a folder is one input and is not followed.

    A file of records (`.jsonl`, `.ndjson`) gives one for each line that is not blank: `path#id`, or
    `path#line` from 1 where the line is no JSON object or has no id; then `~2`, `~3` … after one
    that has come before. It gives one for itself where all lines are blank, where it cannot be read
    and where it is a link out of the folder.
    """
    for path in _files(seeds):
        source = path.relative_to(seeds).as_posix().encode("utf-8", "replace").decode()
        seen: Counter[str] = Counter()
        for record in _records(path, seeds):
            seen[record] += 1
            yield f"{source}#{record}" + (f"~{seen[record]}" if seen[record] > 1 else "")
        if not seen:
            yield source


def _files(seeds: Path) -> list[Path]:
    found = []
    for name, folders, files in os.walk(seeds):
        folder = Path(name)
        links = [link for link in folders if (folder / link).is_symlink()]
        found += [
            folder / entry
            for entry in (*files, *links)
            if not entry.startswith(".") and not (folder == seeds and _is_about_seeds(entry))
        ]
        folders[:] = [entry for entry in folders if not entry.startswith(".")]
    return sorted(found)


def _is_about_seeds(name: str) -> bool:
    return name.startswith(("README", "registry.")) or name.endswith(".toml")


def _records(path: Path, seeds: Path) -> list[str]:
    """The name of each record in a file; none in a file that is a text of its own."""
    is_outside = not path.resolve().is_relative_to(seeds.resolve())
    if path.suffix.lower() not in _RECORD_SUFFIXES or is_outside or not path.is_file():
        return []
    try:
        with path.open("rb") as lines:
            return [_name(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    except OSError:
        return []


def _name(line: bytes, number: int) -> str:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return str(number)
    named = record.get("id") if isinstance(record, dict) else None
    if isinstance(named, bool) or not isinstance(named, str | int) or named == "":
        return str(number)
    return _storable(str(named))


def _storable(name: str) -> str:
    """The name as a table can hold it: control characters blank, halves of surrogates U+FFFD."""
    name = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", re.sub(r"\r\n?", "\n", name))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", name)
