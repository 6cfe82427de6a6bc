import pyarrow as pa
import pytest
from spacy.language import Language

from pipelines.documents.record import Record
from pipelines.engines import EXTRACTED, Workers, process_all
from pipelines.ids import article_id
from pipelines.parsing import DEFAULT_MODEL
from pipelines.process import Rows, process_record

TEXTS = [
    f"The mayor of Larkmoor, Ida Brandt, said on May {n} that “{n} is enough”."
    for n in range(1, 20)
]


def records() -> list[Record]:
    return [
        Record(f"{n}.txt", "main", "text/plain", len(text), None, text=text)
        for n, text in enumerate(TEXTS)
    ]


def tables(workers: int) -> dict[str, pa.Table]:
    with Workers(workers) as processes:
        parts = [batch.tables for batch in process_all(records(), DEFAULT_MODEL, processes)]
    return {t.name: pa.concat_tables([p[t.name] for p in parts]) for t in EXTRACTED}


@pytest.mark.slow
def test_the_number_of_workers_changes_no_row() -> None:
    one, two = tables(1), tables(2)
    assert one["extracted_articles"].num_rows == len(TEXTS)
    assert one["extracted_quotes"].num_rows
    assert one == two


@pytest.mark.slow
def test_a_record_on_which_the_program_fails_costs_itself_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def process(record: Record, nlp: Language) -> Rows:
        if record.source_id == "3.txt":
            raise ZeroDivisionError("no such number")
        return process_record(record, nlp)

    monkeypatch.setattr("pipelines.process.process_record", process)
    batches = list(process_all(records()[:5], DEFAULT_MODEL, Workers(1)))
    failures = {key: why for batch in batches for key, why in batch.failures.items()}
    assert set(failures) == {article_id(None, "3.txt")}
    assert "ZeroDivisionError: no such number" in failures[article_id(None, "3.txt")]
    assert sum(b.tables["extracted_articles"].num_rows for b in batches) == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items_which_are_not_read_far_ahead(workers: int) -> None:
    items = iter(["a", "", "bb", "", *"cdefghij"])
    with Workers(workers) as processes:
        results = processes.map(len, items)
        assert [next(results) for _ in range(4)] == [1, 0, 2, 0]
        assert len(list(items)) >= 8 - 2 * workers


def test_nothing_is_started_for_nothing() -> None:
    workers = Workers(2)
    assert list(workers.map(len, ["", ""])) == [0, 0]
    assert workers._pool is None
