"""Poison, dead workers and a lost node: the tables are those of a build that saw none of it."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click.testing
import pyarrow.parquet as pq
import pytest

import assets.extraction
from assets.assemble import make_tables
from assets.cli import main
from assets.extraction import bring_up_to_date
from assets.settings import Settings, settings
from pipelines.documents.record import Record
from pipelines.engines import Batch, process_all
from pipelines.workers.cluster import Cluster
from pipelines.workers.pool import Pool
from pipelines.workers.work import Workers
from tests.integration.conftest import Built, otr
from tests.integration.poison import WORD, Poison, make_poison
from warehouse.tables import TABLES

if TYPE_CHECKING:
    from ray._private.node import Node
    from ray.cluster_utils import Cluster as Started

pytestmark = pytest.mark.slow

DOCUMENTS = 100


@pytest.fixture(scope="module")
def poison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poison]:
    """A model that dies of a word, on the path of every process started from here."""
    poison = make_poison(tmp_path_factory.mktemp("poison"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(poison.package))
        patch.syspath_prepend(str(poison.package))
        yield poison


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short articles, the tenth of them poisonous."""
    folder = tmp_path_factory.mktemp("articles")
    for number in range(DOCUMENTS):
        what = WORD if number == 10 else "ferry"
        text = (
            f"Mayor Ida Brandt said on May {number % 28 + 1} that “the {what} has {number} decks”."
        )
        (folder / f"{number:03}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def expected(poison: Poison, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> "Tables":
    """What a build makes to which nothing happens."""
    poison.armed.unlink()
    chosen = told(poison, articles, tmp_path_factory.mktemp("sound"), "local")
    bring_up_to_date(chosen)
    poison.armed.touch()
    return made(chosen)


Tables = dict[str, bytes]


def told(poison: Poison, articles: Path, warehouse: Path, engine: str) -> Settings:
    environment = {"OTR_MODEL": str(poison.model), "OTR_WORKERS": "2", "OTR_ENGINE": engine}
    return settings(str(articles), str(warehouse), environment=environment)


def made(chosen: Settings) -> Tables:
    """The tables' bytes."""
    make_tables(chosen)
    return {t.name: chosen.staged(t.name).read_bytes() for t in TABLES}


def rejects(chosen: Settings) -> list[tuple[str, str, str]]:
    rows = pq.read_table(chosen.documents).to_pylist()
    return [
        (row["source_id"], row["reason"], row["detail"])
        for row in rows
        if row["reason"] is not None
    ]


def disturb(patch: pytest.MonkeyPatch, disturbance: Callable[[Any], None]) -> None:
    """Let something happen to the workers when the first rows have come."""

    def disturbed(records: Iterable[Record], model: str, workers: Workers) -> Iterator[Batch]:
        batches = process_all(records, model, workers)
        yield next(batches)
        disturbance(workers)
        yield from batches

    patch.setattr(assets.extraction, "process_all", disturbed)


def kill_a_worker(pool: Pool) -> None:
    """Kill one of the processes that work for a pool."""
    template = pool._templates[0].pid
    children = Path(f"/proc/{template}/task/{template}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)


def test_what_kills_its_worker_is_rejected_and_tried_again_by_the_next_build(
    poison: Poison, articles: Path, expected: Tables, tmp_path: Path
) -> None:
    chosen = replace_workers(told(poison, articles, tmp_path, "local"), 1)
    for _ in range(2):
        assert bring_up_to_date(chosen)
        ((source, reason, detail),) = rejects(chosen)
        assert (source, reason) == ("010.txt", "extraction_failed")
        assert "SIGSEGV" in detail
        assert "Build again" in detail
    poison.armed.unlink()
    assert bring_up_to_date(chosen)
    poison.armed.touch()
    assert rejects(chosen) == []
    assert made(chosen) == expected


def replace_workers(chosen: Settings, workers: int) -> Settings:
    return replace(chosen, workers=workers)


def test_a_worker_of_the_pool_that_is_killed_changes_no_byte(
    poison: Poison,
    articles: Path,
    expected: Tables,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disturb(monkeypatch, kill_a_worker)
    chosen = told(poison, articles, tmp_path, "local")
    poison.armed.unlink()
    bring_up_to_date(chosen)
    poison.armed.touch()
    assert made(chosen) == expected


class Nodes(NamedTuple):
    """A Ray cluster on this machine: a head that does no work, and two nodes with a core each."""

    cluster: "Started"
    one: "Node"
    two: "Node"


@pytest.fixture(scope="module")
def nodes(poison: Poison) -> Iterator[Nodes]:
    """The cluster; its processes have the poisonous model on their path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # the loopback interface alone
        from ray.cluster_utils import Cluster as Started

        head = {"num_cpus": 0, "include_dashboard": False}
        cluster = Started(initialize_head=True, head_node_args=head)
        patch.setenv("RAY_ADDRESS", cluster.address)
        try:
            yield Nodes(cluster, cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1))
        finally:
            cluster.shutdown()  # type: ignore[no-untyped-call]


def working(node: "Node") -> int:
    """A process that is doing a task on a node of Ray; waited for."""
    (raylet,) = node.all_processes["raylet"]
    for _ in range(1200):
        for child in Path(f"/proc/{raylet.process.pid}/task").glob("*/children"):
            for pid in child.read_text().split():
                if Path(f"/proc/{pid}/cmdline").read_text().startswith("ray::_done"):
                    return int(pid)
        time.sleep(0.05)
    raise TimeoutError("Nothing is done on that node.")


def test_poison_and_a_killed_worker_and_a_lost_node_on_ray(
    poison: Poison,
    articles: Path,
    expected: Tables,
    nodes: Nodes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed: list[int] = []

    def lose(workers: Cluster) -> None:
        killed.extend((working(nodes.one), working(nodes.two)))
        os.kill(killed[0], signal.SIGKILL)
        nodes.cluster.remove_node(nodes.two, allow_graceful=False)

    # All work is on its way while this process waits for both nodes to be at it.
    monkeypatch.setattr("pipelines.workers.cluster._AHEAD", 1_000)
    disturb(monkeypatch, lose)
    chosen = told(poison, articles, tmp_path, "ray")
    bring_up_to_date(chosen)
    assert len(killed) == 2
    ((source, reason, detail),) = rejects(chosen)
    assert (source, reason) == ("010.txt", "extraction_failed")
    assert "Ray" in detail
    monkeypatch.undo()
    poison.armed.unlink()
    monkeypatch.setenv("RAY_ADDRESS", nodes.cluster.address)
    assert bring_up_to_date(chosen)
    poison.armed.touch()
    assert rejects(chosen) == []
    assert made(chosen) == expected


def test_the_command_on_a_ray_of_its_own_makes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    run = otr("build", "--seeds", root / "seeds", "--warehouse", tmp_path, "--engine", "ray")
    assert run.exit == 0, run.err
    assert "raylet" not in run.out
    for table in TABLES:
        name = f"tables/{table.name}.parquet"
        assert (tmp_path / name).read_bytes() == (built.folder / name).read_bytes()


def test_one_process_may_start_a_ray_of_its_own_again() -> None:
    """Ray keeps the first token that it reads in a process."""
    code = (
        "from pipelines.documents.record import Record\n"
        "from pipelines.engines import open_workers, process_all\n"
        "from pipelines.parsing import DEFAULT_MODEL\n"
        "record = Record('1.txt', 'main', 'text/plain', 4, None, text='Yes.')\n"
        "for _ in range(2):\n"
        "    with open_workers('ray', 1, DEFAULT_MODEL) as workers:\n"
        "        (batch,) = process_all([record], DEFAULT_MODEL, workers)\n"
        "    assert batch.n_records == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_ray_the_command_says_what_to_do(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    command = ["build", "--engine", "ray", "--seeds", str(articles), "--warehouse", str(tmp_path)]
    done = click.testing.CliRunner().invoke(main, command)
    assert done.exit_code == 2
    assert "make setup" in done.output
    assert list(tmp_path.iterdir()) == []
