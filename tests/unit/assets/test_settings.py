from pathlib import Path

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


def test_a_warehouse_in_a_bucket_is_built_in_a_folder_of_its_own_on_this_machine() -> None:
    environment = {"OTR_WORK": "/srv/work", "OTR_WAREHOUSE": "s3://news/house"}
    one, other = settings(environment=environment), settings(warehouse="s3://news-house")
    assert one.bucket is not None
    assert str(one.bucket) == "s3://news/house"
    assert one.warehouse_folder.parent == Path("/srv/work")
    assert one.warehouse_folder.name != other.warehouse_folder.name
    with pytest.raises(SettingsError, match="name a folder for the releases"):
        _ = one.releases


def test_what_tells_of_seeds_in_a_bucket_is_kept_in_the_warehouse() -> None:
    chosen = settings("s3://news/seeds", "here", environment={})
    assert str(chosen.seeds_place) == "s3://news/seeds"
    assert chosen.seeds_folder == Path("here/cache/seeds")
    assert (chosen.bucket, chosen.releases) == (None, Path("here/releases"))
