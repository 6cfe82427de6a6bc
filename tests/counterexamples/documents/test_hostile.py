"""Each hostile input ends as a row with its reason, alone and among all the others."""

import resource
import threading
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from expectations.walk import walk
from pipelines.documents.intake import Intake
from tests.counterexamples.documents import files, packed, records, texts
from tests.counterexamples.documents.case import CASES, Rows, Write, article
from tests.integration.conftest import otr
from tests.seeds import content_of, read_seeds

MODULES = (files, packed, records, texts)
MEGABYTE = 2**20
#: What reading may hold at a time: the largest record, decoded and parsed.
MEMORY = 200 * MEGABYTE
#: Of a whole build; the language model alone takes a third of it.
BUILD_MEMORY = 2048 * MEGABYTE


def read(seeds: Path) -> Rows:
    """The rows of a folder of seeds, without processing what they hold."""
    intake = Intake()
    rows = [intake.judge(told.reading.record, content_of(told)) for told in read_seeds(seeds)]
    return {row["source_id"]: row["reason"] for row in rows}


def marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if "gigabytes" in name or "bomb" in name else []


def test_there_are_enough() -> None:
    assert {write.__module__ for write in CASES.values()} == {m.__name__ for m in MODULES}
    assert len(CASES) >= 40


@pytest.mark.parametrize("write", [pytest.param(w, id=n, marks=marks(n)) for n, w in CASES.items()])
def test_each_becomes_its_rows_in_bounded_memory_and_the_walk_agrees(
    write: Write, tmp_path: Path
) -> None:
    expected = write(tmp_path)
    tracemalloc.start()
    rows = read(tmp_path)
    walked = list(walk(tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == expected
    assert sorted(walked) == sorted(expected)
    assert peak < MEMORY


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Rows, Path]:
    """All of them in one folder beside a good text, built by the command; one file keeps growing.

    The rows expected, those found, and the database.
    """
    seeds = tmp_path_factory.mktemp("seeds")
    expected: Rows = {}
    for name, write in CASES.items():
        (seeds / name).mkdir()
        expected |= {f"{name}/{row}": reason for row, reason in write(seeds / name).items()}
    (seeds / "good.txt").write_text(article() * 3)
    growing = seeds / "growing.jsonl"
    is_done = threading.Event()

    def grow() -> None:
        number = 0
        while not is_done.wait(0.01):
            number += 1
            with growing.open("a") as file:
                file.write(f'{{"text": "The council of Tellwick met {number} times."}}\n')

    thread = threading.Thread(target=grow)
    thread.start()
    warehouse = tmp_path_factory.mktemp("warehouse")
    try:
        run = otr("build", "--seeds", seeds, "--warehouse", warehouse)
    finally:
        is_done.set()
        thread.join()
    assert run.exit == 0, run.out + run.err
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert peak < BUILD_MEMORY
    database = warehouse / "on_the_record.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "SELECT source_id, reason FROM documents"
        found = connection.execute(query).fetchall()
        pages = connection.execute(f"{query} WHERE media_type = 'text/html'").fetchall()
    # A page that could be decoded may hold nothing to read, or what another page holds.
    for page, reason in pages:
        if expected[page] is None and reason in ("empty", "same_content"):
            expected[page] = reason
    return expected, dict(found), database


@pytest.mark.slow
def test_a_build_over_all_of_them_is_published_with_each_in_its_row(
    built: tuple[Rows, Rows, Path],
) -> None:
    expected, found, _ = built
    fixed = {source_id for source_id in found if not source_id.startswith("growing.jsonl")}
    assert fixed == {*expected, "good.txt"}
    wrong = {s: (expected[s], found[s]) for s in expected if found[s] != expected[s]}
    assert wrong == {}


@pytest.mark.slow
def test_the_rest_of_the_batch_is_unharmed(built: tuple[Rows, Rows, Path]) -> None:
    _, found, database = built
    assert found["good.txt"] is None
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "SELECT count(*) FROM quotes JOIN articles USING (article_id) WHERE source_id = ?"
        assert connection.execute(query, ["good.txt"]).fetchall() == [(3,)]


@pytest.mark.slow
def test_no_control_character_reaches_a_table(built: tuple[Rows, Rows, Path]) -> None:
    query = r"SELECT count(*) FROM articles WHERE regexp_matches(text, '[\x00-\x08\x0b-\x1f\x7f]')"
    with duckdb.connect(str(built[2]), read_only=True) as connection:
        assert connection.execute(query).fetchall() == [(0,)]
