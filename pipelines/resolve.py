"""Once per corpus: what each article names becomes entities, and every row gets its entity's id."""

from collections.abc import Mapping

import pyarrow as pa

from pipelines.articles.near_duplicates import Body, near_duplicates
from pipelines.articles.near_duplicates_text import signature
from pipelines.entities.link import LocalEntityRow, link_entities
from warehouse.tables import ARTICLES, ENTITIES, MENTIONS, QUOTES

#: An article and its own number for a thing; the entity that it is.
Links = Mapping[tuple[str, int], str]

#: What of an article tells whether another one repeats it, and which came first.
_COMPARED = ["article_id", "source_id", "published_edtf", "published_at", "body"]


def resolve(extracted: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Make the tables that need the whole corpus from the extracted ones, by name."""
    entities, links = resolve_entities(extracted["extracted_entities"])
    return {
        "articles": resolve_articles(extracted["extracted_articles"]),
        "entities": entities,
        "mentions": resolve_mentions(extracted["extracted_mentions"], links),
        "quotes": resolve_quotes(extracted["extracted_quotes"], links, entities),
    }


def resolve_articles(extracted: pa.Table) -> pa.Table:
    """Add to each article the one that it is a near-duplicate of."""
    bodies = [
        Body(
            article_id=row["article_id"],
            source_id=row["source_id"],
            published=row["published_edtf"],
            published_at=row["published_at"],
            text=row["body"],
            signature=signature(row["body"]),
        )
        for row in extracted.select(_COMPARED).to_pylist()
    ]
    same = near_duplicates(bodies)
    column = [same.get(body.article_id) for body in bodies]
    return _with(extracted, "near_duplicate_of", column).select(list(ARTICLES.column_names))


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


def resolve_mentions(extracted: pa.Table, links: Links) -> pa.Table:
    """Give each mention the id of the entity it names."""
    return _with(extracted, "entity_id", _entity_ids(extracted, links)).select(
        list(MENTIONS.column_names)
    )


def resolve_quotes(extracted: pa.Table, links: Links, entities: pa.Table) -> pa.Table:
    """Give each quote the id and the full name of its speaker."""
    names = dict(zip(entities["entity_id"].to_pylist(), entities["name"].to_pylist(), strict=True))
    ids = _entity_ids(extracted, links)
    with_ids = _with(extracted, "speaker_entity_id", ids)
    return _with(with_ids, "speaker_name", [names[i] if i else None for i in ids]).select(
        list(QUOTES.column_names)
    )


def _entity_ids(extracted: pa.Table, links: Links) -> list[str | None]:
    rows = extracted.select(["article_id", "local_no"]).to_pylist()
    return [links.get((row["article_id"], row["local_no"])) for row in rows]


def _with(table: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    return table.append_column(name, pa.array(values, pa.string()))
