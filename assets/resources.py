"""What Dagster hands to assets, jobs and sensors."""

from collections.abc import Iterator

from dagster import InitResourceContext, resource
from dagster._config.pythonic_config import ConfigurableResourceFactory

from assets import remote
from assets.settings import Settings
from warehouse.storage import lock


class SettingsResource(ConfigurableResourceFactory[Settings]):
    """The settings of a build, which the UI shows and lets a person change for a run."""

    seeds: str
    warehouse: str
    work: str
    workers: int
    model: str
    engine: str

    def create_resource(self, context: InitResourceContext) -> Settings:
        """The settings as the rest of the program knows them."""
        del context
        return Settings(
            self.seeds, self.warehouse, self.work, self.workers, self.model, self.engine
        )


@resource(
    required_resource_keys={"settings"},
    description="The settings, while the run alone holds the warehouse.",
)
def held(context: InitResourceContext) -> Iterator[Settings]:
    """The settings, with the warehouse held from the beginning of a run to its end.

    Raises:
        warehouse.storage.WarehouseError: another build or run holds it.
    """
    settings: Settings = context.resources.settings
    with lock(settings.warehouse_folder), remote.held(settings):
        yield settings
