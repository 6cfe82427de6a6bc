"""Batches as Dagster's partitions: the first-level folders of the seeds, each extracted alone.

Jobs of ops, not partitioned assets: with one of those among the assets, “materialize all” would ask
for a partition.
"""

import json
import warnings

from dagster import (
    AddDynamicPartitionsRequest,
    DeleteDynamicPartitionsRequest,
    DynamicPartitionsDefinition,
    HookContext,
    OpExecutionContext,
    ResourceParam,
    RetryPolicy,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    failure_hook,
    job,
    op,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)
from dagster_shared.utils.warnings import BetaWarning

from assets.extraction import extract_batches
from assets.settings import Settings
from warehouse.made import digest
from warehouse.storage import Identity, Input, identity, list_inputs

# Dagster warns of a parameter of its own sensors that we do not give, at each copy it makes.
warnings.filterwarnings("ignore", "Parameter `owners`", BetaWarning)

BATCHES = DynamicPartitionsDefinition(name="batch")
#: A disk or a worker may fail for a moment; a fault of the program fails each time.
_RETRIES = RetryPolicy(max_retries=2, delay=10)
_SECONDS_BETWEEN_LOOKS = 30


@failure_hook
def say_what_to_do(context: HookContext) -> None:
    """Log, beside what went wrong, how to go on."""
    context.log.error(
        f"{context.op.name} failed: {context.op_exception}. What was extracted so far is kept, and "
        "what is published still stands. Mend the cause and run the same batch again, or `otr "
        "build` for all of them; if the program failed, report it with this log."
    )


@op(retry_policy=_RETRIES)
def extract_batch(context: OpExecutionContext, held: ResourceParam[Settings]) -> None:
    """Extract what was not extracted before of one batch: the partition."""
    n_new = extract_batches(held, {context.partition_key})
    context.log.info(f"{n_new} documents of batch {context.partition_key} were extracted.")


@op(retry_policy=_RETRIES)
def extract_all(context: OpExecutionContext, held: ResourceParam[Settings]) -> None:
    """Extract what was not extracted before, or by another version of the extractors."""
    n_new = extract_batches(held, None)
    context.log.info(f"{n_new} documents were extracted.")


@job(partitions_def=BATCHES, hooks={say_what_to_do}, tags={"dagster/max_retries": 2})
def batch() -> None:
    """Extract one batch; the job `build` then makes tables of all."""
    extract_batch()


@job(hooks={say_what_to_do}, tags={"dagster/max_retries": 2})
def backfill() -> None:
    """After an extractor changed: extract all batches anew, publishing nothing yet."""
    extract_all()


def batch_sensor(build: UnresolvedAssetJobDefinition) -> SensorDefinition:
    """The sensor that turns new and changed folders into runs: one a batch, then one of all."""

    def new_batches(
        context: SensorEvaluationContext, settings: ResourceParam[Settings]
    ) -> SensorResult | SkipReason:
        """A run for each first-level folder that is new or changed, and one that publishes."""
        seen: dict[str, str] = json.loads(context.cursor or "{}")
        now = fingerprints(settings)
        changed = sorted(name for name, mark in now.items() if seen.get(name) != mark)
        if not changed and set(seen) == set(now):
            return SkipReason("No folder of the seeds is new, changed or gone.")
        runs = [
            RunRequest(f"{name} {now[name]}", job_name=batch.name, partition_key=name)
            for name in changed
        ]
        # Runs come one after the other: `dagster.yaml` says so.
        runs.append(RunRequest(digest(now), job_name=build.name))
        gone = sorted(set(seen) - set(now))
        requests: list[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest]
        requests = [BATCHES.build_add_request(changed), BATCHES.build_delete_request(gone)]
        return SensorResult(runs, cursor=json.dumps(now), dynamic_partitions_requests=requests)

    return sensor(
        name="new_batches",
        jobs=[batch, build],
        minimum_interval_seconds=_SECONDS_BETWEEN_LOOKS,
    )(new_batches)


def fingerprints(settings: Settings) -> dict[str, str]:
    """A digest of the names and identities of each batch's files."""
    files: dict[str, list[object]] = {}
    for item in list_inputs(settings.seeds_place):
        files.setdefault(item.batch, []).append((item.source_id, _identity(item)))
    return {name: digest(of_batch) for name, of_batch in sorted(files.items())}


def _identity(item: Input) -> Identity | None:
    try:
        return item.identity or identity(item.path)
    except OSError:
        return None
