"""One entity for one thing across the corpus, from the things that each article names.

Precision first: two things of one name stay two where roles or countries speak against one, and a
bare family name joins a full one only where the corpus holds a single bearer.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from pipelines.entities.bodies import known
from pipelines.entities.currencies import Currency, currency_named
from pipelines.entities.gathered import Gathered
from pipelines.entities.identity import (
    Person,
    body_key,
    is_generic_body,
    join_people,
    name_key,
    role_key,
)
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_acronym
from pipelines.entities.published import stable_ids
from pipelines.entities.rows import Description, EntityRow, LinkedEntities, PublishedEntity
from pipelines.entities.told import ToldEntity

#: Types that one name of several words, or an acronym, has in turn for one and the same thing.
_THINGS: frozenset[EntityType] = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_BODY = "BODY"
_Word = TypeVar("_Word", bound=str)
_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class _Thing:
    """Descriptions found to be of one thing, by their numbers in order; what a person says."""

    described: list[int]
    told: ToldEntity | None = None


def link_entities(
    things: Gathered, living: Sequence[PublishedEntity] = (), taken: Collection[str] = ()
) -> LinkedEntities:
    """Decide which things of different articles are the same.

    Time grows with the number of descriptions, and within one family name with the square of the
    differing full names and roles.

    Args:
        things: the things that the articles name.
        living: the published entities, those that were merged into others aside.
        taken: every id ever published.
    """
    described = things.descriptions
    people = [n for n, d in enumerate(described) if d.type == "PERSON"]
    others = [n for n, d in enumerate(described) if d.type != "PERSON"]
    groups = [*_link_people(described, people), *_link_others(described, others)]
    found = _settled(groups, described)
    thing_of = np.empty(len(described), dtype=np.int64)
    for number, thing in enumerate(found):
        thing_of[thing.described] = number
    n_articles = things.n_articles(thing_of)
    rows = [
        _entity([described[n] for n in thing.described], thing.told, int(n_articles[number]))
        for number, thing in enumerate(found)
    ]
    first = [thing.described[0] for thing in found]
    ranks = [_rank(row, things.first_article(n)) for row, n in zip(rows, first, strict=True)]
    order = sorted(range(len(rows)), key=ranks.__getitem__)
    made = [rows[n] for n in order]
    stable = stable_ids(made, [things.mark(first[n]) for n in order], living, taken)
    by_id = sorted(range(len(made)), key=stable.ids.__getitem__)
    place = np.empty(len(made), dtype=np.int64)
    place[np.array(order, dtype=np.int64)[by_id]] = np.arange(len(made))
    entities = tuple(replace(made[n], entity_id=stable.ids[n]) for n in by_id)
    return LinkedEntities(entities, place[thing_of], stable.merged)


def _settled(groups: Sequence[list[int]], described: Sequence[Description]) -> list[_Thing]:
    """The things, with a person's entries kept whole, and apart from each other.

    What was inferred to be the same as one entry stays with it; what two entries might be is
    neither.
    """
    found: list[_Thing] = []
    told: dict[ToldEntity, _Thing] = {}
    for group in groups:
        if all(described[n].told is None for n in group):
            found.append(_Thing(group))
            continue
        parts: dict[ToldEntity | None, list[int]] = defaultdict(list)
        for n in group:
            parts[described[n].told].append(n)
        entries = [entry for entry in parts if entry is not None]
        if len(entries) == 1 and None in parts:
            parts[entries[0]] += parts.pop(None)
        for entry, numbers in parts.items():
            if entry is None:
                found.append(_Thing(numbers))
            else:
                told.setdefault(entry, _Thing([], entry)).described += numbers
    return [*found, *(_Thing(sorted(t.described), t.told) for t in told.values())]


def _rank(row: EntityRow, first: int) -> tuple[str, str, int, int, str, tuple[str, ...], int]:
    """Of several things of one name the most written about comes first, and has the plain id."""
    return row.type, row.name, -row.n_articles, -row.n_mentions, row.country or "", row.roles, first


def _entity(rows: Sequence[Description], told: ToldEntity | None, n_articles: int) -> EntityRow:
    names: Counter[str] = Counter()
    types: Counter[EntityType] = Counter()
    countries: Counter[str] = Counter()
    for r in rows:
        names[r.name] += r.n_mentions
        types[r.type] += r.n_rows
        if r.country:
            countries[r.country] += r.n_rows
    kind = told.type if told else _commonest(types)
    name = told.name if told else _in_full(_fullest(names), kind)
    aliases = {a for r in rows for a in (r.name, *r.aliases)} | set(told.aliases if told else ())
    roles = _roles(rows)
    found = _commonest(countries) if countries else None
    said = told.roles if told else ()
    currency = _currency(name, kind)
    ids = told.ids if told and told.ids else (currency.id,) if currency else None
    return EntityRow(
        "",
        name,
        kind,
        tuple(sorted(aliases - {name})),
        (*said, *sorted(roles.keys() - set(said), key=lambda role: (-roles[role], role))),
        told.country or found if told else found,
        sum(r.n_mentions for r in rows),
        n_articles,
        ids,
    )


def _currency(name: str, kind: EntityType) -> Currency | None:
    """The currency that the name is ISO 4217's for."""
    return currency_named(name) if kind == "PRODUCT" else None


def _in_full(name: str, kind: EntityType) -> str:
    """The name; of a well-known body that the texts call by initials alone the listed name."""
    listed = known(name) if kind == "ORG" and is_acronym(name) else None
    return listed.name if listed is not None else name


def _roles(rows: Sequence[Description]) -> Counter[str]:
    """The roles with their counts, of those that say the same the commonest spelling alone."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for r in rows:
        for role in r.roles:
            spellings[role_key(role)][role] += r.n_rows
    return Counter({_commonest(s): s.total() for s in spellings.values()})


def _commonest(counted: Counter[_Word]) -> _Word:
    """Of several as common the first by alphabet; most often there is but one."""
    if len(counted) == 1:
        return next(iter(counted))
    return max(sorted(counted), key=lambda one: counted[one])


def _fullest(names: Counter[str]) -> str:
    """The name of the most words; of equally many the commonest, then the longest."""
    if len(names) == 1:
        return next(iter(names))
    return max(sorted(names), key=lambda n: (len(n.split()), names[n], len(n)))


def _link_people(described: Sequence[Description], people: Sequence[int]) -> Iterator[list[int]]:
    """People by family name: those alike in name, roles and country are compared once."""
    profiles: dict[Person, list[int]] = defaultdict(list)
    for n in people:
        d = described[n]
        profiles[Person.of(d.name, d.roles, d.country)].append(n)
    blocks: dict[str, list[Person]] = defaultdict(list)
    for person in profiles:
        blocks[person.name.family].append(person)
    for block in blocks.values():
        for group in join_people(block):
            yield sorted(n for person in group for n in profiles[person])


def _link_others(described: Sequence[Description], others: Sequence[int]) -> Iterator[list[int]]:
    """Bodies, places and the rest by folded name; short names by the one they shorten."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in others:
        groups[_key(described[n])].append(n)
    full_names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key, members in groups.items():
        if key[0] in (_BODY, "ORG"):
            for alias in {name_key(a) for n in members for a in described[n].aliases}:
                full_names[alias].add(key)
    merged: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, members in groups.items():
        merged[_full_key(key, full_names)].extend(members)
    return (sorted(members) for members in merged.values())


def _full_key(
    key: tuple[str, ...], full_names: Mapping[str, set[tuple[str, ...]]]
) -> tuple[str, ...]:
    """The key of the one body that some article calls by this name for short, else `key`."""
    if key[0] not in (_BODY, "ORG") or len(key) > 2:
        return key
    meant = full_names.get(key[1], set()) - {key}
    return next(iter(meant)) if len(meant) == 1 else key


def _key(d: Description) -> tuple[str, ...]:
    """What must be equal for two descriptions to be of one thing."""
    name = name_key(d.name)
    if d.type in _PLACES:
        return "PLACE", name, d.country or ""
    if d.type == "ORG":
        name = body_key(d.name)
        if is_generic_body(d.name):
            return _BODY, name, d.country or d.article_id
    currency = _currency(d.name, d.type)
    if currency is not None:
        return "CURRENCY", currency.code
    if d.type in _THINGS and (" " in name or is_acronym(d.name)):
        return _BODY, name
    return d.type, name
