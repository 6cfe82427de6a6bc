"""`otr build`: the graph, run in this process, and what came of it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from dagster import AssetCheckEvaluation, AssetCheckSeverity, DagsterInstance
from dagster_shared.error import SerializableErrorInfo

from assets.extraction import load_sources
from assets.graph import BUILD_JOB, build_defs
from assets.remote import bring_seeds, held
from assets.settings import Settings
from assets.told import load_entities, load_registry
from pipelines.documents.sources import SourcesError
from pipelines.versions import model_id
from warehouse.locations import LocationError
from warehouse.storage import WarehouseError, list_inputs, lock


class Exit(IntEnum):
    """How a command ends."""

    PUBLISHED = 0
    CHECK_FAILED = 1
    BAD_CONFIGURATION = 2
    INTERNAL_ERROR = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `problem` says what went wrong, unless it was a check."""

    exit: Exit
    checks: tuple[AssetCheckEvaluation, ...]
    problem: str | None = None

    @property
    def failed(self) -> list[AssetCheckEvaluation]:
        """The checks that block publishing."""
        return [c for c in self.checks if not c.passed and c.severity == AssetCheckSeverity.ERROR]

    @property
    def warned(self) -> list[AssetCheckEvaluation]:
        """The checks that failed and do not block."""
        return [c for c in self.checks if not c.passed and c.severity == AssetCheckSeverity.WARN]


def build(settings: Settings) -> Outcome:
    """Bring every table up to date, check it, and publish.

    Raises:
        warehouse.storage.SeedsError: the seeds folder is missing or empty.
        warehouse.storage.WarehouseError: the warehouse cannot be written, or is in use.
        warehouse.locations.LocationError: a place in a bucket cannot be used.
        pipelines.documents.sources.SourcesError: `sources.toml` cannot be used.
        pipelines.entities.told.EntitiesError: `entities.toml` cannot be used.
        warehouse.registry.RegistryError: `registry.parquet` cannot be used.
        pipelines.versions.UnknownModelError: the model is not installed.
    """
    bring_seeds(settings)
    load_sources(settings, list_inputs(settings.seeds_place))
    load_entities(settings)
    load_registry(settings)
    model_id(settings.model)
    home = settings.warehouse_folder
    with lock(home), held(settings), dagster_instance(home) as instance:
        job = build_defs(settings).resolve_job_def(BUILD_JOB)
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        result = job.execute_in_process(quiet, instance=instance, raise_on_error=False)
    checks = tuple(result.get_asset_check_evaluations())
    if result.success:
        return Outcome(Exit.PUBLISHED, checks)
    failures = [e.step_failure_data.error for e in result.all_events if e.is_step_failure]
    return _failed(checks, [cause for error in failures if (cause := _cause(error))])


#: What a person can mend and only the work itself shows: a source that matches no record, a server
#: that went away, a build on another machine.
_LATE = (SourcesError, LocationError, WarehouseError)


def _failed(
    checks: tuple[AssetCheckEvaluation, ...], causes: list[SerializableErrorInfo]
) -> Outcome:
    blocking = "DagsterAssetCheckFailedError"
    others = [c for c in causes if c.cls_name != blocking]
    if not others:
        return Outcome(Exit.CHECK_FAILED, checks)
    problem = others[0].message.strip()
    wrong = others[0].cls_name in {error.__name__ for error in _LATE}
    return Outcome(Exit.BAD_CONFIGURATION if wrong else Exit.INTERNAL_ERROR, checks, problem)


def _cause(error: SerializableErrorInfo | None) -> SerializableErrorInfo | None:
    """The error that a step's own wrappers hide."""
    while error is not None and error.cause is not None:
        error = error.cause
    return error


_DAGSTER = """telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_retries:
  enabled: true
  max_retries: 0
event_log_storage:
  module: assets.history
  class: EventLog
  config:
    base_dir: {runs}
"""


def prepare_dagster_home(warehouse: Path) -> Path:
    """Make Dagster's folder inside the warehouse, its telemetry off, and return it."""
    home = (warehouse / "dagster").resolve()
    home.mkdir(parents=True, exist_ok=True)
    runs = home / "history" / "runs"
    (home / "dagster.yaml").write_text(_DAGSTER.format(runs=json.dumps(str(runs))), "utf-8")
    return home


@contextmanager
def dagster_instance(warehouse: Path) -> Iterator[DagsterInstance]:
    """Dagster's own records, kept inside the warehouse; the UI shows them too."""
    home = prepare_dagster_home(warehouse)
    before = os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = str(home)
    try:
        with DagsterInstance.get() as instance:
            yield instance
    finally:
        if before is None:
            del os.environ["DAGSTER_HOME"]
        else:
            os.environ["DAGSTER_HOME"] = before
