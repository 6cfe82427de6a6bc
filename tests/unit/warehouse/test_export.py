"""CSV for spreadsheets."""

import csv
import io
from pathlib import Path

import duckdb
import pytest

from warehouse.export import ExportError, export

VALUES = {
    "=HYPERLINK(1)": "'=HYPERLINK(1)",
    "+1": "'+1",
    "-5 degrees": "'-5 degrees",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    " =1": "' =1",
    "＝1": "'＝1",
    "“No,” she said.": "“No,” she said.",
    'a "word", and\nmore': 'a "word", and\nmore',
    "5 - 3 = 2": "5 - 3 = 2",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE cells (value VARCHAR)")
        connection.executemany("INSERT INTO cells VALUES (?)", [[value] for value in VALUES])
        connection.execute(
            "CREATE VIEW kinds AS SELECT -5 AS number, 0.5 AS share, true AS is_so, "
            "NULL AS nothing, DATE '2021-03-02' AS day, "
            "['=1', '“a”'] AS names, []::VARCHAR[] AS none"
        )
    return path


def exported(database: Path, name: str) -> list[list[str]]:
    target = io.StringIO(newline="")
    n_rows = export(database, name, target)
    rows = list(csv.reader(io.StringIO(target.getvalue(), newline="")))
    assert len(rows) == n_rows + 1
    return rows


def test_no_text_is_taken_for_a_formula(database: Path) -> None:
    assert [row[0] for row in exported(database, "cells")[1:]] == list(VALUES.values())


def test_values_that_are_no_text(database: Path) -> None:
    head, row = exported(database, "kinds")
    assert dict(zip(head, row, strict=True)) == {
        "number": "-5",
        "share": "0.5",
        "is_so": "true",
        "nothing": "",
        "day": "2021-03-02",
        "names": '["=1", "“a”"]',
        "none": "[]",
    }


@pytest.mark.parametrize("name", ["nowhere", "cells; DROP TABLE cells", "'x.csv'"])
def test_a_name_that_is_none_is_answered_with_those_there_are(database: Path, name: str) -> None:
    with pytest.raises(ExportError, match="there are cells, kinds"):
        exported(database, name)


def test_without_a_build_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="run `otr build` first"):
        exported(tmp_path / "none.duckdb", "quotes")
