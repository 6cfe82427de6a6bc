"""Two releases side by side: rows, columns, entities gained and lost, the biggest changes."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import parquet
from warehouse.release import changes, contracts, data, manifest
from warehouse.release.changelog import Differences
from warehouse.release.contents import side
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import parquet_relation


@dataclass(frozen=True, slots=True)
class Shift:
    """How often something is found in two releases; 0 where one of them has it not."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Diff:
    """The differences of two releases.

    `gained` and `lost` are entities, the most mentioned first; `entities` and `speakers` are those
    whose mentions and quotes are most unlike.
    """

    old: str
    new: str
    differences: Differences
    gained: tuple[Shift, ...]
    lost: tuple[Shift, ...]
    entities: tuple[Shift, ...]
    speakers: tuple[Shift, ...]


def diff(old: Path, new: Path) -> Diff:
    """Compare two release folders.

    Raises:
        ReleaseError: one of them is no release.
    """
    before, after = (manifest.read(release) for release in (old, new))
    sides = side(old), side(new)
    found = changes.compare(*sides)
    rows = {t.name: after["tables"][t.name]["rows"] for t in sides[1].tables}
    schema = tuple(contracts.compare(sides[0].tables, sides[1].tables))
    entities = _shifts(old, new, _ENTITIES)
    return Diff(
        old=before["version"],
        new=after["version"],
        differences=Differences(before["version"], rows, found, schema),
        gained=tuple(sorted((s for s in entities if not s.before), key=lambda s: -s.after)),
        lost=tuple(sorted((s for s in entities if not s.after), key=lambda s: -s.before)),
        entities=_biggest(entities),
        speakers=_biggest(_shifts(old, new, _SPEAKERS)),
    )


def find(name: str, releases: Path) -> Path:
    """A release by its folder, or by its version among the releases.

    Raises:
        ReleaseError: there is neither.
    """
    for folder in (Path(name), releases / name):
        if (folder / manifest.FILE).is_file():
            return folder
    raise ReleaseError(f"There is no release {name}, neither as a folder nor in {releases}.")


#: Where a public release does not give a name, the id stands for it.
_ENTITIES = (
    "SELECT entity_id AS key, coalesce(any_value(name), entity_id) AS name, "
    "sum(n_mentions) AS n FROM {entities}"
)
_SPEAKERS = (
    "SELECT coalesce(speaker_entity_id, speaker_name) AS key, any_value(speaker_name) AS name, "
    "count(*) AS n FROM {quotes} WHERE speaker_name IS NOT NULL"
)


def _shifts(old: Path, new: Path, counts: str) -> list[Shift]:
    """The counts of a query on both sides, in the order of names."""
    sides = [f"({counts.format(**_relations(release))} GROUP BY key)" for release in (old, new)]
    query = f"""
        SELECT coalesce(n.name, o.name) AS name, coalesce(o.n, 0)::INT, coalesce(n.n, 0)::INT
        FROM {sides[0]} AS o FULL JOIN {sides[1]} AS n USING (key)
        ORDER BY name, key
    """
    with duckdb.connect() as connection:
        return [Shift(*row) for row in connection.execute(query).fetchall()]


def _relations(release: Path) -> dict[str, str]:
    folder = release / data.FOLDER
    return {name: parquet_relation(parquet.files(folder, name)) for name in ("entities", "quotes")}


def _biggest(shifts: list[Shift]) -> tuple[Shift, ...]:
    changed = (shift for shift in shifts if shift.before != shift.after)
    return tuple(sorted(changed, key=lambda s: -abs(s.after - s.before)))
