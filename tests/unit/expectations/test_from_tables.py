import pyarrow as pa

from expectations.from_tables import derived_rules
from expectations.rule import InRange, InSet, Matches, NoRows, NotNull, Unique
from warehouse.tables import TABLES, Column, Table

LETTERS = Table(
    name="letters",
    doc="Letters to the editor.",
    primary_key=("paper", "letter_no"),
    columns=(
        Column("paper", pa.string(), "Where it stood.", references="papers.name"),
        Column("letter_no", pa.int32(), "Its number.", minimum=1),
        Column("writer", pa.string(), "Who wrote it.", nullable=True, pattern="[A-Z].*"),
        Column("tone", pa.string(), "How it sounds.", values=("angry", "glad")),
        Column("doubt", pa.float64(), "How unsure we are.", minimum=0, maximum=1),
        Column("postmark", pa.string(), "Its stamp.", nullable=True, unique=True),
    ),
)


def test_each_statement_of_a_contract_becomes_one_rule() -> None:
    checks = {rule.name: rule.check for rule in derived_rules([LETTERS])}
    orphans = checks.pop("letters.paper.foreign_key")
    assert checks == {
        "letters.paper.not_null": NotNull("paper"),
        "letters.letter_no.not_null": NotNull("letter_no"),
        "letters.letter_no.in_range": InRange("letter_no", 1, None),
        "letters.writer.pattern": Matches("writer", "[A-Z].*"),
        "letters.tone.not_null": NotNull("tone"),
        "letters.tone.in_set": InSet("tone", ("angry", "glad")),
        "letters.doubt.not_null": NotNull("doubt"),
        "letters.doubt.in_range": InRange("doubt", 0, 1),
        "letters.postmark.unique": Unique(("postmark",)),
        "letters.primary_key.unique": Unique(("paper", "letter_no")),
    }
    assert isinstance(orphans, NoRows)
    assert "ANTI JOIN papers AS parent ON parent.name = child.paper" in orphans.sql


def test_a_key_of_one_column_is_checked_once() -> None:
    table = Table("papers", "Newspapers.", ("name",), (Column("name", pa.string(), "Its name."),))
    names = [rule.name for rule in derived_rules([table])]
    assert names == ["papers.name.not_null", "papers.name.unique"]


def test_every_rule_is_an_error_of_its_table_with_a_sentence() -> None:
    tables = {table.name for table in TABLES}
    for rule in derived_rules():
        assert rule.severity == "error"
        assert rule.table in tables
        assert rule.name.startswith(f"{rule.table}.")
        assert rule.description.endswith(".")
