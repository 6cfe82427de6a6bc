"""Title, authors and day of publication of an article, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.gold import Gold, GoldMetadata
from expectations.accuracy.names import is_same_name, words
from expectations.accuracy.predictions import PredictedArticle, Predictions
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio


@dataclass(frozen=True, slots=True)
class MetadataFigures:
    """Right titles, of those that the document holds; authors found; right days.

    `published` is out of the days that the gold gives, `published_said` out of those that we gave.
    """

    title: Ratio = ZERO
    authors: PrecisionRecall = NOTHING
    published: Ratio = ZERO
    published_said: Ratio = ZERO

    def __add__(self, other: "MetadataFigures") -> "MetadataFigures":
        return MetadataFigures(
            self.title + other.title,
            self.authors + other.authors,
            self.published + other.published,
            self.published_said + other.published_said,
        )


def score_metadata(gold: Iterable[Gold], predictions: Predictions) -> MetadataFigures | None:
    """Score the metadata of all documents; None where the gold has none of these fields."""
    total = sum(
        (
            _document(document, document.metadata, predictions[document.doc_id].article)
            for document in gold
            if document.metadata is not None
        ),
        start=MetadataFigures(),
    )
    known = total.title.of + total.authors.recall.of + total.published.of
    return total if known else None


def _document(
    document: Gold, known: GoldMetadata, article: PredictedArticle | None
) -> MetadataFigures:
    published, published_said = _published(known, article)
    return MetadataFigures(
        title=_title(document, known, article),
        authors=_authors(known, article),
        published=published,
        published_said=published_said,
    )


def _title(document: Gold, known: GoldMetadata, article: PredictedArticle | None) -> Ratio:
    """Same words in the same order; a title that a plain text lacks cannot be asked for."""
    if not known.title:
        return ZERO
    wanted = words(known.title)
    is_page = article is not None and article.is_page
    if not is_page and " ".join(wanted) not in " ".join(words(document.text)):
        return ZERO
    return Ratio.count([article is not None and words(article.title) == wanted])


def _authors(known: GoldMetadata, article: PredictedArticle | None) -> PrecisionRecall:
    if not known.authors:
        return NOTHING
    named = article.authors if article else ()
    return PrecisionRecall(
        precision=Ratio(
            sum(any(is_same_name(name, wanted) for wanted in known.authors) for name in set(named)),
            len(named),
        ),
        recall=Ratio.count(
            any(is_same_name(name, wanted) for name in named) for wanted in known.authors
        ),
    )


def _published(known: GoldMetadata, article: PredictedArticle | None) -> tuple[Ratio, Ratio]:
    if not known.published:
        return ZERO, ZERO
    day = article.published_on if article else None
    is_right = day is not None and day.isoformat() == known.published
    return Ratio.count([is_right]), Ratio(is_right, day is not None)
