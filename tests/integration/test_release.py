"""The commands about releases, on the first dataset."""

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Built, Released, otr
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow


def test_the_first_release_prints_its_citation(released: Released) -> None:
    assert "Cite         On the Record contributors (" in released.run.out
    assert f"(version {released.folder.name}) [Data set]" in released.run.out


def test_the_manifest_says_what_made_it(release: Path, seeds: Path) -> None:
    said = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert said["model"]["name"].startswith("en_core_web_md-")
    texts = {p.relative_to(seeds).as_posix() for p in (seeds / "texts").iterdir()}
    assert set(said["inputs"]) == texts
    assert said["checks"]["passed"] > 200
    assert set(said["tables"]) == {table.name for table in TABLES}
    checks = json.loads((release / "quality" / "checks.json").read_text(encoding="utf-8"))["checks"]
    assert all(check["passed"] for check in checks)


def test_with_nothing_changed_no_release_is_made(released: Released) -> None:
    before = (released.warehouse / "releases" / "index.json").read_bytes()
    run = otr("release", "--allow-dirty", "--warehouse", released.warehouse)
    assert run.exit == 0
    assert "Nothing changed" in run.out
    assert (released.warehouse / "releases" / "index.json").read_bytes() == before


def test_verify_says_what_was_checked(release: Path) -> None:
    run = otr("verify", release)
    assert run.exit == 0, run.out
    full = release.with_name(f"{release.name}-full")
    assert otr("verify", full).out == run.out
    assert run.out.split() == [
        *("ok", "files", "ok", "checksums", "ok", "signature", "ok", "index", "ok", "manifest"),
        *("ok", "schema", "ok", "rows", "ok", "keys", "ok", "metadata", "ok", "profile"),
        *("ok", "standing"),
    ]


def test_verify_names_a_failure_and_exits_with_its_code(release: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release, tmp_path / "copy"))
    with duckdb.connect(str(copy / "on_the_record.duckdb")) as connection:
        connection.execute("DELETE FROM quote_spans WHERE span_no = 0 AND text LIKE 'W%'")
    run = otr("verify", copy)
    assert run.exit == 11
    assert "FAILED  checksums: on_the_record.duckdb is not the file that was released" in run.out
    assert "FAILED  rows: quote_spans: the rows in DuckDB are not those in Parquet" in run.out
    assert otr("verify", tmp_path).exit == 10
    assert otr("verify", tmp_path / "nowhere").exit == 2


def test_diff_shows_what_came_and_went(released: Released, release: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(released.warehouse, warehouse)
    record = warehouse / "tables" / "build.json"
    seeds = Path(json.loads(record.read_text())["seeds_folder"])
    fewer = Path(shutil.copytree(seeds, tmp_path / "seeds"))
    (fewer / "texts" / "003_73400efa8faf97c7.txt").unlink()
    assert otr("build", "--seeds", fewer, "--warehouse", warehouse).exit == 0
    run = otr("release", "--allow-dirty", "--warehouse", warehouse)
    assert run.exit == 0, run.err
    versions = sorted(p.name for p in (warehouse / "releases").iterdir() if p.name[0] == "2")
    versions, full = versions[::2], versions[1::2]
    assert full == [f"{version}-full" for version in versions]
    assert otr("diff", *full, "--warehouse", warehouse, COLUMNS="120").exit == 0
    shown = otr("diff", *versions, "--warehouse", warehouse, COLUMNS="120")
    assert shown.exit == 0, shown.err
    assert "removed document" in shown.out
    assert "Tiberio Graziani" in shown.out
    assert otr("diff", "2020.1.0", release).exit == 2


def test_export_writes_a_view_for_spreadsheets(built: Built, tmp_path: Path) -> None:
    printed = otr("export", "statements", "--warehouse", built.folder)
    assert printed.exit == 0
    target = tmp_path / "statements.csv"
    assert otr("export", "statements", target, "--warehouse", built.folder).exit == 0
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))
    assert list(csv.DictReader(io.StringIO(printed.out))) == rows
    with duckdb.connect(str(built.database), read_only=True) as connection:
        quotes = connection.execute("SELECT quote FROM statements").fetchall()
    assert [row["quote"].lstrip("'") for row in rows] == [q.lstrip("'") for (q,) in quotes]
    assert otr("export", "nothing", "--warehouse", built.folder).exit == 2


def test_the_public_release_holds_no_text_beyond_its_quotes(release: Path) -> None:
    with duckdb.connect(str(release / "on_the_record.duckdb"), read_only=True) as connection:
        held = connection.execute(
            "SELECT count(title), count(text), count(body), count(summary) FROM articles"
        ).fetchall()
        assert held == [(3, 0, 0, 0)], "two have no headline"
        (cut, whole) = connection.execute(
            "SELECT count(*) FILTER (is_truncated), count(*) FILTER (NOT is_truncated) FROM quotes"
        ).fetchall()[0]
        assert cut
        assert whole
        for query in sorted((release / "queries").glob("*.sql")):
            connection.execute(query.read_text(encoding="utf-8"))
        assert connection.execute("SELECT count(context) FROM timeline").fetchall() == [(0,)]
    run = otr("export", "statements", "--warehouse", release)
    assert len(list(csv.DictReader(io.StringIO(run.out)))) > whole


def test_the_full_release_holds_it_all_and_is_not_listed(release: Path) -> None:
    full = release.with_name(f"{release.name}-full")
    with duckdb.connect(str(full / "on_the_record.duckdb"), read_only=True) as connection:
        (n_texts,) = connection.execute("SELECT count(text) FROM articles").fetchall()[0]
    assert n_texts == 5
    assert "stays at home" in (full / "README.md").read_text(encoding="utf-8")
    listed = (release.parent / "index.json").read_text(encoding="utf-8")
    assert release.name in listed
    assert "-full" not in listed


def test_without_a_build_there_is_nothing_to_release(tmp_path: Path) -> None:
    run = otr("release", "--warehouse", tmp_path)
    assert run.exit == 2
    assert "run `otr build` first" in run.err
