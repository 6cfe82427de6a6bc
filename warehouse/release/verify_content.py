"""The inner checks of a release: its tables against its contracts, its DuckDB file, each other."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from warehouse.duckdb import FILE_NAME, read_release, type_name
from warehouse.release import contracts, manifest, profile
from warehouse.release.facts import inputs
from warehouse.release.hashes import digest_of_inputs, logical_hash, parquet_relation
from warehouse.tables import Table

_Connection = duckdb.DuckDBPyConnection


def schema(release: Path, _: Path | None) -> Iterator[str]:
    """Whether Parquet, DuckDB and the checkout have the contracts that the release says it has."""
    said = manifest.read(release)
    held = manifest.read_json(release, contracts.FILE)
    tables = contracts.load(held)
    version = said["schema_version"]
    if held["schema_version"] != version:
        yield f"{contracts.FILE} is of version {held['schema_version']}, the manifest of {version}"
    known = contracts.committed(version)
    if known and contracts.compare(profile.tables(profile.of(said), known), tables):
        yield f"{contracts.FILE} is not version {version} of the schema as this program knows it"
    names = {table.name for table in tables}
    yield from (f"the manifest has no table {name}" for name in sorted(names - set(said["tables"])))
    for table in tables:
        for path in _files(release, table):
            yield from _parquet_faults(table, path, path.relative_to(release).as_posix(), said)
    with _opened(release) as connection:
        for table in tables:
            yield from _database_faults(connection, table)


def logical_hashes(release: Path, _: Path | None) -> Iterator[str]:
    """Whether Parquet, DuckDB and the manifest speak of the same rows, made of the same things."""
    said = manifest.read(release)
    with _opened(release) as connection:
        for table in contracts.load(manifest.read_json(release, contracts.FILE)):
            of = said["tables"][table.name]
            parquet = parquet_relation(_files(release, table))
            rows, in_database = _count(connection, parquet), _count(connection, table.name)
            if rows != of["rows"]:
                yield f"{table.name}: {rows} rows in Parquet, {of['rows']} in the manifest"
            if in_database != rows:
                yield f"{table.name}: {in_database} rows in DuckDB, {rows} in Parquet"
            digest = logical_hash(connection, table, parquet)
            if digest != of["logical_hash"]:
                yield f"{table.name}: the rows in Parquet are not those of the manifest"
            if logical_hash(connection, table, table.name) != digest:
                yield f"{table.name}: the rows in DuckDB are not those in Parquet"
    yield from _origin_faults(release, said)


def keys(release: Path, _: Path | None) -> Iterator[str]:
    """Whether every key is unique and every reference leads to a row."""
    tables = contracts.load(manifest.read_json(release, contracts.FILE))
    with duckdb.connect() as connection:
        for table in tables:
            rows = parquet_relation(_files(release, table))
            connection.execute(f"CREATE VIEW {table.name} AS FROM {rows}")
        for table in tables:
            key = ", ".join(table.primary_key)
            n = _count(
                connection, f"(SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1)"
            )
            if n:
                yield f"{table.name}: {n} keys ({key}) are there more than once"
            for column in table.columns:
                if column.references is None:
                    continue
                other, referred = column.references.split(".")
                n = _count(
                    connection,
                    f"{table.name} WHERE {column.name} IS NOT NULL AND {column.name} NOT IN "
                    f"(SELECT {referred} FROM {other})",
                )
                if n:
                    yield f"{table.name}.{column.name}: {n} lead to no row of {other}"


def _parquet_faults(table: Table, path: Path, name: str, said: dict[str, object]) -> Iterator[str]:
    found = pq.read_schema(path)
    metadata = {k.decode(): v.decode() for k, v in (found.metadata or {}).items()}
    if not found.remove_metadata().equals(table.schema.remove_metadata()):
        yield f"{name} has not the columns of {table.name}"
    if metadata.get("table") != table.name:
        yield f"{name} holds the table {metadata.get('table')}"
    for fact in ("version", "profile", "schema_version", "licence", "citation"):
        if metadata.get(fact) != said.get(fact):
            yield f"{name} says {fact} {metadata.get(fact)}, the manifest {said.get(fact)}"


def _database_faults(connection: _Connection, table: Table) -> Iterator[str]:
    query = (
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE table_name = ? ORDER BY column_index"
    )
    found = connection.execute(query, [table.name]).fetchall()
    wanted = [(c.name, type_name(c.type), c.nullable, c.doc) for c in table.columns]
    if found != wanted:
        yield f"{FILE_NAME} has not the columns of {table.name}"


def _origin_faults(release: Path, said: dict[str, object]) -> Iterator[str]:
    """What the manifest and the DuckDB file say made the release, and the inputs of both."""
    held = read_release(release / FILE_NAME)
    code, model = said["code"], said["model"]
    assert isinstance(code, dict)
    assert isinstance(model, dict)
    wanted = {
        **{name: said[name] for name in ("version", "released_on", "schema_version", "licence")},
        **{name: said.get(name) for name in ("citation", "inputs_sha256", "profile")},
        "code_commit": code["commit"],
        "packages_sha256": code["packages_sha256"],
        "model": model["name"],
        "model_sha256": model["sha256"],
    }
    for name, value in wanted.items():
        if held.get(name) != value:
            yield f"{name}: {held.get(name)} in DuckDB, {value} in the manifest"
    tables = {t.name: t for t in contracts.load(manifest.read_json(release, contracts.FILE))}
    documents = _files(release, tables["documents"])
    if inputs(documents) != said["inputs"]:
        yield "inputs: the manifest's are not those of the table documents"
    elif digest_of_inputs(inputs(documents)) != said["inputs_sha256"]:
        yield "inputs_sha256 is not that of the inputs"


def _files(release: Path, table: Table) -> list[Path]:
    """The files of a table that the manifest names."""
    return [release / name for name in manifest.read(release)["tables"][table.name]["files"]]


def _opened(release: Path) -> _Connection:
    return duckdb.connect(str(release / FILE_NAME), read_only=True)


def _count(connection: _Connection, relation: str) -> int:
    (n,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0]
    return int(n)
