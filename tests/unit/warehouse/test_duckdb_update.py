"""A file brought up to date by row is the file that would be built whole."""

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb as driver
import pyarrow as pa
import pytest

from warehouse import duckdb, duckdb_update, parquet
from warehouse.duckdb_update import update
from warehouse.release.hashes import logical_hash
from warehouse.storage import sha256
from warehouse.tables import ARTICLES, BLOCKS, ENTITIES, QUOTE_SPANS, QUOTES, TABLES, Table

IN_PARTS = (ARTICLES, BLOCKS, QUOTES, QUOTE_SPANS)
Rows = dict[tuple[str, ...], dict[str, Any]]
#: Of each table the rows of each part, by key.
Corpus = dict[str, list[Rows]]
RELEASE: dict[str, str | None] = {"version": "unreleased", "model": "a_model"}


def value(draw: random.Random, of_type: pa.DataType) -> object:
    if pa.types.is_list(of_type):
        return [f"also {draw.randrange(9)}" for _ in range(draw.randrange(3))]
    if pa.types.is_timestamp(of_type):
        return datetime(2021, 1, 1) + timedelta(seconds=draw.randrange(10**7))
    if pa.types.is_date32(of_type):
        return date(2021, 1, 1) + timedelta(days=draw.randrange(300))
    if pa.types.is_string(of_type):
        return draw.choice(["", "it’s “so”", "Tellwick", "a\x1fb", "Ærø"])
    return {pa.bool_(): bool, pa.float64(): lambda n: n / 100}.get(of_type, int)(draw.randrange(99))


def new_row(draw: random.Random, table: Table) -> dict[str, Any]:
    row = {
        c.name: None if c.nullable and draw.random() < 0.3 else value(draw, c.type)
        for c in table.columns
    }
    for name in table.primary_key:
        number = draw.randrange(10**6)
        is_text = pa.types.is_string(table.schema.field(name).type)
        row[name] = f"k{number:06}" if is_text else number
    return row


def changed(draw: random.Random, table: Table, rows: Rows, n: int) -> Rows:
    """Some rows more, some others than they were, some gone."""
    now = dict(rows)
    for key in draw.sample(sorted(now), min(n, len(now))):
        if draw.random() < 0.5:
            del now[key]
        else:
            other = draw.choice([c for c in table.columns if c.name not in table.primary_key])
            now[key] = {**now[key], other.name: new_row(draw, table)[other.name]}
    for _ in range(n):
        row = new_row(draw, table)
        now[tuple(row[name] for name in table.primary_key)] = row
    return now


def changed_corpus(draw: random.Random, corpus: Corpus, n: int) -> Corpus:
    """Rows changed in one part of each table; sometimes a part more, or one less."""
    now = {name: list(parts) for name, parts in corpus.items()}
    for table in TABLES:
        parts = now[table.name]
        number = draw.randrange(len(parts))
        parts[number] = changed(draw, table, parts[number], n)
        if table in IN_PARTS:
            if len(parts) > 2 and draw.random() < 0.2:
                parts.pop(draw.randrange(len(parts)))
            elif draw.random() < 0.3:
                parts.insert(draw.randrange(len(parts)), changed(draw, table, {}, n))
            elif draw.random() < 0.3:  # rows go over to another part as they are
                parts[0], parts[-1] = {**parts[0], **parts[-1]}, {}
    return now


def write(corpus: Corpus, folder: Path) -> None:
    for table in TABLES:
        parts = corpus[table.name]
        for number, rows in enumerate(parts):
            part = f"-{number:05}-of-{len(parts):05}" if len(parts) > 1 else ""
            data = parquet.conform(table, table.from_rows(list(rows.values())))
            parquet.write(data, folder / f"{table.name}{part}.parquet")


def difference(before: Path, now: Path) -> dict[str, list[Path]]:
    """By table, the files of one folder whose bytes the other one lacks."""
    known = {sha256(path) for path in now.iterdir()}
    return {
        t.name: [path for path in parquet.files(before, t.name) if sha256(path) not in known]
        for t in TABLES
    }


def said(file: Path) -> Mapping[str, object]:
    """All that a reader may ask a file: rows, views, and what they mean."""
    with driver.connect(str(file), read_only=True) as connection:

        def rows(query: str) -> list[str]:
            return sorted(map(str, connection.execute(query).fetchall()))

        views = [
            row[0]
            for row in connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
            ).fetchall()
        ]
        return {
            **{t.name: logical_hash(connection, t, t.name) for t in TABLES},
            **{name: rows(f"FROM {name}") for name in (*views, "_dictionary", "_release")},
            "tables": rows("SELECT table_name, sql, comment FROM duckdb_tables()"),
            "columns": rows("SELECT table_name, column_name, comment FROM duckdb_columns()"),
            "views": rows("SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal"),
        }


def new_corpus() -> Corpus:
    draw = random.Random(0)
    return {
        t.name: [changed(draw, t, {}, 40) for _ in range(3 if t in IN_PARTS else 1)] for t in TABLES
    }


def with_other_entities(corpus: Corpus, draw: random.Random, n: int) -> Corpus:
    return {**corpus, "entities": [changed(draw, ENTITIES, corpus["entities"][0], n)]}


@dataclass(frozen=True)
class Published:
    """Tables, those that come after them, and the file built whole of the first."""

    before: Path
    now: Path
    database: Path

    def update(self, target: Path) -> bool:
        """Bring a copy of the file up to date."""
        leaving = difference(self.before, self.now)
        return update(self.now, target, RELEASE, leaving, difference(self.now, self.before))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder, corpus = tmp_path_factory.mktemp("published"), new_corpus()
    found = Published(folder / "before", folder / "now", folder / duckdb.FILE_NAME)
    write(corpus, found.before)
    write(with_other_entities(corpus, random.Random(3), 2), found.now)
    duckdb.publish(found.before, found.database, RELEASE)
    return found


@pytest.fixture(scope="module")
def whole(published: Published) -> Mapping[str, object]:
    """What a file built whole of the tables of now says."""
    target = published.database.with_name("whole.duckdb")
    duckdb.publish(published.now, target, RELEASE)
    return said(target)


@pytest.fixture
def target(published: Published, tmp_path: Path) -> Path:
    """A copy of the published file, alone in its folder."""
    (tmp_path / "out").mkdir()
    return Path(shutil.copy(published.database, tmp_path / "out"))


@pytest.mark.parametrize(("seed", "most_deleted"), [(0, duckdb_update._MOST_DELETED), (1, 0.9)])
def test_any_history_ends_in_the_file_that_is_built_whole(
    tmp_path: Path, seed: int, most_deleted: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_update, "_MOST_DELETED", most_deleted)
    draw, corpus = random.Random(seed), new_corpus()
    before, target = tmp_path / "0", tmp_path / "out" / duckdb.FILE_NAME
    write(corpus, before)
    duckdb.publish(before, target, RELEASE)
    for step in range(1, 4):
        corpus = changed_corpus(draw, corpus, draw.choice([1, 3, 12]))
        now = tmp_path / str(step)
        write(corpus, now)
        release = {**RELEASE, "inputs_sha256": str(step)}
        leaving, coming = difference(before, now), difference(now, before)
        assert update(now, target, release, leaving, coming)
        assert list(target.parent.iterdir()) == [target]
        duckdb.publish(now, tmp_path / "whole.duckdb", release)
        assert said(target) == said(tmp_path / "whole.duckdb")
        before = now


def places(file: Path, table: Table) -> list[int]:
    """The rows' places in the file, by key."""
    with driver.connect(str(file), read_only=True) as connection:
        key = ", ".join(table.primary_key)
        found = connection.execute(f"SELECT rowid FROM {table.name} ORDER BY {key}").fetchall()
    return [row[0] for row in found]


def test_rows_that_are_the_same_stay_where_they_are(published: Published, target: Path) -> None:
    before = places(target, ENTITIES)
    assert published.update(target)
    now = places(target, ENTITIES)
    assert set(before) - set(now), "some left"
    assert [place for place in now if place < len(before)] == sorted(set(before) & set(now))


def test_a_table_of_which_too_much_was_deleted_is_made_anew(tmp_path: Path, target: Path) -> None:
    draw, corpus, rooms = random.Random(1), new_corpus(), []
    write(corpus, tmp_path / "0")
    for step in range(1, 6):
        before, now = tmp_path / str(step - 1), tmp_path / str(step)
        corpus = with_other_entities(corpus, draw, 6)
        write(corpus, now)
        assert Published(before, now, target).update(target)
        found = places(target, ENTITIES)
        rooms.append((max(found) + 1) / len(found))
    assert max(rooms) < 1.4
    assert 1.0 in rooms


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE _release",
        "DROP TABLE withdrawn",
        "CREATE TABLE mine (n INTEGER)",
        "COMMENT ON COLUMN entities.name IS 'Whatever.'",
        "ALTER TABLE entities ADD COLUMN more VARCHAR",
        "DELETE FROM dates WHERE rowid = 0",
    ],
)
def test_a_file_that_holds_something_else_is_built_whole(
    published: Published, whole: Mapping[str, object], target: Path, damage: str
) -> None:
    with driver.connect(str(target)) as connection:
        connection.execute(damage)
    assert not published.update(target)
    assert said(target) == whole
    assert list(target.parent.iterdir()) == [target]


def test_so_is_one_that_is_missing_damaged_or_of_another_version(
    published: Published, whole: Mapping[str, object], target: Path, tmp_path: Path
) -> None:
    with driver.connect(str(tmp_path / "other")) as connection:
        connection.execute(f"ATTACH '{target}' AS old (READ_ONLY)")
        connection.execute("COPY FROM DATABASE old TO other")
    for content in (None, b"no database", (tmp_path / "other").read_bytes()):
        target.unlink()
        if content is not None:
            target.write_bytes(content)
        assert not published.update(target)
        assert said(target) == whole


def test_what_fails_leaves_the_old_file_and_no_other(tmp_path: Path, target: Path) -> None:
    before = target.read_bytes()
    broken = tmp_path / "entities.parquet"
    broken.write_bytes(b"no Parquet")
    with pytest.raises(driver.Error):
        update(tmp_path, target, RELEASE, {"entities": [broken]}, {"entities": [broken]})
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
