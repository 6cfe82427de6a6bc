"""From a gold file and a published DuckDB file to the figures and the table."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from expectations.accuracy import read_gold, reliability, render, score
from expectations.accuracy.predictions import read_predictions
from expectations.accuracy.ratios import Ratio
from warehouse.tables import TABLES

TEXT = "“Rain is late,” Ines Caron said on Monday in Oslo."
ARTICLE = {
    "article_id": "a1",
    "source_id": "documents.jsonl#wire/1",
    "title": "Rain",
    "authors": ["Ada Bloom"],
    "text": TEXT,
    "body": TEXT,
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [ARTICLE],
    "documents": [
        {"source_id": "documents.jsonl#wire/1", "article_id": "a1", "status": "accepted"},
        {"source_id": "documents.jsonl#wire/2", "article_id": "a1", "status": "duplicate"},
        {"source_id": "documents.jsonl#wire/3", "article_id": None, "status": "rejected"},
        {"source_id": "more/page__4.html", "article_id": "a1", "status": "duplicate"},
    ],
    "quotes": [
        {
            "quote_id": "q1",
            "article_id": "a1",
            "kind": "direct",
            "start_char": 1,
            "end_char": 13,
            "speaker_start": 16,
            "speaker_end": 26,
            "speaker_name": "Ines Caron",
            "confidence": 0.95,
        }
    ],
    "quote_spans": [
        {"quote_id": "q1", "span_no": 1, "start_char": 6, "end_char": 13, "is_verbatim": False},
        {"quote_id": "q1", "span_no": 0, "start_char": 1, "end_char": 5, "is_verbatim": True},
    ],
    "mentions": [
        {"article_id": "a1", "start_char": 45, "end_char": 49, "type": "GPE", "form": "name"}
    ],
    "dates": [
        {
            "article_id": "a1",
            "start_char": 35,
            "end_char": 41,
            "timex_type": "DATE",
            "timex_value": "XXXX-WXX-1",
            "confidence": 0.8,
        }
    ],
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The tables of the contract, with null in every column that a row does not name."""
    path = tmp_path / "small.duckdb"
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            schema = pa.schema([(column.name, column.type) for column in table.columns])
            connection.register("rows", pa.Table.from_pylist(ROWS.get(table.name, []), schema))
            connection.execute(f"CREATE TABLE {table.name} AS SELECT * FROM rows")
            connection.unregister("rows")
    return path


@pytest.fixture
def gold_path(tmp_path: Path) -> Path:
    """The same text twice and a text that could not be used."""
    layers = {
        "text": TEXT,
        "quotes": [{"start": 1, "end": 13, "type": "direct", "speaker": {"start": 16, "end": 26}}],
        "dates": [{"start": 35, "end": 41, "value": "2021-03-01"}],
        "entities": [{"start": 45, "end": 49, "label": "LOC"}],
    }
    path = tmp_path / "gold.jsonl"
    documents = [{"doc_id": f"wire/{number}"} | layers for number in (1, 2, 3)]
    documents[1] |= {"text": TEXT + "\n"}
    path.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    return path


def test_rows_are_found_by_the_source_of_the_document(database: Path) -> None:
    predictions = read_predictions(database, ["wire/1", "wire/2", "wire/3", "page/4", "wire/5"])
    assert predictions["wire/1"] == predictions["wire/2"] == predictions["page/4"]
    assert predictions["wire/3"] == predictions["wire/5"]
    assert predictions["wire/3"].article is None
    assert predictions["wire/1"].quotes[0].spans == ((1, 5), (6, 13))
    assert predictions["wire/1"].quotes[0].verbatim == ((1, 5),)


def test_a_rejected_document_has_found_nothing(database: Path, gold_path: Path) -> None:
    figures = score(read_gold(gold_path), database)
    assert (figures.n_documents, figures.n_articles, figures.n_other_texts) == (3, 2, 1)
    assert figures.quotes is not None
    assert figures.quotes.direct.found.recall == Ratio(2, 3)
    assert figures.quotes.direct.speaker == Ratio(2, 2)
    assert figures.verbatim is not None
    assert figures.verbatim.attributed == Ratio(8, 30)  # “Rain” of “Rain is late”, twice of three
    assert figures.dates is not None
    assert figures.dates.values == Ratio(0, 2)
    assert figures.entities is not None
    assert figures.entities.places.recall == Ratio(2, 3)
    assert figures.metadata is None
    assert figures.pieces is None


def test_reliability_is_part_of_the_figures(database: Path, gold_path: Path) -> None:
    gold = read_gold(gold_path)
    rows = reliability(gold, database)
    assert rows == score(gold, database).reliability
    assert [row.right for row in rows] == [Ratio()] * 9 + [Ratio(2, 2)]


def test_the_table_shows_what_the_gold_allows(database: Path, gold_path: Path) -> None:
    table = render(score(read_gold(gold_path), database))
    lines = [" ".join(line.split()) for line in table.splitlines()]
    assert lines[0].startswith("2 of 3 documents have an article; the text of 1 is not the gold's")
    assert "direct p 1.000 r 0.667 f1 0.800 2 predicted, 3 in the gold" in lines
    assert "direct: right speaker 1.000 2 of 2" in lines
    assert "value f1 0.000" in lines
    assert "0.9 to 1.0 1.000 2 of 2" in lines
    assert not any(word in table for word in ("mixed", "body", "web", "0.7 to 0.8"))
