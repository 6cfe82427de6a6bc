"""The tables without what a person withdrew, and without what hangs on it.

With an entity go its mentions and what it said; with a quote its repeats in the article, and with
each quote its spans. A withdrawn source needs nothing here: it was never read into rows.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.entities.across.withdrawn import LeftOut
from pipelines.resolve import Resolved
from warehouse.tables import ARTICLES, MENTIONS, QUOTE_SPANS, QUOTES, WITHDRAWN, Table
from warehouse.tables.withdrawals import Withdrawals, document_id

#: What is read of the extracted mentions and quotes to know which of them go.
MENTION_COLUMNS = ("mention_id", "article_id", "local_no")
QUOTE_COLUMNS = (
    "quote_id",
    "article_id",
    "local_no",
    "quote_no",
    "repeats_quote_id",
    "speaker_mention_id",
)


#: The tables that `without` may change.
TOUCHED = (ARTICLES, MENTIONS, QUOTES, QUOTE_SPANS)


@dataclass(frozen=True, slots=True)
class Gone:
    """The rows that go, by id, and the new `quote_no` of the quotes left in their articles."""

    mentions: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)

    def digest(self) -> str:
        """The digest of all that `without` reads."""
        out = self.left_out
        found: Any = (self.mentions, self.quotes, self.numbers.items(), out.names, out.full_names)
        return hashlib.sha256(repr([sorted(part) for part in found]).encode()).hexdigest()


def find_gone(
    extracted: Iterable[tuple[pa.Table, pa.Table]], found: Resolved, withdrawn: Collection[str]
) -> Gone:
    """Which rows go with the entities that were left out and with some withdrawn quotes.

    Args:
        extracted: mentions and quotes, all of an article at once: the columns
            `MENTION_COLUMNS` and `QUOTE_COLUMNS` of the extracted tables.
        found: what the corpus tells, without the entities that were left out.
        withdrawn: the ids of the quotes.
    """
    out = found.left_out
    if not out.ids and not withdrawn:
        return Gone()
    mentions: set[str] = set()
    quotes: set[str] = set()
    numbers: dict[str, int] = {}

    ids = pa.array(out.ids, pa.string())
    for some_mentions, some_quotes in extracted:
        named = some_mentions.filter(_is_of_one(some_mentions, found, ids))
        mention_ids: list[Any] = named["mention_id"].to_pylist()
        here = set(mention_ids)
        rows: list[dict[str, Any]] = some_quotes.to_pylist()
        going = {
            row["repeats_quote_id"] or row["quote_id"]
            for row, is_of_one in zip(
                rows, _is_of_one(some_quotes, found, ids).to_pylist(), strict=True
            )
            if row["quote_id"] in withdrawn or row["speaker_mention_id"] in here or is_of_one
        }
        gone = {
            row["quote_id"]
            for row in rows
            if row["quote_id"] in going or row["repeats_quote_id"] in going
        }
        mentions |= here
        quotes |= gone
        numbers |= _numbers(rows, gone)
    return Gone(frozenset(mentions), frozenset(quotes), numbers, out)


def _is_of_one(rows: pa.Table, found: Resolved, ids: "pa.Array[Any]") -> pa.BooleanArray:
    """Of each row whether its thing is an entity that was left out."""
    named = found.named["entity_id"].take(found.links.entities(rows))
    return pc.is_in(named.combine_chunks(), ids)


def withdrawn_rows(told: Withdrawals) -> pa.Table:
    """The table `withdrawn` as far as a build knows it: what a person withdrew, in no release yet.

    A release adds in which release that was, and what went with it.
    """
    lines = {document_id(source): line for source, line in told.sources.items()}
    kinds = (("document", lines), ("entity", told.entities), ("quote", told.quotes))
    nothing: dict[str, str | None] = {"release": None, "with_id": None}
    rows = {
        key: {**nothing, "id": key, "kind": kind, "reason": line.reason}
        for kind, of in kinds
        for key, line in of.items()
    }
    for document, line in lines.items():
        if line.article is not None:
            row = {**rows[document], "id": line.article, "kind": "article", "with_id": document}
            rows.setdefault(line.article, row)
    return WITHDRAWN.from_rows(sorted(rows.values(), key=lambda row: str(row["id"])))


def _numbers(rows: list[dict[str, Any]], gone: Collection[str]) -> dict[str, int]:
    """The quotes left in the articles that lost some, numbered from 0 again."""
    articles = {row["article_id"] for row in rows if row["quote_id"] in gone}
    left = [r for r in rows if r["article_id"] in articles and r["quote_id"] not in gone]
    following: dict[str, int] = dict.fromkeys(articles, 0)
    numbers = {}
    for row in sorted(left, key=lambda row: (row["article_id"], row["quote_no"])):
        numbers[row["quote_id"]] = following[row["article_id"]]
        following[row["article_id"]] += 1
    return numbers


def without(table: Table, rows: pa.Table, gone: Gone) -> pa.Table:
    """Some rows of a table without those that go, and without the names of what was left out."""
    if table is MENTIONS:
        return _dropped(rows, "mention_id", gone.mentions)
    if table is QUOTE_SPANS:
        return _dropped(rows, "quote_id", gone.quotes)
    if table is QUOTES:
        rows = _dropped(rows, "quote_id", gone.quotes)
        rows = _with(rows, "quote_no", _renumbered(rows, gone.numbers))
        roles: list[Any] = rows["speaker_role"].to_pylist()
        told = [None if gone.left_out.named_in(role) else role for role in roles]
        return _with(rows, "speaker_role", told)
    if table is ARTICLES and gone.left_out.full_names:
        named: list[Any] = rows["authors"].to_pylist()
        kept = [[name for name in names if not gone.left_out.is_one(name)] for names in named]
        return _with(rows, "authors", kept)
    return rows


def _renumbered(quotes: pa.Table, numbers: Mapping[str, int]) -> list[object]:
    ids: list[Any] = quotes["quote_id"].to_pylist()
    return [
        numbers.get(quote_id, number)
        for quote_id, number in zip(ids, quotes["quote_no"].to_pylist(), strict=True)
    ]


def _dropped(rows: pa.Table, name: str, gone: Collection[str]) -> pa.Table:
    if not gone:
        return rows
    return rows.filter(pc.invert(pc.is_in(rows[name], pa.array(gone, pa.string()))))


def _with(rows: pa.Table, name: str, values: list[Any]) -> pa.Table:
    where = rows.schema.get_field_index(name)
    field = rows.schema.field(name)
    return rows.set_column(where, field, pa.array(values, field.type))
