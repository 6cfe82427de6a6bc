"""What an input says, before anybody has read its text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipelines.articles.article import Article
from warehouse.tables.articles import RightsCode, TextBasis
from warehouse.tables.documents import Reason

Basis = Literal["person", "record", "page"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one witness says about a text; None where it is silent.

    `basis` names the witness: a `person` (`sources.toml`), the `record` that held the text, or the
    `page`. `published` is as the witness wrote it (an ISO date, a time stamp, or EDTF). `rights` is
    what it says of the rights in the text, in words; only a person gives a `rights_code`.
    """

    basis: Basis
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    rights: str | None = None
    rights_code: RightsCode | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One input as it came: its decoded text or page, or the reason why there is none.

    `known` holds what witnesses say about it, the most trusted first. `n_bytes` and `sha256` are
    as in the table `documents`. Exactly one of `text`, `html` (the source of a page) and `reason`
    is set; `detail` says in a sentence what a reader should know of it. `article` is what a page
    was read as, once it was; `text` is then the article's.
    """

    source_id: str
    batch: str
    media_type: str
    n_bytes: int
    sha256: str | None
    encoding: str | None = None
    retrieved_at: datetime | None = None
    text: str | None = None
    html: str | None = None
    article: Article | None = None
    text_basis: TextBasis = "source"
    known: tuple[Metadata, ...] = ()
    reason: Reason | None = None
    detail: str | None = None

    @property
    def url(self) -> str | None:
        """The address that the most trusted witness gives."""
        return next((m.url for m in self.known if m.url), None)

    @property
    def rights_code(self) -> RightsCode:
        """What a public release may hold of its words; an excerpt where nobody decided."""
        return next((m.rights_code for m in self.known if m.rights_code), "excerpt")


@dataclass(frozen=True, slots=True)
class Origin:
    """The file or archive member that records come from; `path` is its source_id."""

    path: str
    batch: str
    media_type: str

    def refused(self, reason: Reason, detail: str, n_bytes: int, sha256: str | None) -> Record:
        """The record of the file itself, which could not be used or not be read to its end."""
        return Record(
            self.path, self.batch, self.media_type, n_bytes, sha256, reason=reason, detail=detail
        )


class RefusedError(ValueError):
    """A file, an archive member or one record cannot be used, for a reason of the fixed set."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail


class BrokenOffError(RefusedError):
    """A file or member cannot be read any further."""
