"""What a published DuckDB file says of each gold document, as typed rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from expectations.accuracy.spans import Span
from warehouse.tables.blocks import BlockKind
from warehouse.tables.quotes import QuoteKind

if TYPE_CHECKING:
    import duckdb

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PredictedArticle:
    """The metadata, text and body of an article."""

    source_id: str
    title: str | None
    authors: tuple[str, ...]
    published_on: date | None
    text: str
    body: str

    @property
    def is_page(self) -> bool:
        """Whether it was read from a web page, whose text our reader renders."""
        return self.source_id.endswith((".html", ".htm"))


@dataclass(frozen=True, slots=True)
class PredictedQuote:
    """A row of `quotes` with its spans. `confidence` is that of the speaker, 0 to 1.

    `when` is the time expression that says when it was said.
    """

    kind: QuoteKind
    spans: Spans
    verbatim: Spans
    mention: Span | None
    speaker_name: str | None
    confidence: float
    cue: Span | None = None
    when: Span | None = None

    @property
    def is_quoted(self) -> bool:
        """Whether some of it stands in quotation marks."""
        return self.kind != "indirect"


@dataclass(frozen=True, slots=True)
class PredictedMention:
    """A row of `mentions`; no `entity_id` where it could not be told what is meant.

    `name` is the entity's full name, `confidence` that of the entity, 0 to 1.
    """

    span: Span
    type: str
    form: str
    entity_id: str | None = None
    name: str | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class PredictedDate:
    """A row of `dates`: TIMEX3 type and value. `confidence` is that of the value, 0 to 1."""

    span: Span
    type: str
    value: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class PredictedBlock:
    """A row of `blocks`."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Prediction:
    """All that is predicted for one document; no article where it was rejected or not read."""

    article: PredictedArticle | None = None
    quotes: tuple[PredictedQuote, ...] = ()
    mentions: tuple[PredictedMention, ...] = ()
    dates: tuple[PredictedDate, ...] = ()
    blocks: tuple[PredictedBlock, ...] = ()


Predictions = dict[str, Prediction]


def read_predictions(database: Path, doc_ids: Iterable[str]) -> Predictions:
    """Read what `database` holds for each of `doc_ids`, an empty prediction where it holds nothing.

    A document is found by its source: the whole `source_id`, what follows `#` in it, or the name
    of the file without its ending, with `__` for the `/` of an id. Duplicates of one text share
    the rows of its article.

    Raises:
        duckdb.Error: the file cannot be opened or lacks a table or column.
    """
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        articles = _articles(connection)
        quotes = _quotes(connection)
        mentions = _mentions(connection)
        dates = _dates(connection)
        blocks = _blocks(connection)
        sources = connection.execute(
            "SELECT source_id, article_id FROM documents WHERE article_id IS NOT NULL"
        ).fetchall()
    wanted = dict.fromkeys(doc_ids, Prediction())
    for source_id, article_id in sources:
        doc_id = next((name for name in _names_of(source_id) if name in wanted), None)
        if doc_id is not None:
            wanted[doc_id] = Prediction(
                article=articles[article_id],
                quotes=tuple(quotes[article_id]),
                mentions=tuple(mentions[article_id]),
                dates=tuple(dates[article_id]),
                blocks=tuple(blocks[article_id]),
            )
    return wanted


def _names_of(source_id: str) -> tuple[str, str, str]:
    """The ids that a document of this source may have, the surest first."""
    record = source_id.rpartition("#")[2]
    return source_id, record, PurePosixPath(source_id).stem.replace("__", "/")


def _articles(connection: "duckdb.DuckDBPyConnection") -> dict[str, PredictedArticle]:
    rows = connection.execute(
        "SELECT article_id, source_id, title, authors, published_on, text, body FROM articles"
    ).fetchall()
    return {
        article_id: PredictedArticle(source, title, tuple(authors or ()), day, text, body)
        for article_id, source, title, authors, day, text, body in rows
    }


def _quotes(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[PredictedQuote]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    verbatim: dict[str, list[Span]] = defaultdict(list)
    for quote_id, start, end, is_verbatim in connection.execute(
        "SELECT quote_id, start_char, end_char, is_verbatim FROM quote_spans "
        "ORDER BY quote_id, span_no"
    ).fetchall():
        spans[quote_id].append((start, end))
        if is_verbatim:
            verbatim[quote_id].append((start, end))
    quotes: dict[str, list[PredictedQuote]] = defaultdict(list)
    for article_id, quote_id, kind, start, end, name, confidence, *others in connection.execute(
        "SELECT q.article_id, quote_id, kind, speaker_start, speaker_end, speaker_name, "
        "q.confidence, cue_start, cue_end, d.start_char, d.end_char "
        "FROM quotes q LEFT JOIN dates d USING (date_id) "
        "ORDER BY q.article_id, q.start_char, quote_id"
    ).fetchall():
        cue_start, cue_end, when_start, when_end = others
        quotes[article_id].append(
            PredictedQuote(
                kind=kind,
                spans=tuple(spans[quote_id]),
                verbatim=tuple(verbatim[quote_id]),
                mention=_span(start, end),
                speaker_name=name,
                confidence=confidence,
                cue=_span(cue_start, cue_end),
                when=_span(when_start, when_end),
            )
        )
    return quotes


def _mentions(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[PredictedMention]]:
    mentions: dict[str, list[PredictedMention]] = defaultdict(list)
    for article_id, start, end, *named in connection.execute(
        "SELECT article_id, start_char, end_char, m.type, form, entity_id, name, confidence "
        "FROM mentions m LEFT JOIN entities USING (entity_id)"
    ).fetchall():
        mentions[article_id].append(PredictedMention((start, end), *named))
    return mentions


def _dates(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[PredictedDate]]:
    dates: dict[str, list[PredictedDate]] = defaultdict(list)
    for article_id, start, end, *value in connection.execute(
        "SELECT article_id, start_char, end_char, timex_type, timex_value, confidence FROM dates "
        "ORDER BY article_id, start_char, end_char"
    ).fetchall():
        dates[article_id].append(PredictedDate((start, end), *value))
    return dates


def _blocks(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[PredictedBlock]]:
    blocks: dict[str, list[PredictedBlock]] = defaultdict(list)
    for article_id, kind, start, end in connection.execute(
        "SELECT article_id, kind, start_char, end_char FROM blocks ORDER BY article_id, block_no"
    ).fetchall():
        blocks[article_id].append(PredictedBlock(kind, (start, end)))
    return blocks


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)
