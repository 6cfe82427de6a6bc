import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTR = Path(sys.executable).with_name("otr")


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended."""

    exit: int
    out: str
    err: str


def otr(*arguments: str | Path, **environment: str) -> Run:
    """Run the installed command in a process of its own, from the top of the checkout."""
    command = [str(OTR), *map(str, arguments)]
    variables = {k: v for k, v in os.environ.items() if not k.startswith("OTR_")}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=variables | environment, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five texts of the first dataset."""
    return ROOT / "seeds"


@dataclass(frozen=True, slots=True)
class Built:
    """A warehouse built from the five texts, and what the command printed."""

    folder: Path
    run: Run

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.folder / "on_the_record.duckdb"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Built:
    """The main job, run once for all tests."""
    folder = tmp_path_factory.mktemp("warehouse")
    return Built(folder, otr("build", "--seeds", seeds, "--warehouse", folder))
