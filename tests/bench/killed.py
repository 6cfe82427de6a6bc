"""What the death of a worker costs: the CPU time again of the documents that it was at.

`python -m tests.bench.killed`. Lists of documents are done by a worker that nothing happens to; by
one that is killed from without in the middle of its list; by one that is killed when it has done
all of it; and by one that is then killed by a poisonous document, as is each that tries it. The
cost is the CPU time of all processes, the start of new ones included, over that where nothing
happens, less 1: about .5 in the middle, 1 at the end, and what a new process copies of the memory
that it shares at first. All processes are forked from one that has done these very lists, so that
in none of the cases there are words to learn.
"""

import os
import signal
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Timer

from rich.console import Console
from rich.table import Table as Grid

from pipelines.documents.record import Record
from pipelines.engines import Batch, batches, process_batch, process_work, warm
from pipelines.versions import DEFAULT_MODEL
from pipelines.workers.pool import Pool
from tests.bench.engines import children, measured, written_records
from tests.bench.figures import Bench, Line

#: Articles, a few lists of them, and how often each list is done in each way.
ARTICLES, ROUNDS = 32, 7
#: Not texts: batches whose “documents” end their worker, the first one or each.
_ONCE, _ALWAYS = "once", "always"
_POISON = Record("poison", _ALWAYS, "text/plain", 0, None)
_ALIVE, MIDDLE, END = "lives", "killed in the middle", "killed at the end"
POISON = "by a poisonous one at the end"


def costs(rounds: int = ROUNDS) -> Bench:
    """Let workers die over some lists of generated articles, so many times in each way."""
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        lists = list(batches(written_records(Path(folder), ARTICLES)))
        with Pool(1, partial(_learned, lists)) as pool:
            done = [_round(pool, lists, Path(folder, str(number))) for number in range(rounds)]
    grid = Grid("a worker's death", "median", "least", "most")
    grid.title = f"CPU time again of a dead worker's documents, {rounds} rounds"
    for way in (MIDDLE, END, POISON):
        times = [each[way] for each in done]
        grid.add_row(way, *(f"{of(times):.2f} ×" for of in (statistics.median, min, max)))
    middle = statistics.median(each[MIDDLE] for each in done)
    return Bench(grid, (Line("documents of a killed worker: their CPU time again", middle, "≤ 1"),))


def _learned(lists: Sequence[list[Record]]) -> None:
    """What is done by the process from which all workers are forked."""
    warm(DEFAULT_MODEL)
    for records in lists:
        process_batch(records, DEFAULT_MODEL)


def _round(pool: Pool, lists: Sequence[list[Record]], notes: Path) -> dict[str, float]:
    """What each death costs, over all lists."""
    cpu = dict.fromkeys((_ALIVE, MIDDLE, END, POISON), 0.0)
    for number, records in enumerate(lists):
        _do(pool, records)  # a process that was just forked copies what it shared
        alive = measured(partial(_do, pool, records))
        cpu[_ALIVE] += alive.cpu
        cpu[MIDDLE] += measured(partial(_do_killed, pool, records, alive.wall / 2)).cpu
        once = replace(_POISON, source_id=f"{notes}-{number}", batch=_ONCE)
        cpu[END] += measured(partial(_do, pool, [*records, once])).cpu
        cpu[POISON] += measured(partial(_do, pool, [*records, _POISON])).cpu
    return {way: cpu[way] / cpu[_ALIVE] - 1 for way in (MIDDLE, END, POISON)}


def _do(pool: Pool, records: list[Record]) -> None:
    for _ in pool.map(replace(process_work(DEFAULT_MODEL), do=_deadly), [records]):
        pass


def _do_killed(pool: Pool, records: list[Record], seconds: float) -> None:
    """The same by a worker that is killed after so many seconds."""
    (template,) = filter(children, children(os.getpid()))
    (worker,) = children(template)
    Timer(seconds, os.kill, (worker, signal.SIGKILL)).start()
    _do(pool, records)


def _deadly(records: list[Record]) -> Batch:
    """The work itself, after which its process ends where a record says so."""
    batch = process_batch([r for r in records if r.batch not in {_ONCE, _ALWAYS}], DEFAULT_MODEL)
    for record in records:
        if record.batch == _ALWAYS:
            os.kill(os.getpid(), signal.SIGSEGV)
        elif record.batch == _ONCE and not Path(record.source_id).exists():
            Path(record.source_id).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return batch


if __name__ == "__main__":
    Console(highlight=False, width=100).print(costs(*map(int, sys.argv[1:])).grid)
