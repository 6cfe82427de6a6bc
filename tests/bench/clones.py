"""Many documents whose rows are in the store already: all that a build does, but for the NLP.

A clone is an article that was extracted, its small words spelt otherwise, letter for letter: no two
clones share their shingles, names stay, and so does every offset.
"""

import hashlib
import json
import random
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.extraction import open_shards
from assets.settings import Settings, settings
from pipelines.articles.near_duplicates_text import signature
from pipelines.documents.reader import read_stream
from pipelines.engines import EXTRACTED, SLOT
from pipelines.ids import article_id, digest_id
from pipelines.process import SPAN_JOINT
from pipelines.reuse import reading_of, rows_key
from warehouse.shards import DOCUMENTS_A_SHARD
from warehouse.storage import list_inputs

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_SMALL_WORD = re.compile(r"(?<![\w’'])[a-z]{3,}")
_FILES_A_BATCH = 5
_IDS = re.compile("(article|mention|date|quote|range)_id$|repeats_quote_id")


def clone_corpus(model: Settings, seeds: Path, warehouse: Path, number: int) -> None:
    """Write so many clones of the articles that `model` built, and put their rows in the store."""
    chosen = settings(str(seeds), str(warehouse), environment={})
    originals, shards = list(_extracted(model)), open_shards(chosen)
    for start in range(0, number, DOCUMENTS_A_SHARD):
        clones = [
            _clone(originals[n % len(originals)], n)
            for n in range(start, min(number, start + DOCUMENTS_A_SHARD))
        ]
        file_no = start // DOCUMENTS_A_SHARD
        batch = f"batch-{file_no // _FILES_A_BATCH:03}"
        path = seeds / batch / f"{file_no:04}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_line(n, clone) for n, clone in enumerate(clones, start)))
        name = path.relative_to(seeds).as_posix()
        with path.open("rb") as stream:
            readings = [reading_of(record) for record in read_stream(name, batch, stream)]
        keys = [rows_key(reading, chosen.model) for reading in readings]
        for reading, clone in zip(readings, clones, strict=True):
            _rename(clone, reading.record.source_id)
        shards.append(batch, keys, _tables(clones))
    list_inputs(seeds)


def _extracted(model: Settings) -> Iterator[Rows]:
    """The rows of each article in the store, by table."""
    for shard in open_shards(model).live(model.live.read_bytes()):
        documents: dict[int, Rows] = defaultdict(lambda: {table.name: [] for table in EXTRACTED})
        for table in EXTRACTED:
            for row in pq.read_table(shard.path(table)).to_pylist():
                documents[row[SLOT]][table.name].append(row)
        yield from documents.values()


def _clone(original: Rows, number: int) -> Rows:
    draw = random.Random(number)
    letters = list(string.ascii_lowercase)
    draw.shuffle(letters)
    spelling = str.maketrans(string.ascii_lowercase, "".join(letters))

    def spelt(text: str) -> str:
        return _SMALL_WORD.sub(lambda m: m[0].translate(spelling), text)

    (article,) = original["extracted_articles"]
    text = spelt(article["text"])
    clone = {name: [dict(row) for row in rows] for name, rows in original.items()}
    (made,) = clone["extracted_articles"]
    made |= {"text": text, "body": (body := spelt(article["body"]))}
    made["signature"] = signature(body) or None
    made["content_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for rows in (clone["extracted_mentions"], clone["dates"], clone["quote_spans"]):
        for row in rows:
            row["text"] = text[row["start_char"] : row["end_char"]]
    for quote in clone["extracted_quotes"]:
        _requote(quote, clone["quote_spans"], text)
    return clone


def _requote(quote: Row, spans: Sequence[Row], text: str) -> None:
    own = sorted(
        (s for s in spans if s["quote_id"] == quote["quote_id"]), key=lambda s: s["span_no"]
    )
    quote["text"] = SPAN_JOINT.join(span["text"] for span in own)
    if quote["cue"] is not None:
        quote["cue"] = text[quote["cue_start"] : quote["cue_end"]]
    if quote["speaker_text"] is not None:
        quote["speaker_text"] = text[quote["speaker_start"] : quote["speaker_end"]]


def _rename(clone: Rows, source_id: str) -> None:
    """Give every row the ids of its article."""
    key = article_id(None, source_id)
    for rows in clone.values():
        for row in rows:
            for name in row:
                if _IDS.search(name) and row[name] is not None:
                    row[name] = digest_id(row[name][0], key, row[name])
            if "article_id" in row:
                row["article_id"] = key
    clone["extracted_articles"][0]["source_id"] = source_id


def _line(number: int, clone: Rows) -> str:
    (article,) = clone["extracted_articles"]
    record = {"id": number, "text": article["text"], "published": article["published_edtf"]}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _tables(clones: Sequence[Rows]) -> dict[str, pa.Table]:
    tables = {}
    for table in EXTRACTED:
        rows = [
            row | {SLOT: slot} for slot, clone in enumerate(clones) for row in clone[table.name]
        ]
        schema = table.schema.append(pa.field(SLOT, pa.int32()))
        tables[table.name] = pa.Table.from_pylist(rows, schema=schema)
    return tables
