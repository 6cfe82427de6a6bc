import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from expectations.rule import NoRows, NotNull, Rule
from expectations.runner import CheckCrash, CheckResult, run_checks, run_rules
from tests.counterexamples.dataset import valid, write


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    write([valid("runner")], tmp_path)
    return tmp_path


def test_importing_the_rules_does_not_import_great_expectations() -> None:
    code = "import sys, expectations.runner; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_a_result_counts_the_rows_and_names_those_that_fail(tmp_path: Path) -> None:
    dataset = valid("runner")
    dataset["quotes", "gap"].update(kind="shouted")
    dataset["quotes", "ready"].update(text=None)
    write([dataset], tmp_path)
    names = ["quotes.kind.in_set", "quotes.text.not_null", "quotes.has_spans"]
    results = {result.rule.name: result for result in run_checks(tmp_path, None, names)}
    found = {name: (r.success, r.n_checked, r.n_failed) for name, r in results.items()}
    assert found == {
        "quotes.kind.in_set": (False, 6, 1),
        "quotes.text.not_null": (False, 6, 1),
        "quotes.has_spans": (True, 6, 0),
    }
    assert results["quotes.kind.in_set"].failing_ids == (f"{dataset.id('q', 'gap')} · shouted",)
    assert results["quotes.text.not_null"].failing_ids == (f"{dataset.id('q', 'ready')} · null",)
    assert results["quotes.has_spans"].failing_ids == ()


@pytest.mark.slow
def test_no_more_than_20_failing_rows_are_named(tmp_path: Path) -> None:
    dataset = valid("runner")
    for n in range(30):
        dataset.copy("mentions", "tellwick", f"copy {n}", mention_id=f"m{n:016x}", form="shape")
        dataset.copy("blocks", "bridge body", f"copy {n}", article_id=f"a{n:016x}", block_no=0)
    write([dataset], tmp_path)
    names = ["mentions.form.in_set", "blocks.article_id.foreign_key"]
    for result in run_checks(tmp_path, None, names):
        assert result.n_failed == 30
        assert len(set(result.failing_ids)) == 20


@pytest.mark.slow
@pytest.mark.parametrize("failing", [True, False])
def test_nothing_is_printed_and_no_file_is_left(
    tables: Path, failing: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, home = tables / "scratch", tables / "home"
    scratch.mkdir()
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    if failing:
        with pytest.raises(CheckCrash):
            run_rules([rule(NoRows("SELECT nothing FROM nowhere"))], tables, None)
    else:
        run_checks(tables, None, ["quotes.kind.in_set", "quotes.has_spans"])
    assert capfd.readouterr() == ("", "")
    assert [*scratch.iterdir(), *home.iterdir()] == []


def rule(check: NoRows | NotNull) -> Rule:
    return Rule("quotes.invented", "quotes", "error", "An invented rule.", check)


@pytest.mark.slow
@pytest.mark.parametrize(
    "check",
    [
        NoRows("SELECT nothing FROM nowhere"),
        NoRows("SELEC quote_id FROM quotes"),
        NoRows("SELECT error('broken') FROM quotes"),
        NotNull("no_such_column"),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_a_crash(tables: Path, check: NoRows | NotNull) -> None:
    sound = rule(NotNull("text"))
    with pytest.raises(CheckCrash, match=r"quotes\.broken"):
        run_rules([sound, Rule("quotes.broken", "quotes", "error", "Broken.", check)], tables, None)


@pytest.mark.slow
def test_a_column_that_is_missing_is_a_crash(tables: Path) -> None:
    path = tables / "quotes.parquet"
    pq.write_table(pq.read_table(path).drop(["cue"]), path)
    with pytest.raises(CheckCrash, match=r"quotes.*cue"):
        run_checks(tables, None)


@pytest.mark.parametrize("content", [None, b"", b"no Parquet"])
def test_a_table_that_cannot_be_read_is_a_crash(tables: Path, content: bytes | None) -> None:
    path = tables / "dates.parquet"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CheckCrash, match="dates"):
        run_checks(tables, None, ["quotes.kind.in_set"])


@pytest.mark.slow
def test_without_a_walk_the_inputs_are_not_counted(tables: Path) -> None:
    names = ["documents.are_the_inputs", "documents.status.in_set"]

    def ran(results: list[CheckResult]) -> list[str]:
        return [result.rule.name for result in results]

    assert ran(run_checks(tables, None, names)) == ["documents.status.in_set"]
    assert sorted(ran(run_checks(tables, tables / "walked.parquet", names))) == sorted(names)


def test_unknown_names_are_refused(tables: Path) -> None:
    with pytest.raises(ValueError, match=r"no rule called quotes\.kindness"):
        run_checks(tables, None, ["quotes.kindness"])


@pytest.mark.slow
def test_whatever_great_expectations_raises_is_a_crash(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expectations import gx

    def broken(*_: object) -> None:
        raise KeyError("some metric")

    monkeypatch.setattr(gx, "_expectation", broken)
    with pytest.raises(CheckCrash, match=r"quotes\.kind\.in_set crashed: KeyError"):
        run_checks(tables, None, ["quotes.kind.in_set"])
