"""The data dictionary, derived from the contracts."""

from collections.abc import Iterable
from pathlib import Path

from warehouse.duckdb import type_name
from warehouse.tables import TABLES, Column, Table

FILE = Path(__file__).with_name("DICTIONARY.md")

_HEAD = """# Data dictionary

{origin}
Offsets are half-open, 0-based, in Unicode code points, into `articles.text`.
"""
_ORIGIN = (
    "Derived from the contracts in `warehouse/tables/`: change those and run `make dictionary`."
)


def render(origin: str = _ORIGIN, tables: Iterable[Table] = TABLES) -> str:
    """The dictionary of all tables, as Markdown; `origin` is its first sentence."""
    return "\n".join([_HEAD.format(origin=origin), *(_section(table) for table in tables)])


def _section(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.doc} Key: {', '.join(f'`{name}`' for name in table.primary_key)}.",
        "",
        "| column | type | null | meaning |",
        "|---|---|---|---|",
        *(_line(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    meaning = column.doc
    if column.values:
        meaning += f" One of {', '.join(f'`{v}`' for v in column.values)}."
    if column.references:
        meaning += f" → `{column.references}`."
    nullable = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {type_name(column.type)} | {nullable} | {meaning} |"


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
