"""The store of extracted rows: what each document yielded, kept by the digest of what it was.

A shard is a folder with the rows of some hundreds of documents: a Parquet file a table, sorted by
the table's key so that a range of it can be read alone, and the documents' digests. Rows say in
`slot` which of the documents they are of. Shards are written once, whole, and never changed. It is
a cache: all of it, or any shard, may be deleted at any time and costs only time.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.tables import Table

#: The column that says of which of the shard's documents a row is.
SLOT = "slot"
KEY_BYTES = 16
#: A full shard: its tables take some 50 MB of memory when they are written.
DOCUMENTS_A_SHARD = 2048
#: So many shards that are less than half full are made into one.
_SMALL_SHARDS = 8
#: Into so many groups a file is cut, of which a range of keys needs a few.
_GROUPS, _LEAST_ROWS = 32, 64
_KEYS = "keys"

#: Compared whole: NumPy's strings of bytes are filled up with zeros, and these are full.
_KEY = np.dtype(f"S{KEY_BYTES}")

Slots = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shard:
    """A folder of rows, and which of its documents still count."""

    folder: Path
    live: Slots

    def path(self, table: Table) -> Path:
        """The file of one of the tables."""
        return self.folder / f"{table.name}.parquet"

    def keys(self) -> npt.NDArray[np.void]:
        """The digests of its documents, by slot."""
        return np.frombuffer((self.folder / _KEYS).read_bytes(), f"V{KEY_BYTES}")


class Shards:
    """The shards in a folder that hold rows of these tables, found by their documents' digests."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.folder, self._tables = folder, tables
        self._names: list[str] = []
        #: The digests in each of the shards.
        self._held: list[npt.NDArray[np.bytes_]] = []
        self._load()

    def _load(self) -> None:
        self._names = sorted(p.name for p in self.folder.glob("*") if self._is_whole(p))
        self._held = [_read_keys(self.folder / name) for name in self._names]
        self._arrange()

    def _arrange(self) -> None:
        """Sort the digests; of a document that is there twice the first place counts."""
        held = np.concatenate([np.empty(0, _KEY), *self._held])
        self._order = np.argsort(held, kind="stable")
        self._sorted = held[self._order]

    def _find(self, keys: bytes) -> tuple[npt.NDArray[np.intp], Slots]:
        """Where these digests are among the sorted ones, and of each whether it is there."""
        wanted = np.frombuffer(keys, _KEY)
        if not self._sorted.size:
            return np.zeros(wanted.size, np.intp), np.zeros(wanted.size, np.bool_)
        places = np.minimum(self._sorted.searchsorted(wanted), self._sorted.size - 1)
        return places, self._sorted[places] == wanted

    def __contains__(self, key: bytes) -> bool:
        return bool(self._find(key)[1][0])

    def hold_all(self, keys: bytes) -> bool:
        """Whether the rows of all these documents are here."""
        return bool(self._find(keys)[1].all())

    def held_of(self, keys: bytes) -> bytes:
        """Those of the digests whose documents' rows are here, in their order."""
        return np.frombuffer(keys, _KEY)[self._find(keys)[1]].tobytes()

    def append(self, batch: str, keys: Sequence[bytes], tables: Mapping[str, pa.Table]) -> None:
        """Keep the rows of some documents: the same ones twice are one shard.

        Args:
            batch: the documents' batch, for the folder's name.
            keys: the documents' digests.
            tables: the rows by the name of their table, with `SLOT`, a number into `keys`.
        """
        name = f"{_folder_name(batch)}-{hashlib.sha256(b''.join(keys)).hexdigest()[:16]}"
        if name in self._names:
            return
        half = self.folder / f".{name}"
        half.mkdir(parents=True, exist_ok=True)
        for table in self._tables:
            _write(table, tables[table.name], half / f"{table.name}.parquet")
        (half / _KEYS).write_bytes(b"".join(keys))
        shutil.rmtree(self.folder / name, ignore_errors=True)  # it was not whole
        half.rename(self.folder / name)
        self._names.append(name)
        self._held.append(_read_keys(self.folder / name))
        self._arrange()

    def live(self, keys: bytes) -> list[Shard]:
        """The shards of these documents, with their slots marked.

        Raises:
            KeyError: the rows of one are not here.
        """
        places, are_here = self._find(keys)
        if not are_here.all():
            raise KeyError(keys[KEY_BYTES * int(are_here.argmin()) :][:KEY_BYTES])
        marks = np.zeros(self._sorted.size, dtype=np.bool_)
        marks[self._order[places]] = True
        starts = accumulate((held.size for held in self._held), initial=0)
        shards = [
            Shard(self.folder / name, marks[start : start + held.size])
            for name, held, start in zip(self._names, self._held, starts, strict=False)
        ]
        return [shard for shard in shards if shard.live.any()]

    def tidy(self, keys: bytes) -> None:
        """Drop shards without a live document, and make one of many small ones."""
        shards = self.live(keys)
        used = {shard.folder for shard in shards}
        for folder in self.folder.glob("*"):  # halves of builds that were killed among them
            if folder not in used:
                shutil.rmtree(folder)
        small = [s for s in shards if s.live.sum() < DOCUMENTS_A_SHARD // 2]
        if len(small) >= _SMALL_SHARDS:
            for some in _packed(small):
                self._merge(some)
        self._load()

    def shed(self, keys: bytes, table: Table, is_to_go: Callable[[dict[str, Any]], bool]) -> None:
        """Write shards anew that hold, of other documents than these, what is to lie nowhere.

        Args:
            keys: the digests of the documents that count.
            table: the table whose rows tell; of its columns only the ids and digests are read.
            is_to_go: whether a row of it, of another document, is to lie nowhere.
        """
        names = [name for name in table.column_names if name.endswith(("_id", "_sha256"))]
        for shard in self.live(keys):
            if not shard.live.all():
                rows = pq.read_table(shard.path(table), columns=[*names, SLOT])
                others = rows.filter(pc.invert(is_live(shard, rows))).to_pylist()
                if any(map(is_to_go, others)):
                    self._merge([shard])
        self._load()

    def _merge(self, shards: Sequence[Shard]) -> None:
        """Put the live rows of some shards into one, then remove them."""
        starts = np.cumsum([0, *(int(s.live.sum()) for s in shards)])
        keys = b"".join(_read_keys(shard.folder)[shard.live].tobytes() for shard in shards)
        tables = {
            table.name: pa.concat_tables(
                _renumbered(pq.read_table(shard.path(table)), shard.live, int(start))
                for shard, start in zip(shards, starts, strict=False)
            )
            for table in self._tables
        }
        self.append("merged", list(split_keys(keys)), tables)
        for shard in shards:
            shutil.rmtree(shard.folder)

    def _is_whole(self, folder: Path) -> bool:
        names = (_KEYS, *(f"{table.name}.parquet" for table in self._tables))
        return not folder.name.startswith(".") and all((folder / n).is_file() for n in names)


def is_live(shard: Shard, rows: pa.Table) -> pa.BooleanArray:
    """Of each row whether its document counts."""
    return pa.array(shard.live[rows[SLOT].to_numpy()], pa.bool_())


def _renumbered(rows: pa.Table, live: Slots, start: int) -> pa.Table:
    """The live rows, their slots counted from `start`."""
    slots = rows[SLOT].to_numpy()
    numbers = np.cumsum(live, dtype=np.int32) - 1 + start
    where = rows.schema.get_field_index(SLOT)
    numbered = rows.set_column(where, SLOT, pa.array(numbers[slots].astype(np.int32)))
    return numbered.filter(pa.array(live[slots]))


def _packed(shards: Sequence[Shard]) -> Iterator[list[Shard]]:
    """Runs of shards that fill one each."""
    some: list[Shard] = []
    for shard in shards:
        if some and sum(int(s.live.sum()) for s in (*some, shard)) > DOCUMENTS_A_SHARD:
            yield some
            some = []
        some.append(shard)
    if len(some) > 1:
        yield some


def _write(table: Table, rows: pa.Table, path: Path) -> None:
    names = [*table.column_names, SLOT]
    ordered = rows.select(names).sort_by(table.order)
    size = max(_LEAST_ROWS, -(-ordered.num_rows // _GROUPS))
    # Level 1: it is read more often than it is written, and never leaves this machine.
    pq.write_table(ordered, path, compression="zstd", compression_level=1, row_group_size=size)


def split_keys(keys: bytes) -> Iterator[bytes]:
    """The digests that stand one after the other."""
    return (keys[i : i + KEY_BYTES] for i in range(0, len(keys), KEY_BYTES))


def _read_keys(folder: Path) -> npt.NDArray[np.bytes_]:
    return np.frombuffer((folder / _KEYS).read_bytes(), _KEY)


def _folder_name(batch: str) -> str:
    """The batch's name as far as it is plain, for people who look into the folder."""
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in batch)[:40]
