import pytest

from pipelines.documents.numbering import numbered
from pipelines.documents.record import Record


@pytest.mark.parametrize(
    ("ids", "unique"),
    [
        (["a", "b", "a", "a"], ["a", "b", "a~2", "a~3"]),
        (["a", "a", "a~2"], ["a", "a~2", "a~2~2"]),
        (["a~2", "a", "a"], ["a~2", "a", "a~3"]),
        (["a\x00b", "a b"], ["a b", "a b~2"]),
    ],
)
def test_no_two_inputs_have_one_name(ids: list[str], unique: list[str]) -> None:
    records = (Record(source_id, "main", "text/plain", 0, None) for source_id in ids)
    assert [record.source_id for record in numbered(records)] == unique
