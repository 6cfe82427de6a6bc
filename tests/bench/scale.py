"""How the time and memory of a build grow with the corpus, its rows being stored already."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from assets.run import dagster_instance
from assets.settings import Settings, settings
from tests.bench.clones import clone_corpus, originals_of
from tests.bench.corpus import write_corpus
from tests.bench.measure import Cost, run
from tests.bench.plot import log_log
from warehouse.storage import _YOUNG_NS
from warehouse.tables import TABLES

OTR = str(Path(sys.executable).with_name("otr"))
#: Names of a build's steps in the table and the plot.
STEPS = {
    "extracted": "read",
    "resolve": "tables",
    "check_tables": "checks",
    "on_the_record": "publish",
}
#: One document in so many is new in the build after.
_NEW_OF = 100
_OTHER_SEED = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What builds of so many documents took, in seconds and MiB; CPU of all processes.

    `stored`: all rows in the store, no table made; `unchanged`: nothing to do; `new`: one document
    in a hundred more, of which `extracting` is the part that none can be spared. Peaks are the
    first process's own. `near_duplicates` is a share of the articles.
    """

    documents: int
    rows: int
    near_duplicates: float
    steps: dict[str, float]
    stored_cpu: float
    stored_peak_mib: float
    unchanged_wall: float
    unchanged_cpu: float
    unchanged_peak_mib: float
    new_documents: int
    extracting_cpu: float
    new_cpu: float
    new_steps: dict[str, float]
    publish_ratio: float

    @property
    def new_ratio(self) -> float:
        """A build with new documents against their extraction and an unchanged build."""
        return self.new_cpu / (self.extracting_cpu + self.unchanged_cpu)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the whole, and what it is to be at most, or at least."""

    what: str
    figure: float
    limit: str


def original(folder: Path, articles: int) -> Settings:
    """Build the articles that clones are made of: here the NLP runs."""
    chosen = settings(str(folder / "seeds"), str(folder / "warehouse"), environment={})
    write_corpus(chosen.seeds_folder, articles)
    run(_build(chosen))
    return chosen


def measure(model: Settings, sizes: Sequence[int], folder: Path) -> Iterator[Measured]:
    """Build clones of `model`, as many as each of the sizes says."""
    originals = originals_of(model)
    for size in sizes:
        seeds, warehouse = folder / f"seeds-{size}", folder / f"warehouse-{size}"
        clone_corpus(originals, seeds, warehouse, size)
        time.sleep(_YOUNG_NS / 1e9 + 1)  # younger files may be written to again unseen
        chosen = settings(str(seeds), str(warehouse), environment={})
        yield _measured(size, chosen, folder / f"new-{size}")


def write(folder: Path, articles: int, sizes: Sequence[int], report: Path) -> str:
    """Measure all sizes, write the figures as JSON, Markdown and a plot, and return the tables."""
    measured = list(measure(original(folder / "original", articles), sizes, folder))
    lines = figures(measured)
    report.mkdir(parents=True, exist_ok=True)
    said = {
        "articles": articles,
        "figures": [asdict(line) for line in lines],
        "sizes": [asdict(m) for m in measured],
    }
    (report / "scale.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    text = markdown(lines, measured)
    (report / "scale.md").write_text(text, encoding="utf-8")
    (report / "scale.svg").write_text(plot(measured), encoding="utf-8")
    return text


def figures(measured: Sequence[Measured]) -> list[Line]:
    """What is asked of the largest corpus, and of how it grew from the smallest."""
    least, most = measured[0], measured[-1]
    n = f"{most.documents:,} documents"
    growth = most.stored_peak_mib / max(1, least.stored_peak_mib)
    help_cpu = run([OTR, "--help"]).cpu
    return [
        Line(f"nothing changed, {n}: seconds", most.unchanged_wall, "≤ 10"),
        Line(f"nothing changed, {n}: CPU seconds", most.unchanged_cpu, "≤ 5"),
        Line(f"1 % new of {n} / (extracting those + unchanged)", most.new_ratio, "≤ 1.3"),
        Line(f"parent's peak memory, {n} / {least.documents:,}", growth, "≤ 1.25"),
        Line(f"publishing {n}: speed / bare CREATE TABLE AS", most.publish_ratio, "≥ 0.6"),
        Line("near-duplicates among the articles", most.near_duplicates, "≤ 0.05"),
        Line("otr --help: CPU seconds", help_cpu, "≤ 0.4"),
    ]


def plot(measured: Sequence[Measured]) -> str:
    """The seconds of each stage by the number of documents, both logarithmic."""
    stages = {step: [(m.documents, m.steps[step]) for m in measured] for step in STEPS.values()}
    stages["nothing changed"] = [(m.documents, m.unchanged_wall) for m in measured]
    stages["1 % new, CPU"] = [(m.documents, m.new_cpu) for m in measured]
    return log_log(stages, "documents", "seconds")


def markdown(lines: Sequence[Line], measured: Sequence[Measured]) -> str:
    """The figures as a table; then a line a size."""
    asked = [("what", "measured", "asked"), ("---", "---:", "---:")]
    asked += [(line.what, f"{line.figure:.2f}", line.limit) for line in lines]
    head = ("documents", "rows", *(f"{step} s" for step in STEPS.values()), "CPU s", "peak MiB")
    head += ("unchanged s", "CPU s", "peak MiB", "new", "extracting CPU s", "build CPU s", "ratio")
    rows = [head, ("---:",) * len(head)]
    for m in measured:
        steps = (f"{m.steps[step]:.1f}" for step in STEPS.values())
        stored = (f"{m.stored_cpu:,.0f}", f"{m.stored_peak_mib:,.0f}")
        unchanged = (f"{m.unchanged_wall:.1f}", f"{m.unchanged_cpu:.1f}")
        new = (f"{m.new_documents:,}", f"{m.extracting_cpu:.0f}", f"{m.new_cpu:.0f}")
        last = (f"{m.unchanged_peak_mib:,.0f}", *new, f"{m.new_ratio:.2f}")
        rows.append((f"{m.documents:,}", f"{m.rows:,}", *steps, *stored, *unchanged, *last))
    return f"{_table(asked)}\n{_table(rows)}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _measured(size: int, chosen: Settings, new: Path) -> Measured:
    stored, steps = run(_build(chosen)), dict(_steps(chosen.warehouse_folder))
    again = run(_build(chosen))
    rows, near_duplicates = _counts(chosen.warehouse_folder / "on_the_record.duckdb")
    n_new = max(1, size // _NEW_OF)
    ratio = publish_ratio(chosen.tables)
    write_corpus(new / "seeds", n_new, _OTHER_SEED)
    extracting = _extract(new / "seeds", new / "warehouse")
    write_corpus(chosen.seeds_folder / "new", n_new, _OTHER_SEED)
    more = run(_build(chosen))
    return Measured(
        documents=size,
        rows=rows,
        near_duplicates=near_duplicates,
        steps=steps,
        stored_cpu=round(stored.cpu, 2),
        stored_peak_mib=round(stored.own_peak_mib),
        unchanged_wall=round(again.wall, 2),
        unchanged_cpu=round(again.cpu, 2),
        unchanged_peak_mib=round(again.own_peak_mib),
        new_documents=n_new,
        extracting_cpu=round(extracting.cpu, 2),
        new_cpu=round(more.cpu, 2),
        new_steps=dict(_steps(chosen.warehouse_folder)),
        publish_ratio=round(ratio, 2),
    )


def _counts(database: Path) -> tuple[int, float]:
    """The rows of all tables, and the share of near-duplicates among the articles."""
    with duckdb.connect(str(database), read_only=True) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {t.name}").fetchall() for t in TABLES]
        share = "SELECT avg((near_duplicate_of IS NOT NULL)::INTEGER) FROM articles"
        (near_duplicates,) = connection.execute(share).fetchall()[0]
    return sum(int(count[0][0]) for count in counts), round(near_duplicates, 4)


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


def _extract(seeds: Path, warehouse: Path) -> Cost:
    return run([sys.executable, "-m", "tests.bench.extracting", str(seeds), str(warehouse)])


def _steps(warehouse: Path) -> Iterator[tuple[str, float]]:
    """The wall seconds of each step of the last run."""
    with dagster_instance(warehouse) as instance:
        (record,) = instance.get_run_records(limit=1)
        for step in instance.get_run_step_stats(record.dagster_run.run_id):
            if step.end_time and step.start_time:
                seconds = max(0.001, step.end_time - step.start_time)
                yield STEPS.get(step.step_key, step.step_key), round(seconds, 3)
