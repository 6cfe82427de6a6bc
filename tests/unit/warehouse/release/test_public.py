"""A public release: what of each article is in it, by the rights in that article."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.counterexamples.dataset import Dataset
from tests.unit.warehouse.release.published import folder_of, publish, release
from warehouse.duckdb import FILE_NAME, VIEWS
from warehouse.release import manifest, policy, profile, verify_profile
from warehouse.tables import TABLES

pytestmark = pytest.mark.slow

QUERIES = sorted((Path(VIEWS).parent / "queries").glob("*.sql"))


def decide(dataset: Dataset) -> None:
    """The rights of the articles of a case are in its name."""
    for article in dataset.tables["articles"]:
        article |= {"rights_code": dataset.case, "title": article["text"].partition("\n")[0]}
        article |= {"rights": "© Tellwick Post", "summary": "The bridge must close."}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("public")
    publish(warehouse, "full", "excerpt", "none", edit=decide)
    return folder_of(release(warehouse))


@pytest.fixture(scope="module")
def full(public: Path) -> Path:
    return public.with_name(f"{public.name}-full")


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / FILE_NAME), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_what_is_held_of_an_article_follows_its_rights(public: Path) -> None:
    found = rows(
        public,
        "SELECT rights_code, count(text), count(body), count(summary), count(title), "
        "count(rights), count(content_sha256) FROM articles GROUP BY ALL ORDER BY ALL",
    )
    assert found == [
        ("excerpt", 0, 0, 0, 2, 2, 2),
        ("full", 2, 2, 2, 2, 2, 2),
        ("none", 0, 0, 0, 0, 2, 2),
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("quotes", "text"),
        ("quotes", "speaker_text"),
        ("quotes", "speaker_name"),
        ("quotes", "cue"),
        ("mentions", "text"),
        ("dates", "text"),
    ],
)
def test_of_a_closed_article_there_are_offsets_and_not_a_word(
    public: Path, table: str, column: str
) -> None:
    query = f"""
        SELECT rights_code, count({table}.{column}), count({table}.start_byte), count(*)
        FROM {table} JOIN articles USING (article_id) GROUP BY ALL ORDER BY ALL
    """
    excerpt, whole, closed = rows(public, query)
    assert closed[1] == 0
    assert closed[2] == closed[3] == whole[3] == excerpt[3]
    assert whole[1] >= excerpt[1]
    assert whole[1] > 0


def test_an_entity_that_only_closed_articles_name_has_no_name(public: Path, full: Path) -> None:
    assert rows(full, "SELECT count(*) FROM entities WHERE name IS NULL") == [(0,)]
    assert rows(public, "SELECT name, aliases, roles FROM entities WHERE name IS NULL") == [
        (None, [], [])
    ]
    assert rows(public, "SELECT count(*) FROM registry WHERE name IS NULL") == [(1,)]


def test_a_cut_quote_says_so_and_its_spans_stay_at_their_offsets(public: Path, full: Path) -> None:
    texts = dict(rows(full, "SELECT article_id, text FROM articles"))
    spans = rows(
        public,
        "SELECT article_id, s.start_char, s.end_char, s.start_byte, s.end_byte, s.text, "
        "uncut_end_char, is_truncated, rights_code FROM quote_spans AS s "
        "JOIN quotes USING (quote_id) JOIN articles USING (article_id)",
    )
    n_cut = 0
    for article, start, end, first, last, text, uncut, is_truncated, code in spans:
        whole = texts[article]
        n_cut += end != uncut
        assert is_truncated or (text is not None and end == uncut)
        assert code != "full" or not is_truncated
        if text is not None:
            assert whole[start:end] == text
            assert whole.encode()[first:last].decode() == text
    assert n_cut > 0


def test_all_that_an_excerpt_shows_is_within_the_limits(public: Path, full: Path) -> None:
    limits = policy.read()
    shown = rows(
        public,
        "SELECT article_id, sum(length(s.text)) FROM quote_spans AS s "
        "JOIN quotes USING (quote_id) JOIN articles USING (article_id) "
        "WHERE rights_code = 'excerpt' GROUP BY ALL",
    )
    n_chars = dict(rows(full, "SELECT article_id, length(text) FROM articles"))
    assert len(shown) == 2
    for article, n_shown in shown:
        assert n_shown <= limits.quote_share * n_chars[article]


def test_every_view_and_query_works_on_both_profiles(public: Path, full: Path) -> None:
    views = [
        str(name)
        for (name,) in rows(full, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
    ]
    for sql in [f"FROM {view}" for view in views] + [q.read_text("utf-8") for q in QUERIES]:
        columns = []
        for folder in (public, full):
            with duckdb.connect(str(folder / FILE_NAME), read_only=True) as connection:
                result = connection.execute(sql)
                columns.append(([c[0] for c in result.description], len(result.fetchall()) > -1))
        assert columns[0] == columns[1]
    n_statements = [rows(f, "SELECT count(*) FROM quote_mentions") for f in (public, full)]
    assert n_statements[0] == n_statements[1]


def test_every_file_says_of_which_profile_it_is(public: Path, full: Path) -> None:
    for folder, name in ((public, "public"), (full, "full")):
        said = manifest.read(folder)
        assert said["profile"] == name
        assert (said["policy"] is None) == (name == "full")
        assert rows(folder, "SELECT profile FROM _release") == [(name,)]
        assert (pq.read_schema(folder / "data" / "quotes.parquet").metadata or {})[
            b"profile"
        ] == name.encode()
        assert f"This is the {name} release" in (folder / "README.md").read_text(encoding="utf-8")
    built, made = (manifest.read(folder)["tables"] for folder in (full, public))
    for table in built:
        assert made[table]["built_logical_hash"] == built[table]["logical_hash"]
    assert [
        e["version"]
        for e in json.loads((public.parent / "index.json").read_text(encoding="utf-8"))["releases"]
    ] == [public.name]


def test_a_public_column_may_be_null_only_where_it_holds_words() -> None:
    for own, public in zip(TABLES, profile.tables("public"), strict=True):
        for ours, theirs in zip(own.columns, public.columns, strict=True):
            assert theirs.type == ours.type
            assert theirs.nullable == ours.nullable or ours.words is not None


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        ("quotes", "is_truncated", False, "is_truncated is not what its spans say: "),
        ("quotes", "text", "Nobody", "quotes.text is not its spans: "),
        ("quote_spans", "uncut_end_char", 1, "quote_spans end beyond where they end uncut: "),
        ("mentions", "end_byte", 3, "mentions.text is not as long as its offsets say: "),
        ("dates", "text", "Monday", "dates.text of an article of which nothing may be shown: "),
        ("articles", "body", "Words.", "articles.body of an article that may not be shown whole: "),
        ("articles", "text", "Words.", "articles.content_sha256 is not that of the text: "),
    ],
)
def test_verify_names_what_a_public_release_may_not_hold(
    public: Path, tmp_path: Path, table: str, column: str, value: object, says: str
) -> None:
    folder = Path(shutil.copytree(public, tmp_path / "copy"))
    path = folder / "data" / f"{table}.parquet"
    data = pq.read_table(path)
    number = data.schema.get_field_index(column)
    field = data.schema.field(number)
    values = pa.array([value] * data.num_rows, field.type)
    pq.write_table(data.set_column(number, field, values), path)
    assert list(verify_profile.holds(public, None)) == []
    assert any(says in fault for fault in verify_profile.holds(folder, None))
