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
from tests.bench import dates, scale
from tests.bench.corpus import write_corpus
from tests.bench.measure import Cost, run

ARTICLES = 200
#: Articles that the NLP runs on, and how many clones of them are built with stored rows.
NLP_ARTICLES, SIZES = 2_000, (1_000, 10_000, 100_000)
REPORT = Path(__file__).parents[2] / "warehouse" / "data" / "bench"
MENTIONS = (10_000, 100_000, 1_000_000)
OTR = str(Path(sys.executable).with_name("otr"))


def main(articles: int, sizes: list[int], report: Path) -> None:
    """Build a generated corpus, run bare spaCy over the same texts, print both; then how it grows.

    Args:
        articles: on how many the NLP runs, before clones are made of them.
        sizes: how many clones are built.
        report: the folder for what is measured of them.
    """
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        many, one = Path(folder, "many"), Path(folder, "one")
        words = sum(len(text.split()) for text in write_corpus(many, ARTICLES))
        write_corpus(one, 1)
        warehouse = Path(folder, "warehouse")
        costs = {
            "otr build": (_build(many, warehouse), _build(one, Path(folder, "start"))),
            "bare spaCy": (_spacy(many), _spacy(one)),
        }
        console = Console(highlight=False, width=100)
        console.print(_speeds(costs, words))
        console.print(_assets(warehouse))
        console.print(_entities())
        console.print(scale.write(Path(folder), articles, sizes, report))
    console.print(dates.speeds())


def _build(seeds: Path, warehouse: Path) -> Cost:
    return run([OTR, "build", "--seeds", str(seeds), "--warehouse", str(warehouse)])


def _spacy(seeds: Path) -> Cost:
    module = ["-m", "tests.bench.bare_spacy"]
    return run([sys.executable, *module, str(seeds / "documents.jsonl")])


def _speeds(costs: dict[str, tuple[Cost, Cost]], words: int) -> Grid:
    grid = Grid("", "words", "CPU s", "start-up s", "words / CPU s", "ratio", "peak MiB")
    grid.title = f"{ARTICLES} generated articles; start-up (one article) excluded from the rates"
    rates = {name: words / (whole.cpu - start.cpu) for name, (whole, start) in costs.items()}
    for name, (whole, start) in costs.items():
        cells = (f"{words:,}", f"{whole.cpu:.1f}", f"{start.cpu:.1f}", f"{rates[name]:,.0f}")
        ratio = rates[name] / rates["bare spaCy"]
        grid.add_row(name, *cells, f"{ratio:.2f}", f"{whole.peak_mib:,.0f}")
    return grid


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
