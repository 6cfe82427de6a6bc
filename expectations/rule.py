"""The words a rule is written in, without any word of the engine that runs it."""

import re
from dataclasses import dataclass

from warehouse.tables import TABLES_IN_PARTS
from warehouse.tables.spec import Severity

#: The names of the tables that are cut into parts.
PARTED = frozenset(table.name for table in TABLES_IN_PARTS)


@dataclass(frozen=True, slots=True)
class NotNull:
    """No value of the column is null."""

    column: str


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows have the same values in these columns; rows with a null among them pass."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The whole of each value that is not null matches the regular expression."""

    column: str
    pattern: str


@dataclass(frozen=True, slots=True)
class InSet:
    """Each value that is not null is one of these."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InRange:
    """Each value that is not null lies between these, both included; None leaves an end open."""

    column: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class NoRows:
    """The query, which selects the keys of the rows that offend, finds none.

    It may read every table by its name, `quoted_kinds` and `unread_kinds`, both of one column,
    `texts` and `misplaced` (what the articles' texts are, see `expectations.texts`), and `walked`
    (what an independent walk of the inputs found, see `expectations.walk.walked_table`).
    """

    sql: str

    @property
    def needs_walk(self) -> bool:
        """Whether the query reads `walked`."""
        return re.search(r"\bwalked\b", self.sql) is not None

    @property
    def needs_texts(self) -> bool:
        """Whether the query reads what is made of the articles' texts."""
        return re.search(r"\b(texts|misplaced)\b", self.sql) is not None


Check = NotNull | Unique | Matches | InSet | InRange | NoRows


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must be true of a table.

    `name` is stable and begins with the table (`quotes.kind.in_set`). An `error` blocks
    publishing, a `warning` does not. A rule `by_article` reads `PARTED` tables alone and finds a
    row at fault, or not, by rows of the same article: what passes it part by part passes it whole,
    as long as all rules pass that say which rows belong together (unique keys and references).
    """

    name: str
    table: str
    severity: Severity
    description: str
    check: Check
    by_article: bool = False

    @property
    def needs_walk(self) -> bool:
        """Whether it reads what the walk found."""
        return isinstance(self.check, NoRows) and self.check.needs_walk

    @property
    def needs_texts(self) -> bool:
        """Whether it reads what is made of the articles' texts."""
        return isinstance(self.check, NoRows) and self.check.needs_texts
