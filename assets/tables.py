"""From the rows of each document to the tables, with ids that hold across the corpus."""

from collections.abc import Iterator

import pyarrow as pa
from dagster import AssetOut, Output, multi_asset

from assets.io_manager import table_schema
from pipelines.resolve import resolve
from warehouse.tables import ARTICLES, ENTITIES, MENTIONS, QUOTES


# One step: a check of one of these tables blocks what is downstream of it, and may read the others.
@multi_asset(
    name="resolve",
    group_name="tables",
    outs={
        table.name: AssetOut(
            description=table.doc, metadata={"dagster/column_schema": table_schema(table)}
        )
        for table in (ARTICLES, ENTITIES, MENTIONS, QUOTES)
    },
)
def resolve_tables(
    extracted_articles: pa.Table,
    extracted_entities: pa.Table,
    extracted_mentions: pa.Table,
    extracted_quotes: pa.Table,
) -> Iterator[Output[pa.Table]]:
    """Decide which things of the articles are one, and give every row its entity's id."""
    tables = resolve(
        {
            "extracted_articles": extracted_articles,
            "extracted_entities": extracted_entities,
            "extracted_mentions": extracted_mentions,
            "extracted_quotes": extracted_quotes,
        }
    )
    for name, table in tables.items():
        yield Output(table, name)
