"""What a person sees of withdrawals: lines that were written, releases that were purged."""

from collections import Counter
from collections.abc import Iterable

import click
from rich.console import Console

from warehouse.release.purge import Purged
from warehouse.release.withdrawing import Kind, Written


def asked(source: str | None, entity: str | None, quote: str | None) -> tuple[Kind, str]:
    """The one thing of three that a person named.

    Raises:
        click.UsageError: it is none, or more than one.
    """
    kinds: tuple[tuple[Kind, str | None], ...] = (
        ("source", source),
        ("entity", entity),
        ("quote", quote),
    )
    named = [(kind, key) for kind, key in kinds if key]
    if len(named) != 1:
        raise click.UsageError("Name one: SOURCE, --entity ID or --quote ID.")
    return named[0]


def print_written(written: Written) -> None:
    """Say what was withdrawn, and what is like it and stays."""
    lines = written.lines
    for kind, of in (
        ("source", lines.sources),
        ("entity", lines.entities),
        ("quote", lines.quotes),
    ):
        for key, line in of.items():
            click.echo(f"withdrawn  {kind} {key} ({line.reason})")
    for article in written.alike:
        click.echo(
            f"stays      article {article}, a near-duplicate; withdraw it, too, if it must go"
        )
    click.echo(
        "The next `otr build` and release are without it; `otr purge VERSION` cleans others."
    )


def print_purged(done: Iterable[Purged]) -> None:
    """Say what was removed from each folder of a release."""
    console = Console(highlight=False)
    for one in done:
        if not one.removed:
            console.print(f"{one.folder} holds nothing that is withdrawn; it stays as it is.")
            continue
        console.print(f"Purged       {one.folder}", soft_wrap=True)
        for kind, n in Counter(row["kind"] for row in one.removed).items():
            console.print(f"  removed    {n:,} {kind}")
        for name in one.naming:
            console.print(f"  look at    {name}: words of what was removed stand in it")
