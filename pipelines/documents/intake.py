"""Which records become articles: the first of each content and address, in the inputs' order."""

from typing import Any

from pipelines.documents.record import Record
from pipelines.ids import article_id, digest_id
from warehouse.tables.documents import Reason, Status
from warehouse.tables.withdrawals import NONE, Withdrawals
from warehouse.tables.withdrawn import REASONS

Row = dict[str, Any]
#: The reason of what made the program fail. It is tried again by every build.
FAILED: Reason = "extraction_failed"


class Intake:
    """Sorts records into accepted ones, duplicates and rejects, and makes the row of each.

    Holds digests, no text and no row. Records must come in the same order at every build, so that
    the same ones are accepted.
    """

    def __init__(self, withdrawn: Withdrawals = NONE) -> None:
        self._by_content: dict[bytes, str] = {}
        self._by_article: set[str] = set()
        self._withdrawn = withdrawn
        self._copies = withdrawn.copies()

    def judge(self, record: Record, content: bytes | None) -> Row:
        """The row of the next record in `documents`.

        Args:
            record: the record, its text not needed.
            content: a digest of its text; None where it has none.
        """
        if (source := self._withdrawn_as(record, content)) is not None:
            why = REASONS[self._withdrawn.sources[source].reason]
            copy = "" if self._withdrawn.source_of(record.source_id) else f" as {source}"
            said = f"It was withdrawn{copy}: {why}."
            return _row(record, "rejected", "withdrawn", None) | {"detail": said}
        status, reason, article = self._judge(record, content)
        return _row(record, status, reason, article)

    def _withdrawn_as(self, record: Record, content: bytes | None) -> str | None:
        """The withdrawn source that the record is, lies in or is a copy of."""
        if not self._withdrawn.sources:
            return None
        own = self._withdrawn.source_of(record.source_id)
        if own is not None or content is None:
            return own
        article = article_id(record.url, record.source_id)
        return self._copies.get(article) or self._copies.get(content.hex())

    def _judge(
        self, record: Record, content: bytes | None
    ) -> tuple[Status, Reason | None, str | None]:
        if content is None:
            return "rejected", record.reason, None
        if content in self._by_content:
            return "duplicate", "same_content", self._by_content[content]
        article = article_id(record.url, record.source_id)
        if article in self._by_article:
            return "duplicate", "same_url", article
        self._by_content[content] = article
        self._by_article.add(article)
        return "accepted", None, article


def failed(row: Row, why: str) -> Row:
    """The row of a record, or of a duplicate that points at it, whose processing failed."""
    return row | {
        "status": "rejected",
        "reason": FAILED,
        "detail": why,
        "article_id": None,
    }


def _row(record: Record, status: Status, reason: Reason | None, article: str | None) -> Row:
    detail = record.detail
    if reason == "same_content":
        detail = f"The text is that of article {article}, letter for letter."
    elif reason == "same_url":
        detail = f"Its address is that of article {article}, which came first."
    return {
        "document_id": digest_id("d", record.source_id),
        "source_id": record.source_id,
        "batch": record.batch,
        "media_type": record.media_type,
        "encoding": record.encoding,
        "n_bytes": record.n_bytes,
        "sha256": record.sha256,
        "retrieved_at": record.retrieved_at,
        "status": status,
        "reason": reason,
        "detail": detail,
        "article_id": article,
    }
