"""Every string that a release holds, wherever it lies, gathered in a database on the disk.

Nothing here asks what a column is for: strings are taken from each column of each table that is
there, from what the files say of themselves, and from every other file.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.release.words import SHINGLE

Connection = duckdb.DuckDBPyConnection
#: Types whose values are numbers, days or answers, and no words.
_WORDLESS = re.compile(
    r"BOOL.*|U?(TINY|SMALL|BIG|HUGE)?INT.*|DOUBLE|FLOAT|DECIMAL.*|DATE|TIME.*|UUID"
)
#: As `words.words` has it: what is no letter or digit parts words.
_WORD = r"[\p{L}\p{N}_]+"
_MANY_WORDS = rf"{_WORD}([^\p{{L}}\p{{N}}_]+{_WORD}){{{SHINGLE - 1}}}"
#: What no article consists of: ids and digests.
_ID = "[a-z]?[0-9a-f]{12,64}"
#: A column with fewer values names kinds of things; short values of others are read in a row.
_FEW_VALUES = 50
_ROWS_IN_A_ROW = 4_096
#: No shorter string holds as many words as are looked for.
_MIN_CHARS = 2 * SHINGLE - 1


def gather(release: Path, connection: Connection) -> None:
    """Make the tables `claims` and `cells` of a connection.

    `claims` are the texts that rows say stand at offsets of an article: `place` names the table and
    row, `quote_id` and `no` the span of a quote. `cells` are all other strings of at least
    `SHINGLE` words, with the article of their row where it has one, and short ones in a row.
    """
    connection.execute("""
        CREATE TABLE claims (
            article_id VARCHAR, first INT, last INT, value VARCHAR, place VARCHAR,
            quote_id VARCHAR, no INT
        );
        CREATE TABLE strings (
            article_id VARCHAR, place VARCHAR, row VARCHAR, no BIGINT, value VARCHAR
        );
        CREATE TABLE cells (article_id VARCHAR, place VARCHAR, value VARCHAR);
    """)
    for path in sorted(p for p in release.rglob("*") if p.is_file()):
        name = path.relative_to(release).as_posix()
        if path.suffix == ".parquet":
            relation = f"read_parquet('{_quoted(path)}')"
            _add_relation(connection, release, relation, name)
            _add_texts(connection, name, _metadata(pq.read_schema(path)))
        elif path.suffix == ".duckdb":
            _add_database(connection, release, path, name)
        else:
            _add_texts(connection, name, _texts(path))
    connection.execute(f"""
        ALTER TABLE strings ADD COLUMN is_long BOOLEAN;
        UPDATE strings SET is_long =
            length(value) >= {_MIN_CHARS} AND regexp_matches(value, '{_MANY_WORDS}');
        INSERT INTO cells
        SELECT article_id, place || coalesce(' of ' || row, ''), value FROM strings WHERE is_long;
        INSERT INTO cells
        SELECT NULL, place || ', row by row', string_agg(value, ' ' ORDER BY no)
        FROM strings WHERE NOT is_long
        GROUP BY place, no // {_ROWS_IN_A_ROW};
        DROP TABLE strings;
    """)


def _add_database(connection: Connection, release: Path, path: Path, name: str) -> None:
    connection.execute(f"ATTACH '{_quoted(path)}' AS held (READ_ONLY)")
    try:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'held'"
        ).fetchall()
        for schema, table in tables:
            relation = f'held."{schema}"."{table}"'
            _add_relation(connection, release, relation, f"{name}: {table}")
        for catalog in ("tables", "columns", "views", "functions", "types", "schemas", "indexes"):
            rows = connection.execute(
                f"SELECT to_json(c) FROM duckdb_{catalog}() AS c WHERE database_name = 'held'"
            ).fetchall()
            found = (string for (row,) in rows for string in _strings(json.loads(row)))
            _add_texts(connection, f"{name}: its {catalog}", found)
    finally:
        connection.execute("DETACH held")


def _add_relation(connection: Connection, release: Path, relation: str, name: str) -> None:
    described = connection.execute(f"DESCRIBE FROM {relation}").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described}
    source, article = _with_article(release, relation, columns)
    _add_texts(connection, f"{name}: its columns", columns)
    key = f't."{next(iter(columns))}"::VARCHAR'
    key = f"CASE WHEN regexp_full_match({key}, '{_ID}') THEN {key} END"  # a leak is not repeated
    values: dict[str, str] = {}
    for column, of_type in columns.items():
        if _WORDLESS.fullmatch(of_type):
            continue
        value = f't."{column}"::VARCHAR'
        offsets = _offsets(column, columns)
        if offsets is None or article == "NULL":
            values[column] = (
                f"[{value}]" if of_type != "VARCHAR[]" else f'[{value}] || t."{column}"'
            )
            continue
        place = f"'{_escaped(name)}: {_escaped(column)} of ' || coalesce({key}, '')"
        quote = 't.quote_id, t."span_no"' if "span_no" in columns else "NULL, NULL"
        connection.execute(
            f'INSERT INTO claims SELECT {article}, t."{offsets[0]}", t."{offsets[1]}", '
            f"{value}, {place}, {quote} FROM {source} WHERE {value} IS NOT NULL"
        )
    if not values:
        return
    kinds = connection.execute(
        "SELECT " + ", ".join(f'approx_count_distinct(t."{c}")' for c in values) + f" FROM {source}"
    ).fetchall()[0]
    cells = ", ".join(
        f"{{place: '{_escaped(name)}: {_escaped(column)}', least: {_least(n_values)}, of: {value}}}"
        for (column, value), n_values in zip(values.items(), kinds, strict=True)
    )
    connection.execute(f"""
        INSERT INTO strings
        SELECT article, cell.place, row, no, value
        FROM (
            SELECT *, unnest(cell.of) AS value
            FROM (
                SELECT
                    {article} AS article,
                    {key} AS row,
                    row_number() OVER () AS no,
                    unnest([{cells}]) AS cell
                FROM {source}
            )
        )
        WHERE length(value) >= cell.least AND NOT regexp_full_match(value, '{_ID}')
    """)


def _least(n_values: int) -> int:
    """How long the strings of a column with so many values must be to be looked at."""
    return 1 if n_values > _FEW_VALUES else _MIN_CHARS


def _with_article(release: Path, relation: str, columns: dict[str, str]) -> tuple[str, str]:
    """A relation as `t`, and the expression of the article that a row belongs to."""
    if "article_id" in columns:
        return f"{relation} AS t", "t.article_id::VARCHAR"
    quotes = sorted(release.glob("data/quotes*.parquet"))
    if "quote_id" in columns and quotes:
        listed = ", ".join(f"'{_quoted(path)}'" for path in quotes)
        joined = f"LEFT JOIN read_parquet([{listed}]) AS q ON q.quote_id = t.quote_id::VARCHAR"
        return f"{relation} AS t {joined}", "q.article_id"
    return f"{relation} AS t", "NULL"


def _offsets(column: str, columns: dict[str, str]) -> tuple[str, str] | None:
    """The columns that say where the text of a column stands, by their names.

    A quote's text stands nowhere as it is: it is joined from spans.
    """
    is_joined = column == "text" and "quote_id" in columns and "span_no" not in columns
    if columns[column] != "VARCHAR" or is_joined:
        return None
    prefix = column.removesuffix("text").removesuffix("_")
    names = (f"{prefix}_start", f"{prefix}_end") if prefix else ("start_char", "end_char")
    return names if all(columns.get(name) == "INTEGER" for name in names) else None


def _metadata(schema: pa.Schema) -> Iterator[str]:
    """What a Parquet file says of itself and of its columns."""
    said = [schema.metadata or {}, *(field.metadata or {} for field in schema)]
    for of in said:
        for key, value in of.items():
            yield f"{key.decode(errors='replace')} {value.decode(errors='replace')}"


def _texts(path: Path) -> Iterator[str]:
    text = path.read_bytes().decode("utf-8", errors="replace")
    yield text
    if path.suffix == ".json":
        yield " ".join(_strings(json.loads(text)))


def _strings(said: object) -> Iterator[str]:
    """Every string of a JSON value, keys included."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for key, value in said.items():
            yield key
            yield from _strings(value)
    elif isinstance(said, list):
        for value in said:
            yield from _strings(value)


def _add_texts(connection: Connection, place: str, texts: Iterable[str]) -> None:
    connection.execute("INSERT INTO cells SELECT NULL, ?, unnest(?)", [place, list(texts)])


def _quoted(path: Path) -> str:
    return _escaped(str(path))


def _escaped(text: str) -> str:
    return text.replace("'", "''")
