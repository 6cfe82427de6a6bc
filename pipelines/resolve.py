"""Once per corpus: what each article names becomes entities, and every row gets its entity's id."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pyarrow as pa
import pyarrow.compute

from pipelines.articles.near_duplicates import Bodies, near_duplicates
from pipelines.entities.link import link_entities
from pipelines.entities.rows import EntityRow, LocalEntityRow, PublishedEntity
from pipelines.entities.told import ToldEntity, claims
from pipelines.entities.withdrawn import LeftOut, leave_out, tombstones
from warehouse.tables import ENTITIES, REGISTRY

#: An article and its own number for a thing; the entity that it is.
Links = Mapping[tuple[str, int], str]
#: Published ids that turned out to be one with another, and the id that lives on.
Merged = Mapping[str, str]
#: Rows that are read at a time.
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Resolved:
    """What only the whole corpus tells: the entities, and which article repeats which other."""

    entities: pa.Table
    links: Links
    registry: pa.Table
    near_duplicates: Mapping[str, str]
    left_out: LeftOut = field(default_factory=LeftOut)


def resolve(
    articles: pa.Table,
    things: pa.Table,
    registry: pa.Table,
    told: Sequence[ToldEntity],
    bodies: Bodies,
    withdrawn: Collection[str] = (),
) -> Resolved:
    """Decide what needs the whole corpus.

    Args:
        articles: of each article the columns of `EXTRACTED_ARTICLES` that `RANKED_BY` names.
        things: the rows of `EXTRACTED_ENTITIES`.
        registry: every entity id published so far.
        told: what a person says of entities.
        bodies: gives the bodies of the articles it is asked for.
        withdrawn: the ids of entities that are to be left out.
    """
    registry = tombstones(registry, withdrawn)
    sources = dict(
        zip(*(articles[k].to_pylist() for k in ("article_id", "source_id")), strict=True)
    )
    entities, links, merged = resolve_entities(things, registry, told, sources)
    entities, left_out = leave_out(entities, registry, withdrawn)
    now = resolve_registry(registry, entities, merged)
    return Resolved(entities, links, now, near_duplicates(articles, bodies), left_out)


def resolve_entities(
    extracted: pa.Table,
    registry: pa.Table,
    told: Sequence[ToldEntity] = (),
    sources: Mapping[str, str] | None = None,
) -> tuple[pa.Table, Links, Merged]:
    """Decide which things of the articles are one.

    `sources` gives the source_id of each article, for what a person says of some of them.

    Returns:
        The entities, the links to them, and the published ids that are merged into others.
    """
    things = list(_things(extracted))
    published: list[Any] = registry["entity_id"].to_pylist()
    said = claims(things, told, sources or {})
    linked = link_entities(things, said, _living(registry), published)
    made_by = extracted.slice(0, 1).select(["extractor", "extractor_version"]).to_pylist()
    rows = [_fields(entity) | made for entity in linked.entities for made in made_by]
    table = ENTITIES.from_rows(rows)
    return table, linked.entity_of, linked.merged


def _things(extracted: pa.Table) -> Iterator[LocalEntityRow]:
    """The rows as the linking reads them, a batch at a time, equal strings kept once."""
    once: dict[object, Any] = {}
    for batch in extracted.to_batches(max_chunksize=_BATCH):
        for row in batch.to_pylist():
            aliases, roles = tuple(row["aliases"]), tuple(row["roles"])
            yield LocalEntityRow(
                article_id=once.setdefault(row["article_id"], row["article_id"]),
                local=row["local_no"],
                name=once.setdefault(row["name"], row["name"]),
                type=once.setdefault(row["type"], row["type"]),
                aliases=once.setdefault(aliases, aliases),
                roles=once.setdefault(roles, roles),
                country=once.setdefault(row["country"], row["country"]),
                n_mentions=row["n_mentions"],
            )


def _fields(entity: EntityRow) -> dict[str, object]:
    return {of.name: getattr(entity, of.name) for of in fields(entity)}


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


def finish_articles(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Add to some articles the one that each is a near-duplicate of."""
    ids: list[Any] = extracted["article_id"].to_pylist()
    return _with(extracted, "near_duplicate_of", [found.near_duplicates.get(i) for i in ids])


def finish_mentions(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Give each of some mentions the id of the entity it names."""
    return _with(extracted, "entity_id", _entity_ids(extracted, found.links))


def finish_quotes(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Give each of some quotes the id and the full name of its speaker."""
    ids = pa.array(_entity_ids(extracted, found.links), pa.string())
    places = pa.compute.index_in(ids, found.entities["entity_id"].combine_chunks())
    named = found.entities["name"].take(places)
    with_ids = extracted.append_column("speaker_entity_id", ids)
    return with_ids.append_column("speaker_name", named)


def _entity_ids(extracted: pa.Table, links: Links) -> list[str | None]:
    keys = extracted.select(["article_id", "local_no"]).to_batches(max_chunksize=_BATCH)
    return [
        links.get(key)
        for batch in keys
        for key in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    ]


def _with(table: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    return table.append_column(name, pa.array(values, pa.string()))
