"""What a person sees of releases: one that was cut, verified, or compared with another."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table as Grid

from warehouse.release import changelog, changes
from warehouse.release.changelog import Differences
from warehouse.release.cut import Cut
from warehouse.release.diff import Diff, Shift
from warehouse.release.verify import Result

#: Names shown of a list that may be long.
_SHOWN = 10
#: Faults shown of a kind.
_FAULTS = 20


def print_cut(cut: Cut) -> None:
    """Say which release was cut, what is new in it, where it lies and how to cite it."""
    console = _console()
    if cut.differences is None:
        console.print(f"Nothing changed since release {cut.version}; no new one was made.")
    else:
        what = "Would be release" if cut.folder is None else "Release"
        console.print(_rows(cut.differences, f"{what} {cut.version}"))
        for line in changelog.schema_lines(cut.differences.schema):
            console.print(line, markup=False)
    for move in cut.moved.beyond if cut.moved else ():
        console.print(f"Beyond the limits: {move}", markup=False, soft_wrap=True)
    if not cut.is_measured:
        console.print("It holds no table of accuracy of its own code; `make accuracy` measures it.")
    if cut.folder is not None:
        console.print(f"Release      {cut.folder}", soft_wrap=True)
        console.print(f"Cite         {cut.citation}", markup=False, soft_wrap=True)


def print_verified(results: Iterable[Result], notes: Iterable[str] = ()) -> int:
    """Print a line for each kind of failure; returns the exit code: 0, or that of the first.

    `notes` are what else a reader has to know, and no failure.
    """
    console = _console()
    code = 0
    for result in results:
        name = result.kind.name
        if not result.faults:
            console.print(f"ok      {name}")
            continue
        code = code or result.kind.exit
        for fault in result.faults[:_FAULTS]:
            console.print(f"FAILED  {name}: {fault}", markup=False, soft_wrap=True)
        if len(result.faults) > _FAULTS:
            console.print(f"FAILED  {name}: and {len(result.faults) - _FAULTS} more")
    for note in notes:
        console.print(f"note    {note}", markup=False, soft_wrap=True)
    return code


def print_diff(diff: Diff) -> None:
    """Print the differences of two releases as tables."""
    console = _console()
    console.print(_rows(diff.differences, f"{diff.old} → {diff.new}"))
    console.print("Columns      " + ("the same" if not diff.differences.schema else ""))
    for line in changelog.schema_lines(diff.differences.schema):
        console.print(line, markup=False)
    for what, shifts in (("gained", diff.gained), ("lost", diff.lost)):
        names = ", ".join(shift.name for shift in shifts[:_SHOWN])
        more = f" and {len(shifts) - _SHOWN:,} more" if len(shifts) > _SHOWN else ""
        console.print(f"Entities {what}: {len(shifts):,}. {names}{more}", markup=False)
    for title, shifts in (("mentions of", diff.entities), ("quotes of", diff.speakers)):
        if shifts:
            console.print(_shifts(f"Biggest changes: {title}", shifts[:_SHOWN]))


def _rows(differences: Differences, title: str) -> Grid:
    grid = Grid("table", "rows", "added", "removed", "changed", "why", title=title)
    for column in grid.columns[1:5]:
        column.justify = "right"
    for name, n_rows in differences.rows.items():
        of = differences.changes[name]
        numbers = (f"{n:,}" for n in (n_rows, *changes.counts(of).values()))
        why = ", ".join(f"{r.replace('_', ' ')} {n:,}" for r, n in changes.reasons(of).items())
        grid.add_row(name, *numbers, why)
    return grid


def _shifts(title: str, shifts: Iterable[Shift]) -> Grid:
    grid = Grid("name", "before", "after", title=title)
    for shift in shifts:
        grid.add_row(shift.name, f"{shift.before:,}", f"{shift.after:,}")
    return grid


def _console() -> Console:
    return Console(highlight=False)
