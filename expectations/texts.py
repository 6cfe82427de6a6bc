"""The articles' texts, read once for all the rules that look into them.

To find the 3,000th character of a text DuckDB reads 3,000, and it reads all texts anew for every
rule. Here each is read once, in the order of the articles, beside the rows that point into it, as
Python counts.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.rules.offsets import STRETCHES, Stretch

#: What is written, each a Parquet file of that name.
MADE_OF_TEXTS = ("texts", "misplaced")
#: So many rows are compared at a time, with the texts of their articles.
_ROWS, _TEXTS = 20_000, 500
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


def write_texts(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `texts.parquet` and `misplaced.parquet`.

    `texts` has a row for each row of `articles`: its id and the digests that it says it has, the
    SHA-256 of the text, that of the text without ASCII white space, and its length in code points.
    `misplaced` has one for each row whose text
    is not what the article's text has at its offsets: the number of the stretch in `STRETCHES`, the
    article, the offsets and the row's text. Offsets that are none, and articles that are none, have
    rules of their own.

    Args:
        connection: where the tables can be read by their names.
        folder: where to write.

    Raises:
        duckdb.Error: a table cannot be read.
        UnicodeDecodeError: a text is no UTF-8.
    """
    texts_path, misplaced_path = (folder / f"{name}.parquet" for name in MADE_OF_TEXTS)
    with (
        pq.ParquetWriter(texts_path, _OF_TEXTS) as texts,
        pq.ParquetWriter(misplaced_path, _OF_MISPLACED) as misplaced,
    ):
        articles = _Articles(connection, texts)
        for rows in _placed(connection):
            misplaced.write_batch(articles.misplaced(rows))
        articles.read_on(None)


class _Articles:
    """The texts, in the order of their articles' ids, read on as far as they are asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, writer: pq.ParquetWriter) -> None:
        self._rows = _in_order(connection.cursor()).to_arrow_reader(_TEXTS)
        self._writer = writer
        self._texts: dict[str | None, str | None] = {}
        self._last = ""

    def read_on(self, article_id: str | None) -> None:
        """Read the texts up to this id, or to the end."""
        while article_id is None or self._last < article_id:
            rows = next(self._rows, None)
            if rows is None:
                return
            texts, ids = rows["text"].to_pylist(), rows["article_id"].to_pylist()
            self._texts.update(zip(ids, texts, strict=True))
            self._last = ids[-1] or self._last
            in_bytes = [None if text is None else text.encode() for text in texts]
            words = [None if text is None else text.translate(None, _SPACE) for text in in_bytes]
            columns = [
                *rows.columns[:3],
                _digests(in_bytes),
                _digests(words),
                pa.array([None if text is None else len(text) for text in texts], pa.int32()),
            ]
            self._writer.write_batch(pa.record_batch(columns, schema=_OF_TEXTS))

    def misplaced(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Those of some rows, in the order of their articles, whose text stands elsewhere."""
        articles = rows["article_id"].dictionary_encode()
        ids: list[Any] = articles.dictionary.to_pylist()
        self._texts = {key: text for key, text in self._texts.items() if key and key >= ids[0]}
        self.read_on(ids[-1])
        texts = [self._texts.get(article_id) for article_id in ids]
        numbers: list[Any] = articles.indices.to_pylist()
        starts, ends = rows["first_char"].to_pylist(), rows["end_char"].to_pylist()
        said = rows["said"].to_pylist()
        found = [
            (texts[number] or "")[start:end]
            for number, start, end in zip(numbers, starts, ends, strict=True)
        ]
        if found == said:
            return rows.slice(0, 0)
        wrong = [
            n
            for n, number in enumerate(numbers)
            if texts[number] is not None and found[n] != said[n]
        ]
        return rows.take(pa.array(wrong, pa.int32()))


def _digests(texts: Iterable[bytes | None]) -> pa.StringArray:
    digests = [None if text is None else hashlib.sha256(text).hexdigest() for text in texts]
    return pa.array(digests, pa.string())


def _in_order(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The articles' ids, digests and texts; sorted only if they are not, as a build's are."""
    ids = "FROM (SELECT article_id, lag(article_id) OVER () AS previous FROM articles)"
    unsorted = f"SELECT count(*) {ids} WHERE article_id IS NULL OR article_id < previous"
    ((n_unsorted,),) = connection.sql(unsorted).fetchall()
    order = "ORDER BY article_id NULLS LAST" if n_unsorted else ""
    return connection.sql(
        f"SELECT article_id, content_sha256, words_sha256, text FROM articles {order}"
    )


def _placed(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    """The rows of all stretches, in the order of their articles."""
    selected = " UNION ALL ".join(
        _select(number, stretch, stretch.text)
        for number, stretch in enumerate(STRETCHES)
        if stretch.text is not None
    )
    rows = connection.cursor().sql(f"SELECT * FROM ({selected}) ORDER BY article_id")
    yield from rows.to_arrow_reader(_ROWS)


def _select(number: int, stretch: Stretch, text: str) -> str:
    start, end, said = (f"{stretch.table}.{name}" for name in (stretch.start, stretch.end, text))
    return (
        f"SELECT {number}::INTEGER AS stretch, article_id, {start} AS first_char, "
        f"{end} AS end_char, {said} AS said "
        f"FROM {stretch.source} WHERE article_id IS NOT NULL AND {said} IS NOT NULL "
        f"AND 0 <= {start} AND {start} < {end}"
    )
