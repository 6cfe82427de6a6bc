"""Writing a withdrawal down, with what is known of it from what was published."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse import parquet, registry
from warehouse.release import data, index
from warehouse.release.hashes import parquet_relation
from warehouse.storage import SeedsError, atomic_path, list_inputs
from warehouse.tables import WITHDRAWN
from warehouse.tables.withdrawals import (
    FILE_NAME,
    Withdrawal,
    Withdrawals,
    WithdrawnError,
    known_reason,
    read_withdrawals,
    wholes,
    with_lines,
)
from warehouse.tables.withdrawn import WithdrawalReason

Kind = Literal["source", "entity", "quote"]
#: What near-duplicates share: the article that they repeat.
_GROUP = "coalesce(near_duplicate_of, article_id)"
#: What of a quote is compared: its words, in lower case.
_WORDS = r"trim(lower(regexp_replace({}, '[^\p{{L}}\p{{N}}]+', ' ', 'g')))"


@dataclass(frozen=True, slots=True)
class Places:
    """Where it is looked up what an id is: the seeds, the published tables, the releases."""

    seeds: Path
    tables: Path
    releases: Path

    def folders(self) -> Iterator[Path]:
        """Folders of Parquet files, the latest first."""
        yield self.tables
        for entry in reversed(index.read(self.releases)):
            yield self.releases / f"{entry['version']}" / data.FOLDER

    def first(self, tables: Iterable[str], query: str, *values: str) -> list[dict[str, Any]]:
        """The rows that a query finds in the latest folder that holds these tables and any."""
        for folder in self.folders():
            files = {name: parquet.files(folder, name) for name in tables}
            if not all(files.values()):
                continue
            with duckdb.connect() as connection:
                for name, of in files.items():
                    connection.execute(f"CREATE VIEW {name} AS FROM {parquet_relation(of)}")
                found = connection.sql(query, params=list(values)).to_arrow_table()
                rows: list[dict[str, Any]] = found.to_pylist()
            if rows:
                return rows
        return []


@dataclass(frozen=True, slots=True)
class Written:
    """The lines that were written, and the ids of articles alike that stay: near-duplicates."""

    lines: Withdrawals
    alike: tuple[str, ...] = ()


def withdraw(places: Places, kind: Kind, key: str, reason: str) -> Written:
    """Write a line into `withdrawn.toml` for a source, an entity or a quote.

    A source is named by its source_id, or by the id of its document or article. Letter-for-letter
    copies go with it. With a quote go those of the same words in its article and in articles that
    are near-duplicates of it, each with a line of its own.

    Raises:
        WithdrawnError: the reason is none of the fixed set, nothing has that id, or it is withdrawn
            already; or the file cannot be used.
        warehouse.storage.SeedsError: the seeds folder cannot be read or written.
        warehouse.registry.RegistryError: the registry cannot be used.
    """
    code = known_reason(reason, "otr withdraw --reason")
    if not places.seeds.is_dir():
        raise SeedsError(f"The seeds folder {places.seeds} is not there; name one with --seeds.")
    find = {"source": _source, "entity": _entity, "quote": _quote}[kind]
    with _changed(places.seeds / FILE_NAME, places.tables.parent) as (text, change):
        written = find(places, read_withdrawals(text), key, code)
        change(with_lines(text, written.lines))
    return written


@contextmanager
def _changed(path: Path, warehouse: Path) -> Iterator[tuple[str, Any]]:
    """The text of a file, and what replaces it in one step; by one process of a warehouse."""
    from filelock import FileLock

    def change(text: str) -> None:
        with atomic_path(path) as temporary:
            temporary.write_text(text, encoding="utf-8")

    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        with FileLock(warehouse / f".{path.name}.lock"):
            yield path.read_text(encoding="utf-8") if path.exists() else "", change
    except (OSError, UnicodeDecodeError) as error:
        raise SeedsError(f"{path} cannot be read or written: {error}.") from error


def _refuse_withdrawn(places: Places, key: str, name: str) -> None:
    """Refuse what went with something that was withdrawn."""
    query = "SELECT with_id, reason FROM withdrawn WHERE id = ? AND with_id IS NOT NULL"
    for row in places.first([WITHDRAWN.name], query, key):
        raise WithdrawnError(f"{name} is withdrawn already: it went with {row['with_id']}.")


def _source(places: Places, known: Withdrawals, key: str, code: WithdrawalReason) -> Written:
    source = _source_id(places, key)
    if (whole := known.source_of(source)) is not None:
        reason = known.sources[whole].reason
        raise WithdrawnError(f"The source “{source}” is withdrawn already, as {reason}.")
    rows = places.first(["documents", "articles"], _DOCUMENTS, *[source] * 3)
    if not rows and source not in _inputs(places.seeds):
        raise WithdrawnError(
            f"There is no source “{source}”, neither in {places.seeds} nor in what is published; "
            "give a source_id, a document_id or an article_id of the table documents."
        )
    lines = {source: Withdrawal(code)}
    for row in rows:
        if row["source_id"] == source or row["is_copied"]:
            line = Withdrawal(code, row["article_id"], row["content_sha256"])
            lines[row["source_id"]] = line
    articles = sorted({row["article_id"] for row in rows if row["article_id"]})
    return Written(Withdrawals(sources=lines), _alike(places, articles))


#: A source and what lies in it; whether its article is also that of an input elsewhere.
_DOCUMENTS = """
    WITH own AS (
        SELECT source_id, article_id
        FROM documents
        WHERE source_id = ? OR starts_with(source_id, ? || '#') OR starts_with(source_id, ? || '!')
    )
    SELECT own.source_id, own.article_id, content_sha256, EXISTS (
        FROM documents AS other
        WHERE other.article_id = own.article_id
        AND other.source_id NOT IN (SELECT source_id FROM own)
    ) AS is_copied
    FROM own
    LEFT JOIN articles ON articles.article_id = own.article_id
    ORDER BY own.source_id
"""


def _source_id(places: Places, key: str) -> str:
    """The source_id of an article or document, or what else a person gave."""
    query = """
        SELECT source_id FROM documents
        WHERE document_id = ? OR (article_id = ? AND status = 'accepted')
    """
    if len(key) == 17 and key[0] in "ad":
        _refuse_withdrawn(places, key, key)
        for row in places.first(["documents"], query, key, key):
            return str(row["source_id"])
    return key


def _inputs(seeds: Path) -> set[str]:
    try:
        return {whole for item in list_inputs(seeds) for whole in wholes(item.source_id)}
    except SeedsError:  # without an input nothing is built, but an older release may be purged
        return set()


def _alike(places: Places, articles: list[str]) -> tuple[str, ...]:
    """The near-duplicates of some articles."""
    query = f"""
        WITH own AS (SELECT unnest(string_split(?, ' ')) AS article_id)
        SELECT article_id FROM articles
        WHERE {_GROUP} IN (SELECT {_GROUP} FROM articles SEMI JOIN own USING (article_id))
        AND article_id NOT IN (FROM own)
        ORDER BY article_id
    """
    rows = places.first(["articles"], query, " ".join(articles))
    return tuple(row["article_id"] for row in rows)


def _entity(places: Places, known: Withdrawals, key: str, code: WithdrawalReason) -> Written:
    if key in known.entities:
        reason = known.entities[key].reason
        raise WithdrawnError(f"The entity {key} is withdrawn already, as {reason}.")
    published = registry.read_registry(places.seeds / registry.FILE_NAME).to_pylist()
    row = next((row for row in published if row["entity_id"] == key), None)
    if row is not None and row["lives_on_as"] is not None:
        raise WithdrawnError(
            f"The entity {key} turned out to be {row['lives_on_as']}; withdraw that one."
        )
    query = "SELECT entity_id FROM entities WHERE entity_id = ?"
    if row is None and not places.first(["entities"], query, key):
        raise WithdrawnError(
            f"There is no entity “{key}”, neither in the registry nor in what is published; give "
            "an entity_id of the table entities."
        )
    return Written(Withdrawals(entities={key: Withdrawal(code)}))


def _quote(places: Places, known: Withdrawals, key: str, code: WithdrawalReason) -> Written:
    if key in known.quotes:
        reason = known.quotes[key].reason
        raise WithdrawnError(f"The quote {key} is withdrawn already, as {reason}.")
    _refuse_withdrawn(places, key, f"The quote {key}")
    rows = places.first(["quotes", "articles"], _SAME_WORDS, key)
    if not rows:
        raise WithdrawnError(
            f"There is no quote “{key}” in what is published; give a quote_id of the table quotes."
        )
    ids = [row["quote_id"] for row in rows if row["quote_id"] not in known.quotes]
    return Written(Withdrawals(quotes=dict.fromkeys(ids, Withdrawal(code))))


_SAME_WORDS = f"""
    WITH own AS (
        SELECT quote_id, quotes.text AS said, {_GROUP} AS story
        FROM quotes JOIN articles USING (article_id)
        WHERE quote_id = ?
    )
    SELECT quotes.quote_id
    FROM quotes
    JOIN articles USING (article_id)
    JOIN own ON own.story = {_GROUP} AND {_WORDS.format("said")} = {_WORDS.format("quotes.text")}
    ORDER BY quotes.quote_id <> own.quote_id, quotes.quote_id
"""
