"""Running the rules over a folder of Parquet files, or over some parts of them."""

import os
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.from_tables import derived_rules
from expectations.outcome import Outcome
from expectations.rule import Rule
from expectations.rules import hand_written_rules
from expectations.texts import MADE_OF_TEXTS, write_texts
from expectations.unused import put_off
from expectations.views import Files, by_part, make_views, table_files
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
    """Run the rules over a folder that holds the files of every table.

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


def run_rules(
    rules: Collection[Rule],
    tables: Path,
    walked: Path | None,
    parts: Mapping[str, Collection[int]] | None = None,
) -> list[CheckResult]:
    """Run these rules; like `run_checks` otherwise.

    Args:
        rules: the rules.
        tables: the folder.
        walked: as for `run_checks`.
        parts: by the name of a rule `by_article` the parts that it is to be run on, since it passed
            the others. Where one fails, it is run on all parts; where an `error` does, all are, for
            parts tell the truth only while rows that belong together lie together.
    """
    parts = parts or {}
    n_rows = _n_rows(tables)
    outcomes = {rule.name: Outcome() for rule in rules}
    for chosen, of_them in _by_parts(rules, parts).items():
        outcomes |= _outcomes(of_them, tables, walked, chosen)
    failed = {name for name, outcome in outcomes.items() if outcome.n_failed}
    is_error = any(rule.severity == "error" for rule in rules if rule.name in failed)
    again = [rule for rule in rules if rule.name in (parts if is_error else parts.keys() & failed)]
    if again:
        outcomes |= _outcomes(again, tables, walked, None)
    is_kept = {name for name, numbers in parts.items() if not numbers} - {r.name for r in again}
    results = []
    for rule in rules:
        found = outcomes[rule.name]
        n_checked, passed = n_rows[rule.table], found.n_failed == 0
        reused = rule.name in is_kept
        results.append(
            CheckResult(rule, passed, n_checked, found.n_failed, found.failing_ids, reused)
        )
    return results


def _by_parts(
    rules: Collection[Rule], parts: Mapping[str, Collection[int]]
) -> dict[frozenset[int] | None, list[Rule]]:
    """The rules by the parts that they are run on, None for whole tables."""
    found: dict[frozenset[int] | None, list[Rule]] = {}
    for rule in rules:
        numbers = frozenset(parts[rule.name]) if rule.name in parts else None
        if numbers is None or numbers:
            found.setdefault(numbers, []).append(rule)
    return found


def _n_rows(tables: Path) -> dict[str, int]:
    """The number of rows of each table."""
    n_rows = {}
    for table in TABLES:
        try:
            n_rows[table.name] = sum(map(parquet.count_rows, parquet.files(tables, table.name)))
        except (OSError, pa.ArrowException) as error:
            raise CheckCrash(f"of {table.name}", str(error)) from error
    return n_rows


def _outcomes(
    rules: Collection[Rule], tables: Path, walked: Path | None, parts: Collection[int] | None
) -> dict[str, Outcome]:
    """What becomes of the rules on whole tables, or on some parts."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read when it is imported
    put_off()
    from expectations.gx import evaluate  # takes seconds to import

    files = dict(table_files(tables, parts))
    if walked is not None and parts is None:
        files["walked"] = [walked]
    with tempfile.TemporaryDirectory(prefix="otr-checks-") as folder:
        database = Path(folder) / "checks.duckdb"
        with duckdb.connect(str(database), config={"memory_limit": MEMORY_LIMIT}) as connection:
            _make_readable(connection, files)
            if any(rule.needs_texts for rule in rules):
                _make_texts_readable(connection, files, Path(folder))
        outcomes = evaluate(database, rules, MAX_FAILING_IDS, MEMORY_LIMIT)
    for rule in rules:
        crash = outcomes[rule.name].crash
        if crash is not None:
            raise CheckCrash(rule.name, crash)
    return outcomes


def _make_readable(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    for name, paths in files.items():
        try:
            make_views(connection, {name: paths})
        except duckdb.Error as error:
            raise CheckCrash(f"of {name}", str(error)) from error
    for name, kinds in (("quoted_kinds", QUOTED_KINDS), ("unread_kinds", UNREAD_KINDS)):
        connection.execute(f"CREATE TABLE {name} AS SELECT unnest(?) AS kind", [sorted(kinds)])


def _make_texts_readable(connection: duckdb.DuckDBPyConnection, files: Files, folder: Path) -> None:
    """Make readable what the rules read of the articles' texts."""
    try:
        write_texts(by_part(files), folder)
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise CheckCrash("of the articles' texts", str(error)) from error
    make_views(connection, {name: [folder / f"{name}.parquet"] for name in MADE_OF_TEXTS})
