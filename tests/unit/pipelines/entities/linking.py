"""Things of a few articles, put together as a build does it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.entities import link
from pipelines.entities.gathered import SLOT, Gathered, StoredThings, gather
from pipelines.entities.kept import NOTHING, Forgetful
from pipelines.entities.mention import EntityType
from pipelines.entities.rows import PublishedEntity
from pipelines.entities.told import Claims, ToldEntity
from warehouse.tables.extracted import EXTRACTED_ENTITIES


@dataclass(frozen=True, slots=True)
class Thing:
    """A row of `EXTRACTED_ENTITIES`."""

    article_id: str
    local_no: int
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    country: str | None = None
    n_mentions: int = 1


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of `ENTITIES`."""

    entity_id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    ids: tuple[str, ...] | None
    n_mentions: int
    n_articles: int


@dataclass(frozen=True, slots=True)
class Linked:
    """The entities by id, and the id of the entity that each (article_id, local_no) is."""

    entities: tuple[Entity, ...]
    entity_of: Mapping[tuple[str, int], str]
    merged: Mapping[str, str]


def thing(
    article: str,
    name: str,
    type: EntityType = "PERSON",
    aliases: Sequence[str] = (),
    roles: Sequence[str] = (),
    country: str | None = None,
) -> Thing:
    """The first thing of an article, named twice."""
    return Thing(article, 0, name, type, tuple(aliases), tuple(roles), country, 2)


def link_entities(
    things: Sequence[Thing],
    told: Sequence[ToldEntity] = (),
    source_of: Mapping[str, str] | None = None,
    living: Sequence[PublishedEntity] = (),
    taken: Collection[str] = (),
) -> Linked:
    """Link the things, each given in a table of its own."""
    claims = Claims(told, source_of or {})
    gathered = gathered_from(*(table(one) for one in things), claims=claims)
    linked = link.link_entities(gathered, claims.entries, NOTHING, living, taken)
    entities = tuple(_entity(row) for row in linked.entities.to_pylist())
    ids = {
        (gathered.articles[article].as_py(), int(local)): entities[
            linked.entity_of[description]
        ].entity_id
        for article, local, description in zip(
            gathered.article, gathered.local, gathered.description, strict=True
        )
    }
    return Linked(entities, ids, linked.merged)


def table(*things: Thing) -> pa.Table:
    """The rows of things."""
    made_by = {"extractor": "entities", "extractor_version": "0" * 12}
    return EXTRACTED_ENTITIES.from_rows([asdict(one) | made_by for one in things])


def gathered_from(*tables: pa.Table, claims: Claims | None = None) -> Gathered:
    """The things of tables, gathered as those of parts."""
    parts = [part(str(n), one) for n, one in enumerate(tables)]
    return gather(parts, claims or Claims([], {}), NOTHING, Forgetful())


def part(name: str, rows: pa.Table) -> StoredThings:
    """Rows of one document that counts."""
    slots = pa.array(np.zeros(rows.num_rows, dtype=np.int32))
    return StoredThings(name, np.ones(1, dtype=np.bool_), lambda: rows.append_column(SLOT, slots))


def _entity(row: dict[str, Any]) -> Entity:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Entity(**{**row, **lists})
