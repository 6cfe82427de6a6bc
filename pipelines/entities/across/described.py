"""How an article tells of a thing, written in one string, and what of it linking looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.identity import Person, body_key, is_generic_body, name_key
from pipelines.entities.across.rows import Description
from pipelines.entities.across.told import ToldEntity
from pipelines.entities.currencies import Currency, currency_named
from pipelines.entities.mention import EntityType
from pipelines.entities.names import PersonName, is_acronym

#: ASCII's separators of records and of units: no text holds control characters.
FIELD, ITEM = "\x1e", "\x1f"
#: Types that one name of several words, or an acronym, has in turn for one and the same thing.
_THINGS: frozenset[EntityType] = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})
_BODY = "BODY"
#: How the blocks begin of people, and of what may be a body.
PEOPLE, BODIES = f"PERSON{FIELD}", (f"{_BODY}{FIELD}", f"ORG{FIELD}")


@dataclass(frozen=True, slots=True)
class Place:
    """What of a description decides what it is linked with, each in one string.

    Attributes:
        block: what it shares with all that may be the same thing: of a person the family name, of
            others all that must be equal.
        detail: of a person the profile, of a body what it is called for short.
    """

    block: str
    detail: str


def written(rows: pa.Table) -> pa.StringArray:
    """The description of each row of `EXTRACTED_ENTITIES`."""
    lists = (rows[name].cast(pa.list_(pa.string())) for name in ("aliases", "roles"))
    aliases, roles = (pc.binary_join(some, ITEM) for some in lists)
    fields: Any = (rows["name"], rows["type"], aliases, roles, rows["country"], FIELD)
    joined: Any = pc.binary_join_element_wise(*fields, null_handling="replace", null_replacement="")
    found: pa.StringArray = joined.combine_chunks()
    return found


def written_apart(written: str, said: int | None, article: str) -> str:
    """The description of a thing that its article or source tells from others so described.

    Args:
        written: how the article tells of it.
        said: the number of the entry in which a person tells of it, if any.
        article: the one article, where the name tells nothing in another one, else empty.
    """
    return FIELD.join((written, "" if said is None else str(said), article))


def is_of_its_article(name: str, kind: str, country: str) -> bool:
    """Whether the name is one that a body of each country has, and nobody says of which it is."""
    return kind == "ORG" and not country and is_generic_body(name)


def description(
    written: str, entries: Sequence[ToldEntity], n_rows: int = 0, n_mentions: int = 0
) -> Description:
    """Take apart what was written of so many things, which are named so often."""
    name, kind, aliases, roles, country, *apart = written.split(FIELD)
    type = cast(EntityType, intern(kind))
    said, article = apart or ("", "")
    told = entries[int(said)] if said else None
    return Description(
        told.name if told else name,
        told.type if told else type,
        (*_items(aliases), name) if told else _items(aliases),
        _items(roles),
        intern(country) or None,
        n_rows,
        n_mentions,
        told,
        article,
    )


def _items(written: str) -> tuple[str, ...]:
    return tuple(written.split(ITEM)) if written else ()


def place(d: Description) -> Place:
    """Where a description stands among the others."""
    if d.type == "PERSON":
        person = Person.of(d.name, d.roles, d.country)
        return Place(f"{PEOPLE}{person.name.family}", _profile(person))
    key = _key(d)
    names = {name_key(alias) for alias in d.aliases} if key[0] in (_BODY, "ORG") else set()
    return Place(FIELD.join(key), _ended(sorted(names)))


def _profile(person: Person) -> str:
    name = person.name
    fields = (_ended(name.given), name.family, name.suffix, _ended(person.kinds), person.country)
    return FIELD.join(fields)


def person(profile: str) -> Person:
    """The person of a profile."""
    given, family, suffix, kinds, country = profile.split(FIELD)
    return Person(PersonName(_parts(given), family, suffix), _parts(kinds), country)


def _ended(parts: Sequence[str]) -> str:
    """Strings in one, some of which may be empty."""
    return "".join(f"{part}{ITEM}" for part in parts)


def _parts(ended: str) -> tuple[str, ...]:
    return tuple(ended.split(ITEM)[:-1])


def currency(name: str, kind: EntityType) -> Currency | None:
    """The currency that the name is ISO 4217's for."""
    return currency_named(name) if kind == "PRODUCT" else None


def _key(d: Description) -> tuple[str, ...]:
    """What must be equal for two descriptions to be of one thing."""
    if d.type == "ORG":
        name = body_key(d.name)
        if is_generic_body(d.name):
            return _BODY, name, d.country or d.article_id
    else:
        name = name_key(d.name)
    if d.type in _PLACES:
        return "PLACE", name, d.country or ""
    money = currency(d.name, d.type)
    if money is not None:
        return "CURRENCY", money.code
    if d.type in _THINGS and (" " in name or is_acronym(d.name)):
        return _BODY, name
    return d.type, name
