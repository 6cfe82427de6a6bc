"""The checks of a release against its profile: what a public one shows, and that it is cut right.

Without the texts no offset can be proved; what a row says of itself can: how long its text is in
code points and in bytes, whether it is cut, and that nothing stands where nothing may.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from warehouse.release import contracts, manifest, profile
from warehouse.release.excerpts import text_offsets
from warehouse.release.hashes import parquet_relation
from warehouse.tables import Table
from warehouse.tables.spec import byte_column

#: A public release, of a schema that knew profiles.
_FIRST_SCHEMA = (1, 1, 0)


def holds(release: Path, _: Path | None) -> Iterator[str]:
    """Whether the rows are what a release of this profile may hold."""
    said = manifest.read(release)
    if tuple(map(int, said["schema_version"].split("."))) < _FIRST_SCHEMA:
        return
    tables = contracts.load(manifest.read_json(release, contracts.FILE))
    is_public = profile.of(said) == "public"
    if is_public != (said["policy"] is not None):
        yield f"its profile is {said['profile']}, its policy {said['policy']}"
    with duckdb.connect() as connection:
        for table in tables:
            files = parquet_relation(release / f for f in said["tables"][table.name]["files"])
            connection.execute(f"CREATE VIEW {table.name} AS FROM {files}")
        rules = {**_lengths(tables), **_CUTS, **(_public(said, tables) if is_public else _FULL)}
        for fault, query in rules.items():
            found = connection.execute(f"SELECT count(*), min(key) FROM ({query})").fetchone()
            n, first = found or (0, None)
            if n:
                yield f"{fault}: {n} rows, such as {first}"


def _lengths(tables: tuple[Table, ...]) -> dict[str, str]:
    """A text is as long as its offsets say, in code points and in bytes."""
    rules = {}
    for table in tables:
        for column in table.columns:
            offsets = text_offsets(table, column)
            is_joined = (table.name, column.name) == ("quotes", "text")
            if column.words not in ("fact", "quote") or offsets is None or is_joined:
                continue
            start, end = offsets
            first, last = map(byte_column, offsets)
            rules[f"{table.name}.{column.name} is not as long as its offsets say"] = (
                f"SELECT {table.primary_key[0]} AS key FROM {table.name} "
                f"WHERE length({column.name}) <> {end} - {start} "
                f"OR strlen({column.name}) <> {last} - {first} OR {first} < {start}"
            )
    return rules


_CUTS = {
    "quotes.text is not its spans": """
        SELECT quote_id AS key FROM quotes JOIN (
            SELECT quote_id, string_agg(text, ' … ' ORDER BY span_no) AS joined
            FROM quote_spans GROUP BY quote_id
        ) USING (quote_id) WHERE text IS DISTINCT FROM joined
    """,
    "quotes.is_truncated is not what its spans say": """
        SELECT quote_id AS key FROM quotes JOIN (
            SELECT quote_id, bool_or(text IS NULL OR end_char <> uncut_end_char) AS is_cut
            FROM quote_spans GROUP BY quote_id
        ) USING (quote_id) WHERE is_truncated <> is_cut
    """,
    "quote_spans end beyond where they end uncut": """
        SELECT quote_id AS key FROM quote_spans
        WHERE end_char > uncut_end_char OR end_byte > uncut_end_byte
        OR (end_char = uncut_end_char) <> (end_byte = uncut_end_byte)
    """,
}
_FULL = {
    "quotes.is_truncated in a full release": (
        "SELECT quote_id AS key FROM quotes WHERE is_truncated"
    ),
    "articles.content_sha256 is not that of the text": (
        "SELECT article_id AS key FROM articles WHERE sha256(text) <> content_sha256"
    ),
}


def _public(said: Mapping[str, Any], tables: tuple[Table, ...]) -> dict[str, str]:
    """What the policy and the rights of each article allow, as far as rows tell by themselves."""
    limits = said["policy"]
    rules = {
        "articles.content_sha256 is not that of the text": _FULL[
            "articles.content_sha256 is not that of the text"
        ],
        "quotes hold more characters than the policy allows": f"""
            SELECT quote_id AS key FROM quote_spans
            JOIN quotes USING (quote_id) JOIN articles USING (article_id)
            WHERE rights_code = 'excerpt'
            GROUP BY quote_id HAVING sum(length(quote_spans.text)) > {limits["quote_chars"]}
        """,
    }
    for table in tables:
        for column in table.columns:
            key, name = table.primary_key[0], f"{table.name}.{column.name}"
            joined = table.name if table.name == "articles" else f"{table.name} JOIN articles"
            using = "" if table.name == "articles" else " USING (article_id)"
            if table.name == "quote_spans":
                using = " ON article_id = (SELECT article_id FROM quotes AS q WHERE q.quote_id = "
                using += "quote_spans.quote_id)"
            elif "article_id" not in table.column_names:
                continue
            if column.words == "text":
                rules[f"{name} of an article that may not be shown whole"] = (
                    f"SELECT {table.name}.{key} AS key FROM {joined}{using} "
                    f"WHERE {name} IS NOT NULL AND rights_code <> 'full'"
                )
            elif column.words in ("title", "quote", "fact"):
                rules[f"{name} of an article of which nothing may be shown"] = (
                    f"SELECT {table.name}.{key} AS key FROM {joined}{using} "
                    f"WHERE {name} IS NOT NULL AND rights_code = 'none'"
                )
    return rules
