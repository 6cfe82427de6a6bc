from pathlib import Path

import pytest

from expectations.kept import Kept, Key, keys, reads
from expectations.rule import PARTED, NoRows, NotNull, Rule
from expectations.runner import CheckResult, all_rules
from warehouse.tables import TABLES

DIGESTS = {table.name: [f"digest of {table.name}"] for table in TABLES}
COLUMN = Rule("quotes.text.not_null", "quotes", "error", "A text.", NotNull("text"))
ACROSS = Rule("quotes.in", "quotes", "error", "In.", NoRows("FROM quotes JOIN articles USING (a)"))
WALK = Rule("documents.all", "documents", "error", "All.", NoRows("FROM walked, documents"))
RULES = (COLUMN, ACROSS, WALK)
BY_ARTICLE = Rule(
    "quotes.whole", "quotes", "error", "Whole.", NoRows("FROM quotes, articles"), by_article=True
)


def test_a_rule_reads_its_table_and_those_that_its_query_names() -> None:
    assert reads(COLUMN) == {"quotes"}
    assert reads(ACROSS) == {"quotes", "articles"}


def test_a_rule_on_texts_reads_the_articles_and_the_quotes_that_spans_are_found_through() -> None:
    check = NoRows("FROM dates SEMI JOIN misplaced USING (article_id)")
    rule = Rule("dates.text", "dates", "error", "Text.", check)
    assert reads(rule) == {"dates", "articles", "quotes"}


def test_a_rule_by_article_reads_nothing_but_what_is_cut_into_parts() -> None:
    for rule in all_rules():
        if rule.by_article:
            assert reads(rule) <= PARTED
            assert not rule.needs_walk


@pytest.mark.parametrize(
    ("table", "still_hold"),
    [
        ("articles", ["quotes.text.not_null", "documents.all"]),
        ("quotes", ["documents.all"]),
        ("documents", ["quotes.text.not_null", "quotes.in"]),
        ("blocks", [rule.name for rule in RULES]),
    ],
)
def test_a_result_holds_while_the_tables_it_was_found_on_are_the_same(
    table: str, still_hold: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "checks.json"
    found = keys(RULES, DIGESTS, "walk")
    Kept(path).keep([CheckResult(rule, False, 7, 2, ("q1", "q2")) for rule in RULES], found)
    results = Kept(path).results(RULES, keys(RULES, DIGESTS | {table: ["other"]}, "walk"))
    assert [result.rule.name for result in results] == still_hold
    assert all(r.is_reused and r.failing_ids == ("q1", "q2") for r in results)
    assert all((r.success, r.n_checked, r.n_failed) == (False, 7, 2) for r in results)


def test_what_the_walk_finds_counts_only_where_no_file_may_change_unseen(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    unsure = keys(RULES, DIGESTS, None)
    Kept(path).keep([CheckResult(rule, True, 1, 0, ()) for rule in RULES], unsure)
    assert [r.rule for r in Kept(path).results(RULES, unsure)] == [COLUMN, ACROSS]


@pytest.mark.parametrize("content", [None, "{", "[]", '{"quotes.text.not_null": ["a", 1, 0, []]}'])
def test_without_a_record_of_this_version_nothing_is_kept(
    content: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "checks.json"
    if content is not None:
        path.write_text(content)
    found = keys(RULES, DIGESTS, "walk")
    assert Kept(path).results(RULES, found) == []
    assert Kept(path).unjudged(RULES, found) == {}


def in_parts(**files: str) -> dict[str, Key]:
    """The keys where the files of some tables are those that the letters stand for."""
    return keys([BY_ARTICLE], DIGESTS | {name: list(of) for name, of in files.items()}, None)


@pytest.mark.parametrize(
    ("quotes", "articles", "unjudged"),
    [
        pytest.param("XYZ", "abc", [], id="nothing changed"),
        pytest.param("XyZ", "abc", [1], id="a part of one table changed"),
        pytest.param("XyZ", "abC", [1, 2], id="parts of two tables changed"),
        pytest.param("XWYZ", "adbc", [1], id="a part came between"),
        pytest.param("XZ", "ac", [], id="a part went"),
        pytest.param("XYZ", "acb", [1, 2], id="files go together in the order of parts"),
        pytest.param("XYZ", "ab", None, id="the tables are not cut alike"),
        pytest.param("UVW", "abc", None, id="all changed"),
    ],
)
def test_a_rule_by_article_counts_again_on_those_parts_that_never_passed_it(
    quotes: str, articles: str, unjudged: list[int] | None, tmp_path: Path
) -> None:
    path = tmp_path / "checks.json"
    passed = CheckResult(BY_ARTICLE, True, 9, 0, ())
    Kept(path).keep([passed], in_parts(quotes="XYZ", articles="abc"))
    found = Kept(path).unjudged([BY_ARTICLE], in_parts(quotes=quotes, articles=articles))
    assert found == ({} if unjudged is None else {BY_ARTICLE.name: unjudged})


def test_a_rule_that_failed_counts_again_on_all_parts(tmp_path: Path) -> None:
    path, before = tmp_path / "checks.json", in_parts(quotes="XYZ", articles="abc")
    Kept(path).keep([CheckResult(BY_ARTICLE, False, 9, 1, ("q1",))], before)
    assert Kept(path).unjudged([BY_ARTICLE], in_parts(quotes="XYz", articles="abc")) == {}
