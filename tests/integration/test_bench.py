"""The bench, from end to end, on a corpus that is too small to say anything."""

import json
from pathlib import Path

import pytest

from tests.bench import scale

pytestmark = pytest.mark.slow


def test_the_bench_leaves_its_tables_and_its_plot(tmp_path: Path) -> None:
    text = scale.write(tmp_path / "work", 2, (40,), tmp_path / "report")
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert names == {"scale.json", "scale.md", "scale.svg"}
    assert (tmp_path / "report" / "scale.md").read_text() == text
    said = json.loads((tmp_path / "report" / "scale.json").read_text())
    (size,) = said["sizes"]
    assert size["documents"] == 40
    assert size["new_documents"] == 1
    assert set(size["steps"]) == set(scale.STEPS.values())
    assert size["unchanged_cpu"] < size["stored_cpu"], "the second build had nothing to do"
    assert all(line["figure"] > 0 for line in said["figures"] if "duplicates" not in line["what"])
    assert "nothing changed" in (tmp_path / "report" / "scale.svg").read_text()
