from dataclasses import replace

from pipelines.documents.intake import Intake
from pipelines.documents.record import Metadata, Record


def record(source_id: str, text: str | None, url: str | None = None) -> Record:
    known = (Metadata(basis="record", url=url),)
    one = Record(source_id, "main", "text/plain", 1, None, text=text, known=known)
    return one if text else replace(one, reason="empty")


def test_every_record_gets_a_row_and_the_first_of_its_kind_is_accepted() -> None:
    intake = Intake()
    records = [
        record("a", "one"),
        record("b", "one"),
        record("c", "two", "https://example.org/2"),
        record("d", "two, updated", "https://example.org/2"),
        record("e", None),
    ]
    assert [r.source_id for r in intake.accepted(records)] == ["a", "c"]
    status = [(r["status"], r["reason"]) for r in intake.rows]
    assert status == [
        ("accepted", None),
        ("duplicate", "same_content"),
        ("accepted", None),
        ("duplicate", "same_url"),
        ("rejected", "empty"),
    ]
    ids = [r["article_id"] for r in intake.rows]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert ids[4] is None


def test_an_article_that_failed_is_rejected_with_its_duplicates() -> None:
    intake = Intake()
    list(intake.accepted([record("a", "one"), record("b", "one"), record("c", "two")]))
    intake.reject({intake.rows[0]["article_id"]: "It broke."})
    assert [r["status"] for r in intake.rows] == ["rejected", "rejected", "accepted"]
    assert intake.rows[1]["detail"] == "It broke."
