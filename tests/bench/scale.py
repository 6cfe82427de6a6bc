"""How the time and memory of a build grow with the corpus, its rows being stored already."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from assets.run import dagster_instance
from assets.settings import Settings, settings
from tests.bench.clones import clone_corpus
from tests.bench.corpus import write_corpus
from tests.bench.measure import Cost, run
from tests.bench.plot import log_log
from warehouse.tables import TABLES

OTR = str(Path(sys.executable).with_name("otr"))
#: Names of a build's steps in the table and the plot.
STEPS = {
    "extracted": "read",
    "resolve": "tables",
    "check_tables": "checks",
    "on_the_record": "publish",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What builds of so many documents took, in seconds and MiB; CPU of all processes."""

    documents: int
    rows: int
    steps: dict[str, float]
    stored_cpu: float
    stored_peak_mib: float
    unchanged_wall: float
    unchanged_cpu: float
    unchanged_peak_mib: float
    publish_ratio: float


def original(folder: Path, articles: int) -> Settings:
    """Build the articles that clones are made of: here the NLP runs."""
    chosen = settings(str(folder / "seeds"), str(folder / "warehouse"), environment={})
    write_corpus(chosen.seeds_folder, articles)
    run(_build(chosen))
    return chosen


def measure(model: Settings, sizes: Sequence[int], folder: Path) -> Iterator[Measured]:
    """Build clones of `model`, as many as each of the sizes says."""
    for size in sizes:
        seeds, warehouse = folder / f"seeds-{size}", folder / f"warehouse-{size}"
        clone_corpus(model, seeds, warehouse, size)
        chosen = settings(str(seeds), str(warehouse), environment={})
        stored, steps = run(_build(chosen)), dict(_steps(warehouse))
        run(_build(chosen))  # files that were young are known from now on
        again = run(_build(chosen))
        yield _measured(size, chosen, stored, again, steps)


def write(folder: Path, articles: int, sizes: Sequence[int], report: Path) -> str:
    """Measure all sizes, write the figures as JSON, Markdown and a plot, and return the table."""
    measured = list(measure(original(folder / "original", articles), sizes, folder))
    report.mkdir(parents=True, exist_ok=True)
    figures = json.dumps([asdict(m) for m in measured], indent=2)
    (report / "scale.json").write_text(figures + "\n", encoding="utf-8")
    table = markdown(measured)
    (report / "scale.md").write_text(table, encoding="utf-8")
    lines = {step: [(m.documents, m.steps[step]) for m in measured] for step in STEPS.values()}
    lines["unchanged"] = [(m.documents, m.unchanged_wall) for m in measured]
    drawn = log_log(lines, "documents", "seconds")
    (report / "scale.svg").write_text(drawn, encoding="utf-8")
    return table


def markdown(measured: Sequence[Measured]) -> str:
    """The figures as a table: a line a size."""
    head = ("documents", "rows", *(f"{step} s" for step in STEPS.values()))
    head += ("CPU s", "peak MiB", "unchanged s", "CPU s", "peak MiB", "publish / bare")
    rows = [head, ("---:",) * len(head)]
    for m in measured:
        steps = (f"{m.steps[step]:.1f}" for step in STEPS.values())
        unchanged = (m.unchanged_wall, m.unchanged_cpu, m.unchanged_peak_mib)
        stored = (m.stored_cpu, m.stored_peak_mib)
        figures = (f"{value:,.0f}" for value in (*stored, *unchanged))
        rows.append((f"{m.documents:,}", f"{m.rows:,}", *steps, *figures, f"{m.publish_ratio:.2f}"))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _measured(
    size: int, chosen: Settings, stored: Cost, again: Cost, steps: dict[str, float]
) -> Measured:
    with duckdb.connect(str(chosen.warehouse_folder / "on_the_record.duckdb")) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table.name}").fetchall() for table in TABLES
        ]
    return Measured(
        documents=size,
        rows=sum(int(count[0][0]) for count in counts),
        steps=steps,
        stored_cpu=round(stored.cpu, 2),
        stored_peak_mib=round(stored.peak_mib),
        unchanged_wall=round(again.wall, 2),
        unchanged_cpu=round(again.cpu, 2),
        unchanged_peak_mib=round(again.peak_mib),
        publish_ratio=round(publish_ratio(chosen.tables), 2),
    )


def publish_ratio(tables: Path) -> float:
    """The speed of publishing against a bare `CREATE TABLE AS`, both without keys, in CPU time."""
    ours = _cpu("tests.bench.publish", "ours", tables)
    return _cpu("tests.bench.publish", "bare", tables) / ours


def _cpu(module: str, *arguments: str | Path) -> float:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _build(chosen: Settings) -> list[str]:
    return [OTR, "build", "--seeds", chosen.seeds, "--warehouse", chosen.warehouse]


def _steps(warehouse: Path) -> Iterator[tuple[str, float]]:
    """The wall seconds of each step of the last run."""
    with dagster_instance(warehouse) as instance:
        (record,) = instance.get_run_records(limit=1)
        for step in instance.get_run_step_stats(record.dagster_run.run_id):
            if step.end_time and step.start_time:
                seconds = max(0.001, step.end_time - step.start_time)
                yield STEPS.get(step.step_key, step.step_key), round(seconds, 3)
