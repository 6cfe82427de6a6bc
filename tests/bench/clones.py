"""Many documents whose rows are in the store already: all that a build does, but for the NLP.

A clone is an article that was extracted, its words spelt otherwise, letter for letter, so that
every offset stays. Small words are spelt in each clone in a way of its own, so that no two share
their shingles; names in one of some ways, a few of them common, so that many clones name the same
things and new things go on to come. Three in a hundred clones are versions of the one before them:
all but the end is spelt alike.

Half of the clones are records of files, half are files of their own.
"""

import hashlib
import json
import multiprocessing
import os
import random
import re
import string
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.extraction import open_shards
from assets.settings import Settings, settings
from pipelines.articles.near_duplicates_text import signature
from pipelines.documents.reader import read_stream
from pipelines.engines import EXTRACTED, SLOT
from pipelines.ids import article_id
from pipelines.reuse import Reading, reading_of, rows_key
from tests.bench.clone_texts import Letters, Strings, letters_of, strings_of
from warehouse.shards import DOCUMENTS_A_SHARD
from warehouse.tables.articles import words_sha256

_FILES_A_BATCH = 5
#: Of so many clones the last one is a version of the one before it.
_VERSION_EACH = 33
#: Where the end of a version begins, which is told in other words.
_END = 0.8
_IDS = re.compile("(article|mention|date|quote|range)_id$")
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][a-z]{2,}")
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)

Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Original:
    """An article that was extracted: its rows, and how their strings follow from its text."""

    rows: dict[str, pa.Table]
    letters: Letters
    strings: Strings
    published: str | None
    #: What it names, by how names are spelt.
    things: dict[int, pa.Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Clone:
    """What a clone is made of: the article, its letters, and how names are spelt."""

    original: Original
    letters: npt.NDArray[np.uint8]
    spelling: int

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.letters[: self.original.letters.n_text].tobytes().decode()


def clone_corpus(originals: Sequence[Original], seeds: Path, warehouse: Path, number: int) -> None:
    """Write so many clones of some articles, and put their rows in the store."""
    chosen = settings(str(seeds), str(warehouse), environment={})
    starts = range(0, number, DOCUMENTS_A_SHARD)
    runs = [range(start, min(number, start + DOCUMENTS_A_SHARD)) for start in starts]
    n_workers = min(len(runs), os.cpu_count() or 1)
    # A fork inherits what it is told at its start: the articles are not copied.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(n_workers, fork, _inherited.extend, (originals,)) as pool:
        for written in [pool.submit(_write, chosen, run) for run in runs]:
            written.result()


_inherited: list[Original] = []


def _write(chosen: Settings, numbers: range) -> None:
    clones = [_clone(_inherited, n) for n in numbers]
    file_no = numbers.start // DOCUMENTS_A_SHARD
    batch = f"batch-{file_no // _FILES_A_BATCH:03}"
    readings = _written(Path(chosen.seeds), f"{batch}/{file_no:04}", batch, clones)
    keys = [rows_key(reading, chosen.model) for reading in readings]
    names = [reading.record.source_id for reading in readings]
    open_shards(chosen).append(batch, keys, _tables(clones, names))


def originals_of(model: Settings) -> list[Original]:
    """The articles in the store of a warehouse that was built."""
    found = []
    for shard in open_shards(model).live(model.live.read_bytes()):
        tables = {table.name: pq.read_table(shard.path(table)) for table in EXTRACTED}
        for slot in np.flatnonzero(shard.live):
            rows = {
                name: table.filter(pa.array(table[SLOT].to_numpy() == slot)).drop_columns(SLOT)
                for name, table in tables.items()
            }
            letters = letters_of(rows)
            (article,) = rows["extracted_articles"].to_pylist()
            strings = strings_of(rows, letters)
            found.append(Original(rows, letters, strings, article["published_edtf"]))
    return found


def _clone(originals: Sequence[Original], number: int) -> _Clone:
    is_version = number % _VERSION_EACH == _VERSION_EACH - 1
    like = number - 1 if is_version else number
    original = originals[like % len(originals)]
    spelling = int(random.Random(f"names of {like}").paretovariate(1)) - 1
    begin = original.letters.spelt(_spelling(f"words of {like}"), _name_spelling(spelling))
    if is_version:
        other = original.letters.spelt(_spelling(f"words of {number}"), _name_spelling(spelling))
        cut = int(original.letters.n_text * _END)
        begin[cut : original.letters.n_text] = other[cut : original.letters.n_text]
    return _Clone(original, begin, spelling)


def _spelling(seed: str) -> npt.NDArray[np.uint8]:
    """Of each byte the byte that is written for it; only small letters are exchanged."""
    letters = list(string.ascii_lowercase.encode())
    shuffled = letters.copy()
    random.Random(seed).shuffle(shuffled)
    table = np.arange(256, dtype=np.uint8)
    table[letters] = shuffled
    return table


@cache
def _name_spelling(number: int) -> npt.NDArray[np.uint8]:
    return _spelling(f"names {number}") if number else np.arange(256, dtype=np.uint8)


def _written(seeds: Path, path: str, batch: str, clones: Sequence[_Clone]) -> list[Reading]:
    """Write one half of the clones into one file, the others into one each; what they read as."""
    half = -(-len(clones) // 2)
    records, folder = seeds / f"{path}.jsonl", seeds / path
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"id": n, "text": c.text, "published": c.original.published}, ensure_ascii=False)
        for n, c in enumerate(clones[:half])
    ]
    records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [folder / f"{n:04}.txt" for n in range(len(clones) - half)]
    for file, clone in zip(files, clones[half:], strict=True):
        file.write_bytes(clone.text.encode())
    readings = []
    for file in (records, *files):
        name = file.relative_to(seeds).as_posix()
        with file.open("rb") as stream:
            readings += [reading_of(record) for record in read_stream(name, batch, stream)]
    return readings


def _tables(clones: Sequence[_Clone], names: Sequence[str]) -> dict[str, pa.Table]:
    keys = np.array([int(article_id(None, name)[1:], 16) for name in names], dtype=np.uint64)
    tables = {}
    for table in EXTRACTED:
        if table.name == "extracted_entities":
            parts = [_things(clone.original, clone.spelling) for clone in clones]
        else:
            parts = [clone.original.rows[table.name] for clone in clones]
        slots = np.repeat(np.arange(len(clones), dtype=np.int32), [p.num_rows for p in parts])
        rows = pa.concat_tables(parts).combine_chunks()
        for column in rows.column_names:
            if _IDS.search(column):
                rows = _put(rows, column, _new_ids(rows[column], keys[slots], column))
            elif (table.name, column) in clones[0].original.strings:
                rows = _put(rows, column, _spelt(clones, table.name, column, rows[column]))
        if table.name == "extracted_articles":
            rows = _put(rows, "source_id", pa.array(names))
            digests = [hashlib.sha256(clone.text.encode()).hexdigest() for clone in clones]
            rows = _put(rows, "content_sha256", pa.array(digests))
            digests = [words_sha256(clone.text) for clone in clones]
            rows = _put(rows, "words_sha256", pa.array(digests))
            signatures = [signature(body) or None for body in _bodies(rows)]
            kind = rows.schema.field("signature").type
            rows = _put(rows, "signature", pa.array(signatures, kind))
        tables[table.name] = rows.append_column(SLOT, pa.array(slots))
    return tables


def _bodies(articles: pa.Table) -> list[str]:
    return [str(body) for body in articles["body"].to_pylist()]


def _put(rows: pa.Table, column: str, values: "pa.Array[Any]") -> pa.Table:
    place = rows.schema.get_field_index(column)
    return rows.set_column(place, rows.schema.field(place), values)


def _spelt(
    clones: Sequence[_Clone], table: str, column: str, before: "pa.ChunkedArray[Any]"
) -> "pa.Array[Any]":
    """The strings of a column as the clones spell them."""
    key = (table, column)
    parts = [clone.letters[clone.original.strings[key].places] for clone in clones]
    lengths = np.concatenate([clone.original.strings[key].lengths for clone in clones])
    return _strings(np.concatenate(parts), lengths, before)


def _strings(
    letters: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int32], before: "pa.ChunkedArray[Any]"
) -> "pa.Array[Any]":
    """Strings of these lengths, null where those before are."""
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(letters.tobytes())]
    made = pa.Array.from_buffers(pa.string(), len(lengths), buffers)
    found: pa.ChunkedArray[Any] = pc.if_else(pc.is_valid(before), made, None)
    return found.combine_chunks()


def _new_ids(before: "pa.ChunkedArray[Any]", keys: Numbers, column: str) -> "pa.Array[Any]":
    """The ids of the clones' rows: of those before, and of the article's own number."""
    known = before.to_pylist()
    letters = np.array([ord(i[0]) if i else 0 for i in known], dtype=np.uint8)
    if column == "article_id":
        numbers = keys
    else:
        numbers = np.array([int(i[1:], 16) if i else 0 for i in known], dtype=np.uint64)
        numbers = _mixed(numbers ^ _mixed(keys))
    shifts = np.arange(60, -4, -4, dtype=np.uint64)
    digits = _HEX[(numbers[:, None] >> shifts) & np.uint64(15)]
    written = np.concatenate([letters[:, None], digits], axis=1)
    lengths = np.full(len(known), written.shape[1], dtype=np.int32)
    return _strings(written.reshape(-1), lengths, before)


def _mixed(numbers: Numbers) -> Numbers:
    """Numbers that have nothing to do with each other, from any (the finaliser of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _things(original: Original, spelling: int) -> pa.Table:
    """What the article names, in one of the spellings of names."""
    if spelling not in original.things:
        rows = original.rows["extracted_entities"]
        spell = {n: int(to) for n, to in enumerate(_name_spelling(spelling))}
        for column in ("name", "aliases"):
            values = [_respelt(value, spell) for value in rows[column].to_pylist()]
            rows = _put(rows, column, pa.array(values, rows.schema.field(column).type))
        original.things[spelling] = rows
    return original.things[spelling]


def _respelt(value: Any, spell: Mapping[int, int]) -> Any:  # noqa: ANN401 (a string or a list)
    if isinstance(value, list):
        return sorted({str(_respelt(one, spell)) for one in value})
    return _CAPITALISED.sub(lambda m: m[0].translate(spell), value)
