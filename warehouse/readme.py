"""The README's queries with their output, made anew from a published DuckDB file."""

import re
import sys
from pathlib import Path

import duckdb

README = Path(__file__).parents[1] / "README.md"
QUERIES = Path(__file__).with_name("queries")
_ROWS = 6
_WIDTH = 56
_BLOCK = re.compile(r"(<!-- query (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def render(readme: str, database: Path) -> str:
    """The README with every `<!-- query NAME -->` block filled: the query, then its first rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return _BLOCK.sub(lambda m: m[1] + _answer(connection, m[2]) + m[3], readme)


def _answer(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    rows = [[_cell(value) for value in row] for row in result.fetchmany(_ROWS)]
    lines = [_line(names), _line(["---"] * len(names)), *map(_line, rows)]
    table = "\n".join(lines)
    return f"```sql\n{sql}```\n\n{table}\n\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = " ".join(str("" if value is None else value).split()).replace("|", "\\|")
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1].rstrip() + "…"


if __name__ == "__main__":
    README.write_text(render(README.read_text(encoding="utf-8"), Path(sys.argv[1])), "utf-8")
