"""Two checkouts, as on two machines, with one folder of seeds and one warehouse."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from assets.build import build
from assets.exits import Exit
from assets.settings import settings
from tests.integration.conftest import ROOT
from warehouse.storage import lock
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

ROOMS = ("assets", "expectations", "pipelines", "warehouse")
TEXT = "Mayor Ida Brandt said on May 3 that “the bridge has seven piers”."


def checkout(folder: Path) -> Path:
    """A copy of the code, without what was built."""

    def built(path: str, names: list[str]) -> Collection[str]:
        del names
        return ("data",) if Path(path) == ROOT / "warehouse" else ()

    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=built)
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def build_from(checkout: Path, seeds: Path, warehouse: Path) -> tuple[int, str]:
    """`otr build` with the code of a checkout: exit code, and what it said went wrong."""
    arguments = ["build", "--seeds", str(seeds), "--warehouse", str(warehouse)]
    code = f"import sys; from assets.cli import main; sys.argv[1:] = {arguments!r}; main()"
    variables = {k: v for k, v in os.environ.items() if not k.startswith("OTR_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=variables | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_two_checkouts_share_a_folder(tmp_path: Path) -> None:
    seeds, warehouse, other = tmp_path / "seeds", tmp_path / "house", checkout(tmp_path / "other")
    seeds.mkdir()
    (seeds / "bridge.txt").write_text(TEXT)
    assert build(settings(str(seeds), str(warehouse), environment={})).exit is Exit.PUBLISHED
    paths = [warehouse / "tables" / f"{table.name}.parquet" for table in TABLES]
    before = [path.read_bytes() for path in paths]
    stored = sorted(warehouse.glob("cache/rows-*/*"))
    with lock(warehouse):
        exit_code, said = build_from(other, seeds, warehouse)
    assert (exit_code, "is in use by process" in said) == (2, True)
    assert build_from(other, seeds, warehouse)[0] == 0
    assert [path.read_bytes() for path in paths] == before
    assert sorted(warehouse.glob("cache/rows-*/*")) == stored, "nothing was extracted again"
