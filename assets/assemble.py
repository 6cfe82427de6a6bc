"""From the store of extracted rows to the tables, with ids that hold across the corpus."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from assets.extraction import STEP as EXTRACT
from assets.extraction import open_shards
from assets.settings import Settings
from pipelines import resolve
from warehouse import parquet
from warehouse.made import Made, code_version, digest
from warehouse.merge import columns, sorted_rows
from warehouse.shards import Shard
from warehouse.tables import (
    ARTICLES,
    BLOCKS,
    DATES,
    DOCUMENTS,
    ENTITIES,
    MENTIONS,
    QUOTE_SPANS,
    QUOTES,
    TABLES,
    Table,
)
from warehouse.tables.extracted import (
    EXTRACTED_ARTICLES,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    EXTRACTED_QUOTES,
)

STEP = "tables"
_CHECKOUT = Path(__file__).parents[1]
_Finish = Callable[[pa.Table, resolve.Resolved], pa.Table]

#: The tables made of the store's: where each comes from, and what adds the columns it lacks there.
_MERGED: tuple[tuple[Table, Table, _Finish], ...] = (
    (ARTICLES, EXTRACTED_ARTICLES, resolve.finish_articles),
    (BLOCKS, BLOCKS, lambda rows, _: rows),
    (DATES, DATES, lambda rows, _: rows),
    (MENTIONS, EXTRACTED_MENTIONS, resolve.finish_mentions),
    (QUOTES, EXTRACTED_QUOTES, resolve.finish_quotes),
    (QUOTE_SPANS, QUOTE_SPANS, lambda rows, _: rows),
)


def make_tables(settings: Settings) -> bool:
    """Write every table but `documents`, unless they are there, made of the same rows.

    Returns:
        Whether they were written.
    """
    made = Made(settings.made)
    key = digest(made.digest(EXTRACT, settings.live), _version())
    if made.is_current(STEP, key):
        return False
    shards = open_shards(settings).live(settings.live.read_bytes())
    found = resolve.resolve(
        columns(EXTRACTED_ARTICLES, shards, resolve.RANKED_BY),
        columns(EXTRACTED_ENTITIES, shards, EXTRACTED_ENTITIES.column_names),
    )
    paths = [settings.staged(ENTITIES.name)]
    parquet.write_table(ENTITIES, [parquet.conform(ENTITIES, found.entities)], paths[0])
    for table, source, finish in _MERGED:
        paths.append(settings.staged(table.name))
        parquet.write_table(table, _rows(table, source, shards, finish, found), paths[-1])
    made.put(STEP, key, paths)
    return True


def table_digests(settings: Settings) -> dict[str, str]:
    """The digest of each table's file, by the table's name."""
    made = Made(settings.made)
    return {
        table.name: made.digest(
            EXTRACT if table is DOCUMENTS else STEP, settings.staged(table.name)
        )
        for table in TABLES
    }


def _rows(
    table: Table,
    source: Table,
    shards: Sequence[Shard],
    finish: _Finish,
    found: resolve.Resolved,
) -> Iterator[pa.Table]:
    return sorted_rows(table, shards, source, lambda rows: finish(rows, found))


def _version() -> str:
    """The version of all that makes tables of extracted rows."""
    names = ("pipelines/articles", "pipelines/entities", "pipelines/resolve.py", "warehouse")
    here = Path(__file__)
    return code_version(here, *(_CHECKOUT / name for name in names))
