"""The graph as Dagster sees it: loaded, materialized in process, and served to a browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster import AssetKey, Definitions, TableSchema

from assets.build import build
from assets.checks import check_name
from assets.exits import Exit
from assets.graph import BUILD_JOB, build_defs
from assets.run import dagster_instance
from assets.settings import Settings, settings
from expectations.runner import all_rules
from tests.integration.conftest import OTR, ROOT, Built
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow


@pytest.fixture
def chosen(tmp_path: Path, seeds: Path) -> Settings:
    folder = tmp_path / "seeds"
    folder.mkdir()
    text = sorted((seeds / "texts").glob("*.txt"))[3]
    shutil.copy(text, folder)
    return settings(str(folder), str(tmp_path / "warehouse"), environment={})


def test_the_definitions_load_with_every_table_check_and_schema(chosen: Settings) -> None:
    defs: Definitions = build_defs(chosen)
    Definitions.validate_loadable(defs)
    graph = defs.resolve_asset_graph()
    for table in TABLES:
        node = graph.get(AssetKey(table.name))
        assert node.description == table.doc
        schema = node.metadata["dagster/column_schema"]
        assert isinstance(schema, TableSchema)
        assert [c.name for c in schema.columns] == list(table.column_names)
        assert [c.description for c in schema.columns] == [c.doc for c in table.columns]
    checks = {key.name for key in graph.asset_check_keys}
    assert checks == {check_name(rule) for rule in all_rules()}


def test_the_graph_materializes_in_process(chosen: Settings) -> None:
    with dagster_instance(chosen.warehouse_folder) as instance:
        job = build_defs(chosen).resolve_job_def(BUILD_JOB)
        result = job.execute_in_process(instance=instance)
        assert result.success
        event = instance.get_latest_materialization_event(AssetKey("quotes"))
        assert event is not None
        assert event.asset_materialization is not None
        metadata = event.asset_materialization.metadata
    checks = result.get_asset_check_evaluations()
    assert len(checks) == len(all_rules())
    assert all({"rows checked", "rows failing", "failing ids"} <= set(c.metadata) for c in checks)
    assert metadata["dagster/row_count"].value
    assert "| quote_id |" in str(metadata["preview"].value)


def test_a_blocking_check_that_fails_leaves_what_was_published(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(chosen).exit == Exit.PUBLISHED
    published = chosen.warehouse_folder / "on_the_record.duckdb"
    tables = sorted(chosen.tables.iterdir())
    before = [p.read_bytes() for p in (published, *tables)]

    # The independent walk sees a file that the build did not; what it saw before is forgotten.
    chosen.checked.unlink()
    monkeypatch.setattr("expectations.walk.walk", lambda seeds, record: iter(["a.txt", "b.txt"]))
    outcome = build(chosen)
    assert outcome.exit == Exit.CHECK_FAILED
    assert [c.rule.name for c in outcome.failed] == ["documents.are_the_inputs"]
    assert [p.read_bytes() for p in (published, *tables)] == before


def test_a_warning_blocks_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text("Subscribe to our newsletter\n")
    outcome = build(settings(str(folder), str(tmp_path / "warehouse"), environment={}))
    assert outcome.exit == Exit.PUBLISHED
    assert "articles.body_not_empty" in [check.rule.name for check in outcome.warned]


def test_a_crash_in_a_check_is_an_internal_error_and_no_verdict(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError("inside the checks")

    monkeypatch.setattr("expectations.gx.evaluate", crash)
    outcome = build(chosen)
    assert outcome.exit == Exit.INTERNAL_ERROR
    assert outcome.problem
    assert not outcome.failed
    assert not (chosen.warehouse_folder / "on_the_record.duckdb").exists()


@pytest.fixture
def ui(built: Built) -> Iterator[str]:
    """The address of a running UI over the built warehouse."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(OTR), "dev", "--warehouse", str(built.folder), "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}/graphql"
        finally:
            os.killpg(process.pid, signal.SIGKILL)


QUESTION = """{
  assetNodes { assetKey { path } description metadataEntries { label }
    hasAssetChecks
    assetMaterializations(limit: 1) { metadataEntries { label } } }
}"""


def ask(address: str, question: str, seconds: float) -> dict[str, object]:
    """Ask until the server answers."""
    body = json.dumps({"query": question}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                answer: dict[str, object] = json.load(response)
                return answer
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def test_the_ui_shows_the_graph_with_checks_counts_and_previews(ui: str) -> None:
    answer = ask(ui, QUESTION, seconds=180)
    nodes = {n["assetKey"]["path"][-1]: n for n in answer["data"]["assetNodes"]}  # type: ignore[index]
    assert {table.name for table in TABLES} | {"on_the_record"} <= set(nodes)
    quotes = nodes["quotes"]
    assert quotes["description"]
    assert "dagster/column_schema" in {entry["label"] for entry in quotes["metadataEntries"]}
    assert quotes["hasAssetChecks"]
    (made,) = quotes["assetMaterializations"]
    labels = {entry["label"] for entry in made["metadataEntries"]}
    assert {"dagster/row_count", "preview"} <= labels
