"""The word lists of this room, read once: roles, groups, known bodies, given names and the rest."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pipelines.entities.mention import EntityType

DATA = Path(__file__).with_name("data")

Gender = Literal["f", "m", "u"]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for what a person is: its sorts, and the gender it tells, if any."""

    noun: str
    kinds: frozenset[str]
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class Group:
    """A noun that may stand for a body or a place named before."""

    noun: str
    type: Literal["ORG", "GPE"]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A well-known body: fullest name, sorts, country."""

    name: str
    kinds: frozenset[str]
    country: str | None


def csv_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a data file, `#` comments left out."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a one-a-line data file, `#` comments left out."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def cut(field: str) -> tuple[str, ...]:
    """The entries of a field that “|” cuts."""
    return tuple(part for part in field.split("|") if part)


@cache
def roles() -> dict[str, Role]:
    """Roles by noun, lower-case."""
    return {
        row["noun"]: Role(row["noun"], frozenset(cut(row["kinds"])), _gender(row["gender"]))
        for row in csv_rows("roles.csv")
    }


@cache
def groups() -> dict[str, Group]:
    """Group nouns by noun, lower-case."""
    return {
        row["noun"]: Group(
            row["noun"], "GPE" if row["type"] == "GPE" else "ORG", frozenset(cut(row["kinds"]))
        )
        for row in csv_rows("groups.csv")
    }


@cache
def organisations() -> dict[str, Organisation]:
    """Known bodies by each of their spellings, case as written."""
    found: dict[str, Organisation] = {}
    for row in csv_rows("organisations.csv"):
        body = Organisation(row["name"], frozenset(cut(row["kinds"])), row["country"] or None)
        for spelling in (row["name"], *cut(row["aliases"])):
            found.setdefault(spelling, body)
    return found


@cache
def short_bodies() -> dict[tuple[str, str], Organisation]:
    """Parts of a government by what they are called for short and their country's code."""
    return {
        (row["short"], row["country"]): organisations()[row["name"]]
        for row in csv_rows("short_bodies.csv")
        if row["name"] in organisations()
    }


@cache
def honorifics() -> dict[str, Gender | None]:
    """Forms of address, lower-case, with the gender they tell."""
    return {row["form"]: _gender(row["gender"]) for row in csv_rows("honorifics.csv")}


@cache
def abbreviated_ranks() -> dict[str, str]:
    """Ranks and titles in full by their abbreviation, lower-case, no dots."""
    return {row["short"]: row["full"] for row in csv_rows("abbreviated_ranks.csv")}


@cache
def given_names() -> dict[str, Gender]:
    """Common given names with the gender they mostly go with."""
    return {row["name"]: _gender(row["gender"]) or "u" for row in csv_rows("given_names.csv")}


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A word that ends a name: the type it tells, for a body its sort, whether a legal form."""

    type: EntityType
    kind: str
    is_legal_form: bool


@cache
def head_words() -> dict[str, HeadWord]:
    """Words that end a name and tell its type, lower-case."""
    return {
        row["word"]: HeadWord(_entity_type(row["type"]), row["kind"], bool(row["is_suffix"]))
        for row in csv_rows("head_words.csv")
    }


@dataclass(frozen=True, slots=True)
class KnownName:
    """A well-known event, law or the like: the name it is listed by, and its type."""

    name: str
    type: EntityType


@cache
def known_names() -> dict[str, KnownName]:
    """Events, laws and the like by each of their spellings."""
    found: dict[str, KnownName] = {}
    for row in csv_rows("known_names.csv"):
        known = KnownName(row["name"], _entity_type(row["type"]))
        found.update(dict.fromkeys((row["name"], *cut(row["aliases"])), known))
    return found


def _entity_type(field: str) -> EntityType:
    found = next((kind for kind in get_args(EntityType) if kind == field), None)
    if found is None:
        raise ValueError(f"{field!r} is no entity type")
    kind: EntityType = found
    return kind


def _gender(field: str) -> Gender | None:
    return "f" if field == "f" else "m" if field == "m" else "u" if field == "u" else None
