"""The articles' texts, read once for all the rules that look into them.

To find the 3,000th character of a text DuckDB reads 3,000, and it reads all texts anew for every
rule. Here each is read once, part by part, beside the rows that point into it, as Python counts.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.rules.offsets import STRETCHES, Stretch
from expectations.views import Files, make_views

#: What is written, each a Parquet file of that name.
MADE_OF_TEXTS = ("texts", "misplaced")
#: So many rows are compared at a time.
_ROWS = 50_000
#: White space in ASCII, whose bytes no other letter has in UTF-8.
_SPACE = b" \t\n\r\f\v"


def _schema(**types: pa.DataType) -> pa.Schema:
    return pa.schema(types)


_OF_TEXTS = _schema(
    article_id=pa.string(),
    content_sha256=pa.string(),
    words_sha256=pa.string(),
    sha256=pa.string(),
    sha256_of_words=pa.string(),
    n_chars=pa.int32(),
)
_OF_MISPLACED = _schema(
    stretch=pa.int32(),
    article_id=pa.string(),
    first_char=pa.int32(),
    end_char=pa.int32(),
    said=pa.string(),
)


def write_texts(parts: Iterable[Files], folder: Path) -> None:
    """Write `texts.parquet` and `misplaced.parquet`.

    `texts` has a row for each row of `articles`: its id and the digests that it says it has, the
    SHA-256 of the text, that of the text without ASCII white space, and its length in code points.
    `misplaced` has one for each row whose text
    is not what the article's text has at its offsets: the number of the stretch in `STRETCHES`, the
    article, the offsets and the row's text. Offsets that are none, and articles that are none, have
    rules of their own.

    Args:
        parts: the files of the tables, those of the same articles together. The texts of one part
            are held at a time.
        folder: where to write.

    Raises:
        duckdb.Error: a table cannot be read.
        UnicodeDecodeError: a text is no UTF-8.
    """
    texts_path, misplaced_path = (folder / f"{name}.parquet" for name in MADE_OF_TEXTS)
    with (
        duckdb.connect() as connection,
        pq.ParquetWriter(texts_path, _OF_TEXTS) as texts,
        pq.ParquetWriter(misplaced_path, _OF_MISPLACED) as misplaced,
    ):
        for files in parts:
            make_views(connection, files)
            articles = _articles(connection)
            texts.write_table(_described(articles))
            readable = articles.filter(articles["text"].is_valid())
            text_of: list[Any] = readable["text"].to_pylist()
            for rows in _placed(connection):
                misplaced.write_batch(_misplaced(rows, readable["article_id"], text_of))


def _articles(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    columns = "article_id, content_sha256, words_sha256, text"
    articles: pa.Table = connection.sql(f"SELECT {columns} FROM articles").to_arrow_table()
    return articles


def _described(articles: pa.Table) -> pa.Table:
    """The rows of `texts`."""
    in_bytes = articles["text"].cast(pa.binary()).to_pylist()
    words = [None if text is None else text.translate(None, _SPACE) for text in in_bytes]
    n_chars = pc.utf8_length(articles["text"])
    columns = [*articles.columns[:3], _digests(in_bytes), _digests(words), n_chars]
    return pa.table(columns, schema=_OF_TEXTS)


def _digests(texts: Iterable[bytes | None]) -> pa.StringArray:
    digests = [None if text is None else hashlib.sha256(text).hexdigest() for text in texts]
    return pa.array(digests, pa.string())


def _placed(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    """The rows of all stretches."""
    selected = " UNION ALL ".join(
        _select(number, stretch, stretch.text)
        for number, stretch in enumerate(STRETCHES)
        if stretch.text is not None
    )
    yield from connection.sql(selected).to_arrow_reader(_ROWS)


def _select(number: int, stretch: Stretch, text: str) -> str:
    start, end, said = (f"{stretch.table}.{name}" for name in (stretch.start, stretch.end, text))
    return (
        f"SELECT {number}::INTEGER AS stretch, article_id, {start} AS first_char, "
        f"{end} AS end_char, {said} AS said "
        f"FROM {stretch.source} WHERE article_id IS NOT NULL AND {said} IS NOT NULL "
        f"AND 0 <= {start} AND {start} < {end}"
    )


def _misplaced(
    rows: pa.RecordBatch, ids: "pa.ChunkedArray[Any]", text_of: list[str]
) -> pa.RecordBatch:
    """Those of some rows whose text stands elsewhere in their article's, which `ids` number."""
    numbers = pc.index_in(rows["article_id"], value_set=ids)
    rows, numbers = rows.filter(numbers.is_valid()), numbers.drop_null()
    columns = (numbers, rows["first_char"], rows["end_char"], rows["said"])
    of, starts, ends, said = (c.to_numpy(zero_copy_only=False).tolist() for c in columns)
    found = [text_of[n][start:end] for n, start, end in zip(of, starts, ends, strict=True)]
    if found == said:
        return rows.slice(0, 0)
    wrong = [row for row, text in enumerate(found) if text != said[row]]
    return rows.take(pa.array(wrong, pa.int32()))
