"""One entity for one thing across the corpus, from the things that each article names.

Precision first: two things of one name stay two where roles or countries speak against one, and a
bare family name joins a full one only where the corpus holds a single bearer.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipelines.entities.bodies import known
from pipelines.entities.currencies import Currency, currency_named
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
from pipelines.entities.rows import EntityRow, LinkedEntities, LocalEntityRow, PublishedEntity
from pipelines.entities.told import ToldEntity

#: Types that one name of several words, or an acronym, has in turn for one and the same thing.
_THINGS: frozenset[EntityType] = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_BODY = "BODY"
_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class _Thing:
    """Rows found to be one thing, and what a person says of it."""

    rows: list[LocalEntityRow] = field(default_factory=list)
    told: ToldEntity | None = None


def link_entities(
    rows: Sequence[LocalEntityRow],
    claims: Mapping[tuple[str, int], ToldEntity] | None = None,
    living: Sequence[PublishedEntity] = (),
    taken: Collection[str] = (),
) -> LinkedEntities:
    """Decide which things of different articles are the same.

    The result depends on what is given, not on its order. Time grows with the number of rows, and
    within one family name with the square of the differing full names and roles.

    Args:
        rows: the things that the articles name.
        claims: what a person says of a thing, by (article_id, local).
        living: the published entities, those that were merged into others aside.
        taken: every id ever published.
    """
    said = claims or {}
    ordered = sorted((_as_told(r, said) for r in rows), key=lambda r: (r.article_id, r.local))
    people = [r for r in ordered if r.type == "PERSON"]
    others = [r for r in ordered if r.type != "PERSON"]
    things = _settled([*_link_people(people), *_link_others(others)], said)
    made = sorted(((_entity(t), t) for t in things), key=lambda pair: _rank(*pair))
    entities = [row for row, _ in made]
    marks = [f"{t.rows[0].article_id}:{t.rows[0].local}" for _, t in made]
    stable = stable_ids(entities, marks, living, taken)
    entity_of: dict[tuple[str, int], str] = {}
    for found, (_, thing) in zip(stable.ids, made, strict=True):
        entity_of.update({(r.article_id, r.local): found for r in thing.rows})
    with_ids = (replace(e, entity_id=i) for e, i in zip(entities, stable.ids, strict=True))
    by_id = tuple(sorted(with_ids, key=lambda e: e.entity_id))
    return LinkedEntities(by_id, entity_of, stable.merged)


def _as_told(row: LocalEntityRow, claims: Mapping[tuple[str, int], ToldEntity]) -> LocalEntityRow:
    """The row with the name and type that a person gave."""
    told = claims.get((row.article_id, row.local))
    if told is None:
        return row
    aliases = (*row.aliases, row.name)
    return replace(row, name=told.name, type=told.type, aliases=aliases)


def _settled(
    things: Sequence[_Thing], claims: Mapping[tuple[str, int], ToldEntity]
) -> list[_Thing]:
    """The things with a person's entries kept whole, and apart from each other.

    What was inferred to be the same as one entry stays with it; what two entries might be is
    neither.
    """
    if not claims:
        return list(things)
    found: list[_Thing] = []
    told: dict[ToldEntity, _Thing] = {}
    for thing in things:
        parts: dict[ToldEntity | None, list[LocalEntityRow]] = defaultdict(list)
        for row in thing.rows:
            parts[claims.get((row.article_id, row.local))].append(row)
        entries = [entry for entry in parts if entry is not None]
        if len(entries) == 1 and None in parts:
            parts[entries[0]] += parts.pop(None)
        for entry, rows in parts.items():
            if entry is None:
                found.append(_Thing(rows))
            else:
                told.setdefault(entry, _Thing(told=entry)).rows += rows
    return [*found, *(_Thing(_in_order(t.rows), t.told) for t in told.values())]


def _rank(row: EntityRow, thing: _Thing) -> tuple[str, str, int, int, str, tuple[str, ...], str]:
    """Of several things of one name the most written about comes first, and has the plain id."""
    first = thing.rows[0].article_id
    return row.type, row.name, -row.n_articles, -row.n_mentions, row.country or "", row.roles, first


def _entity(thing: _Thing) -> EntityRow:
    rows, told = thing.rows, thing.told
    names: Counter[str] = Counter()
    for r in rows:
        names[r.name] += max(1, r.n_mentions)
    types = Counter(r.type for r in rows)
    countries = Counter(r.country for r in rows if r.country)
    kind = told.type if told else max(sorted(types), key=lambda t: types[t])
    name = told.name if told else _in_full(_fullest(names), kind)
    aliases = {a for r in rows for a in (r.name, *r.aliases)} | set(told.aliases if told else ())
    roles = _roles(rows)
    found = max(sorted(countries), key=lambda c: countries[c]) if countries else None
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
        len({r.article_id for r in rows}),
        ids,
    )


def _currency(name: str, kind: EntityType) -> Currency | None:
    """The currency that the name is ISO 4217's for."""
    return currency_named(name) if kind == "PRODUCT" else None


def _in_full(name: str, kind: EntityType) -> str:
    """The name; of a well-known body that the texts call by initials alone the listed name."""
    listed = known(name) if kind == "ORG" and is_acronym(name) else None
    return listed.name if listed is not None else name


def _roles(rows: Sequence[LocalEntityRow]) -> Counter[str]:
    """The roles with their counts, of those that say the same the commonest spelling alone."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for role in (role for r in rows for role in r.roles):
        spellings[role_key(role)][role] += 1
    return Counter({max(sorted(s), key=lambda r: s[r]): s.total() for s in spellings.values()})


def _fullest(names: Counter[str]) -> str:
    """The name of the most words; of equally many the commonest, then the longest."""
    return max(sorted(names), key=lambda n: (len(n.split()), names[n], len(n)))


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
    currency = _currency(row.name, row.type)
    if currency is not None:
        return "CURRENCY", currency.code
    if row.type in _THINGS and (" " in name or is_acronym(row.name)):
        return _BODY, name
    return row.type, name


def _in_order(rows: Iterable[LocalEntityRow]) -> list[LocalEntityRow]:
    return sorted(rows, key=lambda r: (r.article_id, r.local))
