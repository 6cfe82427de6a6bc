"""Whether the files that describe a release, for people and programs, describe this one."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from warehouse.release import card, changelog, changes, contracts, croissant, datapackage, manifest
from warehouse.tables import Table

_TEXTS = ("DICTIONARY.md", "LICENSE", "RIGHTS.md", "citation.bib")


def agrees(release: Path, _: Path | None) -> Iterator[str]:
    """What each of them says that the manifest or the contracts do not."""
    said = manifest.read(release)
    tables = contracts.load(manifest.read_json(release, contracts.FILE))
    yield from _citation(release, said)
    yield from _card(release, tables, said)
    yield from _datapackage(release, tables, said)
    yield from _croissant(release, tables, said)
    yield from _changes(release, tables, said)
    for name in _TEXTS:
        if not (release / name).read_text(encoding="utf-8").strip():
            yield f"{name} is empty"


def _citation(release: Path, said: Mapping[str, Any]) -> Iterator[str]:
    try:
        cff = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        yield f"CITATION.cff is no YAML: {' '.join(str(error).split())}"
        return
    wanted = (said["version"], said["released_on"], said["licence"])
    if (cff.get("version"), cff.get("date-released"), cff.get("license")) != wanted:
        yield "CITATION.cff is of another version, day or licence"
    if f"version = {{{said['version']}}}" not in (release / "citation.bib").read_text("utf-8"):
        yield "citation.bib is of another version"


def _card(release: Path, tables: tuple[Table, ...], said: Mapping[str, Any]) -> Iterator[str]:
    text = (release / card.FILE).read_text(encoding="utf-8")
    try:
        front = yaml.safe_load(text.split("---\n")[1])
    except (yaml.YAMLError, IndexError) as error:
        yield f"{card.FILE} has no YAML at its head: {' '.join(str(error).split())}"
        return
    found = {c["config_name"]: c["data_files"][0]["path"] for c in front["configs"]}
    with_rows = (t.name for t in tables if said["tables"][t.name]["rows"])
    if found != {name: list(said["tables"][name]["files"]) for name in with_rows}:
        yield f"{card.FILE} does not name the files of the tables"
    if said["citation"] not in text:
        yield f"{card.FILE} gives another citation"


def _datapackage(
    release: Path, tables: tuple[Table, ...], said: Mapping[str, Any]
) -> Iterator[str]:
    package = manifest.read_json(release, datapackage.FILE)
    if package["version"] != said["version"]:
        yield f"{datapackage.FILE} is of version {package['version']}"
    found = {resource["name"]: resource for resource in package["resources"]}
    for table in tables:
        resource, files = found[table.name], said["tables"][table.name]["files"]
        fields = tuple(field["name"] for field in resource["schema"]["fields"])
        if fields != table.column_names:
            yield f"{datapackage.FILE} has other columns of {table.name}"
        path = resource["path"]
        if ([path] if isinstance(path, str) else path) != list(files):
            yield f"{datapackage.FILE} has other files of {table.name}"
        elif resource.get("hash", "sha256:").removeprefix("sha256:") not in ("", *files.values()):
            yield f"{datapackage.FILE} has another hash of {table.name}"


def _croissant(release: Path, tables: tuple[Table, ...], said: Mapping[str, Any]) -> Iterator[str]:
    dataset = manifest.read_json(release, croissant.FILE)
    if dataset["version"] != said["version"]:
        yield f"{croissant.FILE} is of version {dataset['version']}"
    sets = {record_set["name"]: record_set for record_set in dataset["recordSet"]}
    digests = {d["contentUrl"]: d["sha256"] for d in dataset["distribution"] if "sha256" in d}
    for table in tables:
        fields = tuple(field["name"] for field in sets[table.name]["field"])
        if fields != table.column_names:
            yield f"{croissant.FILE} has other columns of {table.name}"
        for name, digest in said["tables"][table.name]["files"].items():
            if digests.get(name, digest) != digest:
                yield f"{croissant.FILE} has another hash of {table.name}"


def _changes(release: Path, tables: tuple[Table, ...], said: Mapping[str, Any]) -> Iterator[str]:
    schema = manifest.read_json(release, contracts.DIFF_FILE)
    if schema["to"] != {k: said[k] for k in ("version", "schema_version")}:
        yield f"{contracts.DIFF_FILE} is of another version"
    if (schema["from"] or {}).get("version") != (said["previous"] or {}).get("version"):
        yield f"{contracts.DIFF_FILE} compares with another release"
    if f"## {said['version']} · " not in (release / changelog.FILE).read_text(encoding="utf-8"):
        yield f"{changelog.FILE} does not tell of version {said['version']}"
    for table in tables:
        path = release / changes.FOLDER / f"{table.name}.parquet"
        if not pq.read_schema(path).equals(changes.contract(table).schema):
            yield f"{changes.FOLDER}/{path.name} has not the columns of changes"
