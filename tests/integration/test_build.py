"""The main job, as a person runs it: `otr build` on the five texts, and on bad input."""

import os
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.integration.conftest import Built, otr
from warehouse.tables import REGISTRY, TABLES, WITHDRAWN, Table

pytestmark = pytest.mark.slow


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_the_five_texts_become_a_published_dataset(built: Built) -> None:
    assert built.run.exit == 0, built.run.err
    assert rows(built.database, "SELECT status, count(*) FROM documents GROUP BY 1") == [
        ("accepted", 5)
    ]
    assert rows(built.database, "SELECT count(*) FROM articles") == [(5,)]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_has_rows_in_duckdb_and_in_parquet(built: Built, table: Table) -> None:
    path = built.folder / "tables" / f"{table.name}.parquet"
    assert pq.read_schema(path).equals(table.schema, check_metadata=True)
    ((count,),) = rows(built.database, f"SELECT count(*) FROM {table.name}")
    assert count == pq.read_metadata(path).num_rows
    is_empty = table in (REGISTRY, WITHDRAWN)
    assert bool(count) != is_empty, "nothing was released or withdrawn yet"


def test_the_run_ends_with_what_was_made_and_where_it_is(built: Built) -> None:
    for word in ("Made", "quotes", "Read and refused", "accepted", "Checks", "0 failed"):
        assert word in built.run.out
    assert str(built.database) in built.run.out.replace("\n", "")
    assert "leaked" not in built.run.err
    assert "Warning" not in built.run.err


def test_the_same_seeds_give_the_same_bytes_whatever_the_workers(
    built: Built, seeds: Path, tmp_path: Path
) -> None:
    assert otr("build", "--seeds", seeds, "--warehouse", tmp_path, "--workers", "2").exit == 0
    for table in TABLES:
        name = f"tables/{table.name}.parquet"
        assert (built.folder / name).read_bytes() == (tmp_path / name).read_bytes(), name


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00",
    "letter.docx": b"PK\x03\x04",
    "records.jsonl": b'{"text": "Mayor Ida Brandt said no."}\n{broken\n{"id": 1}\n',
}


def test_bad_inputs_cost_themselves_only_and_each_has_its_reason(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, data in BAD.items():
        (seeds / name).write_bytes(data)
    (seeds / "gone.txt").symlink_to(seeds / "nowhere.txt")
    (seeds / "outside.txt").symlink_to(Path(__file__))
    os.mkfifo(seeds / "pipe.txt")
    run = otr("build", "--seeds", seeds, "--warehouse", tmp_path / "warehouse")
    assert run.exit == 0, run.err
    database = tmp_path / "warehouse" / "on_the_record.duckdb"
    found = rows(database, "SELECT source_id, reason FROM documents ORDER BY 1")
    assert found == [
        ("blank.txt", "empty"),
        ("empty.txt", "empty"),
        ("gone.txt", "unreadable"),
        ("letter.docx", "unsupported_format"),
        ("outside.txt", "outside_seeds"),
        ("picture.txt", "not_text"),
        ("pipe.txt", "unreadable"),
        ("records.jsonl#1", None),
        ("records.jsonl#1~2", "missing_text"),
        ("records.jsonl#2", "malformed_record"),
    ]


def test_all_inputs_rejected_is_still_published(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "empty.txt").touch()
    run = otr("build", "--seeds", seeds, "--warehouse", tmp_path / "warehouse")
    assert run.exit == 0, run.err
    assert "empty" in run.out


PAGE = """<!doctype html><html lang="en"><head><title>Bridge shut | The Larkmoor Post</title>
<meta property="article:published_time" content="2023-01-11T08:30:00+01:00">
<link rel="canonical" href="https://larkmoor.example/bridge"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge shut</h1>
<p>The old harbour bridge will stay closed until the spring, the mayor of Larkmoor, Ingrid
Halvorsen, said on Tuesday, after engineers found new cracks in two of its piers.</p>
<p>“We are not going to gamble with people’s lives,” Halvorsen told reporters outside the town
hall. The council meets again next week to decide who will pay for the repairs.</p></article>
<footer><p>Subscribe to our newsletter</p></footer></body></html>"""


def test_a_page_becomes_an_article_and_a_second_copy_is_its_duplicate(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.html").write_text(PAGE)
    (seeds / "b.html").write_text(PAGE.replace("newsletter", "daily newsletter"))
    run = otr("build", "--seeds", seeds, "--warehouse", tmp_path / "warehouse")
    assert run.exit == 0, run.err
    database = tmp_path / "warehouse" / "on_the_record.duckdb"
    assert rows(database, "SELECT source_id, status FROM documents ORDER BY 1") == [
        ("a.html", "accepted"),
        ("b.html", "duplicate"),
    ]
    columns = "title, url, published_on::VARCHAR, published_basis, text_basis"
    assert rows(database, f"SELECT {columns} FROM articles") == [
        ("Bridge shut", "https://larkmoor.example/bridge", "2023-01-11", "page", "page")
    ]
    assert rows(database, "SELECT speaker_name FROM quotes WHERE kind = 'direct'") == [
        ("Ingrid Halvorsen",)
    ]


def failing(case: str, seeds: Path, warehouse: Path) -> tuple[list[str], dict[str, str]]:
    """The arguments and the environment of a build that cannot be."""
    environment: dict[str, str] = {}
    match case:
        case "missing seeds":
            shutil.rmtree(seeds)
        case "empty seeds":
            (seeds / "a.txt").unlink()
        case "broken sources":
            (seeds / "sources.toml").write_text("[[source]]\npublishr = 'x'\nmatch = '*'")
        case "source without a match":
            (seeds / "sources.toml").write_text("[[source]]\nmatch = 'b*'")
        case "source without a record":
            (seeds / "sources.toml").write_text("[[source]]\nmatch = 'a.txt#7'")
        case "unwritable warehouse":
            warehouse.write_text("a file, no folder")
        case "unknown model":
            environment = {"OTR_MODEL": "no_such_model"}
        case "wrong workers":
            environment = {"OTR_WORKERS": "none"}
        case "wrong option":
            return ["build", "--seed", str(seeds)], environment
        case "wrong engine":
            return ["build", "--engine", "steam"], environment
    return ["build", "--seeds", str(seeds), "--warehouse", str(warehouse)], environment


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("missing seeds", "does not exist"),
        ("empty seeds", "holds no inputs"),
        ("broken sources", "unknown key “publishr”"),
        ("source without a match", "matches nothing"),
        ("source without a record", "matches nothing"),
        ("unwritable warehouse", "cannot be written"),
        ("unknown model", "No spaCy pipeline “no_such_model”"),
        ("wrong workers", "workers must be 1 or more"),
        ("wrong option", "No such option"),
        ("wrong engine", "is not one of 'local', 'ray'"),
    ],
)
def test_a_bad_configuration_stops_at_once_with_a_sentence(
    case: str, says: str, tmp_path: Path
) -> None:
    seeds, warehouse = tmp_path / "seeds", tmp_path / "warehouse"
    seeds.mkdir()
    (seeds / "a.txt").write_text("Mayor Ida Brandt said the bridge was safe.")
    arguments, environment = failing(case, seeds, warehouse)
    run = otr(*arguments, **environment)
    assert (run.exit, run.out) == (2, "") or case == "source without a record"
    assert run.exit == 2
    assert says in run.err
    assert "Traceback" not in run.err
    assert not (warehouse / "on_the_record.duckdb").exists()


def test_a_second_build_on_a_warehouse_in_use_is_told_who_holds_it(tmp_path: Path) -> None:
    from warehouse.storage import lock

    with lock(tmp_path):
        run = otr("build", "--seeds", "seeds", "--warehouse", tmp_path)
    assert run.exit == 2
    assert f"in use by process {os.getpid()}" in run.err
