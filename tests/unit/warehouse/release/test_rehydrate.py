"""A public release and the texts become what the full release is."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import folder_of, publish, release
from warehouse import parquet
from warehouse.release.copies import Copy
from warehouse.release.errors import ReleaseError
from warehouse.release.hashes import logical_hash
from warehouse.release.rehydrate import FINDINGS, rehydrate
from warehouse.tables import TABLES


@dataclass(frozen=True, slots=True)
class Kept:
    """A public release, the full one beside it, and the texts of its articles by source_id."""

    public: Path
    full: Path
    texts: dict[str, str]

    def copies(self, **changed: str | None) -> Iterator[Copy]:
        """The texts under other names, some changed, those that are None left out."""
        for number, (source_id, text) in enumerate(sorted(self.texts.items())):
            copy = changed.get(Path(source_id).stem, text)
            if copy is not None:
                yield Copy(f"copy {number}.txt", copy)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    warehouse = tmp_path_factory.mktemp("warehouse")
    publish(warehouse, "a", "b", edit=with_bodies)
    public = folder_of(release(warehouse))
    full = public.with_name(f"{public.name}-full")
    with duckdb.connect(str(full / "on_the_record.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT source_id, text FROM articles").fetchall()
    return Kept(public, full, dict(rows))


def with_bodies(dataset: Dataset) -> None:
    """Give the articles the bodies that their blocks make."""
    for article in dataset.tables["articles"]:
        blocks = dataset.of("blocks", "article_id", article["article_id"])
        bodies = sorted((b["start_char"], b["end_char"]) for b in blocks if b["kind"] == "body")
        article["body"] = "\n\n".join(article["text"][start:end].strip() for start, end in bodies)


def rows_of(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_with_all_texts_it_is_the_full_release(kept: Kept, tmp_path: Path) -> None:
    made = rehydrate(kept.public, kept.copies(), tmp_path / "full.duckdb")
    assert made.lacking == []
    assert made.n_proven > 0
    for table in TABLES:
        hashes = set()
        for database in (made.database, kept.full / "on_the_record.duckdb"):
            with duckdb.connect(str(database), read_only=True) as connection:
                hashes.add(logical_hash(connection, table, table.name))
        assert len(hashes) == 1, table.name
    assert rows_of(made.database, f"SELECT DISTINCT state FROM {FINDINGS}") == [("whole",)]
    assert rows_of(made.database, "SELECT count(*) FROM statements WHERE quote IS NULL") == [(0,)]


def test_what_is_missing_or_changed_is_listed_and_the_rest_goes_on(
    kept: Kept, tmp_path: Path
) -> None:
    ferry = next(text for name, text in kept.texts.items() if name == "a/ferry.txt")
    copies = [
        *(Copy(name, text) for name, text in kept.texts.items() if name.startswith("b/")),
        Copy("a/ferry.txt", ferry.replace("e", "a", 1)),
        Copy("again.txt", kept.texts["b/ferry.txt"]),
        Copy("letter.txt", "Nobody released this."),
        Copy("broken.pdf", None, detail="The format is not known."),
    ]
    made = rehydrate(kept.public, copies, tmp_path / "some.duckdb")
    found = {finding.source_id: finding.state for finding in made.findings}
    assert found["a/ferry.txt"] == "changed"
    assert found["a/bridge.txt"] == "missing"
    assert {state for name, state in found.items() if name.startswith("b/")} == {"whole"}
    assert {stray.copy: stray.why for stray in made.strays} == {
        "again.txt": "it is the same text as b/ferry.txt",
        "letter.txt": "it is of no article of this release",
        "broken.pdf": "The format is not known.",
    }
    query = f"SELECT text IS NULL FROM {FINDINGS} JOIN articles USING (article_id) WHERE state = "
    assert set(rows_of(made.database, f"{query} 'whole'")) == {(False,)}
    assert set(rows_of(made.database, f"{query} 'missing'")) == {(True,)}


def test_a_copy_broken_into_other_lines_is_named_as_that(kept: Kept, tmp_path: Path) -> None:
    copies = kept.copies(ferry=kept.texts["a/ferry.txt"].replace("\n\n", "\n"))
    made = rehydrate(kept.public, copies, tmp_path / "lines.duckdb")
    (changed,) = (f for f in made.lacking if f.source_id == "a/ferry.txt")
    assert changed.detail == "only white space differs: line breaks, blanks or tabs"


def test_a_text_in_which_an_offset_does_not_hold_is_not_joined(kept: Kept, tmp_path: Path) -> None:
    forged = Path(shutil.copytree(kept.public, tmp_path / "forged"))
    path = forged / "data" / "mentions.parquet"
    rows = parquet.read(path)
    starts: list[Any] = rows["start_char"].to_pylist()
    starts[0] += 1
    where = rows.schema.get_field_index("start_char")
    parquet.write(
        rows.set_column(where, rows.schema.field(where), pa.array(starts, pa.int32())), path
    )
    made = rehydrate(forged, kept.copies(), tmp_path / "forged.duckdb")
    (wrong,) = made.lacking
    assert wrong.state == "disproved"
    assert wrong.detail is not None
    assert wrong.detail.startswith("mentions.start_char = ")


def test_other_releases_are_refused(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="holds its texts already"):
        rehydrate(kept.full, [], tmp_path / "none.duckdb")
    old = Path(shutil.copytree(kept.public, tmp_path / "old"))
    said = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    (old / "manifest.json").write_text(json.dumps(said | {"schema_version": "1.0.0"}))
    with pytest.raises(ReleaseError, match=r"of schema 1\.0\.0"):
        rehydrate(old, [], tmp_path / "none.duckdb")
    with pytest.raises(ReleaseError, match="is no release"):
        rehydrate(tmp_path, [], tmp_path / "none.duckdb")
    assert not (tmp_path / "none.duckdb").exists()
