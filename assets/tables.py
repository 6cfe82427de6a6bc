"""From the rows of each document to the tables, with ids that hold across the corpus."""

from collections.abc import Iterator

import pyarrow as pa
from dagster import AssetOut, Output, multi_asset

from assets.io_manager import table_schema
from assets.settings import Settings
from pipelines.entities import told
from pipelines.resolve import resolve
from warehouse import registry
from warehouse.storage import SeedsError
from warehouse.tables import ARTICLES, ENTITIES, MENTIONS, QUOTES, REGISTRY


# One step: a check of one of these tables blocks what is downstream of it, and may read the others.
@multi_asset(
    name="resolve",
    group_name="tables",
    outs={
        table.name: AssetOut(
            description=table.doc, metadata={"dagster/column_schema": table_schema(table)}
        )
        for table in (ARTICLES, ENTITIES, MENTIONS, QUOTES, REGISTRY)
    },
)
def resolve_tables(
    settings: Settings,
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
        },
        load_registry(settings),
        load_entities(settings),
    )
    for name, table in tables.items():
        yield Output(table, name)


def load_entities(settings: Settings) -> list[told.ToldEntity]:
    """Read what a person says about entities.

    Raises:
        pipelines.entities.told.EntitiesError: it cannot be used.
        warehouse.storage.SeedsError: it cannot be read.
    """
    path = settings.seeds_folder / told.FILE_NAME
    if not path.exists():
        return []
    try:
        return told.read_entities(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SeedsError(f"{path} cannot be read: {error}.") from error


def load_registry(settings: Settings) -> pa.Table:
    """Read every entity id published so far.

    Raises:
        warehouse.registry.RegistryError: it cannot be used.
    """
    return registry.read_registry(settings.seeds_folder / registry.FILE_NAME)
