"""A small valid dataset of two invented articles, for the counterexamples to break.

Each counterexample gets a copy of its own, told apart by ids and source_ids that come from the
case's name, so that all of them can lie in one set of tables and be checked in one go.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.tables import TABLES
from warehouse.tables.articles import words_sha256
from warehouse.tables.spec import byte_column

Row = dict[str, Any]

#: With a character beyond 16 bits and a combining one, as offsets count code points.
BRIDGE = """Old harbour bridge 🌉 to close

2 March 2021

Mira Solvang, the harbour master of Tellwick, said on Monday that the bridge “must close”, and \
that traffic would “slow down”. “We are ready,” she said. “Nobody will wait.” A sign by the \
cafe\u0301 reads: “Mind the gap.” In May and June officials said that ferries would run. Another \
sign reads: “Mind the gap.”

More: Dockers’ strike ends in Varnholm

"""
FERRY = """Ferries to replace bridge

“The first boat leaves at six,” said Solvang. She was born in 1971.

"""
EXTRACTED_BY = {"extractor": "by hand", "extractor_version": "0123456789ab"}


@dataclass
class Dataset:
    """Rows by table, and by the label that they are known by here."""

    case: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    labelled: dict[tuple[str, str], Row] = field(default_factory=dict)

    def id(self, letter: str, label: str) -> str:
        """An id of this copy of the dataset."""
        return letter + hashlib.sha256(f"{self.case}/{label}".encode()).hexdigest()[:16]

    def source(self, name: str) -> str:
        """A source_id of this copy of the dataset."""
        return f"{self.case}/{name}"

    def add(self, table: str, label: str, row: Row) -> Row:
        """Append a row."""
        self.tables.setdefault(table, []).append(row)
        self.labelled[table, label] = row
        return row

    def copy(self, table: str, label: str, new_label: str, **changes: object) -> Row:
        """Append a copy of a row with some values changed."""
        return self.add(table, new_label, {**self.labelled[table, label], **changes})

    def __getitem__(self, key: tuple[str, str]) -> Row:
        return self.labelled[key]

    @property
    def values(self) -> set[str]:
        """Everything that stands in it, as text."""
        rows = (row for rows in self.tables.values() for row in rows)
        return {str(value) for row in rows for value in row.values()}

    def of(self, table: str, column: str, value: object) -> list[Row]:
        """The rows that have this value."""
        return [row for row in self.tables[table] if row[column] == value]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def valid(case: str) -> Dataset:
    """The dataset as it should be."""
    ds = Dataset(case)
    _bridge(ds)
    _ferry(ds)
    _entities(ds)
    _registry(ds)
    _withdrawn(ds)
    add_document(ds, "copy.txt", status="duplicate", reason="same_content", article="bridge")
    add_document(ds, "blank.txt", status="rejected", reason="empty")
    return ds


def _bridge(ds: Dataset) -> None:
    add_article(
        ds,
        "bridge",
        BRIDGE,
        {
            "Old harbour": "title",
            "2 March": "date",
            "Mira Solvang,": "body",
            "More:": "related",
            "Ref.": "boilerplate",
        },
        published_on=date(2021, 3, 2),
        published_edtf="2021-03-02",
        published_basis="text",
    )
    add_mention(ds, "mira", "bridge", "Mira Solvang", "solvang")
    add_mention(ds, "master", "bridge", "the harbour master", "solvang", form="role")
    add_mention(ds, "she", "bridge", "she", "solvang", form="pronoun")
    add_mention(ds, "tellwick", "bridge", "Tellwick", None, type="GPE")
    add_date(ds, "monday", "bridge", "Monday", date(2021, 3, 1), date(2021, 3, 1))
    may = add_date(ds, "may", "bridge", "May", date(2021, 5, 1), date(2021, 5, 31))
    june = add_date(ds, "june", "bridge", "June", date(2021, 6, 1), date(2021, 6, 30))
    may["range_id"] = june["range_id"] = ds.id("r", "may-june")

    close = add_quote(
        ds,
        "close",
        "bridge",
        "mixed",
        ["that the bridge", "must close", "and that traffic would", "slow down"],
        verbatim={"must close", "slow down"},
    )
    set_speaker(ds, close, "Mira Solvang", "name", mention="mira")
    set_cue(ds, close, "said")
    close["date_id"] = ds.id("t", "monday")
    ready = add_quote(
        ds, "ready", "bridge", "direct", ["We are ready,", "Nobody will wait."], number=1
    )
    set_speaker(ds, ready, "she", "pronoun", mention="she")
    add_quote(ds, "gap", "bridge", "direct", ["Mind the gap."], number=2)
    ferries = add_quote(ds, "ferries", "bridge", "indirect", ["that ferries would run"], number=3)
    set_speaker(ds, ferries, "officials", "collective")
    again = add_quote(ds, "again", "bridge", "direct", ["Mind the gap."], number=4, nth=1)
    again["repeats_quote_id"] = ds.id("q", "gap")


def _ferry(ds: Dataset) -> None:
    kinds = {"Ferries": "title", "“The": "body", "Ref.": "boilerplate"}
    ferry = add_article(ds, "ferry", FERRY, kinds)
    ferry["near_duplicate_of"] = ds.id("a", "bridge")
    add_mention(ds, "surname", "ferry", "Solvang", "solvang")
    add_date(ds, "1971", "ferry", "1971", date(1971, 1, 1), date(1971, 12, 31))
    boat = add_quote(ds, "boat", "ferry", "direct", ["The first boat leaves at six,"])
    set_speaker(ds, boat, "Solvang", "name", mention="surname")
    set_cue(ds, boat, "said")


def _entities(ds: Dataset) -> None:
    row = {
        "entity_id": ds.id("e", "solvang"),
        "name": "Mira Solvang",
        "type": "PERSON",
        "aliases": ["Solvang"],
        "roles": ["the harbour master"],
        "country": "NO",
        "ids": ["wikidata:Q1"],
        "n_mentions": 4,
        "n_articles": 2,
    }
    ds.add("entities", "solvang", row | EXTRACTED_BY)


def _registry(ds: Dataset) -> None:
    """Solvang, a misspelling that turned out to be her, and somebody not named any more."""
    for label, name, status in (
        ("solvang", "Mira Solvang", "active"),
        ("solwang", "Mira Solwang", "merged"),
        ("gone", "Odd Berg", "absent"),
    ):
        row: Row = {
            "entity_id": ds.id("e", label),
            "name": name,
            "type": "PERSON",
            "aliases": [],
            "roles": [],
            "country": None,
            "status": status,
            "lives_on_as": ds.id("e", "solvang") if status == "merged" else None,
            "first_release": "2021.3.0",
            "last_release": "2021.10.1",
            "name_digests": None,
        }
        ds.add("registry", label, row)


def _withdrawn(ds: Dataset) -> None:
    """An input that is no more, with its article, and a quote that no release was made without."""
    for letter, kind, label, release, with_id in (
        ("d", "document", "paper.txt", "2021.10.1", None),
        ("a", "article", "paper", "2021.10.1", ds.id("d", "paper.txt")),
        ("q", "quote", "taken back", None, None),
    ):
        row: Row = {"id": ds.id(letter, label), "kind": kind, "release": release}
        ds.add("withdrawn", label, row | {"reason": "retracted", "with_id": with_id})


def add_document(
    ds: Dataset, name: str, status: str, reason: str | None = None, article: str | None = None
) -> Row:
    row = {
        "document_id": ds.id("d", name),
        "source_id": ds.source(name),
        "batch": ds.case,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "n_bytes": 1,
        "sha256": sha256(name),
        "retrieved_at": None,
        "status": status,
        "reason": reason,
        "detail": None,
        "article_id": None if article is None else ds.id("a", article),
    }
    walked = {"source_id": row["source_id"], "kind": "input", "is_changed": False}
    ds.add("walked", name, walked)
    return ds.add("documents", name, row)


def add_article(ds: Dataset, label: str, text: str, kinds: dict[str, str], **known: object) -> Row:
    """An article with its document and blocks; `kinds` gives each block's first words and kind."""
    text += f"Ref. {sha256(ds.case + label)[:8]}\n"
    add_document(ds, f"{label}.txt", "accepted", article=label)
    row: Row = {
        "article_id": ds.id("a", label),
        "source_id": ds.source(f"{label}.txt"),
        "content_sha256": sha256(text),
        "words_sha256": words_sha256(text),
        "authors": [],
        "language": "en",
        "published_at": None,
        "published_basis": "none",
        "rights_code": "excerpt",
        "text": text,
        "text_basis": "source",
        "body": "some words",
        "n_words": 2,
        "near_duplicate_of": None,
    }
    ds.add("articles", label, row | known | EXTRACTED_BY)
    starts = [text.index(first_words) for first_words in kinds]
    ends = [*starts[1:], len(text)]
    for number, (kind, start, end) in enumerate(zip(kinds.values(), starts, ends, strict=True)):
        block = {
            "article_id": row["article_id"],
            "block_no": number,
            "kind": kind,
            **stretch(text, start, end),
        }
        ds.add("blocks", f"{label} {kind}", block | EXTRACTED_BY)
    return ds["articles", label]


def stretch(text: str, start: int, end: int, prefix: str = "") -> Row:
    """The columns of a stretch of the text: its offsets, in code points and in bytes."""
    first, last = (f"{prefix}start", f"{prefix}end") if prefix else ("start_char", "end_char")
    places = {first: start, last: end}
    return places | {
        byte_column(name): len(text[:offset].encode()) for name, offset in places.items()
    }


def place(ds: Dataset, article_id: str, surface: str, nth: int = 0, prefix: str = "") -> Row:
    """Where the n-th occurrence of the surface lies in the article, as columns."""
    text = next(row["text"] for row in ds.of("articles", "article_id", article_id))
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return stretch(text, start, start + len(surface), prefix)


def add_mention(
    ds: Dataset,
    label: str,
    article: str,
    surface: str,
    entity: str | None,
    form: str = "name",
    type: str = "PERSON",
) -> Row:
    row = {
        "mention_id": ds.id("m", label),
        "article_id": ds.id("a", article),
        "entity_id": None if entity is None else ds.id("e", entity),
        **place(ds, ds.id("a", article), surface),
        "text": surface,
        "type": type,
        "form": form,
        "confidence": 0.9,
    }
    return ds.add("mentions", label, row | EXTRACTED_BY)


def add_date(
    ds: Dataset, label: str, article: str, surface: str, earliest: date, latest: date
) -> Row:
    row = {
        "date_id": ds.id("t", label),
        "article_id": ds.id("a", article),
        **place(ds, ds.id("a", article), surface),
        "text": surface,
        "timex_type": "DATE",
        "timex_value": earliest.isoformat(),
        "earliest": earliest,
        "latest": latest,
        "granularity": "day",
        "range_id": None,
        "confidence": 0.87,
    }
    return ds.add("dates", label, row | EXTRACTED_BY)


def add_quote(
    ds: Dataset,
    label: str,
    article: str,
    kind: str,
    texts: list[str],
    verbatim: set[str] | None = None,
    number: int = 0,
    nth: int = 0,
) -> Row:
    """A quote of nobody with its spans; all of a direct quote and none of others is `verbatim`."""
    spans = [place(ds, ds.id("a", article), text, nth) for text in texts]
    for span_no, (text, spot) in enumerate(zip(texts, spans, strict=True)):
        span = {
            "quote_id": ds.id("q", label),
            "span_no": span_no,
            **spot,
            "uncut_end_char": spot["end_char"],
            "uncut_end_byte": spot["end_byte"],
            "text": text,
            "is_verbatim": kind == "direct" if verbatim is None else text in verbatim,
        }
        ds.add("quote_spans", f"{label} {span_no}", span | EXTRACTED_BY)
    row = {
        "quote_id": ds.id("q", label),
        "article_id": ds.id("a", article),
        "quote_no": number,
        "kind": kind,
        "start_char": spans[0]["start_char"],
        "end_char": spans[-1]["end_char"],
        "start_byte": spans[0]["start_byte"],
        "end_byte": spans[-1]["end_byte"],
        "text": " … ".join(texts),
        "is_truncated": False,
        "speaker_text": None,
        "speaker_start": None,
        "speaker_end": None,
        "speaker_start_byte": None,
        "speaker_end_byte": None,
        "speaker_mention_id": None,
        "speaker_entity_id": None,
        "speaker_name": None,
        "speaker_form": "none",
        "cue": None,
        "cue_start": None,
        "cue_end": None,
        "cue_start_byte": None,
        "cue_end_byte": None,
        "date_id": None,
        "repeats_quote_id": None,
        "confidence": 0.75,
    }
    return ds.add("quotes", label, row | EXTRACTED_BY)


def set_speaker(
    ds: Dataset, quote: Row, surface: str, form: str, mention: str | None = None
) -> None:
    """Give a quote its speaker, who is known where there is a mention."""
    quote |= place(ds, quote["article_id"], surface, prefix="speaker_")
    quote |= {"speaker_text": surface, "speaker_form": form}
    if mention is not None:
        quote |= {
            "speaker_mention_id": ds.id("m", mention),
            "speaker_entity_id": ds.id("e", "solvang"),
            "speaker_name": "Mira Solvang",
        }


def set_cue(ds: Dataset, quote: Row, surface: str) -> None:
    quote |= {"cue": surface} | place(ds, quote["article_id"], surface, prefix="cue_")


def write(datasets: Iterable[Dataset], folder: Path) -> None:
    """Write the rows of all of them as Parquet, nulls allowed everywhere."""
    rows: dict[str, list[Row]] = {}
    for dataset in datasets:
        for table, more in dataset.tables.items():
            rows.setdefault(table, []).extend(more)
    schemas = {table.name: table.schema for table in TABLES}
    columns: list[tuple[str, pa.DataType]] = [
        ("source_id", pa.string()),
        ("kind", pa.string()),
        ("is_changed", pa.bool_()),
    ]
    schemas["walked"] = pa.schema(columns)
    for name, schema in schemas.items():
        nullable = pa.schema([column.with_nullable(True) for column in schema])
        pq.write_table(
            pa.Table.from_pylist(rows[name], schema=nullable), folder / f"{name}.parquet"
        )
