"""Dagster's history of runs, kept in SQLite as by default, at a fraction of its cost.

Dagster's own storage opens a database anew for each event, compiles each statement anew with it and
commits it alone: some 15 ms an event, of which a build has hundreds, three for each check. This one
keeps its engines and writes those together. Named in `dagster.yaml`; the UI reads the same files.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import groupby
from typing import Any

import sqlalchemy
from dagster import AssetCheckEvaluation, DagsterEventType, EventLogEntry
from dagster._core.definitions.asset_checks.asset_check_evaluation import (
    AssetCheckEvaluationPlanned,
)
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import (
    AssetCheckExecutionsTable,
    SqlEventLogStorageTable,
)
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from sqlalchemy import bindparam
from sqlalchemy.engine import Connection, Engine

#: Seconds to wait while another process writes.
_PATIENCE = 60
_Row = dict[str, Any]

_checks = AssetCheckExecutionsTable.c
#: What a check that was planned came to.
_UPDATE = (
    AssetCheckExecutionsTable.update()
    .where(
        _checks.asset_key == bindparam("its_asset"),
        _checks.check_name == bindparam("its_name"),
        _checks.run_id == bindparam("its_run"),
        _checks.partition.is_(None),
    )
    .values(
        {
            column: bindparam(column.name)
            for column in (
                _checks.execution_status,
                _checks.evaluation_event,
                _checks.evaluation_event_timestamp,
                _checks.evaluation_event_storage_id,
                _checks.materialization_event_storage_id,
            )
        }
    )
)
_INSERT = SqlEventLogStorageTable.insert()
_INSERT_FOR_IDS = _INSERT.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)


class EventLog(SqliteEventLogStorage):
    """SQLite files that stay open, and what checks tell in one piece.

    The events that come in hundreds wait for the next of another kind, or for a reader in this
    process: they are never a run's last. They are history, not data: if the process is killed
    between, they are lost.
    """

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "EventLog":
        """What Dagster makes of `dagster.yaml`."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def _engines(self) -> dict[str, Engine]:
        return {}

    @cached_property
    def _waiting(self) -> list[EventLogEntry]:
        return []

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event, or let it wait for others."""
        if _waits(event):
            with self._db_lock:
                self._waiting.append(event)
        else:
            super().store_event(event)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            self._store_waiting()
            with self._begun(shard) as connection:
                yield connection

    @contextmanager
    def _begun(self, shard: str) -> Iterator[Connection]:
        """A transaction on one of the files."""
        if shard not in self._engines:
            address = self.conn_string_for_shard(shard)
            engine = sqlalchemy.create_engine(address, connect_args={"timeout": _PATIENCE})
            sqlalchemy.event.listen(engine, "connect", _hurry)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine
        with self._engines[shard].begin() as connection:
            yield connection

    def _store_waiting(self) -> None:
        waiting = self._waiting[:]
        self._waiting.clear()
        for run, events in groupby(waiting, lambda event: event.run_id):
            self._store(run, list(events))

    def _store(self, run: str, events: list[EventLogEntry]) -> None:
        """Store what waited of a run: of checks in the index of all runs, too."""
        rows = [self._event_to_row(event) for event in events]
        with self._begun(run) as connection:
            connection.execute(_INSERT, rows)
        told = [(_check(event), row) for event, row in zip(events, rows, strict=True)]
        of_checks = [(check, row) for check, row in told if check is not None]
        if not of_checks:
            return
        with self._begun(INDEX_SHARD_NAME) as connection:
            ids = connection.execute(_INSERT_FOR_IDS, [row for _, row in of_checks]).scalars()
            planned, evaluated = [], []
            for (check, row), number in zip(of_checks, ids, strict=True):
                if isinstance(check, AssetCheckEvaluationPlanned):
                    planned.append(_planned(check, row, number))
                else:
                    evaluated.append(_evaluated(check, row, number))
            if planned:
                connection.execute(AssetCheckExecutionsTable.insert(), planned)
            if evaluated:
                connection.execute(_UPDATE, evaluated)

    def dispose(self) -> None:
        """Let go of the files."""
        with self._db_lock:
            self._store_waiting()
        for engine in self._engines.values():
            engine.dispose()
        super().dispose()


def _waits(event: EventLogEntry) -> bool:
    if event.dagster_event_type == DagsterEventType.STEP_OUTPUT:
        return True
    check = _check(event)
    if isinstance(check, AssetCheckEvaluationPlanned):
        return check.partitions_subset is None
    return check is not None and check.partition is None and bool(event.run_id)


def _check(event: EventLogEntry) -> AssetCheckEvaluationPlanned | AssetCheckEvaluation | None:
    told = event.dagster_event.event_specific_data if event.dagster_event else None
    return told if isinstance(told, AssetCheckEvaluationPlanned | AssetCheckEvaluation) else None


def _planned(check: AssetCheckEvaluationPlanned, event: _Row, number: int) -> _Row:
    return {
        "asset_key": check.asset_key.to_string(),
        "check_name": check.check_name,
        "run_id": event["run_id"],
        "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
        "evaluation_event": event["event"],
        "evaluation_event_timestamp": event["timestamp"],
        "evaluation_event_storage_id": number,
    }


def _evaluated(check: AssetCheckEvaluation, event: _Row, number: int) -> _Row:
    status = AssetCheckExecutionRecordStatus
    of = check.target_materialization_data
    return {
        "its_asset": check.asset_key.to_string(),
        "its_name": check.check_name,
        "its_run": event["run_id"],
        "execution_status": (status.SUCCEEDED if check.passed else status.FAILED).value,
        "evaluation_event": event["event"],
        "evaluation_event_timestamp": event["timestamp"],
        "evaluation_event_storage_id": number,
        "materialization_event_storage_id": of.storage_id if of else None,
    }


def _hurry(connection: sqlite3.Connection, _: object) -> None:
    """Let SQLite not wait for the disk at each event.

    They are history, not data: a crash of the machine may cost the last of them, nothing else.
    """
    connection.execute("PRAGMA synchronous=OFF")
