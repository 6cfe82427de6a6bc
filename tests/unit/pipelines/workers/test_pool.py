"""A pool of processes goes on, whatever the things do that it is given."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.versions import UnknownModelError
from pipelines.workers.pool import Pool
from pipelines.workers.work import WorkersError
from tests.unit.pipelines.workers.deeds import TURN


@pytest.fixture(scope="module", params=[1, 2])
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    with Pool(request.param) as pool:
        yield pool


def results(pool: Pool, *items: list[str]) -> list[list[str]]:
    return list(pool.map(TURN, items))


def test_results_come_in_the_order_of_the_items(pool: Pool) -> None:
    assert results(pool, ["slow", "ab"], ["cd"], [], ["ef"]) == [["wols", "ba"], ["dc"], [], ["fe"]]


def test_items_are_not_read_far_ahead(pool: Pool) -> None:
    items = iter([["a"]] * 100)
    first = pool.map(TURN, items)
    assert [next(first) for _ in range(4)] == [["a"]] * 4
    assert len(list(items)) >= 85


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("segfault", "was killed (SIGSEGV)"),
        ("killed", "was killed (SIGKILL), as happens where memory is short"),
        ("exit 0", "ended with exit code 0"),
        ("exit 7", "ended with exit code 7"),
        ("system exit", "ended with exit code 1"),
    ],
)
def test_what_kills_its_worker_is_lost_alone_and_says_of_what(
    pool: Pool, word: str, cause: str
) -> None:
    (first, second), (third,) = results(pool, ["ab", word], ["cd"])
    assert (first, third) == ("ba", "dc")
    assert second.startswith(f"{word}: ")
    assert cause in second
    assert "Build again" in second
    assert results(pool, ["ef"]) == [["fe"]]


def test_what_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.workers.work._SECONDS", 0.3)
    with Pool(1) as pool:
        ((loop, after),) = results(pool, ["loop", "ab"])
    assert "took longer than" in loop
    assert after == "ba"


def test_a_worker_that_is_killed_costs_nothing(pool: Pool, tmp_path: Path) -> None:
    once = f"once {tmp_path / 'dead'}"
    assert results(pool, ["ab", once], ["cd"]) == [["ba", once[::-1]], ["dc"]]
    assert (tmp_path / "dead").exists()


@pytest.mark.parametrize(
    ("word", "times"),
    [("once {}/dead", 2), ("killed", 3), ("segfault", 2), ("exit 7", 2), ("loop", 2)],
)
def test_a_list_is_done_again_together_where_its_worker_was_killed_from_without(
    word: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What crashes or never ends does it again: the others of its list are not tried with it."""
    monkeypatch.setattr("pipelines.workers.work._SECONDS", 0.3)
    with Pool(1) as pool:
        ((count, _),) = results(pool, [f"counted {tmp_path / 'count'}", word.format(tmp_path)])
    assert count == str(times)


def test_what_was_alone_and_killed_is_tried_once_more(pool: Pool, tmp_path: Path) -> None:
    ((lost,),) = results(pool, [f"killed {tmp_path / 'count'}"])
    assert "SIGKILL" in lost
    assert (tmp_path / "count").stat().st_size == 2


def test_a_worker_that_is_killed_while_it_waits_costs_nothing(tmp_path: Path) -> None:
    counted = f"counted {tmp_path / 'count'}"
    with Pool(1) as pool:
        ((who,),) = results(pool, ["who"])
        os.kill(int(who), signal.SIGKILL)
        assert results(pool, [counted, "ab"]) == [["1", "ba"]]


def test_an_error_is_raised_where_the_result_is_asked_for(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError, match="no such word") as caught:
        results(pool, ["error"])
    assert "in _turned" in caught.value.__notes__[0]
    assert results(pool, ["ef"]) == [["fe"]]


def test_a_template_that_is_killed_is_made_anew() -> None:
    with Pool(1) as pool:
        before = results(pool, ["who"])
        template = pool._templates[0]
        assert template.pid is not None
        os.kill(template.pid, signal.SIGKILL)
        template.join()
        assert results(pool, ["who"]) == before
        os.kill(int(before[0][0]), signal.SIGKILL)
        assert results(pool, ["ab"]) == [["ba"]]
        assert results(pool, ["who"]) != before


def refuse() -> None:
    raise UnknownModelError("no such model")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_fails_before_any_work_is_an_error() -> None:
    with Pool(2, refuse) as pool, pytest.raises(UnknownModelError, match="no such model"):
        results(pool, ["ab"])
    with Pool(2, die) as pool, pytest.raises(WorkersError, match="memory is short"):
        results(pool, ["ab"])


def test_nothing_is_started_for_nothing() -> None:
    with Pool(2) as pool:
        assert results(pool, [], []) == [[], []]
        assert pool._templates == []


def is_alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def assert_gone(pids: list[int]) -> None:
    for _ in range(200):
        if not any(is_alive(pid) for pid in pids):
            return
        time.sleep(0.05)
    pytest.fail("A worker is still there.")


def interrupt(pool: Pool, waiting: Iterator[list[str]]) -> None:
    with pool:
        next(waiting)


def interrupted() -> list[int]:
    """Begin work that never ends, and be interrupted; the processes that did it."""
    with Pool(2) as pool:
        who = [int(pid) for pids in results(pool, ["who"], ["who"]) for pid in pids]
        waiting = pool.map(TURN, [["loop"]] * 3 + [["ab"]] * 20)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(KeyboardInterrupt):
            interrupt(pool, waiting)
    return who


def test_no_process_outlives_an_error() -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        who = interrupted()
    finally:
        signal.signal(signal.SIGALRM, before)
    assert_gone(who)


def test_no_process_outlives_its_parent() -> None:
    code = """
import os, signal
from pipelines.workers.pool import Pool
from tests.unit.pipelines.workers.deeds import TURN
with Pool(2) as pool:
    print(*(pid for pids in pool.map(TURN, [["who"], ["who"]]) for pid in pids), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert_gone([int(pid) for pid in done.stdout.split()])
