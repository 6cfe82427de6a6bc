"""`entities.toml`: what a person knows about people, bodies and places. It wins over inference."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import get_args

from pipelines.entities.countries import country_of
from pipelines.entities.mention import EntityType
from pipelines.entities.names import fold

FILE_NAME = "entities.toml"
_KEYS = frozenset({"name", "type", "aliases", "roles", "country", "ids", "match"})
_ID = re.compile(r"[a-z]+:\S+")
_QID = re.compile(r"wikidata:Q[1-9][0-9]*")


class EntitiesError(ValueError):
    """`entities.toml` cannot be used as it stands; the message names entry and remedy."""


@dataclass(frozen=True, slots=True)
class ToldEntity:
    """One `[[entity]]`. `match` are globs over source_ids; none means that it holds everywhere."""

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    country: str | None = None
    ids: tuple[str, ...] = ()
    match: tuple[str, ...] = ()

    def covers(self, source_id: str) -> bool:
        """Whether the entry speaks of what this input names."""
        return not self.match or any(fnmatchcase(source_id, glob) for glob in self.match)


def read_entities(toml: str) -> list[ToldEntity]:
    """Read the text of `entities.toml`.

    Raises:
        EntitiesError: it is no TOML, a key is unknown or missing, a value is of a wrong type, or
            two entries contradict each other.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise EntitiesError(f"{FILE_NAME} is not TOML: {error}.") from error
    if unknown := set(tables) - {"entity"}:
        raise EntitiesError(
            f"{FILE_NAME}: unknown key “{min(unknown)}”; only [[entity]] tables go there."
        )
    entries = tables.get("entity", [])
    if not isinstance(entries, list):
        raise EntitiesError(f"{FILE_NAME}: write [[entity]], with two brackets.")
    told = [_entity(entry, number) for number, entry in enumerate(entries, start=1)]
    _check_names(told)
    _check_ids(told)
    return told


class Claims:
    """Which entry a thing of an article is, where a person says so.

    A thing is an entry's if its full name in the article is the entry's name or an alias, and the
    entry covers the article's source. Of two that fit, that which names its sources wins.
    """

    def __init__(self, entries: Sequence[ToldEntity], source_of: Mapping[str, str]) -> None:
        """Keep the entries, and the source_id of each article."""
        self.entries = sorted(entries, key=lambda e: not e.match)
        self._source_of = source_of
        self._by_name: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for name in _names(entry):
                self._by_name.setdefault(name, []).append(number)

    def may_be(self, name: str) -> bool:
        """Whether some entry has this name."""
        return bool(self._by_name) and fold(name) in self._by_name

    def of(self, name: str, article_id: str) -> int | None:
        """The number, in `entries`, of the entry that the thing of this name is."""
        for number in self._by_name.get(fold(name), ()):
            if self.entries[number].covers(self._source_of[article_id]):
                return number
        return None


def _names(entry: ToldEntity) -> set[str]:
    return {fold(name) for name in (entry.name, *entry.aliases)}


def _where(number: int, name: object = None) -> str:
    called = f" (“{name}”)" if isinstance(name, str) and name else ""
    return f"{FILE_NAME}, [[entity]] number {number}{called}"


def _entity(entry: object, number: int) -> ToldEntity:
    if not isinstance(entry, dict):
        raise EntitiesError(f"{_where(number)} is no table.")
    where = _where(number, entry.get("name"))
    if unknown := set(entry) - _KEYS:
        raise EntitiesError(
            f"{where}: unknown key “{min(unknown)}”; the keys are {', '.join(sorted(_KEYS))}."
        )
    name = entry.get("name")
    if not isinstance(name, str) or not fold(name):
        raise EntitiesError(f"{where}: “name” is missing; give the full name as a string.")
    kind = next((t for t in get_args(EntityType) if t == entry.get("type")), None)
    if kind is None:
        known = ", ".join(get_args(EntityType))
        raise EntitiesError(f"{where}: “type” is {entry.get('type')!r}; give one of {known}.")
    country = entry.get("country")
    if country is not None and not _is_country(country):
        raise EntitiesError(
            f"{where}: “country” is {country!r}; give an ISO 3166-1 alpha-2 code such as “NO”."
        )
    ids = _strings(entry, "ids", where)
    for other in ids:
        if not _ID.fullmatch(other) or (
            other.startswith("wikidata:") and not _QID.fullmatch(other)
        ):
            raise EntitiesError(
                f"{where}: “{other}” is no id; write scheme:id, such as “wikidata:Q42”."
            )
    return ToldEntity(
        " ".join(name.split()),
        kind,
        tuple(" ".join(alias.split()) for alias in _strings(entry, "aliases", where)),
        _strings(entry, "roles", where),
        country,
        ids,
        _strings(entry, "match", where),
    )


def _is_country(code: object) -> bool:
    try:
        return isinstance(code, str) and bool(country_of(code))
    except KeyError:
        return False


def _strings(entry: dict[str, object], key: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise EntitiesError(f"{where}: “{key}” must be a list of strings, none of them empty.")
    return tuple(values)


def _check_names(told: Sequence[ToldEntity]) -> None:
    """No name may mean two entries, unless one of them is said to hold in some sources only."""
    first: dict[str, int] = {}
    for number, entry in enumerate(told, start=1):
        if entry.match:
            continue
        for name in sorted(_names(entry)):
            other = first.setdefault(name, number)
            if other != number:
                raise EntitiesError(
                    f"{_where(number, entry.name)}: “{name}” is also a name of "
                    f"{_where(other, told[other - 1].name)}; make one entry of the two, take the "
                    "name out of one, or give one “match”, the sources that it is about."
                )


def _check_ids(told: Sequence[ToldEntity]) -> None:
    first: dict[str, int] = {}
    for number, entry in enumerate(told, start=1):
        for one in entry.ids:
            other = first.setdefault(one, number)
            if other != number:
                raise EntitiesError(
                    f"{_where(number, entry.name)}: “{one}” is also an id of "
                    f"{_where(other, told[other - 1].name)}; make one entry of the two, or "
                    "correct it."
                )
