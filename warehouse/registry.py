"""`registry.parquet`: every entity id ever published. A build reads it, a release extends it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse import parquet
from warehouse.tables import REGISTRY
from warehouse.tables.registry import RELEASE_PATTERN

FILE_NAME = "registry.parquet"
#: What a row of `entities` and one of the registry both tell.
_SHARED = ("entity_id", "name", "type", "aliases", "roles", "country")
#: What version 1.1.0 of the contracts added; nothing had been withdrawn before it.
_ADDED = "name_digests"
_REMEDY = "restore it from the last release, or from the repository's history"


class RegistryError(ValueError):
    """The registry cannot be used as it stands; the message names file, fault and remedy."""


def read_registry(path: Path) -> pa.Table:
    """Read a registry; where there is no such file nothing was ever published.

    Raises:
        RegistryError: it is no Parquet file of this contract, or says two things at once.
    """
    if not path.exists():
        return pa.Table.from_batches([], REGISTRY.schema)  # `empty_table` imports pandas
    try:
        data = parquet.read(path)
    except (OSError, pa.ArrowException) as error:
        raise RegistryError(f"{path} is no Parquet file that can be read; {_REMEDY}.") from error
    if _ADDED not in data.column_names:
        field = REGISTRY.schema.field(_ADDED)
        data = data.append_column(field, pa.nulls(data.num_rows, field.type))
    fault = next(_faults_of_columns(data), None)
    if fault is None:
        try:
            data = parquet.conform(REGISTRY, data)
        except (pa.ArrowException, ValueError) as error:
            raise RegistryError(f"{path}: {error}; {_REMEDY}.") from error
        fault = next(_faults_of_rows(data), None)
    if fault is not None:
        raise RegistryError(f"{path}: {fault}; {_REMEDY}.")
    return data


def extend_registry(old: pa.Table, entities: pa.Table, version: str) -> pa.Table:
    """The registry after a release: every id it had, and every id that this release publishes.

    Args:
        old: the table `registry` as the build of these entities left it, merges told.
        entities: the table `entities` of the release.
        version: the release, `YYYY.M.PATCH`.

    Returns:
        Rows for all ids, those of `entities` as they are now; sorted by id.

    Raises:
        ValueError: an id of `entities` was merged into another one or withdrawn, or the version is
            none.
    """
    if not re.fullmatch(RELEASE_PATTERN, version):
        raise ValueError(f"“{version}” is no release; write YYYY.M.PATCH.")
    rows = {row["entity_id"]: row for row in old.to_pylist()}
    for row in rows.values():
        if row["status"] == "active":
            row["status"] = "absent"
    for entity in entities.select(list(_SHARED)).to_pylist():
        known = rows.get(entity["entity_id"])
        if known is not None and known["lives_on_as"] is not None:
            raise ValueError(f"{entity['entity_id']} was merged into {known['lives_on_as']}.")
        if known is not None and known["status"] == "withdrawn":
            raise ValueError(f"{entity['entity_id']} was withdrawn.")
        rows[entity["entity_id"]] = {
            **entity,
            "status": "active",
            "lives_on_as": None,
            "first_release": version if known is None else known["first_release"],
            "last_release": version,
            "name_digests": None,
        }
    return parquet.conform(REGISTRY, REGISTRY.from_rows(list(rows.values())))


def merged(data: pa.Table) -> dict[str, str]:
    """The published ids that turned out to be another one, and that one."""
    rows = data.select(["entity_id", "lives_on_as"]).to_pylist()
    return {row["entity_id"]: row["lives_on_as"] for row in rows if row["lives_on_as"]}


def _faults_of_columns(data: pa.Table) -> Iterator[str]:
    wanted, there = set(REGISTRY.column_names), set(data.column_names)
    if missing := wanted - there:
        yield f"the column “{min(missing)}” is missing"
    if unknown := there - wanted:
        yield f"the column “{min(unknown)}” is unknown; a later version may have made it"
    for column in REGISTRY.columns:
        if not column.nullable and data[column.name].null_count:
            yield f"a row has no {column.name}"


def _faults_of_rows(data: pa.Table) -> Iterator[str]:
    for column in REGISTRY.columns:
        values: Any = data[column.name]
        if column.values:
            wrong = values.filter(pc.invert(pc.is_in(values, pa.array(column.values))))
        elif column.pattern:
            fits = pc.match_substring_regex(values, f"^(?:{column.pattern})$")
            wrong = values.filter(pc.invert(fits)).drop_null()
        else:
            continue
        if len(wrong):
            yield f"“{wrong[0]}” is no {column.name}"
    ids = data["entity_id"].to_pylist()
    for before, after in pairwise(ids):
        if before == after:
            yield f"the id {after} is there twice"
    targets = dict(zip(ids, data["lives_on_as"].to_pylist(), strict=True))
    for (entity_id, target), status in zip(
        targets.items(), data["status"].to_pylist(), strict=True
    ):
        if (status == "merged") != (target is not None):
            yield f"{entity_id} is {status}, but lives_on_as is {target or 'empty'}"
        if target is not None and target not in targets:
            yield f"{entity_id} lives on as {target}, which is not there"
        if target is not None and targets[target] is not None:
            yield f"{entity_id} lives on as {target}, which lives on as another one itself"
