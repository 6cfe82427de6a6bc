"""What a person sees when a run has ended: what was made, what was refused, where the files are."""

from collections import Counter

from rich.console import Console
from rich.table import Table as Grid

from assets.exits import Exit
from assets.outcome import Outcome
from assets.settings import Settings
from warehouse import duckdb, parquet, remote
from warehouse.tables import DOCUMENTS, TABLES

_FAILURES_SHOWN = 20


def print_outcome(outcome: Outcome, settings: Settings) -> None:
    """Print the tables that end a build."""
    console = Console(highlight=False)
    if outcome.exit == Exit.PUBLISHED:
        if outcome.is_unchanged:
            console.print("Nothing changed since the last build.")
        console.print(_made(settings))
        console.print(_refused(settings))
    _print_checks(console, outcome)
    if outcome.problem:
        Console(stderr=True, highlight=False).print(f"otr: {outcome.problem}", markup=False)
    if outcome.exit == Exit.PUBLISHED:
        console.print(f"DuckDB file  {settings.warehouse_folder / duckdb.FILE_NAME}")
        console.print(f"Parquet      {settings.tables}")
        if settings.bucket is not None:
            console.print(f"Published    {settings.bucket / remote.POINTER}")
    else:
        console.print("Nothing was replaced: what was published before still stands.")


def _made(settings: Settings) -> Grid:
    grid = Grid("table", "rows", title="Made")
    grid.columns[1].justify = "right"
    for table in TABLES:
        rows = parquet.count_rows(*parquet.files(settings.tables, table.name))
        grid.add_row(table.name, f"{rows:,}")
    return grid


def _refused(settings: Settings) -> Grid:
    documents = parquet.read(settings.tables / f"{DOCUMENTS.name}.parquet")
    statuses, reasons = documents["status"].to_pylist(), documents["reason"].to_pylist()
    counts = Counter(zip(statuses, reasons, strict=True))
    grid = Grid("documents", "reason", "how many", title="Read and refused")
    grid.columns[2].justify = "right"
    for (status, reason), count in sorted(counts.items(), key=str):
        grid.add_row(status, reason or "", f"{count:,}")
    return grid


def _print_checks(console: Console, outcome: Outcome) -> None:
    passed = sum(c.success for c in outcome.checks)
    console.print(
        f"Checks       {passed} passed, {len(outcome.failed)} failed, {len(outcome.warned)} warned"
    )
    for check in [*outcome.failed, *outcome.warned][:_FAILURES_SHOWN]:
        ids = list(check.failing_ids)
        console.print(f"  {check.rule.name}: {check.n_failed} rows, such as {ids}", markup=False)
