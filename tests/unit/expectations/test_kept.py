from pathlib import Path

import pytest

from expectations.kept import keep, keys, read_kept, reads
from expectations.rule import NoRows, NotNull, Rule
from expectations.runner import CheckResult
from warehouse.tables import TABLES

DIGESTS = {table.name: f"digest of {table.name}" for table in TABLES}
COLUMN = Rule("quotes.text.not_null", "quotes", "error", "A text.", NotNull("text"))
ACROSS = Rule("quotes.in", "quotes", "error", "In.", NoRows("FROM quotes JOIN articles USING (a)"))
WALK = Rule("documents.all", "documents", "error", "All.", NoRows("FROM walked, documents"))
RULES = (COLUMN, ACROSS, WALK)


def test_a_rule_reads_its_table_and_those_that_its_query_names() -> None:
    assert reads(COLUMN) == {"quotes"}
    assert reads(ACROSS) == {"quotes", "articles"}


def test_a_rule_on_texts_reads_the_articles_and_the_quotes_that_spans_are_found_through() -> None:
    check = NoRows("FROM dates SEMI JOIN misplaced USING (article_id)")
    rule = Rule("dates.text", "dates", "error", "Text.", check)
    assert reads(rule) == {"dates", "articles", "quotes"}


@pytest.mark.parametrize(
    ("table", "still_hold"),
    [
        ("articles", ["quotes.text.not_null", "documents.all"]),
        ("quotes", ["documents.all"]),
        ("documents", ["quotes.text.not_null", "quotes.in"]),
        ("blocks", [rule.name for rule in RULES]),
    ],
)
def test_a_result_holds_while_the_tables_it_was_found_on_are_the_same(
    table: str, still_hold: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "checks.json"
    found = keys(RULES, DIGESTS, "walk")
    keep(path, [CheckResult(rule, False, 7, 2, ("q1", "q2")) for rule in RULES], found)
    results = read_kept(path, RULES, keys(RULES, DIGESTS | {table: "other"}, "walk"))
    assert [result.rule.name for result in results] == still_hold
    assert all(r.is_reused and r.failing_ids == ("q1", "q2") for r in results)
    assert all((r.success, r.n_checked, r.n_failed) == (False, 7, 2) for r in results)


def test_what_the_walk_finds_counts_only_where_no_file_may_change_unseen(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    unsure = keys(RULES, DIGESTS, None)
    keep(path, [CheckResult(rule, True, 1, 0, ()) for rule in RULES], unsure)
    assert [r.rule for r in read_kept(path, RULES, unsure)] == [COLUMN, ACROSS]


def test_without_a_record_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    for name in ("none.json", "broken.json"):
        assert read_kept(tmp_path / name, RULES, keys(RULES, DIGESTS, "walk")) == []
