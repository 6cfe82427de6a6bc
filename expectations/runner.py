"""Running the rules over a folder of Parquet files."""

import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.from_tables import derived_rules
from expectations.rule import Rule
from expectations.rules import hand_written_rules
from expectations.texts import MADE_OF_TEXTS, write_texts
from expectations.unused import put_off
from warehouse import parquet
from warehouse.tables import TABLES
from warehouse.tables.blocks import QUOTED_KINDS, UNREAD_KINDS

#: How many failing rows a result names.
MAX_FAILING_IDS = 20
#: What DuckDB holds of the tables at a time; what is more it writes to a file for the while.
MEMORY_LIMIT = "1GB"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one rule fared.

    `n_checked` is the number of rows of the rule's table, `n_failed` that of those that offend (for
    a rule across tables: the rows that its query finds). `failing_ids` names the first of them, at
    most `MAX_FAILING_IDS`: their key, then the values at fault. `is_reused` says that an earlier
    build found it on the same rows.
    """

    rule: Rule
    success: bool
    n_checked: int
    n_failed: int
    failing_ids: tuple[str, ...]
    is_reused: bool = False


class CheckCrash(RuntimeError):
    """A rule could not be evaluated: it neither passed nor failed."""

    def __init__(self, rule: str, cause: str) -> None:
        super().__init__(f"The check {rule} crashed: {cause}")
        self.rule, self._cause = rule, cause

    def __reduce__(self) -> tuple[type["CheckCrash"], tuple[str, str]]:
        """How it comes from another process."""
        return type(self), (self.rule, self._cause)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, those derived from the contracts first."""
    return (*derived_rules(), *hand_written_rules())


def run_checks(
    tables: Path, walked: Path | None, names: Collection[str] | None = None
) -> list[CheckResult]:
    """Run the rules over a folder that holds `<table>.parquet` for every table.

    Args:
        tables: the folder.
        walked: a Parquet file of what an independent walk of the seeds found
            (`expectations.walk.walked_table`); without it the rules that need it are left out.
        names: the rules to run; all by default.

    Returns:
        One result for each rule, in the order of `all_rules`.

    Raises:
        CheckCrash: a rule could not be evaluated, whatever the reason.
        ValueError: there is no rule of such a name.
    """
    return run_rules(select_rules(names, with_walk=walked is not None), tables, walked)


def select_rules(names: Collection[str] | None, *, with_walk: bool) -> list[Rule]:
    """The rules of these names that can be run with or without the walk.

    Raises:
        ValueError: there is no rule of such a name.
    """
    rules = all_rules()
    unknown = set(names or ()) - {rule.name for rule in rules}
    if unknown:
        raise ValueError(f"There is no rule called {', '.join(sorted(unknown))}.")
    return [
        rule
        for rule in rules
        if (names is None or rule.name in names) and (with_walk or not rule.needs_walk)
    ]


def run_rules(rules: Collection[Rule], tables: Path, walked: Path | None) -> list[CheckResult]:
    """Run these rules; like `run_checks` otherwise."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read when it is imported
    put_off()
    from expectations.gx import evaluate  # takes seconds to import

    with tempfile.TemporaryDirectory(prefix="otr-checks-") as folder:
        database = Path(folder) / "checks.duckdb"
        with duckdb.connect(str(database), config={"memory_limit": MEMORY_LIMIT}) as connection:
            n_rows = _views(connection, tables, walked)
            if any(rule.needs_texts for rule in rules):
                _texts(connection, Path(folder))
        outcomes = evaluate(database, rules, MAX_FAILING_IDS, MEMORY_LIMIT)
    results = []
    for rule in rules:
        outcome = outcomes[rule.name]
        if outcome.crash is not None:
            raise CheckCrash(rule.name, outcome.crash)
        results.append(
            CheckResult(
                rule,
                outcome.n_failed == 0,
                n_rows[rule.table],
                outcome.n_failed,
                outcome.failing_ids,
            )
        )
    return results


def _views(
    connection: duckdb.DuckDBPyConnection, tables: Path, walked: Path | None
) -> dict[str, int]:
    """Make the tables readable by their names; returns the number of rows of each."""
    files = {table.name: parquet.files(tables, table.name) for table in TABLES}
    if walked is not None:
        files["walked"] = [walked]
    n_rows = {}
    for name, paths in files.items():
        try:
            _view(connection, name, paths)
            (n_rows[name],) = connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0]
        except duckdb.Error as error:
            raise CheckCrash(f"of {name}", str(error)) from error
    for name, kinds in (("quoted_kinds", QUOTED_KINDS), ("unread_kinds", UNREAD_KINDS)):
        connection.execute(f"CREATE TABLE {name} AS SELECT unnest(?) AS kind", [sorted(kinds)])
    return n_rows


def _texts(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make readable what the rules read of the articles' texts."""
    try:
        write_texts(connection, folder)
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise CheckCrash("of the articles' texts", str(error)) from error
    for name in MADE_OF_TEXTS:
        _view(connection, name, [folder / f"{name}.parquet"])


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: Sequence[Path]) -> None:
    quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    connection.execute(f"CREATE VIEW {name} AS FROM read_parquet([{quoted}])")
