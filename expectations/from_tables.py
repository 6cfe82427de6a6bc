"""The rules that follow from the contracts alone.

What belongs here: reading a `Table` into `Rule`s. What does not: rules that need more than one
column or table (foreign keys aside), which are written by hand in `rules/`.
"""

from collections.abc import Iterable, Iterator

from expectations.rule import (
    PARTED,
    Check,
    InRange,
    InSet,
    Matches,
    NoRows,
    NotNull,
    Rule,
    Unique,
)
from warehouse.tables import ARTICLES, TABLES, Column, Table


def derived_rules(tables: Iterable[Table] = TABLES) -> tuple[Rule, ...]:
    """Every rule that the contracts imply, table by table, in the order of the columns."""
    return tuple(rule for table in tables for rule in _of_table(table))


def _of_table(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        unique = column.unique or table.primary_key == (column.name,)
        for suffix, description, check in _of_column(column, unique, table):
            name = f"{table.name}.{column.name}.{suffix}"
            by_article = _is_by_article(table, column, check)
            yield Rule(name, table.name, "error", description, check, by_article)
    if len(table.primary_key) > 1:
        key = ", ".join(table.primary_key)
        yield Rule(
            f"{table.name}.primary_key.unique",
            table.name,
            "error",
            f"No two rows of {table.name} have the same {key}.",
            Unique(table.primary_key),
            by_article=table.name in PARTED and "article_id" in table.primary_key,
        )


def _is_by_article(table: Table, column: Column, check: Check) -> bool:
    """Whether the rule of a column looks at the rows of one article at a time.

    Others must look at all rows for another with the same value, or in a table of the whole corpus;
    and what an article says of an article, it says of another one.
    """
    if table.name not in PARTED or isinstance(check, Unique):
        return False
    if not isinstance(check, NoRows):
        return True
    referred = (column.references or "").partition(".")[0]
    return referred in PARTED and table is not ARTICLES


def _of_column(column: Column, unique: bool, table: Table) -> Iterator[tuple[str, str, Check]]:
    name, where = column.name, f"{table.name}.{column.name}"
    if not column.nullable:
        yield "not_null", f"Every row has a {where}.", NotNull(name)
    if unique:
        yield "unique", f"No two rows have the same {where}.", Unique((name,))
    if column.pattern is not None:
        yield (
            "pattern",
            f"The whole of {where} matches `{column.pattern}`.",
            Matches(name, column.pattern),
        )
    if column.values:
        listed = ", ".join(column.values)
        yield "in_set", f"{where} is one of: {listed}.", InSet(name, column.values)
    if column.minimum is not None or column.maximum is not None:
        yield (
            "in_range",
            f"{where} is {_limits(column.minimum, column.maximum)}.",
            InRange(name, column.minimum, column.maximum),
        )
    if column.references is not None:
        yield (
            "foreign_key",
            f"Every {where} that is given exists in {column.references}.",
            NoRows(_orphans(table, name, column.references)),
        )


def _limits(minimum: float | None, maximum: float | None) -> str:
    if maximum is None:
        return f"{minimum} or more"
    if minimum is None:
        return f"{maximum} or less"
    return f"from {minimum} to {maximum}"


def _orphans(table: Table, column: str, references: str) -> str:
    parent, parent_column = references.split(".")
    key = ", ".join(f"child.{name}" for name in table.primary_key)
    return (
        f"SELECT {key}, child.{column}\n"
        f"FROM {table.name} AS child\n"
        f"ANTI JOIN {parent} AS parent ON parent.{parent_column} = child.{column}\n"
        f"WHERE child.{column} IS NOT NULL"
    )
