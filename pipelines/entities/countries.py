"""Countries, capitals, regions, nationalities: what a place name leads to (ISO 3166-1 alpha-2)."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import pycountry

from pipelines.entities.lexicon import csv_rows, cut
from pipelines.entities.names import fold


@dataclass(frozen=True, slots=True)
class Place:
    """What a place name or a nationality stands for.

    `name` is the form an entity carries, `country` the ISO 3166-1 alpha-2 code it is or belongs
    to (XK for Kosovo, user-assigned), None for what spans several.
    """

    name: str
    type: Literal["GPE", "LOC", "NORP"]
    country: str | None
    is_country: bool = False
    is_capital: bool = False


@cache
def _by_spelling() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in csv_rows("countries.csv"):
        code, names, demonyms = row["code"], cut(row["names"]), cut(row["demonyms"])
        country = Place(names[0], "GPE", code, is_country=True)
        found.update(dict.fromkeys(names, country))
        if demonyms:
            found.update(dict.fromkeys(demonyms, Place(demonyms[0], "NORP", code)))
        capitals = cut(row["capitals"])
        if capitals:
            capital = Place(capitals[0], "GPE", code, is_capital=True)
            found.update({spelling: capital for spelling in capitals if spelling not in found})
    for row in csv_rows("regions.csv"):
        kind: Literal["GPE", "LOC", "NORP"] = (
            "NORP" if row["type"] == "NORP" else "LOC" if row["type"] == "LOC" else "GPE"
        )
        place = Place(row["name"], kind, row["code"] or None)
        for spelling in (row["name"], *cut(row["aliases"])):
            found.setdefault(spelling, place)
    for official in pycountry.countries:
        code = official.alpha_2
        known = _names_by_code().get(code)
        place = found[known] if known else Place(official.name, "GPE", code, is_country=True)
        for spelling in (official.name, getattr(official, "official_name", official.name)):
            found.setdefault(spelling, place)
    return found


@cache
def _by_key() -> dict[str, Place]:
    """By folded spelling, for capitals and other cases; initials stay out (us, it, no)."""
    return {
        fold(spelling): place
        for spelling, place in _by_spelling().items()
        if len(spelling) > 4 and "." not in spelling
    }


@cache
def _names_by_code() -> dict[str, str]:
    return {row["code"]: cut(row["names"])[0] for row in csv_rows("countries.csv")}


def place(name: str) -> Place | None:
    """What this spelling stands for, None where it is no place or people that we know."""
    found = _by_spelling().get(name)
    if found is None and len(name) > 4:
        found = _by_key().get(fold(name))
    elif found is None and len(name) == 4 and name.isupper():
        found = _by_spelling().get(name.title())  # “OSLO”
    return found


@cache
def _namesakes() -> dict[str, Place]:
    """Regions that bear the name of a country: Georgia in the United States."""
    rows = (row for row in csv_rows("regions.csv") if row["type"] == "GPE" and row["code"])
    return {
        row["name"]: Place(row["name"], "GPE", row["code"])
        for row in rows
        if _by_spelling()[row["name"]].is_country
    }


def namesake(name: str) -> Place | None:
    """The region that bears the same name as a country, if one does."""
    return _namesakes().get(name)


def country_of(code: str) -> Place:
    """The country of an ISO 3166-1 alpha-2 code.

    Raises:
        KeyError: no country of that code is known.
    """
    name = _names_by_code().get(code)
    if name is None:
        found = pycountry.countries.get(alpha_2=code)
        if found is None:
            raise KeyError(code)
        name = found.name
    return Place(name, "GPE", code, is_country=True)


def spellings() -> frozenset[str]:
    """Every spelling that `place` knows as written."""
    return frozenset(_by_spelling())


def country_in(phrase: str) -> str | None:
    """The one country that the words of a phrase name (“Dutch prime minister” → NL), else None."""
    words = phrase.replace("’", "'").replace("'s", "").split()
    codes = set()
    for n in range(len(words)):
        for size in (4, 3, 2, 1):
            found = _by_spelling().get(" ".join(words[n : n + size]).strip(",;:"))
            if found is not None and n + size <= len(words) and namesake(found.name):
                return None
            if found is not None and found.country and n + size <= len(words):
                codes.add(found.country)
                break
    return codes.pop() if len(codes) == 1 else None
