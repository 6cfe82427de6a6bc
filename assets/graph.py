"""The graph: every asset, check, job and resource, said explicitly."""

from dataclasses import asdict

from dagster import AssetSelection, Definitions, define_asset_job, in_process_executor

from assets.batches import backfill, batch, batch_sensor, say_what_to_do
from assets.checks import check_tables
from assets.resources import SettingsResource, held
from assets.settings import Settings
from assets.tables import extracted, on_the_record, resolve_tables

BUILD_JOB = "build"


def build_defs(chosen: Settings) -> Definitions:
    """The definitions for given settings; tests give their own folders."""
    build = define_asset_job(
        BUILD_JOB,
        AssetSelection.all(),
        description="Bring every table up to date, check it, publish the DuckDB file.",
        hooks={say_what_to_do},
        tags={"dagster/max_retries": 2},
    )
    return Definitions(
        assets=[extracted, resolve_tables, on_the_record],
        asset_checks=[check_tables],
        jobs=[build, batch, backfill],
        sensors=[batch_sensor(build)],
        resources={"settings": SettingsResource(**asdict(chosen)), "held": held},
        # A process a step would pay for its imports each time; the work has its own processes.
        executor=in_process_executor,
    )
