"""The version of the schema follows from what changed in the contracts."""

import itertools
import json
from dataclasses import replace

import pyarrow as pa
import pytest

from warehouse.release import contracts
from warehouse.release.contracts import SCHEMA_VERSION, Bump
from warehouse.release.errors import ReleaseError
from warehouse.tables import TABLES, Column, Table

BOATS = Table(
    "boats",
    "One row per boat.",
    ("boat_id",),
    (
        Column("boat_id", pa.string(), "Its number.", unique=True),
        Column("length", pa.int32(), "In metres.", nullable=True, minimum=0),
        Column("kind", pa.string(), "What it is.", values=("ferry", "tug")),
    ),
)


def with_column(changed: str, /, **changes: object) -> Table:
    """The boats, with a column changed."""
    columns = (replace(c, **changes) if c.name == changed else c for c in BOATS.columns)  # type: ignore[arg-type]
    return replace(BOATS, columns=tuple(columns))


def test_the_contracts_are_those_of_their_version() -> None:
    """Fails when a contract changes: raise SCHEMA_VERSION as it says, then `make schema`."""
    known = contracts.committed(SCHEMA_VERSION)
    assert known is not None, "run `make schema`"
    changes = contracts.compare(known, TABLES)
    needed = contracts.raised(SCHEMA_VERSION, contracts.bump(changes))
    assert not changes, f"set SCHEMA_VERSION to {needed}, then run `make schema`"


def test_each_version_was_raised_by_as_much_as_its_changes_ask_for() -> None:
    versions = sorted(
        (path.stem for path in contracts.SNAPSHOTS.glob("*.json")),
        key=lambda v: [int(n) for n in v.split(".")],
    )
    for before, after in itertools.pairwise(versions):
        changes = contracts.compare(
            contracts.committed(before) or (), contracts.committed(after) or ()
        )
        assert contracts.raised(before, contracts.bump(changes)) == after


@pytest.mark.parametrize(
    ("changed", "what", "bump"),
    [
        (replace(BOATS, columns=BOATS.columns[:1]), "removed", Bump.MAJOR),
        (with_column("length", name="metres"), "removed", Bump.MAJOR),
        (with_column("length", type=pa.float64()), "type", Bump.MAJOR),
        (replace(BOATS, primary_key=("boat_id", "kind")), "primary_key", Bump.MAJOR),
        (with_column("kind", nullable=True), "nullable", Bump.MAJOR),
        (with_column("boat_id", unique=False), "unique", Bump.MAJOR),
        (with_column("kind", values=("ferry",)), "values", Bump.MAJOR),
        (with_column("kind", values=("ferry", "tug", "pilot")), "values", Bump.MINOR),
        (with_column("length", nullable=False), "nullable", Bump.MINOR),
        (with_column("length", doc="In whole metres."), "doc", Bump.PATCH),
        (replace(BOATS, doc="One row per ship."), "doc", Bump.PATCH),
        (
            replace(BOATS, columns=(*BOATS.columns, Column("flag", pa.string(), "Whose."))),
            "added",
            Bump.MINOR,
        ),
    ],
)
def test_what_a_change_costs(changed: Table, what: str, bump: Bump) -> None:
    changes = contracts.compare([BOATS], [changed])
    assert what in {change.what for change in changes}
    assert contracts.bump(changes) == bump


def test_a_table_that_goes_is_major_and_one_that_comes_minor() -> None:
    assert contracts.bump(contracts.compare([BOATS], [])) == Bump.MAJOR
    assert contracts.bump(contracts.compare([], [BOATS])) == Bump.MINOR
    assert contracts.bump(contracts.compare([BOATS], [BOATS])) == Bump.NONE


@pytest.mark.parametrize(
    ("by", "expected"),
    [(Bump.NONE, "1.2.3"), (Bump.PATCH, "1.2.4"), (Bump.MINOR, "1.3.0"), (Bump.MAJOR, "2.0.0")],
)
def test_raising_a_version(by: Bump, expected: str) -> None:
    assert contracts.raised("1.2.3", by) == expected


def test_contracts_come_back_from_json_as_they_were() -> None:
    schema = json.loads(contracts.text(contracts.dump()))
    assert contracts.load(schema) == TABLES


def test_what_holds_no_contracts_is_named() -> None:
    with pytest.raises(ReleaseError, match=r"schema\.json holds no contracts"):
        contracts.load({"tables": [{"name": "boats"}]})
