"""CHANGELOG.md: what a person says of a release, then what the differences say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.release import changes
from warehouse.release.contracts import SchemaChange
from warehouse.release.facts import Facts

FILE = "CHANGELOG.md"
#: Where a person writes what to say of the next release.
LEAD = Path(__file__).with_name("lead.md")
_HEAD = "# Changes\n\n"


@dataclass(frozen=True, slots=True)
class Differences:
    """A release against the one before, which may be none.

    `moved` are the lines about what moved beyond the limits, and why a person took that.
    """

    previous: str | None
    rows: Mapping[str, int]
    changes: Mapping[str, pa.Table]
    schema: tuple[SchemaChange, ...]
    moved: tuple[str, ...] = ()


def render(facts: Facts, differences: Differences, lead: str, before: str | None) -> str:
    """The changelog with this release first, then those of the changelog before it.

    A lead that the changelog holds already was written for an earlier release, and is left out.
    """
    earlier = (before or "").removeprefix(_HEAD)
    said = lead.strip()
    if said and said in earlier:
        said = ""
    parts = [f"## {facts.version} · {facts.released_on.isoformat()}", said, summary(differences)]
    section = "\n\n".join(part for part in parts if part)
    return f"{_HEAD}{section}\n" + (f"\n{earlier}" if earlier else "")


def summary(differences: Differences) -> str:
    """The differences as Markdown."""
    since = f"Since {differences.previous}" if differences.previous else "The first release"
    lines = [
        f"{since}:",
        "",
        "| table | rows | added | removed | changed | why |",
        "|---|---:|---:|---:|---:|---|",
        *(_line(name, n, differences.changes[name]) for name, n in differences.rows.items()),
    ]
    if differences.schema:
        lines += ["", "The schema:", "", *schema_lines(differences.schema)]
    if differences.moved:
        lines += ["", *differences.moved]
    return "\n".join(lines)


def schema_lines(schema: Iterable[SchemaChange]) -> list[str]:
    """Each change of the schema as an item of a list."""
    return [
        f"- `{c.table}{'.' + c.column if c.column else ''}`: {c.what}"
        + ("" if c.old is None and c.new is None else f", `{c.old}` → `{c.new}`")
        + f" ({c.bump.name.lower()})"
        for c in schema
    ]


def _line(name: str, n_rows: int, of: pa.Table) -> str:
    counts = changes.counts(of)
    why = ", ".join(f"{r.replace('_', ' ')} {n:,}" for r, n in changes.reasons(of).items())
    numbers = " | ".join(f"{n:,}" for n in (n_rows, *counts.values()))
    return f"| `{name}` | {numbers} | {why} |"
