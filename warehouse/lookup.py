"""A few rows of the shards, found by their keys; the rest of the files is not read."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.shards import SLOT, Shard, is_live
from warehouse.tables import Table


def column_of(
    table: Table, shards: Sequence[Shard], name: str, keys: Collection[str]
) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a column of the live rows of these keys.

    Args:
        table: its key is of one column.
        shards: where the rows are.
        name: the column.
        keys: of the rows wanted; others than there are do no harm.
    """
    wanted = pa.array(sorted(keys), pa.string())
    for shard in shards if len(wanted) else ():
        yield from _column_of(table, shard, name, wanted)


def _column_of(
    table: Table, shard: Shard, name: str, wanted: pa.StringArray
) -> Iterator[tuple[str, Any]]:
    (key,) = table.primary_key
    with pq.ParquetFile(shard.path(table)) as file:
        rows = file.read(columns=[key, SLOT])
        is_wanted = pc.and_(pc.is_in(rows[key], wanted), is_live(shard, rows)).to_numpy()
        start = 0
        for number in range(file.metadata.num_row_groups):
            end = start + file.metadata.row_group(number).num_rows
            places = np.flatnonzero(is_wanted[start:end])
            if len(places):
                found = file.read_row_group(number, columns=[key, name]).take(places)
                yield from zip(*(c.to_pylist() for c in found.columns), strict=True)
            start = end
