"""The shapes that putting the things of many articles together takes and yields."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.entities.mention import EntityType
from pipelines.entities.told import ToldEntity


@dataclass(frozen=True, slots=True)
class Description:
    """How one article or several tell of a thing, in the same words.

    `n_rows` are the things that are so told of, `n_mentions` all places that name them, `told` is
    what a person says of them. `article_id` is the one article, where the name tells nothing in
    another one, else empty.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    n_rows: int
    n_mentions: int
    told: ToldEntity | None = None
    article_id: str = ""


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
    """The entities by id, and of each description the number of the entity it is.

    `merged` tells of published ids that turned out to be one with another which id lives on.
    """

    entities: tuple[EntityRow, ...]
    entity_of: NDArray[np.int64]
    merged: Mapping[str, str]
