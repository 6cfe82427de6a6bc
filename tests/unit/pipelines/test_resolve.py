from typing import Any

import pyarrow as pa

from pipelines.entities.gathered import StoredThings
from pipelines.ids import digest_id
from pipelines.resolve import (
    Resolved,
    finish_articles,
    finish_mentions,
    finish_quotes,
    resolve_entities,
)
from tests.unit.pipelines.entities.linking import part
from warehouse.tables import REGISTRY, Table
from warehouse.tables.extracted import (
    EXTRACTED_ARTICLES,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    EXTRACTED_QUOTES,
)

A, B = digest_id("a", "1"), digest_id("a", "2")
#: The registry before the first release.
NEVER = REGISTRY.schema.empty_table()


def thing(article: str, number: int, name: str, **more: object) -> dict[str, Any]:
    return {
        "article_id": article,
        "local_no": number,
        "name": name,
        "type": "PERSON",
        "aliases": [],
        "roles": [],
        "country": None,
        "n_mentions": 2,
        "extractor": "entities",
        "extractor_version": "0" * 12,
    } | more


def things(*rows: dict[str, Any]) -> pa.Table:
    return EXTRACTED_ENTITIES.from_rows(list(rows))


def parts(*tables: pa.Table) -> list[StoredThings]:
    return [part(str(n), table) for n, table in enumerate(tables)]


def sparse(table: Table, *rows: dict[str, object]) -> pa.Table:
    """Rows of a table of which only some columns matter; the others are null."""
    columns = {name: [row.get(name) for row in rows] for name in table.column_names}
    types = {column.name: column.type for column in table.columns}
    return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})


def test_one_person_of_two_articles_is_one_entity() -> None:
    rows = things(
        thing(A, 0, "Ingrid Halvorsen", aliases=["Halvorsen"]),
        thing(B, 0, "Ingrid Halvorsen", roles=["mayor of Larkmoor"]),
        thing(B, 1, "Tomas Verhoeven"),
    )
    entities, links, _ = resolve_entities(parts(rows.slice(1), rows.slice(0, 1)), NEVER)
    halvorsen_of_a, halvorsen_of_b, verhoeven = links.entities(rows).to_pylist()
    assert halvorsen_of_a == halvorsen_of_b != verhoeven
    (halvorsen,) = [e for e in entities.to_pylist() if e["name"] == "Ingrid Halvorsen"]
    assert (halvorsen["n_mentions"], halvorsen["n_articles"]) == (4, 2)
    assert halvorsen["roles"] == ["mayor of Larkmoor"]
    assert halvorsen["extractor"] == "entities"


def test_no_things_make_no_entities() -> None:
    for none in ([], parts(things())):
        entities, links, _ = resolve_entities(none, NEVER)
        assert entities.num_rows == 0
        row = sparse(EXTRACTED_MENTIONS, {"article_id": A, "local_no": 0})
        assert links.entities(row).to_pylist() == [None]


def resolved(*rows: dict[str, Any]) -> Resolved:
    entities, links, _ = resolve_entities(parts(things(*rows)), NEVER)
    return Resolved(entities, entities, links, NEVER, {A: B})


def test_a_mention_gets_the_entity_that_its_article_means() -> None:
    found = resolved(thing(A, 0, "Ingrid Halvorsen"))
    mentions = sparse(
        EXTRACTED_MENTIONS,
        {"article_id": A, "local_no": 0},
        {"article_id": A, "local_no": None},
        {"article_id": A, "local_no": 2},
        {"article_id": B, "local_no": 0},
    )
    done = finish_mentions(mentions, found)
    (entity,) = found.entities["entity_id"].to_pylist()
    assert done["entity_id"].to_pylist() == [entity, None, None, None]


def test_a_quote_gets_the_full_name_of_its_speaker() -> None:
    found = resolved(thing(A, 3, "Ingrid Halvorsen"))
    extracted = sparse(
        EXTRACTED_QUOTES,
        {"article_id": A, "local_no": 3},
        {"article_id": A, "local_no": None},
    )
    quotes = finish_quotes(extracted, found)
    assert quotes["speaker_name"].to_pylist() == ["Ingrid Halvorsen", None]
    (entity,) = found.entities["entity_id"].to_pylist()
    assert quotes["speaker_entity_id"].to_pylist() == [entity, None]


def test_an_article_says_which_other_it_repeats() -> None:
    rows = sparse(EXTRACTED_ARTICLES, {"article_id": A}, {"article_id": B})
    assert finish_articles(rows, resolved())["near_duplicate_of"].to_pylist() == [B, None]
