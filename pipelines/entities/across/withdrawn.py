"""Entities that a person withdrew: known again by digests of their names, and left out.

The registry keeps no name of theirs. Its digests tell that a text names one of them, as its names
would: by its own name, by another name of it that no living entity was published under, or where
its own name is another name of what the text names. Where a living entity was published under the
same name, that of a text is the living one only if the registry says so without the withdrawn one.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.published import entity_id, published_key
from pipelines.entities.mention import EntityType
from pipelines.ids import normalised
from warehouse.tables import REGISTRY
from warehouse.tables.registry import NO_NAME


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The entities left out of a build, and what the texts call them.

    `ids` are those they would have had; `names` are normalised, and `full_names` those of them that
    nobody else is likely to bear: all of what is no person, else those of several words.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    full_names: frozenset[str] = frozenset()

    def named_in(self, text: str | None) -> bool:
        """Whether a text names one of them, by any of its names."""
        words = f" {normalised(text or '')} " if self.names else ""
        return any(f" {name} " in words for name in self.names)

    def is_one(self, name: str) -> bool:
        """Whether a name is the full name of one of them."""
        return bool(self.full_names) and normalised(name) in self.full_names


def tombstones(registry: pa.Table, withdrawn: Collection[str]) -> pa.Table:
    """The registry without the names of what was withdrawn, and of what lives on as it."""
    if not withdrawn:
        return registry
    rows = registry.to_pylist()
    lives_on = {row["entity_id"]: row["lives_on_as"] for row in rows}
    gone = {lives_on.get(one) or one for one in withdrawn}
    for row in rows:
        if row["entity_id"] in gone:
            row |= {"status": "withdrawn", **_nameless(row)}
        elif row["lives_on_as"] in gone:
            row |= _nameless(row)
    return REGISTRY.from_rows(rows)


def leave_out(
    entities: pa.Table, registry: pa.Table, withdrawn: Collection[str]
) -> tuple[pa.Table, LeftOut]:
    """The entities of a build without those that were withdrawn, and which these are.

    Args:
        entities: the table `entities`, as the texts and the registry give it.
        registry: the registry, its tombstones set.
        withdrawn: the ids that are withdrawn.
    """
    if not withdrawn:
        return entities, LeftOut()
    known = _Known(registry, withdrawn)
    rows: list[Any] = entities.select(["entity_id", "type", "name", "aliases"]).to_pylist()
    out = [row for row in rows if known.is_withdrawn(row)]
    names = [(row["type"], name) for row in out for name in (row["name"], *row["aliases"])]
    said = LeftOut(
        frozenset(row["entity_id"] for row in out),
        frozenset(normalised(name) for _, name in names) - {""},
        frozenset(normalised(name) for kind, name in names if _is_full(kind, name)) - {""},
    )
    kept = pc.invert(pc.is_in(entities["entity_id"], pa.array(said.ids, pa.string())))
    without = entities.filter(kept)
    for column, is_out in (("aliases", said.is_one), ("roles", said.named_in)):
        lists: list[Any] = without[column].to_pylist()
        cleaned = [[value for value in values if not is_out(value)] for values in lists]
        where = without.schema.get_field_index(column)
        field = without.schema.field(column)
        without = without.set_column(where, field, pa.array(cleaned, field.type))
    return without, said


def _nameless(row: dict[str, Any]) -> dict[str, Any]:
    digests = row["name_digests"]
    if row["name"] != NO_NAME:
        digests = [_digest(row["type"], name) for name in (row["name"], *row["aliases"])]
    nothing: dict[str, Any] = {"name": NO_NAME, "aliases": [], "roles": [], "country": None}
    return nothing | {"name_digests": list(dict.fromkeys(digests or ()))}


class _Known:
    """What is known of the withdrawn, and of the living that they are to be told from."""

    def __init__(self, registry: pa.Table, withdrawn: Collection[str]) -> None:
        rows = registry.to_pylist()
        gone = {row["entity_id"] for row in rows if row["status"] == "withdrawn"} & {
            *withdrawn,
            *(row["lives_on_as"] for row in rows if row["entity_id"] in withdrawn),
        }
        self._published = {row["entity_id"] for row in rows}
        self._withdrawn = {*withdrawn, *gone}
        self._own: set[str] = set()
        self._other: set[str] = set()
        living: set[str] = set()
        for row in rows:
            if row["entity_id"] in gone or row["lives_on_as"] in gone:
                own, *others = row["name_digests"] or [""]
                self._own.add(own)
                self._other.update(others)
            elif row["name"] != NO_NAME:
                names = (row["name"], *row["aliases"])
                living.update(_digest(row["type"], name) for name in names)
        self._other -= living

    def is_withdrawn(self, row: dict[str, Any]) -> bool:
        """Whether an entity of the build is one of the withdrawn."""
        if row["entity_id"] in self._withdrawn:
            return True
        if row["entity_id"] in self._published:
            return False
        if _digest(row["type"], row["name"]) in self._own | self._other:
            return True
        return any(
            _digest(row["type"], name) in self._own
            or entity_id(row["type"], name) in self._withdrawn
            for name in _full_names(row["type"], (row["name"], *row["aliases"]))
        )


def _full_names(kind: EntityType, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if _is_full(kind, name))


def _is_full(kind: EntityType, name: str) -> bool:
    """Whether a name is likely to be one's alone: no bare family name or given name."""
    return kind != "PERSON" or " " in normalised(name)


def _digest(kind: EntityType, name: str) -> str:
    """The first 16 hex digits of the SHA-256 of what is compared of a published name."""
    return hashlib.sha256("\n".join(published_key(kind, name)).encode()).hexdigest()[:16]
