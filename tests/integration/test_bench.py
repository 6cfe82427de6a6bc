"""The bench, from end to end, on a corpus that is too small to say anything."""

import json
from pathlib import Path

import pytest

from tests.bench import scale

pytestmark = pytest.mark.slow


def test_the_bench_leaves_its_tables_and_its_plot(tmp_path: Path) -> None:
    model = scale.original(tmp_path / "original", 2)
    measured = list(scale.measure(model, (40,), tmp_path / "work"))
    text = scale.write(measured, scale.figures(measured), tmp_path / "report")
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert names == {"bench.json", "bench.md", "bench.svg"}
    assert (tmp_path / "report" / "bench.md").read_text() == text
    said = json.loads((tmp_path / "report" / "bench.json").read_text())
    (size,) = said["sizes"]
    assert size["documents"] == 40
    assert size["new_documents"] == 1
    assert set(size["steps"]) == set(scale.STEPS.values())
    assert size["unchanged_cpu"] < size["stored_cpu"], "the second build had nothing to do"
    assert all(line["figure"] > 0 for line in said["figures"] if "duplicates" not in line["what"])
    assert "nothing changed" in (tmp_path / "report" / "bench.svg").read_text()
