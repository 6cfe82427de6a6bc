"""The contracts as data: a snapshot for each version of the schema, and what changed between two.

`warehouse/contracts/VERSION.json` is committed for each version. A contract that no longer agrees
with the snapshot of `SCHEMA_VERSION` needs a new version, and a test says which.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.duckdb import type_name
from warehouse.release.errors import ReleaseError
from warehouse.tables import TABLES, Column, Table
from warehouse.tables.spec import STRINGS

#: SemVer of the contracts.
SCHEMA_VERSION = "1.1.0"
FILE = "schema.json"
DIFF_FILE = "schema_diff.json"
SNAPSHOTS = Path(__file__).parents[1] / "contracts"
_TYPES = {
    type_name(of_type): of_type
    for of_type in (
        pa.string(),
        pa.bool_(),
        pa.int32(),
        pa.int64(),
        pa.float64(),
        pa.date32(),
        pa.timestamp("us"),
        STRINGS,
    )
}


class Bump(IntEnum):
    """Which number of a SemVer a change raises."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A difference between two versions of the contracts.

    `column` is None where the table itself is meant; `what` is `added`, `removed`, or the part of
    the contract that differs, whose values are `old` and `new`.
    """

    table: str
    column: str | None
    what: str
    bump: Bump
    old: object = None
    new: object = None


def dump(tables: Iterable[Table] = TABLES, version: str = SCHEMA_VERSION) -> dict[str, Any]:
    """The contracts as plain values for JSON; types go by their DuckDB names."""
    return {
        "schema_version": version,
        "tables": [
            {
                "name": table.name,
                "doc": table.doc,
                "primary_key": list(table.primary_key),
                "columns": [_dumped(column) for column in table.columns],
            }
            for table in tables
        ],
    }


def load(schema: Mapping[str, Any]) -> tuple[Table, ...]:
    """The contracts that `dump` wrote, perhaps of another version than this code's.

    Raises:
        ReleaseError: it is none of what `dump` writes.
    """
    try:
        return tuple(
            Table(t["name"], t["doc"], tuple(t["primary_key"]), tuple(map(_loaded, t["columns"])))
            for t in schema["tables"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReleaseError(f"{FILE} holds no contracts: {error!r}.") from error


def text(schema: Mapping[str, Any]) -> str:
    """The contracts as the text of a JSON file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def committed(version: str) -> tuple[Table, ...] | None:
    """The contracts of a version of the schema, where this checkout knows it."""
    path = SNAPSHOTS / f"{version}.json"
    return load(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def compare(old: Iterable[Table], new: Iterable[Table]) -> list[SchemaChange]:
    """What changed between two versions of the contracts. A rename is a removal and an addition."""
    before, after = {t.name: t for t in old}, {t.name: t for t in new}
    changes = [SchemaChange(n, None, "removed", Bump.MAJOR) for n in before if n not in after]
    for name, table in after.items():
        if name in before:
            changes += _table_changes(before[name], table)
        else:
            changes.append(SchemaChange(name, None, "added", Bump.MINOR))
    return changes


def bump(changes: Iterable[SchemaChange]) -> Bump:
    """The number of the version that the changes raise."""
    return max((change.bump for change in changes), default=Bump.NONE)


def raised(version: str, by: Bump) -> str:
    """A SemVer with one of its numbers raised, those after it set to 0."""
    major, minor, patch = map(int, version.split("."))
    steps = {
        Bump.NONE: (major, minor, patch),
        Bump.PATCH: (major, minor, patch + 1),
        Bump.MINOR: (major, minor + 1, 0),
        Bump.MAJOR: (major + 1, 0, 0),
    }
    return ".".join(map(str, steps[by]))


def _dumped(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "type": type_name(column.type)}
    said |= {"nullable": column.nullable, "doc": column.doc}
    rest = {
        "unique": column.unique,
        "pattern": column.pattern,
        "values": list(column.values),
        "minimum": column.minimum,
        "maximum": column.maximum,
        "references": column.references,
        "words": column.words,
    }
    return said | {
        name: value
        for name, value in rest.items()
        if value is not None and value is not False and value != []
    }


def _loaded(said: Mapping[str, Any]) -> Column:
    rest = {**said, "type": _TYPES[said["type"]], "values": tuple(said.get("values", ()))}
    return Column(**rest)


def _table_changes(old: Table, new: Table) -> Iterator[SchemaChange]:
    name = new.name
    if old.primary_key != new.primary_key:
        keys = list(old.primary_key), list(new.primary_key)
        yield SchemaChange(name, None, "primary_key", Bump.MAJOR, *keys)
    if old.doc != new.doc:
        yield SchemaChange(name, None, "doc", Bump.PATCH, old.doc, new.doc)
    before, after = {c.name: c for c in old.columns}, {c.name: c for c in new.columns}
    for column in before:
        if column not in after:
            yield SchemaChange(name, column, "removed", Bump.MAJOR)
    for column, contract in after.items():
        if column in before:
            yield from _column_changes(name, before[column], contract)
        else:
            yield SchemaChange(name, column, "added", Bump.MINOR)


def _column_changes(table: str, old: Column, new: Column) -> Iterator[SchemaChange]:
    """What a reader may no longer rely on is major; what it may rely on anew is minor."""
    before, after = _dumped(old), _dumped(new)
    for what in sorted(before.keys() | after.keys()):
        was, now = before.get(what), after.get(what)
        if was != now:
            yield SchemaChange(table, new.name, what, _bump_of(what, was, now), was, now)


def _bump_of(what: str, was: object, now: object) -> Bump:
    match what:
        case "doc":
            return Bump.PATCH
        case "type":
            return Bump.MAJOR
        case "words":
            return Bump.MINOR
        case "values":
            kept = isinstance(was, list) and isinstance(now, list) and set(was) <= set(now)
            return Bump.MINOR if kept else Bump.MAJOR
        case "nullable":
            return Bump.MAJOR if now else Bump.MINOR
        case _:
            return Bump.MINOR if was is None else Bump.MAJOR


def take_snapshot() -> Path:
    """Write the snapshot of today's contracts under `SCHEMA_VERSION`.

    Raises:
        ReleaseError: that version stands for other contracts; the message names the next one.
    """
    path = SNAPSHOTS / f"{SCHEMA_VERSION}.json"
    before = committed(SCHEMA_VERSION)
    if before is not None and (needed := bump(compare(before, TABLES))):
        raise ReleaseError(
            f"The contracts differ from version {SCHEMA_VERSION} of the schema by a "
            f"{needed.name.lower()} change. Set SCHEMA_VERSION to {raised(SCHEMA_VERSION, needed)} "
            f"in {Path(__file__).name} and run `make schema`."
        )
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(dump()), encoding="utf-8")
    return path


if __name__ == "__main__":
    take_snapshot()
