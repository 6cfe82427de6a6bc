"""From the inputs to the tables, and to what people read, as assets."""

from collections.abc import Iterator

from dagster import AssetSpec, MaterializeResult, ResourceParam, asset, multi_asset

from assets.assemble import make_tables
from assets.describe import described, table_schema
from assets.extraction import bring_up_to_date
from assets.publishing import publish, target
from assets.remote import begin, finish
from assets.settings import Settings
from warehouse import parquet
from warehouse.shards import KEY_BYTES
from warehouse.tables import TABLES


@asset(group_name="extracted")
def extracted(held: ResourceParam[Settings]) -> MaterializeResult[None]:
    """The rows of each document, kept until the document or what reads it changes.

    Only what is new among the inputs is read; a bad one costs itself only.
    """
    begin(held)
    is_new = bring_up_to_date(held)
    documents = len(held.live.read_bytes()) // KEY_BYTES
    return MaterializeResult(metadata={"documents": documents, "unchanged": not is_new})


# One step: a check of one of these tables blocks what is downstream of it, and may read the others.
@multi_asset(
    name="resolve",
    specs=[
        AssetSpec(
            table.name,
            deps=[extracted],
            group_name="tables",
            description=table.doc,
            metadata={"dagster/column_schema": table_schema(table)},
        )
        for table in TABLES
    ],
)
def resolve_tables(held: ResourceParam[Settings]) -> Iterator[MaterializeResult[None]]:
    """Decide which things of the articles are one, and write the tables of the extracted rows."""
    is_new = make_tables(held)
    for table in TABLES:
        yield described(table, parquet.files(held.staging, table.name), is_new=is_new)


@asset(group_name="published", deps=[table.name for table in TABLES])
def on_the_record(held: ResourceParam[Settings]) -> MaterializeResult[None]:
    """The DuckDB file, with its views, and the Parquet tables beside it.

    Runs only when no blocking check failed; readers see the old files until the new are whole. Of a
    warehouse in a bucket they see the old build until all of the new one is there.
    """
    is_new = publish(held)
    finish(held)
    path = target(held)
    size = path.stat().st_size
    return MaterializeResult(metadata={"path": str(path), "bytes": size, "unchanged": not is_new})
