import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse import locations

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
        """The folder of the public release."""
        folders = (p for p in (self.warehouse / "releases").iterdir() if p.is_dir())
        (folder,) = (p for p in folders if not p.name.endswith("-full"))
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


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty bucket of a server of its own: OpenStack Swift, with its S3 interface.

    It is the server that the variables of the environment name meanwhile.
    """
    python = ROOT / ".consumers" / "swift" / "bin" / "python"
    if not python.exists():
        pytest.fail("swift is not installed; run `make consumers`")
    keys = ("newsroom:desk", "tests-only")
    script = ROOT / "tests" / "consumers" / "serve_s3.py"
    command = [str(python), str(script), str(tmp_path_factory.mktemp("swift")), *keys]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", address)
            patch.setenv("AWS_ACCESS_KEY_ID", keys[0])
            patch.setenv("AWS_SECRET_ACCESS_KEY", keys[1])
            patch.setenv("AWS_REGION", "us-east-1")
            patch.setenv("OTR_WORK", str(tmp_path_factory.mktemp("work")))
            locations.filesystem.cache_clear()
            create_bucket(address, keys, "news")
            yield "s3://news"
        locations.filesystem.cache_clear()
        server.terminate()


def create_bucket(address: str, keys: tuple[str, str], name: str) -> None:
    """What an administrator does."""
    from pyarrow import fs

    client = fs.S3FileSystem(
        endpoint_override=address,
        access_key=keys[0],
        secret_key=keys[1],
        region="us-east-1",
        allow_bucket_creation=True,
    )
    client.create_dir(name)
