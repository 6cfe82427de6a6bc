"""A release as other people's programs read it, each in an environment of its own."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import uvicorn
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from tests.integration.conftest import ROOT
from warehouse.release import data
from warehouse.tables import QUOTE_SPANS, QUOTES, TABLES

pytestmark = pytest.mark.slow

CONSUMERS = ROOT / "tests" / "consumers"
ENVIRONMENTS = ROOT / ".consumers"
ROWS = 100_000


def run(environment: str, script: str, *arguments: str | Path) -> dict[str, Any]:
    """What a script of a consumer prints, which knows nothing of this project."""
    python = ENVIRONMENTS / environment / "bin" / "python"
    if not python.exists():
        pytest.fail(f"{environment} is not installed; run `make consumers`")
    return run_with(python, script, *arguments)


def run_with(python: Path, script: str, *arguments: str | Path) -> dict[str, Any]:
    command = [str(python), str(CONSUMERS / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    printed: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return printed


@pytest.fixture(scope="module")
def rows(release: Path) -> dict[str, int]:
    """The rows of each table, as the manifest says."""
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return {name: table["rows"] for name, table in manifest["tables"].items()}


@pytest.mark.parametrize("environment", ["duckdb14", "readers", "own"])
def test_duckdb_opens_the_file(release: Path, rows: dict[str, int], environment: str) -> None:
    database = release / "on_the_record.duckdb"
    if environment == "own":
        found = run_with(Path(sys.executable), "read_database.py", database)
    else:
        found = run(environment, "read_database.py", database)
    assert found["engine"].startswith("1.4" if environment == "duckdb14" else "2.")
    assert {n: found["tables"][n] for n in rows} == rows
    assert found["views"]["statements"] > 0
    assert found["version"] == [release.name]
    assert found["uncommented"] == []


@pytest.mark.parametrize("environment", ["readers", "own"])
def test_polars_pyarrow_and_pandas_read_the_tables(
    release: Path, rows: dict[str, int], environment: str
) -> None:
    if environment == "own":
        found = run_with(Path(sys.executable), "read_tables.py", release)
    else:
        found = run(environment, "read_tables.py", release)
    assert found == {n: {"polars": r, "pyarrow": r, "pandas": r} for n, r in rows.items()}


def test_datasets_loads_it_offline_and_streaming(
    release: Path, rows: dict[str, int], tmp_path: Path
) -> None:
    found = run("readers", "load_datasets.py", release, tmp_path)
    assert found["tables"] == {n: {"whole": r, "streaming": r} for n, r in rows.items() if r}
    assert found["default"] == list(QUOTES.column_names)


def test_mlcroissant_validates_and_loads(release: Path, rows: dict[str, int]) -> None:
    found = run("readers", "load_croissant.py", release)
    assert found == {"errors": [], "warnings": [], "records": rows}


def test_mlcroissant_refuses_a_table_that_is_another(release: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release, tmp_path / "copy"))
    shutil.copyfile(copy / "data" / "dates.parquet", copy / "data" / "quotes.parquet")
    python = ENVIRONMENTS / "readers" / "bin" / "python"
    command = [str(python), str(CONSUMERS / "load_croissant.py"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "quotes-parquet" in done.stderr


def test_frictionless_validates_the_metadata(release: Path) -> None:
    found = run("readers", "check_package.py", release)
    assert found["errors"] == []
    assert found["tables"] == {t.name: list(t.column_names) for t in TABLES}


def test_cffconvert_validates_the_citation(release: Path) -> None:
    command = [str(ENVIRONMENTS / "citation" / "bin" / "cffconvert"), "--validate"]
    done = subprocess.run(
        [*command, "-i", "CITATION.cff"], cwd=release, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_sha256sum_checks_it(release: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=release, check=False)
    assert done.returncode == 0


@dataclass
class Server:
    """A folder on a loopback server, and how many bytes of each file were asked of it."""

    url: str
    sent: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of a release with so many rows that a column of it is much less than the file."""
    folder = tmp_path_factory.mktemp("large")
    ids = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(ROWS)]
    values: dict[str, object] = {
        "quote_id": [f"q{i[:16]}" for i in ids],
        "text": [i * 4 for i in ids],
        "is_verbatim": [True] * ROWS,
        "extractor": ["quotes"] * ROWS,
        "extractor_version": ["0" * 12] * ROWS,
    }
    columns = [values.get(name, [0] * ROWS) for name in QUOTE_SPANS.column_names]
    published = folder / "published.parquet"
    pq.write_table(pa.table(columns, schema=QUOTE_SPANS.schema), published)
    data.write(QUOTE_SPANS, [published], folder, {"version": "2026.11.0"})
    return folder


@pytest.fixture
def server(large: Path) -> Iterator[Server]:
    files = StaticFiles(directory=large)
    served = Server("")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def count(message: Message) -> None:
            if message["type"] == "http.response.body" and scope["method"] == "GET":
                name = scope["path"].lstrip("/")
                print(scope["headers"], flush=True)
                served.sent[name] = served.sent.get(name, 0) + len(message.get("body", b""))
            await send(message)

        if scope["type"] == "http":
            await files(scope, receive, count)

    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    served.url = f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    yield served
    running.should_exit = True
    thread.join()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_one_column_over_http_is_less_than_the_file(
    server: Server, large: Path, engine: str
) -> None:
    name = "data/quote_spans.parquet"
    found = run("readers", "read_ranges.py", engine, f"{server.url}/{name}", "quote_id")
    assert found["characters"] == 17 * ROWS
    size = (large / name).stat().st_size
    assert 0 < server.sent[name] < size / 2, (server.sent[name], size)


def test_the_cards_own_examples_run(release: Path) -> None:
    """Every block of code of the dataset card, in the folder of the release."""
    import re

    import duckdb

    card = (release / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", card, re.DOTALL)
    assert {language for language, _ in blocks} == {"python", "sql", "sh"}
    python = ENVIRONMENTS / "readers" / "bin" / "python"
    environment = os.environ | {"HF_HUB_OFFLINE": "1"}
    for language, block in blocks:
        if language == "sql":
            database = str(release / "on_the_record.duckdb")
            with duckdb.connect(database, read_only=True) as connection:
                assert connection.execute(block).fetchall()
            continue
        command = ["bash", "-c", block] if language == "sh" else [str(python), "-c", block]
        done = subprocess.run(
            command, cwd=release, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
