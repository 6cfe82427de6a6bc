"""Which records become articles: the first of each content and address, in the inputs' order."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.documents.record import Record
from pipelines.ids import article_id, digest_id
from warehouse.tables.documents import Reason, Status

Row = dict[str, Any]


class Intake:
    """Sorts records into accepted ones, duplicates and rejects, and keeps a row of each.

    Holds one row a record, no text. Records must come in the same order at every build, so that
    the same ones are accepted.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._by_content: dict[bytes, str] = {}
        self._by_article: set[str] = set()

    def accepted(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records to be processed; every record gets its row."""
        for record in records:
            status, reason, article = self._judge(record)
            self.rows.append(_row(record, status, reason, article))
            if status == "accepted":
                yield record

    def reject(self, failures: dict[str, str]) -> None:
        """Turn accepted records, and the duplicates that point at them, into rejects.

        `failures` says by article_id, in a sentence, why processing failed.
        """
        for row in self.rows:
            if row["article_id"] in failures:
                row |= {
                    "status": "rejected",
                    "reason": "extraction_failed",
                    "detail": failures[row["article_id"]],
                    "article_id": None,
                }

    def _judge(self, record: Record) -> tuple[Status, Reason | None, str | None]:
        if record.text is None:
            return "rejected", record.reason, None
        content = hashlib.sha256(record.text.encode()).digest()
        if content in self._by_content:
            return "duplicate", "same_content", self._by_content[content]
        article = article_id(record.url, record.source_id)
        if article in self._by_article:
            return "duplicate", "same_url", article
        self._by_content[content] = article
        self._by_article.add(article)
        return "accepted", None, article


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
