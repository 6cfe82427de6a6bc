"""The `otr` command. Heavy libraries are imported by the subcommand that needs them."""

import os
import sys
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="on-the-record", prog_name="otr")
def main() -> None:
    """Raw news texts in, a dataset of who said what, when, about whom, out."""


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
def release(warehouse: str | None) -> None:
    """Copy what is published into a new release folder."""
    from datetime import UTC, datetime

    from assets.errors import explained
    from assets.report import print_release
    from assets.settings import settings
    from warehouse.release import cut

    with explained():
        chosen = settings(warehouse=warehouse)
        today = datetime.now(UTC).date()
        print_release(cut(chosen.warehouse_folder, chosen.releases, today))


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
