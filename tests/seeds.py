"""Reading a folder of seeds as a build does that knows nothing yet."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from assets.reading import Told, read_inputs
from pipelines.documents.sources import Source
from tests.workers import Here
from warehouse.readings import OldReadings
from warehouse.storage import list_inputs


def read_seeds(seeds: Path, sources: Sequence[Source] = ()) -> Iterator[Told]:
    """The readings of all inputs below the folder."""
    nothing = OldReadings(seeds / "no such file", "", "")
    return read_inputs(list_inputs(seeds), sources, seeds, nothing, Here())


def content_of(told: Told) -> bytes | None:
    """What stands for the text of a reading."""
    content = told.reading.content
    return bytes.fromhex(content) if content else None
