"""The shapes that reading an article yields."""

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.tables.articles import PublishedBasis as PublishedBasis
from warehouse.tables.blocks import QUOTED_KINDS as QUOTED_KINDS
from warehouse.tables.blocks import UNREAD_KINDS as UNREAD_KINDS
from warehouse.tables.blocks import BlockKind as BlockKind


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one role, the white space after it included.

    Offsets are half-open code points into the article's text. The blocks of an article are
    contiguous: the first starts at 0, each next one where the last ended, the last at the end.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was first published, and who says so.

    `edtf` tells as much as is known (`2020-01-07`, `XXXX-06-02`); `day` is set only when the whole
    day is known, `at` only when a clock time with its UTC offset was given.
    """

    edtf: str | None = None
    day: date | None = None
    at: datetime | None = None
    basis: PublishedBasis = "none"


@dataclass(frozen=True, slots=True)
class Article:
    """An accepted document, cleaned: its text, the text's blocks, and what they say of it."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    publisher: str | None
    section: str | None
    place: str | None
    language: str | None
    url: str | None
    rights: str | None
    published: Published
    updated_edtf: str | None

    @property
    def body(self) -> str:
        """The body blocks, stripped, joined by a blank line."""
        bodies = (self.text[b.start : b.end].strip() for b in self.blocks if b.kind == "body")
        return "\n\n".join(bodies)
