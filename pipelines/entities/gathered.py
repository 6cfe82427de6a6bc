"""The things that all articles name, those told of in the same words together.

There are millions of rows of them and far fewer descriptions. Of a row no more is kept than a few
numbers, of a description one string: it is taken apart where it is new, or what it is told with.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.entities.columns import Codes, Numbers, are_in, encoded, listed
from pipelines.entities.described import FIELD, is_of_its_article, written, written_apart
from pipelines.entities.kept import Found, Keeper
from pipelines.entities.told import Claims

#: The column that says of which of a part's documents a row is.
SLOT = "slot"
#: Of a place among all things, the bits that are the thing's own number in its article.
_LOCAL_BITS = 32
_MADE_BY = ("extractor", "extractor_version")


@dataclass(frozen=True, slots=True)
class StoredThings:
    """Rows of `EXTRACTED_ENTITIES` of some documents, which never change.

    Attributes:
        name: no other rows have it.
        live: of each document whether it counts.
        read: gives the rows, with `SLOT`, the number of the document.
    """

    name: str
    live: NDArray[np.bool_]
    read: Callable[[], pa.Table]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The things of all articles, in no order.

    Attributes:
        written: how they are told of, each once.
        told: of each description the number of the entry in which a person tells of it, or -1.
        n_rows: how many things are so described.
        n_mentions: how many places name them.
        first: of each description the place of the first thing.
        apart: what is written of things that only their articles or sources tell from others.
        articles: the articles' ids, in order.
        article: of each thing the number of its article.
        local: of each thing its own number in the article.
        description: of each thing the number of its description.
        made_by: which extractor made the rows.
    """

    written: pa.StringArray
    told: Numbers
    n_rows: Numbers
    n_mentions: Numbers
    first: Numbers
    apart: pa.StringArray
    articles: pa.StringArray
    article: Codes
    local: Codes
    description: Codes
    made_by: Mapping[str, str]

    def n_articles(self, group_of: Numbers) -> Numbers:
        """How many articles name each group of descriptions.

        Args:
            group_of: of each description the number of its group.
        """
        pairs = np.sort(group_of[self.description] << _LOCAL_BITS | self.article)
        is_new = np.ones(len(pairs), dtype=np.bool_)
        is_new[1:] = pairs[1:] != pairs[:-1]
        return np.bincount(pairs[is_new] >> _LOCAL_BITS)

    def mark(self, place: int) -> str:
        """What tells the thing of a place from all others."""
        local = place & (1 << _LOCAL_BITS) - 1
        return f"{self.articles[place >> _LOCAL_BITS]}:{local}"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of all parts: their articles and descriptions as numbers into `ids`, `written`."""

    ids: pa.StringArray
    written: pa.StringArray
    article: Codes
    local: Codes
    n_mentions: Codes
    description: Codes
    made_by: Mapping[str, str]


def gather(
    parts: Iterable[StoredThings], claims: Claims, before: Found, keeper: Keeper
) -> Gathered:
    """Gather the things of the documents that count.

    Args:
        parts: their rows, in any order.
        claims: what a person says of entities.
        before: what the build before found.
        keeper: keeps a short form of the parts' rows.
    """
    rows = _collected([_live(part, keeper) for part in parts])
    ranks = pc.rank(rows.ids, tiebreaker="dense").to_numpy().astype(np.int32) - 1
    article = ranks[rows.article]
    articles = pc.unique(rows.ids.take(pc.array_sort_indices(rows.ids)))
    is_apart = _are_apart(rows.written, claims, before)
    keys, told, description = _told_apart(rows, np.flatnonzero(is_apart[rows.description]), claims)
    kept = np.flatnonzero(np.bincount(description, minlength=len(keys)))
    number = np.zeros(len(keys), dtype=np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    description = number[description]
    first = np.full(len(kept), np.iinfo(np.int64).max)
    np.minimum.at(first, description, article.astype(np.int64) << _LOCAL_BITS | rows.local)
    return Gathered(
        keys.take(kept),
        told[kept],
        np.bincount(description, minlength=len(kept)),
        np.bincount(description, rows.n_mentions, len(kept)).astype(np.int64),
        first,
        rows.written.filter(pa.array(is_apart)),
        articles,
        article,
        rows.local,
        description,
        rows.made_by,
    )


def part_names(parts: Sequence[StoredThings]) -> Iterator[str]:
    """The names under which short forms of these parts are kept."""
    return (f"rows-{part.name}" for part in parts)


def _live(part: StoredThings, keeper: Keeper) -> pa.Table:
    """The short form of the rows that count."""
    (name,) = part_names([part])
    kept = keeper.read(name)
    if not kept:
        kept = [_short(part.read())]
        keeper.write(name, kept)
    if part.live.all():
        return kept[0]
    return kept[0].filter(pa.array(part.live[kept[0][SLOT].to_numpy()]))


def _short(rows: pa.Table) -> pa.Table:
    """Rows with their descriptions as strings, and each string but once."""
    columns = {name: rows[name].combine_chunks() for name in ("article_id", *_MADE_BY)}
    columns["written"] = written(rows)
    numbers = {name: rows[name].combine_chunks() for name in ("local_no", "n_mentions", SLOT)}
    return pa.table(numbers | {name: some.dictionary_encode() for name, some in columns.items()})


def _collected(tables: Sequence[pa.Table]) -> _Rows:
    made_by = {name: str(table[name][0]) for table in tables if table.num_rows for name in _MADE_BY}
    ids, article = _encoded(tables, "article_id")
    written, description = _encoded(tables, "written")
    local, n_mentions = (
        np.concatenate([np.empty(0, np.int32), *(table[name].to_numpy() for table in tables)])
        for name in ("local_no", "n_mentions")
    )
    return _Rows(ids, written, article, local, n_mentions, description, made_by)


def _encoded(tables: Sequence[pa.Table], name: str) -> tuple[pa.StringArray, Codes]:
    """The strings of a column that is encoded in each table, each once, and their numbers."""
    parts: list[Any] = [table[name].combine_chunks() for table in tables]
    strings = [part.dictionary for part in parts]
    different, number = encoded(pa.concat_arrays([pa.array([], pa.string()), *strings]))
    starts = np.cumsum([0, *map(len, strings)])
    codes = [
        number[start:][part.indices.to_numpy()] for part, start in zip(parts, starts, strict=False)
    ]
    code = np.concatenate([np.empty(0, np.int32), *codes])
    return _used(different, code)


def _used(strings: pa.StringArray, code: Codes) -> tuple[pa.StringArray, Codes]:
    """The strings that are some row's, and the rows' numbers among them."""
    used = np.flatnonzero(np.bincount(code, minlength=len(strings)))
    number = np.zeros(len(strings), dtype=np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    return strings.take(used), number[code]


def _are_apart(strings: pa.StringArray, claims: Claims, before: Found) -> NDArray[np.bool_]:
    """Of each description whether its things differ by article or source."""
    found = are_in(strings, before.apart["written"])
    new = np.flatnonzero(~(found | are_in(strings, before.descriptions["written"])))
    found[new] = [_is_apart(one, claims) for one in listed(strings.take(new))]
    return found


def _is_apart(written: str, claims: Claims) -> bool:
    name, kind, _, _, country = written.split(FIELD)
    return is_of_its_article(name, kind, country) or claims.may_be(name)


def _told_apart(
    rows: _Rows, apart: Numbers, claims: Claims
) -> tuple[pa.StringArray, Numbers, Codes]:
    """The descriptions with those of things apart, what is told of each, and each row's number."""
    pairs, which = np.unique(
        rows.description[apart].astype(np.int64) << 32 | rows.article[apart], return_inverse=True
    )
    strings = listed(rows.written.take(pairs >> 32))
    articles = listed(rows.ids.take(pairs & 0xFFFFFFFF))
    number: dict[str, int] = {}
    said: list[int] = []
    numbers = np.empty(len(pairs), dtype=np.int32)
    for n, (one, article) in enumerate(zip(strings, articles, strict=True)):
        entry, key = _apart(one, article, claims)
        numbers[n] = number.setdefault(key, len(number))
        if len(number) > len(said):
            said.append(-1 if entry is None else entry)
    keys = pa.concat_arrays([rows.written, pa.array(number, pa.string())])
    description = rows.description.copy()
    description[apart] = len(rows.written) + numbers[which]
    told = np.concatenate([np.full(len(rows.written), -1), np.array(said, dtype=np.int64)])
    return keys, told, description


def _apart(written: str, article: str, claims: Claims) -> tuple[int | None, str]:
    """The entry of a thing of an article, if any, and its description."""
    name, kind, _, _, country = written.split(FIELD)
    entry = claims.of(name, article)
    if entry is not None:
        name, kind = claims.entries[entry].name, claims.entries[entry].type
    where = article if is_of_its_article(name, kind, country) else ""
    return entry, written_apart(written, entry, where)
