"""What a person and the releases before say of entities, read before any work is done."""

from pathlib import Path

import click.testing
import pytest

from assets.cli import main


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("entities.toml", b"[[person]]", "unknown key \u201cperson\u201d"),
        ("entities.toml", b"\xff", "entities.toml cannot be read"),
        ("registry.parquet", b"never", "registry.parquet is no Parquet file that can be read"),
    ],
)
def test_what_cannot_be_used_stops_the_build_at_once(
    tmp_path: Path, file: str, content: bytes, says: str
) -> None:
    seeds, warehouse = tmp_path / "seeds", tmp_path / "warehouse"
    seeds.mkdir()
    (seeds / "a.txt").write_text("Rain is late.")
    (seeds / file).write_bytes(content)
    arguments = ["build", "--seeds", str(seeds), "--warehouse", str(warehouse)]
    run = click.testing.CliRunner().invoke(main, arguments)
    assert run.exit_code == 2
    assert says in run.stderr
    assert not warehouse.exists()
