"""`otr rehydrate` on the public release of the first dataset."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import ROOT, otr
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

#: Left out of a public release where the policy says so, and no offset leads to them.
_NOWHERE = frozenset({"aliases", "roles", "speaker_role"})
#: Runs the command where spaCy and Dagster cannot be imported.
_WITHOUT = """
import sys
for name in ("spacy", "thinc", "dagster", "great_expectations"):
    sys.modules[name] = None
from assets.cli import main
main()
"""


def test_the_texts_and_the_public_release_make_the_full_one(
    release: Path, seeds: Path, tmp_path: Path
) -> None:
    target = tmp_path / "full.duckdb"
    command = [sys.executable, "-c", _WITHOUT, "rehydrate", str(release), "--texts", str(seeds)]
    done = subprocess.run(
        [*command, "--to", str(target)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Articles     5 of 5 have their text" in done.stdout
    full = release.with_name(f"{release.name}-full") / "on_the_record.duckdb"
    with duckdb.connect(str(target), read_only=True) as connection:
        connection.execute(f"ATTACH '{full}' AS whole (READ_ONLY)")
        for table in TABLES:
            kept = ", ".join(name for name in table.column_names if name not in _NOWHERE)
            for one, other in (
                (table.name, f"whole.{table.name}"),
                (f"whole.{table.name}", table.name),
            ):
                query = f"SELECT {kept} FROM {one} EXCEPT SELECT {kept} FROM {other}"
                assert connection.execute(query).fetchall() == []


def test_what_is_missing_or_changed_is_listed(release: Path, seeds: Path, tmp_path: Path) -> None:
    texts = Path(shutil.copytree(seeds / "texts", tmp_path / "mine" / "texts"))
    first, second, *_ = sorted(texts.iterdir())
    first.unlink()
    text = second.read_text(encoding="utf-8")
    second.write_text(text.replace("a", "o", 1), encoding="utf-8")
    run = otr("rehydrate", release, "--texts", tmp_path / "mine", "--to", tmp_path / "some.duckdb")
    assert run.exit == 1
    assert "Articles     3 of 5 have their text" in run.out
    assert f"missing      texts/{first.name}" in run.out
    assert f"changed      texts/{second.name}" in run.out
    empty = tmp_path / "empty"
    empty.mkdir()
    run = otr("rehydrate", release, "--texts", empty, "--to", tmp_path / "none.duckdb")
    assert run.exit == 2
    assert "holds no inputs" in run.err
