"""Evaluating rules with Great Expectations, on a DuckDB file.

Belongs here: everything that speaks to Great Expectations, `duckdb_engine` aside. Importing this
module imports it, which takes seconds: only `runner` does, inside a function.
"""

import contextlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import great_expectations
from great_expectations import ExpectationSuite
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.expect_compound_columns_to_be_unique import (
    ExpectCompoundColumnsToBeUnique,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.expectation import Expectation

from expectations.duckdb_engine import DuckDBDatasource
from expectations.outcome import Outcome
from expectations.rule import InRange, InSet, Matches, NoRows, NotNull, Rule, Unique
from warehouse.tables import TABLES

_KEYS = {table.name: table.primary_key for table in TABLES}
#: GX's key in an expectation's `meta`: results come back in another order.
_RULE = "rule"
#: The column that says how many rows a query found in all.
_N_FAILED = "n_failed_in_all"


class ExpectNoOffendingRows(UnexpectedRowsExpectation):
    """An `UnexpectedRowsExpectation` that runs its query once, not twice.

    The query itself counts what it finds, in the column `_N_FAILED`, and returns the first rows.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: object = None,
    ) -> dict[str, Any]:
        del runtime_configuration, execution_engine
        rows = metrics["unexpected_rows_query.table"]
        return {"success": not rows, "result": {"details": {"unexpected_rows": rows}}}


def evaluate(
    database: Path, rules: Iterable[Rule], max_ids: int, memory_limit: str
) -> dict[str, Outcome]:
    """Evaluate the rules on the tables and views of a DuckDB file, in so much memory of DuckDB's.

    Returns:
        The outcome of each rule by the rule's name, each with at most `max_ids` failing ids.
    """
    by_table: dict[str, list[Rule]] = {}
    for rule in rules:
        by_table.setdefault(rule.table, []).append(rule)
    outcomes: dict[str, Outcome] = {}
    with _datasource(database, memory_limit) as datasource:
        for table, of_table in by_table.items():
            try:
                asset = datasource.add_table_asset(table, table_name=table)
                batch = asset.add_batch_definition_whole_table("all").get_batch()
                outcomes |= _evaluate_table(batch, of_table, max_ids)
            except Exception as error:  # whatever GX raises, no rule of the table was evaluated
                crash = Outcome(crash=f"{type(error).__name__}: {error}")
                outcomes |= {rule.name: crash for rule in of_table}
    return outcomes


@contextlib.contextmanager
def _datasource(database: Path, memory_limit: str) -> Iterator[DuckDBDatasource]:
    """A context for this one file that shows no progress, keeps nothing and lets go of the file."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what it logs as an error comes back in its results
    try:
        context = great_expectations.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        datasource = context.data_sources.add_duckdb(
            "checks", connection_string=f"duckdb:///{database}?memory_limit={memory_limit}"
        )
        try:
            yield datasource
        finally:
            datasource.get_execution_engine().close()
    finally:
        logger.setLevel(level)


def _evaluate_table(batch: Batch, rules: Sequence[Rule], max_ids: int) -> dict[str, Outcome]:
    """All rules at once, then those that failed again, for the ids of the rows.

    To ask for ids at once would cost two queries more for each rule, failed or not.
    """
    suite = ExpectationSuite("all", [_expectation(rule, max_ids) for rule in rules])
    results = _by_rule(batch.validate(suite, result_format="BOOLEAN_ONLY").results)
    failed = [rule for rule in rules if not results[rule.name].success]
    if failed:
        again = ExpectationSuite("failed", [_expectation(rule, max_ids) for rule in failed])
        with_ids = {
            "result_format": "SUMMARY",
            "unexpected_index_column_names": list(_KEYS[rules[0].table]),
            "partial_unexpected_count": max_ids,
        }
        results |= _by_rule(batch.validate(again, result_format=with_ids).results)
    return {name: _outcome(result) for name, result in results.items()}


def _by_rule(
    results: Iterable[ExpectationValidationResult],
) -> dict[str, ExpectationValidationResult]:
    configured = ((result.expectation_config, result) for result in results)
    return {config.meta[_RULE]: result for config, result in configured if config is not None}


def _expectation(rule: Rule, max_ids: int) -> Expectation:
    """The rule in Great Expectations' own words."""
    meta = {_RULE: rule.name}
    match rule.check:
        case NotNull(column):
            return ExpectColumnValuesToNotBeNull(column=column, meta=meta)
        case Unique((column,)):
            return ExpectColumnValuesToBeUnique(column=column, meta=meta)
        case Unique(columns):
            return ExpectCompoundColumnsToBeUnique(column_list=list(columns), meta=meta)
        case Matches(column, pattern):
            # DuckDB's `~` looks for the pattern anywhere in the value. `$` would do in place of
            # `\z`, were there no value that ends in a newline.
            return ExpectColumnValuesToMatchRegex(
                column=column, regex=rf"\A(?:{pattern})\z", meta=meta
            )
        case InSet(column, values):
            return ExpectColumnValuesToBeInSet(column=column, value_set=list(values), meta=meta)
        case InRange(column, minimum, maximum):
            return ExpectColumnValuesToBeBetween(
                column=column, min_value=minimum, max_value=maximum, meta=meta
            )
        case NoRows(sql):
            return ExpectNoOffendingRows(
                unexpected_rows_query=_counted(rule.name, sql, max_ids), meta=meta
            )


def _counted(name: str, sql: str, max_ids: int) -> str:
    """The query's first rows and, beside each, the number of all; a comment names the rule.

    GX replaces what stands in braces and asks that `{batch}` be there; we read whole tables.
    """
    escaped = sql.replace("{", "{{").replace("}", "}}")
    return (
        f"SELECT *, count(*) OVER () AS {_N_FAILED} FROM (\n{escaped}\n) "
        f"ORDER BY ALL LIMIT {max_ids} /* rule {name} on {{batch}} */"
    )


def _outcome(result: ExpectationValidationResult) -> Outcome:
    crash = _crash(result.exception_info or {})
    if crash is not None:
        return Outcome(crash=crash)
    if result.success:
        return Outcome()
    found = result.result
    rows = found.get("partial_unexpected_index_list") or []
    if "details" in found:
        rows = found["details"]["unexpected_rows"]
        return Outcome(rows[0][_N_FAILED], _readable(rows))
    return Outcome(found["unexpected_count"], _readable(rows))


def _crash(info: Mapping[str, Any]) -> str | None:
    """The message of an exception inside GX; it files them by metric, or gives the only one."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    return next((message for nested in info.values() if (message := _crash(nested))), None)


def _readable(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    shown = ((value for name, value in row.items() if name != _N_FAILED) for row in rows)
    return tuple(
        " · ".join("null" if value is None else str(value) for value in values) for values in shown
    )
