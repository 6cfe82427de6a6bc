"""Parts: which articles' rows lie in one file, so that few files are made anew when few are new.

Articles lie beside those they were ingested with. Each batch that is large enough has parts of its
own; small ones that follow each other share one, and a huge one is cut. Where a part begins is
told by the names at hand and hardly by those before, so that an article that comes or goes changes
its own part and moves few other cuts (content-defined chunking: Muthitacharoen et al., 2001).
"""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from warehouse.shards import SLOT, Shard, is_live
from warehouse.storage import batch_of
from warehouse.tables.extracted import EXTRACTED_ARTICLES

#: Articles a part: fewer only where there are no more, more never.
LEAST, MOST = 1_024, 4_096
#: One in so many articles begins a part in the midst of its batch; of batches, one in so many.
_ARTICLES_A_CUT, _BATCHES_A_CUT = 2_048, 2

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles.

    Attributes:
        articles: their ids, in order.
        documents: a digest of which documents they are, and of what these were.
        places: where their rows are: numbers of shards, and slots there.
    """

    articles: pa.StringArray
    documents: str
    places: tuple[tuple[int, Numbers], ...]


def cut(shards: Sequence[Shard]) -> list[Part]:
    """Cut the live articles of the shards into parts: one, if empty, where there are none."""
    rows = pa.concat_tables([_NONE, *(_articles(*numbered) for numbered in enumerate(shards))])
    columns: Any = (rows[name].to_pylist() for name in ("article_id", "source_id"))
    ids, sources = columns
    batches = [batch_of(source) for source in sources]
    order = sorted(range(len(ids)), key=lambda n: (batches[n], sources[n], ids[n]))
    starts = list(_starts([(batches[n], ids[n]) for n in order]))
    keys = [shard.keys() for shard in shards]
    ends = [*starts[1:], len(order)]
    return [_part(rows.take(order[s:e]), keys) for s, e in zip(starts, ends, strict=True)]


_TYPES: dict[str, pa.DataType] = {
    "article_id": pa.string(),
    "source_id": pa.string(),
    SLOT: pa.int32(),
    "shard": pa.int32(),
}
_NONE = pa.schema(_TYPES).empty_table()


def _articles(number: int, shard: Shard) -> pa.Table:
    names = ["article_id", "source_id", SLOT]
    rows = pq.read_table(shard.path(EXTRACTED_ARTICLES), columns=names)
    live = rows.filter(is_live(shard, rows))
    numbers = pa.array(np.full(live.num_rows, number, dtype=np.int32))
    return live.append_column("shard", numbers).cast(_NONE.schema)


def _starts(rows: Sequence[tuple[str, str]]) -> Iterator[int]:
    """Where parts begin among batches and ids of articles that are in order."""
    begin = of_batch = 0
    yield begin
    for number in range(1, len(rows)):
        batch, article = rows[number]
        if batch != rows[number - 1][0]:
            of_batch = number
            is_mark = number - begin >= 2 * LEAST or _is_one_in(_BATCHES_A_CUT, batch)
        else:
            is_mark = number - of_batch >= LEAST and _is_one_in(_ARTICLES_A_CUT, article)
        if number - begin >= MOST or (number - begin >= LEAST and is_mark):
            begin = number
            yield begin


def _is_one_in(how_many: int, name: str) -> bool:
    return zlib.crc32(name.encode()) % how_many == 0


def _part(rows: pa.Table, keys: Sequence[NDArray[np.void]]) -> Part:
    rows = rows.sort_by("article_id")
    articles: Any = rows["article_id"].combine_chunks()
    shard, slot = (rows[name].to_numpy().astype(np.int64) for name in ("shard", SLOT))
    documents = hashlib.sha256("".join(articles.to_pylist()).encode())
    for number, place in zip(shard.tolist(), slot.tolist(), strict=True):
        documents.update(keys[number][place].tobytes())
    places = tuple((int(number), slot[shard == number]) for number in np.unique(shard))
    return Part(articles, documents.hexdigest(), places)
