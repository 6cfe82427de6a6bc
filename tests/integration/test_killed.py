"""A build that is killed at any moment costs its own work, and nothing else."""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from assets.settings import settings
from tests.workers import open_here
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

MOMENTS = 50


def run(seeds: str, warehouse: str) -> None:
    """A whole build, its output dropped; the process ends as the command does."""
    import assets.extraction
    from assets.build import build

    vars(assets.extraction)["open_workers"] = open_here  # the model is loaded in this process
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os._exit(build(settings(seeds, warehouse, environment={})).exit)


def started(seeds: Path, warehouse: Path) -> BaseProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.integration.preloaded"])
    process = context.Process(target=run, args=(str(seeds), str(warehouse)))
    process.start()
    return process


def write(seeds: Path, number: int) -> None:
    text = f"Mayor Ida Brandt said on May {number % 28 + 1} that “the bridge has {number} piers”."
    (seeds / f"{number:03}.txt").write_text(text)


def published(warehouse: Path) -> int:
    """How many articles a reader finds, in the DuckDB file and in whole Parquet tables."""
    database = warehouse / "on_the_record.duckdb"
    if not database.exists():
        return 0
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("FROM statements").fetchall()
        (count,) = connection.execute("SELECT count(*) FROM articles").fetchall()[0]
    for table in TABLES:
        rows = pq.read_table(warehouse / "tables" / f"{table.name}.parquet")
        assert rows.schema.equals(table.schema, check_metadata=True)
    assert isinstance(count, int)
    return count


def tables(warehouse: Path) -> dict[str, bytes]:
    return {t.name: (warehouse / "tables" / f"{t.name}.parquet").read_bytes() for t in TABLES}


def test_what_is_published_stays_readable_and_the_next_build_ends_in_the_same_bytes(
    tmp_path: Path,
) -> None:
    draw, seeds, warehouse = random.Random(7), tmp_path / "seeds", tmp_path / "warehouse"
    seeds.mkdir()
    write(seeds, 0)
    process = started(seeds, tmp_path / "warm")
    process.join()
    began = time.monotonic()
    process = started(seeds, warehouse)
    process.join()
    assert process.exitcode == 0
    seconds, before = time.monotonic() - began, published(warehouse)
    for number in range(1, MOMENTS + 1):
        write(seeds, number)
        process = started(seeds, warehouse)
        process.join(draw.uniform(0, seconds))
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        now = published(warehouse)
        assert before <= now <= number + 1
        before = now
    for folder in (warehouse, tmp_path / "never killed"):
        process = started(seeds, folder)
        process.join()
        assert process.exitcode == 0
        assert published(folder) == MOMENTS + 1
    assert tables(warehouse) == tables(tmp_path / "never killed")
    left = [
        p for p in (*warehouse.iterdir(), *(warehouse / "tables").iterdir()) if ".tmp" in p.name
    ]
    assert left == []
