"""What careful readers marked in a document, as typed values."""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.accuracy.spans import Span
from warehouse.tables.blocks import BlockKind
from warehouse.tables.quotes import QuoteKind


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A statement that the readers found.

    `mention` holds the spans of the speaker's mention, none where it was not marked;
    `speaker_name` is the full name, where given. `is_reporting` tells speech from belief and wish
    in indirect quotes. `is_statement` marks a span that holds the whole sentence with its
    attribution rather than the words said. `cue` holds the spans of the reporting words, `when`
    those of the time expressions that say when it was said, `cases` what is hard about it.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    mention: tuple[Span, ...]
    speaker_name: str | None
    is_reporting: bool = True
    is_nested: bool = False
    is_statement: bool = False
    cue: tuple[Span, ...] = ()
    when: tuple[Span, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldNoQuote:
    """What looks like a quote and is none, and why: `scare`, `title`, `units`, `belief`."""

    span: Span
    case: str


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A stretch of text with one role."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class GoldPiece:
    """A stretch inside quotation marks, with the full name of who said it, where it can be told."""

    span: Span
    speaker: str | None
    mention: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldName:
    """Somebody or something named in a document: full name, type (`PERSON` or another), aliases."""

    name: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A time expression and its TIMEX3 value, where given.

    One that `is_optional` careful readers may leave unmarked: neither asked for nor a mistake.
    """

    span: Span
    value: str | None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A mention of a person, body or place. `label` is `PER`, `ORG` or `LOC`.

    `group` is shared by the mentions of one thing in the document, `link` by those in all
    documents; None where the readers did not say. `is_name` is false of pronouns and of common
    nouns.
    """

    span: Span
    label: str
    group: str | None = None
    link: str | None = None
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class GoldMetadata:
    """What is known of an article: None, or no items, where the readers did not say.

    `published` is an ISO day. `body_includes` and `body_excludes` are texts that a clean body must
    and must not hold.
    """

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    body: str | None
    body_includes: tuple[str, ...]
    body_excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A document and everything that was marked in it; None where a layer was not annotated.

    Offsets are half-open, in code points, into `text`. `ignored` are spans that the readers
    discarded. `published` is an ISO day, `manner` that of the writing. `has_calendar_dates_only`
    tells that durations, times and sets were left unmarked.
    """

    doc_id: str
    text: str
    published: str | None = None
    quotes: tuple[GoldQuote, ...] | None = None
    ignored: tuple[Span, ...] = ()
    pieces: tuple[GoldPiece, ...] | None = None
    names: tuple[GoldName, ...] = ()
    dates: tuple[GoldDate, ...] | None = None
    has_calendar_dates_only: bool = False
    entities: tuple[GoldEntity, ...] | None = None
    metadata: GoldMetadata | None = None
    blocks: tuple[GoldBlock, ...] | None = None
    not_quotes: tuple[GoldNoQuote, ...] = ()
    manner: str | None = None

    @property
    def has_statements(self) -> bool:
        """Whether its quotes are whole sourced statements."""
        return any(quote.is_statement for quote in self.quotes or ())


def gold_documents(gold: Iterable[Gold]) -> list[dict[str, str]]:
    """The records, one a document, that a build reads to be scored against `gold`.

    Each has `id` and `text`, and `published` where that is known and not itself to be found.
    """
    records = []
    for document in gold:
        record = {"id": document.doc_id, "text": document.text}
        if document.published and not (document.metadata and document.metadata.published):
            record["published"] = document.published
        records.append(record)
    return records
