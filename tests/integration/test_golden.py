"""The golden documents through the whole build: nothing gets worse, the five texts are right."""

import tomllib
from pathlib import Path

import pytest

from expectations.accuracy import Report, read_gold
from expectations.accuracy.predictions import read_predictions
from tests.golden.accuracy import measure
from tests.golden.differences import differences
from tests.golden.documents import articles, five_texts, write_gold
from tests.integration.conftest import ROOT, Built

pytestmark = pytest.mark.slow

GOLDEN = ROOT / "tests" / "golden"
FLOORS = tomllib.loads((GOLDEN / "floors.toml").read_text(encoding="utf-8"))
CEILINGS = {"misnamed, of all", "letters: misattributed"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("golden") / "articles.jsonl"
    write_gold(articles(), path)
    return measure("articles", path)


@pytest.mark.parametrize(
    ("layer", "figure", "bound"),
    [
        (layer, figure, share)
        for layer, bounds in FLOORS.items()
        for figure, share in bounds.items()
    ],
)
def test_no_figure_gets_worse(report: Report, layer: str, figure: str, bound: float) -> None:
    (row,) = (row for row in report.rows if (row.layer, row.figure) == (layer, figure))
    if figure in CEILINGS:
        assert row.share <= bound
    else:
        assert row.share >= bound


def test_the_five_texts_differ_only_where_it_is_known(built: Built, tmp_path: Path) -> None:
    write_gold(five_texts(), tmp_path / "five_texts.jsonl")
    gold = read_gold(tmp_path / "five_texts.jsonl")
    predictions = read_predictions(built.database, [document.doc_id for document in gold])
    differing = {
        d for document in gold for d in differences(document, predictions[document.doc_id])
    }
    lines = (GOLDEN / "known_differences.txt").read_text(encoding="utf-8").splitlines()
    known = {line for line in lines if line and not line.startswith("#")}
    assert sorted(differing - known) == [], "these are new"
    assert sorted(known - differing) == [], "these are mended: take them out of the file"
