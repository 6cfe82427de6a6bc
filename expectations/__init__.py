"""What must be true of the tables, and the running of it.

Belongs here: rules derived from the contracts (`from_tables`), rules written by hand (`rules`),
what is run (`runner`) and how Great Expectations runs it on DuckDB (`gx`, `duckdb_engine`), the
independent count of the inputs (`walk`), and scoring against gold (`accuracy`).

Does not belong here: Dagster, the making of tables, anything that changes a table.
"""
