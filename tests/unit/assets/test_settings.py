import pytest

from assets.settings import SettingsError, settings
from pipelines.parsing import DEFAULT_MODEL


def test_what_is_given_wins_over_the_environment_and_that_over_the_defaults() -> None:
    environment = {"OTR_SEEDS": "theirs", "OTR_WORKERS": "3"}
    chosen = settings(seeds="mine", environment=environment)
    assert (chosen.seeds, chosen.workers) == ("mine", 3)
    assert (chosen.warehouse, chosen.model) == ("warehouse/data", DEFAULT_MODEL)


@pytest.mark.parametrize("workers", ["0", "-1", "many", ""])
def test_a_number_of_workers_that_is_none_is_refused(workers: str) -> None:
    with pytest.raises(SettingsError, match="workers must be 1 or more"):
        settings(environment={"OTR_WORKERS": workers})
