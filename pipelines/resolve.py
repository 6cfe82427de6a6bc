"""Once per corpus: what each article names becomes entities, and every row gets its entity's id."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.articles.near_duplicates import Bodies, near_duplicates
from pipelines.entities.columns import Numbers
from pipelines.entities.gathered import Gathered, StoredThings, gather, part_names
from pipelines.entities.kept import NAME, Forgetful, Keeper, read_found, write_found
from pipelines.entities.link import link_entities
from pipelines.entities.rows import PublishedEntity
from pipelines.entities.told import Claims, ToldEntity
from pipelines.entities.withdrawn import LeftOut, leave_out, tombstones
from warehouse.tables import ENTITIES, REGISTRY

_FORGETFUL = Forgetful()
#: Published ids that turned out to be one with another, and the id that lives on.
Merged = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Links:
    """The entity that each thing of an article is.

    Attributes:
        articles: ids of articles, in order.
        starts: of each article where its things begin in `entity`.
        entity: the number of the entity, -1 where the article has no thing of that number.
    """

    articles: pa.StringArray
    starts: Numbers
    entity: NDArray[np.int32]

    @classmethod
    def of(cls, things: Gathered, entity_of: Numbers) -> "Links":
        """The links of things whose descriptions are of these entities."""
        n_things = np.zeros(len(things.articles) + 1, dtype=np.int64)
        # Most often the things of an article lie together: few numbers are left to compare.
        begins = np.flatnonzero(np.diff(things.article, prepend=-1))
        most = np.maximum.reduceat(things.local, begins) if len(begins) else things.local
        np.maximum.at(n_things, things.article[begins] + 1, most + 1)
        starts = np.cumsum(n_things)
        entity = np.full(starts[-1], -1, dtype=np.int32)
        entity[starts[things.article] + things.local] = entity_of[things.description]
        return cls(things.articles, starts, entity)

    def entities(self, rows: pa.Table) -> "pa.Array[Any]":
        """The number of the entity of each row's thing; null where it has none.

        Args:
            rows: have the columns `article_id` and `local_no`.
        """
        columns: Any = pc.index_in(rows["article_id"], self.articles), rows["local_no"]
        article, local = (pc.fill_null(column, -1).to_numpy() for column in columns)
        place = self.starts[article] + local
        is_known = (article >= 0) & (local >= 0) & (place < self.starts[article + 1])
        found = np.append(self.entity, np.int32(-1))[np.where(is_known, place, -1)]
        return pa.array(found, mask=found < 0)

    def numbers_of(self, articles: pa.StringArray) -> NDArray[np.int32]:
        """The numbers of the entities of some articles' things, article by article, in order."""
        found: Any = pc.index_in(articles, self.articles)
        places = found.drop_null().to_numpy()
        begins, lengths = self.starts[places], self.starts[places + 1] - self.starts[places]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        numbers: NDArray[np.int32] = self.entity[np.repeat(begins, lengths) + offsets]
        return numbers


@dataclass(frozen=True, slots=True)
class Resolved:
    """What only the whole corpus tells: the entities, and which article repeats which other.

    `links` number the rows of `named`: the entities, and those that are left out of them.
    """

    entities: pa.Table
    named: pa.Table
    links: Links
    registry: pa.Table
    near_duplicates: Mapping[str, str]
    left_out: LeftOut = field(default_factory=LeftOut)


def resolve(
    articles: pa.Table,
    things: Sequence[StoredThings],
    registry: pa.Table,
    told: Sequence[ToldEntity],
    bodies: Bodies,
    withdrawn: Collection[str] = (),
    keeper: Keeper = _FORGETFUL,
) -> Resolved:
    """Decide what needs the whole corpus.

    Args:
        articles: what near-duplicates are told by, of every article.
        things: the rows of `EXTRACTED_ENTITIES`, in parts.
        registry: every entity id published so far.
        told: what a person says of entities.
        bodies: gives the bodies of the articles it is asked for.
        withdrawn: the ids of entities that are to be left out.
        keeper: keeps what costs much to find and is found again by the next build.
    """
    registry = tombstones(registry, withdrawn)
    columns = (articles[name].to_pylist() for name in ("article_id", "source_id"))
    source_of = dict(zip(*columns, strict=True)) if told else {}
    named, links, merged = resolve_entities(things, registry, told, source_of, keeper)
    entities, left_out = leave_out(named, registry, withdrawn)
    now = resolve_registry(registry, entities, merged)
    return Resolved(entities, named, links, now, near_duplicates(articles, bodies), left_out)


def resolve_entities(
    extracted: Sequence[StoredThings],
    registry: pa.Table,
    told: Sequence[ToldEntity] = (),
    source_of: Mapping[str, str] | None = None,
    keeper: Keeper = _FORGETFUL,
) -> tuple[pa.Table, Links, Merged]:
    """Decide which things of the articles are one.

    `source_of` gives the source_id of each article, for what a person says of some of them.

    Returns:
        The entities, the links to them, and the published ids that are merged into others.
    """
    claims = Claims(told, source_of or {})
    before = read_found(keeper, claims.entries)
    things = gather(extracted, claims, before, keeper)
    published: list[Any] = registry["entity_id"].to_pylist()
    linked = link_entities(things, claims.entries, before, _living(registry), published)
    write_found(keeper, claims.entries, linked.found)
    keeper.keep_only([NAME, *part_names(extracted)])
    links = Links.of(things, linked.entity_of)
    return _table(linked.entities, things.made_by), links, linked.merged


def _table(entities: pa.Table, made_by: Mapping[str, str]) -> pa.Table:
    for name, value in made_by.items():
        entities = entities.append_column(name, pa.repeat(value, entities.num_rows))
    if not made_by:
        return ENTITIES.schema.empty_table()
    return entities.select(ENTITIES.schema.names).cast(ENTITIES.schema)


def _living(registry: pa.Table) -> list[PublishedEntity]:
    return [
        PublishedEntity(
            entity_id=row["entity_id"],
            name=row["name"],
            type=row["type"],
            aliases=tuple(row["aliases"]),
            roles=tuple(row["roles"]),
            country=row["country"],
            first_release=row["first_release"],
        )
        for row in registry.to_pylist()
        if row["lives_on_as"] is None and row["status"] != "withdrawn"
    ]


def resolve_registry(registry: pa.Table, entities: pa.Table, merged: Merged) -> pa.Table:
    """What became of the published ids: those of `entities`, merged, absent, withdrawn ones."""
    now = set(entities["entity_id"].to_pylist())
    rows = registry.to_pylist()
    for row in rows:
        before = row["lives_on_as"]
        row["lives_on_as"] = merged.get(before or row["entity_id"], before)
        if row["status"] != "withdrawn":
            is_active = row["entity_id"] in now
            row["status"] = "merged" if row["lives_on_as"] else "active" if is_active else "absent"
    return REGISTRY.from_rows(rows)


#: Says of some articles what of the whole corpus their rows tell: other bytes, other rows.
Touching = Callable[[pa.StringArray], bytes]


def touching_articles(found: Resolved) -> Touching:
    """What `finish_articles` reads."""
    repeats = pa.array(found.near_duplicates, pa.string())

    def touching(articles: pa.StringArray) -> bytes:
        here: list[Any] = articles.filter(pc.is_in(articles, repeats)).to_pylist()
        return "".join(key + found.near_duplicates[key] for key in here).encode()

    return touching


def touching_mentions(found: Resolved) -> Touching:
    """What `finish_mentions` reads."""
    return _touching_things(found, [f"{i}" for i in found.named["entity_id"].to_pylist()])


def touching_quotes(found: Resolved) -> Touching:
    """What `finish_quotes` reads."""
    named = (found.named[name].to_pylist() for name in ("entity_id", "name"))
    return _touching_things(found, ["\n".join(both) for both in zip(*named, strict=True)])


def _touching_things(found: Resolved, said: Sequence[str]) -> Touching:
    digests = (hashlib.blake2b(one.encode(), digest_size=16).digest() for one in (*said, ""))
    known = np.frombuffer(b"".join(digests), "V16")  # the last is of what is no entity

    def touching(articles: pa.StringArray) -> bytes:
        return bytes(known[found.links.numbers_of(articles)].tobytes())

    return touching


def finish_articles(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Add to some articles the one that each is a near-duplicate of."""
    repeats, originals = (
        pa.array(some, pa.string())
        for some in (found.near_duplicates.keys(), found.near_duplicates.values())
    )
    places = pc.index_in(extracted["article_id"], repeats)
    return extracted.append_column("near_duplicate_of", originals.take(places))


def finish_mentions(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Give each of some mentions the id of the entity it names."""
    numbers = found.links.entities(extracted)
    return extracted.append_column("entity_id", found.named["entity_id"].take(numbers))


def finish_quotes(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Give each of some quotes the id and the full name of its speaker."""
    numbers = found.links.entities(extracted)
    ids, names = (found.named[name].take(numbers) for name in ("entity_id", "name"))
    with_ids = extracted.append_column("speaker_entity_id", ids)
    return with_ids.append_column("speaker_name", names)
