"""`make bench`: speed per CPU second, memory, and where the time goes, in one run.

`python -m tests.bench --articles 100 --sizes 500,5000` measures smaller corpora.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from assets.run import dagster_instance
from assets.settings import settings
from tests.bench import checks, dates, engines, killed, scale, speed
from tests.bench.figures import Bench
from tests.bench.measure import run

#: Articles that the NLP runs on, and how many clones of them are built with stored rows.
NLP_ARTICLES, SIZES = 2_000, (1_000, 10_000, 100_000)
REPORT = Path(__file__).parents[2] / "warehouse" / "data" / "bench"
MENTIONS = (10_000, 100_000, 1_000_000)


def main(articles: int, sizes: list[int], report: Path) -> None:
    """Build generated corpora, run the others over the same texts; then how it grows.

    Args:
        articles: on how many the NLP runs, before clones are made of them.
        sizes: how many clones are built.
        report: the folder for what is measured.
    """
    console = Console(highlight=False, width=100)
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        seeds, warehouse = Path(folder, "many"), Path(folder, "warehouse")
        benches = [_shown(console, speed.speeds(Path(folder), articles))]
        benches.append(_shown(console, speed.sizes(warehouse)))
        console.print(_assets(warehouse))
        benches.append(_shown(console, engines.speeds(articles)))
        benches += [_shown(console, killed.costs()), _shown(console, dates.speeds())]
        benches.append(_shown(console, checks.speeds(Path(folder, "checks"))))
        console.print(_entities())
        built = settings(str(seeds), str(warehouse), environment={})
        measured = list(scale.measure(built, sizes, Path(folder)))
        lines = [line for bench in benches for line in bench.lines]
        console.print(scale.write(measured, [*scale.figures(measured), *lines], report))


def _shown(console: Console, bench: Bench) -> Bench:
    console.print(bench.grid)
    return bench


def _entities() -> Grid:
    """The cost of putting together what articles name, by the number of mentions."""
    grid = Grid("mentions", "CPU s", "CPU s a million", "peak MiB", title="Entities of a corpus")
    for mentions in MENTIONS:
        command = [sys.executable, "-m", "tests.bench.entity_curve", str(mentions)]
        whole, made = run(command), run([*command, "--generate-only"])
        cpu = whole.cpu - made.cpu
        rate = f"{cpu / mentions * 1e6:.1f}"
        grid.add_row(f"{mentions:,}", f"{cpu:.1f}", rate, f"{whole.peak_mib:,.0f}")
    return grid


def _assets(warehouse: Path) -> Grid:
    grid = Grid("step", "seconds", title="Wall seconds of each step")
    grid.columns[1].justify = "right"
    with dagster_instance(warehouse) as instance:
        (record,) = instance.get_run_records(limit=1)
        for step in instance.get_run_step_stats(record.dagster_run.run_id):
            if step.end_time and step.start_time:
                grid.add_row(step.step_key, f"{step.end_time - step.start_time:.2f}")
    return grid


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--articles", type=int, default=NLP_ARTICLES)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--report", type=Path, default=REPORT)
    said = parser.parse_args()
    main(said.articles, [int(size) for size in said.sizes.split(",")], said.report)
