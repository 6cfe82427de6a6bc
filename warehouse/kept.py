"""Arrow tables kept from one build to the next by the code that made them: a cache."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.storage import atomic_path

_SUFFIX = ".arrow"
_VERSION = b"version"
#: What a file ends with that was written whole.
_END = b"whole"


@dataclass(frozen=True, slots=True)
class KeptTables:
    """Files of tables in a folder, each mapped into memory rather than read.

    Attributes:
        folder: where they lie; it, or any file in it, may be deleted at any time.
        version: that of the code that makes them; what another one made is not there.
    """

    folder: Path
    version: str

    def read(self, name: str) -> list[pa.Table]:
        """The tables of this name as they were written; none if any is missing or torn."""
        tables = []
        try:
            with pa.memory_map(str(self._path(name))) as file:
                while file.tell() < file.size() - len(_END):
                    with pa.ipc.open_stream(file) as stream:
                        tables.append(stream.read_all())
                is_whole = file.read() == _END
        except (OSError, pa.ArrowException):
            return []
        versions = {(table.schema.metadata or {}).get(_VERSION) for table in tables}
        return tables if is_whole and versions == {self.version.encode()} else []

    def write(self, name: str, tables: Sequence[pa.Table]) -> None:
        """Keep tables in the place of those of this name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with atomic_path(self._path(name)) as temporary, temporary.open("wb") as file:
            for table in tables:
                facts = {**(table.schema.metadata or {}), _VERSION: self.version.encode()}
                with pa.ipc.new_stream(file, table.schema.with_metadata(facts)) as stream:
                    stream.write_table(table.replace_schema_metadata(facts))
            file.write(_END)

    def keep_only(self, names: Collection[str]) -> None:
        """Delete the tables of all other names, and halves of builds that were killed."""
        wanted = {self._path(name) for name in names}
        for path in self.folder.glob("*"):
            if path not in wanted:
                path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"
