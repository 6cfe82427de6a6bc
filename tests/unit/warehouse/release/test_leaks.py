"""The leak check: what is planted anywhere in a public release is found; an honest one passes."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import folder_of, publish, release
from warehouse import parquet
from warehouse.duckdb import FILE_NAME
from warehouse.release import leaks, policy
from warehouse.release.errors import ReleaseError
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

COLUMNS = [(table.name, column.name) for table in TABLES for column in table.columns]
#: An article for each column, told apart by its words.
CASES = [f"case {number}" for number in range(len(COLUMNS) // 2 + 1)]
LIMITS = policy.read()


def paragraph(seed: str) -> str:
    """A paragraph of made-up words that no other article has."""
    digest = hashlib.sha512(seed.encode()).hexdigest()
    letters = digest.translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[start : start + 5] for start in range(0, 100, 5)).capitalize() + "."


def lengthen(dataset: Dataset) -> None:
    """Give each article one more paragraph, in which nobody says anything."""
    for article in dataset.tables["articles"]:
        more = paragraph(article["article_id"])
        blocks = dataset.of("blocks", "article_id", article["article_id"])
        article["text"] += more
        article["content_sha256"] = hashlib.sha256(article["text"].encode()).hexdigest()
        blocks[-1]["end_char"] += len(more)
        blocks[-1]["end_byte"] += len(more)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaks")
    publish(folder, *CASES, edit=lengthen)
    release(folder)
    return folder


@pytest.fixture(scope="module")
def articles(warehouse: Path) -> list[str]:
    rows = parquet.read(warehouse / "tables" / "articles.parquet").select(["article_id"])
    return [str(row["article_id"]) for row in rows.to_pylist()]


@pytest.fixture(scope="module")
def planted(articles: list[str]) -> dict[tuple[str, str], str]:
    """The article that leaks in each column."""
    return dict(zip(COLUMNS, articles, strict=False))


def found(warehouse: Path, public: Path) -> list[str]:
    return list(leaks.find(public, [warehouse / "tables" / "articles.parquet"], LIMITS))


def copied(warehouse: Path, to: Path) -> Path:
    return Path(shutil.copytree(warehouse / "releases" / "2026.11.0", to / "2026.11.0"))


def leaking(name: str, rows: pa.Table, planted: dict[tuple[str, str], str]) -> pa.Table:
    """A table in which each column holds, in a row of its own, a paragraph of another article."""
    columns = []
    for number, column in enumerate(rows.column_names):
        values = rows[column].to_pylist()
        leak = paragraph(planted[name, column])
        is_list = pa.types.is_list(rows[column].type)
        values[number % len(values)] = [leak, "b"] if is_list else leak
        as_text = pa.list_(pa.string()) if is_list else pa.string()
        texts = [v if v is None or isinstance(v, list) else str(v) for v in values]
        columns.append(pa.array(texts, as_text))
    return pa.table(columns, names=rows.column_names)


@pytest.fixture(scope="module")
def in_parquet(
    warehouse: Path,
    planted: dict[tuple[str, str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = copied(warehouse, tmp_path_factory.mktemp("parquet"))
    for table in TABLES:
        path = folder / "data" / f"{table.name}.parquet"
        pq.write_table(leaking(table.name, pq.read_table(path), planted), path)
    return "\n".join(found(warehouse, folder))


@pytest.fixture(scope="module")
def in_duckdb(
    warehouse: Path,
    planted: dict[tuple[str, str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = copied(warehouse, tmp_path_factory.mktemp("duckdb"))
    with duckdb.connect(str(folder / FILE_NAME)) as connection:
        for table in TABLES:
            rows = connection.sql(f"FROM {table.name}").to_arrow_table()
            leak = leaking(table.name, rows, planted)
            connection.register("leak", leak)
            connection.execute(f"CREATE OR REPLACE TABLE {table.name} AS FROM leak")
            connection.unregister("leak")
    return "\n".join(found(warehouse, folder))


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_leak_in_any_column_of_any_parquet_file_is_found(
    in_parquet: str, planted: dict[tuple[str, str], str], table: str, column: str
) -> None:
    assert f"20 words in a row of {planted[table, column]}" in in_parquet


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_leak_in_any_column_of_any_table_of_the_database_is_found(
    in_duckdb: str, planted: dict[tuple[str, str], str], table: str, column: str
) -> None:
    assert f"20 words in a row of {planted[table, column]}" in in_duckdb


def test_an_honest_release_passes(warehouse: Path) -> None:
    assert found(warehouse, warehouse / "releases" / "2026.11.0") == []


def test_the_full_release_would_not_pass(warehouse: Path, articles: list[str]) -> None:
    faults = found(warehouse, warehouse / "releases" / "2026.11.0-full")
    assert {a for a in articles for f in faults if f" words in a row of {a}" in f} == {*articles}
    assert any("data/articles.parquet: text of" in fault for fault in faults)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a release of two articles."""
    warehouse = tmp_path_factory.mktemp("small")
    publish(warehouse, "one", edit=lengthen)
    release(warehouse)
    return warehouse


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A copy of its public release, to plant in."""
    return copied(small, tmp_path)


def rewrite(path: Path, **columns: list[object]) -> None:
    """Give columns of a Parquet file other values, of the same types."""
    rows = pq.read_table(path)
    for name, values in columns.items():
        number = rows.schema.get_field_index(name)
        field = rows.schema.field(number)
        rows = rows.set_column(number, field, pa.array(values, field.type))
    pq.write_table(rows, path)


def in_a_text(folder: Path, leak: str) -> str:
    for name in ("README.md", "CHANGELOG.md", "RIGHTS.md", "DICTIONARY.md", "LICENSE"):
        (folder / name).write_text((folder / name).read_text() + leak)
    return "README.md"


def in_json(folder: Path, leak: str) -> str:
    said = {"a": [{"b": leak.replace(" ", "\u2019")}]}
    (folder / "datapackage.json").write_text(json.dumps(said))
    return "datapackage.json"


def in_an_unknown_file(folder: Path, leak: str) -> str:
    (folder / "quality" / "drift.bin").write_bytes(b"\xff\x00" + leak.encode())
    return "quality/drift.bin"


def in_the_changes(folder: Path, leak: str) -> str:
    path = folder / "changes" / "quotes.parquet"
    rows = pq.read_table(path)
    rewrite(path, changed_columns=[leak.split()] * rows.num_rows)
    return "changes/quotes.parquet: changed_columns"


def in_the_metadata_of_parquet(folder: Path, leak: str) -> str:
    path = folder / "data" / "dates.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.replace_schema_metadata({"a": leak}), path)
    return "data/dates.parquet"


def in_the_name_of_a_column(folder: Path, leak: str) -> str:
    path = folder / "data" / "dates.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.append_column(leak, pa.nulls(rows.num_rows)), path)
    return "data/dates.parquet: its columns"


def in_a_comment(folder: Path, leak: str) -> str:
    with duckdb.connect(str(folder / FILE_NAME)) as connection:
        connection.execute(f"COMMENT ON TABLE quotes IS '{leak}'")
    return f"{FILE_NAME}: its tables"


def in_a_view(folder: Path, leak: str) -> str:
    with duckdb.connect(str(folder / FILE_NAME)) as connection:
        connection.execute(f"CREATE VIEW whole AS SELECT '{leak}' AS text")
    return f"{FILE_NAME}: its views"


def in_a_table_of_its_own(folder: Path, leak: str) -> str:
    with duckdb.connect(str(folder / FILE_NAME)) as connection:
        connection.execute(f"CREATE TABLE whole AS SELECT {{'a': ['{leak}']}} AS text")
    return f"{FILE_NAME}: whole: text"


def word_by_word(folder: Path, leak: str) -> str:
    words = [word for word in leak.split() for _ in "ab"][::2]
    rows = [{"article_id": None, "word": word} for word in [*words, *map(str, range(60))]]
    pq.write_table(pa.Table.from_pylist(rows), folder / "data" / "words.parquet")
    return "data/words.parquet: word, row by row"


@pytest.mark.parametrize(
    "plant",
    [
        in_a_text,
        in_json,
        in_an_unknown_file,
        in_the_changes,
        in_the_metadata_of_parquet,
        in_the_name_of_a_column,
        in_a_comment,
        in_a_view,
        in_a_table_of_its_own,
        word_by_word,
    ],
)
def test_a_leak_outside_the_columns_of_the_contracts_is_found(
    small: Path, folder: Path, plant: Callable[[Path, str], str]
) -> None:
    article = parquet.read(folder / "data" / "articles.parquet")["article_id"][0].as_py()
    place = plant(folder, paragraph(article))
    fault, *_ = found(small, folder)
    assert f"20 words in a row of {article}" in fault
    assert place in fault
    assert paragraph(article)[:20] not in fault, "a message is no leak itself"


def test_a_text_that_does_not_stand_at_its_offsets_is_found(small: Path, folder: Path) -> None:
    path = folder / "data" / "mentions.parquet"
    rewrite(path, text=["Harbour"] * pq.read_table(path).num_rows)
    assert "text of m" in found(small, folder)[0]
    assert "is not what stands at its offsets in a" in found(small, folder)[0]


def test_many_short_pieces_of_an_article_are_found(small: Path, folder: Path) -> None:
    """Each of them might stand there, all together are most of the article."""
    article = parquet.read(small / "tables" / "articles.parquet").to_pylist()[0]
    words = article["text"].split()
    pieces = [" ".join(words[start : start + 6]) for start in range(0, len(words), 7)]
    rows = [{"article_id": article["article_id"], "piece": piece} for piece in pieces]
    pq.write_table(pa.Table.from_pylist(rows), folder / "data" / "pieces.parquet")
    assert any(
        f"of the characters of {article['article_id']}" in fault for fault in found(small, folder)
    )


def test_a_quote_longer_than_the_policy_allows_is_found(small: Path, folder: Path) -> None:
    articles = small / "tables" / "articles.parquet"
    strict = replace(LIMITS, quote_chars=10)
    assert any("characters of a quote" in fault for fault in leaks.find(folder, [articles], strict))


def test_too_much_of_an_article_in_all_is_found(small: Path, folder: Path) -> None:
    articles = small / "tables" / "articles.parquet"
    strict = replace(LIMITS, quote_share=0.01, article_share=0.02)
    faults = list(leaks.find(folder, [articles], strict))
    assert any("% of the characters of a" in fault for fault in faults)


def test_a_release_that_leaks_is_not_put_in_place(tmp_path: Path) -> None:
    """What an article says of itself may be its own words."""

    def mislabel(dataset: Dataset) -> None:
        lengthen(dataset)
        for article in dataset.tables["articles"]:
            article["publisher"] = " ".join(article["text"].split()[-20:])

    publish(tmp_path, "one", edit=mislabel)
    with pytest.raises(ReleaseError, match="hold more of the articles than"):
        release(tmp_path)
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == [".lock"]


@pytest.mark.parametrize("code", ["full", "excerpt", "none"])
def test_a_release_obeys_the_rights_of_each_article(tmp_path: Path, code: str) -> None:
    def decide(dataset: Dataset) -> None:
        lengthen(dataset)
        dataset["articles", "bridge"].update(rights_code=code, title="Old harbour bridge")

    publish(tmp_path, "one", edit=decide)
    folder = folder_of(release(tmp_path))
    assert found(tmp_path, folder) == []
    if code != "none":
        return
    path = folder / "data" / "articles.parquet"
    rows = pq.read_table(path)
    texts = parquet.read(tmp_path / "tables" / "articles.parquet").to_pylist()
    (closed,) = (row for row in texts if row["rights_code"] == "none")
    words = " ".join(closed["text"].split()[7:13])
    rewrite(path, section=[words] * rows.num_rows)
    assert any(f"of the characters of {closed['article_id']}" in f for f in found(tmp_path, folder))
