"""Digests: of files, of folders, and of a table's rows whatever file they lie in."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.storage import sha256
from warehouse.tables import Table

#: How a logical hash is made. It depends neither on DuckDB's version nor on the file's format:
#: equal from 1.1 to 2.0, from Parquet and from DuckDB files.
LOGICAL_HASH = (
    "sha256 over the rows' hex digests in the order of the primary key, each the sha256 of the row "
    "as DuckDB's to_json writes it, columns in the contract's order, timestamps as microseconds "
    "since 1970"
)


def folder_sha256(folder: Path) -> str:
    """The SHA-256 over the paths and digests of all files of a folder, Python's caches aside."""
    digest = hashlib.sha256()
    for path in sorted(
        p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts
    ):
        digest.update(f"{path.relative_to(folder).as_posix()}\t{sha256(path)}\n".encode())
    return digest.hexdigest()


def digest_of_inputs(inputs: Mapping[str, str | None]) -> str:
    """The SHA-256 over each input's source_id and SHA-256, a line each, in order."""
    lines = "".join(f"{source}\t{digest}\n" for source, digest in sorted(inputs.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def parquet_relation(files: Iterable[Path]) -> str:
    """Parquet files as a relation of SQL."""
    quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{quoted}])"


def logical_hash(connection: duckdb.DuckDBPyConnection, table: Table, relation: str) -> str:
    """The logical hash of a table's rows in a relation: a table's name, or `read_parquet(…)`.

    Raises:
        duckdb.Error: the relation cannot be read, or lacks a column.
    """
    values = ", ".join(f'"{c.name}" := {_plain(c.name, c.type)}' for c in table.columns)
    key = ", ".join(f'"{name}"' for name in table.primary_key)
    row = f"sha256(to_json(struct_pack({values}))::VARCHAR)"
    query = f"SELECT sha256(coalesce(string_agg({row}, '' ORDER BY {key}), '')) FROM {relation}"
    (found,) = connection.execute(query).fetchall()[0]
    return str(found)


def _plain(name: str, of_type: pa.DataType) -> str:
    return f'epoch_us("{name}")' if pa.types.is_timestamp(of_type) else f'"{name}"'
