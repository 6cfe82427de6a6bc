"""Dagster's history of runs, kept in SQLite as by default, at a fraction of its cost.

Dagster's own storage opens a database anew for each event and compiles each statement anew with it:
some 15 ms an event, of which a build has hundreds, one and more for each check. This one keeps its
engines. Named in `dagster.yaml`; the UI reads the same files.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection, Engine

#: Seconds to wait while another process writes.
_PATIENCE = 60


class EventLog(SqliteEventLogStorage):
    """SQLite files that stay open."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "EventLog":
        """What Dagster makes of `dagster.yaml`."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def _engines(self) -> dict[str, Engine]:
        return {}

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                address = self.conn_string_for_shard(shard)
                engine = sqlalchemy.create_engine(address, connect_args={"timeout": _PATIENCE})
                sqlalchemy.event.listen(engine, "connect", _hurry)
                if shard not in self._initialized_dbs:
                    self._initdb(engine)
                    self._initialized_dbs.add(shard)
                self._engines[shard] = engine
            with self._engines[shard].connect() as connection, connection.begin():
                yield connection

    def dispose(self) -> None:
        """Let go of the files."""
        for engine in self._engines.values():
            engine.dispose()
        super().dispose()


def _hurry(connection: sqlite3.Connection, _: object) -> None:
    """Let SQLite not wait for the disk at each event.

    They are history, not data: a crash of the machine may cost the last of them, nothing else.
    """
    connection.execute("PRAGMA synchronous=OFF")
