"""croissant.json: the tables in MLCommons' Croissant 1.0, on top of schema.org."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.release.citation_files import bibtex
from warehouse.release.facts import (
    AUTHOR,
    DESCRIPTION,
    KEYWORDS,
    LICENCE_URL,
    TITLE,
    Facts,
)
from warehouse.tables import Column, Table

FILE = "croissant.json"
#: As the specification gives it, https://docs.mlcommons.org/croissant/docs/croissant-spec.html
_CONTEXT = Path(__file__).with_name("croissant_context.json")
#: The registered type, application/vnd.apache.parquet, is one that mlcroissant does not load.
_MEDIA_TYPE = "application/x-parquet"


def describe(
    facts: Facts, tables: Iterable[Table], files: Mapping[str, Mapping[str, str]], release: Path
) -> dict[str, Any]:
    """The description of a release; `files` are each table's, with their SHA-256."""
    tables = list(tables)
    return {
        "@context": json.loads(_CONTEXT.read_text(encoding="utf-8")),
        "@type": "sc:Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": bibtex(facts),
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "datePublished": facts.released_on.isoformat(),
        "keywords": list(KEYWORDS),
        "license": LICENCE_URL,
        "url": ".",
        "version": facts.version,
        "distribution": [_distribution(t, files[t.name], release) for t in tables],
        "recordSet": [_record_set(table, len(files[table.name])) for table in tables],
    }


def _distribution(table: Table, files: Mapping[str, str], release: Path) -> dict[str, Any]:
    """Where a table lies: its file, or the set of its files, whose hashes SHA256SUMS holds."""
    if len(files) > 1:
        return {
            "@type": "cr:FileSet",
            "@id": _source(table),
            "name": _source(table),
            "encodingFormat": _MEDIA_TYPE,
            "includes": f"data/{table.name}-*.parquet",
        }
    ((name, digest),) = files.items()
    return {
        "@type": "cr:FileObject",
        "@id": _source(table),
        "name": _source(table),
        "contentUrl": name,
        "contentSize": f"{(release / name).stat().st_size} B",
        "encodingFormat": _MEDIA_TYPE,
        "sha256": digest,
    }


def _source(table: Table) -> str:
    return f"{table.name}-parquet"


def _record_set(table: Table, n_files: int) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.doc,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [_field(table, column, n_files) for column in table.columns],
    }


def _field(table: Table, column: Column, n_files: int) -> dict[str, Any]:
    """A field. Croissant's `references` joins at once, so links are told in the description."""
    told = f" Refers to {column.references}." if column.references else ""
    source = {"fileObject" if n_files == 1 else "fileSet": {"@id": _source(table)}}
    field = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.doc + told,
        "dataType": _type(column.type),
        "source": {**source, "extract": {"column": column.name}},
    }
    return field | ({"repeated": True} if pa.types.is_list(column.type) else {})


def _type(of_type: pa.DataType) -> str:
    if pa.types.is_list(of_type):
        return _type(of_type.value_type)
    return {
        pa.string(): "sc:Text",
        pa.bool_(): "sc:Boolean",
        pa.int32(): "cr:Int32",
        pa.int64(): "cr:Int64",
        pa.float64(): "cr:Float64",
        pa.date32(): "sc:Date",
        pa.timestamp("us"): "sc:DateTime",
    }[of_type]
