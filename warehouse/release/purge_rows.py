"""Which rows of a release hold, or hang on, what was withdrawn; and its tables without them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.release import data
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import parquet_relation
from warehouse.tables import Table
from warehouse.tables.registry import NO_NAME
from warehouse.tables.withdrawals import Withdrawals, document_id
from warehouse.tables.withdrawn import WithdrawalReason

_Connection = duckdb.DuckDBPyConnection
Row = dict[str, Any]
#: What every release since the first holds, and is asked here.
_NEEDED = ("articles", "documents", "entities", "mentions", "quotes", "quote_spans", "registry")
_GONE = pa.schema([(name, pa.string()) for name in ("id", "kind", "reason", "with_id")])
#: Shorter words of what was removed are no sign that a file repeats it.
_TELLING = 12


@contextmanager
def opened(tables: Iterable[Table], files: Mapping[str, Sequence[Path]]) -> Iterator[_Connection]:
    """A release's tables as views.

    Raises:
        ReleaseError: it lacks one that is needed, so it is of a schema that is not known here.
    """
    names = {table.name for table in tables}
    if missing := [name for name in _NEEDED if name not in names or not files[name]]:
        raise ReleaseError(f"It has no table {missing[0]}, so nothing can be removed from it.")
    with duckdb.connect() as connection:
        for name in names:
            connection.execute(f"CREATE VIEW {name} AS FROM {parquet_relation(files[name])}")
        connection.execute(_MACROS)
        yield connection


class Gone:
    """The rows that are to be removed, by their ids, the first reason that was found for each."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def add(self, key: str, kind: str, reason: WithdrawalReason, with_id: str | None) -> None:
        """Let an id go, itself or with another one."""
        row = {"id": key, "kind": kind, "reason": reason, "with_id": with_id}
        self.rows.setdefault(key, row)

    def put(self, connection: _Connection) -> None:
        """Let queries know of them, as the table `gone`."""
        rows = pa.Table.from_pylist(list(self.rows.values()), schema=_GONE)
        connection.register("gone", rows)

    def follow(self, connection: _Connection, kind: str, links: str) -> None:
        """Add what hangs on them: a query gives (the id, what it hangs on)."""
        self.put(connection)
        for key, other in connection.execute(links).fetchall():
            self.add(key, kind, self.rows[other]["reason"], other)
        self.put(connection)


def find(
    connection: _Connection, withdrawn: Withdrawals, merged: Mapping[str, str]
) -> tuple[list[Row], list[str]]:
    """What is to be removed: rows of `id`, `kind`, `reason` and `with_id`; and words of it.

    Leaves the ids and the names of it where `rewrite` reads them.

    Args:
        connection: the release's tables.
        withdrawn: what a person withdrew.
        merged: published ids that turned out to be another one, and that one.
    """
    gone = Gone()
    _add_sources(connection, withdrawn, gone)
    known = connection.execute("SELECT entity_id FROM entities UNION FROM _named_ids").fetchall()
    for (key,) in sorted(known):
        living = merged.get(key, key)
        if (line := withdrawn.entities.get(key) or withdrawn.entities.get(living)) is not None:
            gone.add(key, "entity", line.reason, living if living != key else None)
    for (key,) in connection.execute("SELECT quote_id FROM quotes ORDER BY 1").fetchall():
        if (line := withdrawn.quotes.get(key)) is not None:
            gone.add(key, "quote", line.reason, None)
    gone.follow(connection, "quote", _QUOTES_OF_OTHERS)
    for _ in range(2):  # with a repeat goes what it repeats, and with that its other repeats
        gone.follow(connection, "quote", _REPEATS)
    names = [name for (name,) in connection.execute(_NAMES).fetchall()]
    connection.execute("SET VARIABLE names = ?::VARCHAR[]", [names])
    gone.follow(connection, "entity", _UNNAMED)
    words = [text for (text,) in connection.execute(_WORDS).fetchall() if len(text) >= _TELLING]
    return list(gone.rows.values()), [*words, *(name for name in names if " " in name)]


def _add_sources(connection: _Connection, withdrawn: Withdrawals, gone: Gone) -> None:
    """Add the documents and articles of withdrawn sources, and copies of them."""
    copies = withdrawn.copies()
    rows = connection.execute(_DOCUMENTS).fetchall()
    articles: dict[str, str] = {}
    for key, source_id, article, content in rows:
        source = withdrawn.source_of(source_id) or copies.get(article) or copies.get(content)
        if source is not None and article is not None:
            articles.setdefault(article, source)
            if withdrawn.source_of(source_id):
                articles[article] = source
                whole = document_id(source)
                own = None if whole == key else whole
                gone.add(key, "document", withdrawn.sources[source].reason, own)
    for key, _, article, _ in rows:
        if (source := articles.get(article)) is not None:
            reason = withdrawn.sources[source].reason
            gone.add(article, "article", reason, document_id(source))
            gone.add(key, "document", reason, article)


#: The macros `words` and `is_named`: a text's words for comparing, and whether one of the names of
#: what goes stands among them. `_named_ids` are the entities of the registry that still have names.
_MACROS = f"""
    CREATE MACRO words(said) AS
        ' ' || trim(lower(regexp_replace(said, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))) || ' ';
    CREATE MACRO is_named(said) AS
        len(list_filter(getvariable('names'), lambda n: contains(words(said), words(n)))) > 0;
    CREATE MACRO is_full_name(said) AS
        contains(trim(words(said)), ' ')
        AND len(list_filter(getvariable('names'), lambda n: words(said) = words(n))) > 0;
    CREATE VIEW _named_ids AS SELECT entity_id FROM registry WHERE name <> '{NO_NAME}';
"""
_DOCUMENTS = """
    SELECT document_id, documents.source_id, documents.article_id, content_sha256
    FROM documents
    LEFT JOIN articles ON articles.article_id = documents.article_id
    ORDER BY document_id
"""
_QUOTES_OF_OTHERS = """
    SELECT quote_id, gone.id
    FROM quotes
    JOIN gone ON gone.id IN (quotes.article_id, quotes.speaker_entity_id)
    UNION
    SELECT quote_id, gone.id
    FROM quotes
    JOIN mentions ON mention_id = speaker_mention_id
    JOIN gone ON gone.id = mentions.entity_id
    ORDER BY ALL
"""
_REPEATS = """
    SELECT quote_id, gone.id FROM quotes JOIN gone ON gone.id = repeats_quote_id
    UNION
    SELECT repeats_quote_id, gone.id
    FROM quotes
    JOIN gone ON gone.id = quote_id
    WHERE repeats_quote_id IS NOT NULL
    ORDER BY ALL
"""
_NAMES = f"""
    SELECT DISTINCT unnest(list_prepend(name, aliases)) AS name
    FROM (
        SELECT entity_id, name, aliases FROM entities
        UNION ALL
        SELECT entity_id, name, aliases FROM registry WHERE name <> '{NO_NAME}'
    )
    JOIN gone ON gone.id = entity_id
    ORDER BY name
"""
#: Entities that no mention is left of, each with one of the articles that named it.
_UNNAMED = """
    SELECT entity_id, min(gone.id)
    FROM mentions
    LEFT JOIN gone ON gone.id = article_id
    WHERE entity_id NOT IN (SELECT id FROM gone)
    GROUP BY entity_id
    HAVING count(*) FILTER (gone.id IS NULL) = 0
    ORDER BY ALL
"""
_WORDS = """
    SELECT text FROM quotes JOIN gone ON gone.id = quote_id WHERE text IS NOT NULL
    UNION
    SELECT title FROM articles JOIN gone ON gone.id = article_id WHERE title IS NOT NULL
"""

_IS_LEFT = "{} NOT IN (SELECT id FROM gone)"
#: Which rows of a table stay; of the others only the columns that a row needs are asked.
_STAYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "blocks": ("article_id",),
    "dates": ("article_id",),
    "mentions": ("article_id", "coalesce(entity_id, '')"),
    "entities": ("entity_id",),
    "quotes": ("quote_id",),
    "quote_spans": ("quote_id",),
}
_IS_GONE = "(document_id IN (SELECT id FROM gone) OR article_id IN (SELECT id FROM gone))"
_LEFT_MENTIONS = f"""
    FROM mentions AS m
    WHERE m.entity_id = held.entity_id AND {_IS_LEFT.format("m.article_id")}
"""
#: Of entities that no text names any more, though they were not withdrawn, the registry tells on.
_NAMELESS = "(entity_id IN (SELECT id FROM gone WHERE coalesce(with_id[1], 'e') = 'e'))"
#: What of a row changes, by table and column.
_BECOMES: dict[str, dict[str, str]] = {
    "articles": {
        "near_duplicate_of": "CASE WHEN near_duplicate_of NOT IN (SELECT id FROM gone) "
        "THEN near_duplicate_of END",
        "authors": "list_filter(authors, lambda name: NOT is_full_name(name))",
    },
    "documents": {
        "status": f"CASE WHEN {_IS_GONE} THEN 'rejected' ELSE status END",
        "reason": f"CASE WHEN {_IS_GONE} THEN 'withdrawn' ELSE reason END",
        "detail": f"CASE WHEN {_IS_GONE} THEN 'It was withdrawn after this release.' "
        "ELSE detail END",
        "article_id": f"CASE WHEN NOT {_IS_GONE} THEN article_id END",
    },
    "entities": {
        "aliases": "list_filter(aliases, lambda name: NOT is_full_name(name))",
        "roles": "list_filter(roles, lambda role: NOT is_named(role))",
        "n_mentions": f"(SELECT count(*) {_LEFT_MENTIONS})",
        "n_articles": f"(SELECT count(DISTINCT m.article_id) {_LEFT_MENTIONS})",
    },
    "quotes": {
        "speaker_role": "CASE WHEN NOT is_named(speaker_role) THEN speaker_role END",
    },
    "registry": {
        "name": f"CASE WHEN {_NAMELESS} THEN '{NO_NAME}' ELSE name END",
        "aliases": f"CASE WHEN {_NAMELESS} THEN [] ELSE aliases END",
        "roles": f"CASE WHEN {_NAMELESS} THEN [] ELSE roles END",
        "country": f"CASE WHEN NOT {_NAMELESS} THEN country END",
        "status": "CASE WHEN status = 'active' AND entity_id IN (SELECT id FROM gone) "
        "THEN 'absent' ELSE status END",
    },
}


def rewrite(connection: _Connection, table: Table, source: Path, target: Path) -> bool:
    """Write a file of a release anew without what goes, where that changes a row.

    Everything that the file says of itself stays. `target` may be a second name of `source`.

    Returns:
        Whether it was written.
    """
    known = {n: new for n, new in _BECOMES.get(table.name, {}).items() if n in table.column_names}
    columns = [f'{known[n]} AS "{n}"' if n in known else f'"{n}"' for n in table.column_names]
    left = " AND ".join(_IS_LEFT.format(of) for of in _STAYS.get(table.name, ())) or "true"
    connection.execute(f"CREATE OR REPLACE VIEW held AS FROM {parquet_relation([source])}")
    order = ", ".join(f'"{name}"' for name in data.order(table))
    schema = pq.read_schema(source)
    query = f"SELECT {', '.join(columns)} FROM held WHERE {left} ORDER BY {order}"
    now = connection.sql(query).to_arrow_table().cast(schema)
    if now.equals(pq.read_table(source).select(list(table.column_names)).cast(schema)):
        return False
    target.unlink()
    data.write_rows(table, now, schema, target)
    return True
