"""CSV of a table or view, for spreadsheets: no cell of it is taken for a formula."""

import csv
import json
from pathlib import Path
from typing import TextIO

import duckdb

#: What makes a spreadsheet compute a cell (OWASP, “CSV Injection”), full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_ONCE = 10_000


class ExportError(ValueError):
    """There is no such table or view, or no database to read it from."""


def export(database: Path, name: str, target: TextIO) -> int:
    """Write a table or view of a DuckDB file as CSV (RFC 4180), and return the number of its rows.

    `target` must not translate line ends.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; a list is
    written as JSON; null is an empty cell.

    Raises:
        ExportError: there is no such database, table or view; the message lists those there are.
    """
    if not database.exists():
        raise ExportError(f"Nothing is published at {database} yet; run `otr build` first.")
    with duckdb.connect(str(database), read_only=True) as connection:
        names = [row[0] for row in connection.execute(_NAMES).fetchall()]
        if name not in names:
            raise ExportError(f"There is no table or view “{name}”; there are {', '.join(names)}.")
        result = connection.execute(f'FROM "{name}"')
        writer = csv.writer(target)  # its line ends, RFC 4180's, let it quote a lone \\r, too
        writer.writerow([column[0] for column in result.description])
        n_rows = 0
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            writer.writerows([_cell(value) for value in row] for row in rows)
            n_rows += len(rows)
    return n_rows


#: The names with which a person can ask, tables first.
_NAMES = """
    SELECT name FROM (
        SELECT 0 AS rank, table_name AS name FROM duckdb_tables()
        UNION ALL
        SELECT 1, view_name FROM duckdb_views() WHERE NOT internal
    ) ORDER BY rank, name
"""


def _cell(value: object) -> object:
    """A value as it is safe in a spreadsheet; numbers stay numbers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
