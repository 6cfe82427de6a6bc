import pickle
import subprocess
import sys
from collections.abc import Sequence

import pyarrow as pa
import pytest
from spacy.language import Language

from pipelines.articles.article import Article
from pipelines.articles.reader import read_article
from pipelines.documents.record import Metadata, Record
from pipelines.engines import (
    EXTRACTED,
    READ_PAGES,
    Batch,
    batches,
    joined,
    open_workers,
    process_all,
    process_batch,
    process_work,
)
from pipelines.ids import article_id
from pipelines.parsing import DEFAULT_MODEL
from tests.workers import Here

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
    with open_workers("local", workers, DEFAULT_MODEL) as processes:
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
    def read(text: str, known: Sequence[Metadata]) -> Article:
        if text == TEXTS[3]:
            raise ZeroDivisionError("no such number")
        return read_article(text, known)

    monkeypatch.setattr("pipelines.process.read_article", read)
    batches = list(process_all(records()[:5], DEFAULT_MODEL, Here()))
    failures = {key: why for batch in batches for key, why in batch.failures.items()}
    assert set(failures) == {article_id(None, "3.txt")}
    assert "ZeroDivisionError: no such number" in failures[article_id(None, "3.txt")]
    assert sum(b.tables["extracted_articles"].num_rows for b in batches) == 4


def test_batches_take_about_the_same_time() -> None:
    texts = ["a" * 10] * 10 + ["b" * 60_000] * 3 + ["c" * 300_000] + ["d"]
    made = [Record(str(n), "main", "text/plain", 1, None, text=t) for n, t in enumerate(texts)]
    sizes = [[len(record.text or "") for record in batch] for batch in batches(made)]
    assert sizes == [[10] * 8, [10, 10, 60_000], [60_000], [60_000], [300_000], [1]]


def test_a_batch_comes_out_of_a_pickle_as_it_went_in(nlp: Language) -> None:
    del nlp
    batch = process_batch(records()[:2], DEFAULT_MODEL)
    again: Batch = pickle.loads(pickle.dumps(batch))
    assert again == batch
    assert all(again.tables[t.name].schema == batch.tables[t.name].schema for t in EXTRACTED)


def test_parts_of_a_batch_join_to_the_whole(nlp: Language) -> None:
    del nlp
    some = records()[:4]
    whole = process_batch(some, DEFAULT_MODEL)
    parts = [process_batch(some[:1], DEFAULT_MODEL), process_batch(some[1:], DEFAULT_MODEL)]
    assert joined(parts) == whole
    assert joined([]).n_records == 0


def test_a_poisonous_record_is_lost_alone(nlp: Language) -> None:
    work = process_work(DEFAULT_MODEL)
    one, two = records()[:2]
    batch = work.join([work.do([one]), work.lost(two, "It died.")])
    assert batch.failures == {article_id(None, "1.txt"): "It died."}
    assert batch.n_records == 2
    assert batch.tables["extracted_articles"]["source_id"].to_pylist() == ["0.txt"]


def test_a_poisonous_page_is_lost_alone() -> None:
    page = Record("a.html", "main", "text/html", 1, None, html="<p>News.</p>")
    (lost,) = READ_PAGES.lost(page, "It died.")
    assert (lost.reason, lost.detail, lost.html) == ("extraction_failed", "It died.", None)


@pytest.mark.slow
def test_what_is_made_ready_beforehand_needs_no_pandas() -> None:
    """Arrow would load it for what it calls missing values, which takes seconds."""
    code = f"""
import sys
from pipelines.engines import warm
warm({DEFAULT_MODEL!r})
assert not any(name.startswith("pandas.") for name in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_workers_that_are_warm_have_what_any_article_needs() -> None:
    code = (
        "from pipelines.articles.languages import _detector\n"
        "from pipelines.engines import warm\n"
        "from pipelines.parsing import DEFAULT_MODEL, load_model\n"
        "warm(DEFAULT_MODEL)\n"
        "assert _detector.cache_info().currsize and load_model.cache_info().currsize\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
