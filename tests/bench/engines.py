"""What workers bring: two against one, and Ray against the pool.

`python -m tests.bench.engines 200` measures 200 articles. Start-up is not counted: the workers have
answered before the clock starts. Each run does all that the extraction of a build does: the rows
are made by workers, and put into shards by this process. A machine that others use grows faster
and slower in minutes: each engine does one half of the articles, then, in the opposite order, the
other.
"""

import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from pipelines.documents.record import Record
from pipelines.engines import (
    EXTRACTED,
    Batch,
    joined,
    open_workers,
    process_all,
)
from pipelines.versions import DEFAULT_MODEL
from pipelines.workers.work import Workers
from tests.bench.corpus import write_corpus
from tests.bench.figures import Bench, Line
from warehouse.shards import DOCUMENTS_A_SHARD, KEY_BYTES, Shards

ARTICLES = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds: of the clock, of this process's CPU, of that of all processes below it."""

    wall: float
    own_cpu: float
    other_cpu: float

    def __add__(self, other: "Took") -> "Took":
        """The seconds of both."""
        return Took(
            self.wall + other.wall,
            self.own_cpu + other.own_cpu,
            self.other_cpu + other.other_cpu,
        )

    @property
    def cpu(self) -> float:
        """Seconds of all these processes."""
        return self.own_cpu + self.other_cpu


def speeds(articles: int = ARTICLES) -> Bench:
    """Measure all engines on so many generated articles, in one run."""
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        records = written_records(Path(folder), articles)
        middle = len(records) // 2
        runs = [("local", 1), ("local", 2), ("ray", 2)]
        before = [_extraction(*run, records[:middle], Path(folder)) for run in runs]
        after = [_extraction(*run, records[middle:], Path(folder)) for run in reversed(runs)]
        one, two, ray = map(Took.__add__, before, reversed(after))
    grid = Grid("", "wall s", "own CPU s", "others' CPU s", "ratio", "")
    grid.title = f"{articles:,} generated articles, start-up excluded"
    grid.add_row("1 worker", *_cells(one), "", "")
    grid.add_row("2 workers", *_cells(two), f"{one.wall / two.wall:.2f}", "× as fast as 1")
    grid.add_row("Ray, 2 workers", *_cells(ray), f"{ray.wall / two.wall:.2f}", "× the pool's time")
    lines = (
        Line("2 workers against 1: times as fast, by the clock", one.wall / two.wall, "≥ 1.8"),
        Line("Ray on 2 local workers / the pool, by the clock", ray.wall / two.wall, "≤ 1.15"),
    )
    return Bench(grid, lines)


def _cells(took: Took) -> tuple[str, str, str]:
    return f"{took.wall:.1f}", f"{took.own_cpu:.1f}", f"{took.other_cpu:.1f}"


def written_records(folder: Path, articles: int) -> list[Record]:
    """So many generated articles, as documents that were read."""
    write_corpus(folder, articles)
    with (folder / "documents.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [_record(number, text) for number, text in enumerate(texts)]


def _record(number: int, text: str) -> Record:
    return Record(f"{number}.txt", "main", "text/plain", len(text), None, text=text)


def _extraction(engine: str, number: int, records: Sequence[Record], folder: Path) -> Took:
    """Extract the records and put their rows into shards."""
    shards = Shards(Path(tempfile.mkdtemp(dir=folder)), EXTRACTED)
    with _warm(engine, number, records) as workers:
        return measured(partial(_extract, records, workers, shards))


def _extract(records: Sequence[Record], workers: Workers, shards: Shards) -> None:
    parts: list[Batch] = []
    for batch in process_all(records, DEFAULT_MODEL, workers):
        if sum(p.n_records for p in parts) + batch.n_records > DOCUMENTS_A_SHARD:
            _keep(shards, parts)
            parts = []
        parts.append(batch)
    _keep(shards, parts)


def _keep(shards: Shards, parts: list[Batch]) -> None:
    whole = joined(parts)
    keys = [os.urandom(KEY_BYTES) for _ in range(whole.n_records)]
    shards.append("bench", keys, whole.tables)


@contextmanager
def _warm(engine: str, number: int, records: Sequence[Record]) -> Iterator[Workers]:
    """Workers each of which has done some work."""
    with open_workers(engine, number, DEFAULT_MODEL) as workers:
        some = itertools.islice(itertools.cycle(records), 24 * number)
        for _ in process_all(some, DEFAULT_MODEL, workers):
            pass
        yield workers


def measured(work: Callable[[], object]) -> Took:
    """Do some work; what it took."""
    wall, own, others = time.monotonic(), time.process_time(), _cpu_below(os.getpid())
    work()
    return Took(
        time.monotonic() - wall,
        time.process_time() - own,
        _cpu_below(os.getpid()) - others,
    )


def _cpu_below(parent: int) -> float:
    """CPU seconds of all processes below one, of those included that ended and were waited for."""
    total = 0.0
    for child in children(parent):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / _TICKS + _cpu_below(child)
    return total


def children(parent: int) -> list[int]:
    """The processes that one has started and that are still there."""
    tasks = Path(f"/proc/{parent}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


if __name__ == "__main__":
    Console(highlight=False, width=100).print(speeds(*map(int, sys.argv[1:])).grid)
