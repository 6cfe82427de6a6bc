"""What a build found of the entities, kept for the next: what did not change is taken from there.

It is a cache. All that is kept follows from the words and counts that it is found by, so that a
build without it ends in the same rows, only later.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa

from pipelines.entities.across.columns import Numbers
from pipelines.entities.across.told import ToldEntity

#: The name under which a build's findings are kept.
NAME = "found"
_TOLD = b"told"


class Keeper(Protocol):
    """Keeps tables from one build to the next, and drops those made by other code."""

    def read(self, name: str) -> list[pa.Table]:
        """The tables of this name as they were written; none if any is missing or torn."""
        ...

    def write(self, name: str, tables: Sequence[pa.Table]) -> None:
        """Keep tables in the place of those of this name."""
        ...

    def keep_only(self, names: Collection[str]) -> None:
        """Drop the tables of all other names."""
        ...


class Forgetful:
    """Keeps nothing."""

    def read(self, name: str) -> list[pa.Table]:
        """No tables."""
        del name
        return []

    def write(self, name: str, tables: Sequence[pa.Table]) -> None:
        """Do nothing."""

    def keep_only(self, names: Collection[str]) -> None:
        """Do nothing."""


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(columns)


_STRING, _STRINGS, _NUMBER = pa.string(), pa.list_(pa.string()), pa.int64()
DESCRIPTIONS = _schema(
    written=_STRING,
    block=_STRING,
    detail=_STRING,
    n_rows=_NUMBER,
    n_mentions=_NUMBER,
    thing=_NUMBER,
)
APART = _schema(written=_STRING)
PROFILES = _schema(profile=_STRING, group=_NUMBER, family=_NUMBER)
THINGS = _schema(
    name=_STRING,
    type=_STRING,
    aliases=_STRINGS,
    roles=_STRINGS,
    country=_STRING,
    ids=_STRINGS,
    n_mentions=_NUMBER,
    plain_id=_STRING,
)
_SCHEMAS = (DESCRIPTIONS, APART, PROFILES, THINGS)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of all descriptions.

    Attributes:
        descriptions: what each says (`described.Place`), how often, and the number of its thing.
        apart: what is written of things that only their articles tell from others.
        profiles: the people, which of them are one, and which share a family name.
        things: the things by number, without what hangs on all the others: id and articles.
    """

    descriptions: pa.Table
    apart: pa.Table
    profiles: pa.Table
    things: pa.Table


NOTHING = Found(*(pa.Table.from_batches([], schema) for schema in _SCHEMAS))


def read_found(keeper: Keeper, told: Sequence[ToldEntity]) -> Found:
    """What the build before found, if a person told it the same."""
    tables = keeper.read(NAME)
    if not tables or tables[0].schema.metadata[_TOLD] != _digest(told):
        return NOTHING
    return Found(*tables)


def write_found(keeper: Keeper, told: Sequence[ToldEntity], found: Found) -> None:
    """Keep what was found for the next build."""
    descriptions = found.descriptions.replace_schema_metadata({_TOLD: _digest(told)})
    keeper.write(NAME, [descriptions, found.apart, found.profiles, found.things])


def same_as_before(of: Numbers, was: Numbers, before: Numbers) -> Numbers:
    """Of each set its number before, or -1 if it was none or had other members.

    Args:
        of: the number of the set that each member is of now.
        was: the number of its set before, or -1 if it was none of any, or is another now.
        before: the numbers of the sets that all members before were of.
    """
    size = np.bincount(of)
    least, most = np.full(len(size), len(before)), np.full(len(size), -1)
    np.minimum.at(least, of, was)
    np.maximum.at(most, of, was)
    had = np.append(np.bincount(before), 0)
    found: Numbers = np.where((least == most) & (had[most] == size), most, -1)
    return found


def _digest(told: Sequence[ToldEntity]) -> bytes:
    return hashlib.sha256(repr(told).encode()).hexdigest().encode()
