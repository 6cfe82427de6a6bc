"""The same commit gives the same release: two clones, different numbers of workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.conftest import ROOT
from warehouse.release import checkout

pytestmark = pytest.mark.slow


def released(clone: Path, workers: int) -> Path:
    """Clone what is committed, build and release the five texts there, as CI would."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    variables = {k: v for k, v in os.environ.items() if not k.startswith("OTR_")}
    for command in (["build", "--workers", str(workers)], ["release"]):
        code = f"import sys; from assets.cli import main; sys.argv[1:] = {command!r}; main()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=clone,
            env=variables | {"PYTHONPATH": str(clone)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    folders = (p for p in (clone / "warehouse/data/releases").iterdir() if p.is_dir())
    return next(p for p in folders if not p.name.endswith("-full"))


@pytest.mark.skipif(checkout.read(ROOT).commit is None, reason="there is no git to clone from")
def test_two_clones_release_the_same_bytes(tmp_path: Path) -> None:
    one, other = released(tmp_path / "one", workers=1), released(tmp_path / "other", workers=2)
    said = [json.loads((folder / "manifest.json").read_text()) for folder in (one, other)]
    assert said[0]["code"]["changed_since_commit"] == []
    assert said[0]["code"] == said[1]["code"]
    assert said[0]["tables"] == said[1]["tables"]  # bytes, digests and logical hashes of each
    # DuckDB's own bytes differ by construction; all the rest is the same.
    differing = {
        name
        for name, file in said[0]["files"].items()
        if file["sha256"] != said[1]["files"][name]["sha256"]
    }
    assert differing <= {"on_the_record.duckdb"}
