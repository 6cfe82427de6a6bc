from dataclasses import replace

from pipelines.documents.intake import Intake, Row, failed
from pipelines.documents.record import Metadata, Record


def record(source_id: str, text: str | None, url: str | None = None) -> Record:
    known = (Metadata(basis="record", url=url),)
    one = Record(source_id, "main", "text/plain", 1, None, text=text, known=known)
    return one if text else replace(one, reason="empty")


def judge(*records: Record) -> list[Row]:
    intake = Intake()
    return [intake.judge(r, r.text.encode() if r.text else None) for r in records]


def test_every_record_gets_a_row_and_the_first_of_its_kind_is_accepted() -> None:
    rows = judge(
        record("a", "one"),
        record("b", "one"),
        record("c", "two", "https://example.org/2"),
        record("d", "two, updated", "https://example.org/2"),
        record("e", None),
    )
    assert [(r["status"], r["reason"]) for r in rows] == [
        ("accepted", None),
        ("duplicate", "same_content"),
        ("accepted", None),
        ("duplicate", "same_url"),
        ("rejected", "empty"),
    ]
    ids = [r["article_id"] for r in rows]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert ids[4] is None


def test_a_record_that_failed_is_rejected_and_says_why() -> None:
    (row,) = judge(record("a", "one"))
    row = failed(row, "It broke.")
    assert (row["status"], row["reason"], row["detail"]) == (
        "rejected",
        "extraction_failed",
        "It broke.",
    )
    assert row["article_id"] is None
