"""A rule by article finds in parts what it finds in the whole, where rows are at fault too."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.rule import PARTED
from expectations.runner import CheckResult, all_rules, run_rules
from tests.counterexamples.dataset import Dataset, valid, write
from tests.counterexamples.test_counterexamples import CASES, broken
from warehouse.tables import TABLES

RULES = [rule for rule in all_rules() if rule.by_article]
N_PARTS = 3
#: Its counterexample refers to a date of another article, which a part does not hold.
ACROSS = "quotes.date_of_its_article"


def write_parts(datasets: list[Dataset], folder: Path) -> None:
    """Write the tables in parts, no two articles of a dataset in the same."""
    write(datasets, folder)
    part_of: dict[str | None, int] = {}
    for dataset in datasets:
        ids = dict.fromkeys(row["article_id"] for row in dataset.tables["articles"])
        part_of |= {article_id: n % N_PARTS for n, article_id in enumerate(ids)}
        for quote in dataset.tables["quotes"]:
            part_of.setdefault(quote["quote_id"], part_of.get(quote["article_id"], 0))
    for name in PARTED:
        rows = pq.read_table(folder / f"{name}.parquet")
        key = "quote_id" if name == "quote_spans" else "article_id"
        parts = [part_of.get(value, 0) for value in rows[key].to_pylist()]
        for number in range(N_PARTS):
            path = folder / f"{name}-{number:05}-of-{N_PARTS:05}.parquet"
            pq.write_table(rows.filter(pa.array([part == number for part in parts])), path)
        (folder / f"{name}.parquet").unlink()


def only_part(number: int, folder: Path) -> Path:
    """A folder where this part is all there is."""
    part = folder / f"part {number}"
    part.mkdir()
    for table in TABLES:
        name = f"{table.name}-{number:05}-of-{N_PARTS:05}" if table.name in PARTED else table.name
        (part / f"{table.name}.parquet").hardlink_to(folder / f"{name}.parquet")
    return part


def faults(results: Iterable[CheckResult]) -> dict[str, tuple[int, frozenset[str]]]:
    return {r.rule.name: (r.n_failed, frozenset(r.failing_ids)) for r in results}


@pytest.mark.slow
def test_what_the_parts_have_at_fault_is_what_the_whole_has(tmp_path: Path) -> None:
    cases = [case for case in CASES.values() if case.rule != ACROSS]
    write_parts([valid("as it should be"), *map(broken, cases)], tmp_path)
    whole = faults(run_rules(RULES, tmp_path, None))
    assert sum(n > 0 for n, _ in whole.values()) == len(RULES) - 1
    parts = [faults(run_rules(RULES, only_part(n, tmp_path), None)) for n in range(N_PARTS)]
    for rule in RULES:
        found = [part[rule.name] for part in parts]
        assert (sum(n for n, _ in found), frozenset().union(*(ids for _, ids in found))) == whole[
            rule.name
        ]


@pytest.mark.slow
@pytest.mark.parametrize("case", [None, ACROSS, "quotes.text_is_its_spans", "articles.has_blocks"])
def test_run_on_some_parts_a_rule_tells_what_it_tells_of_the_whole(
    case: str | None, tmp_path: Path
) -> None:
    write_parts([valid("other"), broken(CASES[case]) if case else valid("one")], tmp_path)
    whole = run_rules(RULES, tmp_path, None)
    in_parts = run_rules(RULES, tmp_path, None, {rule.name: [0, 1] for rule in RULES})
    assert in_parts == whole
    assert [result.rule.name for result in whole if not result.success] == ([case] if case else [])


@pytest.mark.slow
def test_a_rule_with_no_part_left_is_not_run_but_where_an_error_is_found(tmp_path: Path) -> None:
    case = "quotes.text_is_its_spans"
    write_parts([broken(CASES[case])], tmp_path)
    nothing = {rule.name: list[int]() for rule in RULES}
    assert all(r.success and r.is_reused for r in run_rules(RULES, tmp_path, None, nothing))
    results = run_rules(RULES, tmp_path, None, nothing | {case: range(N_PARTS)})
    assert [result.rule.name for result in results if not result.success] == [case]
    assert not any(result.is_reused for result in results)
