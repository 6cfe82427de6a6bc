"""What the tables are and how they are kept.

Belongs here: the contracts (`tables`), listing inputs and atomic writes (`storage`), Parquet,
DuckDB, the analysts' views and queries, releases.

Does not belong here: extraction rules, Dagster.
"""
