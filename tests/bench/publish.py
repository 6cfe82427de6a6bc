"""The CPU seconds of publishing a folder of tables, ours or bare, in a process of its own."""

import sys
import tempfile
import time
from pathlib import Path

import duckdb as driver

from warehouse import duckdb
from warehouse.parquet import files
from warehouse.tables import TABLES

ABOUT: dict[str, str | None] = dict.fromkeys(
    ("version", "schema_version", "model", "inputs_sha256", "packages_sha256")
)


def main(how: str, tables: str) -> None:
    """Publish and print the seconds."""
    with tempfile.TemporaryDirectory(prefix="otr-bench-") as folder:
        target = Path(folder) / "out.duckdb"
        began = time.process_time()
        if how == "ours":
            duckdb.publish(Path(tables), target, ABOUT, with_keys=False)
        else:
            _bare(Path(tables), target)
        print(time.process_time() - began)


def _bare(tables: Path, target: Path) -> None:
    with driver.connect(str(target)) as connection:
        for table in TABLES:
            source = [str(path) for path in files(tables, table.name)]
            connection.execute(
                f"CREATE TABLE {table.name} AS FROM read_parquet($source)", {"source": source}
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
