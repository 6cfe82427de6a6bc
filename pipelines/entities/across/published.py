"""Ids that stay: which published id each entity carries on, and a new one for what is new.

An entity carries on the id of what was published by its name, or by one of its other names, unless
country or roles speak against it. Where several published ids are one entity now, that which was
published first lives on. What was published as two of one name stays two: that one of them is not
named any more does not make the other one it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.columns import Numbers, are_in, encoded, in_one, listed
from pipelines.entities.across.identity import Person, is_generic_body, name_key, speaks_against
from pipelines.entities.across.rows import EntityRow, PublishedEntity, StableIds, Things
from pipelines.entities.mention import EntityType
from pipelines.ids import digest_id

_CLASSES: dict[EntityType, str] = {
    "PERSON": "person",
    "NORP": "people",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
#: How much it says that a published name is the entity's name, or one of its other names, or that
#: the entity's name is one of the other names published.
_SAME_NAME, _OTHER_NAME, _FORMER_NAME = 3.0, 2.0, 1.0

Names = dict[tuple[str, str], list[int]]
#: The place of an entity among all: type, name, then how much is written about it, then details.
Rank = tuple[str, str, int, int, str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A published entity that may be the entity number `entity`, and how much says so."""

    published: PublishedEntity
    entity: int
    score: float


def entity_id(type: EntityType, name: str) -> str:
    """The id of a new entity: “e” and the first 16 hex digits of SHA-256 of its type and name."""
    return digest_id("e", type, name)


def stable_ids(
    things: Things,
    mark: Callable[[int], str],
    living: Sequence[PublishedEntity],
    taken: Collection[str],
) -> StableIds:
    """Give every entity an id.

    Args:
        things: the entities.
        mark: what tells the thing of a place from all others for sure, where names do not.
        living: the published entities that were not merged into others.
        taken: every id ever published, the merged ones too.
    """
    ids: dict[int, str] = {}
    merged: dict[str, str] = {}
    claims: dict[int, list[_Claim]] = defaultdict(list)
    for claim in _best_claims(things, living):
        claims[claim.entity].append(claim)
    for n, of_entity in claims.items():
        is_settled = things.rows["ids"][n].is_valid
        first, *others = _that_agree(of_entity, is_settled=is_settled)
        ids[n] = first.published.entity_id
        merged |= {claim.published.entity_id: ids[n] for claim in others}
    ids |= _new_ids(things, mark, {*taken, *ids.values()}, ids)
    found = in_one(things.rows["plain_id"])
    told = np.zeros(len(found), dtype=np.bool_)
    told[list(ids)] = True
    in_order = [ids[n] for n in sorted(ids)]
    return StableIds(
        pc.replace_with_mask(found, pa.array(told), pa.array(in_order, pa.string())), merged
    )


def _new_ids(
    things: Things, mark: Callable[[int], str], used: set[str], claimed: Collection[int]
) -> dict[int, str]:
    """The ids of new entities whose type and name others bear, or bore.

    Of several entities of one name the first by rank has the id of type and name.
    """
    plain, code = encoded(in_one(things.rows["plain_id"]))
    is_free = np.bincount(code) == 1
    is_free &= ~are_in(plain, pa.array(used, pa.string()))
    is_new = np.ones(len(code), dtype=np.bool_)
    is_new[list(claimed)] = False
    alike = np.flatnonzero(~is_free[code] & is_new)
    if not len(alike):
        return {}
    used |= set(listed(plain.filter(pa.array(is_free))))
    rows = _entities(things, alike)
    ids: dict[int, str] = {}
    for n in sorted(rows, key=lambda n: _rank(things, n, rows[n])):
        made = _ids(rows[n], partial(mark, int(things.first[n])))
        ids[n] = next(one for one in made if one not in used)
        used.add(ids[n])
    return ids


def _entities(things: Things, numbers: Numbers) -> dict[int, EntityRow]:
    """Some of the entities, by number."""
    some = things.rows.select(EntityRow.__slots__).take(numbers)
    rows = zip(*(column.to_pylist() for column in some.columns), strict=True)
    return {
        n: EntityRow(name, kind, tuple(aliases), tuple(roles), country, ids, n_mentions)
        for n, (name, kind, aliases, roles, country, ids, n_mentions) in zip(
            numbers.tolist(), rows, strict=True
        )
    }


def _rank(things: Things, n: int, row: EntityRow) -> Rank:
    """Of several things of one name the most written about comes first."""
    written_about = (-int(things.n_articles[n]), -row.n_mentions)
    return (row.type, row.name, *written_about, row.country or "", row.roles, int(things.first[n]))


def _ids(entity: EntityRow, mark: Callable[[], str]) -> Iterator[str]:
    """The id of type and name, then ids that tell another thing of this name apart."""
    yield entity_id(entity.type, entity.name)
    for told in (entity.country, *entity.roles[:1]):
        if told:
            yield entity_id(entity.type, f"{entity.name}\n{told}")
    yield entity_id(entity.type, f"{entity.name}\n{mark()}")
    for n in count(2):
        yield entity_id(entity.type, f"{entity.name}\n{mark()}\n{n}")


def _best_claims(things: Things, living: Sequence[PublishedEntity]) -> Iterator[_Claim]:
    """For each published entity the one entity that it is most likely now, if any."""
    if not living:
        return
    entities = _entities(things, np.arange(things.rows.num_rows))
    by_name, by_alias = _index(entities)
    published_as = _published_names(living)
    for published in living:
        name = published_key(published.type, published.name)
        named = [(n, _SAME_NAME) for n in by_name.get(name, ())]
        named += [(n, _OTHER_NAME) for n in by_alias.get(name, ())]
        if not named:
            former = {published_key(published.type, alias) for alias in published.aliases}
            named = [
                (n, _FORMER_NAME)
                for key in sorted(former)
                if published_as[key] == {published.entity_id}
                for n in by_name.get(key, ())
            ]
        claims = [
            _Claim(published, n, score + _agreement(entities[n], published))
            for n, score in named
            if not _conflict(entities[n], published)
        ]
        if claims and _is_clear(published, claims):
            yield min(claims, key=lambda c: (-c.score, _rank(things, c.entity, entities[c.entity])))


def _index(entities: Mapping[int, EntityRow]) -> tuple[Names, Names]:
    """The entities by their names, and by their other names."""
    by_name: Names = defaultdict(list)
    by_alias: Names = defaultdict(list)
    for n, entity in entities.items():
        own = published_key(entity.type, entity.name)
        by_name[own].append(n)
        for key in {published_key(entity.type, alias) for alias in entity.aliases} - {own}:
            by_alias[key].append(n)
    return by_name, by_alias


def _published_names(living: Sequence[PublishedEntity]) -> dict[tuple[str, str], set[str]]:
    """Which ids were published under each name, own or other."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for published in living:
        for name in (published.name, *published.aliases):
            found[published_key(published.type, name)].add(published.entity_id)
    return found


def published_key(kind: EntityType, name: str) -> tuple[str, str]:
    """What of a name is compared: the class of its type, and the name as far as it tells."""
    return _CLASSES.get(kind, "thing"), name_key(name)


def _is_clear(published: PublishedEntity, claims: Sequence[_Claim]) -> bool:
    """Whether a published name that several may bear, such as a family name, has one bearer."""
    is_full = published.type != "PERSON" or " " in name_key(published.name)
    return is_full or len({claim.entity for claim in claims}) == 1


def _agreement(entity: EntityRow, published: PublishedEntity) -> float:
    """Less than 1: what country and roles say for it."""
    same_country = entity.country is not None and entity.country == published.country
    shared = len(set(entity.roles) & set(published.roles))
    return 0.5 * same_country + 0.1 * min(shared, 4)


def _conflict(entity: EntityRow, published: PublishedEntity) -> bool:
    """Whether country or roles say that this is somebody or something else."""
    if entity.type == "PERSON":
        now = Person.of(entity.name, entity.roles, entity.country)
        then = Person.of(published.name, published.roles, published.country)
        return speaks_against(now, then)
    if None in (entity.country, published.country) or entity.country == published.country:
        return False
    return _CLASSES.get(entity.type) == "place" or is_generic_body(entity.name)


def _that_agree(claims: Sequence[_Claim], is_settled: bool) -> list[_Claim]:
    """The claims on one entity that hold, the one published first before the others.

    What was published as two of one name is one only where a person settled it, and a former name
    is enough only where nothing else was published by the entity's names.
    """
    best = sorted(claims, key=lambda c: (-c.score, _age(c.published)))
    if best[0].score >= _OTHER_NAME:
        best = [claim for claim in best if claim.score >= _OTHER_NAME]
    else:
        best = best[:1]
    if not is_settled:
        seen: set[tuple[str, str]] = set()
        distinct = []
        for claim in best:
            key = published_key(claim.published.type, claim.published.name)
            if key not in seen:
                seen.add(key)
                distinct.append(claim)
        best = distinct
    return sorted(best, key=lambda c: _age(c.published))


def _age(published: PublishedEntity) -> tuple[tuple[int, ...], str]:
    return tuple(map(int, published.first_release.split("."))), published.entity_id
