"""The shapes that putting the things of many articles together takes and yields."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.entities.across.told import ToldEntity
from pipelines.entities.mention import EntityType


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

    name: str
    type: EntityType
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    ids: tuple[str, ...] | None
    n_mentions: int


@dataclass(frozen=True, slots=True)
class Things:
    """The entities by number, before they have ids.

    Attributes:
        rows: as `kept.THINGS` says.
        n_articles: of each in how many articles it is named.
        first: of each the place of its first thing; no other has the same.
    """

    rows: pa.Table
    n_articles: NDArray[np.int64]
    first: NDArray[np.int64]


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
class StableIds:
    """The id of each entity, in the order given; and where merged published ids live on."""

    ids: pa.StringArray
    merged: Mapping[str, str]
