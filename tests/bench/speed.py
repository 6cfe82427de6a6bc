"""How fast a whole build is on one worker, beside bare spaCy and textacy on the same texts.

`python -m tests.bench.speed [ARTICLES]`. Rates are words a CPU second of the whole process and its
children; start-up, which is what one article costs, is excluded. A machine that others use grows
faster and slower in minutes: of the texts the others read one half before the build, and one, in
the opposite order, behind it.
"""

import sys
import tempfile
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table as Grid

from tests.bench.corpus import write_corpus
from tests.bench.figures import Bench, Line
from tests.bench.measure import Cost, run
from tests.bench.peers import python_of
from warehouse import parquet
from warehouse.tables import TABLES

ARTICLES = 2_000
OTR = str(Path(sys.executable).with_name("otr"))
_MILLION = "a million such articles"
_ASKED = {"bare spaCy": "≥ 1", "textacy, direct quotations": "≥ 2"}
_TEXTACY = Path(__file__).parent / "peers" / "textacy_quotations.py"


def speeds(folder: Path, articles: int = ARTICLES) -> Bench:
    """Build a generated corpus below `folder`; the others only read its texts.

    Seeds and warehouse are left in `folder / "many"` and `folder / "warehouse"`.
    """
    words, costs = _costs(folder, articles)
    grid = Grid("", "CPU s", "start-up s", "words / CPU s", "otr is", "peak MiB")
    grid.title = f"{articles:,} generated articles of {words:,} words, one worker"
    rates = {name: words / (whole.cpu - start.cpu) for name, (whole, start) in costs.items()}
    own = rates["otr build"]
    for name, (whole, start) in costs.items():
        cells = f"{whole.cpu:.1f}", f"{start.cpu:.1f}", f"{rates[name]:,.0f}"
        grid.add_row(name, *cells, f"{own / rates[name]:.2f} ×", f"{whole.peak_mib:,.0f}")
    cpu = words / own / articles
    grid.caption = f"A million such articles: {cpu * 1e6 / 3600:,.0f} CPU-hours."
    if "textacy, direct quotations" not in costs:
        grid.caption += " textacy left out: `make peers` could not install it."
    lines = [Line("words a CPU second of the whole build, one worker", own, "–")]
    lines += [
        Line(f"words a CPU second of the whole build / {name}", own / rates[name], limit)
        for name, limit in _ASKED.items()
        if name in rates
    ]
    return Bench(grid, (*lines, Line(f"{_MILLION}: CPU-hours", cpu * 1e6 / 3600, "–")))


def _costs(folder: Path, articles: int) -> tuple[int, dict[str, tuple[Cost, Cost]]]:
    """The words of a corpus, and what all of it costs each, and one article alone."""
    many, one = folder / "many", folder / "one"
    words = sum(len(text.split()) for text in write_corpus(many, articles))
    write_corpus(one, 1)
    peers = {"bare spaCy": [sys.executable, "-m", "tests.bench.bare_spacy"]}
    if python := python_of("textacy"):
        peers["textacy, direct quotations"] = [python, "-W", "ignore", str(_TEXTACY)]
    first, second = _halves(many / "documents.jsonl", folder)
    before = {name: run([*command, first]) for name, command in peers.items()}
    costs = {"otr build": (_build(many, folder / "warehouse"), _build(one, folder / "start"))}
    after = {name: run([*command, second]) for name, command in reversed(peers.items())}
    for name, command in peers.items():
        start = run([*command, str(one / "documents.jsonl")])
        costs[name] = _both(before[name], after[name]), _both(start, start)
    return words, costs


def sizes(warehouse: Path) -> Bench:
    """Bytes an article of each table's Parquet and of the DuckDB file in a warehouse."""
    database = warehouse / "on_the_record.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone() or (0,)
    files = {
        t.name: sum(p.stat().st_size for p in parquet.files(warehouse / "tables", t.name))
        for t in TABLES
    }
    grid = Grid("", "MB", "bytes an article", "GB a million articles")
    grid.title = f"Size of what was built from {articles:,} articles"
    lines = []
    for name, size in {**files, database.name: database.stat().st_size}.items():
        each = size / articles
        grid.add_row(name, f"{size / 1e6:.1f}", f"{each:,.0f}", f"{each / 1e3:,.1f}")
        lines.append(Line(f"{_MILLION}: GB of {name}", each / 1e3, "–"))
    return Bench(grid, tuple(lines))


def _build(seeds: Path, warehouse: Path) -> Cost:
    command = [OTR, "build", "--seeds", str(seeds), "--warehouse", str(warehouse)]
    return run([*command, "--workers", "1"])


def _halves(documents: Path, folder: Path) -> list[str]:
    """Two files with the first and the second half of the lines of one."""
    lines = documents.read_text("utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    files = folder / "first.jsonl", folder / "second.jsonl"
    for file, own in zip(files, (lines[:middle], lines[middle:]), strict=True):
        file.write_text("".join(own), "utf-8")
    return list(map(str, files))


def _both(one: Cost, other: Cost) -> Cost:
    """The cost of two runs, one after the other."""
    return Cost(
        one.cpu + other.cpu,
        one.wall + other.wall,
        max(one.peak_mib, other.peak_mib),
        max(one.own_peak_mib, other.own_peak_mib),
    )


def main(articles: int) -> None:
    """Print both tables."""
    console = Console(highlight=False, width=100)
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        console.print(speeds(Path(folder), articles).grid)
        console.print(sizes(Path(folder, "warehouse")).grid)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
