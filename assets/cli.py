"""The `otr` command. Heavy libraries are imported by the subcommand that needs them."""

import os
import sys
from pathlib import Path

import click

from assets.ending import end_quietly


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="on-the-record", prog_name="otr")
def main() -> None:
    """Raw news texts in, a dataset of who said what, when, about whom, out."""
    end_quietly()


seeds_option = click.option(
    "--seeds", metavar="DIR", help="Folder of raw texts. [OTR_SEEDS, else seeds/]"
)
warehouse_option = click.option(
    "--warehouse",
    metavar="DIR",
    help="Folder for all that is built. [OTR_WAREHOUSE, else warehouse/data/]",
)
workers_option = click.option(
    "--workers", type=click.IntRange(min=1), help="Processes that extract. [OTR_WORKERS, else 1]"
)
releases_option = click.option(
    "--releases",
    metavar="DIR",
    envvar="OTR_RELEASES",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of all releases. [OTR_RELEASES, else releases/ in the warehouse]",
)


@main.command()
@seeds_option
@warehouse_option
@workers_option
@click.option(
    "--engine",
    type=click.Choice(["local"]),
    envvar="OTR_ENGINE",
    default="local",
    help="Where the work runs: on this machine. [OTR_ENGINE, else local]",
)
def build(seeds: str | None, warehouse: str | None, workers: int | None, engine: str) -> None:
    """Bring every table up to date, check it, and publish the DuckDB file.

    Exit 0: published. 1: a blocking check failed and nothing was replaced. 2: bad usage or
    configuration. 3: an internal error.
    """
    from assets.build import build as run
    from assets.errors import explained
    from assets.report import print_outcome
    from assets.settings import settings

    with explained():
        chosen = settings(seeds, warehouse, workers)
        outcome = run(chosen)
        print_outcome(outcome, chosen)
    sys.exit(outcome.exit)


@main.command()
@warehouse_option
@releases_option
@click.option("--version", metavar="YYYY.M.PATCH", help="[the next free one of this month]")
@click.option(
    "--allow-dirty",
    is_flag=True,
    envvar="OTR_ALLOW_DIRTY",
    help="Release from a checkout that differs from its commit; the release says so.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sign with this elliptic-curve private key (PEM).",
)
def release(
    warehouse: str | None,
    releases: Path | None,
    version: str | None,
    allow_dirty: bool,
    dry_run: bool,
    key: Path | None,
) -> None:
    """Cut an immutable release from what is published, and list it.

    Only tables that passed every blocking check are released, and only from a clean checkout. With
    nothing changed since the last release none is made.
    """
    from datetime import UTC, datetime

    from assets.errors import explained
    from assets.release_report import print_cut
    from assets.settings import settings
    from warehouse.release.cut import Order, cut

    with explained():
        chosen = settings(warehouse=warehouse)
        order = Order(
            warehouse=chosen.warehouse_folder,
            releases=releases or chosen.releases,
            today=datetime.now(UTC).date(),
            version=version,
            allow_dirty=allow_dirty,
            dry_run=dry_run,
            key=key,
        )
        print_cut(cut(order))


@main.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The public key (PEM) that it must be signed with.",
)
def verify(release: Path, key: Path | None) -> None:
    """Check that the release in a folder is whole and says the same everywhere.

    Prints a line for each kind of failure and exits with the code of the first: 10 files, 11
    checksums, 12 signature, 13 index, 14 manifest, 15 schema, 16 rows, 17 keys, 18 metadata,
    19 profile (what a public release may hold).
    """
    from assets.errors import explained
    from assets.release_report import print_verified
    from warehouse.release.verify import verify as run

    with explained():
        code = print_verified(run(release, key))
    sys.exit(code)


@main.command()
@click.argument("old")
@click.argument("new")
@warehouse_option
@releases_option
def diff(old: str, new: str, warehouse: str | None, releases: Path | None) -> None:
    """Show the differences of two releases, each a version or a folder."""
    from assets.errors import explained
    from assets.release_report import print_diff
    from assets.settings import settings
    from warehouse.release.diff import diff as run
    from warehouse.release.diff import find

    with explained():
        folder = releases or settings(warehouse=warehouse).releases
        print_diff(run(find(old, folder), find(new, folder)))


@main.command()
@click.argument("name")
@click.argument("target", required=False, type=click.Path(dir_okay=False, path_type=Path))
@warehouse_option
def export(name: str, target: Path | None, warehouse: str | None) -> None:
    """Write the table or view NAME as CSV to TARGET, else to the terminal.

    No text in it is taken for a formula: what looks like one gets an apostrophe before it.
    """
    from assets.errors import explained
    from assets.settings import settings
    from warehouse.duckdb import FILE_NAME
    from warehouse.export import export as run
    from warehouse.storage import atomic_path

    with explained():
        database = settings(warehouse=warehouse).warehouse_folder / FILE_NAME
        if target is None:
            run(database, name, sys.stdout)
            return
        with (
            atomic_path(target) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as stream,
        ):
            n_rows = run(database, name, stream)
        click.echo(f"{n_rows:,} rows of {name} written to {target}")


@main.command()
@click.argument("article")
@warehouse_option
def show(article: str, warehouse: str | None) -> None:
    """Print an article with its blocks, quotes, speakers, names and dates marked.

    ARTICLE is an article_id, a source_id, or a part of either that fits one article only.
    """
    from rich.console import Console

    from assets.errors import explained
    from assets.settings import settings
    from assets.show import print_article
    from warehouse.duckdb import FILE_NAME

    with explained():
        database = settings(warehouse=warehouse).warehouse_folder / FILE_NAME
        print_article(database, article, Console(highlight=False))


@main.command("eval")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@workers_option
def evaluate(gold: Path, workers: int | None) -> None:
    """Build the documents of a GOLD.jsonl file and print how right the rows are."""
    from assets.errors import explained
    from assets.evaluation import evaluate_gold

    with explained():
        click.echo(evaluate_gold(gold, workers))


@main.command()
@seeds_option
@warehouse_option
@click.option("--port", type=int, default=3000, show_default=True)
def dev(seeds: str | None, warehouse: str | None, port: int) -> None:
    """Open Dagster's UI on 127.0.0.1, with the same graph as `otr build`."""
    from assets.build import prepare_dagster_home
    from assets.errors import explained
    from assets.settings import settings

    with explained():
        chosen = settings(seeds, warehouse)
        os.environ |= {
            "DAGSTER_HOME": str(prepare_dagster_home(chosen.warehouse_folder)),
            "OTR_SEEDS": str(chosen.seeds_folder.resolve()),
            "OTR_WAREHOUSE": str(chosen.warehouse_folder.resolve()),
        }
    dagster = Path(sys.executable).with_name("dagster")
    command = ["dev", "-h", "127.0.0.1", "-p", str(port), "-m", "assets.definitions"]
    os.execv(dagster, [str(dagster), *command])
