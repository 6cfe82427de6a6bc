"""The things that all articles name, those told of in the same words together.

There are millions of rows of them and far fewer descriptions. A description is taken apart once; of
a row no more is kept than a few numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.entities.identity import is_generic_body
from pipelines.entities.mention import EntityType
from pipelines.entities.rows import Description
from pipelines.entities.told import Claims, ToldEntity

#: ASCII's separators of records and of units: no text holds control characters.
_FIELD, _ITEM = "\x1e", "\x1f"
#: Stands for a description whose rows differ by article or source.
_APART = -1

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The things of all articles, in the order of their articles' ids and of their own numbers.

    Attributes:
        descriptions: how they are told of, in the order in which each comes first.
        articles: the articles' ids, in order.
        article: of each thing the number of its article.
        local: of each thing its own number in the article.
        description: of each thing the number of its description.
        first: of each description the first thing.
    """

    descriptions: Sequence[Description]
    articles: pa.StringArray
    article: Numbers
    local: Numbers
    description: Numbers
    first: Numbers

    def n_articles(self, group_of: Numbers) -> Numbers:
        """How many articles name each group of descriptions.

        Args:
            group_of: of each description the number of its group.
        """
        pairs = np.unique(group_of[self.description] << 32 | self.article)
        return np.bincount(pairs >> 32)

    def first_article(self, description: int) -> int:
        """The number of the first article with this description."""
        return int(self.article[self.first[description]])

    def mark(self, description: int) -> str:
        """What tells the first thing of this description from all others."""
        article = self.articles[self.first_article(description)]
        return f"{article}:{self.local[self.first[description]]}"


def gather(
    tables: Iterable[pa.Table],
    told: Sequence[ToldEntity] = (),
    source_of: Mapping[str, str] | None = None,
) -> Gathered:
    """Gather the rows of `EXTRACTED_ENTITIES`.

    Args:
        tables: the rows, in any order.
        told: what a person says of entities.
        source_of: the source_id of each article, for what a person says of some of them.
    """
    numbering = _Numbering(Claims(told, source_of or {}))
    ids, parts, n_ids = [pa.array([], pa.string())], [np.empty((4, 0), np.int32)], 0
    for table in tables:
        article: Any = table["article_id"].combine_chunks().dictionary_encode()
        columns = (
            article.indices.to_numpy() + n_ids,
            table["local_no"].to_numpy(),
            table["n_mentions"].to_numpy(),
            numbering.numbers(table),
        )
        parts.append(np.stack(columns).astype(np.int32))
        ids.append(article.dictionary)
        n_ids += len(article.dictionary)
    return _in_order(pa.concat_arrays(ids), np.concatenate(parts, axis=1), numbering)


def _in_order(ids: pa.StringArray, rows: NDArray[np.int32], numbering: "_Numbering") -> Gathered:
    code, local, n_mentions, number = rows
    ranks = pc.rank(ids, tiebreaker="dense").to_numpy().astype(np.int64) - 1
    article = ranks[code]
    order = np.lexsort((local, article))
    _, first = np.unique(number[order], return_index=True)
    by_first = np.argsort(first)
    new_number = np.empty_like(by_first)
    new_number[by_first] = np.arange(len(by_first))
    counts = np.bincount(number), np.bincount(number, weights=n_mentions)
    written = numbering.written()
    return Gathered(
        [
            _description(written[old], numbering.told, int(counts[0][old]), int(counts[1][old]))
            for old in by_first
        ],
        pc.unique(ids.take(pc.array_sort_indices(ids))),
        article[order],
        local[order].astype(np.int64),
        new_number[number[order]],
        first[by_first],
    )


class _Numbering:
    """Numbers descriptions in the order in which they are met."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._number_of: dict[str, int] = {}
        self._n = 0
        self.told: list[ToldEntity] = claims.entries

    def numbers(self, rows: pa.Table) -> Numbers:
        """The number of each row's description."""
        encoded = _written(rows).dictionary_encode()
        written: list[Any] = encoded.dictionary.to_pylist()
        codes = encoded.indices.to_numpy()
        found: Numbers = np.array([self._number(one) for one in written], np.int64)[codes]
        apart = np.flatnonzero(found == _APART)
        articles: list[Any] = rows["article_id"].take(apart).to_pylist()
        for row, article in zip(apart, articles, strict=True):
            found[row] = self._number_apart(written[codes[row]], article)
        return found

    def written(self) -> list[str]:
        """The descriptions as they are written, by their numbers."""
        return [one for one, number in self._number_of.items() if number != _APART]

    def _number(self, written: str) -> int:
        found = self._number_of.get(written)
        if found is None:
            name, kind, _, _, country = written.split(_FIELD)
            is_apart = _is_of_its_article(name, kind, country) or self._claims.may_be(name)
            found = self._number_of[written] = _APART if is_apart else self._next()
        return found

    def _number_apart(self, written: str, article: str) -> int:
        name, kind, _, _, country = written.split(_FIELD)
        entry = self._claims.of(name, article)
        if entry is not None:
            name, kind = self.told[entry].name, self.told[entry].type
        where = article if _is_of_its_article(name, kind, country) else ""
        said = "" if entry is None else str(entry)
        key = _FIELD.join((written, said, where))
        if key not in self._number_of:
            self._number_of[key] = self._next()
        return self._number_of[key]

    def _next(self) -> int:
        self._n += 1
        return self._n - 1


def _is_of_its_article(name: str, kind: str, country: str) -> bool:
    """Whether the name is one that a body of each country has, and nobody says of which it is."""
    return kind == "ORG" and not country and is_generic_body(name)


def _written(rows: pa.Table) -> pa.StringArray:
    """Each row's description in one string."""
    lists = (rows[name].cast(pa.list_(pa.string())) for name in ("aliases", "roles"))
    aliases, roles = (pc.binary_join(some, _ITEM) for some in lists)
    fields: Any = (rows["name"], rows["type"], aliases, roles, rows["country"], _FIELD)
    joined: Any = pc.binary_join_element_wise(*fields, null_handling="replace", null_replacement="")
    found: pa.StringArray = joined.combine_chunks()
    return found


def _description(
    written: str, entries: Sequence[ToldEntity], n_rows: int, n_mentions: int
) -> Description:
    name, kind, aliases, roles, country, *apart = written.split(_FIELD)
    type = cast(EntityType, intern(kind))
    said, article = apart or ("", "")
    told = entries[int(said)] if said else None
    return Description(
        told.name if told else name,
        told.type if told else type,
        (*_items(aliases), name) if told else _items(aliases),
        _items(roles),
        intern(country) or None,
        n_rows,
        n_mentions,
        told,
        article,
    )


def _items(written: str) -> tuple[str, ...]:
    return tuple(written.split(_ITEM)) if written else ()
