"""Every figure that a gold file allows, of one published database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from expectations.accuracy import pieces, quotes, statements
from expectations.accuracy.alignment import Alignment, align
from expectations.accuracy.blocks import BlockFigures, score_blocks
from expectations.accuracy.body import BodyFigures, score_bodies
from expectations.accuracy.coreference import CoreferenceFigures, score_coreference
from expectations.accuracy.dates import DateFigures, score_dates, value_verdicts
from expectations.accuracy.entities import EntityFigures, score_entities
from expectations.accuracy.gold import Gold
from expectations.accuracy.metadata import MetadataFigures, score_metadata
from expectations.accuracy.naming import NamingFigures, naming_verdicts, score_naming
from expectations.accuracy.pieces import PieceFigures, score_pieces
from expectations.accuracy.predictions import Predictions, read_predictions
from expectations.accuracy.quotes import QuoteFigures, score_quotes
from expectations.accuracy.reliability import Bin, Verdict, bins
from expectations.accuracy.speakers import SpeakerFigures, score_speakers
from expectations.accuracy.statements import StatementFigures, score_statements
from expectations.accuracy.verbatim import VerbatimFigures, score_verbatim


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures; None where the gold does not have what a measure needs.

    `n_articles` documents have an article. In `n_other_texts` of them its text is not the gold's,
    so that offsets do not compare: none for records, all for pages that our reader rendered.
    """

    n_documents: int
    n_articles: int
    n_other_texts: int
    quotes: QuoteFigures | None
    verbatim: VerbatimFigures | None
    statements: StatementFigures | None
    pieces: PieceFigures | None
    dates: DateFigures | None
    entities: EntityFigures | None
    coreference: CoreferenceFigures | None
    metadata: MetadataFigures | None
    bodies: BodyFigures | None
    reliability: tuple[Bin, ...]
    speakers: SpeakerFigures | None = None
    naming: NamingFigures | None = None
    blocks: BlockFigures | None = None
    date_reliability: tuple[Bin, ...] = ()
    mention_reliability: tuple[Bin, ...] = ()


def score(gold: Sequence[Gold], database: Path) -> Figures:
    """Compare the published `database` with `gold`.

    Raises:
        duckdb.Error: the database cannot be opened or lacks a table or column.
    """
    predictions = read_predictions(database, (document.doc_id for document in gold))
    alignments = align(gold, predictions)
    articles = [(d, article) for d in gold if (article := predictions[d.doc_id].article)]
    return Figures(
        n_documents=len(gold),
        n_articles=len(articles),
        n_other_texts=sum(article.text != document.text for document, article in articles),
        quotes=score_quotes(alignments),
        verbatim=score_verbatim(alignments),
        statements=score_statements(gold, predictions),
        pieces=score_pieces(gold, predictions),
        dates=score_dates(gold, predictions),
        entities=score_entities(gold, predictions),
        coreference=score_coreference(gold, predictions),
        metadata=score_metadata(gold, predictions),
        bodies=score_bodies(gold, predictions),
        reliability=bins(_verdicts(gold, predictions, alignments)),
        speakers=score_speakers(alignments),
        naming=score_naming(gold, predictions),
        blocks=score_blocks(gold, predictions),
        date_reliability=bins(value_verdicts(gold, predictions)),
        mention_reliability=bins(naming_verdicts(gold, predictions)),
    )


def reliability(gold: Sequence[Gold], database: Path) -> tuple[Bin, ...]:
    """How often speakers are right, by `confidence`, over all rows that the gold can judge.

    Raises:
        duckdb.Error: the database cannot be opened or lacks a table or column.
    """
    predictions = read_predictions(database, (document.doc_id for document in gold))
    return bins(_verdicts(gold, predictions, align(gold, predictions)))


def _verdicts(
    gold: Sequence[Gold], predictions: Predictions, alignments: list[Alignment]
) -> Iterator[Verdict]:
    yield from quotes.speaker_verdicts(alignments)
    yield from pieces.speaker_verdicts(gold, predictions)
    yield from statements.speaker_verdicts(gold, predictions)
