"""From the store of extracted rows to the files of the tables; apart for what it imports."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import resolve, withdrawn
from pipelines.articles.near_duplicates import RANKED_BY
from pipelines.entities.gathered import Part
from pipelines.entities.kept import Keeper
from pipelines.entities.told import ToldEntity
from pipelines.withdrawn import Gone
from warehouse import parquet
from warehouse.lookup import column_of
from warehouse.merge import columns, sorted_rows
from warehouse.shards import Shard
from warehouse.tables import (
    ARTICLES,
    BLOCKS,
    DATES,
    ENTITIES,
    MENTIONS,
    QUOTE_SPANS,
    QUOTES,
    REGISTRY,
    WITHDRAWN,
    Table,
)
from warehouse.tables.extracted import (
    EXTRACTED_ARTICLES,
    EXTRACTED_ENTITIES,
    EXTRACTED_MENTIONS,
    EXTRACTED_QUOTES,
)
from warehouse.tables.withdrawals import Withdrawals

_Finish = Callable[[pa.Table, resolve.Resolved], pa.Table]


def _whole(rows: pa.Table, found: resolve.Resolved) -> pa.Table:
    """The rows of a table that needs nothing of the corpus."""
    del found
    return rows


#: The tables made of the store's: where each comes from, and what adds the columns it lacks there.
_MERGED: tuple[tuple[Table, Table, _Finish], ...] = (
    (ARTICLES, EXTRACTED_ARTICLES, resolve.finish_articles),
    (BLOCKS, BLOCKS, _whole),
    (DATES, DATES, _whole),
    (MENTIONS, EXTRACTED_MENTIONS, resolve.finish_mentions),
    (QUOTES, EXTRACTED_QUOTES, resolve.finish_quotes),
    (QUOTE_SPANS, QUOTE_SPANS, _whole),
)


def write_tables(
    shards: Sequence[Shard],
    folder: Path,
    registry: pa.Table,
    told: Sequence[ToldEntity],
    gone: Withdrawals,
    keeper: Keeper,
) -> list[Path]:
    """Decide which things of the articles are one, and write every table but `documents`.

    `registry` is every entity id published so far, `told` what a person says of entities, `gone`
    what a person withdrew; `keeper` keeps what the next build finds again.
    """
    found = resolve.resolve(
        columns(EXTRACTED_ARTICLES, shards, RANKED_BY),
        [_of_entities(shard) for shard in shards],
        registry,
        told,
        partial(column_of, EXTRACTED_ARTICLES, shards, "body"),
        gone.entities,
        keeper,
    )
    out = withdrawn.find_gone(map(_of_withdrawals, shards), found, gone.quotes)
    told_of = withdrawn.withdrawn_rows(gone)
    whole = ((ENTITIES, found.entities), (REGISTRY, found.registry), (WITHDRAWN, told_of))
    paths = [_write(table, [parquet.conform(table, rows)], folder) for table, rows in whole]
    for table, source, finish in _MERGED:
        paths.append(_write(table, _rows(table, source, shards, finish, found, out), folder))
    return paths


def _of_entities(shard: Shard) -> Part:
    read = partial(pq.read_table, shard.path(EXTRACTED_ENTITIES))
    return Part(shard.folder.name, shard.live, read)


def _of_withdrawals(shard: Shard) -> tuple[pa.Table, pa.Table]:
    """What is read of a shard to know which of its rows go with what was withdrawn."""
    return (
        columns(EXTRACTED_MENTIONS, [shard], withdrawn.MENTION_COLUMNS),
        columns(EXTRACTED_QUOTES, [shard], withdrawn.QUOTE_COLUMNS),
    )


def _write(table: Table, pieces: Iterator[pa.Table] | list[pa.Table], folder: Path) -> Path:
    path = folder / f"{table.name}.parquet"
    parquet.write_table(table, pieces, path)
    return path


def _rows(
    table: Table,
    source: Table,
    shards: Sequence[Shard],
    finish: _Finish,
    found: resolve.Resolved,
    out: Gone,
) -> Iterator[pa.Table]:
    def finished(rows: pa.Table) -> pa.Table:
        return withdrawn.without(table, finish(rows, found), out)

    return sorted_rows(table, shards, source, finished)
