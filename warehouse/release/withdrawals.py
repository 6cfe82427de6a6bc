"""What was withdrawn, in a release: since which one, and what went with it.

A build knows what a person withdrew. Which articles and quotes that took along is told by the
release before, which still had them, or by what a purge of it removed.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse import parquet
from warehouse.release import contracts, data, manifest, purged
from warehouse.release.hashes import parquet_relation
from warehouse.tables import ARTICLES, DOCUMENTS, ENTITIES, QUOTES, WITHDRAWN
from warehouse.tables.withdrawals import document_id, wholes

Row = dict[str, Any]


def extended(built: pa.Table, tables: Path, last: Path | None, version: str) -> pa.Table:
    """The table `withdrawn` of a release.

    Args:
        built: the table as the build left it: what a person withdrew.
        tables: the published tables of that build.
        last: the folder of the release before; None for the first.
        version: the release.
    """
    rows: dict[str, Row] = {row["id"]: row | {"release": version} for row in built.to_pylist()}
    before = [] if last is None else _told_before(last)
    since = {row["id"]: row["release"] for row in before if row["release"]}
    if last is not None:
        _follow(rows, before, last)
    here = _ids(tables)
    found = [row for key, row in rows.items() if row["with_id"] is None or key not in here]
    for row in found:
        row["release"] = since.get(row["id"], version)
    return parquet.conform(WITHDRAWN, WITHDRAWN.from_rows(_whole(found)))


def is_same(built: pa.Table, last: Path) -> bool:
    """Whether a release knows of the same withdrawals as a build."""
    then = {row["id"]: row["reason"] for row in _told_before(last) if not row["with_id"]}
    now = {row["id"]: row["reason"] for row in built.to_pylist() if not row["with_id"]}
    return then == now


def _told_before(last: Path) -> list[Row]:
    """The withdrawals that a release tells of; those of its purge, if any, in no release yet.

    A purge also takes entities that only its articles named; nobody withdrew these.
    """
    files = parquet.files(last / data.FOLDER, WITHDRAWN.name)
    told = [row for path in files for row in parquet.read(path).to_pylist()]
    removed = (row for row in purged.removed(last) if not _is_only_unnamed(row))
    return [*told, *({"release": None, **row} for row in removed)]


def _is_only_unnamed(row: Row) -> bool:
    return bool(row["kind"] == "entity" and (row["with_id"] or "").startswith("a"))


def _follow(rows: dict[str, Row], before: Iterable[Row], last: Path) -> None:
    """Add what goes with the rows, as far as the release before tells."""
    n_rows = -1
    links = [*_links(last)]
    links += [(row["id"], row["kind"], row["with_id"]) for row in before if row["with_id"]]
    while len(rows) > n_rows:
        n_rows = len(rows)
        for key, kind, other in links:
            if other in rows and key not in rows:
                rows[key] = {**rows[other], "id": key, "kind": kind, "with_id": other}


def _links(last: Path) -> list[tuple[str, str, str]]:
    """Which id of a release hangs on which other: (id, kind, the other)."""
    held = {t.name for t in contracts.load(manifest.read_json(last, contracts.FILE))}
    with duckdb.connect() as connection:
        for table in (ARTICLES, DOCUMENTS, QUOTES):
            if table.name not in held:
                return []
            files = parquet.files(last / data.FOLDER, table.name)
            connection.execute(f"CREATE VIEW {table.name} AS FROM {parquet_relation(files)}")
        links = connection.execute(_HANGS_ON).fetchall()
        found = connection.execute("SELECT document_id, source_id FROM documents").fetchall()
    for key, source in found:
        links += [(key, "document", document_id(whole)) for whole in wholes(source)[1:]]
    return links


_HANGS_ON = """
    SELECT a.article_id, 'article', document_id
    FROM articles AS a JOIN documents USING (source_id)
    UNION ALL
    SELECT document_id, 'document', article_id FROM documents WHERE article_id IS NOT NULL
    UNION ALL
    SELECT quote_id, 'quote', article_id FROM quotes
    UNION ALL
    SELECT quote_id, 'quote', speaker_entity_id FROM quotes WHERE speaker_entity_id IS NOT NULL
    UNION ALL
    SELECT quote_id, 'quote', repeats_quote_id FROM quotes WHERE repeats_quote_id IS NOT NULL
    UNION ALL
    SELECT repeats_quote_id, 'quote', quote_id FROM quotes WHERE repeats_quote_id IS NOT NULL
    ORDER BY ALL
"""


def _ids(tables: Path) -> set[str]:
    """Every id of the kinds that are withdrawn which the published tables hold."""
    wanted: Mapping[str, str] = {
        ARTICLES.name: "article_id",
        ENTITIES.name: "entity_id",
        QUOTES.name: "quote_id",
    }
    found: set[str] = set()
    with duckdb.connect() as connection:
        for table, key in wanted.items():
            rows = parquet_relation(parquet.files(tables, table))
            found |= {i for (i,) in connection.execute(f"SELECT {key} FROM {rows}").fetchall()}
        rows = parquet_relation(parquet.files(tables, DOCUMENTS.name))
        query = f"SELECT document_id FROM {rows} WHERE status <> 'rejected'"
        found |= {i for (i,) in connection.execute(query).fetchall()}
    return found


def _whole(rows: list[Row]) -> list[Row]:
    """The rows without those that hang on one that is not among them."""
    known = {row["id"] for row in rows}
    kept = [row for row in rows if row["with_id"] is None or row["with_id"] in known]
    return kept if len(kept) == len(rows) else _whole(kept)
