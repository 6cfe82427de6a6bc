"""The graph, run in this process, and Dagster's own records of it."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dagster import AssetCheckEvaluation, DagsterEvent, DagsterEventType, DagsterInstance
from dagster_shared.error import SerializableErrorInfo

from assets.checks import check_name
from assets.exits import Exit
from assets.graph import BUILD_JOB, build_defs
from assets.outcome import Outcome
from assets.settings import Settings
from expectations.runner import CheckResult, all_rules
from pipelines.documents.sources import SourcesError
from pipelines.versions import EditedError
from pipelines.workers.work import WorkersError
from warehouse.locations import LocationError
from warehouse.storage import WarehouseError


def run_graph(settings: Settings) -> Outcome:
    """Run all steps; those whose work is done say so."""
    with dagster_instance(settings.warehouse_folder) as instance:
        job = build_defs(settings).resolve_job_def(BUILD_JOB)
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        result = job.execute_in_process(quiet, instance=instance, raise_on_error=False)
    checks = _results(result.get_asset_check_evaluations())
    if result.success:
        return Outcome(Exit.PUBLISHED, checks)
    causes = [cause for e in result.all_events if (cause := _cause(_error(e))) is not None]
    return _failed(checks, causes)


def _error(event: DagsterEvent) -> SerializableErrorInfo | None:
    """What went wrong in a step, or while the run took hold of the warehouse."""
    if event.is_step_failure:
        return event.step_failure_data.error
    if event.event_type == DagsterEventType.RESOURCE_INIT_FAILURE:
        return event.engine_event_data.error
    return None


def _results(evaluations: Sequence[AssetCheckEvaluation]) -> tuple[CheckResult, ...]:
    rules = {check_name(rule): rule for rule in all_rules()}
    return tuple(
        CheckResult(
            rules[e.check_name],
            e.passed,
            e.metadata["rows checked"].value,  # type: ignore[arg-type]
            e.metadata["rows failing"].value,  # type: ignore[arg-type]
            tuple(e.metadata["failing ids"].value),  # type: ignore[arg-type]
        )
        for e in evaluations
    )


#: What a person can mend and only the work itself shows: a source that matches no record, a cluster
#: or a server that does not answer, a build on another machine, an edit of the program under way.
_LATE = (SourcesError, WorkersError, LocationError, WarehouseError, EditedError)


def _failed(checks: tuple[CheckResult, ...], causes: list[SerializableErrorInfo]) -> Outcome:
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
