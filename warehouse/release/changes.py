"""Which rows differ between two releases, in which columns, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.duckdb import type_name
from warehouse.release.profile import Profile
from warehouse.tables import Table
from warehouse.tables.spec import STRINGS, Column

FOLDER = "changes"
Change = Literal["added", "removed", "changed"]
Reason = Literal[
    "withdrawn",
    "new_document",
    "removed_document",
    "changed_document",
    "changed_extractor",
    "other_documents",
]
#: What changes with every version of the code, or every release, and says nothing of the row.
_NOT_COMPARED = frozenset({"extractor_version", "last_release"})
#: What an article says of the rest of the corpus.
_OF_THE_CORPUS = frozenset({"near_duplicate_of"})
#: What tells how a public release cut a quote.
_CUT = frozenset({"is_truncated", "end_char", "end_byte"})
#: How the rows of a table that names no article come to theirs: `{}` is the old side or the new.
_ARTICLES_OF = {
    "quote_spans": "SELECT quote_id, article_id FROM {}.quotes",
    "entities": "SELECT entity_id, article_id FROM {}.mentions",
    "registry": "SELECT entity_id, article_id FROM {}.mentions",
    "withdrawn": "SELECT id, id AS article_id FROM {}.withdrawn",
}
#: The rows that went with what was withdrawn, where the table `withdrawn` does not hold their ids.
_WITHDRAWN = {
    "mentions": "SELECT mention_id FROM old.mentions SEMI JOIN new.withdrawn ON entity_id = id",
    "documents": "SELECT document_id FROM new.documents WHERE reason = 'withdrawn'",
}

CHANGE = Column(
    "change", pa.string(), "What became of the row since the previous release.",
    values=get_args(Change),
)  # fmt: skip
CHANGED_COLUMNS = Column(
    "changed_columns", STRINGS, "The columns whose values differ; none where a row came or went."
)
REASON = Column(
    "reason",
    pa.string(),
    "`withdrawn`: it was withdrawn, or what it hangs on. `new_document`: its article is new. "
    "`removed_document`: its article is gone. "
    "`changed_document`: the input, or what a person says of it, is another. `changed_extractor`: "
    "the code that reads it is. `other_documents`: what the rest of the corpus says is.",
    values=get_args(Reason),
)


@dataclass(frozen=True, slots=True)
class Side:
    """The tables of one release: their contracts, and the Parquet files of each."""

    tables: Sequence[Table]
    files: Mapping[str, Sequence[Path]]
    profile: Profile = "full"

    def table(self, name: str) -> Table | None:
        """The contract of a table; None where this release has no such table."""
        return next((table for table in self.tables if table.name == name), None)


def contract(table: Table) -> Table:
    """The contract of a table of changes: the key of the row that changed, then how and why."""
    key = tuple(column for column in table.columns if column.name in table.primary_key)
    return Table(
        name=f"{table.name}_changes",
        doc=(
            f"The rows of {table.name} that the previous release has not, or has otherwise; a row "
            "that differs in extractor_version or last_release alone is left out."
        ),
        primary_key=table.primary_key,
        columns=(*key, CHANGE, CHANGED_COLUMNS, REASON),
    )


def compare(old: Side | None, new: Side) -> dict[str, pa.Table]:
    """The changes of every table of the new side, by its name; without an old side all is added.

    A table whose key changed cannot be compared row by row, and shows no change.
    """
    old = old or Side((), {}, new.profile)
    if old.profile != new.profile:
        old, new = _without_words(old), _without_words(new)
    with duckdb.connect() as connection:
        _view(connection, "old", old, new.tables)
        _view(connection, "new", new, new.tables)
        connection.execute(_article_reasons(old, new))
        code = {table.name: _versions(connection, table) for table in new.tables}
        is_new_code = any(before and before != after for before, after in code.values())
        changes = {}
        for table in new.tables:
            before, after = code[table.name]
            is_new = before != after if before and after else is_new_code
            changes[table.name] = _table_changes(connection, table, old, new, is_new)
    return changes


def _without_words(side: Side) -> Side:
    """A side without what profiles differ in, which says nothing of the rows."""
    return replace(
        side,
        tables=[
            replace(t, columns=tuple(c for c in t.columns if not _is_of_profile(c)))
            for t in side.tables
        ],
    )


def _is_of_profile(column: Column) -> bool:
    return column.words is not None or column.name in _CUT


def write(changes: Mapping[str, pa.Table], tables: Iterable[Table], release: Path) -> None:
    """Write the changes of each table as a Parquet file of the release."""
    (release / FOLDER).mkdir(parents=True, exist_ok=True)
    for table in tables:
        path = release / FOLDER / f"{table.name}.parquet"
        pq.write_table(changes[table.name], path, compression="zstd", write_page_index=True)


def counts(changes: pa.Table) -> dict[str, int]:
    """How many rows were added, removed and changed."""
    found = changes["change"].to_pylist()
    return {change: found.count(change) for change in get_args(Change)}


def reasons(changes: pa.Table) -> dict[str, int]:
    """How many rows changed for each reason; those that are none are left out."""
    found = changes["reason"].to_pylist()
    return {reason: n for reason in get_args(Reason) if (n := found.count(reason))}


def _view(
    connection: duckdb.DuckDBPyConnection, side: str, of: Side, tables: Sequence[Table]
) -> None:
    """Make a side's tables readable as `SIDE.TABLE`, with the new contract's columns."""
    connection.execute(f"CREATE SCHEMA {side}")
    for table in tables:
        own = of.table(table.name)
        columns = ", ".join(
            f'"{c.name}"'
            if own and c.name in own.column_names
            else f'CAST(NULL AS {type_name(c.type)}) AS "{c.name}"'
            for c in table.columns
        )
        files = [str(path) for path in of.files.get(table.name, ())]
        quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        rows = f"FROM read_parquet([{quoted}])" if own else "WHERE false"
        connection.execute(f"CREATE VIEW {side}.{table.name} AS SELECT {columns} {rows}")


def _article_reasons(old: Side, new: Side) -> str:
    """Why an article's rows may differ, where documents are the reason; null where code may be.

    What a person says of a document shows in the article's row, unless other code made that row.
    """
    articles = new.table("articles")
    own = old.table("articles")
    known = [
        f'"{c.name}"'
        for c in (articles.columns if articles else ())
        if c.name not in _NOT_COMPARED | _OF_THE_CORPUS
        and (own is None or c.name in own.column_names)
    ]
    side = (
        "SELECT article_id, d.sha256 AS digest, extractor_version, "
        f"to_json(struct_pack({', '.join(f'{name} := a.{name}' for name in known)})) AS known "
        "FROM {side}.articles AS a LEFT JOIN {side}.documents AS d USING (article_id, source_id)"
    )
    return f"""
        CREATE TABLE article_reasons AS
        SELECT
            coalesce(n.article_id, o.article_id) AS article_id,
            CASE
                WHEN o.article_id IS NULL THEN 'new_document'
                WHEN n.article_id IS NULL AND {_is_withdrawn(new, "o.article_id")} THEN 'withdrawn'
                WHEN n.article_id IS NULL THEN 'removed_document'
                WHEN n.digest IS DISTINCT FROM o.digest THEN 'changed_document'
                WHEN n.extractor_version = o.extractor_version
                    AND n.known IS DISTINCT FROM o.known THEN 'changed_document'
            END AS reason
        FROM ({side.format(side="old")}) AS o
        FULL JOIN ({side.format(side="new")}) AS n ON o.article_id = n.article_id
    """


def _versions(connection: duckdb.DuckDBPyConnection, table: Table) -> list[set[str]]:
    """The versions of the code that made a table's rows, on the old side and the new."""
    if "extractor_version" not in table.column_names:
        return [set(), set()]
    query = "SELECT DISTINCT extractor_version FROM {}.{}"
    found = (connection.execute(query.format(s, table.name)).fetchall() for s in ("old", "new"))
    return [{str(version) for (version,) in rows if version} for rows in found]


def _is_withdrawn(new: Side, row: str, among: str = "SELECT id FROM new.withdrawn") -> str:
    """A condition: whether a row was withdrawn, or went with what was."""
    return f"{row} IN ({among})" if new.table("withdrawn") else "false"


def _table_changes(
    connection: duckdb.DuckDBPyConnection, table: Table, old: Side, new: Side, is_new_code: bool
) -> pa.Table:
    own, of_changes = old.table(table.name), contract(table)
    among = _WITHDRAWN.get(table.name, "SELECT id FROM new.withdrawn")
    is_withdrawn = _is_withdrawn(new, f'd."{_owner(table)}"', among)
    if own is not None and own.primary_key != table.primary_key:
        return of_changes.from_rows([])
    key = table.primary_key
    compared = [
        name
        for name in table.column_names
        if own and name in own.column_names and name not in (*key, *_NOT_COMPARED)
    ]
    otherwise = "changed_extractor" if is_new_code else "other_documents"
    differing = ", ".join(
        f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN \'{name}\' END' for name in compared
    )
    query = f"""
        WITH differing AS (
            SELECT
                {", ".join(f'coalesce(n."{k}", o."{k}") AS "{k}"' for k in key)},
                CASE
                    WHEN o."{key[0]}" IS NULL THEN 'added'
                    WHEN n."{key[0]}" IS NULL THEN 'removed'
                    ELSE 'changed'
                END AS change,
                CASE WHEN change = 'changed'
                    THEN list_filter([{differing}]::VARCHAR[], lambda name: name IS NOT NULL)
                    ELSE []::VARCHAR[]
                END AS changed_columns
            FROM old.{table.name} AS o
            FULL JOIN new.{table.name} AS n
                ON {" AND ".join(f'o."{k}" = n."{k}"' for k in key)}
        ),
        reasons AS ({_row_reasons(table)})
        SELECT d.*, CASE WHEN {is_withdrawn} THEN 'withdrawn'
            ELSE coalesce(r.reason, '{otherwise}') END AS reason
        FROM differing AS d LEFT JOIN reasons AS r USING ("{_owner(table)}")
        WHERE change <> 'changed' OR len(changed_columns) > 0
        ORDER BY {", ".join(f'"{k}"' for k in key)}
    """
    found: pa.Table = connection.sql(query).to_arrow_table()
    return found.cast(of_changes.schema)


def _owner(table: Table) -> str:
    """The column of the key through which a row comes to its articles."""
    return table.primary_key[0]


def _row_reasons(table: Table) -> str:
    """A query for the first reason, in the order of `Reason`, among those of a row's articles."""
    owner = _owner(table)
    if table.name == "documents":
        return f"""
            SELECT coalesce(n."{owner}", o."{owner}") AS "{owner}", CASE
                WHEN o."{owner}" IS NULL THEN 'new_document'
                WHEN n."{owner}" IS NULL THEN 'removed_document'
                WHEN n.sha256 IS DISTINCT FROM o.sha256 THEN 'changed_document'
            END AS reason
            FROM old.documents AS o FULL JOIN new.documents AS n ON o."{owner}" = n."{owner}"
        """
    articles_of = _ARTICLES_OF.get(
        table.name, f'SELECT "{owner}", article_id FROM {{}}.{table.name}'
    )
    both = " UNION ".join(articles_of.format(side) for side in ("old", "new"))
    ranked = ", ".join(f"'{reason}'" for reason in get_args(Reason))
    return f"""
        SELECT "{owner}", list_extract([{ranked}], min(list_position([{ranked}], reason))) AS reason
        FROM ({both}) JOIN article_reasons USING (article_id)
        GROUP BY "{owner}"
    """
