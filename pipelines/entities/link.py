"""One entity for one thing across the corpus, from the things that each article names.

Precision first: two things of one name stay two where roles or countries speak against one, and a
bare family name joins a full one only where the corpus holds a single bearer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipelines.entities.identity import Person, body_key, is_generic_body, join_people, name_key
from pipelines.entities.mention import EntityType
from pipelines.entities.names import is_acronym
from pipelines.ids import digest_id

#: Types that one name of several words, or an acronym, has in turn for one and the same thing.
_THINGS: frozenset[EntityType] = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_BODY = "BODY"
_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class LocalEntityRow:
    """A thing that one article names: `LocalEntity` number `local` of the article."""

    article_id: str
    local: int
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    n_mentions: int


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One thing across the corpus; `name` is its fullest form."""

    entity_id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    n_mentions: int
    n_articles: int


@dataclass(frozen=True, slots=True)
class LinkedEntities:
    """The entities by id, and for each (article_id, local) the entity it is."""

    entities: tuple[EntityRow, ...]
    entity_of: Mapping[tuple[str, int], str]


@dataclass(slots=True)
class _Thing:
    """Rows found to be one thing."""

    rows: list[LocalEntityRow] = field(default_factory=list)


def link_entities(rows: Sequence[LocalEntityRow]) -> LinkedEntities:
    """Decide which things of different articles are the same.

    The result depends on the rows only, not on their order. Time grows with the number of rows,
    and within one family name with the square of the differing full names and roles.
    """
    ordered = sorted(rows, key=lambda r: (r.article_id, r.local))
    people = [r for r in ordered if r.type == "PERSON"]
    others = [r for r in ordered if r.type != "PERSON"]
    things = [*_link_people(people), *_link_others(others)]
    entities: list[EntityRow] = []
    entity_of: dict[tuple[str, int], str] = {}
    taken: set[str] = set()
    for row, thing in sorted(
        ((_entity(t), t) for t in things), key=lambda pair: _rank(pair[0], pair[1])
    ):
        made = row if row.entity_id not in taken else _told_apart(row, thing, taken)
        taken.add(made.entity_id)
        entities.append(made)
        entity_of.update({(r.article_id, r.local): made.entity_id for r in thing.rows})
    return LinkedEntities(tuple(sorted(entities, key=lambda e: e.entity_id)), entity_of)


def entity_id(type: EntityType, name: str) -> str:
    """The id of an entity: “e” and the first 16 hex digits of SHA-256 of its type and name."""
    return digest_id("e", type, name)


def _rank(row: EntityRow, thing: _Thing) -> tuple[str, str, int, int, str, tuple[str, ...], str]:
    """Of several things of one name the most written about comes first, and has the plain id."""
    first = thing.rows[0].article_id
    return row.type, row.name, -row.n_articles, -row.n_mentions, row.country or "", row.roles, first


def _told_apart(row: EntityRow, thing: _Thing, taken: set[str]) -> EntityRow:
    """The row with an id of its own beside another thing of the same type and name."""
    first = thing.rows[0]
    for mark in (row.country, *row.roles[:1], f"{first.article_id}:{first.local}"):
        made = entity_id(row.type, f"{row.name}\n{mark}")
        if mark and made not in taken:
            return replace(row, entity_id=made)
    raise AssertionError("an article and its entity number name one thing only")


def _entity(thing: _Thing) -> EntityRow:
    rows = thing.rows
    names: Counter[str] = Counter()
    for r in rows:
        names[r.name] += max(1, r.n_mentions)
    types = Counter(r.type for r in rows)
    kind = max(sorted(types), key=lambda t: types[t])
    name = max(sorted(names), key=lambda n: (len(n.split()), names[n], len(n)))
    aliases = {a for r in rows for a in (r.name, *r.aliases)} - {name}
    roles = Counter(role for r in rows for role in r.roles)
    countries = Counter(r.country for r in rows if r.country)
    return EntityRow(
        entity_id(kind, name),
        name,
        kind,
        tuple(sorted(aliases)),
        tuple(sorted(roles, key=lambda role: (-roles[role], role))),
        max(sorted(countries), key=lambda c: countries[c]) if countries else None,
        sum(r.n_mentions for r in rows),
        len({r.article_id for r in rows}),
    )


def _link_people(rows: Sequence[LocalEntityRow]) -> list[_Thing]:
    """People by family name: rows alike in name, roles and country are compared once."""
    profiles: dict[Person, list[LocalEntityRow]] = defaultdict(list)
    for r in rows:
        profiles[Person.of(r.name, r.roles, r.country)].append(r)
    blocks: dict[str, list[Person]] = defaultdict(list)
    for person in profiles:
        blocks[person.name.family].append(person)
    groups = (group for block in blocks.values() for group in join_people(block))
    return [_Thing(_in_order(r for person in g for r in profiles[person])) for g in groups]


def _link_others(rows: Sequence[LocalEntityRow]) -> list[_Thing]:
    """Bodies, places and the rest by folded name; short names by the one they shorten."""
    groups: dict[tuple[str, ...], list[LocalEntityRow]] = defaultdict(list)
    for r in rows:
        groups[_key(r)].append(r)
    full_names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key, members in groups.items():
        if key[0] in (_BODY, "ORG"):
            for alias in {name_key(a) for r in members for a in r.aliases}:
                full_names[alias].add(key)
    merged: dict[tuple[str, ...], list[LocalEntityRow]] = defaultdict(list)
    for key, members in groups.items():
        merged[_full_key(key, full_names)].extend(members)
    return [_Thing(_in_order(members)) for members in merged.values()]


def _full_key(
    key: tuple[str, ...], full_names: Mapping[str, set[tuple[str, ...]]]
) -> tuple[str, ...]:
    """The key of the one body that some article calls by this name for short, else `key`."""
    if key[0] not in (_BODY, "ORG") or len(key) > 2:
        return key
    meant = full_names.get(key[1], set()) - {key}
    return next(iter(meant)) if len(meant) == 1 else key


def _key(row: LocalEntityRow) -> tuple[str, ...]:
    """What must be equal for two rows to be one thing."""
    name = name_key(row.name)
    if row.type in _PLACES:
        return "PLACE", name, row.country or ""
    if row.type == "ORG":
        name = body_key(row.name)
        if is_generic_body(row.name):
            return _BODY, name, row.country or row.article_id
    if row.type in _THINGS and (" " in name or is_acronym(row.name)):
        return _BODY, name
    return row.type, name


def _in_order(rows: Iterable[LocalEntityRow]) -> list[LocalEntityRow]:
    return sorted(rows, key=lambda r: (r.article_id, r.local))
