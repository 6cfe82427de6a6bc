"""`otr build`: what came of it, and nothing run that would do nothing."""

import time
from dataclasses import replace

from assets.current import kept_results
from assets.exits import Exit
from assets.extraction import load_sources
from assets.outcome import Outcome
from assets.remote import bring_seeds
from assets.settings import Settings
from assets.told import load_entities, load_registry, load_withdrawals
from pipelines.versions import model_id
from pipelines.workers.cluster import require_ray
from warehouse.storage import list_inputs, lock


def build(settings: Settings) -> Outcome:
    """Bring every table up to date, check it, and publish.

    Where every step finds its work done, the graph is not run: to run it takes seconds.

    Raises:
        warehouse.storage.SeedsError: the seeds folder is missing or empty.
        warehouse.storage.WarehouseError: the warehouse cannot be written, or is in use.
        warehouse.locations.LocationError: a place in a bucket cannot be used.
        pipelines.documents.sources.SourcesError: `sources.toml` cannot be used.
        pipelines.entities.across.told.EntitiesError: `entities.toml` cannot be used.
        warehouse.registry.RegistryError: `registry.parquet` cannot be used.
        warehouse.tables.withdrawals.WithdrawnError: `withdrawn.toml` cannot be used.
        pipelines.versions.UnknownModelError: the model is not installed.
        pipelines.workers.work.WorkersError: the engine is not installed.
    """
    bring_seeds(settings)
    began = time.time_ns()
    inputs = list_inputs(settings.seeds_place)
    sources = load_sources(settings, inputs)
    load_entities(settings)
    load_registry(settings)
    load_withdrawals(settings)
    model_id(settings.model)
    if settings.engine == "ray":
        require_ray()
    with lock(settings.warehouse_folder):
        # What a bucket holds by now, only the steps find out.
        is_here = settings.bucket is None
        results = kept_results(settings, inputs, sources, began) if is_here else None
        if results is None:
            from assets.run import run_graph  # Dagster takes seconds to import

            inputs.clear()  # the run lists them anew; meanwhile they would take room
            return run_graph(settings)
    kept = Outcome(Exit.PUBLISHED, tuple(results), is_unchanged=True)
    return replace(kept, exit=Exit.CHECK_FAILED) if kept.failed else kept
