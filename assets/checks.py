"""Great Expectations' results as Dagster asset checks, one for each rule."""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    ResourceParam,
    multi_asset_check,
)

from assets.settings import Settings
from assets.verdicts import check
from assets.vouching import keep_results
from expectations.rule import Rule
from expectations.runner import CheckResult, all_rules


def check_name(rule: Rule) -> str:
    """The rule's name in the letters that Dagster allows."""
    return rule.name.replace(".", "__")


@multi_asset_check(
    name="check_tables",
    specs=[
        AssetCheckSpec(
            check_name(rule),
            asset=AssetKey(rule.table),
            description=rule.description,
            blocking=rule.severity == "error",
        )
        for rule in all_rules()
    ],
)
def check_tables(held: ResourceParam[Settings]) -> Iterator[AssetCheckResult]:
    """Check every table against its contract and the rules across tables.

    What was checked before, by the same rules on the same rows, is not checked again. A failure of
    Great Expectations itself fails the step: it is never a result.
    """
    results = check(held)
    keep_results(results, held)
    for result in results:
        yield _as_dagster(result)


def _as_dagster(result: CheckResult) -> AssetCheckResult:
    is_error = result.rule.severity == "error"
    return AssetCheckResult(
        asset_key=AssetKey(result.rule.table),
        check_name=check_name(result.rule),
        passed=result.success,
        severity=AssetCheckSeverity.ERROR if is_error else AssetCheckSeverity.WARN,
        description=result.rule.description,
        metadata={
            "rows checked": result.n_checked,
            "rows failing": result.n_failed,
            "failing ids": list(result.failing_ids),
            "reused": result.is_reused,
        },
    )
