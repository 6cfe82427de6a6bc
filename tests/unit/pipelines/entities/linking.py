"""Things of a few articles, put together as a build does it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from pipelines.entities import link
from pipelines.entities.gathered import gather
from pipelines.entities.mention import EntityType
from pipelines.entities.rows import EntityRow, PublishedEntity
from pipelines.entities.told import ToldEntity
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
class Linked:
    """The entities by id, and the id of the entity that each (article_id, local_no) is."""

    entities: tuple[EntityRow, ...]
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
    made_by = {"extractor": "entities", "extractor_version": "0" * 12}
    tables = [EXTRACTED_ENTITIES.from_rows([asdict(one) | made_by]) for one in things]
    gathered = gather(tables, told, source_of)
    linked = link.link_entities(gathered, living, taken)
    ids = {
        (gathered.articles[article].as_py(), int(local)): linked.entities[
            linked.entity_of[description]
        ].entity_id
        for article, local, description in zip(
            gathered.article, gathered.local, gathered.description, strict=True
        )
    }
    return Linked(linked.entities, ids, linked.merged)
