"""datapackage.json: the tables in the words of the Data Package standard, for Frictionless."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.release.facts import (
    AUTHOR,
    DESCRIPTION,
    KEYWORDS,
    LICENCE,
    LICENCE_URL,
    NAME,
    SUBTITLE,
    TITLE,
    Facts,
)
from warehouse.tables import Column, Table

FILE = "datapackage.json"


def describe(
    facts: Facts, tables: Iterable[Table], files: Mapping[str, Mapping[str, str]], release: Path
) -> dict[str, Any]:
    """The descriptor of a release; `files` are each table's, with their SHA-256."""
    return {
        "name": NAME,
        "id": f"{NAME}-{facts.version}",
        "title": f"{TITLE}: {SUBTITLE}",
        "description": DESCRIPTION,
        "version": facts.version,
        "created": f"{facts.released_on.isoformat()}T00:00:00Z",
        "keywords": list(KEYWORDS),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "The annotations"}],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "resources": [_resource(table, files[table.name], release) for table in tables],
    }


def _resource(table: Table, files: Mapping[str, str], release: Path) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "description": table.doc,
        "path": next(iter(files)) if len(files) == 1 else list(files),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum((release / name).stat().st_size for name in files),
        "schema": _schema(table),
    }
    if len(files) == 1:  # the standard knows one hash a resource; SHA256SUMS holds the others
        resource["hash"] = f"sha256:{next(iter(files.values()))}"
    return resource


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [c.name], "reference": _reference(table, c.references)}
        for c in table.columns
        if c.references
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.primary_key),
        "foreignKeys": keys,
    }


def _reference(table: Table, references: str) -> dict[str, Any]:
    other, column = references.split(".")
    return {"resource": "" if other == table.name else other, "fields": [column]}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.values:
        constraints["enum"] = list(column.values)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    field = {"name": column.name, "type": _type(column.type), "description": column.doc}
    return field | ({"constraints": constraints} if constraints else {})


def _type(of_type: pa.DataType) -> str:
    if pa.types.is_list(of_type):
        return "array"
    return {
        pa.string(): "string",
        pa.bool_(): "boolean",
        pa.int32(): "integer",
        pa.int64(): "integer",
        pa.float64(): "number",
        pa.date32(): "date",
        pa.timestamp("us"): "datetime",
    }[of_type]
