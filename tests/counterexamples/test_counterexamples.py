"""Each counterexample makes exactly its rule fail, all rules being run.

The broken copies of the dataset lie in one set of tables, each with ids of its own, and are checked
in one go: what a rule finds in a copy, it would find there if the copy were alone.
"""

from pathlib import Path

import pytest

from expectations.runner import CheckResult, all_rules, run_checks
from tests.counterexamples.case import Case
from tests.counterexamples.dataset import Dataset, valid, write
from tests.counterexamples.derived import derived_cases
from tests.counterexamples.hand_written import hand_written_cases

CASES = {case.rule: case for case in (*derived_cases(), *hand_written_cases())}


def broken(case: Case) -> Dataset:
    dataset = valid(case.rule)
    case.break_(dataset)
    return dataset


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CheckResult]:
    """How every rule fares on all counterexamples, and on one copy that is as it should be."""
    folder = tmp_path_factory.mktemp("counterexamples")
    write([valid("as it should be"), *map(broken, CASES.values())], folder)
    checked = run_checks(folder, folder / "walked.parquet")
    return {result.rule.name: result for result in checked}


def test_every_rule_has_a_counterexample() -> None:
    assert sorted(CASES) == sorted(rule.name for rule in all_rules())


@pytest.mark.slow
@pytest.mark.parametrize("rule", CASES)
def test_rule_fails_on_its_counterexample_and_no_other(
    rule: str, results: dict[str, CheckResult]
) -> None:
    case, result = CASES[rule], results[rule]
    assert result.n_failed == case.n_failed
    assert not result.success
    keys = {failing.partition(" · ")[0] for failing in result.failing_ids}
    assert keys - {"null"} <= broken(case).values


@pytest.mark.slow
def test_valid_dataset_passes_every_rule(tmp_path: Path) -> None:
    write([valid("as it should be")], tmp_path)
    checked = run_checks(tmp_path, tmp_path / "walked.parquet")
    assert [result.rule.name for result in checked if not result.success] == []
    assert {result.rule for result in checked} == set(all_rules())


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "articles.article_id.not_null",
        "articles.source_id.unique",
        "blocks.primary_key.unique",
        "documents.article_id.foreign_key",
        "quotes.hull_of_its_spans",
        "quote_spans.start_char.in_range",
    ],
)
def test_counterexample_alone_fails_its_rule_alone(rule: str, tmp_path: Path) -> None:
    """Some of those that are nearest to other rules, to show that the copies do not interact."""
    write([broken(CASES[rule])], tmp_path)
    checked = run_checks(tmp_path, tmp_path / "walked.parquet")
    assert [result.rule.name for result in checked if not result.success] == [rule]
