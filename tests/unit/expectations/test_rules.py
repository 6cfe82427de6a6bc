from collections import Counter

from expectations.rule import NoRows
from expectations.rules import hand_written_rules
from expectations.runner import all_rules
from warehouse.tables import TABLES


def test_names_are_unique_and_begin_with_the_table() -> None:
    names = Counter(rule.name for rule in all_rules())
    assert names.most_common(1)[0][1] == 1
    tables = {table.name for table in TABLES}
    for rule in all_rules():
        assert rule.table in tables
        assert rule.name.startswith(f"{rule.table}.")


def test_hand_written_rules_are_queries_with_a_sentence() -> None:
    for rule in hand_written_rules():
        assert isinstance(rule.check, NoRows)
        assert rule.description.endswith(".")


def test_only_warnings_do_not_block() -> None:
    warnings = [rule.name for rule in all_rules() if rule.severity == "warning"]
    assert warnings == ["articles.body_not_empty", "articles.language_known"]


def test_only_the_count_of_inputs_needs_the_walk() -> None:
    queries = {rule.name: rule.check for rule in all_rules() if isinstance(rule.check, NoRows)}
    assert [name for name, check in queries.items() if check.needs_walk] == [
        "documents.are_the_inputs"
    ]
