"""What the check of the inputs lets pass while files change, and what it never does."""

import re
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

RULE = Path(__file__).parents[3] / "expectations" / "rules" / "documents.are_the_inputs.sql"


def faults(
    documents: Mapping[str, str | None],
    walked: list[str],
    changed: list[str],
    unchanged: list[str] | None = None,
) -> list[str]:
    """The source_ids at fault; `documents` gives each row's reason.

    `walked` are the inputs, each with its file, `changed` and `unchanged` files and folders.
    """
    files = [re.split("[#!]", source)[0] for source in walked]
    rows = [(source, "input", False) for source in walked]
    known = dict.fromkeys([*files, "/", *(unchanged or ())], False) | dict.fromkeys(changed, True)
    rows += [(s, "folder" if s.endswith("/") else "file", is_new) for s, is_new in known.items()]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE documents (source_id VARCHAR, reason VARCHAR)")
        connection.execute("CREATE TABLE walked (source_id VARCHAR, kind VARCHAR, is_changed BOOL)")
        for row in documents.items():
            connection.execute("INSERT INTO documents VALUES (?, ?)", row)
        connection.executemany("INSERT INTO walked VALUES (?, ?, ?)", rows)
        return [row[0] for row in connection.execute(RULE.read_text(encoding="utf-8")).fetchall()]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param(["/"], [], id="the whole folder is gone"),
        pytest.param(["wire/"], [], id="names went in the folder"),
        pytest.param([], ["wire/a.txt", "wire/b.jsonl#1"], id="no name went"),
    ],
)
def test_a_file_that_was_deleted_during_the_build_is_no_fault(
    changed: list[str], told: list[str]
) -> None:
    documents = {"wire/a.txt": None, "wire/b.jsonl#1": None, "c.txt": None}
    assert sorted(faults(documents, ["c.txt"], changed)) == told


def test_names_that_came_at_the_top_excuse_nothing_in_a_folder_that_is_still_there() -> None:
    documents = {"wire/a.txt": None, "wire/old/b.txt": None, "gone/c.txt": None, "d.txt": None}
    found = faults(documents, [], ["/"], unchanged=["wire/", "wire/old/"])
    assert sorted(found) == ["wire/a.txt", "wire/old/b.txt"]


@pytest.mark.parametrize(
    "row", ["feed.jsonl#9", "feed.jsonl!x.txt", "feed.jsonl", "feed.jsonl#1~2"]
)
def test_a_row_that_nothing_stands_for_in_a_file_that_is_there_is_told(row: str) -> None:
    documents = {"feed.jsonl#1": None, row: None}
    assert faults(documents, ["feed.jsonl#1"], ["/"]) == [row]


def test_a_row_of_a_file_that_is_no_input_is_told() -> None:
    assert faults({"README.md": None}, [], ["/"], unchanged=["README.md"]) == ["README.md"]


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
