"""Rows of the shards, by column for all articles or whole for those of one part."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.parts import Part
from warehouse.shards import SLOT, Shard, is_live
from warehouse.tables import Table

#: Files of shards that are kept read: those that one part ends in, the next one begins in.
_FILES_KEPT = 2


def columns(table: Table, shards: Sequence[Shard], names: Sequence[str]) -> pa.Table:
    """Some columns of all live rows of a table of the shards."""
    found = [table.schema.empty_table().select(list(names))]
    for shard in shards:
        rows = pq.read_table(shard.path(table), columns=[*names, SLOT])
        found.append(rows.filter(is_live(shard, rows)).select(list(names)))
    return pa.concat_tables(found)


class Rows:
    """The rows of a table of the shards, part by part."""

    def __init__(self, table: Table, shards: Sequence[Shard], names: Sequence[str]) -> None:
        """Read these columns of the table."""
        self._shards, self._table, self._names = shards, table, list(names)
        self._read: dict[int, pa.Table] = {}

    def of(self, part: Part) -> pa.Table:
        """The rows of the part's articles, in no order."""
        found = [self._table.schema.empty_table().select(self._names)]
        for number, slots in part.places:
            rows = self._file(number)
            is_wanted = np.zeros(len(self._shards[number].live), dtype=np.bool_)
            is_wanted[slots] = True
            found.append(rows.filter(pa.array(is_wanted[rows[SLOT].to_numpy()])).drop_columns(SLOT))
        return pa.concat_tables(found)

    def _file(self, number: int) -> pa.Table:
        rows = self._read.pop(number, None)
        if rows is None:
            rows = pq.read_table(
                self._shards[number].path(self._table), columns=[*self._names, SLOT]
            )
        while len(self._read) >= _FILES_KEPT:
            del self._read[next(iter(self._read))]
        self._read[number] = rows
        return rows
