"""From the store of extracted rows to the files of the tables; apart for what it imports."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import resolve, withdrawn
from pipelines.articles.across.near_duplicates import DIGEST, RANKED_BY
from pipelines.entities.across.gathered import StoredThings
from pipelines.entities.across.kept import Keeper
from pipelines.entities.across.told import ToldEntity
from pipelines.resolve import Resolved, Touching
from pipelines.withdrawn import Gone
from warehouse import parquet
from warehouse.lookup import column_of, with_digests
from warehouse.made import digest
from warehouse.merge import Rows, columns
from warehouse.parts import Part, cut
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
    TABLES_IN_PARTS,
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


@dataclass(frozen=True, slots=True)
class _Source:
    """How a table in parts is made of the store's.

    `finish` adds to rows of `extracted` the columns they lack there; `read` are those that it needs
    besides. `touching` says what it adds to the rows of some articles, but for the rows.
    """

    table: Table
    extracted: Table
    finish: Callable[[pa.Table, Resolved], pa.Table]
    touching: Callable[[Resolved], Touching]
    read: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns of the store that are read."""
        own = {*self.table.column_names, *self.read}
        return [name for name in self.extracted.column_names if name in own]


def _as_it_is(rows: pa.Table, found: Resolved) -> pa.Table:
    del found
    return rows


def _by_nothing(found: Resolved) -> Touching:
    del found
    return lambda articles: b""


_LINKED = ("local_no",)
#: How each of `TABLES_IN_PARTS` is made.
_IN_PARTS = (
    _Source(ARTICLES, EXTRACTED_ARTICLES, resolve.finish_articles, resolve.touching_articles),
    _Source(BLOCKS, BLOCKS, _as_it_is, _by_nothing),
    _Source(DATES, DATES, _as_it_is, _by_nothing),
    _Source(
        MENTIONS, EXTRACTED_MENTIONS, resolve.finish_mentions, resolve.touching_mentions, _LINKED
    ),
    _Source(QUOTES, EXTRACTED_QUOTES, resolve.finish_quotes, resolve.touching_quotes, _LINKED),
    _Source(QUOTE_SPANS, QUOTE_SPANS, _as_it_is, _by_nothing),
)


@dataclass(frozen=True, slots=True)
class Store:
    """Where the files of parts are kept, each named by what it is made of.

    Attributes:
        folder: the folder.
        code: the version of all that makes them.
        sound: the names of the files there that are as they were written.
    """

    folder: Path
    code: str
    sound: Collection[str]


def write_tables(
    shards: Sequence[Shard],
    folder: Path,
    store: Store,
    registry: pa.Table,
    told: Sequence[ToldEntity],
    gone: Withdrawals,
    keeper: Keeper,
) -> list[Path]:
    """Decide which things of the articles are one, and write every table but `documents`.

    `registry` is every entity id published so far, `told` what a person says of entities, `gone`
    what a person withdrew; `keeper` keeps what the next build finds again. Files of parts that the
    store has are not made again.

    Returns:
        The files of the tables, and those of the store.
    """
    found = resolve.resolve(
        with_digests(EXTRACTED_ARTICLES, shards, RANKED_BY, DIGEST),
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
    paths = [_write(table, rows, folder) for table, rows in whole]
    parts = cut(shards)
    for source in _IN_PARTS:
        made = list(_made(source, parts, shards, store, found, out))
        names = parquet.file_names(source.table.name, len(made))
        for path, name in zip(made, names, strict=True):
            parquet.link(path, folder / name)
        paths += [*made, *(folder / name for name in names)]
    _remove_others((folder, store.folder), set(paths))
    return paths


def _made(
    source: _Source,
    parts: Sequence[Part],
    shards: Sequence[Shard],
    store: Store,
    found: Resolved,
    out: Gone,
) -> Iterator[Path]:
    """The files of a table's parts in the store, those made that it lacks."""
    touching, rows = source.touching(found), Rows(source.extracted, shards, source.names)
    going = out.digest() if source.table in withdrawn.TOUCHED else ""
    for part in parts:
        touched = hashlib.sha256(touching(part.articles)).hexdigest()
        key = digest(store.code, source.table.name, part.documents, touched, going)
        path = store.folder / f"{source.table.name}-{key[:32]}.parquet"
        if path.name not in store.sound:
            finished = withdrawn.without(source.table, source.finish(rows.of(part), found), out)
            parquet.write_table(source.table, [parquet.conform(source.table, finished)], path)
        yield path


def _remove_others(folders: Iterable[Path], paths: Collection[Path]) -> None:
    """Remove files of parts that are no more."""
    names = {table.name for table in TABLES_IN_PARTS}
    for folder in folders:
        for path in folder.glob("*.parquet"):
            if path.stem.partition("-")[0] in names and path not in paths:
                path.unlink()


def _of_entities(shard: Shard) -> StoredThings:
    read = partial(pq.read_table, shard.path(EXTRACTED_ENTITIES))
    return StoredThings(shard.folder.name, shard.live, read)


def _of_withdrawals(shard: Shard) -> tuple[pa.Table, pa.Table]:
    """What is read of a shard to know which of its rows go with what was withdrawn."""
    return (
        columns(EXTRACTED_MENTIONS, [shard], withdrawn.MENTION_COLUMNS),
        columns(EXTRACTED_QUOTES, [shard], withdrawn.QUOTE_COLUMNS),
    )


def _write(table: Table, rows: pa.Table, folder: Path) -> Path:
    path = folder / f"{table.name}.parquet"
    parquet.write_table(table, [parquet.conform(table, rows)], path)
    return path
