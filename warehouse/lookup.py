"""Rows of the shards by what they are of: a few by their keys, all with their documents."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.shards import KEY_BYTES, SLOT, Shard, is_live
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


def with_digests(
    table: Table, shards: Sequence[Shard], names: Sequence[str], digest: str
) -> pa.Table:
    """Some columns of all live rows, and one more: the digest of the document that each is of.

    Args:
        table: the rows' table.
        shards: where they are.
        names: the columns.
        digest: the name of the one more.
    """
    kind = pa.binary(KEY_BYTES)
    empty = table.schema.empty_table().select(list(names))
    found = [empty.append_column(digest, pa.array([], kind))]
    for shard in shards:
        with pq.ParquetFile(shard.path(table)) as file:
            rows = file.read(columns=[*names, SLOT])
        rows = rows.filter(is_live(shard, rows))
        of_row = pa.py_buffer(shard.keys()[rows[SLOT].to_numpy()].tobytes())
        digests = pa.Array.from_buffers(kind, rows.num_rows, [None, of_row])
        found.append(rows.select(list(names)).append_column(digest, digests).cast(found[0].schema))
    return pa.concat_tables(found)


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
