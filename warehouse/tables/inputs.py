"""What an input may be: how much of it is read, and which columns of a record are understood.

Part of the contract of `documents`, for what reads the inputs and for what counts them anew.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: A longer text file, page, line, row or payload is not read: 16 MB is some ten thick books.
MAX_RECORD_BYTES = 16 * 2**20
#: A longer text is no article; what spaCy needs grows with the text.
MAX_TEXT_CHARS = 1_000_000
#: A record's own id that is longer is not used.
MAX_ID_CHARS = 500
#: The header of a record in a WARC file.
MAX_HEADER_BYTES = 2**18
#: Rows of a Parquet file that are taken at a time: few, for each may be as large as is read. Those
#: taken before damaged ones count.
PARQUET_ROWS = 8
#: Compressed data may swell so many times over, and to so many bytes in any case. Text shrinks by 3
#: to 10 times, text full of repeats by 50; a bomb by 1,000 and more.
MAX_EXPANSION, FREE_EXPANSION = 200, 64 * 2**20


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus, known by its columns, in which some of them mean something else.

    `columns` gives these their meaning, the empty string for none.
    """

    has: frozenset[str]
    is_all: bool
    columns: Mapping[str, str]

    def made(self, columns: frozenset[str]) -> bool:
        """Whether a record with these columns, in lower case, is of this corpus."""
        return columns == self.has if self.is_all else columns >= self.has


def allowed_expansion(n_bytes: int) -> int:
    """How many bytes may come out of so many compressed ones."""
    return max(FREE_EXPANSION, MAX_EXPANSION * n_bytes)


def is_known(column: str) -> bool:
    """Whether a column of this name is read."""
    return column == "id" or any(column.strip().lower() in c for c in RECORD_COLUMNS.values())


_DATA = tomllib.loads(Path(__file__).with_name("record_columns.toml").read_text(encoding="utf-8"))
#: What a column means → the names that it goes by, in lower case, the preferred first.
RECORD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    meaning: tuple(names) for meaning, names in _DATA["columns"].items()
}
CORPORA: tuple[Corpus, ...] = tuple(
    Corpus(frozenset(c["has"]), c.get("is_all", False), c["columns"]) for c in _DATA["corpus"]
)
