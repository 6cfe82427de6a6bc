"""Every command and query of the README works, and the results it shows are today's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from assets.readme import README, render
from tests.integration.conftest import ROOT, Built, Released

pytestmark = pytest.mark.slow

TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
#: What another test runs, or what runs this one.
ELSEWHERE = {
    "make test": "this test is part of it",
    "make dev": "test_dagster.py opens the UI",
    "make setup": "`make release` does it first",
}


@pytest.fixture(scope="module")
def warehouse(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "data"
    shutil.copytree(released.warehouse, folder)
    return folder


@pytest.fixture
def environment(warehouse: Path, released: Released) -> dict[str, str]:
    """A warehouse and seeds of the commands' own: a release writes into both."""
    return os.environ | {
        "OTR_WAREHOUSE": str(warehouse),
        "OTR_SEEDS": str(released.warehouse.parent / "seeds"),
        "OTR_ALLOW_DIRTY": "1",
        "PYTHON": sys.executable,
    }


@pytest.mark.parametrize("query", blocks("sql"))
def test_every_query_runs(built: Built, query: str) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        assert connection.execute(query).fetchall()


def test_the_results_shown_are_those_of_the_five_texts(built: Built) -> None:
    assert render(TEXT, built.database) == TEXT, "run `make readme`"


def test_every_command_runs(
    warehouse: Path, released: Released, environment: dict[str, str], tmp_path: Path
) -> None:
    """One after the other, in the checkout, with a warehouse of their own."""
    for line in COMMANDS:
        command = line.partition("#")[0].strip()
        if command in ELSEWHERE:
            continue
        command = command.replace("warehouse/data", str(warehouse))
        command = command.replace("2026.11.0", released.folder.name)
        for name in ("statements.csv", "full.duckdb"):
            command = command.replace(name, str(tmp_path / name))
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
