"""A small warehouse as a build leaves it, of invented articles; no text is read for it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.counterexamples.dataset import Dataset, valid
from warehouse import duckdb, parquet
from warehouse.release import build_record
from warehouse.release.build_record import Check, Model
from warehouse.release.checkout import Checkout
from warehouse.release.cut import Cut, Order, cut
from warehouse.release.facts import about
from warehouse.tables import TABLES

COMMIT = "c" * 40
CLEAN = Checkout(COMMIT, (), "9" * 64)
PASSED = Check("quotes.text.not_null", "quotes", "error", "Every quote has a text.", True, 6, 0, ())
FAILED = replace(PASSED, passed=False, n_failed=1, failing_ids=("q1",))
NOVEMBER = date(2026, 11, 22)


def publish(
    warehouse: Path,
    *cases: str,
    edit: Callable[[Dataset], None] = lambda _: None,
    checks: Iterable[Check] = (PASSED,),
    checkout: Checkout = CLEAN,
) -> None:
    """Leave the tables of some cases of the valid dataset as a build would, each edited."""
    staging, tables, seeds = (warehouse / name for name in ("staging", "tables", "seeds"))
    seeds.mkdir(parents=True, exist_ok=True)
    datasets = [valid(case) for case in cases]
    for dataset in datasets:
        edit(dataset)
    for table in TABLES:
        rows = [
            dict.fromkeys(table.column_names) | row
            for dataset in datasets
            for row in dataset.tables[table.name]
        ]
        data = parquet.conform(table, table.from_rows(rows))
        parquet.write(data, staging / f"{table.name}.parquet")
    build_record.write_checks(checks, staging)
    parquet.publish(staging, tables)
    duckdb.publish(tables, warehouse / duckdb.FILE_NAME, about(tables, "a_model"))
    build_record.write(warehouse, staging, seeds, checkout, Model("a_model-1.0", "8" * 64))


def release(warehouse: Path, **more: object) -> Cut:
    """Cut a release of it beside it, from whatever checkout this is."""
    order = Order(warehouse, warehouse / "releases", NOVEMBER, allow_dirty=True)
    return cut(replace(order, **more))  # type: ignore[arg-type]


def folder_of(cut: Cut) -> Path:
    """The folder of a release that was made."""
    assert cut.folder is not None
    return cut.folder
