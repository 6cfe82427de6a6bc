"""Rows of many shards become one sorted table, a range of keys at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.shards import SLOT, Shard, is_live
from warehouse.tables import Table

#: So many bytes of rows, uncompressed, are held at a time, and twice as many while they are sorted.
_BYTES_A_RANGE = 24 * 2**20
#: Keys are a letter and hex digits of a digest, so that equal ranges hold about as many rows each.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Range:
    """Keys from `low`, included, to `high`; None leaves the last range open."""

    low: str
    high: str | None


def sorted_rows(
    table: Table,
    shards: Sequence[Shard],
    source: Table,
    finish: Callable[[pa.Table], pa.Table],
) -> Iterator[pa.Table]:
    """Yield the live rows of all shards in the order of the table's key, in pieces.

    Args:
        table: what the rows are to be.
        shards: where they are.
        source: the shards' table they come from, with the same key.
        finish: adds to rows the columns that the shards lack.
    """
    files = [_SortedFile(shard, source) for shard in shards]
    n_bytes = sum(file.n_bytes for file in files)
    names = list(table.column_names)
    for part in _ranges(files, -(-n_bytes // _BYTES_A_RANGE)):
        rows = pa.concat_tables([_empty(source), *(file.read(part) for file in files)])
        yield finish(rows).select(names).cast(table.schema).sort_by(table.order)


def columns(table: Table, shards: Sequence[Shard], names: Sequence[str]) -> pa.Table:
    """Some columns of all live rows of a table of the shards."""
    found = [table.schema.empty_table().select(list(names))]
    for shard in shards:
        rows = pq.read_table(shard.path(table), columns=[*names, SLOT])
        found.append(rows.filter(is_live(shard, rows)).select(list(names)))
    return pa.concat_tables(found)


class _SortedFile:
    """A shard's file of a table: which of its row groups hold which keys."""

    def __init__(self, shard: Shard, table: Table) -> None:
        self.shard = shard
        self._path = shard.path(table)
        self._key = table.primary_key[0]
        self._metadata = pq.read_metadata(self._path)
        column = self._metadata.schema.names.index(self._key)
        groups = [self._metadata.row_group(i) for i in range(self._metadata.num_row_groups)]
        groups = [group for group in groups if group.num_rows]
        self.n_bytes = sum(group.total_byte_size for group in groups)
        stats: list[Any] = [group.column(column).statistics for group in groups]
        self._bounds: list[tuple[str, str]] = [(s.min, s.max) for s in stats]
        self.letter = self._bounds[0][0][0] if self._bounds else None

    def read(self, part: _Range) -> pa.Table:
        """The live rows of the range."""
        wanted = [
            number
            for number, (low, high) in enumerate(self._bounds)
            if high >= part.low and (part.high is None or low < part.high)
        ]
        with pq.ParquetFile(self._path, metadata=self._metadata) as file:
            rows = file.read_row_groups(wanted)
        keep = is_live(self.shard, rows)
        keep = pc.and_(keep, pc.greater_equal(rows[self._key], pa.scalar(part.low)))
        if part.high is not None:
            keep = pc.and_(keep, pc.less(rows[self._key], pa.scalar(part.high)))
        return rows.filter(keep)


def _ranges(files: Sequence[_SortedFile], number: int) -> Iterator[_Range]:
    """All keys, cut into so many ranges."""
    letter = next((file.letter for file in files if file.letter), "")
    cuts = [f"{letter}{i * 16**_DIGITS // number:0{_DIGITS}x}" for i in range(1, number)]
    for low, high in zip(["", *cuts], [*cuts, None], strict=True):
        yield _Range(low, high)


def _empty(table: Table) -> pa.Table:
    return table.schema.append(pa.field(SLOT, pa.int32())).empty_table()
