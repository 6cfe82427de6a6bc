"""The shapes that putting the things of many articles together takes and yields."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.entities.mention import EntityType


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
    """One thing across the corpus; `name` is its fullest form, `ids` those elsewhere, if any."""

    entity_id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    n_mentions: int
    n_articles: int
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PublishedEntity:
    """A living id of the registry, as it was last published; `first_release` is `YYYY.M.PATCH`."""

    entity_id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    first_release: str


@dataclass(frozen=True, slots=True)
class LinkedEntities:
    """The entities by id, and for each (article_id, local) the entity it is.

    `merged` tells of published ids that turned out to be one with another which id lives on.
    """

    entities: tuple[EntityRow, ...]
    entity_of: Mapping[tuple[str, int], str]
    merged: Mapping[str, str]
