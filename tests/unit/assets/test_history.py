"""Our storage of Dagster's history tells of a run what Dagster's own does."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dagster import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSpec,
    DagsterEventType,
    DagsterInstance,
    Definitions,
    EventLogEntry,
    asset,
    define_asset_job,
    multi_asset_check,
)
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecord
from dagster._core.storage.event_log import SqliteEventLogStorage

from assets.run import dagster_instance


@asset
def weather() -> None:
    """Something to check."""


NAMES = [f"check_{number}" for number in range(7)]


@multi_asset_check(specs=[AssetCheckSpec(name, asset="weather") for name in NAMES])
def checks() -> Iterator[AssetCheckResult]:
    """As many checks, one of which fails."""
    for name in NAMES:
        yield AssetCheckResult(passed=name != "check_3", check_name=name, metadata={"rows": 4})


def run(instance: DagsterInstance) -> str:
    defs = Definitions([weather], asset_checks=[checks], jobs=[define_asset_job("all")])
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return defs.resolve_job_def("all").execute_in_process(quiet, instance=instance).run_id


def told(instance: DagsterInstance) -> list[object]:
    """The events of a run in their order, and what is known of each check."""
    events = instance.all_logs(run(instance))
    keys = [AssetCheckKey(weather.key, name) for name in NAMES]
    found = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
    return [
        [(event.dagster_event_type, event.step_key, _words(event)) for event in events],
        [_known(found[key]) for key in keys],
    ]


def _words(event: EventLogEntry) -> str:
    """What an event says, but for how long it took."""
    return re.sub(r"\d+(\.\d+)?m?s|pid: \d+", "", event.user_message) if event.step_key else ""


def _known(record: AssetCheckExecutionRecord) -> tuple[object, ...]:
    evaluation = record.evaluation
    assert record.event
    assert evaluation
    assert evaluation.target_materialization_data
    of_this_run = evaluation.target_materialization_data.run_id == record.run_id
    return record.status, record.key, evaluation.passed, evaluation.metadata, of_this_run


def test_the_same_is_told_of_a_run(tmp_path: Path) -> None:
    with dagster_instance(tmp_path) as ours:
        found = [told(ours), told(ours)]
    default = tmp_path / "default"
    default.mkdir()
    quiet = {"telemetry": {"enabled": False}}
    with DagsterInstance.local_temp(str(default), overrides=quiet) as theirs:
        wanted = [told(theirs), told(theirs)]
    assert found == wanted


def test_a_reader_elsewhere_finds_a_run_that_has_ended_whole(tmp_path: Path) -> None:
    with dagster_instance(tmp_path) as ours:
        number = run(ours)
        base = tmp_path / "dagster" / "history" / "runs"
        elsewhere = SqliteEventLogStorage(str(base)).get_logs_for_run(number)
    kinds = Counter(event.dagster_event_type for event in elsewhere)
    assert kinds[DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED] == len(NAMES)
    assert kinds[DagsterEventType.ASSET_CHECK_EVALUATION] == len(NAMES)
    assert kinds[DagsterEventType.RUN_SUCCESS] == 1


def test_what_waits_is_stored_when_the_history_is_closed(tmp_path: Path) -> None:
    with dagster_instance(tmp_path) as ours:
        events = ours.all_logs(run(ours))
        of_check = [e for e in events if e.dagster_event_type == DagsterEventType.STEP_OUTPUT][-1]
        ours.event_log_storage.store_event(of_check)
    with dagster_instance(tmp_path) as ours:
        assert len(ours.all_logs(of_check.run_id)) == len(events) + 1
