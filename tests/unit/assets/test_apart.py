"""Work in a process of its own is as work in this one, and ends when this one does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assets.apart import apart
from assets.settings import Settings, settings
from pipelines.versions import EditedError


@pytest.fixture
def many(tmp_path: Path) -> Settings:
    """The settings of a warehouse that holds many documents."""
    chosen = settings(str(tmp_path), str(tmp_path), environment={})
    chosen.staging.mkdir()
    chosen.live.write_bytes(bytes(16 * 2_000))
    return chosen


def edited() -> None:
    raise EditedError("pipelines/ids.py")


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_long(marker: str) -> None:
    Path(marker).write_text(str(os.getpid()))
    time.sleep(600)


def test_of_few_documents_it_is_done_here(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain is late.")
    chosen = settings(str(tmp_path), str(tmp_path), environment={})
    assert apart(chosen, os.getpid) == os.getpid()


def test_of_many_it_is_done_elsewhere(many: Settings) -> None:
    assert apart(many, os.getpid) != os.getpid()


def test_before_the_first_build_the_inputs_tell(many: Settings) -> None:
    many.live.unlink()
    large = Path(many.seeds) / "feed.jsonl"
    with large.open("wb") as file:
        file.truncate(2**26)
    os.utime(large, (1, 1))
    time.sleep(2.1)
    assert apart(many, os.getpid) != os.getpid()


def test_an_error_comes_as_it_was_raised_and_without_a_cause(many: Settings) -> None:
    with pytest.raises(EditedError, match=r"^pipelines/ids.py was edited") as caught:
        apart(many, edited)
    assert caught.value.__cause__ is None


def test_a_process_that_is_killed_is_told_of(many: Settings) -> None:
    with pytest.raises(RuntimeError, match="kill_itself ended with -9"):
        apart(many, kill_itself)


def test_it_ends_with_the_build_that_asked_for_it(many: Settings, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    code = (
        "from assets.apart import apart\n"
        "from assets.settings import settings\n"
        "from tests.unit.assets.test_apart import sleep_long\n"
        f"chosen = settings({many.seeds!r}, {many.warehouse!r}, environment={{}})\n"
        f"apart(chosen, sleep_long, {str(marker)!r})\n"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as build:
        worker = int(_appears(marker))
        build.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and _runs(worker):
        time.sleep(0.05)
    assert not _runs(worker)


def _appears(marker: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if marker.exists() and (said := marker.read_text()):
            return said
        time.sleep(0.05)
    raise AssertionError("the work never began")


def _runs(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
