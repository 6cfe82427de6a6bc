"""Print the length of one column of a Parquet file, read over HTTP by polars or by DuckDB."""

import json
import sys

engine, url, column = sys.argv[1:]
if engine == "polars":
    import polars

    n = polars.scan_parquet(url).select(polars.col(column).str.len_chars().sum()).collect().item()
else:
    from datetime import UTC, datetime

    import duckdb
    from fsspec.implementations.http import HTTPFileSystem

    class Files(HTTPFileSystem):  # type: ignore[misc]  # untyped outside its environment
        """fsspec's files over HTTP, with the time of change that DuckDB asks for."""

        def modified(self, path: str) -> datetime:
            """A released file never changes."""
            return datetime(2000, 1, 1, tzinfo=UTC)

    with duckdb.connect() as connection:
        connection.register_filesystem(Files(block_size=2**16))
        query = f"SELECT sum(length({column}))::BIGINT FROM read_parquet(?)"
        n = connection.execute(query, [url]).fetchall()[0][0]
print(json.dumps({"characters": n}))
