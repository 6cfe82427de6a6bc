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
    "--seeds",
    metavar="DIR",
    help="Folder of raw texts, or s3://BUCKET/PREFIX. [OTR_SEEDS, else seeds/]",
)
warehouse_option = click.option(
    "--warehouse",
    metavar="DIR",
    help="Folder for all that is built, or s3://BUCKET/PREFIX. [OTR_WAREHOUSE, else "
    "warehouse/data/]",
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
    type=click.Choice(["local", "ray"]),
    help="Where the work runs: in processes of this machine, or on the Ray cluster at RAY_ADDRESS, "
    "else on one of its own. [OTR_ENGINE, else local]",
)
def build(
    seeds: str | None, warehouse: str | None, workers: int | None, engine: str | None
) -> None:
    """Bring every table up to date, check it, and publish the DuckDB file.

    Exit 0: published. 1: a blocking check failed and nothing was replaced. 2: bad usage or
    configuration. 3: an internal error.
    """
    from assets.build import build as run
    from assets.errors import explained
    from assets.report import print_outcome
    from assets.settings import settings

    with explained():
        chosen = settings(seeds, warehouse, workers, engine)
        outcome = run(chosen)
        print_outcome(outcome, chosen)
    sys.exit(outcome.exit)


@main.command()
@click.argument("source", required=False)
@click.option("--entity", metavar="ID", help="Withdraw an entity: its mentions, what it said.")
@click.option("--quote", metavar="ID", help="Withdraw a quote, and where it is repeated.")
@click.option("--reason", metavar="CODE", required=True, help="Why; a wrong code lists them all.")
@seeds_option
@warehouse_option
@releases_option
def withdraw(
    source: str | None,
    entity: str | None,
    quote: str | None,
    reason: str,
    seeds: str | None,
    warehouse: str | None,
    releases: Path | None,
) -> None:
    """Let SOURCE, an entity or a quote be in no release from the next one on.

    SOURCE is a source_id, a document_id or an article_id. Writes a line to `withdrawn.toml` in the
    seeds, which every build obeys; `otr purge` also cleans the releases there are.
    """
    from assets.errors import explained
    from assets.remote import bring_seeds, seeds_near
    from assets.settings import settings
    from assets.withdrawal_report import asked, print_written
    from warehouse.release.withdrawing import Places
    from warehouse.release.withdrawing import withdraw as run

    kind, key = asked(source, entity, quote)
    with explained():
        chosen = settings(seeds, warehouse)
        places = Places(chosen.seeds_folder, chosen.tables, releases or chosen.releases)
        bring_seeds(chosen)
        with seeds_near(chosen.seeds_folder):
            print_written(run(places, kind, key, reason))


@main.command()
@click.argument("version")
@seeds_option
@warehouse_option
@releases_option
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sign what is left of a signed release with this private key (PEM).",
)
def purge(
    version: str,
    seeds: str | None,
    warehouse: str | None,
    releases: Path | None,
    key: Path | None,
) -> None:
    """Remove from release VERSION what was withdrawn since, and mark it as purged.

    Its manifest stays; `purged.json` beside it says what was removed, why and when, and what the
    files are since.
    """
    from datetime import UTC, datetime

    from assets.errors import explained
    from assets.remote import bring_seeds
    from assets.settings import settings
    from assets.told import load_registry, load_withdrawals
    from assets.withdrawal_report import print_purged
    from warehouse.registry import merged
    from warehouse.release.purge import Purge
    from warehouse.release.purge import purge as run

    with explained():
        chosen = settings(seeds, warehouse)
        bring_seeds(chosen)
        order = Purge(
            releases or chosen.releases,
            version,
            load_withdrawals(chosen),
            merged(load_registry(chosen)),
            datetime.now(UTC).date(),
            key,
        )
        print_purged(run(order))


@main.command()
@click.argument("version")
@click.option("--reason", metavar="TEXT", required=True, help="What is wrong with it, in words.")
@warehouse_option
@releases_option
def yank(version: str, reason: str, warehouse: str | None, releases: Path | None) -> None:
    """Mark release VERSION as one that nobody should use; its files stay as they are."""
    from datetime import UTC, datetime

    from assets.errors import explained
    from assets.settings import settings
    from warehouse.release.yank import yank as run

    with explained():
        folder = releases or settings(warehouse=warehouse).releases
        latest = run(folder, version, reason, datetime.now(UTC).date())
        click.echo(f"Release {version} is yanked; {folder / 'latest.json'} names {latest}.")


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
@click.option(
    "--accept",
    metavar="WHY",
    help="Release though the tables moved far from the last release, and say why.",
)
def release(
    warehouse: str | None,
    releases: Path | None,
    version: str | None,
    allow_dirty: bool,
    dry_run: bool,
    key: Path | None,
    accept: str | None,
) -> None:
    """Cut an immutable release from what is published, and list it.

    Only tables that passed every blocking check are released, and only from a clean checkout. With
    nothing changed since the last release none is made.
    """
    from datetime import UTC, datetime

    from assets.errors import explained
    from assets.release_report import print_cut
    from assets.remote import seeds_near, seeds_of_build
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
            accept=accept,
        )
        with seeds_near(seeds_of_build(chosen)):
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
    checksums, 12 signature, 13 index, 14 manifest, 15 schema, 16 rows, 17 keys, 18 metadata, 19
    profile (what a public release may hold), 20 standing. What was purged or yanked is said beside,
    and is no failure.
    """
    from assets.errors import explained
    from assets.release_report import print_verified
    from warehouse.release.verify import verify as run
    from warehouse.release.verify_standing import notes

    with explained():
        code = print_verified(run(release, key), notes(release))
    sys.exit(code)


@main.command()
@click.argument("release", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--texts",
    metavar="DIR",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own copies, as files that `otr build` reads.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. [VERSION-rehydrated.duckdb]",
)
def rehydrate(release: Path, texts: Path, target: Path | None) -> None:
    """Join your own copies of the texts to a public release, as a full DuckDB file.

    A text is joined where it is the very one by its SHA-256, and every offset holds in it. Exit 0:
    every article has its text. 1: some are missing or changed; they are listed.
    """
    from assets.errors import explained
    from assets.rehydration import print_rehydrated, read_copies
    from warehouse.release.rehydrate import rehydrate as run

    with explained():
        file = target or Path(f"{release.resolve().name}-rehydrated.duckdb")
        made = run(release, read_copies(texts), file)
        print_rehydrated(made)
    sys.exit(1 if made.lacking else 0)


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
    from assets.database import published_database
    from assets.errors import explained
    from assets.settings import settings
    from warehouse.export import export as run
    from warehouse.storage import atomic_path

    with explained():
        database = published_database(settings(warehouse=warehouse))
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

    from assets.database import published_database
    from assets.errors import explained
    from assets.settings import settings
    from assets.show import print_article

    with explained():
        database = published_database(settings(warehouse=warehouse))
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
    from assets.errors import explained
    from assets.run import prepare_dagster_home
    from assets.settings import absolute, settings

    with explained():
        chosen = settings(seeds, warehouse)
        os.environ |= {
            "DAGSTER_HOME": str(prepare_dagster_home(chosen.warehouse_folder)),
            "OTR_SEEDS": absolute(chosen.seeds),
            "OTR_WAREHOUSE": absolute(chosen.warehouse),
        }
    dagster = Path(sys.executable).with_name("dagster")
    command = ["dev", "-h", "127.0.0.1", "-p", str(port), "-m", "assets.definitions"]
    os.execv(dagster, [str(dagster), *command])
