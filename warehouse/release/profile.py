"""The two profiles of a release: `full`, which stays at home, and `public`, for everybody.

Both hold the same tables and columns, so that views, queries and programs work on either. What is
an article's own words, as the contracts say (`Column.words`), may be null in the public one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from warehouse.tables import TABLES, Column, Table
from warehouse.tables.spec import STRINGS, Words

Profile = Literal["full", "public"]
_SUFFIX: Mapping[Profile, str] = {"full": "-full", "public": ""}
_IN_PUBLIC: Mapping[Words, str] = {
    "text": "Null in this public release, unless the article's rights_code is `full`.",
    "title": "Null where the article's rights_code is `none`.",
    "quote": "Cut or null in this public release where the policy allows no more.",
    "fact": "Left out of this public release where the policy does not allow it.",
    "label": "Left out of this public release where it is too long for what it is.",
}


def folder_name(version: str, profile: Profile) -> str:
    """The folder of a version's release in a profile, beside all others."""
    return version + _SUFFIX[profile]


def of(manifest: Mapping[str, Any]) -> Profile:
    """The profile of a release; those of schema 1.0.0, which knew none, held all."""
    return "public" if manifest.get("profile") == "public" else "full"


def tables(profile: Profile, contracts: Iterable[Table] = TABLES) -> tuple[Table, ...]:
    """The contracts of a profile, from those of the tables as they are built."""
    if profile == "full":
        return tuple(contracts)
    return tuple(replace(t, columns=tuple(_in_public(c) for c in t.columns)) for t in contracts)


def _in_public(column: Column) -> Column:
    if column.words is None:
        return column
    nullable = column.nullable or column.type != STRINGS
    return replace(column, nullable=nullable, doc=f"{column.doc} {_IN_PUBLIC[column.words]}")
