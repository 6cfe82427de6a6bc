"""The first-level folders of the seeds as Dagster's partitions, each with its own files."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from dagster import (
    AssetSelection,
    DagsterInstance,
    Definitions,
    SensorResult,
    SkipReason,
    build_sensor_context,
)

from assets.batches import BATCHES, fingerprints
from assets.graph import BUILD_JOB, build_defs
from assets.settings import Settings, settings
from pipelines.articles.article import Article
from pipelines.process import _Extraction
from tests.workers import open_here

FOLDERS = ("monday", "tuesday")


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was extracted, by a stand-in that costs nothing."""
    asked: list[str] = []

    def extract(article: Article, nlp: object) -> _Extraction:
        del nlp
        asked.append(article.text.strip())
        return _Extraction()

    nothing = SimpleNamespace(meta={"lang": "en", "name": "nothing", "version": "1"})
    monkeypatch.setattr("assets.extraction.open_workers", open_here)
    monkeypatch.setattr("pipelines.process._extract", extract)
    monkeypatch.setattr("pipelines.process.parse_all", lambda nlp, articles: [None] * len(articles))
    monkeypatch.setattr("pipelines.parsing.load_model", lambda name: nothing)
    return asked


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    for folder in FOLDERS:
        (tmp_path / "seeds" / folder).mkdir(parents=True)
        (tmp_path / "seeds" / folder / "a.txt").write_text(f"News of {folder}.")
    return settings(str(tmp_path / "seeds"), str(tmp_path / "warehouse"), environment={})


def folders(chosen: Settings) -> list[str]:
    """The batches that have files in the store."""
    return sorted(p.name.rpartition("-")[0] for p in chosen.cache.glob("rows-*/*"))


@pytest.mark.slow
def test_a_batch_is_extracted_alone_into_its_own_files(
    chosen: Settings, extracted: list[str]
) -> None:
    defs = build_defs(chosen)
    instance = DagsterInstance.ephemeral()
    instance.add_dynamic_partitions("batch", ["tuesday"])
    for _ in range(2):
        job = defs.resolve_job_def("batch")
        assert job.execute_in_process(instance=instance, partition_key="tuesday").success
    assert extracted == ["News of tuesday."]
    assert folders(chosen) == ["tuesday"]
    assert defs.resolve_job_def("backfill").execute_in_process(instance=instance).success
    assert extracted == ["News of tuesday.", "News of monday."]
    assert folders(chosen) == ["monday", "tuesday"]


@pytest.mark.slow
def test_everything_can_be_materialized_without_a_partition(chosen: Settings) -> None:
    defs: Definitions = build_defs(chosen)
    graph = defs.resolve_asset_graph()
    assert not [key for key in AssetSelection.all().resolve(graph) if graph.get(key).is_partitioned]


@pytest.mark.slow
def test_the_sensor_asks_for_a_run_a_batch_and_one_that_publishes(chosen: Settings) -> None:
    sensor = build_defs(chosen).resolve_sensor_def("new_batches")

    def look(cursor: str | None) -> SensorResult | SkipReason:
        context = build_sensor_context(
            instance=DagsterInstance.ephemeral(), cursor=cursor, resources={"settings": chosen}
        )
        found = sensor(context)
        assert isinstance(found, SensorResult | SkipReason)
        return found

    first = look(None)
    assert isinstance(first, SensorResult)
    runs = [(r.job_name, r.partition_key) for r in first.run_requests or ()]
    assert runs == [("batch", "monday"), ("batch", "tuesday"), (BUILD_JOB, None)]
    assert isinstance(look(first.cursor), SkipReason)

    (chosen.seeds_folder / "tuesday" / "b.txt").write_text("More news.")
    second = look(first.cursor)
    assert isinstance(second, SensorResult)
    runs = [(r.job_name, r.partition_key) for r in second.run_requests or ()]
    assert runs == [("batch", "tuesday"), (BUILD_JOB, None)]


@pytest.mark.slow
def test_a_failed_batch_is_tried_again_so_often_and_says_what_to_do(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tries: list[int] = []

    def broken(*_: object) -> int:
        tries.append(1)
        raise OSError("the disk is full")

    monkeypatch.setattr("assets.batches.extract_batches", broken)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    instance = DagsterInstance.ephemeral()
    instance.add_dynamic_partitions("batch", ["monday"])
    job = build_defs(chosen).resolve_job_def("batch")
    result = job.execute_in_process(instance=instance, partition_key="monday", raise_on_error=False)
    assert not result.success
    assert len(tries) == 3
    assert "run the same batch again" in capfd.readouterr().err


def test_a_batch_is_known_by_its_files(chosen: Settings) -> None:
    before = fingerprints(chosen)
    assert sorted(before) == list(FOLDERS)
    (chosen.seeds_folder / "monday" / "a.txt").write_text("Other news.")
    after = fingerprints(chosen)
    assert before["tuesday"] == after["tuesday"]
    assert BATCHES.name == "batch"
