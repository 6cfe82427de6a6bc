"""Print what a DuckDB reads in a release's file: rows, views, comments, its own version."""

import json
import sys

import duckdb

with duckdb.connect(sys.argv[1], read_only=True) as connection:

    def column(sql: str) -> list[str]:
        return [row[0] for row in connection.execute(sql).fetchall()]

    def count(name: str) -> int:
        return int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0])

    tables = column("SELECT table_name FROM duckdb_tables()")
    views = column("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    print(
        json.dumps(
            {
                "engine": duckdb.__version__,
                "tables": {name: count(name) for name in tables},
                "views": {name: count(name) for name in views},
                "uncommented": column(
                    "SELECT table_name || '.' || column_name FROM duckdb_columns() "
                    "WHERE comment IS NULL "
                    "AND table_name IN (SELECT table_name FROM duckdb_tables())"
                )
                + column(
                    "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
                ),
                "version": column("SELECT version FROM _release"),
            }
        )
    )
