from pathlib import Path

import duckdb
import pytest

from tests.bench import peers
from tests.bench.speed import sizes


def test_sizes_are_those_of_an_article(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "articles.parquet").write_bytes(bytes(3_000))
    (tables / "quotes-00000-of-00002.parquet").write_bytes(bytes(500))
    (tables / "quotes-00001-of-00002.parquet").write_bytes(bytes(700))
    (tables / "build.json").write_text("{}", encoding="utf-8")
    with duckdb.connect(str(tmp_path / "on_the_record.duckdb")) as connection:
        connection.execute("CREATE TABLE articles AS SELECT unnest([1, 2]) AS article_id")
    bench = sizes(tmp_path)
    names, _, each, _ = (list(column.cells) for column in bench.grid.columns)
    found = dict(zip(names, each, strict=True))
    assert (found["articles"], found["quotes"]) == ("1,500", "600")
    assert names[-1] == "on_the_record.duckdb"
    assert bench.lines[0].figure == pytest.approx(1.5)


@pytest.mark.parametrize("is_ready", [True, False])
def test_a_peer_is_there_once_its_environment_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_ready: bool
) -> None:
    monkeypatch.setattr(peers, "_ENVIRONMENTS", tmp_path)
    (tmp_path / "textacy").mkdir()
    if is_ready:
        (tmp_path / "textacy" / ".ready").touch()
    python = str(tmp_path / "textacy" / "bin" / "python")
    assert peers.python_of("textacy") == (python if is_ready else None)
