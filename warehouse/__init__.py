"""What the tables are and how they are kept.

Belongs here: the contracts (`tables`), listing inputs and atomic writes (`storage`), buckets
(`locations`, `remote`), the store of extracted rows (`shards`), Parquet and how tables are cut into
files (`parts`), DuckDB, the analysts' views and queries, releases.

Does not belong here: extraction rules, Dagster.
"""
