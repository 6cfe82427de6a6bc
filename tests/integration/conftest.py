import os
import shutil
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


@dataclass(frozen=True, slots=True)
class Released:
    """A warehouse of the five texts with its first release, and what the command printed."""

    warehouse: Path
    run: Run

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        (folder,) = (p for p in (self.warehouse / "releases").iterdir() if p.name[-1].isdigit())
        return folder


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The five texts, built from a copy of the seeds, whose registry the release extends."""
    folder = tmp_path_factory.mktemp("released")
    seeds = shutil.copytree(ROOT / "seeds", folder / "seeds")
    (seeds / "registry.parquet").unlink(missing_ok=True)
    warehouse = folder / "warehouse"
    build = otr("build", "--seeds", seeds, "--warehouse", warehouse)
    assert build.exit == 0, build.err
    run = otr("release", "--warehouse", warehouse, "--allow-dirty")
    assert run.exit == 0, run.err
    return Released(warehouse, run)


@pytest.fixture(scope="session")
def release(released: Released) -> Path:
    """The folder of the first release of the five texts."""
    return released.folder
