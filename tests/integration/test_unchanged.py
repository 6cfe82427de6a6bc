"""A build that has nothing to do: it says the same, and does not even start the graph."""

import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from dagster import build_resources

from assets import run
from assets.build import build
from assets.current import kept_results
from assets.exits import Exit
from assets.extraction import load_sources
from assets.graph import build_defs
from assets.outcome import Outcome
from assets.settings import Settings, settings
from pipelines.process import _Extraction
from tests.integration.conftest import OTR
from warehouse.storage import list_inputs, lock

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def graphs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mark for each time the graph ran; extraction costs nothing, no file is too young."""
    ran: list[str] = []
    run_graph = run.run_graph

    def counted(settings: Settings) -> Outcome:
        ran.append(settings.warehouse)
        return run_graph(settings)

    nothing = SimpleNamespace(meta={"lang": "en", "name": "nothing", "version": "1"})
    monkeypatch.setattr("pipelines.process._extract", lambda article, nlp: _Extraction())
    monkeypatch.setattr("pipelines.process.parse_all", lambda nlp, articles: [None] * len(articles))
    monkeypatch.setattr("pipelines.parsing.load_model", lambda name: nothing)
    monkeypatch.setattr("warehouse.storage._YOUNG_NS", 0)
    monkeypatch.setattr("assets.verdicts._YOUNG_NS", 0)
    monkeypatch.setattr("assets.run.run_graph", counted)
    return ran


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("Subscribe to our newsletter\n")
    (seeds / "b.txt").write_text("The bridge is shut.\n\nIt will open in April.\n")
    return settings(str(seeds), str(tmp_path / "warehouse"), environment={})


def said(outcome: Outcome) -> list[tuple[object, ...]]:
    """What a person is told of the checks."""
    return [(r.rule.name, r.success, r.n_checked, r.failing_ids) for r in outcome.checks]


def test_what_a_run_would_say_is_said_without_one(chosen: Settings, graphs: list[str]) -> None:
    first, second = build(chosen), build(chosen)
    assert len(graphs) == 1
    assert (first.is_unchanged, second.is_unchanged) == (False, True)
    assert second.exit == Exit.PUBLISHED
    assert sorted(said(second)) == sorted(said(first))
    assert "articles.body_not_empty" in [r.rule.name for r in second.warned]


def test_a_check_that_failed_still_fails(
    chosen: Settings, graphs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expectations.walk.walk", lambda seeds, record: iter(["a.txt", "c.txt"]))
    first, second = build(chosen), build(chosen)
    assert len(graphs) == 1
    assert first.exit == second.exit == Exit.CHECK_FAILED
    assert [r.rule.name for r in second.failed] == ["documents.are_the_inputs"]
    assert not (chosen.warehouse_folder / "on_the_record.duckdb").exists()


def test_a_step_that_has_something_to_do_is_found(chosen: Settings) -> None:
    def is_unchanged() -> bool:
        began, inputs = time.time_ns(), list_inputs(chosen.seeds_folder)
        sources = load_sources(chosen, inputs)
        return kept_results(chosen, inputs, sources, began) is not None

    build(chosen)
    assert is_unchanged()
    (rows,) = chosen.cache.glob("rows-*/*")
    for path in (
        chosen.staged("documents"),
        chosen.live,
        rows,
        chosen.staged("quotes"),
        chosen.checked,
        chosen.tables / "quotes.parquet",
        chosen.warehouse_folder / "on_the_record.duckdb",
    ):
        away = path.rename(chosen.warehouse_folder / "away")
        assert not is_unchanged(), path
        away.rename(path)
        assert is_unchanged(), path
    for name in ("entities.toml", "sources.toml"):
        path = chosen.seeds_folder / name
        path.write_text('[[source]]\nmatch = "a.txt"\n' * name.startswith("s"))
        assert not is_unchanged(), path
        path.unlink()
    (chosen.seeds_folder / "a.txt").write_text("Something else.\n")
    assert not is_unchanged()


def test_a_run_holds_the_warehouse_so_that_a_build_says_who_does(chosen: Settings) -> None:
    with build_resources(build_defs(chosen).resources or {}) as resources:
        assert resources.held == chosen
        other = subprocess.run(
            [OTR, "build", "--seeds", chosen.seeds, "--warehouse", chosen.warehouse],
            capture_output=True,
            text=True,
            check=False,
        )
        with lock(chosen.warehouse_folder):  # as `otr build` does around its own run
            pass
    assert other.returncode == Exit.BAD_CONFIGURATION
    assert f"in use by process {os.getpid()}" in other.stderr
    assert not (chosen.warehouse_folder / ".lock.holder").exists()


def test_a_copied_warehouse_does_not_stand_for_the_first(chosen: Settings, tmp_path: Path) -> None:
    assert build(chosen).exit == Exit.PUBLISHED
    copied = tmp_path / "copied"
    shutil.copytree(chosen.warehouse_folder, copied)
    again = build(replace(chosen, warehouse=str(copied)))
    assert again.exit == Exit.PUBLISHED
    assert (copied / "staging" / "live").exists()


def test_of_many_documents_a_process_of_its_own_does_the_same(
    chosen: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(chosen).exit == Exit.PUBLISHED
    monkeypatch.setattr("assets.apart._LARGE", 0)
    apart = replace(chosen, warehouse=str(tmp_path / "apart"))
    assert build(apart).exit == Exit.PUBLISHED
    for path in chosen.tables.glob("*.parquet"):
        assert (apart.tables / path.name).read_bytes() == path.read_bytes(), path.name
