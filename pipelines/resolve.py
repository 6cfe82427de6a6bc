"""Once per corpus: what each article names becomes entities, and every row gets its entity's id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute

from pipelines.articles.near_duplicates import Body, near_duplicates
from pipelines.entities.link import LocalEntityRow, link_entities
from warehouse.tables import ENTITIES

#: An article and its own number for a thing; the entity that it is.
Links = Mapping[tuple[str, int], str]
#: What near-duplicates are told by, and ordered by, in the order of the fields of `Body`.
RANKED_BY = ("article_id", "source_id", "published_edtf", "body")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What only the whole corpus tells: the entities, and which article repeats which other."""

    entities: pa.Table
    links: Links
    near_duplicates: Mapping[str, str]


def resolve(articles: pa.Table, things: pa.Table) -> Resolved:
    """Decide what needs the whole corpus.

    Args:
        articles: of each article the columns of `EXTRACTED_ARTICLES` that `RANKED_BY` names.
        things: the rows of `EXTRACTED_ENTITIES`.
    """
    entities, links = resolve_entities(things)
    return Resolved(entities, links, resolve_near_duplicates(articles))


def resolve_near_duplicates(articles: pa.Table) -> dict[str, str]:
    """The article that each near-duplicate repeats."""
    columns = (articles[name].to_pylist() for name in RANKED_BY)
    return near_duplicates([Body(*row) for row in zip(*columns, strict=True)])


def finish_articles(extracted: pa.Table, found: Resolved) -> pa.Table:
    """Add to some articles the one that each is a near-duplicate of."""
    ids: list[Any] = extracted["article_id"].to_pylist()
    return _with(extracted, "near_duplicate_of", [found.near_duplicates.get(i) for i in ids])


def resolve_entities(extracted: pa.Table) -> tuple[pa.Table, Links]:
    """Decide which things of the articles are one; return the entities and the links to them."""
    rows = extracted.to_pylist()
    linked = link_entities(
        [
            LocalEntityRow(
                article_id=row["article_id"],
                local=row["local_no"],
                name=row["name"],
                type=row["type"],
                aliases=tuple(row["aliases"]),
                roles=tuple(row["roles"]),
                country=row["country"],
                n_mentions=row["n_mentions"],
            )
            for row in rows
        ]
    )
    made_by = {k: rows[0][k] for k in ("extractor", "extractor_version")} if rows else {}
    table = ENTITIES.from_rows(
        [
            {
                "entity_id": e.entity_id,
                "name": e.name,
                "type": e.type,
                "aliases": list(e.aliases),
                "roles": list(e.roles),
                "country": e.country,
                "n_mentions": e.n_mentions,
                "n_articles": e.n_articles,
                **made_by,
            }
            for e in linked.entities
        ]
    )
    return table, linked.entity_of


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
    articles: list[Any] = extracted["article_id"].to_pylist()
    numbers: list[Any] = extracted["local_no"].to_pylist()
    return [links.get(place) for place in zip(articles, numbers, strict=True)]


def _with(table: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    return table.append_column(name, pa.array(values, pa.string()))
