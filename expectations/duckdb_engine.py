"""Great Expectations on DuckDB, which it does not support itself.

What belongs here: what has to be mended for that, and nothing else. Importing this module imports
Great Expectations, which takes seconds: only `runner` does, and inside a function.

It leans on private names of great-expectations 1.24.1 and mends duckdb-engine 0.17, so both are
pinned; the counterexamples show at each upgrade whether it still holds.
"""

import atexit
import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any, Literal

import sqlalchemy
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)
from sqlalchemy.dialects import postgresql


def _let_go_of_duckdb() -> None:
    """Empty duckdb-engine's modules, or DuckDB complains at exit of all that they still hold."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "duckdb_engine":
            vars(module).clear()


atexit.register(_let_go_of_duckdb)

#: Named here because the datasource has a field of the name `type`.
EngineClass = type[SqlAlchemyExecutionEngine]


class DuckDBInspector:
    """What Great Expectations asks about a table, answered by DuckDB itself.

    duckdb-engine asks PostgreSQL's catalogue, in a form that DuckDB does not have.
    """

    def __init__(self, engine: SqlAlchemyExecutionEngine) -> None:
        self._engine = engine
        self.dialect = engine.dialect

    def get_pk_constraint(self, table_name: str, schema: str | None) -> dict[str, list[str]]:
        """None: the tables are views over Parquet, and their keys are rules like others."""
        del table_name, schema
        return {"constrained_columns": []}

    def get_columns(self, table_name: str, schema: str | None) -> list[dict[str, str]]:
        """The name and the type of each column, in order."""
        del schema
        rows = self._engine.execute_query(sqlalchemy.text(f'DESCRIBE "{table_name}"'))
        return [{"name": row[0], "type": row[1]} for row in rows]


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Great Expectations' SQL engine, made to work with duckdb-engine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (passed through)
        super().__init__(*args, **kwargs)
        # Regular expressions are written for the dialects that GX knows: PostgreSQL's `~` is
        # DuckDB's too.
        self.dialect_module = types.ModuleType("duckdb")
        vars(self.dialect_module)["dialect"] = postgresql.dialect

    @contextlib.contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """One connection for good: a cursor is empty once its connection is back in the pool.

        A query that fails is rolled back, or every later one would fail with it.
        """
        if self._connection is None:
            self._connection = self.engine.connect()
            # Each query reads the footers of all files of a table, of which there may be hundreds.
            self._connection.execute(sqlalchemy.text("SET parquet_metadata_cache = true"))
        try:
            yield self._connection
        except Exception:
            self._connection.rollback()
            raise

    def get_inspector(self) -> DuckDBInspector:
        """The inspector above."""
        return DuckDBInspector(self)

    def close(self) -> None:
        """Give the file back."""
        if self._connection is not None:
            self._connection.close()
        super().close()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB file; defining it gives every context `data_sources.add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> EngineClass:
        """The engine above."""
        return DuckDBExecutionEngine
