"""What the check of the inputs lets pass while files change, and what it never does."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

RULE = Path(__file__).parents[3] / "expectations" / "rules" / "documents.are_the_inputs.sql"


def faults(documents: Mapping[str, str | None], walked: list[str], changed: list[str]) -> list[str]:
    """The source_ids at fault; `documents` gives each row's reason."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE documents (source_id VARCHAR, reason VARCHAR)")
        connection.execute("CREATE TABLE walked (source_id VARCHAR, is_changed BOOLEAN)")
        for row in documents.items():
            connection.execute("INSERT INTO documents VALUES (?, ?)", row)
        for source, is_changed in [(s, False) for s in walked] + [(s, True) for s in changed]:
            connection.execute("INSERT INTO walked VALUES (?, ?)", [source, is_changed])
        return [row[0] for row in connection.execute(RULE.read_text(encoding="utf-8")).fetchall()]


@pytest.mark.parametrize("changed", [["/"], ["wire/"]])
def test_a_file_that_was_deleted_during_the_build_is_no_fault(changed: list[str]) -> None:
    documents = {"wire/a.txt": None, "wire/b.jsonl#1": None, "c.txt": None}
    kept = ["c.txt"]
    assert faults(documents, kept, changed) == []
    assert sorted(faults(documents, kept, [])) == ["wire/a.txt", "wire/b.jsonl#1"]


def test_a_lost_file_is_told_whatever_changed_around_it() -> None:
    walked = ["wire/a.txt", "wire/lost.txt", "wire/feed.jsonl#1", "wire/feed.jsonl#2"]
    documents = dict.fromkeys(["wire/a.txt", "wire/feed.jsonl#1"])
    changed = ["/", "wire/", "wire/a.txt"]
    assert sorted(faults(documents, walked, changed)) == ["wire/feed.jsonl#2", "wire/lost.txt"]


def test_a_row_that_nothing_stands_for_is_told_where_no_name_came_or_went() -> None:
    assert faults({"wire/a.txt": None, "x.txt": None}, ["wire/a.txt"], ["wire/"]) == ["x.txt"]


def test_what_a_changed_file_holds_now_tells_nothing() -> None:
    documents = {"feed.jsonl#1": None, "feed.jsonl": "changed_while_read"}
    assert faults(documents, ["feed.jsonl#1", "feed.jsonl#2"], []) == []
    assert faults({"feed.jsonl#1": None}, ["feed.jsonl#2"], ["feed.jsonl"]) == []
