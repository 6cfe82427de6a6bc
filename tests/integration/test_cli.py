"""The other subcommands, as a person runs them."""

from pathlib import Path

import pytest

from tests.integration.conftest import ROOT, Built, otr

pytestmark = pytest.mark.slow

EXAMPLE = ROOT / "tests" / "golden" / "example.jsonl"


def test_help_names_every_command() -> None:
    run = otr("--help")
    assert run.exit == 0
    for command in ("build", "release", "verify", "diff", "export", "show", "eval", "dev"):
        assert command in run.out


def test_show_prints_the_article_with_its_blocks_and_statements(built: Built) -> None:
    run = otr("show", "003_", "--warehouse", built.folder, COLUMNS="120")
    assert run.exit == 0
    assert "Tiberio Graziani" in run.out
    assert "boilerplate" in run.out
    assert "Statements" in run.out


@pytest.mark.parametrize(
    ("article", "says"),
    [("nowhere", "No article has “nowhere”"), ("00", "5 articles fit “00”")],
)
def test_show_says_when_no_article_or_several_fit(built: Built, article: str, says: str) -> None:
    run = otr("show", article, "--warehouse", built.folder)
    assert run.exit == 2
    assert says in run.err


def test_show_without_a_build_says_so(tmp_path: Path) -> None:
    run = otr("show", "a", "--warehouse", tmp_path)
    assert run.exit == 2
    assert "run `otr build` first" in run.err


def test_eval_prints_the_figures_of_a_gold_file() -> None:
    run = otr("eval", EXAMPLE)
    assert run.exit == 0, run.err
    assert "2 of 2 documents have an article" in run.out
    assert "right full name" in run.out


def test_eval_refuses_what_is_no_gold_file(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"doc_id": "a"}\n')
    run = otr("eval", gold)
    assert run.exit == 2
    assert "gold.jsonl:1" in run.err
